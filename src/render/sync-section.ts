import type { BookProblem } from "../model/book.ts";
import { byCodeUnit } from "../model/order.ts";
import type { Action, BookPlan, SyncRecord, Waiting } from "../model/plan.ts";
import { changeBlock, withheldLine } from "./change-block.ts";
import { createGroups } from "./change-groups.ts";
import type { ChangeGroup } from "./change-groups.ts";
import type { Paint } from "./color.ts";
import { harmless } from "./harmless.ts";
import { counted, enumerated } from "./prose.ts";
import { createRenames } from "./renames.ts";
import { namesShown } from "../text/some-names.ts";

/** Maximum number of blocks per sync, not counting deletes, which are never omitted. */
const maxBlocks = 200;

export interface SyncSection {
  /** Name of the sync. */
  readonly name: string;
  add(book: BookPlan): void;
  /** Actions of changes that will be made. */
  actions(): ReadonlySet<Action>;
  /** @param isIncomplete - whether nothing was planned because not everything could be read */
  text(isIncomplete: boolean): string;
}

interface ProblemGroup {
  readonly problem: BookProblem;
  readonly mailboxes: string[];
  count: number;
}

interface Counts {
  books: number;
  unchanged: number;
  waiting: Waiting | null;
  unmanaged: number;
  made: number;
  withheld: number;
}

/** Collects one sync of a plan and renders it: deletes first, then updates, adoptions and creates, by name. */
export function createSyncSection(sync: SyncRecord, paint: Paint): SyncSection {
  const groups = createGroups(maxBlocks);
  const problems = new Map<string, ProblemGroup>();
  const renames = createRenames();
  const actions = new Set<Action>();
  const counts: Counts = { books: 0, unchanged: 0, waiting: null, unmanaged: 0, made: 0, withheld: 0 };
  return {
    name: sync.name,
    add(plan) {
      counts.unchanged += plan.unchanged;
      counts.waiting = plan.waiting ?? counts.waiting;
      counts.unmanaged += plan.unmanaged ?? 0;
      renames.add(plan);
      if (plan.problem !== null) addProblem(problems, plan.problem, plan.book.mailbox);
      for (const change of plan.changes) {
        groups.add(plan.book, counts.books, change);
        if (change.withheld !== null) counts.withheld++;
        else {
          counts.made++;
          actions.add(change.action);
        }
      }
      counts.books++;
    },
    actions: () => actions,
    text(isIncomplete) {
      const mailboxes =
        sync.kind === "mailbox-contacts" ? `, ${counted(counts.books, "mailbox", "mailboxes")}` : "";
      const books = isIncomplete ? ", not planned: not everything could be read (see the errors)" : mailboxes;
      const title = `${harmless(sync.name)}: ${harmless(sync.kind)} in ${harmless(sync.tenant)}${books}`;
      const renamed = renames.text(paint);
      const parts = [
        `${paint(title, "bold")}\n`,
        renamed === "" ? "" : `\n${renamed}`,
        madeText(groups.groups(), counts.made, paint),
        withheldText(groups.groups(), counts.withheld, paint),
        ...[...problems.values()].map((group) => problemText(group, paint)),
        restText(counts, paint),
      ];
      return `${parts.join("").trimEnd()}\n`;
    },
  };
}

function addProblem(problems: Map<string, ProblemGroup>, problem: BookProblem, mailbox: string | null): void {
  const id = `${problem.severity} ${problem.code}`;
  const group = problems.get(id) ?? { problem, mailboxes: [], count: 0 };
  problems.set(id, group);
  group.count++;
  if (mailbox !== null && group.mailboxes.length < namesShown) group.mailboxes.push(mailbox);
}

function madeText(groups: readonly ChangeGroup[], made: number, paint: Paint): string {
  const makeable = groups.filter((group) => group.withheld === null);
  const deletes = makeable.filter(({ action }) => action === "delete").toSorted(byName);
  const others = (["update", "adopt", "create"] as const).flatMap((action) =>
    makeable.filter((group) => group.action === action).toSorted(byName),
  );
  const shown = [...deletes, ...others.slice(0, maxBlocks)];
  const hidden = made - contactsIn(shown);
  const more = `  # ${counted(hidden, "more change")} not shown here; --format json has all of them.\n\n`;
  return `\n${shown.map((group) => `${changeBlock(group, paint)}\n`).join("")}${hidden > 0 ? more : ""}`;
}

function withheldText(groups: readonly ChangeGroup[], count: number, paint: Paint): string {
  if (count === 0) return "";
  const withheld = groups.filter((group) => group.withheld !== null).toSorted(byName);
  const shown = withheld.slice(0, maxBlocks);
  const whys = [...new Set(shown.map((group) => group.withheld ?? ""))];
  const blocks = whys.map((why) => {
    const lines = shown.filter((group) => group.withheld === why).map((group) => withheldLine(group, paint));
    return `    # ${harmless(why)}\n${lines.join("")}`;
  });
  const hidden = count - contactsIn(shown);
  const more = hidden > 0 ? `      # ${hidden} more not shown here; --format json has all of them.\n` : "";
  return `  ${paint("# Withheld, will not be made:", "bold")}\n${blocks.join("")}${more}\n`;
}

function problemText({ problem, mailboxes, count }: ProblemGroup, paint: Paint): string {
  const isError = problem.severity === "error";
  const what = isError ? "could not be read and is left as it is" : "is skipped";
  const whatMany = isError ? "could not be read and are left as they are" : "are skipped";
  const more = count - mailboxes.length;
  const names = more > 0 ? [...mailboxes, `${more} more`] : mailboxes;
  const who =
    count === 1
      ? `Mailbox ${enumerated(names)} ${what}`
      : `${count} mailboxes ${whatMany}: ${enumerated(names)}`;
  return `  ${paint(`# ${harmless(who)} (${harmless(problem.code)})`, isError ? "red" : "yellow")}\n`;
}

function restText({ unchanged, waiting, unmanaged }: Counts, paint: Paint): string {
  const current = unchanged - (waiting?.contacts ?? 0);
  const parts = [
    ...(current > 0 ? [`${counted(current, "contact")} up to date`] : []),
    ...(waiting === null ? [] : [waitingText(waiting)]),
    ...(unmanaged > 0 ? [`${counted(unmanaged, "unmanaged contact")}, left alone`] : []),
  ];
  return parts.length === 0 ? "" : `${paint(`  # ${parts.join("; ")}`, "dim")}\n`;
}

function waitingText({ contacts, firstDeletion, lastDeletion }: Waiting): string {
  const when =
    firstDeletion === lastDeletion
      ? `from ${harmless(firstDeletion)} on`
      : `between ${harmless(firstDeletion)} and ${harmless(lastDeletion)}`;
  return `${counted(contacts, "hidden contact")} of people who left, to be deleted ${when}`;
}

function contactsIn(groups: readonly ChangeGroup[]): number {
  return groups.reduce((sum, group) => sum + group.contacts, 0);
}

function byName(one: ChangeGroup, other: ChangeGroup): number {
  return byCodeUnit(one.displayName, other.displayName) || byCodeUnit(one.key, other.key);
}
