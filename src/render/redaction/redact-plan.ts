import type { BookProblem, BookRef } from "../../model/book.ts";
import type { ContactField } from "../../model/contact-fields.ts";
import { contactFieldNames } from "../../model/contact-fields.ts";
import type { ContactFields, DesiredContact, FieldChange, FieldValue } from "../../model/contact.ts";
import type { BookRecord, BookRename, Change, PlanHeader, PlanRecord, Refusal } from "../../model/plan.ts";
import { redactDiagnostic } from "./redact-diagnostic.ts";
import type { Redactor } from "./redactor.ts";

/**
 * Removes people from a plan, which is then for display only and cannot be applied. Every part that is kept is named
 * here, so that parts added to plans later are not shown by mistake.
 */
export async function* redactPlan(
  records: AsyncIterable<PlanRecord>,
  redactor: Redactor,
): AsyncIterable<PlanRecord> {
  if (redactor.level === "none") {
    yield* records;
    return;
  }
  const desired = redactedDesired(redactor);
  for await (const record of records) {
    switch (record.type) {
      case "plan":
        yield redactHeader(record, redactor);
        break;
      case "sync":
        yield record;
        break;
      case "book":
        yield redactBook(record, redactor, desired);
        break;
      case "end": {
        const { type, id, summary, diagnostics, refusals, incomplete, forecastSeconds, comparison } = record;
        yield {
          type,
          id,
          summary,
          diagnostics: diagnostics.map((diagnostic) => redactDiagnostic(diagnostic, redactor)),
          refusals: refusals.map((refusal) => redactRefusal(refusal, redactor)),
          ...(incomplete === undefined ? {} : { incomplete }),
          forecastSeconds,
          ...(comparison === undefined ? {} : { comparison }),
        };
        break;
      }
    }
  }
}

/** Removes the people to whose mailboxes a plan is limited from its header. */
export function redactHeader(header: PlanHeader, redactor: Redactor): PlanHeader {
  const { type, configDigest, createdAt, allowances, mailboxes } = header;
  return {
    type,
    configDigest,
    createdAt,
    allowances,
    mailboxes: mailboxes?.map((mailbox) => redactor.mailbox(mailbox) ?? "") ?? null,
  };
}

type RedactDesired = (contact: DesiredContact) => DesiredContact;

/** Memoized, so that changes that share a desired contact still share it. */
function redactedDesired(redactor: Redactor): RedactDesired {
  const known = new WeakMap<DesiredContact, DesiredContact>();
  return (contact) => {
    const found = known.get(contact);
    if (found !== undefined) return found;
    const fields: Partial<Record<ContactField, FieldValue | null>> = {};
    for (const field of contactFieldNames) {
      const value = contact.fields[field];
      if (value !== undefined) fields[field] = redactor.value(value);
    }
    const made: DesiredContact = {
      key: redactor.key(contact.key),
      displayName: redactor.name(contact.key, contact.displayName),
      addresses: [],
      // Keep lists as lists and texts as texts.
      fields: fields as ContactFields,
      digest: "",
    };
    known.set(contact, made);
    return made;
  };
}

function redactBook(record: BookRecord, redactor: Redactor, desired: RedactDesired): BookRecord {
  const { type, sync, unchanged, waiting, unmanaged, problem, rename, changes } = record;
  const book = redactBookRef(record.book, redactor);
  return {
    type,
    sync,
    book,
    unchanged,
    ...(waiting === undefined ? {} : { waiting }),
    unmanaged,
    problem: problem === null ? null : redactProblem(problem, redactor),
    ...(rename === undefined ? {} : { rename: redactRename(rename, redactor) }),
    changes: changes.map((change) => redactChange(change, redactor, desired)),
  };
}

function redactBookRef(book: BookRef, redactor: Redactor): BookRef {
  if (book.person !== null) redactor.name(book.person.key, book.person.displayName);
  const { folder } = book;
  return {
    id: redactor.key(book.id),
    mailbox: redactor.mailbox(book.mailbox),
    folder,
    person: null,
  };
}

/** Hides the folder's previous name, which its user may have chosen. The new name comes from the config. */
function redactRename({ from, withheld }: BookRename, redactor: Redactor): BookRename {
  return { from: redactor.foreignText(from), withheld };
}

function redactProblem({ severity, code, message }: BookProblem, redactor: Redactor): BookProblem {
  return { severity, code, message: redactor.foreignText(message) };
}

const noLive = { id: "", version: "", marker: null };

function redactChange(change: Change, redactor: Redactor, desired: RedactDesired): Change {
  const { reason, withheld, cause } = change;
  const base = {
    key: redactor.key(change.key),
    displayName: redactor.name(change.key, change.displayName),
    reason,
    fields: change.fields.map((field) => redactField(field, redactor)),
    withheld: withheld === null ? null : redactor.foreignText(withheld),
    ...(cause === undefined ? {} : { cause }),
  };
  switch (change.action) {
    case "create":
      return { ...base, action: change.action, desired: desired(change.desired) };
    case "update":
    case "adopt":
      return { ...base, action: change.action, desired: desired(change.desired), live: noLive };
    case "delete":
      return { ...base, action: change.action, live: noLive };
  }
}

function redactField({ field, before, after }: FieldChange, redactor: Redactor): FieldChange {
  return { field, before: redactor.value(before), after: redactor.value(after) };
}

function redactRefusal(refusal: Refusal, redactor: Redactor): Refusal {
  const { sync, limit, found, allowed, message, allow, place } = refusal;
  const at = place === undefined ? {} : { place };
  return { sync, limit, found, allowed, message: redactor.text(message), allow, ...at };
}
