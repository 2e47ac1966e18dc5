import type { BookPlan } from "../model/plan.ts";
import type { Paint } from "./color.ts";
import { harmless, quoted } from "./harmless.ts";
import { counted, enumerated } from "./prose.ts";
import { namesShown } from "../text/some-names.ts";

/** Renames of folders, grouped across mailboxes. */
export interface Renames {
  add(plan: Pick<BookPlan, "book" | "rename">): void;
  /** Rendered text, in which each line ends in a newline; "" for none. */
  text(paint: Paint): string;
}

interface Group {
  readonly from: string;
  readonly to: string;
  readonly withheld: string | null;
  readonly names: string[];
  mailboxes: number;
}

/** A bound, because users may have given their folders any number of names. */
const groupsKept = 20;

export function createRenames(): Renames {
  const groups = new Map<string, Group>();
  let left = 0;
  return {
    add({ book, rename }) {
      if (rename === undefined) return;
      const { from, withheld } = rename;
      const id = JSON.stringify([from, book.folder, withheld]);
      const known = groups.get(id);
      if (known === undefined && groups.size >= groupsKept) {
        left++;
        return;
      }
      const group = known ?? { from, to: book.folder ?? "", withheld, names: [], mailboxes: 0 };
      groups.set(id, group);
      group.mailboxes++;
      if (group.names.length < namesShown) group.names.push(book.mailbox ?? book.id);
    },
    text(paint) {
      const more = `  # ${counted(left, "more folder")} to be renamed not shown here; --format json has all of them.\n`;
      return [...groups.values()].map((group) => groupText(group, paint)).join("") + (left > 0 ? more : "");
    },
  };
}

function groupText({ from, to, withheld, names, mailboxes }: Group, paint: Paint): string {
  const where = mailboxes > names.length ? `${mailboxes} mailboxes` : enumerated(names.map(harmless));
  const [old, name] = [quoted(from), quoted(to)];
  if (withheld !== null) {
    const title = paint(`# The folder ${old} will not be renamed to ${name} in ${where}:`, "bold");
    return `  ${title}\n    # ${harmless(withheld)}\n`;
  }
  const title = paint(`# The folder ${old} will be renamed in ${where}`, "bold");
  return `  ${title}\n  ${paint("~", "yellow")} folder ${old} -> ${name}\n`;
}
