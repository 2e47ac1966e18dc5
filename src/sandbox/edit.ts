import { randomBytes, randomUUID } from "node:crypto";
import { propertiesOf } from "./property-types.ts";
import { SandboxFileError } from "./sandbox-file-error.ts";
import type { ContactState, TenantState, UserState } from "./state.ts";

/** What a person may do to a practice tenant: each function gives the tenant as it is afterwards. */

type Values = Readonly<Record<string, string>>;

/** Somebody joins: an enabled, licensed member with a mailbox. @throws {SandboxFileError} when the address is taken */
export function addUser(tenant: TenantState, address: string, displayName: string): TenantState {
  if (tenant.users.some((user) => isUser(user, address)))
    throw new SandboxFileError(`There is a user ${address} already.`);
  const [given = displayName, ...rest] = displayName.split(" ");
  const user: UserState = {
    id: randomUUID(),
    userPrincipalName: address,
    displayName,
    givenName: given,
    surname: rest.join(" ") || null,
    mail: address,
    mailNickname: address.split("@")[0],
    userType: "Member",
    accountEnabled: true,
    assignedLicenses: [{ skuId: "6fd2c87f-b296-42f0-b197-1e91e994b900", disabledPlans: [] }],
    proxyAddresses: [`SMTP:${address}`],
  };
  const mailboxes = { ...tenant.mailboxes, [user.id]: { folders: [], contacts: [] } };
  return { ...tenant, users: [...tenant.users, user], mailboxes };
}

/** Properties of a user as Graph names them; lists are given with commas, an empty value clears. @throws {SandboxFileError} */
export function setUser(tenant: TenantState, who: string, values: Values): TenantState {
  const user = findUser(tenant, who);
  const changed = { ...user, ...typed("user", values) };
  return { ...tenant, users: tenant.users.map((other) => (other === user ? changed : other)) };
}

/** Somebody leaves: the account and the mailbox are gone. @throws {SandboxFileError} */
export function removeUser(tenant: TenantState, who: string): TenantState {
  const { id } = findUser(tenant, who);
  const { [id]: _, ...mailboxes } = tenant.mailboxes;
  const groups = tenant.groups.map((group) => ({
    ...group,
    members: group.members.filter((member) => member !== id),
  }));
  return { ...tenant, users: tenant.users.filter((user) => user.id !== id), groups, mailboxes };
}

/** The owner of a mailbox edits a contact by hand, found by display name. @throws {SandboxFileError} */
export function editContact(tenant: TenantState, who: string, name: string, values: Values): TenantState {
  const changes = typed("contact", values);
  return changeContact(tenant, who, name, (contact) => [
    {
      ...contact,
      changeKey: randomBytes(12).toString("base64url"),
      properties: { ...contact.properties, ...changes },
    },
  ]);
}

/** The owner of a mailbox deletes a contact. @throws {SandboxFileError} */
export function deleteContact(tenant: TenantState, who: string, name: string): TenantState {
  return changeContact(tenant, who, name, () => []);
}

function changeContact(
  tenant: TenantState,
  who: string,
  name: string,
  change: (contact: ContactState) => readonly ContactState[],
): TenantState {
  const user = findUser(tenant, who);
  const mailbox = tenant.mailboxes[user.id];
  const found = mailbox?.contacts.find(({ properties }) => properties["displayName"] === name);
  if (mailbox === undefined || found === undefined)
    throw new SandboxFileError(`The mailbox of ${who} has no contact named ${name}.`);
  const contacts = mailbox.contacts.flatMap((contact) => (contact === found ? change(contact) : [contact]));
  return { ...tenant, mailboxes: { ...tenant.mailboxes, [user.id]: { ...mailbox, contacts } } };
}

/** @throws {SandboxFileError} */
export function findUser(tenant: TenantState, who: string): UserState {
  const user = tenant.users.find((candidate) => isUser(candidate, who));
  if (user === undefined)
    throw new SandboxFileError(`The tenant has no user ${who}. \`galops sandbox show\` lists them.`);
  return user;
}

function isUser(user: UserState, who: string): boolean {
  return [user.id, user.userPrincipalName, user["mail"]].some(
    (name) => String(name).toLowerCase() === who.toLowerCase(),
  );
}

function typed(entity: "user" | "contact", values: Values): Readonly<Record<string, unknown>> {
  const types = propertiesOf(entity);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const type = types[name];
      if (type === "String") return [name, value === "" ? null : value];
      if (type === "String[]") return [name, value === "" ? [] : value.split(",")];
      if (type === "Boolean") return [name, value === "true"];
      throw new SandboxFileError(
        `${name} is no property of a ${entity} that can be set here; edit the file by hand (docs/sandbox.md).`,
      );
    }),
  );
}
