import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { generatedFiles } from "../../scripts/generated-files.ts";
import { mailboxContactDefaults, mailContactDefaults } from "../../src/desired/default-mapping.ts";
import { compileExpression } from "../../src/expression/compile.ts";
import type { CompileResult } from "../../src/expression/compile.ts";
import {
  contactFieldNames,
  isContactField,
  isFlagField,
  isListField,
} from "../../src/model/contact-fields.ts";
import type { ContactField } from "../../src/model/contact-fields.ts";
import type { FieldValue } from "../../src/model/contact.ts";
import { personListFields, personTextFields } from "../../src/model/person.ts";
import type { Person } from "../../src/model/person.ts";
import { config, configFolder, nobody } from "./world.ts";

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly oneOf?: readonly Schema[];
}

function read(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
}

const text = read("schemas/galops.schema.json");
const schema = JSON.parse(text) as Schema;
const definition = (name: string): Schema => schema.$defs?.[name] ?? {};
const propertiesOf = (name: string): Readonly<Record<string, Schema>> => definition(name).properties ?? {};

test("what is generated is what the schema says (npm run generate)", async () => {
  for (const { file, text: generated } of await generatedFiles(text)) expect(read(file)).toBe(generated);
});

test("every property has a description and an example that the schema accepts", () => {
  const ajv = new Ajv2020({ strictTypes: false });
  ajv.addSchema(schema, "config");
  const wrong: string[] = [];
  let seen = 0;
  const visit = (node: Schema, path: string): void => {
    for (const [name, property] of Object.entries(node.properties ?? {})) {
      const at = `${path}/properties/${name}`;
      const target = property.$ref === undefined ? {} : definition(property.$ref.replace("#/$defs/", ""));
      const { description, examples = [] } = { ...target, ...property };
      seen++;
      if (description === undefined || examples.length === 0) wrong.push(`${at}: not described`);
      const validate = ajv.getSchema(`config#${at}`);
      if (!examples.every((example) => validate?.(example) === true)) wrong.push(`${at}: example`);
      visit(property, at);
    }
    for (const [name, part] of Object.entries(node.$defs ?? {})) visit(part, `/$defs/${name}`);
  };
  visit(schema, "");
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(100);
});

test("the schema, as editors read it, and galops agree on what is a config", async () => {
  using folder = configFolder();
  const validate = new Ajv2020({ strictTypes: false }).compile(schema);
  const parts = [
    {},
    { tenant: "{ tenantId: 5b0c4f7e-0000-4000-8000-0000000000c0, auth: { method: azure-cli } }" },
    { tenant: "{ tenantId: 5b0c4f7e-0000-4000-8000-0000000000c0, auth: { method: azure } }" },
    { tenant: "{ tenantId: 5b0c4f7e-0000-4000-8000-0000000000c0, auth: { clientId: x } }" },
    { tenant: "{ sandbox: a.json, cloud: global }" },
    { tenant: "{}" },
    { source: "{ kind: org-contacts, tenant: practice }" },
    { source: "{ kind: org-contacts, tenant: practice, types: [guest] }" },
    { source: "{ tenant: practice }" },
    { source: "5" },
    { to: "{ kind: mail-contacts, tenant: practice, mailboxes: { all: true } }" },
    { sync: "fields: { jobTitle: null, surname: person.surname, title: { policy: fill } }" },
    { sync: "fields: { jobTitle: 5 }" },
    { sync: "fields: { jobTitle: [] }" },
    { sync: "fields: { jobTitle: { valu: x } }" },
    { sync: 'fields: { jobTitle: "" }' },
    { sync: "limits: { deletes: 5% }" },
    { sync: "limits: { deletes: 5 }" },
    { sync: "limits: { deletes: true }" },
  ];
  const { parse } = await import("yaml");
  const verdicts: boolean[] = [];
  for (const part of parts) {
    const { config: loaded } = await folder.load(config(part));
    expect([part, validate(parse(config(part)))]).toEqual([part, loaded !== null]);
    verdicts.push(loaded !== null);
  }
  expect(new Set(verdicts).size).toBe(2);
});

test("the fields of the schema are those of a contact, and its columns those of a person", () => {
  const notMapped = ["photo", "alias"];
  expect(Object.keys(propertiesOf("fields")).toSorted()).toEqual(
    contactFieldNames.filter((field) => !notMapped.includes(field)).toSorted(),
  );
  const notInFiles = ["id", "tenant", "source", "kind", "groups"];
  expect(Object.keys(propertiesOf("csvSource")["columns"]?.properties ?? {}).toSorted()).toEqual(
    [...personTextFields, ...personListFields].filter((name) => !notInFiles.includes(name)).toSorted(),
  );
});

const ann: Person = {
  ...nobody,
  displayName: "Ann Ek",
  givenName: "Ann",
  surname: "Ek",
  mail: "ann@contoso.com",
  otherMails: ["ann@fabrikam.com"],
  jobTitle: "Engineer",
  department: "Research",
  companyName: "Contoso",
  officeLocation: "4.12",
  mobilePhone: "+46 70 1",
  businessPhones: ["+46 8 1"],
  homePhones: ["+46 8 2"],
  imAddresses: ["sip:ann@contoso.com"],
  street: "Storgatan 1",
  city: "Stockholm",
  state: "Stockholms län",
  postalCode: "111 22",
  country: "Sweden",
  managerName: "Bo Li",
};

test("the default that the schema tells of a field is the one that it has", () => {
  // The manager of a mail contact is known by his address, which the description says.
  const defaults = { ...mailContactDefaults, ...mailboxContactDefaults };
  const told = Object.entries(propertiesOf("fields")).filter(([, field]) => field.default !== undefined);
  expect(told.map(([name]) => name).toSorted()).toEqual(Object.keys(defaults).toSorted());
  for (const [name, field] of told) {
    if (!isContactField(name)) throw new Error(name);
    const expression = String(field.default);
    const compiled = compileField(name, expression);
    if (!compiled.ok) throw new Error(`${name}: ${JSON.stringify(compiled.problems)}`);
    for (const person of [ann, { ...ann, givenName: "" }]) {
      expect([name, compiled.expression.evaluate(person, null)]).toEqual([name, defaults[name]?.(person)]);
    }
  }
});

function compileField(field: ContactField, written: string): CompileResult<FieldValue> {
  if (isFlagField(field)) return compileExpression(written, "sync", "bool");
  return isListField(field)
    ? compileExpression(written, "sync", "list")
    : compileExpression(written, "sync", "text");
}

test("every expression among the examples is one", () => {
  const wrong = Object.entries(propertiesOf("fields")).filter(([name, field]) => {
    const example = String(field.examples?.[0]);
    return !isContactField(name) || !compileField(name, example).ok;
  });
  expect(wrong).toEqual([]);
});

test("the other defaults that the schema tells are those that a config gets", async () => {
  using folder = configFolder();
  const { config: loaded } = await folder.load(
    config({ mailboxes: "{ users: [ann@contoso.com] }" }).replace(
      "syncs:",
      "  contacts: { kind: org-contacts, tenant: practice }\nsyncs:",
    ),
  );
  const [sync] = loaded?.syncs ?? [];
  const to = sync?.to;
  const all: readonly (readonly [string, unknown])[] = [
    ["usersSource", loaded?.sources.get("staff")],
    ["orgContactsSource", loaded?.sources.get("contacts")],
    ["sync", sync],
    ["mailboxContactsTarget", sync?.to],
    ["mailboxes", to?.kind === "mailbox-contacts" ? to.mailboxes : null],
  ];
  for (const [name, resolved] of all) {
    // `now` becomes `{ kind: "now" }`.
    const defaults = Object.entries(propertiesOf(name)).filter(
      ([key, property]) => property.default !== undefined && key !== "deletion",
    );
    expect(defaults.length).toBeGreaterThan(0);
    expect(resolved).toMatchObject(
      Object.fromEntries(defaults.map(([key, property]) => [key, property.default])),
    );
  }
});
