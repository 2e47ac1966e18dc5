import type { CompiledSync } from "../../src/desired/compile-sync.ts";
import { compileSync } from "../../src/desired/compile-sync.ts";
import type { BookProblem, BookRef, SkippedBook } from "../../src/model/book.ts";
import { BookError } from "../../src/model/book.ts";
import type { MailboxContactsSync } from "../../src/model/config.ts";
import { contactFieldNames } from "../../src/model/contact-fields.ts";
import type { LiveContact } from "../../src/model/contact.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import type { Person } from "../../src/model/person.ts";
import type { BookRecord, PlanEnd, PlanRecord } from "../../src/model/plan.ts";
import type { Source } from "../../src/model/source.ts";
import type { Target } from "../../src/model/target.ts";
import type { PlanInput, PlanProgress } from "../../src/reconcile/plan-input.ts";
import { planSyncs } from "../../src/reconcile/plan-syncs.ts";
import { person as emptyPerson, syncConfig as oneSync } from "../fakes/people.ts";

export const place = { file: "galops.yaml", line: 1, column: 1 };
export const tenantId = "5b0c4f7e-0000-4000-8000-0000000000c0";

export function person(id: string, given: Partial<Person> = {}): Person {
  return emptyPerson({ key: `${tenantId}/${id}`, id, mail: `${id}@contoso.com`, displayName: id, ...given });
}

export const ann = person("ann", { displayName: "Ann Ek", givenName: "Ann", surname: "Ek" });
export const bo = person("bo", { displayName: "Bo Li", givenName: "Bo", surname: "Li" });
export const chandra = person("chandra", { displayName: "Chandra", givenName: "Chandra" });

export function syncConfig(name: string, given: Partial<MailboxContactsSync> = {}): MailboxContactsSync {
  const base = oneSync({});
  return {
    ...base,
    name,
    owner: `0d9f6c3a-5a39-4a53-9b1a-${Buffer.from(name).toString("hex").padStart(12, "0").slice(-12)}`,
    to: { ...base.to, folder: "Directory" },
    ...given,
  };
}

export async function compiled(sync: MailboxContactsSync): Promise<CompiledSync> {
  const result = await compileSync(sync, new Map());
  if (result.compiled === null) throw new Error(result.diagnostics.map(({ detail }) => detail).join(" "));
  return result.compiled;
}

/** A source that gives these people, and how often it was read. */
export function sourceOf(
  people: readonly Person[],
  failure?: Error,
): Source & { readonly reads: () => number } {
  let reads = 0;
  return {
    reads: () => reads,
    async *people(signal) {
      signal.throwIfAborted();
      reads++;
      yield* people;
      if (failure !== undefined) throw failure;
    },
  };
}

export function book(owner: Person, given: Partial<BookRef> = {}): BookRef {
  return { id: owner.id, mailbox: owner.mail, folder: "Directory", person: owner, ...given };
}

export function targetOf(
  books: readonly (BookRef | SkippedBook)[],
  read: (book: BookRef) => readonly LiveContact[] | Promise<readonly LiveContact[]> = () => [],
): Target {
  return {
    fields: contactFieldNames,
    canonicalize: (fields) => ({ fields, warnings: [] }),
    async *books(signal) {
      signal.throwIfAborted();
      yield* books;
    },
    read: async (ref) => ({ live: await read(ref), isWhole: true, isOurs: true }),
    conflicts: () => Promise.resolve([]),
    forecastSeconds: () => null,
  };
}

export function unreadable(severity: BookProblem["severity"] = "error"): BookError {
  return new BookError({ severity, code: "mailbox-access-denied", message: "Access is denied." });
}

export interface Planned {
  readonly records: readonly PlanRecord[];
  readonly books: readonly BookRecord[];
  readonly end: PlanEnd;
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  readonly progress: readonly PlanProgress[];
}

/** Plans with what is given; by default the sync `phones` of Ann and Bo to both of their mailboxes. */
export async function plan(given: Partial<PlanInput> = {}): Promise<Planned> {
  const input = await inputOf(given);
  return await planned((onProgress) => planSyncs({ ...input, onProgress }));
}

export async function inputOf(given: Partial<PlanInput> = {}): Promise<PlanInput> {
  const target = targetOf([book(ann), book(bo)]);
  const source = sourceOf([ann, bo]);
  return {
    configDigest: "sha256:1",
    syncs: [await compiled(syncConfig("phones"))],
    source: () => source,
    target: () => target,
    tenant: ({ to }) => to.tenant,
    mailboxes: null,
    sweep: false,
    allowances: [],
    parallelism: 8,
    diagnostics: [],
    explain: () => null,
    clock: { now: () => 0, sleep: () => Promise.resolve() },
    signal: new AbortController().signal,
    onProgress: () => {},
    ...given,
  };
}

/** A plan taken to its end. */
export async function planned(
  make: (onProgress: PlanInput["onProgress"]) => AsyncIterable<PlanRecord>,
): Promise<Planned> {
  const progress: PlanProgress[] = [];
  const records: PlanRecord[] = [];
  for await (const record of make((step) => progress.push(step))) records.push(record);
  const end = records.at(-1);
  if (end?.type !== "end") throw new Error("The plan has no end.");
  return {
    records,
    books: records.filter((record) => record.type === "book"),
    end,
    errors: end.diagnostics.filter(({ severity }) => severity === "error"),
    warnings: end.diagnostics.filter(({ severity }) => severity === "warning"),
    progress,
  };
}
