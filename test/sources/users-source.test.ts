import { expect, test } from "vitest";
import type { UsersSource } from "../../src/model/config.ts";
import type { Person } from "../../src/model/person.ts";
import { usersSource } from "../../src/sources/users-source.ts";
import { everybody, sourceContract } from "../contract/source.ts";
import { refusal, scriptedGraph } from "../fakes/scripted-graph.ts";
import type { ScriptedAnswer, ScriptedGraph } from "../fakes/scripted-graph.ts";
import { named, place, tenantId, urls, user, usersConfig } from "./world.ts";

const enabled = "&$filter=accountEnabled eq true";
const ann = user("ann", { displayName: "Ann Ek", givenName: "Ann", surname: "Ek" });
const bo = user("bo", { displayName: "Bo Li", userType: null });
const chandra = user("chandra", { displayName: "Chandra", assignedLicenses: [] });
const guest = user("gil", {
  displayName: "Gil (Fabrikam)",
  mail: "gil@fabrikam.com",
  userType: "Guest",
  assignedLicenses: [],
  userPrincipalName: "gil_fabrikam.com#EXT#@contoso.com",
  showInAddressList: false,
});

const noManagers: ScriptedAnswer = { pages: [[]] };

function script(answers: Record<string, ScriptedAnswer> = {}): ScriptedGraph {
  return scriptedGraph({
    [urls.managers]: noManagers,
    [urls.users(enabled)]: {
      pages: [
        [ann, bo],
        [chandra, guest],
      ],
    },
    ...answers,
  });
}

function source(graph: ScriptedGraph, config: Partial<UsersSource> = {}, photos = false) {
  return usersSource(usersConfig(config), { graph, tenantId, photos });
}

function idsOf(people: readonly Person[]): readonly string[] {
  return people.map((person) => person.id);
}

/** Asked for where a group is not known. */
const noGroups: Record<string, ScriptedAnswer> = {
  "/groups?$select=id,displayName,mail&$top=999": { pages: [[]] },
};
const brokenPage: ScriptedAnswer = { pages: [[ann]], failure: refusal(504, "UnknownError") };
const inSales = { groups: { include: [named("sales@contoso.com")], exclude: [named("interns", 21)] } };
const groups: Record<string, ScriptedAnswer> = {
  [urls.groupByMail("sales@contoso.com")]: {
    pages: [[{ id: "sales", displayName: "Sales", mail: "Sales@contoso.com", proxyAddresses: [] }]],
  },
  [urls.groupByName("interns")]: { pages: [[{ id: "interns", displayName: "Interns", mail: null }]] },
  [urls.memberIds("sales")]: { pages: [[{ id: "ann" }], [{ id: "bo" }]] },
  [urls.members("sales")]: { pages: [[ann], [bo]] },
  [urls.memberIds("interns")]: { pages: [[{ id: "bo" }]] },
};

sourceContract("a users source", {
  well: () => source(script()),
  broken: {
    "the second page of users": () => source(script({ [urls.users(enabled)]: brokenPage })),
    managers: () => source(script({ [urls.managers]: { ...noManagers, failure: refusal(500, "x") } })),
    "an unknown group": () =>
      source(script({ ...groups, [urls.groupByName("interns")]: { pages: [[]] }, ...noGroups }), inSales),
    "a group's members": () => source(script({ ...groups, [urls.members("sales")]: brokenPage }), inSales),
    "the members of an excluded group": () =>
      source(script({ ...groups, [urls.memberIds("interns")]: brokenPage }), inSales),
    "a photo": () =>
      source(
        script({
          "/users/ann/photo": { body: { "@odata.mediaEtag": '"1"', width: 240, height: 240 } },
          "/users/bo/photo": refusal(503, "UnknownError"),
        }),
        {},
        true,
      ),
    "a user of whom Graph does not say whether he is enabled": () =>
      source(script({ [urls.users(enabled)]: { pages: [[ann, user("bo", { accountEnabled: null })]] } })),
    "a user without an id": () => source(script({ [urls.users(enabled)]: { pages: [[ann, {}]] } })),
  },
});

test("members are those whose userType is Member or null, with a licence", async () => {
  expect(idsOf(await everybody(source(script())))).toEqual(["ann", "bo"]);
});

test("guests are asked of Graph, need no licence, and are hidden as Graph says", async () => {
  const url = urls.users(`${enabled} and userType eq 'Guest'`);
  const graph = () => script({ [url]: { pages: [[ann, guest]] } });
  const [person, ...others] = await everybody(source(graph(), { types: ["guest"] }));
  expect(others).toEqual([]);
  expect(person).toMatchObject({ kind: "guest", external: true, hidden: true, licensed: false });
  const visible: Partial<UsersSource> = { types: ["guest"], require: ["enabled", "visible"] };
  expect(await everybody(source(graph(), visible))).toEqual([]);
});

test("what Graph lets through although it was asked to filter is left out here", async () => {
  const disabled = user("dan", { accountEnabled: false });
  const graph = script({ [urls.users(enabled)]: { pages: [[ann, disabled]] } });
  expect(idsOf(await everybody(source(graph)))).toEqual(["ann"]);
});

test("without `require` nobody is left out, and Graph is asked for everybody", async () => {
  const nobody = user("nobody", { accountEnabled: false, mail: null, assignedLicenses: [] });
  const graph = script({ [urls.users("")]: { pages: [[nobody]] } });
  expect(idsOf(await everybody(source(graph, { require: [] })))).toEqual(["nobody"]);
});

test("a filter makes an advanced query, its text encoded and kept together", async () => {
  const url = urls.users(
    "&$filter=accountEnabled eq true and (department eq 'R&D' or city eq 'Łódź')&$count=true",
  );
  const graph = script({ [url]: { pages: [[ann]] } });
  const filter = "department eq 'R&D' or city eq 'Łódź'";
  expect(idsOf(await everybody(source(graph, { filter })))).toEqual(["ann"]);
});

test("included groups are listed instead of all users; excluded ones win; nested members count", async () => {
  const graph = script(groups);
  const people = await everybody(source(graph, inSales));
  expect(idsOf(people)).toEqual(["ann"]);
  expect(people[0]?.groups).toEqual(["Sales@contoso.com"]);
  expect(graph.asked).not.toContain(urls.users(enabled));
});

test("with a filter and included groups the filtered users are those of the groups", async () => {
  const url = urls.users("&$filter=accountEnabled eq true and (city eq 'Oslo')&$count=true");
  const graph = script({ ...groups, [url]: { pages: [[ann, bo, user("dora")]] } });
  expect(idsOf(await everybody(source(graph, { ...inSales, filter: "city eq 'Oslo'" })))).toEqual(["ann"]);
  expect(graph.asked).not.toContain(urls.members("sales"));
});

test("who is in several included groups is there once, with all of them", async () => {
  const all = "7f3e0000-0000-4000-8000-000000000001";
  const graph = script({
    ...groups,
    [urls.group(all)]: { body: { id: all, displayName: "All staff", mail: null } },
    [urls.memberIds(all)]: { pages: [[{ id: "ann" }, { id: "bo" }]] },
    [urls.members(all)]: { pages: [[ann, bo]] },
  });
  const include = [named("sales@contoso.com"), named(all)];
  const people = await everybody(source(graph, { groups: { include, exclude: [] } }));
  expect(idsOf(people)).toEqual(["ann", "bo"]);
  expect(people[0]?.groups).toEqual(["All staff", "Sales@contoso.com"]);
});

test("an unknown group is reported where the config names it", async () => {
  const graph = script({ ...groups, [urls.groupByName("interns")]: { pages: [[]] }, ...noGroups });
  await expect(everybody(source(graph, inSales))).rejects.toMatchObject({
    code: "group-not-found",
    place: { line: 21 },
    message: expect.stringContaining("dynamic distribution group") as unknown,
  });
});

test("managers come from a request of their own", async () => {
  const manager = { displayName: "Ann Ek", mail: "ann@contoso.com" };
  const graph = script({ [urls.managers]: { pages: [[{ id: "bo", manager }], [{ id: "ann" }]] } });
  const people = await everybody(source(graph));
  expect(people.map((person) => [person.managerName, person.managerMail])).toEqual([
    ["", ""],
    ["Ann Ek", "ann@contoso.com"],
  ]);
});

test("managers are not read when nobody uses them", async () => {
  const graph = script();
  await everybody(usersSource(usersConfig(), { graph, tenantId, photos: false, managers: false }));
  expect(graph.asked).toEqual([urls.users(enabled)]);
});

test("photos are told apart by their version; none and a single pixel are none", async () => {
  const graph = script({
    [urls.users(enabled)]: { pages: [[ann, bo, user("dora"), guest]] },
    "/users/ann/photo": { body: { "@odata.mediaEtag": '"BA09D118"', width: 240, height: 240 } },
    "/users/bo/photo": refusal(404, "ImageNotFound"),
    "/users/dora/photo": { body: { "@odata.mediaEtag": '"GIF"', id: "1X1", width: 1, height: 1 } },
  });
  const people = await everybody(source(graph, {}, true));
  expect(people.map((person) => person.photo)).toEqual(['"BA09D118"', "", ""]);
});

test("a 404 that is not Graph's own says nothing of a photo", async () => {
  const graph = script({
    [urls.users(enabled)]: { pages: [[ann]] },
    "/users/ann/photo": refusal(404, "http-404"),
  });
  await expect(everybody(source(graph, {}, true))).rejects.toMatchObject({ code: "graph-failed" });
});

test.each([
  [401, "InvalidAuthenticationToken", "graph-sign-in-refused", "auth"],
  [403, "Authorization_RequestDenied", "graph-permission-missing", "User.Read.All"],
  [400, "Request_UnsupportedQuery", "graph-query-refused", "filter"],
  [429, "TooManyRequests", "graph-throttled", "again"],
  [0, "network", "graph-unreachable", "proxy"],
  [500, "InternalServerError", "graph-failed", "request id"],
])("a refusal with status %i (%s) says what to do", async (status, code, expected, advice) => {
  const graph = script({ [urls.users(enabled)]: refusal(status, code) });
  await expect(everybody(source(graph))).rejects.toMatchObject({
    code: expected,
    place,
    message: expect.stringContaining(advice) as unknown,
  });
  const filterPlace = { ...place, line: place.line + 3 };
  await expect(everybody(source(graph, { filterPlace }))).rejects.toMatchObject({
    place: expected === "graph-query-refused" ? filterPlace : place,
  });
});
