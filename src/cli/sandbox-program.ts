import type { Command } from "commander";
import type { Context } from "../model/context.ts";
import type { Edit } from "./commands/sandbox/edit.ts";
import type { SandboxInitOptions } from "./commands/sandbox/init.ts";
import type { SandboxShowOptions } from "./commands/sandbox/show.ts";
import type { ExitCode } from "./interface/exit-code.ts";

/** The commands that make, show and change a sandbox tenant. */
export function addSandbox(program: Command, context: Context, end: (code: ExitCode) => void): void {
  const sandbox = program
    .command("sandbox")
    .description("simulate a tenant in a file: no account, no network");
  sandbox
    .command("init <file>")
    .description("create one, with users, groups and mailboxes")
    .option("--users <number>", "number of users", "25")
    .option("--seed <number>", "equal seeds create equal tenants", "1")
    .option("--company <name>", "company: contoso or fabrikam", "contoso")
    .option("--domain <domain>", "mail domain of the users (default: the company's)")
    .action(async (file: string, options: SandboxInitOptions) => {
      const { runSandboxInit } = await import("./commands/sandbox/init.ts");
      end(await runSandboxInit(file, options, context));
    });
  sandbox
    .command("show <file> [mailbox]")
    .description("list its mailboxes, or the contacts in one of them")
    .option("--mail-contacts", "list the organization's mail contacts instead")
    .action(async (file: string, mailbox: string | undefined, options: SandboxShowOptions) => {
      const { runSandboxShow } = await import("./commands/sandbox/show.ts");
      end(await runSandboxShow(file, mailbox, options, context));
    });
  addEdits(
    sandbox.command("edit").description("change it as an administrator or a user would"),
    async (file, edit) => {
      const { runSandboxEdit } = await import("./commands/sandbox/edit.ts");
      end(await runSandboxEdit(file, edit, context));
    },
  );
}

function addEdits(edit: Command, make: (file: string, edit: Edit) => Promise<void>): void {
  edit
    .command("add-user <file> <address> <name> [assignments...]")
    .description("add a user, e.g. jobTitle=Engineer")
    .action((file: string, address: string, name: string, values: string[]) =>
      make(file, { kind: "add-user", address, name, values }),
    );
  edit
    .command("set-user <file> <who> <assignments...>")
    .description("set properties of a user, e.g. surname=Ek")
    .action((file: string, who: string, values: string[]) => make(file, { kind: "set-user", who, values }));
  edit
    .command("disable-user <file> <who>")
    .description("a user leaves: disable the account")
    .action((file: string, who: string) => make(file, { kind: "disable-user", who }));
  edit
    .command("remove-user <file> <who>")
    .description("a user leaves: delete the account and mailbox")
    .action((file: string, who: string) => make(file, { kind: "remove-user", who }));
  for (const kind of ["add-member", "remove-member"] as const) {
    edit
      .command(`${kind} <file> <group> <who>`)
      .description(kind === "add-member" ? "add a member to a group" : "remove a member from a group")
      .action((file: string, group: string, who: string) => make(file, { kind, group, who }));
  }
  edit
    .command("add-contact <file> <mailbox> <assignments...>")
    .description("a user creates a contact by hand, e.g. givenName=Mia")
    .option("--folder <name>", "a folder other than the default one")
    .action((file: string, mailbox: string, values: string[], { folder }: { readonly folder?: string }) =>
      make(file, { kind: "add-contact", mailbox, folder: folder ?? null, values }),
    );
  edit
    .command("edit-contact <file> <mailbox> <name> <assignments...>")
    .description("a user edits a contact by hand, e.g. jobTitle=Boss")
    .action((file: string, mailbox: string, name: string, values: string[]) =>
      make(file, { kind: "edit-contact", mailbox, name, values }),
    );
  for (const kind of ["copy-contact", "delete-contact"] as const) {
    edit
      .command(`${kind} <file> <mailbox> <name>`)
      .description(kind === "copy-contact" ? "a user copies a contact" : "a user deletes a contact")
      .action((file: string, mailbox: string, name: string) => make(file, { kind, mailbox, name }));
  }
  addMailContactEdits(edit, make);
}

function addMailContactEdits(edit: Command, make: (file: string, edit: Edit) => Promise<void>): void {
  edit
    .command("add-mail-contact <file> <address> <name> [assignments...]")
    .description("an administrator creates a mail contact, e.g. Title=Engineer")
    .action((file: string, address: string, name: string, values: string[]) =>
      make(file, { kind: "add-mail-contact", address, name, values }),
    );
  edit
    .command("set-mail-contact <file> <who> <assignments...>")
    .description("set properties of a mail contact, e.g. HiddenFromAddressListsEnabled=true")
    .action((file: string, who: string, values: string[]) =>
      make(file, { kind: "set-mail-contact", who, values }),
    );
  edit
    .command("remove-mail-contact <file> <who>")
    .description("an administrator removes a mail contact")
    .action((file: string, who: string) => make(file, { kind: "remove-mail-contact", who }));
}
