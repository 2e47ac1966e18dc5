import type { MailboxScope } from "../expression/expression.ts";
import { isMailContactsSync } from "../model/config.ts";
import { contactFields } from "../model/contact-fields.ts";
import type { ContactField } from "../model/contact-fields.ts";
import type {
  ContactFields,
  DesiredContact,
  FieldValue,
  UnfitContact,
  WantedContacts,
} from "../model/contact.ts";
import { isDay } from "../model/day.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { encodeDigest } from "../model/digest.ts";
import type { Person } from "../model/person.ts";
import type { CanonicalWarning, Target } from "../model/target.ts";
import { ask, nameOf } from "./ask.ts";
import type { CompiledSync } from "./compile-sync.ts";
import { fingerprint } from "./fingerprint.ts";
import { ownAddresses } from "./own-addresses.ts";
import { settleMailContacts } from "./settle-mail-contacts.ts";
import { createWarnings } from "./warnings.ts";

/** A person's contact and what it cannot hold; `unfit` where the target cannot have it at all. */
interface Made {
  readonly contact: DesiredContact;
  readonly warnings: readonly CanonicalWarning[];
  readonly unfit: CanonicalWarning | null;
}

interface DesiredPeople extends WantedContacts {
  readonly diagnostics: readonly Diagnostic[];
}

// Where only `where` asks for the mailbox, the contacts of a sync are the same in all its mailboxes: made once.
const madeFor = new WeakMap<CompiledSync, WeakMap<Person, Made>>();

/**
 * What the contacts of these people should be, in the order of the people, in the form that the target gives back.
 *
 * @param canonicalize - of the sync's target: always the same for one `compiled`
 * @param mailbox - needed when `compiled.usesMailbox`; otherwise the result is the same for every mailbox
 * @throws {IncompleteError} when an expression has no value for somebody
 */
export function desiredContacts(
  compiled: CompiledSync,
  people: readonly Person[],
  canonicalize: Target["canonicalize"],
  mailbox: MailboxScope | null,
): DesiredPeople {
  const warnings = createWarnings();
  const { where } = compiled;
  const known = compiled.usesMailbox && !compiled.fieldsUseMailbox ? knownContacts(compiled) : null;
  const contacts: DesiredContact[] = [];
  const unfit: UnfitContact[] = [];
  const skip = (contact: DesiredContact, warning: CanonicalWarning): void => {
    warnings.addSkipped(warning, contact);
    unfit.push({ contact, reason: warning.message });
  };
  for (const person of people) {
    if (where?.compiled.usesMailbox === true && !ask(where, person, mailbox)) continue;
    const made = known?.get(person) ?? makeContact(compiled, person, canonicalize, mailbox);
    known?.set(person, made);
    if (made.unfit === null) {
      for (const warning of made.warnings) warnings.add(warning, made.contact);
      contacts.push(made.contact);
    } else skip(made.contact, made.unfit);
  }
  const { sync } = compiled;
  if (!isMailContactsSync(sync)) return { contacts, unfit, diagnostics: warnings.diagnostics(sync) };
  const settled = settleMailContacts(contacts, unfit, sync, canonicalize);
  for (const { contact, warning } of settled.leftOut) skip(contact, warning);
  for (const { contact, warning } of settled.cut) warnings.add(warning, contact);
  return { contacts: settled.contacts, unfit, diagnostics: warnings.diagnostics(sync) };
}

function knownContacts(compiled: CompiledSync): WeakMap<Person, Made> {
  const known = madeFor.get(compiled) ?? new WeakMap<Person, Made>();
  madeFor.set(compiled, known);
  return known;
}

function makeContact(
  compiled: CompiledSync,
  person: Person,
  canonicalize: Target["canonicalize"],
  mailbox: MailboxScope | null,
): Made {
  const warnings: CanonicalWarning[] = [];
  const given = mapped(compiled, person, mailbox, (warning) => warnings.push(warning));
  const canonical = canonicalize(given);
  const { unfit = null } = canonical;
  const fields = unfit === null ? canonical.fields : withUnfit(canonical.fields, unfit);
  const contact = {
    key: person.key,
    displayName: nameOf(person),
    addresses: ownAddresses(person),
    fields,
    digest: encodeDigest(fields, fingerprint),
  };
  return { contact, warnings: [...warnings, ...canonical.warnings], unfit };
}

/** With the address as it was given: it tells people more than none. */
function withUnfit(fields: ContactFields, { field, value }: CanonicalWarning): ContactFields {
  return field === "emailAddresses" && value !== undefined ? { ...fields, emailAddresses: [value] } : fields;
}

type Warn = (warning: CanonicalWarning) => void;

function mapped(
  compiled: CompiledSync,
  person: Person,
  mailbox: MailboxScope | null,
  warn: Warn,
): ContactFields {
  const fields: Partial<Record<ContactField, FieldValue>> = {};
  for (const [field, source] of compiled.mapping) {
    const value = source.kind === "fixed" ? source.value(person) : ask(source.expression, person, mailbox);
    fields[field] = contactFields[field].kind === "date" ? day(field, String(value), warn) : value;
  }
  // The mapping was compiled for the kind of each field: text for text, lists for lists.
  return fields as ContactFields;
}

/** A day as YYYY-MM-DD; a time behind it is cut off. What is no day of the calendar gives none, with a warning. */
function day(field: ContactField, text: string, warn: Warn): string {
  const [date = ""] = text.trim().split("T");
  if (isDay(date)) return date;
  if (text.trim() !== "") {
    warn({
      field,
      code: "invalid-date",
      message: "A day must be written as YYYY-MM-DD; the field is left empty.",
    });
  }
  return "";
}
