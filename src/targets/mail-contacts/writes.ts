import type { ParameterValue, Parameters, WriteCmdlet } from "../../http/exchange/exchange.ts";
import type { MailContactsSync } from "../../model/config.ts";
import type { ContactField } from "../../model/contact-fields.ts";
import { isListField } from "../../model/contact-fields.ts";
import { unfinishedDigest } from "../../model/digest.ts";
import type { FieldValue } from "../../model/contact.ts";
import type { Change, CreateChange, UpdateChange } from "../../model/plan.ts";
import { isEmpty } from "../../model/values.ts";
import { wantedFields } from "../wanted-fields.ts";
import type { WantedField } from "../wanted-fields.ts";
import { countryCode } from "./countries.ts";
import { toMailTip } from "./mail-tip.ts";
import { markerFor } from "./marker-for.ts";
import { moreWrites } from "./more-properties.ts";
import { attributeOf, propertyOf } from "./properties.ts";
import { writeStamp } from "./stamp.ts";

/** One cmdlet of a change, without `Identity`, which is unknown for a new contact. */
export interface Write {
  readonly cmdlet: WriteCmdlet;
  readonly parameters: Parameters;
}

/** Whether a field was written, for a stamp whose digest must not cover all fields. */
type IsWritten = (field: ContactField) => boolean;

/** Fields that New-MailContact accepts. */
export const namesAtCreate: ReadonlySet<ContactField> = new Set([
  "displayName",
  "alias",
  "emailAddresses",
  "givenName",
  "surname",
  "initials",
]);

/**
 * The cmdlets that make a change, in order. Managers are given by address.
 *
 * Contacts are stamped last, so that the digest never covers more than was written. Until then a new contact is
 * identified by its alias.
 *
 * @param markerIn - the attribute of the stamp in an earlier config, which is cleared
 */
export function writesOf(change: Change, sync: MailContactsSync, markerIn?: ContactField): readonly Write[] {
  switch (change.action) {
    case "create":
      return createWrites(change, sync);
    case "delete":
      return [{ cmdlet: "Remove-MailContact", parameters: { Confirm: false } }];
    case "update":
    case "adopt":
      return updateWrites(change, sync, markerIn);
  }
}

/** The cmdlets that complete a half-made contact, which may have other values, for a create. */
export function completingWrites(change: CreateChange, sync: MailContactsSync): readonly Write[] {
  const more = moreWrites(change, sync.to);
  return [...settingWrites(wantedFields(change), change, sync), ...more];
}

/** Limits the digest in a cmdlet's stamp to the fields that were written. */
export function narrowed(write: Write, change: Change, sync: MailContactsSync, isWritten: IsWritten): Write {
  if (change.action === "delete" || write.parameters[attributeOf(sync.to.stamp)] === undefined) return write;
  return { ...write, parameters: { ...write.parameters, ...stampParameter(change, sync, isWritten) } };
}

/** The cmdlet that only stamps a contact. */
export function stampingWrite(
  change: CreateChange | UpdateChange,
  sync: MailContactsSync,
  isWritten?: IsWritten,
): Write {
  return { cmdlet: "Set-MailContact", parameters: stampParameter(change, sync, isWritten) };
}

/** The marker that a change writes, as text; null for none. */
export function stampFor(
  change: CreateChange | UpdateChange,
  sync: MailContactsSync,
  isWritten?: IsWritten,
): string | null {
  const marker = markerFor(change, sync);
  if (marker === null || isWritten === undefined) return marker === null ? null : writeStamp(marker);
  const before = change.action === "create" ? "" : (change.live.marker?.digest ?? "");
  return writeStamp({ ...marker, digest: unfinishedDigest(marker.digest, before, isWritten) });
}

function createWrites(change: CreateChange, sync: MailContactsSync): readonly Write[] {
  const filled = wantedFields(change).filter(([, value]) => !isEmpty(value));
  const names = parametersOf(filled.filter(([field]) => namesAtCreate.has(field)));
  const rest = filled.filter(([field]) => !namesAtCreate.has(field));
  const { Name = change.desired.fields.alias ?? "" } = change.asBefore?.more ?? {};
  return [
    { cmdlet: "New-MailContact", parameters: { Name, ...names } },
    ...settingWrites(rest, change, sync),
    ...moreWrites(change, sync.to),
  ];
}

function updateWrites(
  change: UpdateChange,
  sync: MailContactsSync,
  markerIn?: ContactField,
): readonly Write[] {
  // A value from the config for the same attribute comes later and takes precedence.
  const emptied = markerIn === undefined ? [] : [[markerIn, ""] as const];
  return settingWrites([...emptied, ...wantedFields(change)], change, sync);
}

function settingWrites(
  values: readonly WantedField[],
  change: CreateChange | UpdateChange,
  sync: MailContactsSync,
): readonly Write[] {
  const contact = parametersOf(values.filter(([field]) => propertyOf(field).of === "contact"));
  const mail = parametersOf(values.filter(([field]) => propertyOf(field).of === "mail"));
  return [
    ...(isNothing(contact) ? [] : [{ cmdlet: "Set-Contact", parameters: contact } as const]),
    { cmdlet: "Set-MailContact", parameters: { ...mail, ...stampParameter(change, sync) } },
  ];
}

function stampParameter(
  change: CreateChange | UpdateChange,
  sync: MailContactsSync,
  isWritten?: IsWritten,
): Parameters {
  return { [attributeOf(sync.to.stamp)]: stampFor(change, sync, isWritten) };
}

function parametersOf(values: readonly WantedField[]): Parameters {
  return Object.fromEntries(values.flatMap(([field, value]) => parametersFor(field, value)));
}

/** Parameters of a field. A cleared text is null, a cleared list is empty. */
function parametersFor(
  field: ContactField,
  value: FieldValue,
): readonly (readonly [string, ParameterValue])[] {
  const { name, others } = propertyOf(field);
  if (typeof value === "boolean") return [[name, value]];
  if (isListField(field)) {
    const [first = "", ...more] = typeof value === "string" ? [value] : value;
    return [[name, first === "" ? null : first], ...(others === undefined ? [] : [[others, more] as const])];
  }
  const text = typeof value === "string" ? value : value.join(", ");
  return [[name, text === "" ? null : written(field, text)]];
}

function written(field: ContactField, text: string): string {
  if (field === "businessCountry") return countryCode(text) ?? text;
  return field === "mailTip" ? toMailTip(text) : text;
}

function isNothing(parameters: Parameters): boolean {
  return Object.keys(parameters).length === 0;
}
