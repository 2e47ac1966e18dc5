import path from "node:path";
import type { Context } from "../../../model/context.ts";
import { harmless } from "../../../render/harmless.ts";
import { counted } from "../../../render/prose.ts";
import { contactsOf, mailboxesOf, mailContactsOf } from "../../../sandbox/admin/inspect.ts";
import type { ContactOverview } from "../../../sandbox/admin/inspect.ts";
import { SandboxEditError } from "../../../sandbox/admin/sandbox-edit-error.ts";
import { openStore } from "../../../sandbox/store/store.ts";
import type { TenantState } from "../../../sandbox/tenant/tenant.ts";
import { shortName } from "../../../text/short-name.ts";
import { exitCode } from "../../interface/exit-code.ts";
import type { ExitCode } from "../../interface/exit-code.ts";

export interface SandboxShowOptions {
  /** The organization's mail contacts instead of mailboxes. */
  readonly mailContacts?: boolean;
}

/** Lists mailboxes, or what is in one of them, or the mail contacts. @throws {SandboxFileError} @throws {SandboxEditError} */
export async function runSandboxShow(
  file: string,
  mailbox: string | undefined,
  { mailContacts = false }: SandboxShowOptions,
  context: Context,
): Promise<ExitCode> {
  if (mailContacts && mailbox !== undefined) {
    throw new SandboxEditError(
      "Mail contacts are not in a mailbox. Give either a mailbox or --mail-contacts.",
    );
  }
  const { state } = openStore(path.resolve(context.cwd, file));
  await context.stdout.write(table(mailContacts ? mailContactRows(state) : mailboxRows(state, mailbox)));
  return exitCode.done;
}

function mailboxRows(state: TenantState, mailbox: string | undefined): readonly (readonly string[])[] {
  return mailbox === undefined
    ? mailboxesOf(state).map((row) => [
        row.mailbox,
        counted(row.contacts, "contact"),
        `${row.managed} of galops`,
      ])
    : contactsOf(state, mailbox).map((row) => [
        row.folder ?? "Contacts",
        row.displayName,
        detailsOf(row),
        row.owner === "" ? "(the user's own)" : row.owner,
        row.id,
      ]);
}

function mailContactRows(state: TenantState): readonly (readonly string[])[] {
  return mailContactsOf(state).map((row) => [
    row.address,
    row.displayName,
    row.alias,
    [row.hidden ? "hidden" : "", row.synchronized ? "synchronized" : ""]
      .filter((word) => word !== "")
      .join(", "),
    row.owner === "" ? "(not of galops)" : row.owner,
  ]);
}

function detailsOf({ jobTitle, mobilePhone }: ContactOverview): string {
  return [jobTitle, mobilePhone].filter((text) => text !== "").join(", ");
}

function table(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map((cell) => harmless(shortName(cell))));
  const widths = (safe[0] ?? []).map((_, column) =>
    Math.max(...safe.map((row) => (row[column] ?? "").length)),
  );
  return safe
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
