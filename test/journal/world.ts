import { expect } from "vitest";
import type { BookRef } from "../../src/model/book.ts";
import type { ContactFields, Marker } from "../../src/model/contact.ts";
import type { JournaledStep, Picture, RunJournal, StepResult, WriteStep } from "../../src/model/journal.ts";
import type { RunEnd, RunHeader } from "../../src/model/run.ts";

export const owner = "0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11";
export const tenantId = "5b0c4f7e-0000-4000-8000-0000000000c0";
export const run = "20261124T080000Z-3f1c";
export const noKeys = { identity: "", passphrase: "" };

export const header: RunHeader = {
  run,
  command: "apply",
  started: "2026-11-24T08:00:00.000Z",
  configDigest: "sha256:1",
  version: "0.1.0",
  syncs: [{ name: "phones", kind: "mailbox-contacts", tenant: "contoso", tenantId, owner }],
  undoes: null,
};

export const end: RunEnd = {
  ended: "2026-11-24T08:01:00.000Z",
  summary: { created: 1, updated: 1, deleted: 1, adopted: 0, failed: 1, skipped: 0 },
  interrupted: false,
};

export function bookOf(name: string): BookRef {
  return {
    id: `id-${name}`,
    mailbox: `${name}@contoso.com`,
    folder: "Directory",
    person: null,
  };
}

export function markerOf(who: string, more: Partial<Marker> = {}): Marker {
  return {
    owner,
    key: `${tenantId}/${who}`,
    digest: `digest of ${who}`,
    photo: "",
    hiddenSince: "",
    ...more,
  };
}

export const picture: Picture = {
  bytes: Buffer.from([0xff, 0xd8, 0xff, 0, 10, 13, 200]),
  contentType: "image/jpeg",
};

const who = (name: string) => ({ key: `${tenantId}/${name}`, displayName: name });

const boFields: ContactFields = {
  displayName: 'Bo "Li"\n\u2028\u202E\uD800',
  emailAddresses: ["bo@contoso.com"],
  businessPhones: ["1", "2"],
};

/** One step of each kind in two mailboxes, and what became of it. */
export const someSteps: readonly (readonly [
  mailbox: string,
  step: WriteStep,
  result: Omit<StepResult, "step"> | null,
])[] = [
  ["ann", { action: "folder", before: null, after: "Directory" }, result("done")],
  [
    "ann",
    {
      action: "create",
      ...who("cai"),
      after: { fields: { displayName: "Cai", jobTitle: "" }, marker: markerOf("cai") },
    },
    result("done", { id: "id=1", version: "v2", fields: { displayName: "Cai", fileAs: "Cai" } }),
  ],
  [
    "bo",
    {
      action: "create",
      ...who("cai"),
      after: { fields: { displayName: "Cai", jobTitle: "" }, marker: markerOf("cai") },
    },
    null,
  ],
  [
    "ann",
    {
      action: "update",
      ...who("bo"),
      before: { id: "id=2", version: "v1", marker: markerOf("bo"), fields: boFields },
      after: { fields: { jobTitle: "Lead", businessPhones: [] }, marker: markerOf("bo", { digest: "new" }) },
    },
    result("done", { id: "id=2", version: "v3", fields: null }),
  ],
  [
    "ann",
    {
      action: "photo",
      ...who("bo"),
      id: "id=2",
      before: { photo: picture, fingerprint: "etag-1" },
      after: { fingerprint: "etag-2" },
    },
    { ...result("unknown"), requestId: "r-5", code: "timeout" },
  ],
  [
    "bo",
    {
      action: "delete",
      ...who("dee"),
      before: { id: "id=3", version: "v1", marker: markerOf("dee"), fields: boFields },
      photo: picture,
    },
    result("done"),
  ],
  [
    "bo",
    {
      action: "adopt",
      ...who("eve"),
      before: { id: "id=4", version: "", marker: null, fields: {} },
      after: { fields: {}, marker: markerOf("eve") },
    },
    { ...result("failed"), code: "ErrorAccessDenied" },
  ],
];

function result(status: StepResult["status"], after: StepResult["after"] = null): Omit<StepResult, "step"> {
  return { status, after, requestId: `request of ${status}`, code: "" };
}

/** Writes the steps above, each before its result. */
export async function writeSteps(journal: RunJournal): Promise<void> {
  for (const [mailbox, step, ended] of someSteps) {
    const book = journal.book("phones", bookOf(mailbox));
    const [number = -1] = await book.begin([step]);
    if (ended !== null) book.end([{ ...ended, step: number }]);
  }
}

/** The steps as they read back. */
export function expectSteps(read: readonly JournaledStep[]): void {
  expect(read).toEqual(
    someSteps.map(([mailbox, step, ended], at) => ({
      step: at + 1,
      sync: "phones",
      book: bookOf(mailbox),
      did: named(step),
      result: ended && { ...ended, step: at + 1 },
    })),
  );
}

function named(step: WriteStep): unknown {
  const photo = expect.stringMatching(/^[0-9a-f]{64}$/);
  if (step.action === "delete") return { ...step, photo };
  return step.action === "photo" ? { ...step, before: { ...step.before, photo } } : step;
}
