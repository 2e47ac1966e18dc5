import { expect, test } from "vitest";
import { DirectoryError } from "../../src/directory/directory-error.ts";
import { findGroups, groupsAmong } from "../../src/directory/find-groups.ts";
import type { Group } from "../../src/directory/groups.ts";
import type { GraphReader } from "../../src/http/graph/graph.ts";
import type { Named } from "../../src/model/config.ts";
import { refusal, scriptedGraph } from "../fakes/scripted-graph.ts";
import { named, urls } from "../sources/world.ts";

const signal = new AbortController().signal;
const sales = { id: "s1", displayName: "Sales", mail: "sales@contoso.com", proxyAddresses: [] };
const salesFound = { id: "s1", displayName: "Sales", mail: "sales@contoso.com" };
const none = { pages: [[]] };
const id = "7F3E0000-0000-4000-8000-000000000001";
/** Asked for where a name is not known, for what was meant. */
const allGroups = "/groups?$select=id,displayName,mail&$top=999";

async function findGroup(graph: GraphReader, name: Named): Promise<Group | undefined> {
  return (await findGroups(graph, [name], signal))[0];
}

test("a group is found by object id, and one that is gone is told of as unknown", async () => {
  const graph = scriptedGraph({ [urls.group(id)]: { body: { ...sales, mail: null } } });
  const group = await findGroup(graph, named(id));
  expect(group).toMatchObject({ id: "s1", displayName: "Sales", mail: "" });
  const gone = scriptedGraph({
    [urls.group(id)]: refusal(404, "Request_ResourceNotFound"),
    [allGroups]: none,
  });
  await expect(findGroup(gone, named(id, 7))).rejects.toMatchObject({
    name: "DirectoryError",
    code: "group-not-found",
    place: { line: 7 },
  });
});

test("a 404 that is not the directory's is no answer, and no group is taken for unknown", async () => {
  const graph = scriptedGraph({ [urls.group(id)]: refusal(404, "http-404") });
  await expect(findGroup(graph, named(id))).rejects.toMatchObject({ code: "graph-failed" });
});

test("a group is found by mail, then by proxy address, then by display name", async () => {
  const name = "SALES@contoso.com";
  const byMail = scriptedGraph({ [urls.groupByMail(name)]: { pages: [[], [sales]] } });
  expect(await findGroup(byMail, named(name))).toMatchObject(salesFound);

  const proxied = { ...sales, mail: "x@contoso.com", proxyAddresses: ["smtp:sales@contoso.com"] };
  const byProxy = scriptedGraph({
    [urls.groupByMail(name)]: none,
    [urls.groupByProxy(name)]: { pages: [[proxied]] },
  });
  expect(await findGroup(byProxy, named(name))).toMatchObject({ id: "s1" });

  const odd = { ...sales, displayName: name };
  const byName = scriptedGraph({
    [urls.groupByMail(name)]: none,
    [urls.groupByProxy(name)]: none,
    [urls.groupByName(name)]: { pages: [[odd]] },
  });
  expect(await findGroup(byName, named(name))).toMatchObject({ id: "s1" });
});

test("a name with quotes, ampersands and hashes reaches Graph whole", async () => {
  const name = "R&D #1 'o''neil' 50%";
  const found = { ...sales, displayName: name };
  const graph = scriptedGraph({ [urls.groupByName(name.replaceAll("'", "''"))]: { pages: [[found]] } });
  expect(await findGroup(graph, named(name))).toMatchObject({ displayName: name });
});

test("a name that several groups have is an error that lists them", async () => {
  const two = [sales, { ...sales, id: "s0", displayName: "sales" }];
  const graph = scriptedGraph({ [urls.groupByName("Sales")]: { pages: [two] } });
  await expect(findGroup(graph, named("Sales"))).rejects.toMatchObject({
    code: "group-ambiguous",
    detail: expect.stringContaining("2 groups: s0, s1.") as unknown,
  });
});

test("groups that Graph gives although they have another name are not taken", async () => {
  const graph = scriptedGraph({
    [urls.groupByName("Sales")]: { pages: [[{ ...sales, displayName: "Legal" }]] },
    [allGroups]: none,
  });
  await expect(findGroup(graph, named("Sales"))).rejects.toMatchObject({ code: "group-not-found" });
});

test("a group that cannot be read is not taken for one that is not there", async () => {
  const graph = scriptedGraph({ [urls.group(id)]: refusal(403, "Authorization_RequestDenied") });
  await expect(findGroup(graph, named(id))).rejects.toMatchObject({
    code: "graph-permission-missing",
    detail: expect.stringContaining("GroupMember.Read.All") as unknown,
  });
});

test("every name that is not known is told, each at its place, with what was meant", async () => {
  const graph = scriptedGraph({
    [urls.groupByName("Salse")]: none,
    [urls.groupByName("Sales")]: { pages: [[sales]] },
    [urls.groupByName("Twice")]: {
      pages: [
        [
          { ...sales, displayName: "twice" },
          { id: "s2", displayName: "Twice" },
        ],
      ],
    },
    [urls.groupByName("zzz")]: none,
    [allGroups]: { pages: [[sales, { id: "s3", displayName: "Legal", mail: null }]] },
  });
  const names = [named("Salse", 4), named("Sales", 5), named("Twice", 6), named("zzz", 7)];
  const error = await findGroups(graph, names, signal).catch((thrown: unknown) => thrown);
  if (!(error instanceof DirectoryError)) throw error;
  const all = [error, ...error.others];
  expect(all.map(({ code, place }) => [code, place?.line])).toEqual([
    ["group-not-found", 4],
    ["group-not-found", 7],
    ["group-ambiguous", 6],
  ]);
  expect(error.detail).toContain('Did you mean "Sales"?');
  expect(all[1]?.detail).toContain("dynamic distribution group");
});

test("where the groups cannot be listed, an unknown name is told without what was meant", async () => {
  const graph = scriptedGraph({
    [urls.groupByName("Salse")]: none,
    [allGroups]: refusal(403, "Authorization_RequestDenied"),
  });
  await expect(findGroup(graph, named("Salse"))).rejects.toMatchObject({ code: "group-not-found" });
});

test("names of groups among those of users are known, and nothing is said where groups cannot be read", async () => {
  const address = "sales@contoso.com";
  const graph = scriptedGraph({
    [urls.groupByMail(address)]: { pages: [[sales]] },
    [urls.groupByProxy(address)]: none,
    [urls.groupByName(address)]: none,
    [urls.groupByName("nobody")]: none,
  });
  const [group, nobody] = [named(address), named("nobody")];
  expect(await groupsAmong(graph, [nobody, group], signal)).toEqual([group]);
  const denied = scriptedGraph({ [urls.groupByName("nobody")]: refusal(403, "Authorization_RequestDenied") });
  expect(await groupsAmong(denied, [nobody], signal)).toEqual([]);
});
