import { office } from "../cli/office.ts";
import type { Office } from "../cli/office.ts";
import { half, hostileTexts, long, longWords } from "./texts.ts";

export const tenantFile = "hostile.tenant.json";

const hostileConfig = `version: 1
tenants:
  practice: { sandbox: ./${tenantFile} }
sources:
  staff: { kind: users, tenant: practice }
  rows:
    kind: csv
    path: rows.csv
    id: id
    columns: { mail: mail, displayName: name, givenName: short, surname: short, jobTitle: name, mobilePhone: name }
syncs:
  phones:
    owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11
    from: [staff, rows]
    to:
      kind: mailbox-contacts
      tenant: practice
      mailboxes: { users: [ann@contoso.com, bo@contoso.com] }
      folder: Directory
    fields:
      personalNotes: '"note" in person.attributes ? person.attributes.note : person.jobTitle'
    limits: { updates: 100%, addressChanges: 100% }
  partners:
    owner: 7b0f0000-0000-4000-8000-0000000000cf
    from: [rows]
    to: { kind: mail-contacts, tenant: practice, ownedDomains: [northwind.example] }
`;

interface Entry {
  [property: string]: unknown;
}

interface TenantFile {
  readonly users: Entry[];
  readonly orgContacts: Entry[];
  readonly mailboxes: { user: string; problem?: string; contacts: Entry[] }[];
}

const texts = [...Object.values(hostileTexts), half, long, longWords];

/** A tenant whose people are called by hostile texts, and a file of rows with the others. */
export async function hostileOffice(): Promise<Office> {
  const made = await office(hostileConfig);
  const init = await made.galops("sandbox", "init", tenantFile, "--users", "10");
  if (init.code !== 0) throw new Error(init.stderr);
  editTenant(made, ({ users, mailboxes }) => {
    for (const [at, user] of users.entries()) {
      const text = texts[texts.length - 1 - (at % texts.length)] ?? "";
      for (const name of ["displayName", "jobTitle", "department", "companyName"]) user[name] = text;
      for (const name of ["givenName", "surname", "mobilePhone"]) user[name] = short(text);
      user["businessPhones"] = [text];
    }
    for (const { contacts } of mailboxes) for (const contact of contacts) vandalize(contact);
  });
  made.write("rows.csv", rows([...texts.slice(0, 12), longWords]));
  return made;
}

function rows(given: readonly string[]): string {
  const lines = given.map((text, at) => {
    // A NUL is refused in a file of rows.
    const cells = [String(at), `p${at}@northwind.example`, text, short(text), text];
    return cells.map((value) => cell(value.replaceAll("\0", ""))).join(",");
  });
  return `id,mail,name,short,note\n${lines.join("\n")}\n`;
}

/** Names are put together, which must not become too long for an expression. */
function short(text: string): string {
  return text.slice(0, 30_000);
}

function cell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

export function editTenant({ read, write }: Office, edit: (tenant: TenantFile) => void): void {
  const tenant = JSON.parse(read(tenantFile)) as TenantFile;
  edit(tenant);
  write(tenantFile, JSON.stringify(tenant));
}

let turn = 0;

/** As the user of a mailbox may do who writes on contacts. */
export function vandalize(contact: Entry): void {
  const text = texts[turn++ % texts.length] ?? "";
  for (const name of ["displayName", "jobTitle", "department", "personalNotes", "officeLocation"]) {
    contact[name] = text;
  }
  contact["version"] = 1000 + turn;
}
