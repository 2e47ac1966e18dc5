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

type TextField = (typeof personTextFields)[number];
type ListField = (typeof personListFields)[number];
type FlagField = (typeof personFlagFields)[number];

/** A row as a person, and what of it cannot be read. */
export interface RowReading {
  readonly person: Person;
  readonly problems: readonly RowProblem[];
}

/**
 * A function that reads rows as people: lists are split at semicolons; flags are `true`, `yes`, `1` or `false`,
 * `no`, `0`, and where nothing is said the person is enabled, licensed, visible and not external. Every column is
 * in `attributes` too.
 */
export function rowReader(columns: CsvColumns, config: CsvSource): (row: CsvRow) => RowReading {
  const isFilled = (field: string) => columns.filled.has(field);
  const texts = personTextFields.filter(isFilled);
  const lists = personListFields.filter(isFilled);
  const flags = personFlagFields.filter(isFilled);
  const extensions = extensionNames.filter(isFilled);
  const headers = [...columns.named];

  return (row) => {
    const value = (property: string) => valueIn(row, columns, property);
    const id = row.values[columns.id] ?? "";
    const person: Person = {
      ...nobody,
      ...valuesBy(texts, value),
      ...valuesBy(lists, (field) => listIn(value(field))),
      ...valuesBy(flags, (field) => flagIn(value(field), field)),
      key: `${config.name}/${id}`,
      id,
      tenant: "",
      source: config.name,
      kind: "row",
      displayName: value("displayName") || `${value("givenName")} ${value("surname")}`.trim(),
      groups: [],
      extensionAttributes:
        extensions.length === 0 ? noExtensions : { ...noExtensions, ...valuesBy(extensions, value) },
      // An own property whatever the header, `__proto__` too.
      attributes: Object.fromEntries(headers.map(([header, index]) => [header, row.values[index] ?? ""])),
    };
    return { person, problems: problemsIn(row, columns, flags) };
  };
}

const extensionNames = Array.from({ length: 15 }, (_, at) => `extensionAttribute${at + 1}`);
const noExtensions = valuesBy(extensionNames, () => "");

const nobody: Person = {
  ...valuesBy<TextField, string>(personTextFields, () => ""),
  ...valuesBy<ListField, readonly string[]>(personListFields, () => []),
  ...valuesBy<FlagField, boolean>(personFlagFields, (field) => flagIn("", field)),
  key: "",
  photo: "",
  extensionAttributes: noExtensions,
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

function flagIn(text: string, field: FlagField): boolean {
  return text === "" ? field === "enabled" || field === "licensed" : yes.has(text.toLowerCase());
}

function problemsIn(row: CsvRow, columns: CsvColumns, flags: readonly FlagField[]): readonly RowProblem[] {
  const problems: RowProblem[] = [];
  const placeOf = (property: string) => row.placeOf(columns.filled.get(property) ?? 0);
  const mail = valueIn(row, columns, "mail");
  if (mail !== "" && !isMailAddress(mail)) {
    problems.push({
      code: "csv-mail-invalid",
      summary: "A mail address in a source's file is invalid",
      detail: `"${mail}" is no mail address. Write one address without name and brackets, or leave the value empty.`,
      place: placeOf("mail"),
    });
  }
  for (const field of flags) {
    const text = valueIn(row, columns, field);
    if (text === "" || yes.has(text.toLowerCase()) || no.has(text.toLowerCase())) continue;
    problems.push({
      code: "csv-value-invalid",
      summary: "A value in a source's file cannot be read",
      detail: `"${text}" is neither yes nor no, as \`${field}\` must be. Write true, yes or 1, or false, no or 0.`,
      place: placeOf(field),
    });
  }
  return problems;
}

/** Something before and after one `@`, without what would make it two addresses or a name. */
function isMailAddress(text: string): boolean {
  return /^[^\s@,;<>"()]+@[^\s@,;<>"()]+$/.test(text);
}
