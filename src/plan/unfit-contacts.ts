import type { LiveContact, UnfitContact } from "../model/contact.ts";
import type { UpdateChange } from "../model/plan.ts";
import { sameField } from "../model/values.ts";
import { refTo } from "./deletions.ts";
import { matchContacts } from "./match-contacts.ts";

/** The result of `keepUnfit`. */
interface Kept {
  /** Withheld changes for contacts of people who are still wanted. */
  readonly changes: readonly UpdateChange[];
  /** Contacts whose person really left. */
  readonly gone: readonly LiveContact[];
}

/**
 * Keeps contacts of people who are still wanted but whom the target cannot hold as desired. They have not left, and a
 * contact deleted now would have to be created again later.
 *
 * @param left - contacts of ours that match no desired contact
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
