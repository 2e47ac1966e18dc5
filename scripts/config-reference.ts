interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

/** The page that describes every key of a config, from its schema. */
export function configReference(schema: Schema): string {
  const definitions = schema.$defs ?? {};
  const page = [
    "<!-- Generated from schemas/galops.schema.json by `npm run generate`. Do not edit. -->",
    "",
    "# Config reference",
    "",
    schema.description ?? "",
    "",
    "One file, or a folder of `*.yaml` files that are read as one. Keys that are not on this page are refused. Editors complete and check a config that begins with",
    "",
    "```yaml",
    "# yaml-language-server: $schema=./node_modules/galops/schemas/galops.schema.json",
    "```",
    "",
    "A key in **bold** must be there.",
    "",
    ...section("The config", schema, definitions, 2),
  ];
  const titles: readonly (readonly [string, string])[] = [
    ["sandboxTenant", "A tenant: sandbox"],
    ["microsoftTenant", "A tenant: Microsoft 365"],
    ["clientSecretAuth", "auth: client-secret"],
    ["clientCertificateAuth", "auth: client-certificate"],
    ["githubOidcAuth", "auth: github-oidc"],
    ["workloadIdentityAuth", "auth: workload-identity"],
    ["managedIdentityAuth", "auth: managed-identity"],
    ["azureCliAuth", "auth: azure-cli"],
    ["usersSource", "A source: users"],
    ["orgContactsSource", "A source: org-contacts"],
    ["csvSource", "A source: csv"],
    ["sync", "A sync"],
    ["mailboxContactsTarget", "to: mailbox-contacts"],
    ["mailContactsTarget", "to: mail-contacts"],
    ["graceDeletion", "deletion"],
    ["mesh", "mesh"],
    ["meshMember", "A member of a mesh"],
    ["fields", "fields"],
    ["fieldWithPolicy", "A field with a policy"],
    ["limits", "limits"],
    ["approval", "approval"],
  ];
  const described = new Set([...titles.map(([name]) => name), ...nested]);
  for (const [name, { properties }] of Object.entries(definitions)) {
    if (properties !== undefined && !described.has(name)) throw new Error(`Nothing describes ${name}.`);
  }
  for (const [name, title] of titles) {
    const definition = definitions[name];
    if (definition === undefined) throw new Error(`The schema has no definition ${name}.`);
    page.push("", ...section(title, definition, definitions, 2));
  }
  return `${page.join("\n").trimEnd()}\n`;
}

type Definitions = Readonly<Record<string, Schema>>;

function section(title: string, schema: Schema, definitions: Definitions, level: number): readonly string[] {
  const rows = rowsOf(schema, definitions, "");
  return [
    `${"#".repeat(level)} ${title}`,
    "",
    ...(title === "The config" ? [] : [schema.description ?? "", ""]),
    "| key | what | value | default | example |",
    "|---|---|---|---|---|",
    ...rows,
  ];
}

/** A row for each key, with those of maps that have no section of their own below it. */
function rowsOf(schema: Schema, definitions: Definitions, prefix: string): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const whole = { ...resolved(property, definitions), ...property };
    const name = `\`${prefix}${key}\``;
    const isRequired = schema.required?.includes(key) === true;
    const row = [
      isRequired ? `**${name}**` : name,
      whole.description ?? "",
      valueOf(whole, definitions),
      whole.default === undefined ? "" : code(whole.default),
      code(whole.examples?.[0]),
    ];
    const below = nested.has(nameOf(property)) ? rowsOf(whole, definitions, `${prefix}${key}.`) : [];
    return [`| ${row.map(inCell).join(" | ")} |`, ...below];
  });
}

/** Maps that are described where they are used; "" for those without a name. */
const nested: ReadonlySet<string> = new Set(["", "groups", "mailboxes", "excludedMailboxes", "displayNames"]);

function nameOf(schema: Schema): string {
  return schema.$ref?.replace("#/$defs/", "") ?? "";
}

function resolved(schema: Schema, definitions: Definitions): Schema {
  return definitions[nameOf(schema)] ?? schema;
}

function valueOf(schema: Schema, definitions: Definitions): string {
  const name = nameOf(schema);
  if (name === "expression") return "expression";
  if (name === "field") return "expression, null or map";
  if (name === "limit") return "number or share";
  if ("const" in schema) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(", ");
  if (schema.items !== undefined) {
    const items = resolved(schema.items, definitions);
    return items.enum === undefined ? "list of text" : `list of ${items.enum.map(code).join(", ")}`;
  }
  if (schema.additionalProperties !== undefined || schema.oneOf !== undefined) return "map";
  const names: Readonly<Record<string, string>> = { string: "text", boolean: "true or false" };
  return [schema.type ?? ""]
    .flat()
    .map((type) => names[type] ?? type)
    .join(" or ");
}

function code(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text === undefined || text === "" ? "" : `\`${text}\``;
}

function inCell(text: string): string {
  return text.replaceAll("|", String.raw`\|`);
}
