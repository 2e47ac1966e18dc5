import { createHash } from "node:crypto";
import type { BookRef } from "../../src/model/book.ts";
import type { ContactFields, DesiredContact, LiveContact } from "../../src/model/contact.ts";
import { encodeDigest } from "../../src/model/digest.ts";
import type { HashValue } from "../../src/model/digest.ts";
import type { BookPlan, Change, PlanEnd, PlanHeader, PlanRecord } from "../../src/model/plan.ts";
import { createPlanId } from "../../src/plan-format/plan-id.ts";
import type { DiffInput } from "../../src/plan/diff-book.ts";
import { diffBook } from "../../src/plan/diff-book.ts";
import { createSummary } from "../../src/plan/summary.ts";

/** The sync of these tests, and somebody else's. */
export const owner = "0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11";
export const otherOwner = "11111111-2222-4333-8444-555555555555";

export const hash: HashValue = (value) =>
  createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 6);

export const ann: ContactFields = {
  displayName: "Ann Ek",
  givenName: "Ann",
  surname: "Ek",
  emailAddresses: ["ann@contoso.com"],
  businessPhones: ["+48 22 100 10 01"],
  jobTitle: "Engineer",
};
export const bo: ContactFields = {
  displayName: "Bo Li",
  givenName: "Bo",
  surname: "Li",
  emailAddresses: ["bo@contoso.com"],
  businessPhones: [],
  jobTitle: "Accountant",
};
export const chandra: ContactFields = {
  displayName: "Chandra",
  emailAddresses: ["chandra@fabrikam.com"],
  jobTitle: "Lead",
};

/** A contact that a sync wants; its key is `<tenant>/<id>`. */
export function desired(id: string, fields: ContactFields): DesiredContact {
  return {
    key: `contoso/${id}`,
    displayName: fields.displayName ?? id,
    addresses: (fields.emailAddresses ?? []).map((address) => address.toLowerCase()),
    fields,
    digest: encodeDigest(fields, hash),
  };
}

/** A contact as galops wrote it for `id`, and what somebody made of it since. */
export function live(
  id: string,
  fields: ContactFields,
  since: Partial<Omit<LiveContact, "fields">> & { readonly edits?: ContactFields } = {},
): LiveContact {
  const { edits, ...rest } = since;
  const { photo = "", ...visible } = fields;
  return {
    id: `live-${id}`,
    version: "1",
    createdAt: "2026-01-01T00:00:00Z",
    marker: { owner, key: `contoso/${id}`, digest: encodeDigest(fields, hash), photo, hiddenSince: "" },
    fields: { ...visible, ...edits },
    untouchable: null,
    ...rest,
  };
}

export function diff(
  input: Partial<DiffInput> & Pick<DiffInput, "desired" | "live">,
): ReturnType<typeof diffBook> {
  return diffBook({
    owner,
    isWhole: true,
    isOurs: true,
    policy: "sync",
    deletion: { kind: "now" },
    ownsAll: false,
    today: "2026-03-01",
    fieldPolicy: () => "overwrite",
    hash,
    ...input,
  });
}

/** Actions with keys and reasons, short enough to compare. */
export function briefly(changes: readonly Change[]): readonly string[] {
  return changes.map(
    ({ action, key, reason, withheld }) =>
      `${action} ${key} ${reason}${withheld === null ? "" : " withheld"}`,
  );
}

export function book(mailbox: string, more: Partial<BookRef> = {}): BookRef {
  return {
    id: `id-of-${mailbox}`,
    mailbox,
    folder: "Contoso directory",
    person: null,
    ...more,
  };
}

export function bookPlan(ref: BookRef, plan: Partial<BookPlan> = {}): BookPlan {
  return { book: ref, unchanged: 0, unmanaged: 0, problem: null, changes: [], ...plan };
}

export interface SyncPlan {
  readonly name: string;
  readonly books: readonly BookPlan[];
}

const header: PlanHeader = {
  type: "plan",
  configDigest: "sha256:c0",
  createdAt: "",
  allowances: [],
  mailboxes: null,
};

/** A whole plan of these syncs, its end as it must be. */
export function planOf(
  syncs: readonly SyncPlan[],
  end: Partial<PlanEnd> = {},
  createdAt = "2026-03-01T08:00:00Z",
): readonly PlanRecord[] {
  const records: PlanRecord[] = [{ ...header, createdAt }];
  const summary = createSummary();
  for (const { name, books } of syncs) {
    records.push({ type: "sync", name, kind: "mailbox-contacts", tenant: "contoso", owner });
    for (const plan of books) {
      records.push({ type: "book", sync: name, ...plan });
      summary.add(plan);
    }
  }
  const id = createPlanId();
  for (const record of records) id.add(record);
  records.push({
    type: "end",
    id: id.id(),
    summary: summary.summary(),
    diagnostics: [],
    refusals: [],
    forecastSeconds: null,
    ...end,
  });
  return records;
}

// An async generator is what the program gives and takes; there is nothing to wait for here.
export async function* streamed<Item>(items: Iterable<Item>): AsyncIterable<Item> {
  yield* items;
}

export async function joined(parts: AsyncIterable<string>): Promise<string> {
  return (await collected(parts)).join("");
}

export async function collected<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
