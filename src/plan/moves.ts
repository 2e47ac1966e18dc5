import type { DesiredContact, LiveContact } from "../model/contact.ts";
import { createdFields } from "../model/created-fields.ts";
import { oldestFirst } from "../model/order.ts";
import type { Change, CreateChange, UpdateChange } from "../model/plan.ts";
import type { FormerPlace } from "../model/target.ts";
import { isCopySince, isOwnedBy, oldestOf, releasedKey } from "../model/user-copy.ts";
import { emptyValue, isEmpty } from "../model/values.ts";
import { duplicateOf, leavingOf, nameOf, refTo } from "./deletions.ts";
import type { DeletionRules } from "./deletions.ts";
import { differenceOf } from "./field-changes.ts";
import type { FieldRules } from "./field-changes.ts";
import { keyOf, matchContacts } from "./match-contacts.ts";
import type { Pair } from "./match-contacts.ts";

/** The changes for contacts in places where the config had them before. */
interface Moves {
  /** Desired contacts that move: this plan creates them in the place that the config names now. */
  readonly moved: ReadonlySet<DesiredContact>;
  readonly changes: readonly Change[];
}

interface MoveRules extends FieldRules, DeletionRules {
  readonly owner: string;
}

interface InBook {
  readonly pairs: readonly Pair[];
  readonly missing: readonly DesiredContact[];
  readonly book: readonly LiveContact[];
}

const nothing: Moves = { moved: new Set(), changes: [] };

const copyElsewhere =
  "It is a copy of a contact of this sync, made later in another folder of the user, so it is kept for the user.";
const copyBeside =
  "It is a copy that the user made of a contact of this sync in a folder of their own, so it is not moved.";

/**
 * Moves the owner's contacts to the place that the config names now. No service can move a contact, so each is created
 * anew and the old one is deleted as its duplicate; writers delete it only once the new one exists.
 *
 * In the user's own folder a copy that the user made stays, even when its person gets another key or leaves. A copy
 * is recognized by its age: it is younger than another contact of the same person there (so only the oldest one
 * moves), or than the person's contact in the book (`isCopySince`). The first kind is older than the contact that the
 * move creates, so the next plan could not recognize it. It is released for good: it gets a key that stands for no
 * person.
 *
 * @param pairs - people with a contact in the book itself
 * @param missing - people without one
 * @param book - all contacts of the owner in the book itself
 */
export function movesOf(
  { pairs, missing, book }: InBook,
  places: readonly FormerPlace[],
  rules: MoveRules,
): Moves {
  if (places.length === 0) return nothing;
  const isOurs = new Map<LiveContact, boolean>();
  for (const place of places) for (const live of place.live) isOurs.set(live, place.isOurs);
  const own = [...isOurs.keys()].filter((live) => isOwnedBy(live, rules.owner));
  const copies = copiesAmong(
    own.filter((live) => isOurs.get(live) !== true),
    own,
  );
  const known = new Map(
    pairs.flatMap((pair) => [pair.desired.key, keyOf(pair.live)].map((key) => [key, pair])),
  );
  const first = oldestOf(book);
  const whyLeft = (live: LiveContact, since: LiveContact | null): string | null => {
    if (isOurs.get(live) !== true && isCopySince(live, since)) return copyElsewhere;
    return copies.has(live) ? copyBeside : null;
  };
  const isRecognizable = (live: LiveContact): boolean =>
    isCopySince(live, known.get(keyOf(live))?.live ?? null);
  const twins = own.flatMap((live) => {
    const of = known.get(keyOf(live));
    if (of === undefined) return [];
    const survivor = { id: of.live.id, key: of.desired.key };
    return [duplicateOf(live, survivor, whyLeft(live, of.live), rules)];
  });
  const others = own.filter((live) => !known.has(keyOf(live)));
  const found = matchContacts(missing, others);
  const olds = [...found.pairs, ...found.duplicates.map(({ live, of }) => ({ ...of, live }))];
  return {
    moved: new Set(found.pairs.map(({ desired }) => desired)),
    changes: [
      ...found.pairs.map((pair) => createMoved(pair, rules)),
      ...olds.map(({ live, desired }) =>
        duplicateOf(live, { id: null, key: desired.key }, whyLeft(live, null), rules),
      ),
      ...twins,
      ...found.gone.flatMap((live) => {
        const why = whyLeft(live, first);
        return leavingOf(live, rules).map((change) => ({ ...change, withheld: change.withheld ?? why }));
      }),
      ...[...copies].filter((live) => !isRecognizable(live)).map(releaseOf),
    ],
  };
}

/** The contacts that are younger than another one of the same person. */
function copiesAmong(some: readonly LiveContact[], all: readonly LiveContact[]): ReadonlySet<LiveContact> {
  const oldest = new Map<string, LiveContact>();
  for (const live of all) {
    const known = oldest.get(keyOf(live));
    if (known === undefined || oldestFirst(live, known) < 0) oldest.set(keyOf(live), live);
  }
  return new Set(some.filter((live) => oldest.get(keyOf(live)) !== live));
}

/** Marks a copy as the user's for good. Only the marker changes. */
function releaseOf(live: LiveContact): UpdateChange {
  const key = keyOf(live);
  const displayName = nameOf(live);
  const addresses = (live.fields.emailAddresses ?? []).map((address) => address.toLowerCase());
  const digest = live.marker?.digest ?? "";
  return {
    action: "update",
    key,
    displayName,
    reason: "released",
    fields: [],
    withheld: null,
    desired: { key: releasedKey(key), displayName, addresses, fields: {}, digest },
    live: refTo(live),
  };
}

/** What a policy that deletes nothing keeps from being moved: the contact goes on where it is. */
export function withheldMove(pair: Pair, rules: MoveRules): CreateChange {
  const withheld = `The policy of this sync is ${rules.policy}: it deletes nothing, so the contact stays in the folder that it is in.`;
  return { ...createMoved(pair, rules), withheld };
}

/**
 * Creates a contact in its new place with everything that the user wrote in fields that the config omits or whose
 * policies keep edits. Only the picture is not taken along, because it is known by its marker alone.
 */
function createMoved({ desired: wanted, live }: Pair, rules: FieldRules): CreateChange {
  const kept = differenceOf(wanted, live, rules).kept?.fields ?? [];
  const along = Object.entries(live.fields).filter(([field, value]) => field !== "photo" && !isEmpty(value));
  const held = kept
    .filter(({ field }) => field !== "photo")
    .map(({ field, before }) => [field, before ?? emptyValue(field)] as const);
  const fields = { ...Object.fromEntries(along), ...wanted.fields, ...Object.fromEntries(held) };
  const desired = { ...wanted, fields };
  const { key, displayName } = desired;
  return {
    action: "create",
    key,
    displayName,
    reason: "moved",
    fields: createdFields(desired),
    withheld: null,
    desired,
  };
}
