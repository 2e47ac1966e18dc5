import { runAgainWith } from "../model/allowance.ts";
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
      : `${people(rekeys)} would be updated with data of other sources`;
  return (
    `${some} ${sources.join(", ")} of the sync ${sync} returned no people, and ${effect}. ` +
    "The usual cause is a wrong filter, group or permission. " +
    "If the source is empty on purpose, remove it from the sync."
  );
}

export function removesEverything(
  sync: string,
  { deletes, hides }: { readonly deletes: number; readonly hides: number },
): string {
  const effect = hides === 0 ? "delete" : hides === deletes ? "hide" : "hide or delete";
  return (
    `The sync ${sync} would ${effect} every contact that it owns (${people(deletes)}). ` +
    "The usual causes are a source that was replaced by another one, or a wrong filter or group."
  );
}

export function shrunk(
  sync: string,
  found: { readonly owned: number; readonly people: number; readonly allowed: string },
): string {
  return (
    `The sync ${sync} has ${people(found.people)} and owns contacts of ${found.owned}: ` +
    `${found.owned - found.people} fewer, where ${found.allowed}. ` +
    "Check its sources first: a wrong filter, group or permission also makes people disappear."
  );
}

/** Points to a possible cause: keys with origins that no desired person has. @returns "" when there are none */
export function otherOrigins(origins: readonly string[]): string {
  if (origins.length === 0) return "";
  return (
    `Some of their contacts come from ${origins.join(", ")}, where no people come from now. ` +
    "If a csv source was renamed, restore its name: it identifies people without a mail address."
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
  return `${returned} of them had left and would be shown again: a filter, group or source returns them again.`;
}

/** E.g. `at most 25 are permitted (5% of the 500 that it owns)`. */
export function limitText(limit: Limit, allowed: number, owned: number): string {
  const most =
    allowed === 0 ? "none are permitted" : `at most ${allowed} ${allowed === 1 ? "is" : "are"} permitted`;
  if ("count" in limit) return most;
  return `${most} (${Number((limit.share * 100).toFixed(2))}% of the ${owned} that it owns)`;
}

export function howToGoOn(allow: string, given: readonly Allowance[]): string {
  const [other] = given;
  const instead =
    other === undefined
      ? ""
      : ` (${other.people} ${other.people === 1 ? "was" : "were"} allowed, which does not match this plan)`;
  return `If this is intended, ${runAgainWith(allow)}${instead}.`;
}

/** The effect on people who left: their contacts are deleted, or hidden for the grace and then deleted. */
function lossOf({ deletes, hides }: { readonly deletes: number; readonly hides: number }): string {
  if (hides === 0) return effects.deletes;
  return hides === deletes
    ? "would hide, and delete after the grace, contacts of"
    : `would delete, or hide first (${hides}), contacts of`;
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
  creates: "The usual causes are a filter or a group that includes more people than it should.",
  addressChanges: "The usual causes are a changed mapping, or a new mail domain at the source.",
};

function people(count: number): string {
  return count === 1 ? "1 person" : `${count} people`;
}
