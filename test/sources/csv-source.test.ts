import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { array, assert, asyncProperty, constantFrom, string } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CsvSource } from "../../src/model/config.ts";
import { SourceError } from "../../src/model/source.ts";
import { csvSource } from "../../src/sources/csv-source.ts";
import { everybody, sourceContract } from "../contract/source.ts";
import { csvConfig, place } from "./world.ts";

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "galops-csv-"));
  file = path.join(folder, "suppliers.csv");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function source(text: string | Uint8Array, config: Partial<CsvSource> = {}) {
  writeFileSync(file, text);
  return csvSource(csvConfig(file, config));
}

async function read(text: string | Uint8Array, config: Partial<CsvSource> = {}) {
  return everybody(source(text, config));
}

/** What is said of a file, and where: `line:column code`. */
async function refused(text: string | Uint8Array, config: Partial<CsvSource> = {}): Promise<string> {
  const error = await read(text, config).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "SourceError", place: { line: expect.any(Number) as unknown } });
  // As the line above has made sure.
  const { code, place: at } = error as {
    code: string;
    place: { file: string; line: number; column: number };
  };
  return `${at.file === "suppliers.csv" ? "" : `${at.file}:`}${at.line}:${at.column} ${code}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

const header = "employeeNo,name,email\n";
const two = `${header}1,Ann Ek,ann@supplier.example\n2,Bo Li,bo@supplier.example\n`;

sourceContract("a csv source", {
  well: () => source(two),
  broken: {
    "the file is missing": () => csvSource(csvConfig(path.join(folder, "none.csv"))),
    "the file is a folder": () => csvSource(csvConfig(folder)),
    "the file is empty": () => source(""),
    "a byte in its middle is not UTF-8": () => source(Buffer.from(`${two}3,Bj\xf6rn,\n`, "latin1")),
    "its last quote is not closed": () => source(`${two}3,"Chandra`),
    "its last row is cut off": () => source(`${two}3`),
    "an id is there twice": () => source(`${two}1,Chandra,\n`),
    "a row has no id": () => source(`${two},Chandra,\n`),
    "a column is missing": () => source(two, { id: "number" }),
  },
});

test("a row becomes a person whose key is the source and the row's id", async () => {
  const [person] = await read(
    "employeeNo,name,email,IM,Floor\n 7 , Ann Ek ,ann@supplier.example,a; b ;,3\n",
    { columns: { mail: "email", displayName: "name", imAddresses: "IM" } },
  );
  expect(person).toMatchObject({
    key: "suppliers/7",
    id: "7",
    kind: "row",
    source: "suppliers",
    tenant: "",
    displayName: "Ann Ek",
    imAddresses: ["a", "b"],
    enabled: true,
    licensed: true,
    hidden: false,
    external: false,
    attributes: { employeeNo: "7", name: "Ann Ek", email: "ann@supplier.example", IM: "a; b ;", Floor: "3" },
  });
});

test("without a display name a person is called by given name and surname", async () => {
  const columns = { givenName: "first", surname: "last" };
  const people = await read("employeeNo,first,last\n1,Ann,Ek\n2,,Li\n", { columns });
  expect(people.map((person) => person.displayName)).toEqual(["Ann Ek", "Li"]);
});

test.each([
  ["commas", two],
  ["semicolons", two.replaceAll(",", ";")],
  ["tabs", two.replaceAll(",", "\t")],
  ["a byte order mark", `\uFEFF${two}`],
  ["a byte order mark before a quote", `\uFEFF${two.replaceAll(/[^,\n]+/g, '"$&"')}`],
  ["CRLF", two.replaceAll("\n", "\r\n")],
  ["no line break at its end", two.trimEnd()],
  ["empty lines and rows", `\n${two}\n,,\n\n`],
  ["a column without header", two.replaceAll("\n", ",\n")],
  ["quotes around everything", two.replaceAll(/[^,\n]+/g, '"$&"')],
  ["delimiters of another kind in quoted headers", two.replace("name", '"name;;;;"').replace(";;;;", "")],
])("a file with %s is read alike", async (_, text) => {
  const people = await read(text);
  expect(people.map(({ key, displayName, mail }) => [key, displayName, mail])).toEqual([
    ["suppliers/1", "Ann Ek", "ann@supplier.example"],
    ["suppliers/2", "Bo Li", "bo@supplier.example"],
  ]);
});

test("the delimiter is told by the header outside its quotes", async () => {
  const [person] = await read('employeeNo;"Name, given, middle, last";email\n1;Ek, Ann;\n', { columns: {} });
  expect(person?.attributes["Name, given, middle, last"]).toBe("Ek, Ann");
});

test("a file of a header only is nobody", async () => {
  expect(await read(header)).toEqual([]);
});

test("whatever stands in values is read as it was written", async () => {
  const value = string({ unit: "grapheme" }).map((text) => text.replaceAll("\0", "").trim());
  await assert(
    asyncProperty(array(value, { maxLength: 20 }), constantFrom("\n", "\r\n"), async (names, end) => {
      const rows = names.map((name, at) => `${at},${quoted(name)},`);
      const people = await read(["employeeNo,name,email", ...rows].join(end));
      expect(people.map((person) => person.displayName)).toEqual(names);
    }),
    { numRuns: 50 },
  );
});

test("headers that JavaScript has a meaning for are columns like others", async () => {
  const [person] = await read("employeeNo,__proto__,constructor\n1,x,y\n", { columns: {} });
  expect(Object.entries(person?.attributes ?? {})).toEqual([
    ["employeeNo", "1"],
    ["__proto__", "x"],
    ["constructor", "y"],
  ]);
});

test("a file that is not there is reported where the config names it", async () => {
  const config = csvConfig(path.join(folder, "none.csv"));
  const people = csvSource(config).people(new AbortController().signal)[Symbol.asyncIterator]();
  await expect(people.next()).rejects.toMatchObject({ code: "csv-unreadable", place: config.pathPlace });
});

test("a column that is not there is reported where it is named, with the one that was meant", async () => {
  const error = read(two, { columns: { mail: "E-Mial" } });
  await expect(error).rejects.toMatchObject({
    code: "csv-column-missing",
    place: { ...place, line: 11 },
  });
  await expect(error).rejects.toThrow('Did you mean "email"? Its columns are: employeeNo, name, email.');
  await expect(read(two, { columns: { mail: "telephone" } })).rejects.not.toThrow("Did you mean");
});

test("an empty file, a missing header and one that is there twice are told apart", async () => {
  expect(await refused("")).toBe("1:1 csv-empty");
  expect(await refused("\n \n")).toBe("1:1 csv-empty");
  expect(await refused("1,Ann Ek,ann@supplier.example\n")).toBe("galops.yaml:11:3 csv-column-missing");
  expect(await refused("employeeNo,name,email,name\n")).toBe("1:23 csv-column-duplicate");
});

test("what is wrong with a value is reported where the value stands", async () => {
  expect(await refused(`${two}3,"Chandra\nRao",no mail\n`)).toBe("5:6 csv-mail-invalid");
  expect(await refused(`${two}\n\n1,Chandra,\n`)).toBe("6:1 csv-id-duplicate");
  expect(await refused("name,email,employeeNo\r\nAnn,,1\r\n\r\nBo,, \r\n")).toBe("4:5 csv-id-missing");
  expect(await refused(`${header}1,"Ann\n\nEk",\n2,Bo Li, Oslo,bo@supplier.example\n`)).toBe(
    "5:1 csv-row-shape",
  );
});

test.each(["ann@contoso..com", "ann:ek@contoso.com", "ann@contoso.com.", "Ann <ann@contoso.com>"])(
  "what Exchange would drop from a contact is no mail address: %s",
  async (mail) => {
    expect(await refused(`${header}1,Ann Ek,${mail}\n`)).toBe("2:10 csv-mail-invalid");
  },
);

test.each(["\n", "\r\n", "\r"])("a row is found again whatever ends the lines (%j)", async (end) => {
  const rows = [
    header.trim(),
    "",
    '1,"Ann',
    "",
    'Ek",',
    "",
    '2,"Bo',
    'Li",bo@supplier.example',
    "1,Chandra,",
    "",
  ];
  expect(await refused(rows.join(end))).toBe("9:1 csv-id-duplicate");
});

test("quotes that do not match are reported in the line where they open", async () => {
  for (const end of ["", "\n", "\n\n"]) {
    expect(await refused(`${header}1,"Ann\nEk",\n\n2,"Bo,\n3,Chandra,${end}`)).toBe("5:1 csv-quotes-broken");
    expect(await refused(`${header}1,"Ann\nEk",\n\n2,"B"o,${end}`)).toBe("5:1 csv-quotes-broken");
  }
  expect(await refused(`${header}1,Ann,\r\n2,B"o",\n`)).toBe("3:1 csv-quotes-broken");
});

test("of a file with a quote that is never closed no more is read than a row can have", async () => {
  const rows = "1,Ann,ann@supplier.example\n".repeat(1024 * 1024);
  // Where the row begins, and not at the end of the file.
  expect(await refused(`${header}1,"Ann\nEk",\n2,"Bo,\n${rows}`)).toBe("4:1 csv-quotes-broken");
  const error = await read(`${header}2,"Bo,\n${rows}`).catch((thrown: unknown) => thrown);
  const { raw } = (error as SourceError).cause as { readonly raw: string };
  expect(raw.length).toBeLessThan(5 * 1024 * 1024);
});

test("bytes that are not UTF-8 are reported with line and column", async () => {
  const rows = Array.from({ length: 9000 }, (_, at) => `${at},Ånn Ek ${at},\n`).join("");
  const text = Buffer.concat([Buffer.from(header + rows), Buffer.from("x,Bj\xf6rn,\n", "latin1")]);
  expect(await refused(text)).toBe("9002:5 csv-not-utf8");
  expect(await refused(Buffer.from(`\uFEFF${two}`, "utf16le"))).toBe("1:1 csv-not-utf8");
});

test("a NUL character is reported as such, at its place", async () => {
  expect(await refused(Buffer.from(two, "utf16le"))).toBe("1:2 csv-not-text");
  expect(await refused(Buffer.from(`${header}1,A\0nn,\n`))).toBe("2:4 csv-not-text");
});

test("all that is wrong is told at once, the first one first, up to twenty", async () => {
  const rows = ["1,Ann,nonsense", ",Bo,bo@supplier.example", "1,Chandra,"].join("\n");
  await expect(read(`${header}${rows}\n`)).rejects.toMatchObject({
    code: "csv-mail-invalid",
    message: expect.stringContaining("nonsense") as unknown,
    others: [
      { code: "csv-id-missing", place: { file: "suppliers.csv", line: 3, column: 1 } },
      { code: "csv-id-duplicate", place: { line: 4, column: 1 } },
    ],
  });
  const error = await read(header + ",x,\n".repeat(100)).catch((thrown: unknown) => thrown);
  expect(error instanceof SourceError && error.others).toHaveLength(19);
});

test("no value of a file fills its own error", async () => {
  const long = "“x".repeat(5_000);
  const headers = Array.from({ length: 1_000 }, (_, at) => `h${at}`).join(",");
  for (const text of [
    `${header}1,Ann,${long}\n`,
    `${header}${long},Ann,\n${long},Bo,\n`,
    `id,name,${long},${long}\n`,
    `${headers}\n`,
  ]) {
    const error = await read(text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SourceError);
    expect((error as SourceError).message.length).toBeLessThan(1_000);
  }
});

test("a hundred thousand rows are read, in blocks that cut lines and characters anywhere", async () => {
  const rows = Array.from({ length: 100_000 }, (_, at) => `${at},Åsa Öberg ${at},a${at}@supplier.example\n`);
  const people = await read(header + rows.join(""));
  expect(people).toHaveLength(100_000);
  expect(people.every((person, at) => person.displayName === `Åsa Öberg ${at}`)).toBe(true);
});
