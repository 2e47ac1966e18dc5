import type { Command } from "commander";
import type { Context } from "../model/context.ts";
import type { Edit, SandboxInitOptions } from "./commands/sandbox.ts";
import type { ExitCode } from "./exit-code.ts";

/** The commands that make, show and change a practice tenant. */
export function addSandbox(program: Command, context: Context, end: (code: ExitCode) => void): void {
  const sandbox = program
    .command("sandbox")
    .description("a practice tenant in a file: no account, no network");
  sandbox
    .command("init <file>")
    .description("make one, with people, groups and mailboxes")
    .option("--users <number>", "how many users", "25")
    .option("--seed <number>", "equal seeds make equal tenants", "1")
    .option("--domain <domain>", "mail domain of the users", "contoso.com")
    .action(async (file: string, options: SandboxInitOptions) => {
      const { runSandboxInit } = await import("./commands/sandbox.ts");
      end(await runSandboxInit(file, options, context));
    });
  sandbox
    .command("show <file> [mailbox]")
    .description("list its mailboxes, or what is in one of them")
    .action(async (file: string, mailbox: string | undefined) => {
      const { runSandboxShow } = await import("./commands/sandbox.ts");
      end(await runSandboxShow(file, mailbox, context));
    });
  addEdits(
    sandbox.command("edit").description("change it as an administrator or a user would"),
    async (file, edit) => {
      const { runSandboxEdit } = await import("./commands/sandbox.ts");
      end(await runSandboxEdit(file, edit, context));
    },
  );
}

function addEdits(edit: Command, make: (file: string, edit: Edit) => Promise<void>): void {
  edit
    .command("add-user <file> <address> <name> [assignments...]")
    .description("somebody joins, e.g. jobTitle=Engineer")
    .action((file: string, address: string, name: string, values: string[]) =>
      make(file, { kind: "add-user", address, name, values }),
    );
  edit
    .command("set-user <file> <who> <assignments...>")
    .description("set properties of a user, e.g. surname=Ek")
    .action((file: string, who: string, values: string[]) => make(file, { kind: "set-user", who, values }));
  edit
    .command("remove-user <file> <who>")
    .description("somebody leaves")
    .action((file: string, who: string) => make(file, { kind: "remove-user", who }));
  edit
    .command("edit-contact <file> <mailbox> <name> <assignments...>")
    .description("a user edits a contact by hand, e.g. jobTitle=Boss")
    .action((file: string, mailbox: string, name: string, values: string[]) =>
      make(file, { kind: "edit-contact", mailbox, name, values }),
    );
  edit
    .command("delete-contact <file> <mailbox> <name>")
    .description("a user deletes a contact")
    .action((file: string, mailbox: string, name: string) =>
      make(file, { kind: "delete-contact", mailbox, name }),
    );
}
