import { expiredCursor } from "./exchange-errors.ts";
import { parametersOf, rowsAnswer } from "./exchange-world.ts";
import type { ScriptedResponse, Seen } from "./scripted-fetch.ts";

export interface ListingOptions {
  /** `paged`: nextLinks that work. `expired`: nextLinks that never do. `capped`: 1,000 rows and no word of more. */
  readonly mode: "paged" | "expired" | "capped";
  /** How Exchange sorts names; by default without regard to case. */
  readonly compare?: (one: string, other: string) => number;
  readonly pageSize?: number;
}

export type Contact = Readonly<Record<"Guid" | "Name", string>>;

export const moreWarning =
  "There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.";

/** Many contacts, as Exchange lists them page by page or does not. */
export function listing(
  contacts: readonly Contact[],
  options: ListingOptions,
): (seen: Seen) => ScriptedResponse {
  const { mode, compare = withoutCase, pageSize = 1000 } = options;
  return (seen) => {
    const at = Number(new URL(seen.url).searchParams.get("$skiptoken") ?? 0);
    if (at > 0 && mode === "expired") return expiredCursor;
    const found = matching(contacts, filterOf(seen), compare);
    const rows = found.slice(at, at + pageSize);
    const next = new URL(seen.url);
    next.searchParams.set("$skiptoken", String(at + pageSize));
    const isMore = mode !== "capped" && found.length > at + pageSize;
    return rowsAnswer(rows, isMore ? { next: next.href } : {});
  };
}

export function filterOf(seen: Seen): string {
  const filter = parametersOf(seen)["Filter"] ?? "";
  return typeof filter === "string" ? filter : "";
}

/** Takes no condition but those on names, and one that holds for all. */
function matching(
  contacts: readonly Contact[],
  filter: string,
  compare: (one: string, other: string) => number,
): readonly Contact[] {
  if (filter === "") return contacts;
  const parts = filter.split(" -and ").map((part) => {
    const [, operator, quoted] = /^\(Name -(ge|lt) '((?:[^']|'')*)'\)$/.exec(part) ?? [];
    if (/^\(?IsDirSynced -eq \$false\)?$/.test(part)) return () => true;
    if (operator === undefined || quoted === undefined)
      throw new Error(`The filter is not understood: ${part}`);
    const value = quoted.replaceAll("''", "'");
    return ({ Name }: Contact) => compare(Name, value) < 0 === (operator === "lt");
  });
  return contacts.filter((contact) => parts.every((holds) => holds(contact)));
}

function withoutCase(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}
