import { expect, test } from "vitest";
import type { BookRef, SkippedBook } from "../../../src/model/book.ts";
import type { MailboxSelection, Named } from "../../../src/model/config.ts";
import { TargetError } from "../../../src/model/target.ts";
import { mailboxContactsTarget } from "../../../src/targets/mailbox-contacts/target.ts";
import { userSelect } from "../../../src/directory/users.ts";
import { refusal, scriptedGraph } from "../../fakes/scripted-graph.ts";
import type { ScriptedAnswer } from "../../fakes/scripted-graph.ts";
import { named, urls, user } from "../../sources/world.ts";
import { syncConfig, targetConfig, tenantId } from "./world.ts";

const signal = new AbortController().signal;

/** Everybody whom the directory of these tests knows. */
const people = {
  ann: user("ann"),
  bo: user("bo", { proxyAddresses: ["SMTP:bo@contoso.com", "smtp:b.li@contoso.com"] }),
  info: user("info", { accountEnabled: false, assignedLicenses: [] }),
  left: user("left", { accountEnabled: false }),
  unlicensed: user("unlicensed", { assignedLicenses: [] }),
  guest: user("guest", { userType: "Guest" }),
};

function found(filter: string, users: readonly unknown[]): [string, ScriptedAnswer] {
  return [`/users?$filter=${filter}&$select=${userSelect}`, { pages: [users] }];
}

/** Finds these by their mail, which is their UPN as well; others nowhere. */
function byMail(...users: (keyof typeof people | "nobody")[]): Record<string, ScriptedAnswer> {
  const answers = users.flatMap((name): [string, ScriptedAnswer][] => {
    const mail = `${name}@contoso.com`;
    if (name !== "nobody") return [found(`userPrincipalName eq '${mail}'`, [people[name]])];
    return [
      found(`userPrincipalName eq '${mail}'`, []),
      found(`mail eq '${mail}'`, []),
      found(`proxyAddresses/any(p:p eq 'smtp:${mail}')`, []),
      [urls.groupByMail(mail), { pages: [[]] }],
      [urls.groupByProxy(mail), { pages: [[]] }],
      [urls.groupByName(mail), { pages: [[]] }],
    ];
  });
  return Object.fromEntries(answers);
}

const sales: Record<string, ScriptedAnswer> = {
  [urls.groupByName("sales")]: { pages: [[{ id: "g1", displayName: "sales", mail: null }]] },
  [urls.groupByName("nothing")]: { pages: [[]] },
  "/groups?$select=id,displayName,mail&$top=999": {
    pages: [[{ id: "g1", displayName: "sales", mail: null }]],
  },
  [`/groups/g1/transitiveMembers/microsoft.graph.user?$count=true&$select=${userSelect}&$top=999`]: {
    pages: [
      [people.ann, people.left],
      [people.guest, people.unlicensed, people.bo],
    ],
  },
  ["/groups/g1/transitiveMembers/microsoft.graph.user?$count=true&$select=id&$top=999"]: {
    pages: [[people.ann, people.left]],
  },
};
const everyone: Record<string, ScriptedAnswer> = {
  [`/users?$filter=accountEnabled eq true&$select=${userSelect}&$top=999`]: {
    pages: [Object.values(people)],
  },
};

async function books(
  mailboxes: Partial<MailboxSelection>,
  script: Record<string, ScriptedAnswer>,
  managers = false,
): Promise<readonly (BookRef | SkippedBook)[]> {
  const graph = scriptedGraph(script);
  const world = { graph, tenantId, managers };
  const target = mailboxContactsTarget(syncConfig(targetConfig(mailboxes)), world);
  const all: (BookRef | SkippedBook)[] = [];
  for await (const book of target.books(signal)) all.push(book);
  return all;
}

function names(all: readonly (BookRef | SkippedBook)[]): readonly string[] {
  return all.map((book) => ("problem" in book ? `${book.mailbox ?? ""}: ${book.problem.code}` : book.id));
}

test("a book is a user's mailbox, known by the user's id", async () => {
  const [book] = await books({ users: [named("ann@contoso.com")] }, byMail("ann"));
  expect(book).toMatchObject({
    id: "ann",
    mailbox: "ann@contoso.com",
    folder: "Contoso directory",
    person: { key: `${tenantId}/ann`, tenant: "contoso", mail: "ann@contoso.com" },
  });
});

test("who is named twice, or by two groups, is one book", async () => {
  const mailboxes = { users: [named("ann@contoso.com")], groups: [named("sales")], all: true };
  const all = await books(mailboxes, { ...byMail("ann"), ...sales, ...everyone });
  expect(names(all).filter((name) => !name.includes(":"))).toEqual(["ann", "bo"]);
});

test("of a group, guests and those without a usable mailbox are skipped with a reason", async () => {
  const all = await books({ groups: [named("sales")] }, sales);
  expect(names(all)).toEqual([
    "ann",
    "left@contoso.com: mailbox-not-usable",
    "guest@contoso.com: mailbox-not-usable",
    "unlicensed@contoso.com: mailbox-not-usable",
    "bo",
  ]);
});

test("of all, those without a usable mailbox are not meant, and nothing is said", async () => {
  expect(names(await books({ all: true }, everyone))).toEqual(["ann", "bo"]);
});

test("a shared mailbox, a disabled account without licence, is asked when it is named", async () => {
  const mailboxes = { users: [named("info@contoso.com"), named("guest@contoso.com")] };
  const all = await books(mailboxes, byMail("info", "guest"));
  expect(names(all)).toEqual(["info", "guest@contoso.com: mailbox-not-usable"]);
});

test("excluded users and groups get nothing, however they are named", async () => {
  const exclude = { users: [named("bo@contoso.com")], groups: [named("sales")] };
  const all = await books({ all: true, exclude }, { ...everyone, ...sales, ...byMail("bo") });
  expect(names(all)).toEqual([]);
});

test("a user who does not exist is skipped with a warning that says where they are named", async () => {
  const all = await books({ users: [named("nobody@contoso.com", 33)] }, byMail("nobody"));
  expect(all).toEqual([
    {
      mailbox: "nobody@contoso.com",
      problem: {
        severity: "warning",
        code: "mailbox-not-found",
        message:
          'The tenant has no user "nobody@contoso.com", which is named in galops.yaml, line 33. ' +
          "Check the spelling; if the person has left, remove the name from the config.",
        place: named("nobody@contoso.com", 33).place,
      },
    },
  ]);
});

test("an excluded user who does not exist is an error at its place, because it may be misspelled", async () => {
  const exclude = { users: [named("ann@contoso.com"), named("nobody@contoso.com", 37)], groups: [] };
  const failure = await books({ all: true, exclude }, { ...everyone, ...byMail("ann", "nobody") }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(TargetError);
  expect(failure).toMatchObject({
    diagnostic: {
      code: "excluded-mailbox-not-found",
      detail: expect.stringContaining('no user "nobody@contoso.com", which the config excludes') as string,
      place: { line: 37 },
    },
  });
});

test.each([
  ["included", { groups: [named("nothing", 41)] }],
  ["excluded", { all: true, exclude: { users: [], groups: [named("nothing", 41)] } }],
])("an unknown group that is %s is an error at its place", async (_, mailboxes) => {
  const failure = await books(mailboxes, { ...sales, ...everyone }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(TargetError);
  expect(failure).toMatchObject({ diagnostic: { code: "group-not-found", place: { line: 41 } } });
});

test.each([
  ["included", (who: Named) => ({ users: [who] })],
  ["excluded", (who: Named) => ({ all: true, exclude: { users: [who], groups: [] } })],
])(
  "a group that is %s as a user is an error at its place, for its members are meant",
  async (_, mailboxes) => {
    const mail = "nobody@contoso.com";
    const script = {
      ...everyone,
      ...byMail("nobody"),
      [urls.groupByMail(mail)]: { pages: [[{ id: "g1", mail }]] },
    };
    await expect(books(mailboxes(named(mail, 41)), script)).rejects.toMatchObject({
      diagnostic: {
        code: "group-named-as-user",
        place: { line: 41 },
        detail: expect.stringContaining("Move it from `users` to `groups`") as string,
      },
    });
  },
);

test("a page that fails leaves no half list", async () => {
  const url = `/users?$filter=accountEnabled eq true&$select=${userSelect}&$top=999`;
  const failure = refusal(403, "Authorization_RequestDenied");
  await expect(books({ all: true }, { [url]: { pages: [[people.ann]], failure } })).rejects.toMatchObject({
    diagnostic: { code: "graph-permission-missing" },
  });
});

test("whose mailbox it is has his manager and his groups where they are asked for", async () => {
  const manager = { displayName: "Bo Li", mail: "bo@contoso.com" };
  const script = {
    ...byMail("ann"),
    ...sales,
    ...everyone,
    [urls.managers]: { pages: [[{ id: "ann", manager }]] },
  };
  const mailboxes = { users: [named("ann@contoso.com")], groups: [named("sales")], all: true };
  const all = await books(mailboxes, script, true);
  const owners = all.flatMap((book) => ("problem" in book ? [] : (book.person ?? [])));
  expect(owners.map(({ id, managerMail, groups }) => [id, managerMail, groups])).toEqual([
    ["ann", "bo@contoso.com", ["sales"]],
    ["bo", "", ["sales"]],
  ]);
  const others = await books({ all: true }, { ...everyone, [urls.managers]: { pages: [[]] } }, true);
  expect(others).toMatchObject([{ person: { groups: [] } }, { person: { groups: [] } }]);
});

test("managers that could not all be read are an error at the sync, not mailboxes without a manager", async () => {
  const failure = refusal(500, "InternalServerError");
  const script = { ...byMail("ann"), [urls.managers]: { pages: [[{ id: "bo" }]], failure } };
  await expect(books({ users: [named("ann@contoso.com")] }, script, true)).rejects.toMatchObject({
    diagnostic: { code: "graph-failed", place: syncConfig().place },
  });
});

test("all other mailboxes are those of accounts that may have one and that the config does not name", async () => {
  const graph = scriptedGraph({
    ...sales,
    [`/users?$select=${userSelect}&$top=999`]: {
      pages: [Object.values(people), [user("no", { mail: null, assignedLicenses: [] })]],
    },
  });
  const target = mailboxContactsTarget(syncConfig(targetConfig({ groups: [named("sales")] })), {
    graph,
    tenantId,
    managers: false,
  });
  const known = new Set<string>();
  for await (const book of target.books(signal)) known.add("id" in book ? book.id : (book.account ?? ""));
  const former: BookRef[] = [];
  for await (const book of target.formerBooks?.(known, signal) ?? []) former.push(book);
  // Left and unlicensed are in the group, though they cannot be written to now.
  expect(former).toMatchObject([{ id: "info", mailbox: "info@contoso.com", former: true }]);
});
