import type { Config, SyncConfig } from "../../model/config.ts";
import { isMailContactsSync } from "../../model/config.ts";
import { fieldsOf } from "../../model/contact-fields.ts";
import type { ContactField } from "../../model/contact-fields.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { nearestName } from "../../text/nearest-name.ts";
import type { Written } from "../written.ts";

/** Fields that mean the same and have another name in the other kind of contact. */
const otherNames: ReadonlyMap<ContactField, ContactField> = new Map([
  ["officeLocation", "office"],
  ["office", "officeLocation"],
  ["businessHomePage", "webPage"],
  ["webPage", "businessHomePage"],
  ["personalNotes", "notes"],
  ["notes", "personalNotes"],
]);

/** Every field that is mapped is one that the contacts of the target have. */
export function fieldsFitTarget({ syncs }: Config, written: Written): readonly Diagnostic[] {
  return syncs.flatMap((sync) => {
    const known = fieldsOf(sync.to.kind);
    return [...sync.fields.keys()]
      .filter((field) => !known.includes(field))
      .map((field) => {
        const meant = otherNames.get(field) ?? nearestName(field, known);
        const hint = meant === null ? "Remove it." : `Did you mean "${meant}"?`;
        const detail = `Contacts of kind ${sync.to.kind} have no field ${field}. ${hint}`;
        const report = { code: "field-not-of-target", summary: "The target has no such field", detail };
        return written.report(["syncs", sync.name, "fields", field], report, "key");
      });
  });
}

/** The attribute that keeps the stamp holds nothing else. */
export function stampIsFree({ syncs }: Config, written: Written): readonly Diagnostic[] {
  return syncs.filter(isMailContactsSync).flatMap(({ name, fields, to }) => {
    // Left alone is what it is anyway.
    if ((fields.get(to.stamp)?.value ?? null) === null) return [];
    const detail = `galops keeps the sync's marker in ${to.stamp}, so no other value can be stored there. Map another attribute, or choose another one for the marker with to.stamp.`;
    const report = { code: "stamp-mapped", summary: "The stamp's attribute is mapped", detail };
    return [written.report(["syncs", name, "fields", to.stamp], report, "key")];
  });
}

/** What only one kind of target knows is asked of that kind only. */
export function optionsFitTarget({ syncs }: Config, written: Written): readonly Diagnostic[] {
  return syncs.flatMap((sync) =>
    unfitOptions(sync).map(([option, detail]) =>
      written.report(
        ["syncs", sync.name, option],
        { code: "option-not-of-target", summary: "The target does not support this option", detail },
        "key",
      ),
    ),
  );
}

function unfitOptions(sync: SyncConfig): readonly (readonly [string, string])[] {
  if (!isMailContactsSync(sync)) {
    const detail =
      "Contacts in mailboxes cannot be hidden, so they are deleted at once. Remove deletion; a grace period applies to mail contacts only.";
    return sync.deletion.kind === "grace" ? [["deletion", detail]] : [];
  }
  const photos = "Mail contacts have no photos. Remove photos.";
  const categories = "Categories belong to a mailbox, and mail contacts are in none. Remove categories.";
  return [
    ...(sync.photos ? [["photos", photos] as const] : []),
    ...(sync.categories === null ? [] : [["categories", categories] as const]),
  ];
}
