import { v5 as uuidv5 } from "uuid";
import { describe, expect, test } from "vitest";
import { createSandboxFile } from "../../src/sandbox/create.ts";
import { isMailContactsSync } from "../../src/model/config.ts";
import { configFolder, told } from "./world.ts";

const meshOwner = "5A1E0000-0000-4000-8000-00000000AE5B";
const ids = {
  contoso: "5b0c4f7e-0000-4000-8000-0000000000c0",
  fabrikam: "5b0c4f7e-0000-4000-8000-0000000000fa",
  northwind: "5b0c4f7e-0000-4000-8000-00000000000d",
};

interface Parts {
  readonly names?: readonly string[];
  readonly members?: Readonly<Record<string, string>>;
  readonly rest?: string;
  readonly syncs?: string;
  readonly tenant?: (name: string) => string;
}

/** A mesh of tenants that are told by their names. */
function mesh({
  names = ["contoso", "fabrikam", "northwind"],
  members = {},
  rest = "",
  syncs = "",
  tenant,
}: Parts = {}): string {
  const tenantOf =
    tenant ??
    ((name: string): string =>
      `{ tenantId: ${ids[name as keyof typeof ids]}, organization: ${name}.onmicrosoft.com, auth: { method: azure-cli } }`);
  return `version: 1
tenants:
${names.map((name) => `  ${name}: ${tenantOf(name)}\n`).join("")}sources:
${names.map((name) => `  ${name}-staff: { kind: users, tenant: ${name} }\n`).join("")}${syncs}mesh:
  owner: ${meshOwner}
  members:
${names.map((name) => `    ${name}: ${members[name] ?? `{ from: [${name}-staff], ownedDomains: [${name}.example] }`}\n`).join("")}${rest}`;
}

describe("a mesh", () => {
  test("is a sync for each ordered pair of its members, with an owner that follows from their ids", async () => {
    using folder = configFolder();
    const { config, diagnostics } = await folder.load(mesh());
    expect(diagnostics).toEqual([]);
    const owners = config?.syncs.map(({ name, owner }) => `${name} ${owner}`);
    const expected = (["contoso", "fabrikam", "northwind"] as const).flatMap((from) =>
      (["contoso", "fabrikam", "northwind"] as const)
        .filter((to) => to !== from)
        .map((to) => `${from}-in-${to} ${uuidv5(`${ids[from]}/${ids[to]}`, meshOwner.toLowerCase())}`),
    );
    expect(owners).toEqual(expected);
    // Written down once, since contacts in the wild carry it.
    expect(owners?.[0]).toBe("contoso-in-fabrikam ac50c173-9e9d-5453-b827-9a4a50fec2f8");
  });

  test("has the same owners whatever the order, and whichever members come and go", async () => {
    const ownersOf = async (names: readonly string[]): Promise<ReadonlyMap<string, string>> => {
      using folder = configFolder();
      const { config } = await folder.load(mesh({ names }));
      return new Map(config?.syncs.map(({ name, owner }) => [name, owner]));
    };
    const two = await ownersOf(["contoso", "fabrikam"]);
    const three = await ownersOf(["northwind", "fabrikam", "contoso"]);
    expect(two.size).toBe(2);
    for (const [name, owner] of two) expect(three.get(name)).toBe(owner);
  });

  test("gives a pair what its source member and the mesh say", async () => {
    using folder = configFolder();
    const { config } = await folder.load(
      mesh({
        members: {
          contoso:
            '{ from: [contoso-staff], ownedDomains: [Contoso.Example, gmail.com], publicDomains: [gmail.com], displayName: { suffix: " (C)" } }',
        },
        rest: '  control: complete\n  stamp: CustomAttribute3\n  deletion: { grace: 7d }\n  policy: upsert-only\n  where: person.department != ""\n  limits: { deletes: 3 }\n',
      }),
    );
    const pair = config?.syncs.find(({ name }) => name === "contoso-in-northwind");
    if (pair === undefined || !isMailContactsSync(pair)) throw new Error("There is no such pair.");
    expect(pair).toMatchObject({
      from: ["contoso-staff"],
      policy: "upsert-only",
      deletion: { kind: "grace", days: 7 },
      limits: { deletes: { count: 3 } },
      where: { text: 'person.department != ""' },
      fromMesh: true,
      to: {
        tenant: "northwind",
        ownedDomains: ["contoso.example", "gmail.com"],
        control: "complete",
        stamp: "customAttribute3",
        displayName: { prefix: "", suffix: " (C)", unique: false },
      },
    });
  });

  test("takes the id of a sandbox tenant from its file", async () => {
    using folder = configFolder();
    const names = ["contoso", "fabrikam"];
    const made = names.map((name, at) =>
      createSandboxFile(`${folder.path}/${name}.json`, {
        seed: at + 1,
        users: 1,
        domain: `${name}.example`,
        organization: `${name}.onmicrosoft.com`,
      }),
    );
    const { config } = await folder.load(mesh({ names, tenant: (name) => `{ sandbox: ${name}.json }` }));
    expect(config?.syncs[0]?.owner).toBe(
      uuidv5(`${String(made[0]?.tenantId)}/${String(made[1]?.tenantId)}`, meshOwner.toLowerCase()),
    );
  });

  test("needs that file, and says how it is made", async () => {
    using folder = configFolder();
    const { config, diagnostics } = await folder.load(
      mesh({ names: ["contoso", "fabrikam"], tenant: (name) => `{ sandbox: ${name}.json }` }),
    );
    expect(config).toBeNull();
    expect(diagnostics.map(({ code }) => code)).toEqual(["tenant-id-unknown", "tenant-id-unknown"]);
    expect(diagnostics[0]?.detail).toMatch(/galops sandbox init .*contoso\.json/);
  });
});

test("an id that only the environment knows is needed to apply, and not to check offline", async () => {
  using folder = configFolder();
  const tenant = (name: string): string =>
    `{ tenantId: "\${env:${name.toUpperCase()}_ID}", organization: ${name}.onmicrosoft.com, auth: { method: azure-cli } }`;
  const { diagnostics } = await folder.load(mesh({ names: ["contoso", "fabrikam"], tenant }), {
    secrets: "optional",
  });
  expect(diagnostics.map(({ severity }) => severity)).not.toContain("error");
});

describe("what is wrong with a mesh is told of its own lines, once", () => {
  test.each<readonly [string, Parts, readonly string[]]>([
    [
      "a member that is no tenant",
      {
        members: {
          northwind:
            "{ from: [northwind-staff], ownedDomains: [northwind.example] }\n    nowhere: { from: [contoso-staff], ownedDomains: [nowhere.example] }",
        },
      },
      ["unknown-tenant nowhere"],
    ],
    [
      "an unknown source",
      { members: { contoso: "{ from: [contoso-staf], ownedDomains: [contoso.example] }" } },
      ["unused contoso-staff", "unknown-source contoso-staf"],
    ],
    [
      "a domain of two members",
      { members: { contoso: "{ from: [contoso-staff], ownedDomains: [fabrikam.example] }" } },
      ["domain-claimed-twice ["],
    ],
    [
      "a public domain",
      { members: { contoso: "{ from: [contoso-staff], ownedDomains: [gmail.com] }" } },
      ["public-domain ["],
    ],
    [
      "a field of the other kind",
      { rest: "  fields: { personalNotes: person.department }\n" },
      ["field-not-of-target personalNotes"],
    ],
    [
      "the stamp that is mapped",
      { rest: "  fields: { customAttribute15: person.department }\n" },
      ["stamp-mapped customAttribute15"],
    ],
    [
      "an organization that is missing",
      {
        tenant: (name) =>
          `{ tenantId: ${ids[name as keyof typeof ids]}, ${name === "contoso" ? "" : `organization: ${name}.onmicrosoft.com, `}auth: { method: azure-cli } }`,
      },
      ["organization-missing contoso"],
    ],
    ["one member", { names: ["contoso"] }, ["unused contoso-staff", "invalid-value contoso"]],
    [
      "a sync that has the name of a pair",
      {
        syncs:
          "syncs:\n  contoso-in-fabrikam: { owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11, from: [contoso-staff], to: { kind: mail-contacts, tenant: fabrikam, ownedDomains: [other.example] } }\n",
      },
      ["sync-named-as-pair contoso-in-fabrikam"],
    ],
  ])("%s", async (_, parts, expected) => {
    expect(await told(mesh(parts))).toEqual(expected);
  });

  test("two pairs of one name", async () => {
    const names = ["a", "b-in-c", "a-in-b", "c"];
    const tenant = (name: string): string =>
      `{ tenantId: 5b0c4f7e-0000-4000-8000-00000000000${names.indexOf(name)}, organization: t${names.indexOf(name)}.onmicrosoft.com, auth: { method: azure-cli } }`;
    const lines = await told(mesh({ names, tenant }));
    expect(lines).toEqual([expect.stringMatching(/^sync-named-as-pair /)]);
  });
});

test("domains that a pair claims are told of at the mesh, also where a sync has the name of the pair", async () => {
  const syncs = `syncs:
  contoso-in-fabrikam: { owner: 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11, from: [contoso-staff], to: { kind: mail-contacts, tenant: fabrikam, ownedDomains: [contoso.example] } }
`;
  const found = await told(mesh({ names: ["contoso", "fabrikam"], syncs }));
  expect(found).toEqual(["sync-named-as-pair contoso-in-fabrikam", "domain-claimed-twice contoso"]);
});

test("the expressions of a mesh are the same of each pair, so that each is compiled once", async () => {
  using folder = configFolder();
  const rest = '  where: person.department != "x"\n  fields: { jobTitle: person.jobTitle }\n';
  const { config: loaded, diagnostics } = await folder.load(mesh({ rest }));
  expect(diagnostics).toEqual([]);
  const [first, ...others] = loaded?.syncs ?? [];
  expect(others).toHaveLength(5);
  for (const sync of others) {
    expect(sync.where).toBe(first?.where);
    expect(sync.fields.get("jobTitle")?.value).toBe(first?.fields.get("jobTitle")?.value);
  }
});
