import { expect, test } from "vitest";
import { findUsers } from "../../src/directory/find-users.ts";
import { userSelect } from "../../src/directory/users.ts";
import type { GraphUser } from "../../src/directory/users.ts";
import type { Named } from "../../src/model/config.ts";
import { refusal, scriptedGraph } from "../fakes/scripted-graph.ts";
import type { ScriptedGraph } from "../fakes/scripted-graph.ts";
import { named, user } from "../sources/world.ts";

const signal = new AbortController().signal;
const id = "7f3e0000-0000-4000-8000-00000000000a";
const none = { pages: [[]] };

function by(clause: string): string {
  return `/users?$filter=${clause}&$select=${userSelect}`;
}

async function findUser(graph: ScriptedGraph, name: Named): Promise<GraphUser | null | undefined> {
  return (await findUsers(graph, [name], signal))[0];
}

/** What is asked for a name, in order. */
function clauses(name: string): readonly string[] {
  return [
    by(`userPrincipalName eq '${name}'`),
    by(`mail eq '${name}'`),
    by(`proxyAddresses/any(p:p eq 'smtp:${name}')`),
  ];
}

test("a user is found by object id; nobody is null, a refusal is an error", async () => {
  const url = `/users/${id}?$select=${userSelect}`;
  expect(await findUser(scriptedGraph({ [url]: { body: user(id) } }), named(id))).toMatchObject({
    id,
  });
  const gone = scriptedGraph({ [url]: refusal(404, "Request_ResourceNotFound") });
  expect(await findUser(gone, named(id))).toBeNull();
  const closed = scriptedGraph({ [url]: refusal(403, "Authorization_RequestDenied") });
  await expect(findUser(closed, named(id, 7))).rejects.toMatchObject({
    name: "DirectoryError",
    code: "graph-permission-missing",
    place: { line: 7 },
  });
});

test("a user is found by principal name, then by mail, then by proxy address, whatever the case", async () => {
  const name = "Ann.O'Ek#EXT#@contoso.com";
  const text = "'Ann.O''Ek#EXT#@contoso.com'";
  const upn = `userPrincipalName eq ${text}`;
  const mail = `mail eq ${text}`;
  const proxy = "proxyAddresses/any(p:p eq 'smtp:Ann.O''Ek#EXT#@contoso.com')";
  const asUpn = user("ann", { userPrincipalName: name.toLowerCase() });
  expect(await findUser(scriptedGraph({ [by(upn)]: { pages: [[asUpn]] } }), named(name))).toMatchObject({
    id: "ann",
  });

  const asMail = user("ann", { mail: name.toUpperCase() });
  const byMail = scriptedGraph({ [by(upn)]: none, [by(mail)]: { pages: [[asMail]] } });
  expect(await findUser(byMail, named(name))).toMatchObject({ id: "ann" });

  const asProxy = user("ann", { proxyAddresses: [`smtp:${name}`] });
  const byProxy = scriptedGraph({ [by(upn)]: none, [by(mail)]: none, [by(proxy)]: { pages: [[asProxy]] } });
  expect(await findUser(byProxy, named(name))).toMatchObject({ id: "ann" });
});

test("many names are answered in their order, null where there is nobody", async () => {
  const [bo, ...otherBo] = clauses("bo@contoso.com");
  const nobody = clauses("nobody@contoso.com");
  const script = Object.fromEntries(nobody.map((url) => [url, none]));
  const graph = scriptedGraph({
    ...script,
    [`${bo}`]: { pages: [[user("bo")]] },
    [`/users/${id}?$select=${userSelect}`]: { body: user(id) },
  });
  const names = [named("nobody@contoso.com"), named(id), named("bo@contoso.com")];
  expect((await findUsers(graph, names, signal)).map((found) => found?.id ?? null)).toEqual([null, id, "bo"]);
  expect(graph.asked).not.toContain(otherBo[0]);
  expect(await findUsers(graph, [], signal)).toEqual([]);
});

test("an address that several users have is an error", async () => {
  const name = "info@contoso.com";
  const two = [user("b", { mail: name }), user("a", { mail: name })];
  const graph = scriptedGraph({
    [by(`userPrincipalName eq '${name}'`)]: none,
    [by(`mail eq '${name}'`)]: { pages: [two] },
  });
  await expect(findUser(graph, named(name))).rejects.toMatchObject({
    code: "user-ambiguous",
    detail: expect.stringContaining("2 users: a, b.") as unknown,
  });
});

test("users that Graph gives although they have another address are not taken", async () => {
  const name = "ann@contoso.com";
  const answer = { pages: [[user("bo"), user("chandra")]] };
  const graph = scriptedGraph({
    [by(`userPrincipalName eq '${name}'`)]: answer,
    [by(`mail eq '${name}'`)]: answer,
    [by(`proxyAddresses/any(p:p eq 'smtp:${name}')`)]: answer,
  });
  expect(await findUser(graph, named(name))).toBeNull();
});

test("a user who stands on a later page is found, and a first page that is empty is not the end", async () => {
  const name = "ann@contoso.com";
  const ann = user("ann", { userPrincipalName: name });
  const [byPrincipalName = ""] = clauses(name);
  const graph = scriptedGraph({ [byPrincipalName]: { pages: [[], [ann]] } });
  expect(await findUser(graph, named(name))).toMatchObject({ id: "ann" });
});

test("a 404 that is not the directory's is no answer, and nobody is taken for unknown", async () => {
  const url = `/users/${id}?$select=${userSelect}`;
  const graph = scriptedGraph({ [url]: refusal(404, "http-404") });
  await expect(findUser(graph, named(id))).rejects.toMatchObject({ code: "graph-failed" });
});
