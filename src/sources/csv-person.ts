import { fullExtensionAttributes } from "../directory/person-parts.ts";
import type { CsvSource } from "../model/config.ts";
import type { Place } from "../model/diagnostic.ts";
import { personListFields, personTextFields } from "../model/person.ts";
import type { Person } from "../model/person.ts";
import { isMailAddress } from "../text/mail-address.ts";
import type { CsvColumns } from "./csv-columns.ts";
import type { CsvRow } from "./csv-rows.ts";

/** Something of a row that cannot be read as a person. */
export interface RowProblem {
  readonly code: string;
  readonly summary: string;
  readonly detail: string;
  readonly place: Place;
}

type ListField = (typeof personListFields)[number];

/** A row as a person, and what of it cannot be read. */
export interface RowReading {
  readonly person: Person;
  readonly problems: readonly RowProblem[];
}

/**
 * A function that reads rows as people, enabled and licensed all of them. Lists are split at semicolons; every
 * column is in `attributes` too.
 */
export function rowReader(columns: CsvColumns, config: CsvSource): (row: CsvRow) => RowReading {
  const texts = personTextFields.filter((field) => columns.filled.has(field));
  const lists = personListFields.filter((field) => columns.filled.has(field));
  const headers = [...columns.named];

  return (row) => {
    const value = (property: string) => valueIn(row, columns, property);
    const id = row.values[columns.id] ?? "";
    const person: Person = {
      ...nobody,
      ...valuesBy(texts, value),
      ...valuesBy(lists, (field) => listIn(value(field))),
      key: `${config.name}/${id}`,
      id,
      tenant: "",
      source: config.name,
      kind: "row",
      displayName: value("displayName") || `${value("givenName")} ${value("surname")}`.trim(),
      groups: [],
      // An own property whatever the header, `__proto__` too.
      attributes: Object.fromEntries(headers.map(([header, index]) => [header, row.values[index] ?? ""])),
    };
    return { person, problems: mailProblems(row, columns) };
  };
}

const nobody: Person = {
  ...valuesBy(personTextFields, () => ""),
  ...valuesBy<ListField, readonly string[]>(personListFields, () => []),
  key: "",
  photo: "",
  enabled: true,
  licensed: true,
  hidden: false,
  external: false,
  extensionAttributes: fullExtensionAttributes(null),
  attributes: {},
};

function valueIn(row: CsvRow, columns: CsvColumns, property: string): string {
  const index = columns.filled.get(property);
  return index === undefined ? "" : (row.values[index] ?? "");
}

function valuesBy<Name extends string, Value>(
  names: readonly Name[],
  valueOf: (name: Name) => Value,
): Record<Name, Value> {
  const values: Partial<Record<Name, Value>> = {};
  for (const name of names) values[name] = valueOf(name);
  // Each of the names has just got its value.
  return values as Record<Name, Value>;
}

function listIn(text: string): readonly string[] {
  return text
    .split(";")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

function mailProblems(row: CsvRow, columns: CsvColumns): readonly RowProblem[] {
  const mail = valueIn(row, columns, "mail");
  if (mail === "" || isMailAddress(mail)) return [];
  return [
    {
      code: "csv-mail-invalid",
      summary: "A mail address in a source's file is invalid",
      detail: `"${mail}" is no mail address. Write one address without name and brackets, or leave the value empty.`,
      place: row.placeOf(columns.filled.get("mail") ?? 0),
    },
  ];
}
