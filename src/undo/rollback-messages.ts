import { runAgainWith } from "../model/allowance.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Refusal } from "../model/plan.ts";

const effects: Readonly<Record<Refusal["limit"], string>> = {
  deletes: "would delete contacts of",
  "removes-everything": "would delete, where the run wrote, every contact that the sync has there: those of",
  updates: "would change contacts of",
  creates: "would make contacts of",
  addressChanges: "would change the mail addresses of",
  shrink: "would take away",
  "empty-source": "would take away",
};

/** What limits say of sources and filters is not about a run that is undone. */
export function refusalText({ sync, limit, found, allowed, allow }: Refusal, run: string): string {
  const people = found === 1 ? "1 person" : `${found} people`;
  const most = limit === "removes-everything" ? "" : `, where at most ${allowed} are let through`;
  return (
    `Rolling back ${run} ${effects[limit]} ${people} (sync ${sync})${most}. ` +
    "That is so when the run itself was large. Look whether it is the right run. " +
    `If this is what should happen, ${runAgainWith(allow)}.`
  );
}

/** @param count - contacts that keep a picture that the run gave them */
export function picturesStay(count: number): Diagnostic {
  const some = count === 1 ? "1 contact keeps" : `${count} contacts keep`;
  return {
    severity: "warning",
    code: "pictures-stay",
    summary: "Pictures stay",
    detail: `${some} the picture that the run gave to a contact without one: Microsoft Graph has no way to take it away.`,
    place: null,
  };
}

/** @param count - mail contacts that are made again */
export function notBroughtBack(count: number): Diagnostic {
  const some = count === 1 ? "1 mail contact is" : `${count} mail contacts are`;
  return {
    severity: "warning",
    code: "not-brought-back",
    summary: "What is made again is a new mail contact",
    detail:
      `${some} made again. What is not in the journal is not brought back: memberships in groups, who may send to the ` +
      "contact or on its behalf, who moderates, the message format and translations of the mail tip. Replies to mail " +
      "from before the run do not find it.",
    place: null,
  };
}
