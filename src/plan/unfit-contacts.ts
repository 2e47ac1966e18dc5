import type { LiveContact, UnfitContact } from "../model/contact.ts";
import type { UpdateChange } from "../model/plan.ts";
import { sameField } from "../model/values.ts";
import { refTo } from "./deletions.ts";
import { matchContacts } from "./match-contacts.ts";

/** What becomes of contacts that nobody fit stands for. */
interface Kept {
  /** Of those whose people are wanted all the same: withheld. */
  readonly changes: readonly UpdateChange[];
  /** The others. */
  readonly gone: readonly LiveContact[];
}

/**
 * Keeps what there is of people who are still wanted and whom the target cannot have as they should be: they have not
 * left, and what is deleted today would be made anew once they can be had again.
 *
 * @param left - contacts of ours that stand for nobody who is desired
 */
export function keepUnfit(unfit: readonly UnfitContact[], left: readonly LiveContact[]): Kept {
  if (unfit.length === 0 || left.length === 0) return { changes: [], gone: left };
  const reasons = new Map(unfit.map(({ contact, reason }) => [contact, reason]));
  const { pairs, duplicates, gone } = matchContacts([...reasons.keys()], left);
  const kept = [...pairs, ...duplicates.map(({ live, of }) => ({ ...of, live }))];
  const changes = kept.map(({ desired, live }): UpdateChange => {
    const { key, displayName } = desired;
    const before = live.fields.emailAddresses ?? [];
    const after = desired.fields.emailAddresses ?? [];
    return {
      action: "update",
      key,
      displayName,
      reason: "source-changed",
      fields: sameField("emailAddresses", before, after) ? [] : [{ field: "emailAddresses", before, after }],
      withheld: live.untouchable ?? `${reasons.get(desired) ?? ""} Until then the contact stays as it is.`,
      desired,
      live: refTo(live),
    };
  });
  return { changes, gone };
}
