import path from "node:path";
import { onTestFinished } from "vitest";
import { applyPlan } from "../../src/apply/apply-plan.ts";
import { createGraphClient } from "../../src/http/graph/graph-client.ts";
import { journalPlace } from "../../src/journal/run-folder.ts";
import { readJournal } from "../../src/journal/read-journal.ts";
import type { RunRecord } from "../../src/journal/read-journal.ts";
import { createJournal } from "../../src/journal/write-journal.ts";
import type { FileJournal } from "../../src/journal/write-journal.ts";
import type { ApplyResult } from "../../src/model/apply-result.ts";
import type { SyncConfig } from "../../src/model/config.ts";
import { contactFieldNames } from "../../src/model/contact-fields.ts";
import type { Fetch } from "../../src/model/context.ts";
import type { ContactFields, DesiredContact, LiveContact } from "../../src/model/contact.ts";
import type { Picture } from "../../src/model/journal.ts";
import { byCodeUnit } from "../../src/model/order.ts";
import type { BookPlan, Change, PlanRecord } from "../../src/model/plan.ts";
import type { RunHeader } from "../../src/model/run.ts";
import type { TargetWriter } from "../../src/model/target.ts";
import { parseAllowances } from "../../src/plan/allowances.ts";
import { createSandboxFile } from "../../src/sandbox/create.ts";
import { copyContact, deleteContact, editContact } from "../../src/sandbox/admin/edit-contacts.ts";
import { plainJpeg } from "../../src/sandbox/cast/plain-jpeg.ts";
import { openSandbox } from "../../src/sandbox/sandbox.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Contact } from "../../src/sandbox/tenant/tenant.ts";
import type { PhotoOf } from "../../src/targets/mailbox-contacts/write/load-photos.ts";
import { mailboxContactsWriter } from "../../src/targets/mailbox-contacts/write/writer.ts";
import { historiesOf } from "../../src/undo/history.ts";
import { noOtherRuns } from "../../src/undo/other-runs.ts";
import { parsePhotoName } from "../../src/undo/photo-name.ts";
import { planRollback } from "../../src/undo/plan-rollback.ts";
import { desiredIn, planBook } from "../contract/target.ts";
import type { TargetWorld } from "../contract/target.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { manualClock } from "../fakes/manual-clock.ts";
import { bookRef, owner, syncConfig, targetConfig } from "../targets/mailbox-contacts/world.ts";

const at = "2026-11-24T12:00:00Z";
const unaborted = new AbortController().signal;
const noKeys = { identity: "", passphrase: "" };

export const pictures: Readonly<Record<string, Picture>> = {
  "etag-1": { bytes: plainJpeg(96, { red: 200, green: 10, blue: 10 }), contentType: "image/jpeg" },
  "etag-2": { bytes: plainJpeg(96, { red: 10, green: 200, blue: 10 }), contentType: "image/jpeg" },
  own: { bytes: plainJpeg(96, { red: 10, green: 10, blue: 200 }), contentType: "image/jpeg" },
};

/** One mailbox of a sandbox, runs that are written down, and rollbacks of them. */
export interface UndoWorld {
  readonly book: ReturnType<typeof bookRef>;
  person(name: string, fields?: ContactFields, key?: string): DesiredContact;
  /** Makes the book as desired and writes it down. @param fetch - how the tenant is reached; absent: directly */
  run(
    desired: readonly DesiredContact[],
    fetch?: Fetch,
  ): Promise<{ readonly result: ApplyResult; readonly run: string }>;
  plan(run: string): Promise<readonly PlanRecord[]>;
  rollback(run: string, fetch?: Fetch): Promise<{ readonly result: ApplyResult; readonly run: string }>;
  /** Name of the run that was begun last. */
  lastRun(): string;
  read(run: string): Promise<RunRecord>;
  /** All contacts of the mailbox as the service keeps them, but for ids, versions and times. */
  contacts(): readonly unknown[];
  live(): Promise<readonly LiveContact[]>;
  /** What the user does by hand. */
  edit(name: string, values: Parameters<typeof editContact>[3]): void;
  remove(name: string): void;
  copy(name: string): void;
  setPicture(name: string, picture: Picture | null): void;
  readonly fetch: Fetch;
}

export async function undoWorld(folder: string | null = "Directory"): Promise<UndoWorld> {
  const place = temporaryFolder();
  const file = path.join(place, "contoso.tenant.json");
  const made = createSandboxFile(file, { seed: 3, users: 3 });
  const ann = [...made.users.keys()][0] ?? "";
  const clock = manualClock();
  const sandbox = await openSandbox(file, { clock, random: () => 0.5 });
  onTestFinished(() => sandbox.close());
  const sync = syncConfig(targetConfig({}, folder));
  const book = bookRef(folder, ann);
  const hand = { mailbox: ann, at };
  let runs = 0;
  let rollbacksBegun = 0;
  let rollbacksEnded = 0;

  function writerOver(fetch: Fetch, photo: PhotoOf): TargetWriter {
    const graph = createGraphClient({
      baseUrl: "https://graph.sandbox.invalid",
      fetch,
      token: { token: () => Promise.resolve("t") },
      clock,
      random: () => 0.5,
    });
    return mailboxContactsWriter(sync, { graph, tenantId: made.tenantId, clock, photo });
  }
  const fromSource: PhotoOf = async ({ fields }) => pictures[fields.photo ?? ""] ?? null;
  const world: TargetWorld = {
    owner,
    book,
    isOurs: true,
    writer: writerOver(sandbox.fetch, fromSource),
    everyField: {},
    needed: () => ({}),
    foreign: () => Promise.resolve([]),
    edit: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    copy: () => Promise.resolve(),
  };
  const inPlace = journalPlace(place, null);
  const fileOf = (run: string): string => path.join(inPlace.folder, run, "journal.ndjson");

  async function open(command: RunHeader["command"], undoes: string | null): Promise<FileJournal> {
    const run = `20261124T0800${String(++runs).padStart(2, "0")}Z-0000`;
    const { name, to } = sync;
    const synced = { name, kind: to.kind, tenant: to.tenant, tenantId: made.tenantId, owner };
    const started = new Date(clock.now()).toISOString();
    const header = {
      run,
      command,
      started,
      configDigest: "sha256:1",
      version: "0.1.0",
      syncs: [synced],
      undoes,
    };
    const journal = await createJournal(inPlace, header, null);
    onTestFinished(() => journal.close());
    return journal;
  }
  async function make(records: AsyncIterable<PlanRecord>, writer: TargetWriter, journal: FileJournal) {
    const run = path.basename(path.dirname(journal.path));
    const result = await applyPlan(records, {
      run,
      writer: () => writer,
      journal,
      parallelism: 4,
      explain: () => null,
      signal: unaborted,
      onBug(error) {
        throw error;
      },
      onProgress: () => {},
    });
    await journal.end({ ended: at, summary: result.summary, interrupted: false });
    await journal.close();
    return { result, run };
  }
  async function read(run: string): Promise<RunRecord> {
    const record = await readJournal(fileOf(run), noKeys);
    onTestFinished(() => record.close());
    return record;
  }
  function rollbackOf({ header, steps }: RunRecord, target: TargetWriter, allow: readonly string[] = []) {
    const books = historiesOf(steps);
    return planRollback({
      run: header.run,
      isRetry: rollbacksBegun > rollbacksEnded,
      others: noOtherRuns,
      configDigest: "sha256:1",
      syncs: [{ sync, target, books }],
      allowances: parseAllowances(allow, [sync.name]).allowances,
      parallelism: 4,
      explain: () => null,
      clock,
      signal: unaborted,
      onProgress: () => {},
    });
  }

  return {
    book,
    fetch: sandbox.fetch,
    person(name, fields = {}, key = name) {
      const [givenName = "", surname = ""] = name.split(" ");
      const emailAddresses = [`${givenName.toLowerCase()}@contoso.com`];
      return desiredIn(world, key, {
        displayName: name,
        givenName,
        surname,
        emailAddresses,
        jobTitle: "",
        ...fields,
      });
    },
    async run(desired, fetch = sandbox.fetch) {
      const changes = await planBook(world, desired);
      return await make(
        planOf(sync, book, changes),
        writerOver(fetch, fromSource),
        await open("apply", null),
      );
    },
    lastRun: () => `20261124T0800${String(runs).padStart(2, "0")}Z-0000`,
    read,
    async plan(run) {
      const records: PlanRecord[] = [];
      for await (const record of rollbackOf(await read(run), world.writer)) records.push(record);
      return records;
    },
    async rollback(run, fetch = sandbox.fetch) {
      const record = await read(run);
      const photo: PhotoOf = async ({ fields }) => {
        const name = parsePhotoName(fields.photo ?? "");
        return name && { ...(await record.picture(name.hash)), fingerprint: name.fingerprint };
      };
      const writer = writerOver(fetch, photo);
      const plan = rollbackOf(record, writer);
      rollbacksBegun++;
      const ended = await make(plan, writer, await open("rollback", run));
      rollbacksEnded++;
      return ended;
    },
    contacts: () => contactsIn(sandbox, ann),
    async live() {
      return (await world.writer.read(book, contactFieldNames, unaborted)).live;
    },
    edit: (name, values) => editContact(sandbox.store, hand, name, values),
    remove: (name) => deleteContact(sandbox.store, hand, name),
    copy: (name) => void copyContact(sandbox.store, hand, name),
    setPicture(name, picture) {
      const contact = [...(sandbox.store.state.mailboxes.get(ann)?.contacts.values() ?? [])].find(
        ({ displayName }) => displayName === name,
      );
      if (contact === undefined) throw new Error(`There is no contact ${name}.`);
      const { photo: _photo, ...bare } = contact;
      const base64 = picture && Buffer.from(picture.bytes).toString("base64");
      const photo =
        base64 === null ? {} : { photo: { contentType: "image/jpeg", width: 96, height: 96, base64 } };
      const value = { ...bare, ...photo, version: contact.version + 1 } as Contact;
      sandbox.store.commit([{ put: "contact", user: ann, value }]);
    },
  };
}

function contactsIn(sandbox: Sandbox, user: string): readonly unknown[] {
  const contacts = [...(sandbox.store.state.mailboxes.get(user)?.contacts.values() ?? [])];
  const texts = contacts.map((contact) => {
    const { id: _1, version: _2, createdDateTime: _3, lastModifiedDateTime: _4, folder, ...kept } = contact;
    const sorted = Object.entries({ ...kept, isInFolder: folder !== undefined }).toSorted(([one], [other]) =>
      byCodeUnit(one, other),
    );
    return JSON.stringify(Object.fromEntries(sorted));
  });
  return texts.toSorted(byCodeUnit).map((text) => JSON.parse(text) as unknown);
}

async function* planOf(
  sync: SyncConfig,
  book: BookPlan["book"],
  changes: readonly Change[],
): AsyncGenerator<PlanRecord> {
  const { name, to } = sync;
  yield { type: "plan", configDigest: "", createdAt: "", allowances: [], mailboxes: null };
  yield { type: "sync", name, kind: to.kind, tenant: to.tenant, owner };
  yield { type: "book", sync: name, book, unchanged: 0, unmanaged: null, problem: null, changes };
  const summary = { create: 0, update: 0, delete: 0, adopt: 0, withheld: 0, unchanged: 0, unmanaged: 0 };
  yield { type: "end", id: "", summary, diagnostics: [], refusals: [], forecastSeconds: null };
}

/** Somebody pulls the plug after so many requests; what a batch holds counts one by one, and may be served in part. */
export function dyingFetch(
  fetch: Fetch,
  lives: number,
  lastAnswer: "given" | "lost",
): { readonly fetch: Fetch; readonly died: Promise<void> } {
  const { promise: died, resolve } = Promise.withResolvers<void>();
  const never = (): Promise<never> => {
    resolve();
    return new Promise(() => {});
  };
  let left = lives;
  return {
    died,
    async fetch(url, init) {
      if (left <= 0) return await never();
      const batch = url.endsWith("/$batch")
        ? (JSON.parse(String(init.body)) as { requests: unknown[] })
        : null;
      const units = batch?.requests.length ?? 1;
      const isCut = units > left;
      const body = isCut ? JSON.stringify({ requests: batch?.requests.slice(0, left) }) : init.body;
      left -= units;
      const response = await fetch(url, { ...init, ...(body === undefined ? {} : { body }) });
      return isCut || (left === 0 && lastAnswer === "lost") ? await never() : response;
    },
  };
}
