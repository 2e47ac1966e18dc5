import { describe, expect, test } from "vitest";
import { briefly, config, partners } from "./partners.ts";
import type { Partners } from "./partners.ts";

const owning = (domains: string): string => config({ to: `ownedDomains: [${domains}]` });

describe("an owned domain", () => {
  test("for which the tenant itself receives mail stops its sync and no other", async () => {
    const wrong = `  others:
    owner: 7b0f9f3a-5a39-4a53-9b1a-6f8f0d1f3c23
    from: [staff]
    to: { kind: mail-contacts, tenant: fabrikam, ownedDomains: [Fabrikam.com] }
`;
    const there = await partners(config({ more: wrong }));
    const planned = await there.plan();
    expect(planned).toMatchObject({ code: 1, summary: { create: 16 } });
    expect(planned.diagnostics).toContainEqual(
      expect.objectContaining({
        code: "owned-domain-accepted",
        severity: "error",
        file: "galops.yaml",
        line: 18,
        detail: expect.stringContaining('The sync "others" owns fabrikam.com'),
      }),
    );
    expect(await there.galops("apply", "--auto-approve")).toMatchObject({ code: 3 });
    expect(there.contact("fabrikam", "dana@contoso.com")).toBeDefined();
  });

  test("of a public mail service is refused by every command, unless it is named once more", async () => {
    const there = await partners(owning("contoso.com, gmail.com"));
    for (const argv of [["validate"], ["plan"], ["apply", "--auto-approve"]]) {
      const { code, stderr } = await there.galops(...argv);
      expect(code).toBe(1);
      expect(stderr).toContain("galops.yaml line 14");
      expect(stderr).toContain("name it under publicDomains");
    }
    there.write(
      "galops.yaml",
      owning("contoso.com, gmail.com").replace("gmail.com]", "gmail.com]\n      publicDomains: [gmail.com]"),
    );
    expect(await there.galops("validate")).toMatchObject({ code: 0 });
    await there.edit("set-user", "contoso", "dana@contoso.com", "mail=dana@gmail.com");
    await there.apply();
    expect(there.contact("fabrikam", "dana@gmail.com")).toBeDefined();
  });

  test("is matched as a whole and in any case: who is below it is left out with a reason, until that is owned, too", async () => {
    const there = await partners(owning("CONTOSO.com"));
    const mails = {
      "dana@contoso.com": "dana@pl.contoso.com",
      "hung@contoso.com": "Hung@Contoso.COM",
      "zoe@contoso.com": "zoe@notcontoso.com",
    };
    for (const [who, mail] of Object.entries(mails))
      await there.edit("set-user", "contoso", who, `mail=${mail}`);
    const { diagnostics, summary } = await there.plan();
    expect(summary).toMatchObject({ create: 14, withheld: 2 });
    const told = diagnostics.filter(({ code }) => code === "outside-owned-domains");
    expect(told).toHaveLength(1);
    expect(told[0]?.detail).toMatch(/Dana Müller-Łęcka.*Zoë 🚀 van der Berg/s);
    await there.apply();
    expect(there.contact("fabrikam", "hung@contoso.com")).toBeDefined();
    there.write("galops.yaml", owning("contoso.com, pl.contoso.com"));
    expect(briefly((await there.plan()).changes)).toContain("create Dana Müller-Łęcka new");
  });
});

describe("display names", () => {
  const named = config({
    to: 'ownedDomains: [contoso.com]\n      displayName: { prefix: "~", suffix: " (C)", unique: true }',
  });
  const jan = (there: Partners): readonly (string | undefined)[] =>
    ["jan.kowalski", "jan.kowalski2", "jan.k"].map(
      (name) => there.contact("fabrikam", `${name}@contoso.com`)?.displayName,
    );

  test("of homonyms say who is who, alike in every run and whoever joins", async () => {
    const there = await partners(named);
    await there.apply();
    const two = ["~Jan Kowalski (jan.kowalski) (C)", "~Jan Kowalski (jan.kowalski2) (C)"];
    expect(jan(there)).toEqual([...two, undefined]);
    expect(there.contact("fabrikam", "dana@contoso.com")?.displayName).toBe("~Dana Müller-Łęcka (C)");
    expect(await there.plan("--detailed-exitcode")).toMatchObject({ code: 0 });
    await there.edit("add-user", "contoso", "jan.k@contoso.com", "Jan Kowalski");
    const { changes } = await there.plan();
    expect(briefly(changes.filter(({ withheld }) => withheld === undefined))).toEqual([
      "create Jan Kowalski new",
    ]);
    await there.apply();
    expect(jan(there)).toEqual([...two, "~Jan Kowalski (jan.k) (C)"]);
  });

  test("need no addition where there is one of a name, or where they are not asked to be unique", async () => {
    const there = await partners(named);
    await there.apply();
    await there.edit("disable-user", "contoso", "jan.kowalski2@contoso.com");
    await there.apply();
    expect(jan(there)).toEqual(["~Jan Kowalski (C)", undefined, undefined]);
    await there.edit("set-user", "contoso", "jan.kowalski2@contoso.com", "accountEnabled=true");
    there.write("galops.yaml", config());
    await there.apply();
    expect(jan(there)).toEqual(["Jan Kowalski", "Jan Kowalski", undefined]);
  });
});
