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
import { evaluateFor, nameOf } from "./evaluate-for.ts";
import type { CompiledSync } from "./compile-sync.ts";
import { fingerprint } from "./fingerprint.ts";
import { ownAddresses } from "./own-addresses.ts";
import { settleMailContacts } from "./settle-mail-contacts.ts";
import { createWarnings } from "./warnings.ts";

/** A person's contact with warnings; `unfit` when the target cannot hold it at all. */
interface Made {
  readonly contact: DesiredContact;
  readonly warnings: readonly CanonicalWarning[];
  readonly unfit: CanonicalWarning | null;
}

interface DesiredPeople extends WantedContacts {
  readonly diagnostics: readonly Diagnostic[];
}

// When only `where` depends on the mailbox, contacts are the same in all mailboxes of a sync, and built once.
const madeFor = new WeakMap<CompiledSync, WeakMap<Person, Made>>();

/**
 * Builds the desired contacts of these people, in the order of the people, in the form that the target would return.
 *
 * @param canonicalize - the function of the sync's target; must always be the same for one `compiled`
 * @param mailbox - required when `compiled.usesMailbox`; otherwise the result is the same for every mailbox
 * @throws {IncompleteError} when an expression has no value for a person
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
    if (where?.compiled.usesMailbox === true && !evaluateFor(where, person, mailbox)) continue;
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

/** Puts a rejected address back, because displaying it helps more than an empty field. */
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
    const value =
      source.kind === "fixed" ? source.value(person) : evaluateFor(source.expression, person, mailbox);
    fields[field] = contactFields[field].kind === "date" ? day(field, String(value), warn) : value;
  }
  // The expressions were compiled for the kinds of their fields, so the types are right.
  return fields as ContactFields;
}

/** Reads a day (YYYY-MM-DD) and drops a time after it. Anything else gives "" and a warning. */
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
