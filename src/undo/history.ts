import type { BookRef } from "../model/book.ts";
import type { ContactField } from "../model/contact-fields.ts";
import type { ContactFields, Marker } from "../model/contact.ts";
import type { ContactImage, JournaledStep, WriteStep } from "../model/journal.ts";

/** What all steps of a run together did to one contact. */
export interface History {
  readonly key: string;
  readonly displayName: string;
  /** Null for a create without an answer, so that it is unknown which contact it created. */
  readonly id: string | null;
  /** The contact as it was before the run. */
  readonly before: Before;
  /** The contact as the run left it or intended to leave it. */
  readonly left: Left;
  /** Whether it is unknown if a step happened, or how far it got. */
  readonly isInDoubt: boolean;
  /** Null when no picture was lost or written. */
  readonly photo: PhotoHistory | null;
}

export type Before =
  | { readonly kind: "none" }
  | { readonly kind: "image"; readonly image: ContactImage }
  /** Only its picture was written, so nothing else of it is known. */
  | { readonly kind: "untouched" };

export type Left = { readonly kind: "gone" } | { readonly kind: "there"; readonly state: State };

/** What is known of a contact, apart from its picture. */
export interface State {
  /** "" when unknown. */
  readonly version: string;
  readonly fields: ContactFields;
  /** Whether `fields` is complete, so that all other fields were empty. */
  readonly isWhole: boolean;
  /** Whether the service returned these fields; otherwise they are derived from what was there and what was written. */
  readonly isTold: boolean;
  /** If the service did not return the fields: those that it may have composed again. */
  readonly derived: readonly ContactField[];
  /** Null when it is unknown or there was none. */
  readonly marker: Marker | null;
}

/** A picture that was deleted with its contact, or replaced. */
export interface PhotoHistory {
  /** Hash of its bytes; null when there was none. */
  readonly lost: string | null;
  /** Its fingerprint in the marker. */
  readonly fingerprint: string;
  /** Fingerprints of the pictures that replaced it; empty when the contact was deleted. */
  readonly put: readonly string[];
  /** Whether it is unknown if it was replaced. */
  readonly inDoubt: boolean;
}

export interface BookHistory {
  /** Name of the sync when the run was made. */
  readonly sync: string;
  readonly book: BookRef;
  readonly histories: readonly History[];
  /** How the run renamed the folder; null when it did not. */
  readonly rename: { readonly from: string; readonly to: string } | null;
}

type ContactStep = Exclude<WriteStep<string>, { readonly action: "folder" }>;

/**
 * Groups the steps of a run by book and contact. Failed steps changed nothing and are left out, as are creates of
 * folders, because an empty folder does no harm.
 */
export function historiesOf(steps: readonly JournaledStep[]): readonly BookHistory[] {
  const books = new Map<string, GrowingBook>();
  for (const one of steps) {
    const { did, sync, book, result } = one;
    const isNothing = did.action === "folder" && (did.before === null || did.before === did.after);
    if (isNothing || result?.status === "failed") continue;
    const place = JSON.stringify([sync, book.id]);
    const known = books.get(place) ?? { sync, book, contacts: new Map<string, History>(), rename: null };
    books.set(place, known);
    if (did.action === "folder") {
      known.rename = { from: known.rename?.from ?? did.before ?? "", to: did.after };
      continue;
    }
    const id = idOf(did, one);
    const name = id === null ? `step ${one.step}` : `id ${id}`;
    known.contacts.set(name, continued(known.contacts.get(name) ?? null, did, one, id));
  }
  return [...books.values()].map(({ contacts, ...book }) => ({ ...book, histories: [...contacts.values()] }));
}

interface GrowingBook extends Pick<BookHistory, "sync" | "book"> {
  readonly contacts: Map<string, History>;
  rename: BookHistory["rename"];
}

function idOf(did: ContactStep, { result }: JournaledStep): string | null {
  if (did.action === "create") return result?.after?.id ?? null;
  return did.action === "photo" ? did.id : did.before.id;
}

/** Adds a step to the history of a contact. A step without a definite result may or may not have happened. */
function continued(known: History | null, did: ContactStep, step: JournaledStep, id: string | null): History {
  const { key, displayName } = did;
  const inDoubt = step.result?.status !== "done";
  const before = known?.before ?? beforeOf(did);
  return {
    key,
    displayName,
    id,
    before,
    left: afterStep(known?.left ?? leftBefore(before), did, step),
    isInDoubt: inDoubt || (known?.isInDoubt ?? false),
    photo: photoOf(known?.photo ?? null, did, inDoubt),
  };
}

function beforeOf(did: ContactStep): Before {
  if (did.action === "create") return { kind: "none" };
  return did.action === "photo" ? { kind: "untouched" } : { kind: "image", image: did.before };
}

function leftBefore(before: Before): Left {
  return before.kind === "image" ? { kind: "there", state: stateOf(before.image) } : nothingKnown;
}

/** The state of a contact from its image, which is complete. */
export function stateOf({ version, fields, marker }: ContactImage): State {
  return { version, fields, isWhole: true, isTold: true, derived: [], marker };
}

const nothingKnown: Left = {
  kind: "there",
  state: { version: "", fields: {}, isWhole: false, isTold: false, derived: [], marker: null },
};

function afterStep(left: Left, did: ContactStep, { result }: JournaledStep): Left {
  if (left.kind === "gone" || did.action === "delete") return { kind: "gone" };
  const { state } = left;
  const version = result?.after?.version ?? "";
  if (did.action === "photo") return { kind: "there", state: { ...state, version } };
  const { fields: written, marker, derived = [] } = did.after;
  const told = result?.after?.fields ?? null;
  return {
    kind: "there",
    state: {
      version,
      fields: told ?? { ...state.fields, ...written },
      isWhole: told !== null || state.isWhole,
      isTold: told !== null,
      derived,
      marker,
    },
  };
}

function photoOf(known: PhotoHistory | null, did: ContactStep, inDoubt: boolean): PhotoHistory | null {
  if (did.action === "delete") {
    return { lost: did.photo, fingerprint: did.before.marker?.photo ?? "", put: [], inDoubt };
  }
  if (did.action !== "photo") return known;
  const { photo, fingerprint } = did.before;
  const put = [did.after.fingerprint];
  if (known === null) return { lost: photo, fingerprint, put, inDoubt };
  return { ...known, put: [...known.put, ...put], inDoubt: known.inDoubt && inDoubt };
}
