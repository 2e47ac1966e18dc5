import { runAgainWith } from "../model/allowance.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Refusal } from "../model/plan.ts";

const effects: Readonly<Record<Refusal["limit"], string>> = {
  deletes: "would delete contacts of",
  "removes-everything": "would delete every contact that the sync has where the run wrote, those of",
  updates: "would change contacts of",
  creates: "would create contacts of",
  addressChanges: "would change the mail addresses of",
  shrink: "would remove",
  "empty-source": "would remove",
};

/** Replaces the message of a refusal, which explains sources and filters that play no part in a rollback. */
export function refusalText({ sync, limit, found, allowed, allow }: Refusal, run: string): string {
  const people = found === 1 ? "1 person" : `${found} people`;
  const most = limit === "removes-everything" ? "" : `, where at most ${allowed} are permitted`;
  return (
    `Rolling back ${run} ${effects[limit]} ${people} (sync ${sync})${most}. ` +
    "The usual cause is that the run itself was large. Check that it is the right run. " +
    `If this is intended, ${runAgainWith(allow)}.`
  );
}

/** @param count - number of contacts that keep a picture from the run */
export function picturesStay(count: number): Diagnostic {
  const some = count === 1 ? "1 contact keeps" : `${count} contacts keep`;
  return {
    severity: "warning",
    code: "pictures-stay",
    summary: "Pictures are not removed",
    detail: `${some} the picture from the run, because Microsoft Graph cannot delete pictures of contacts.`,
    place: null,
  };
}

/** @param count - number of mail contacts that are created again */
export function notBroughtBack(count: number): Diagnostic {
  const some = count === 1 ? "1 mail contact is" : `${count} mail contacts are`;
  return {
    severity: "warning",
    code: "not-brought-back",
    summary: "Restored mail contacts are new ones",
    detail:
      `${some} created again. Properties that are not in the journal are not restored: group memberships, permissions ` +
      "to send to the contact or on its behalf, moderators, message format and translations of the mail tip. " +
      "Replies to mail from before the run do not reach it.",
    place: null,
  };
}
