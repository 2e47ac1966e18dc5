import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { office } from "./office.ts";
import type { Office } from "./office.ts";

// The pull request and the merge with a sync to mail contacts: one book, read whole, with a grace.

const config = `version: 1
tenants:
  contoso: { sandbox: ./practice.tenant.json }
  fabrikam: { sandbox: ./fabrikam.tenant.json }
sources:
  staff: { kind: users, tenant: contoso }
syncs:
  partners:
    owner: 2d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11
    from: [staff]
    to: { kind: mail-contacts, tenant: fabrikam, ownedDomains: [contoso.com], displayName: { suffix: " (C)", unique: true } }
    deletion: { grace: 30d }
approval: { allow: [source-changed] }
`;

async function edit({ galops }: Office, what: string, ...values: readonly string[]): Promise<void> {
  expect(await galops("sandbox", "edit", what, "practice.tenant.json", ...values)).toMatchObject({ code: 0 });
}

/** Everybody is there; then one person is promoted, and one left and is to be hidden. */
async function partners(): Promise<Office> {
  const there = await office(config);
  const { galops } = there;
  const init = await galops("sandbox", "init", "fabrikam.tenant.json", "--company", "fabrikam");
  expect(init.code).toBe(0);
  expect(await galops("apply", "--auto-approve")).toMatchObject({ code: 0 });
  await edit(there, "disable-user", "dana@contoso.com");
  expect(await galops("apply", "--auto-approve")).toMatchObject({ code: 0 });
  await edit(there, "set-user", "eve.oconnor@contoso.com", "jobTitle=Chief");
  await edit(there, "disable-user", "kenji@contoso.com");
  mkdirSync(path.join(there.folder, "base"));
  there.write("base/galops.yaml", config);
  return there;
}

interface PlanJson {
  readonly comparison?: object;
  readonly syncs: readonly {
    readonly books: readonly {
      readonly changes: readonly {
        readonly reason: string;
        readonly withheld?: string;
        readonly cause?: string;
      }[];
    }[];
  }[];
}

async function planned({ galops }: Office, ...argv: readonly string[]): Promise<PlanJson> {
  const { code, stdout, stderr } = await galops("plan", "--format", "json", ...argv);
  expect(stderr).not.toContain("Error:");
  expect(code).toBe(0);
  return JSON.parse(stdout) as PlanJson;
}

/** Why changes are made and by whose doing; two people whose addresses are taken are withheld. */
function reasons({ syncs }: PlanJson, isWithheld = false): readonly string[] {
  const changes = syncs.flatMap(({ books }) => books.flatMap((book) => book.changes));
  return changes
    .filter(({ withheld }) => (withheld !== undefined) === isWithheld)
    .map(({ reason, cause }) => `${reason}: ${cause}`)
    .toSorted();
}

test("compared with a base the plan of mail contacts is the same plan, whatever either config manages", async () => {
  const there = await partners();
  there.write(
    "galops.yaml",
    config.replace("    deletion:", "    fields: { mobilePhone: null, hidden: null }\n    deletion:"),
  );
  const alone = await planned(there);
  const { comparison, ...compared } = await planned(there, "--base", "base");
  expect(comparison).toBeDefined();
  const withoutCauses: unknown = JSON.parse(
    JSON.stringify(compared, (key, value: unknown) => (key === "cause" ? undefined : value)),
  );
  expect(withoutCauses).toEqual(alone);
  expect(reasons(compared)).toEqual(["grace-started: pending", "source-changed: pending"]);
});

test("what a conflict withholds is withheld for both", async () => {
  const plan = await planned(await partners(), "--base", "base");
  expect(reasons(plan, true)).toEqual(["new: pending", "new: pending"]);
});

test("a base with other owned domains, another stamp or another grace would do something else", async () => {
  const there = await partners();
  const bases = [
    [
      config.replace("[contoso.com]", "[contoso.pl]"),
      ["grace-started: this-change", "source-changed: this-change"],
    ],
    [
      config.replace("    deletion: { grace: 30d }\n", ""),
      ["grace-started: this-change", "source-changed: pending"],
    ],
  ] as const;
  for (const [base, expected] of bases) {
    there.write("base/galops.yaml", base);
    expect(reasons(await planned(there, "--base", "base"))).toEqual(expected);
  }
});

test("the beginning of a grace is approved with the plan, and otherwise only let through by name", async () => {
  const there = await partners();
  const { galops } = there;
  const approve = () => galops("apply", "--approved", "week.plan");
  expect(await galops("plan", "-o", "week.plan")).toMatchObject({ code: 0 });
  await edit(there, "disable-user", "chandra@contoso.com");
  const refused = await approve();
  expect(refused.code).toBe(4);
  expect(refused.stdout).toContain("Chandra Nair");
  expect(refused.stdout).not.toContain("Kenji");
  await edit(there, "set-user", "chandra@contoso.com", "accountEnabled=true");
  const made = await approve();
  expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining("2 updated") });
  expect((await galops("plan")).stdout).toContain("No changes.");
});
