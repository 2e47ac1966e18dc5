/** A bug that somebody could make, and the tests that must go red for it. */
export interface Mutation {
  readonly bug: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  readonly tests: readonly string[];
}

export const mutations: readonly Mutation[] = [
  {
    bug: "contacts without our marker are taken for ours",
    file: "src/plan/diff-book.ts",
    find: "return ownsAll || isOwnedBy(live, owner);",
    replace: "return ownsAll || live.marker === null || isOwnedBy(live, owner);",
    tests: ["test/plan/laws.test.ts", "test/plan/diff-book.test.ts"],
  },
  {
    bug: "a contact of another sync is taken for ours",
    file: "src/model/user-copy.ts",
    find: "marker?.owner === owner && !isReleased(marker)",
    replace: "marker !== null && owner.length > 0 && !isReleased(marker)",
    tests: ["test/plan/laws.test.ts", "test/plan/diff-book.test.ts"],
  },
  {
    bug: "of two duplicates the newer one stays",
    file: "src/model/order.ts",
    find: "byCodeUnit(one.createdAt, other.createdAt)",
    replace: "byCodeUnit(other.createdAt, one.createdAt)",
    tests: ["test/plan/match-contacts.test.ts", "test/plan/laws.test.ts"],
  },
  {
    bug: "a create whose answer was lost is sent again blindly",
    file: "src/http/retry.ts",
    find: 'if (obstacle.outcome === "unknown" && !request.repeatable) return null;',
    replace: "",
    tests: ["test/http/graph/retry.test.ts"],
  },
  {
    bug: "a mail contact whose making was in doubt is not looked for",
    file: "src/targets/mail-contacts/create-contact.ts",
    find: "const contact = await lookFor(change, waitAfter(answer, attempt), making);",
    replace: "const contact = null as Awaited<ReturnType<typeof lookFor>>;",
    tests: ["test/targets/mail-contacts/creating.test.ts"],
  },
  {
    bug: "one more than the limit is let through",
    file: "src/plan/limits.ts",
    find: "if (found <= allowed) return null;",
    replace: "if (found <= allowed + 1) return null;",
    tests: ["test/plan/limits.test.ts"],
  },
  {
    bug: "a source that gives nobody is not refused",
    file: "src/plan/limits.ts",
    find: "if (facts.emptySources.length > 0 &&",
    replace: "if (facts.emptySources.length > 99 &&",
    tests: ["test/plan/limits.test.ts"],
  },
  {
    bug: "removing everything is not refused",
    file: "src/plan/limits.ts",
    find: "if (count.keptContacts === 0) {",
    replace: "if (count.keptContacts < 0) {",
    tests: ["test/plan/limits.test.ts"],
  },
  {
    bug: "a step goes on before it is on the disk",
    file: "src/journal/write-journal.ts",
    find: "        await appender.flushed();\n        return numbers;",
    replace: "        return numbers;",
    tests: ["test/journal/append-lines.test.ts", "test/journal/journal.test.ts"],
  },
  {
    bug: "a mail contact is changed although somebody changed it since the plan",
    file: "src/targets/mail-contacts/decide.ts",
    find: "current.version !== change.live.version",
    replace: "false",
    tests: ["test/targets/mail-contacts/contract.test.ts"],
  },
  {
    bug: "a contact in a mailbox is changed although somebody changed it since the plan",
    file: "src/targets/mailbox-contacts/write/decide.ts",
    find: "return live.version === current.version && live.marker?.owner === current.marker?.owner;",
    replace: "return live.marker?.owner === current.marker?.owner;",
    tests: ["test/targets/mailbox-contacts/decide.test.ts"],
  },
  {
    bug: "a page without a usable next page is taken for the last one",
    file: "src/http/graph/pages.ts",
    find: "if (next !== null && !isLink(next, visited)) {",
    replace: "if (next !== null && !isLink(next, visited)) return; else if (next === 0) {",
    tests: ["test/http/graph/pages.test.ts"],
  },
  {
    bug: "some mailboxes that fail one after the other stop all others",
    file: "src/concurrency/circuit.ts",
    find: "(alike.get(last) ?? 0) * 2 > all ? last : null",
    replace: "last",
    tests: ["test/concurrency/circuit.test.ts"],
  },
  {
    bug: "what whoever answers quotes of a token is told",
    file: "src/http/without-secrets.ts",
    find: '.replaceAll(bearer, "$1***")',
    replace: "",
    tests: ["test/http/without-secrets.test.ts"],
  },
];
