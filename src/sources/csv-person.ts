import { fullExtensionAttributes } from "../directory/person-parts.ts";
import type { CsvSource } from "../model/config.ts";
import type { Place } from "../model/diagnostic.ts";
import { personListFields, personTextFields } from "../model/person.ts";
import type { Person } from "../model/person.ts";
import { isMailAddress } from "../text/mail-address.ts";
import { shortName } from "../text/short-name.ts";
import type { CsvColumns } from "./csv-columns.ts";
import type { CsvRow } from "./csv-rows.ts";

/** A value in a row that is not valid for a person. */
export interface RowProblem {
  readonly code: string;
  readonly summary: string;
  readonly detail: string;
  readonly place: Place;
}

type ListField = (typeof personListFields)[number];

/** A row read as a person, with its problems. */
export interface RowReading {
  readonly person: Person;
  readonly problems: readonly RowProblem[];
}

/**
 * Creates a function that reads rows as people, all of them enabled and licensed. Lists are separated by semicolons.
 * All columns are also in `attributes`.
 */
export function rowReader(columns: CsvColumns, config: CsvSource): (row: CsvRow) => RowReading {
  const texts = personTextFields.filter((field) => columns.filled.has(field));
  const lists = personListFields.filter((field) => columns.filled.has(field));
  const headers = [...columns.named];

  return (row) => {
    const value = (property: string) => valueIn(row, columns, property);
    const id = row.values[columns.id] ?? "";
    const person: Person = {
      ...emptyPerson,
      ...valuesBy(texts, value),
      ...valuesBy(lists, (field) => listIn(value(field))),
      key: `${config.name}/${id}`,
      id,
      tenant: "",
      source: config.name,
      kind: "row",
      displayName: value("displayName") || `${value("givenName")} ${value("surname")}`.trim(),
      groups: [],
      // Every header becomes an own property, even `__proto__`.
      attributes: Object.fromEntries(headers.map(([header, index]) => [header, row.values[index] ?? ""])),
    };
    return { person, problems: mailProblems(row, columns) };
  };
}

const emptyPerson: Person = {
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
  // Each name has its value by now.
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
      detail: `"${shortName(mail)}" is not a mail address. Write a single address without name and brackets, or leave the value empty.`,
      place: row.placeOf(columns.filled.get("mail") ?? 0),
    },
  ];
}
