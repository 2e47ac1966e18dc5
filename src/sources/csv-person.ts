import type { CsvSource } from "../model/config.ts";
import type { Place } from "../model/diagnostic.ts";
import { personFlagFields, personListFields, personTextFields } from "../model/person.ts";
import type { Person } from "../model/person.ts";
import type { CsvColumns } from "./csv-columns.ts";
import type { CsvRow } from "./csv-rows.ts";

/** Something of a row that cannot be read as a person. */
export interface RowProblem {
  readonly code: string;
  readonly summary: string;
  readonly detail: string;
  readonly place: Place;
}

const yes = new Set(["true", "yes", "1"]);
const no = new Set(["false", "no", "0"]);

/**
 * A row as a person: lists are split at semicolons; flags are `true`, `yes`, `1` or `false`, `no`, `0`, and where
 * nothing is said the person is enabled, licensed, visible and not external. Every column is in `attributes` too.
 */
export function rowPerson(
  row: CsvRow,
  columns: CsvColumns,
  config: CsvSource,
): { readonly person: Person; readonly problems: readonly RowProblem[] } {
  const value = (property: string): string => {
    const index = columns.filled.get(property);
    return index === undefined ? "" : (row.values[index] ?? "");
  };
  const problems: RowProblem[] = [];
  const refuse = (property: string, code: string, summary: string, detail: string): void => {
    problems.push({ code, summary, detail, place: row.placeOf(columns.filled.get(property) ?? 0) });
  };

  const flag = (property: string, otherwise: boolean): boolean => {
    const text = value(property).toLowerCase();
    if (text === "") return otherwise;
    if (!yes.has(text) && !no.has(text)) {
      const detail = `"${value(property)}" is neither yes nor no, as \`${property}\` must be. Write true, yes or 1, or false, no or 0.`;
      refuse(property, "csv-value-invalid", "A value in a source's file cannot be read", detail);
    }
    return yes.has(text);
  };

  const mail = value("mail");
  if (mail !== "" && !isMailAddress(mail)) {
    const detail = `"${mail}" is no mail address. Write one address without name and brackets, or leave the value empty.`;
    refuse("mail", "csv-mail-invalid", "A mail address in a source's file is invalid", detail);
  }

  const id = row.values[columns.id] ?? "";
  const person: Person = {
    ...byName(personTextFields, value),
    ...byName(personListFields, (field) => listIn(value(field))),
    ...byName(personFlagFields, (field) => flag(field, field === "enabled" || field === "licensed")),
    key: `${config.name}/${id}`,
    id,
    tenant: "",
    source: config.name,
    kind: "row",
    displayName: value("displayName") || `${value("givenName")} ${value("surname")}`.trim(),
    groups: [],
    photo: "",
    extensionAttributes: extensionAttributes(value),
    attributes: Object.fromEntries(
      [...columns.named].map(([header, index]) => [header, row.values[index] ?? ""]),
    ),
  };
  return { person, problems };
}

function byName<Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value,
): Record<Name, Value> {
  // fromEntries forgets the names, and every one of them is here.
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>;
}

function listIn(text: string): readonly string[] {
  return text
    .split(";")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function extensionAttributes(value: (property: string) => string): Readonly<Record<string, string>> {
  const names = Array.from({ length: 15 }, (_, at) => `extensionAttribute${at + 1}`);
  return Object.fromEntries(names.map((name) => [name, value(name)]));
}

/** Something before and after one `@`, without what would make it two addresses or a name. */
function isMailAddress(text: string): boolean {
  return /^[^\s@,;<>"()]+@[^\s@,;<>"()]+$/.test(text);
}
