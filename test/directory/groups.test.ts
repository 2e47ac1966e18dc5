import { expect, test } from "vitest";
import { groupMemberIds, groupMembers } from "../../src/directory/groups.ts";
import { scriptedGraph } from "../fakes/scripted-graph.ts";
import { named, urls, user } from "../sources/world.ts";

const signal = new AbortController().signal;
const salesFound = { id: "s1", displayName: "Sales", mail: "sales@contoso.com" };

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
