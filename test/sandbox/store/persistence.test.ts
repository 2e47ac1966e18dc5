import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  existsSync,
  lstatSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addUser } from "../../../src/sandbox/admin/edit-directory.ts";
import { createSandboxFile } from "../../../src/sandbox/create.ts";
import { openStore } from "../../../src/sandbox/store/store.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { openTenant, reopen } from "../world.ts";
import type { Tenant } from "../world.ts";

const contacts = "/users/bo@contoso.com/contacts";

function make(tenant: Tenant, givenName: string): Promise<{ readonly status: number }> {
  return tenant.ask("POST", contacts, { body: { givenName } });
}

async function namesIn(tenant: Tenant): Promise<readonly string[]> {
  const { body } = await tenant.get(`${contacts}?$select=givenName&$top=1000`);
  return body.value.map((item: { givenName: string }) => item.givenName);
}

test("reading leaves no trace on disk", async () => {
  const tenant = await openTenant();
  const before = readFileSync(tenant.file, "utf8");
  await tenant.get("/users");
  await tenant.sandbox.close();
  expect(existsSync(`${tenant.file}.log`)).toBe(false);
  expect(readFileSync(tenant.file, "utf8")).toBe(before);
});

test("what was answered is there after the end of the process, and closing brings it into the file", async () => {
  const tenant = await openTenant();
  await make(tenant, "Survivor");
  // Nobody closes it: the file is as it was, the log has the rest.
  expect(readFileSync(tenant.file, "utf8")).not.toContain("Survivor");
  const again = await reopen(tenant.file);
  expect(await namesIn(again)).toEqual(["Mum", "Survivor"]);
  await make(again, "Second");
  await again.sandbox.close();
  await again.sandbox.close();
  expect(existsSync(`${tenant.file}.log`)).toBe(false);
  expect(readFileSync(tenant.file, "utf8")).toContain("Survivor");
  expect(await namesIn(await reopen(tenant.file))).toEqual(["Mum", "Survivor", "Second"]);
});

test("a process that is killed loses nothing that it said was done", async () => {
  const file = path.join(temporaryFolder(), "contoso.tenant.json");
  createSandboxFile(file, { seed: 1 });
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL("endless-writer.ts", import.meta.url)), file],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let said = "";
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.split("\n").length > 50) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  const answered = said.split("\n").slice(0, -1);
  const names = await namesIn(await reopen(file));
  expect(answered.length).toBeGreaterThanOrEqual(50);
  expect(names.slice(1, answered.length + 1)).toEqual(answered);
  // One more may have been done whose answer did not get through.
  expect(names.length - 1 - answered.length).toBeLessThanOrEqual(1);
});

test("wherever a log is cut off, what stands before is kept, and writing goes on", async () => {
  const tenant = await openTenant();
  const names = ["One", "Two", "Three", "Four"];
  for (const name of names) await make(tenant, name);
  const log = readFileSync(`${tenant.file}.log`);
  const ends = [...log.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at + 1);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: log.length }), async (length) => {
      writeFileSync(`${tenant.file}.log`, log);
      truncateSync(`${tenant.file}.log`, length);
      const whole = names.slice(0, Math.max(0, ends.filter((end) => end <= length).length - 1));
      const cut = await reopen(tenant.file);
      expect(await namesIn(cut)).toEqual(["Mum", ...whole]);
      await make(cut, "More");
      expect(await namesIn(await reopen(tenant.file))).toEqual(["Mum", ...whole, "More"]);
    }),
    { numRuns: 40 },
  );
});

test("a log that is older than the file is not gone through", async () => {
  const tenant = await openTenant();
  await make(tenant, "One");
  const log = readFileSync(`${tenant.file}.log`);
  const { body } = await tenant.get(`${contacts}?$filter=${encodeURIComponent("givenName eq 'One'")}`);
  await tenant.ask("DELETE", `${contacts}/${body.value[0].id}`);
  await tenant.sandbox.close();
  // As after a crash between saving the file and removing the log.
  writeFileSync(`${tenant.file}.log`, log);
  const again = await reopen(tenant.file);
  expect(await namesIn(again)).toEqual(["Mum"]);
  await make(again, "Two");
  expect(await namesIn(await reopen(tenant.file))).toEqual(["Mum", "Two"]);
});

test("a damaged line in a log is told, and not skipped", async () => {
  const tenant = await openTenant();
  await make(tenant, "One");
  appendFileSync(`${tenant.file}.log`, '{"number":\n');
  await expect(reopen(tenant.file)).rejects.toMatchObject({
    code: "sandbox-damaged",
    place: { line: 3, column: 1 },
  });
});

test("of two programs that write at a time one is refused, and nothing is lost", async () => {
  const one = await openTenant();
  const other = await reopen(one.file);
  expect((await make(one, "One")).status).toBe(201);
  expect(await make(other, "Other")).toMatchObject({
    status: 409,
    body: { error: { code: "sandbox-in-use" } },
  });
  expect(await namesIn(other)).toEqual(["Mum"]);
  await other.sandbox.close();
  expect((await make(one, "Two")).status).toBe(201);
  await one.sandbox.close();
  expect(await namesIn(await reopen(one.file))).toEqual(["Mum", "One", "Two"]);
});

test("a program that began before another one saved may not write over it", async () => {
  const one = await openTenant();
  const other = await reopen(one.file);
  await make(one, "One");
  await one.sandbox.close();
  expect((await make(other, "Other")).status).toBe(409);
  await other.sandbox.close();
  expect(await namesIn(await reopen(one.file))).toEqual(["Mum", "One"]);
});

test("a program that comes later takes over, and the first one is told", async () => {
  const one = await openTenant();
  await make(one, "One");
  const other = await reopen(one.file);
  expect((await make(other, "Other")).status).toBe(201);
  expect((await make(one, "Two")).status).toBe(409);
  await one.sandbox.close();
  await other.sandbox.close();
  expect(await namesIn(await reopen(one.file))).toEqual(["Mum", "One", "Other"]);
});

test("what somebody changes in the file while it is in use is kept", async () => {
  const tenant = await openTenant();
  await make(tenant, "One");
  const edited = readFileSync(tenant.file, "utf8").replace('"Managing director"', '"Chairwoman"');
  writeFileSync(tenant.file, edited);
  await tenant.sandbox.close();
  expect(readFileSync(tenant.file, "utf8")).toBe(edited);
  const again = await reopen(tenant.file);
  expect(await namesIn(again)).toEqual(["Mum", "One"]);
  expect((await again.get("/users/ann@contoso.com")).body.jobTitle).toBe("Chairwoman");
});

test("a contact that was changed in the file has another version; one that was added has an id that stays", async () => {
  const tenant = await openTenant();
  const of = async (opened: Tenant): Promise<Map<string, { id: string; changeKey: string }>> => {
    const { body } = await opened.get("/users/ann@contoso.com/contacts");
    return new Map(body.value.map((item: { displayName: string }) => [item.displayName, item]));
  };
  const before = await of(tenant);
  const text = readFileSync(tenant.file, "utf8");
  const json = JSON.parse(text);
  json.mailboxes[0].contacts[1].personalNotes = "Plays chess";
  json.mailboxes[0].contacts.push({ displayName: "New" }, { displayName: "New" });
  writeFileSync(tenant.file, JSON.stringify(json));
  const after = await of(await reopen(tenant.file));
  expect(after.get("Mum")).toEqual(before.get("Mum"));
  expect(after.get("Bo Li")?.id).toBe(before.get("Bo Li")?.id);
  expect(after.get("Bo Li")?.changeKey).not.toBe(before.get("Bo Li")?.changeKey);
  expect(after.size).toBe(3);
  expect(await of(await reopen(tenant.file))).toEqual(after);
});

test("only its owner may read a tenant, and its log; a link to it stays a link", async () => {
  const tenant = await openTenant();
  const link = path.join(temporaryFolder(), "link.json");
  symlinkSync(tenant.file, link);
  const linked = await reopen(link);
  await make(linked, "One");
  expect(statSync(tenant.file).mode & 0o777).toBe(0o600);
  expect(statSync(`${tenant.file}.log`).mode & 0o777).toBe(0o600);
  await linked.sandbox.close();
  expect(statSync(tenant.file).mode & 0o777).toBe(0o600);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(tenant.file, "utf8")).toContain("One");
});

test("what cannot be written is refused and not done", async () => {
  const tenant = await openTenant();
  const { store } = tenant.sandbox;
  // A folder stands where the log should.
  const inTheWay = path.join(temporaryFolder(), "t.json");
  createSandboxFile(inTheWay, { seed: 1 });
  const other = openStore(inTheWay);
  writeFileSync(`${inTheWay}.log`, "", { mode: 0o600 });
  expect(() => addUser(other, "nina@contoso.com", "Nina Ny")).toThrow("Another program is writing");
  expect(other.state.users.size).toBe(25);
  expect(store.state.users.size).toBe(25);
});

test("a path that a secret gave is not told when the tenant is in use", () => {
  const file = path.join(temporaryFolder(), "t.json");
  createSandboxFile(file, { seed: 1 });
  const store = openStore(file, "${env:SECRET}");
  writeFileSync(`${file}.log`, "");
  const write = (): unknown => addUser(store, "nina@contoso.com", "Nina Ny");
  expect(write).toThrow("Another program is writing to the sandbox tenant ${env:SECRET},");
});

test("ids are never used again, also not after a restart", async () => {
  const tenant = await openTenant();
  const ids = new Set<string>();
  let current = tenant;
  for (let round = 0; round < 4; round++) {
    const { body } = await current.ask("POST", contacts, { body: { givenName: "A" } });
    ids.add(body.id);
    await current.ask("DELETE", `${contacts}/${body.id}`);
    if (round % 2 === 0) await current.sandbox.close();
    current = await reopen(tenant.file);
  }
  expect(ids.size).toBe(4);
});
