import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGraphReader } from "../../src/http/graph/graph-client.ts";
import type { GraphReader } from "../../src/http/graph/graph.ts";
import type { Fetch } from "../../src/model/context.ts";
import { SourceError } from "../../src/model/source.ts";
import type { Source } from "../../src/model/source.ts";
import { createSandboxFile } from "../../src/sandbox/create.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { orgContactsSource } from "../../src/sources/org-contacts-source.ts";
import { usersSource } from "../../src/sources/users-source.ts";
import { everybody, sourceContract } from "../contract/source.ts";
import { manualClock } from "../fakes/manual-clock.ts";
import { named, orgContactsConfig, tenantId, usersConfig } from "./world.ts";

// The same contract through the real client, over a tenant that is as strict as Graph.

type Tenant = ReturnType<typeof createSandboxFile>;

let folder: string;
let tenant: Tenant;
let sandbox: Sandbox;
const clock = manualClock();

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "galops-sources-"));
  const file = path.join(folder, "contoso.tenant.json");
  // More users than a page of Graph holds.
  const wanted = { seed: 7, users: 1100, domain: "contoso.com", organization: "contoso.onmicrosoft.com" };
  tenant = createSandboxFile(file, wanted);
  sandbox = await openSandbox(file, { clock, random: () => 0.5 });
});

afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

function reader(fetch: Fetch): GraphReader {
  const token = { token: () => Promise.resolve("t") };
  return createGraphReader({
    baseUrl: "https://graph.sandbox.invalid",
    fetch,
    token,
    clock,
    random: () => 0.5,
  });
}

/** Fetches that fail from the given one on, counted from 0; `count` says how many there were. */
function failingFrom(first: number): { readonly fetch: Fetch; readonly count: () => number } {
  let count = 0;
  return {
    count: () => count,
    fetch: (url, init) => {
      if (count++ < first) return sandbox.fetch(url, init);
      const error = { code: "Authorization_RequestDenied", message: "Insufficient privileges." };
      return Promise.resolve(Response.json({ error }, { status: 403 }));
    },
  };
}

function usersOfGroups(graph: GraphReader): Source {
  const groups = {
    include: [named("All staff"), named("sales@contoso.com")],
    exclude: [named("Engineering")],
  };
  return usersSource(usersConfig({ groups }), { graph, tenantId, photos: false });
}

function filteredUsers(graph: GraphReader): Source {
  const config = usersConfig({ types: ["member", "guest"], filter: "department ne 'Sales'" });
  return usersSource(config, { graph, tenantId, photos: false });
}

const sources: Readonly<Record<string, (graph: GraphReader) => Source>> = {
  "all users": (graph) => usersSource(usersConfig(), { graph, tenantId, photos: false }),
  "the users of groups": usersOfGroups,
  "filtered users and guests": filteredUsers,
  "guests with photos": (graph) =>
    usersSource(usersConfig({ types: ["guest"] }), { graph, tenantId, photos: true }),
  "organizational contacts": (graph) => orgContactsSource(orgContactsConfig(), { graph, tenantId }),
  "the organizational contacts of a group": (graph) => {
    const groups = { include: [named("Partners")], exclude: [] };
    return orgContactsSource(orgContactsConfig({ groups }), { graph, tenantId });
  },
};

for (const [name, open] of Object.entries(sources)) {
  sourceContract(name, { well: () => open(reader(sandbox.fetch)), broken: {} });

  test(`${name}: whichever request is refused, nobody seems to have left`, async () => {
    const well = failingFrom(Infinity);
    await everybody(open(reader(well.fetch)));
    expect(well.count()).toBeGreaterThan(1);
    for (let first = 0; first < well.count(); first++) {
      const reading = everybody(open(reader(failingFrom(first).fetch)));
      await expect(reading, `request ${first}`).rejects.toBeInstanceOf(SourceError);
    }
  });
}

test("the members of a tenant are its enabled, licensed users with mail, over all pages", async () => {
  const people = await everybody(
    usersSource(usersConfig(), { graph: reader(sandbox.fetch), tenantId, photos: true }),
  );
  const expected = [...tenant.users.values()].filter(
    (user) =>
      user["userType"] !== "Guest" &&
      user["accountEnabled"] === true &&
      Array.isArray(user["assignedLicenses"]) &&
      user["assignedLicenses"].length > 0 &&
      typeof user["mail"] === "string",
  );
  expect(people.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
  expect(people.length).toBeGreaterThan(999);
  for (const person of people) {
    const manager = tenant.users.get(tenant.users.get(person.id)?.manager ?? "");
    expect(person.managerName).toBe(manager?.["displayName"] ?? "");
    expect(person.photo !== "").toBe(tenant.photos.has(person.id));
  }
  expect(people.some(({ managerName }) => managerName !== "")).toBe(true);
  expect(people.some(({ photo }) => photo !== "")).toBe(true);
});

function membersOf(name: string): readonly string[] {
  return [...tenant.groups.values()].find(({ displayName }) => displayName === name)?.members ?? [];
}

test("nested members count, excluded ones do not, and people know their groups", async () => {
  const people = await everybody(usersOfGroups(reader(sandbox.fetch)));
  expect(people.some(({ id }) => membersOf("Sales").includes(id))).toBe(true);
  expect(people.some(({ id }) => membersOf("Engineering").includes(id))).toBe(false);
  for (const person of people) {
    const both = membersOf("Sales").includes(person.id);
    expect(person.groups).toEqual(
      both ? ["all-staff@contoso.com", "sales@contoso.com"] : ["all-staff@contoso.com"],
    );
  }
});

test("guests come with the filter that Graph applies", async () => {
  const people = await everybody(filteredUsers(reader(sandbox.fetch)));
  expect(people.some(({ kind }) => kind === "guest")).toBe(true);
  expect(people.some(({ kind }) => kind === "member")).toBe(true);
  expect(people.some(({ department }) => department === "Sales")).toBe(false);
});
