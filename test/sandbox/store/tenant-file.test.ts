import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createSandboxFile } from "../../../src/sandbox/create.ts";
import { locateJson } from "../../../src/sandbox/store/locate-json.ts";
import { SandboxFileError } from "../../../src/sandbox/store/sandbox-file-error.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

function newFile(): string {
  const file = path.join(temporaryFolder(), "contoso.tenant.json");
  createSandboxFile(file, { seed: 1 });
  return file;
}

function failureOf(file: string): SandboxFileError {
  try {
    openStore(file);
  } catch (error) {
    if (error instanceof SandboxFileError) return error;
    throw error;
  }
  throw new Error("The file was taken.");
}

/** What is at that place of the file, from there to the end of the line. */
function textAt(file: string, { place }: SandboxFileError): string | undefined {
  if (place === null) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  return lines[place.line - 1]?.slice(place.column - 1);
}

test("a file that is not there is told with the way to make one", () => {
  const file = path.join(temporaryFolder(), "none.json");
  const error = failureOf(file);
  expect(error).toMatchObject({ code: "sandbox-not-found", path: file, place: null });
  expect(error.message).toContain(`galops sandbox init ${file}`);
});

test("a folder, other text and other encodings are no tenants", () => {
  const folder = temporaryFolder();
  expect(failureOf(folder).code).toBe("sandbox-unreadable");
  const file = path.join(folder, "t.json");
  writeFileSync(file, Buffer.from([0x22, 0xff, 0x22]));
  expect(failureOf(file)).toMatchObject({ code: "sandbox-damaged" });
  writeFileSync(file, "{}");
  expect(failureOf(file).message).toContain('"galopsSandbox" must be 1');
  writeFileSync(file, "");
  expect(failureOf(file)).toMatchObject({ code: "sandbox-damaged", place: { line: 1, column: 1 } });
});

test("broken JSON is told with line and column", () => {
  const file = newFile();
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace('"Ann Ek",', '"Ann Ek"'));
  const error = failureOf(file);
  expect(textAt(file, error)).toMatch(/^"givenName"/);
  expect(error.message).toMatch(/line \d+, column \d+/);
  writeFileSync(file, text.slice(0, 1000));
  expect(failureOf(file).place).not.toBeNull();
});

test.each([
  ['{\n  "users": [,\n', 2, 13, "Unexpected token ','"],
  ['{\n  "users": tru}\n', 2, 15, "Unexpected token '}'"],
  ['{ "users": [1,] }', 1, 15, "Unexpected token ']'"],
  ['{ "users": [], }', 1, 16, "Expected double-quoted property name"],
  ["{} x", 1, 4, "Unexpected non-whitespace character after JSON"],
  ["nul", 1, 4, "Unexpected end of JSON input"],
])("the place of the mistake in %j is told, and none of the text", (text, line, column, what) => {
  const file = newFile();
  writeFileSync(file, text);
  const error = failureOf(file);
  expect(error.place).toEqual({ line, column });
  expect(error.message.endsWith(`It is not valid JSON: ${what}.`)).toBe(true);
});

// oxlint-disable-next-line typescript/no-explicit-any -- a file that anybody may have changed
type Loose = any;

const mistakes: readonly [name: string, spoil: (tenant: Loose) => void, at: RegExp, says: string][] = [
  ["another version", (t) => (t.galopsSandbox = 2), /^2/, "must be 1"],
  ["an unknown key", (t) => (t.planets = []), /^\[\]/, '"planets" is not a known key'],
  ["no tenant id", (t) => delete t.tenantId, /^\{/, '"tenantId" is missing'],
  ["users that are no list", (t) => (t.users = {}), /^\{/, "Expected a list"],
  ["a user that is no object", (t) => (t.users[3] = 5), /^5/, "Expected an object"],
  ["a user without an id", (t) => delete t.users[1].id, /^\{/, '"id" is missing'],
  ["an id that is no GUID", (t) => (t.users[1].id = "bo"), /^"bo"/, "GUID"],
  ["an id twice", (t) => (t.users[2].id = t.users[1].id), /^"6d01/, "used twice"],
  ["an unknown property", (t) => (t.users[1].shoeSize = 44), /^44/, "'shoeSize' does not exist"],
  ["a wrong type", (t) => (t.users[1].accountEnabled = "yes"), /^"yes"/, "Boolean"],
  ["a wrong type further in", (t) => (t.users[1].businessPhones = ["1", 2]), /^2$/, "String"],
  ["no user name", (t) => delete t.users[1].userPrincipalName, /^\{/, "userPrincipalName"],
  ["a user name twice", (t) => (t.users[1].userPrincipalName = "ANN@contoso.com"), /^"ANN@/, "Two users"],
  ["an unknown manager", (t) => (t.users[1].manager = t.tenantId), /^"/, "no user or organizational contact"],
  ["members of a user", (t) => (t.users[1].members = []), /^\[/, "Only groups"],
  ["a manager of a group", (t) => (t.groups[0].manager = t.users[0].id), /^"/, "Groups have no manager"],
  ["an unknown member", (t) => t.groups[0].members.push("x"), /^"x"/, "no user, group or"],
  ["a photo of nobody", (t) => (t.photos[t.tenantId] = {}), /^\{/, "no user with the id"],
  ["a photo without bytes", (t) => (t.photos[t.users[0].id] = {}), /^\{/, '"contentType" is missing'],
  ["a mailbox of nobody", (t) => (t.mailboxes[0].user = t.tenantId), /^"/, "no user with the id"],
  ["two mailboxes", (t) => (t.mailboxes[1].user = t.users[0].id), /^"/, "two mailboxes"],
  ["an unknown trouble", (t) => (t.mailboxes[0].problem = "lost"), /^"lost"/, "access-denied"],
  ["a folder that is not there", (t) => (t.mailboxes[0].contacts[0].folder = "f"), /^"f"/, "no folder"],
  ["a parent that is not there", (t) => (t.mailboxes[1].folders[0].parent = "f"), /^"f"/, "no folder"],
  [
    "a contact twice",
    (t) => t.mailboxes[0].contacts.push(t.mailboxes[0].contacts[0]),
    /^"own-1"/,
    "used twice",
  ],
  ["a contact with an unknown property", (t) => (t.mailboxes[0].contacts[0].pet = "cat"), /^"cat"/, "'pet'"],
  ["a version that is no number", (t) => (t.mailboxes[0].contacts[0].version = "1"), /^"1"/, "whole number"],
  ["an unknown switch of Exchange", (t) => (t.exchange = { speed: 1 }), /^1$/, '"speed" is not a known key'],
  ["a switch with another value", (t) => (t.exchange = { access: "no" }), /^"no"/, "no-app-role"],
  ["a page of nothing", (t) => (t.exchange = { pageSize: 0 }), /^0$/, "1 or more"],
  ["a throttle without a number", (t) => (t.exchange = { throttle: {} }), /^\{\}/, '"every"'],
  ["a lag of another name", (t) => (t.exchange = { replicationLag: { a: 1 } }), /^1$/, "anchored"],
  ["the latency of no cmdlet", (t) => (t.exchange = { latency: { "Get-X": 1 } }), /^1$/, "Get-Contact"],
  ["a cmdlet that is none", (t) => (t.exchange = { cmdlets: ["Get-X"] }), /^"Get-X"/, "no such cmdlet"],
  ["a domain that is no text", (t) => (t.exchange = { acceptedDomains: [1] }), /^1$/, "Expected a text"],
  ["an unknown value of Exchange", (t) => (t.orgContacts[0].exchange = { Title: "x" }), /^"x"/, '"Title"'],
  ["a mail contact's value of a user", (t) => (t.users[0].exchange = { Name: "x" }), /^"x"/, '"Name" is not'],
  ["a value of another type", (t) => (t.orgContacts[0].exchange = { Name: 1 }), /^1$/, "Expected a text"],
  [
    "a yes or no that is neither",
    (t) => (t.orgContacts[0].exchange = { HiddenFromAddressListsEnabled: "x" }),
    /^"x"/,
    "true or false",
  ],
  [
    "a list that is none",
    (t) => (t.orgContacts[0].exchange = { PostOfficeBox: "x" }),
    /^"x"/,
    "Expected a list",
  ],
  [
    "a time that is none",
    (t) => (t.orgContacts[0].exchange = { WhenCreated: "x" }),
    /^"x"/,
    "Expected a time like",
  ],
  [
    "a named property that is no text",
    (t) => (t.mailboxes[0].contacts[0].extendedProperties = { x: 1 }),
    /^1/,
    "Expected a text",
  ],
];

test.for(mistakes)("%s: the place and what is wrong are told", ([, spoil, at, says]) => {
  const file = newFile();
  const tenant = JSON.parse(readFileSync(file, "utf8"));
  spoil(tenant);
  writeFileSync(file, JSON.stringify(tenant, null, 2));
  const error = failureOf(file);
  expect(error).toMatchObject({ code: "sandbox-damaged", path: file });
  expect(error.message).toContain(says);
  expect(textAt(file, error)?.replace(/,$/, "")).toMatch(at);
});

test("every value of any JSON is found at its place", () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 2), fc.integer(), (text, indent, choice) => {
      const value: unknown = JSON.parse(text);
      const paths = pathsIn(value);
      const [where, leaf] = paths[Math.abs(choice) % paths.length] ?? [[], value];
      const written = JSON.stringify(value, null, indent);
      const { line, column } = locateJson(written, where);
      const rest = written
        .split("\n")
        .slice(line - 1)
        .join("\n")
        .slice(column - 1);
      const begins =
        typeof leaf === "object" && leaf !== null ? (Array.isArray(leaf) ? "[" : "{") : JSON.stringify(leaf);
      expect(rest.slice(0, begins.length)).toBe(begins);
    }),
  );
});

function pathsIn(value: unknown, path_: readonly (string | number)[] = []): [(string | number)[], unknown][] {
  const here: [(string | number)[], unknown] = [[...path_], value];
  if (typeof value !== "object" || value === null) return [here];
  const inside = Array.isArray(value)
    ? value.flatMap((item, at) => pathsIn(item, [...path_, at]))
    : Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path_, key]));
  return [here, ...inside];
}
