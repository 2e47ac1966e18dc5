import { expect, test } from "vitest";
import { findGroup, groupMemberIds, groupMembers } from "../../src/directory/groups.ts";
import { refusal, scriptedGraph } from "../fakes/scripted-graph.ts";
import { named, urls, user } from "../sources/world.ts";

const signal = new AbortController().signal;
const sales = { id: "s1", displayName: "Sales", mail: "sales@contoso.com", proxyAddresses: [] };
const salesFound = { id: "s1", displayName: "Sales", mail: "sales@contoso.com" };
const none = { pages: [[]] };
const id = "7F3E0000-0000-4000-8000-000000000001";

test("a group is found by object id, and one that is gone is told of as unknown", async () => {
  const graph = scriptedGraph({ [urls.group(id)]: { body: { ...sales, mail: null } } });
  const group = await findGroup(graph, named(id), signal);
  expect(group).toMatchObject({ id: "s1", displayName: "Sales", mail: "" });
  const gone = scriptedGraph({ [urls.group(id)]: refusal(404, "Request_ResourceNotFound") });
  await expect(findGroup(gone, named(id, 7), signal)).rejects.toMatchObject({
    name: "DirectoryError",
    code: "group-not-found",
    place: { line: 7 },
  });
});

test("a group is found by mail, then by proxy address, then by display name", async () => {
  const name = "SALES@contoso.com";
  const byMail = scriptedGraph({ [urls.groupByMail(name)]: { pages: [[], [sales]] } });
  expect(await findGroup(byMail, named(name), signal)).toMatchObject(salesFound);

  const proxied = { ...sales, mail: "x@contoso.com", proxyAddresses: ["smtp:sales@contoso.com"] };
  const byProxy = scriptedGraph({
    [urls.groupByMail(name)]: none,
    [urls.groupByProxy(name)]: { pages: [[proxied]] },
  });
  expect(await findGroup(byProxy, named(name), signal)).toMatchObject({ id: "s1" });

  const odd = { ...sales, displayName: name };
  const byName = scriptedGraph({
    [urls.groupByMail(name)]: none,
    [urls.groupByProxy(name)]: none,
    [urls.groupByName(name)]: { pages: [[odd]] },
  });
  expect(await findGroup(byName, named(name), signal)).toMatchObject({ id: "s1" });
});

test("a name with quotes, ampersands and hashes reaches Graph whole", async () => {
  const name = "R&D #1 'o''neil' 50%";
  const found = { ...sales, displayName: name };
  const graph = scriptedGraph({ [urls.groupByName(name.replaceAll("'", "''"))]: { pages: [[found]] } });
  expect(await findGroup(graph, named(name), signal)).toMatchObject({ displayName: name });
});

test("a name that several groups have is an error that lists them", async () => {
  const two = [sales, { ...sales, id: "s0", displayName: "sales" }];
  const graph = scriptedGraph({ [urls.groupByName("Sales")]: { pages: [two] } });
  await expect(findGroup(graph, named("Sales"), signal)).rejects.toMatchObject({
    code: "group-ambiguous",
    detail: expect.stringContaining("2 groups: s0, s1.") as unknown,
  });
});

test("groups that Graph gives although they have another name are not taken", async () => {
  const graph = scriptedGraph({
    [urls.groupByName("Sales")]: { pages: [[{ ...sales, displayName: "Legal" }]] },
  });
  await expect(findGroup(graph, named("Sales"), signal)).rejects.toMatchObject({ code: "group-not-found" });
});

test("a group that cannot be read is not taken for one that is not there", async () => {
  const graph = scriptedGraph({ [urls.group(id)]: refusal(403, "Authorization_RequestDenied") });
  await expect(findGroup(graph, named(id), signal)).rejects.toMatchObject({
    code: "graph-permission-missing",
    detail: expect.stringContaining("GroupMember.Read.All") as unknown,
  });
});

test("members are read to the last page, each once, empty pages in between", async () => {
  const ann = user("ann");
  const graph = scriptedGraph({
    [urls.members("s1")]: { pages: [[ann], [], [ann, user("bo")]] },
    [urls.memberIds("s1")]: { pages: [[{ id: "ann" }], [{ id: "bo" }]] },
  });
  const group = { ...salesFound, named: named("Sales") };
  const ids: string[] = [];
  for await (const member of groupMembers(graph, group, "user", signal)) ids.push(member.id);
  expect(ids).toEqual(["ann", "bo"]);
  expect(await groupMemberIds(graph, group, "user", signal)).toEqual(new Set(["ann", "bo"]));
});

test("pages that go round in a circle are an error, not a program that never ends", async () => {
  const circle = Array.from({ length: 1000 }, () => [{ id: "ann" }]);
  const graph = scriptedGraph({ [urls.memberIds("s1")]: { pages: circle } });
  const group = { ...salesFound, named: named("Sales", 7) };
  await expect(groupMemberIds(graph, group, "user", signal)).rejects.toMatchObject({
    code: "graph-answer-endless",
    place: { line: 7 },
  });
});
