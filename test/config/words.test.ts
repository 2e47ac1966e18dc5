import { describe, expect, test } from "vitest";
import { config, configFolder } from "./world.ts";

/** What is said of each problem, with its code. */
async function said(text: string): Promise<readonly (readonly [string, string])[]> {
  using folder = configFolder();
  const { diagnostics } = await folder.load(text);
  return diagnostics.map(({ code, detail }) => [code, detail]);
}

const tenant = (id: string): string =>
  `{ tenantId: 5b0c4f7e-0000-4000-8000-0000000000${id}, organization: t${id}.onmicrosoft.com, auth: { method: azure-cli } }`;

function mesh(members: string): string {
  return `version: 1
tenants: { one: ${tenant("01")}, two: ${tenant("02")}, again: ${tenant("01")} }
sources:
  a: { kind: users, tenant: one }
  b: { kind: users, tenant: two }
  c: { kind: users, tenant: again }
mesh:
  owner: 5A1E0000-0000-4000-8000-00000000AE5B
  members: ${members}
`;
}

describe("a mesh", () => {
  test.each(["{}", "{ one: { from: [a], ownedDomains: [a.example] } }"])(
    "of fewer than two members is told what it needs: %s",
    async (members) => {
      const problems = await said(mesh(members));
      expect(problems).toContainEqual(["invalid-value", "mesh.members must name at least two tenants."]);
    },
  );

  test("of more than a hundred members is told how many it may have", async () => {
    const members = Array.from(
      { length: 101 },
      (_, at) => `t${at}: { from: [a], ownedDomains: [a.example] }`,
    );
    const problems = await said(mesh(`{ ${members.join(", ")} }`));
    expect(problems).toContainEqual(["invalid-value", "mesh.members must name at most 100 tenants."]);
  });

  test("with two names for one tenant is told so, once, and nothing of owners", async () => {
    const member = (source: string): string => `{ from: [${source}], ownedDomains: [${source}.example] }`;
    const problems = await said(mesh(`{ one: ${member("a")}, two: ${member("b")}, again: ${member("c")} }`));
    const twice = problems.filter(([code]) => code !== "unused");
    expect(twice.map(([code]) => code)).toEqual(["mesh-member-twice"]);
    expect(twice[0]?.[1]).toMatch(/^The tenants one and again have the same id\./);
  });
});

test("owned domains of a mesh are told at the line of their member", async () => {
  using folder = configFolder();
  const members = `
    one: { from: [a], ownedDomains: [a.example] }
    two:
      from: [b]
      ownedDomains: [b.example]`;
  const { config: loaded } = await folder.load(mesh(members));
  const places = loaded?.syncs.map(({ name, to }) => [
    name,
    to.kind === "mail-contacts" ? to.domainsPlace.line : 0,
  ]);
  expect(places).toEqual([
    ["one-in-two", 10],
    ["two-in-one", 13],
  ]);
});

test.each([
  ["30", /must be days such as 30d, from 1d to 9999d\. Put a d behind the number, for days\.$/],
  ['"30"', /must be days such as 30d, from 1d to 9999d\.$/],
  ["10000d", /must be days such as 30d, from 1d to 9999d\.$/],
])("a grace of %s is told how it is written, and how long it may be", async (grace, expected) => {
  const problems = await said(config({ sync: `deletion: { grace: ${grace} }` }));
  expect(problems).toEqual([["invalid-value", expect.stringMatching(expected)]]);
});
