import path from "node:path";
import { expect, test } from "vitest";
import { createGraphReader } from "../../src/http/graph/graph-client.ts";
import type { Fetch } from "../../src/model/context.ts";
import { addUser, removeUser } from "../../src/sandbox/admin/edit-directory.ts";
import { createSandboxFile } from "../../src/sandbox/create.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import { textOf } from "../../src/sandbox/tenant/tenant.ts";
import { usersSource } from "../../src/sources/users-source.ts";
import { everybody } from "../contract/source.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { manualClock } from "../fakes/manual-clock.ts";
import { tenantId, usersConfig } from "./world.ts";

test("of a directory that changes while it is paged nobody is there twice, and the next reading is right", async () => {
  const file = path.join(temporaryFolder(), "contoso.tenant.json");
  createSandboxFile(file, { seed: 7, users: 1100 });
  const clock = manualClock();
  const sandbox = await openSandbox(file, { clock, random: () => 0.5 });
  const { users } = sandbox.store.state;
  // Of the beginning, the middle and the end of what is to be paged.
  const leaving = [...users.values()]
    .filter((_user, at) => at % 367 === 3)
    .map((user) => textOf(user["mail"]));
  let pages = 0;
  const fetch: Fetch = async (url, init) => {
    const response = await sandbox.fetch(url, init);
    if (!/\/users\?(?!.*manager)/u.test(url) || pages++ > 0) return response;
    for (const mail of leaving) removeUser(sandbox.store, mail);
    for (const name of ["aaa", "mmm", "zzz"]) addUser(sandbox.store, `${name}@contoso.com`, name, {});
    return response;
  };
  const token = { token: () => Promise.resolve("t") };
  const graph = createGraphReader({
    baseUrl: "https://graph.sandbox.invalid",
    fetch,
    token,
    clock,
    random: () => 0,
  });
  const source = usersSource(usersConfig({ require: [] }), { graph, tenantId, photos: false });
  const read = async (): Promise<readonly string[]> => (await everybody(source)).map(({ mail }) => mail);
  const people = await read();
  expect(pages).toBeGreaterThan(1);
  expect(leaving.length).toBeGreaterThan(2);
  expect(new Set(people).size).toBe(people.length);
  // Where pages are counted off by position, as many can be missed as have left before them.
  const staying = [...users.values()]
    .filter(({ userType }) => userType !== "Guest")
    .map(({ mail }) => textOf(mail));
  expect(staying.filter((mail) => !people.includes(mail)).length).toBeLessThanOrEqual(leaving.length);
  expect((await read()).toSorted()).toEqual(staying.toSorted());
  await sandbox.close();
});
