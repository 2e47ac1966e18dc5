import type { Allowance, AllowedLimit } from "../model/allowance.ts";
import type { Limit } from "../model/config.ts";

export function emptySource(
  sync: string,
  sources: readonly string[],
  { deletes, rekeys }: { readonly deletes: number; readonly rekeys: number },
): string {
  const some = sources.length === 1 ? "The source" : "The sources";
  const effect =
    deletes > 0
      ? `${people(deletes)} would lose their contacts`
      : `${people(rekeys)} would go on under what other sources know of them`;
  return (
    `${some} ${sources.join(", ")} of the sync ${sync} gave nobody, and ${effect}. ` +
    "A source without people is more often a filter, a group or a permission that went wrong than the truth. " +
    "If it is meant to be empty, take it out of the sync."
  );
}

export function removesEverything(
  sync: string,
  { deletes, hides }: { readonly deletes: number; readonly hides: number },
): string {
  const effect = hides === 0 ? "delete" : hides === deletes ? "hide" : "hide or delete";
  return (
    `The sync ${sync} would ${effect} every contact that it owns (${people(deletes)}). ` +
    "That happens when a source was exchanged for another one, or when a filter or group went wrong."
  );
}

export function shrunk(
  sync: string,
  found: { readonly owned: number; readonly people: number; readonly allowed: string },
): string {
  return (
    `The sync ${sync} has ${people(found.people)} and owns contacts of ${found.owned}: ` +
    `${found.owned - found.people} fewer, where ${found.allowed}. ` +
    "Look at its sources first: a filter, a group or a permission that went wrong makes people vanish, too."
  );
}

/** "" where there are none. */
export function otherOrigins(origins: readonly string[]): string {
  if (origins.length === 0) return "";
  return (
    `Of some the contacts come from ${origins.join(", ")}, from where nobody comes now: was a csv source given another ` +
    "name? People without a mail address are known by it, so give it back its name."
  );
}

export function tooMany(
  sync: string,
  limit: AllowedLimit,
  count: Readonly<Record<AllowedLimit | "returned" | "hides", number>>,
  allowed: string,
): string {
  const areBack = limit === "updates" && count.returned * 2 > count.updates;
  const cause = areBack ? back(count.returned) : causes[limit];
  const effect = limit === "deletes" ? lossOf(count) : effects[limit];
  return `The sync ${sync} ${effect} ${people(count[limit])}, where ${allowed}. ${cause}`;
}

function back(returned: number): string {
  const who = `${returned} of them had`;
  return `${who} left, and would be shown again: a filter, a group or a source that had lost people gives them again.`;
}

/** E.g. `at most 25 are let through (5% of the 500 that it owns)`. */
export function limitText(limit: Limit, allowed: number, owned: number): string {
  const most =
    allowed === 0 ? "none is let through" : `at most ${allowed} ${allowed === 1 ? "is" : "are"} let through`;
  if ("count" in limit) return most;
  return `${most} (${Number((limit.share * 100).toFixed(2))}% of the ${owned} that it owns)`;
}

export function howToGoOn(allow: string, given: readonly Allowance[]): string {
  const [other] = given;
  const instead =
    other === undefined
      ? ""
      : ` (${other.people} ${other.people === 1 ? "was" : "were"} allowed, which is not this plan)`;
  return `If this is what should happen, run it again with ${allow}${instead}.`;
}

/** Who is hidden loses the contact in address lists at once, and after the grace for good. */
function lossOf({ deletes, hides }: { readonly deletes: number; readonly hides: number }): string {
  if (hides === 0) return effects.deletes;
  return hides === deletes
    ? "would hide, and delete after the grace, contacts of"
    : `would delete contacts, or hide them first (${hides}), of`;
}

const effects: Record<AllowedLimit, string> = {
  deletes: "would delete contacts of",
  updates: "would change contacts of",
  creates: "would create contacts of",
  addressChanges: "would change the mail addresses of",
};

const causes: Record<AllowedLimit, string> = {
  deletes: "The usual causes are a filter, a group or a source that lost people.",
  updates: "The usual causes are a changed mapping, or an attribute that was emptied at the source.",
  creates: "The usual causes are a filter or a group that takes in more people than it should.",
  addressChanges: "The usual causes are a changed mapping, or a new mail domain at the source.",
};

function people(count: number): string {
  return count === 1 ? "1 person" : `${count} people`;
}
