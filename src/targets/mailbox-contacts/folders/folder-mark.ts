import type { ExtendedProperty } from "../graph-contact.ts";
import { readMarker, writeMarker } from "../markers.ts";

/** What our mark on a folder says. */
export interface FolderMark {
  readonly owner: string;
  /** The name that the config had for it when it was last written. */
  readonly name: string;
  readonly state: FolderState;
}

/**
 * - `settled`: we made it, and what it holds is nowhere else.
 * - `moving`: we made it, and contacts are being moved to it or from it, which a run may not live to finish. As long as it
 *   says so, contacts of the folder may also be in the default folder, and are looked for there.
 * - `used`: its user made it under the name that the config had. It is his: copies in it are left to him, and it is never
 *   renamed; it is only known again by its mark.
 */
type FolderState = "settled" | "moving" | "used";

/** Null where the folder has no mark of anybody's. */
export function readFolderMark(
  properties: readonly ExtendedProperty[] | null | undefined,
): FolderMark | null {
  const marker = readMarker(properties);
  if (marker === null) return null;
  const { owner, key: name, digest } = marker;
  return { owner, name, state: digest === "moving" || digest === "used" ? digest : "settled" };
}

/** The state stands where contacts have their digest. */
export function markProperties({ owner, name, state }: FolderMark): readonly ExtendedProperty[] {
  return writeMarker({ owner, key: name, digest: state });
}
