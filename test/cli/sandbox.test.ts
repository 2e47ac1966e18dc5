import { expect, test } from "vitest";
import { office, tenantFile } from "./office.ts";

test("a practice tenant is made once, and never written over", async () => {
  const { galops, read } = await office();
  const before = read(tenantFile);
  const { code, stderr } = await galops("sandbox", "init", tenantFile);
  expect(code).toBe(1);
  expect(stderr).toContain(tenantFile);
  expect(read(tenantFile)).toBe(before);
});

test("equal seeds create equal tenants, others make others", async () => {
  const { galops, read } = await office();
  await galops("sandbox", "init", "one.json", "--seed", "7", "--users", "12");
  await galops("sandbox", "init", "two.json", "--seed", "7", "--users", "12");
  await galops("sandbox", "init", "three.json", "--seed", "8", "--users", "12");
  expect(read("two.json")).toBe(read("one.json"));
  expect(read("three.json")).not.toBe(read("one.json"));
});

test("another company has other people, under its own domain or one that is named", async () => {
  const { galops, read } = await office();
  await galops("sandbox", "init", "two.json", "--company", "fabrikam");
  await galops("sandbox", "init", "three.json", "--company", "fabrikam", "--domain", "fabrikam.example");
  expect(JSON.parse(read("two.json")).organization).toBe("fabrikam.onmicrosoft.com");
  expect(read("two.json")).toContain('"fay@fabrikam.com"');
  expect(read("three.json")).toContain('"fay@fabrikam.example"');
});

test.each([
  ["--users", "0"],
  ["--users", "many"],
  ["--seed", "1.5"],
  ["--company", "adatum"],
])("%s %s is refused", async (...option) => {
  const { galops } = await office();
  expect(await galops("sandbox", "init", "other.json", ...option)).toMatchObject({ code: 1, stdout: "" });
});

test("its mailboxes are listed, and what is in one of them with whose it is", async () => {
  const { galops } = await office();
  const all = await galops("sandbox", "show", tenantFile);
  expect(all.stdout).toMatch(/^ann@contoso\.com .* 0 of galops$/m);
  await galops("apply", "--auto-approve");
  const one = await galops("sandbox", "show", tenantFile, "ann@contoso.com");
  expect(one.stdout).toMatch(/^Directory .*Bo Li .* 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11  \S+$/m);
  expect((await galops("sandbox", "show", tenantFile)).stdout).not.toMatch(
    /^ann@contoso\.com .* 0 of galops$/m,
  );
});

test("somebody joins, changes and leaves, and plan reacts", async () => {
  const { galops } = await office();
  await galops("apply", "--auto-approve");
  const edit = (...argv: readonly string[]) => galops("sandbox", "edit", ...argv);
  expect(
    await edit("add-user", tenantFile, "nina@contoso.com", "Nina Ny", "mobilePhone=+46 70 1"),
  ).toMatchObject({ code: 0 });
  expect(await edit("set-user", tenantFile, "eve.oconnor@contoso.com", "jobTitle=Chief")).toMatchObject({
    code: 0,
  });
  expect(await edit("remove-user", tenantFile, "dana@contoso.com")).toMatchObject({ code: 0 });
  expect(await edit("edit-contact", tenantFile, "bo@contoso.com", "Ann Ek", "jobTitle=Boss")).toMatchObject({
    code: 0,
  });
  const { stdout } = await galops("plan");
  expect(stdout).toContain("Plan: 2 to create, 3 to update, 2 to delete.");
  expect(stdout).toContain("the contact was edited");
  expect(await edit("delete-contact", tenantFile, "bo@contoso.com", "Ann Ek")).toMatchObject({ code: 0 });
  expect((await galops("plan")).stdout).toContain("Plan: 3 to create, 2 to update, 2 to delete.");
});

test("mail contacts are listed, made, changed and removed", async () => {
  const { galops } = await office();
  const edit = (...argv: readonly string[]) => galops("sandbox", "edit", ...argv);
  const list = async (): Promise<string> =>
    (await galops("sandbox", "show", tenantFile, "--mail-contacts")).stdout;
  expect(await list()).toMatch(/^lena@supplier\.example +Lena Supplier +lena +\(not of galops\)$/m);
  const stamp = "CustomAttribute15=galops:0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11:k";
  for (const done of [
    await edit("add-mail-contact", tenantFile, "mia@fabrikam.com", "Mia M", "Title=Engineer"),
    await edit("set-mail-contact", tenantFile, "Mia M", "HiddenFromAddressListsEnabled=true", stamp),
    await edit("set-mail-contact", tenantFile, "lena", "IsDirSynced=true"),
    await edit("remove-mail-contact", tenantFile, "taxi@taxi.example"),
  ]) {
    expect(done).toMatchObject({ code: 0, stderr: "" });
  }
  const after = await list();
  expect(after).toMatch(/^mia@fabrikam\.com +Mia M +MiaM +hidden +0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11$/m);
  expect(after).toMatch(/^lena@supplier\.example .* synchronized +\(not of galops\)$/m);
  expect(after).not.toContain("taxi");
});

test.each([
  ["show", "none.json"],
  ["show", tenantFile, "ann@contoso.com", "--mail-contacts"],
  ["edit", "set-mail-contact", tenantFile, "nobody", "Title=Chief"],
  ["edit", "set-mail-contact", tenantFile, "lena", "jobTitle=Chief"],
  ["edit", "add-mail-contact", tenantFile, "bo@contoso.com", "Bo"],
  ["edit", "remove-mail-contact", tenantFile, "nobody"],
  ["show", tenantFile, "nobody@contoso.com"],
  ["edit", "set-user", tenantFile, "nobody@contoso.com", "jobTitle=Chief"],
  ["edit", "set-user", tenantFile, "ann@contoso.com", "jobTitle"],
  ["edit", "set-user", tenantFile, "ann@contoso.com", "jobTilte=Chief"],
  ["edit", "add-user", tenantFile, "ann@contoso.com", "Ann Other"],
  ["edit", "edit-contact", tenantFile, "ann@contoso.com", "Nobody", "jobTitle=Chief"],
])("sandbox %s %s … that makes no sense is an error in words, and changes nothing", async (...argv) => {
  const { galops, read } = await office();
  const before = read(tenantFile);
  const { code, stdout, stderr } = await galops("sandbox", ...argv);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("Error:");
  expect(read(tenantFile)).toBe(before);
});

test.each([
  ["no JSON", "hello"],
  ["something else", '{"name":"left-pad"}'],
  ["cut short", '{ "galopsSandbox": 1,'],
])("a tenant file that is %s is an error in words", async (_, text) => {
  const { galops, write } = await office();
  write(tenantFile, text);
  for (const argv of [["plan"], ["sandbox", "show", tenantFile]]) {
    const { code, stderr } = await galops(...argv);
    expect(code).toBe(1);
    expect(stderr).toContain("A sandbox tenant cannot be used");
    expect(stderr).toContain(tenantFile);
  }
});
