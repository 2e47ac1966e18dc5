import type { Config, Named } from "../../model/config.ts";
import { isMailboxContactsSync } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Path } from "../config-file.ts";
import type { Written } from "../written.ts";

/** Every sync has mailboxes to go to. */
export function mailboxesAreNamed({ syncs }: Config, written: Written): readonly Diagnostic[] {
  return syncs
    .filter(isMailboxContactsSync)
    .filter(({ to: { mailboxes } }) => !mailboxes.all)
    .filter(({ to: { mailboxes } }) => mailboxes.users.length + mailboxes.groups.length === 0)
    .map(({ name }) =>
      written.report(
        ["syncs", name, "to", "mailboxes"],
        {
          code: "no-mailboxes",
          summary: "No mailboxes are selected",
          detail: "The sync would write to no mailbox. Name users or groups, or set `all: true`.",
        },
        "key",
      ),
    );
}

/** Nothing is taken in and left out by the same name. */
export function includedIsNotExcluded({ sources, syncs }: Config, written: Written): readonly Diagnostic[] {
  return [
    ...[...sources.values()].flatMap((source) => {
      if (source.kind === "csv") return [];
      const { include, exclude } = source.groups;
      return both(include, exclude, ["sources", source.name, "groups", "exclude"], written);
    }),
    ...syncs.filter(isMailboxContactsSync).flatMap(({ name, to: { mailboxes } }) => {
      const at = ["syncs", name, "to", "mailboxes", "exclude"];
      return [
        ...both(mailboxes.users, mailboxes.exclude.users, [...at, "users"], written),
        ...both(mailboxes.groups, mailboxes.exclude.groups, [...at, "groups"], written),
      ];
    }),
  ];
}

function both(
  included: readonly Named[],
  excluded: readonly Named[],
  at: Path,
  written: Written,
): readonly Diagnostic[] {
  const names = new Set(included.map(({ name }) => name.toLowerCase()));
  return excluded.flatMap(({ name }, index) => {
    if (!names.has(name.toLowerCase())) return [];
    const detail = `"${name}" is both included and excluded. Exclusion wins, so including it has no effect. Remove one of the two.`;
    const report = { code: "included-and-excluded", summary: "Included and excluded", detail };
    return [written.report([...at, index], { ...report, severity: "warning" })];
  });
}
