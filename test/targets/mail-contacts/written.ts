import type { ParameterValue, WriteCmdlet } from "../../../src/http/exchange/exchange.ts";
import { isContactField } from "../../../src/model/contact-fields.ts";
import type { ContactFields, FieldValue } from "../../../src/model/contact.ts";
import { propertyOf } from "../../../src/targets/mail-contacts/properties.ts";

/** What somebody types into Exchange's admin center to give a contact these fields. */
export function toProperties(
  fields: ContactFields,
): readonly (readonly [WriteCmdlet, Readonly<Record<string, ParameterValue>>])[] {
  const values = Object.entries(fields) as [string, FieldValue][];
  return values.flatMap(([field, value]) => {
    if (!isContactField(field)) return [];
    const { of, name } = propertyOf(field);
    const cmdlet = of === "mail" ? "Set-MailContact" : "Set-Contact";
    const plain = typeof value === "object" ? (value[0] ?? null) : value;
    return [[cmdlet, { [name]: plain === "" ? null : plain }] as const];
  });
}
