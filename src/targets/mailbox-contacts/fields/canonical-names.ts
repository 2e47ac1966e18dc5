import type { ContactFields } from "../../../model/contact.ts";
import { cut } from "./canonical-text.ts";

/** What a contact is called when nothing of it is a name. */
const nameless = "(no name)";

/** The best name that the fields have; never "". */
export function composedName(fields: ContactFields): string {
  const candidates = [
    fields.displayName,
    [fields.givenName, fields.surname].filter(Boolean).join(" "),
    fields.fileAs,
    fields.nickName,
    fields.companyName,
    fields.emailAddresses?.[0],
    fields.mobilePhone,
    fields.businessPhones?.[0],
  ];
  return cut(candidates.find(Boolean) ?? nameless);
}

/**
 * A given name for a contact without one, which the service refuses to make: the display name without the surname.
 *
 * @returns never ""; the surname itself where the name is nothing else
 */
export function derivedGivenName(fields: ContactFields): string {
  const name = composedName(fields);
  const surname = fields.surname ?? "";
  if (surname === "" || name === surname) return name;
  if (name.endsWith(` ${surname}`)) return name.slice(0, -surname.length).trim();
  if (name.startsWith(`${surname}, `)) return name.slice(surname.length + 1).trim();
  if (name.startsWith(`${surname} `)) return name.slice(surname.length).trim();
  return name;
}

/** How the service itself would file a contact for which it is not told. */
export function derivedFileAs(fields: ContactFields): string {
  const { surname, givenName } = fields;
  return surname && givenName ? cut(`${surname}, ${givenName}`) : composedName(fields);
}
