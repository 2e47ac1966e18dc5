import type { ContactFields } from "../../../model/contact.ts";
import { cut } from "./canonical-text.ts";

/** Display name of a contact when no field can serve as its name. */
const nameless = "(no name)";

/** Returns the best display name that the fields provide; never "". */
export function composedName(fields: ContactFields): string {
  return cut(nameIn(fields) ?? nameless);
}

/** Whether anything in the fields can serve as a name. */
export function hasName(fields: ContactFields): boolean {
  return nameIn(fields) !== undefined;
}

function nameIn(fields: ContactFields): string | undefined {
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
  return candidates.find(Boolean);
}

/**
 * Derives a given name for a contact without one, which Exchange would refuse: the display name without the surname.
 *
 * @returns never ""; the surname when the display name contains nothing else
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

/** Derives `fileAs` as Exchange does for a contact without one. */
export function derivedFileAs(fields: ContactFields): string {
  const { surname, givenName } = fields;
  return surname && givenName ? cut(`${surname}, ${givenName}`) : composedName(fields);
}
