import type { ExtendedProperty } from "../graph-contact.ts";
import { readMarker, writeMarker } from "../markers.ts";

/** Our mark on a folder. */
export interface FolderMark {
  readonly owner: string;
  /** The folder's name in the config when the mark was last written. */
  readonly name: string;
  readonly state: FolderState;
}

/**
 * - `settled`: galops created the folder, and its contacts are in no other folder.
 * - `moving`: galops created the folder, and a run began to move contacts to or from it but may not have finished.
 *   Until then, contacts of the folder may also be in the default folder and are searched there.
 * - `used`: the user created the folder with the name in the config. It belongs to the user: copies in it are kept, and
 *   it is never renamed. The mark only serves to recognize it.
 */
type FolderState = "settled" | "moving" | "used";

/** Reads a mark of any owner; null when the folder has none. */
export function readFolderMark(
  properties: readonly ExtendedProperty[] | null | undefined,
): FolderMark | null {
  const marker = readMarker(properties);
  if (marker === null) return null;
  const { owner, key: name, digest } = marker;
  return { owner, name, state: digest === "moving" || digest === "used" ? digest : "settled" };
}

/** Properties to write for a mark. The state takes the place of a contact's digest. */
export function markProperties({ owner, name, state }: FolderMark): readonly ExtendedProperty[] {
  return writeMarker({ owner, key: name, digest: state });
}
