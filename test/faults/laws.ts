import { readdirSync } from "node:fs";
import path from "node:path";
import { readJournal } from "../../src/journal/read-journal.ts";
import type { PlanRecord } from "../../src/model/plan.ts";
import { noKeys } from "../journal/world.ts";
import { textOf } from "../../src/sandbox/tenant/tenant.ts";
import type { Contact, Entry } from "../../src/sandbox/tenant/tenant.ts";
import type { FaultWorld } from "./world.ts";

const ownerMark = "String {ac9346ba-865a-4bbf-abe1-956d154e60b3} Name galops.owner";
const keyMark = "String {ac9346ba-865a-4bbf-abe1-956d154e60b3} Name galops.key";

/** Everything in the tenant that galops did not make, as it is kept, by mailbox and id. */
export function foreignIn({ sandbox }: FaultWorld): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { user, contacts } of sandbox.store.state.mailboxes.values()) {
    for (const contact of contacts.values()) {
      if (!isMarked(contact)) found.set(`${user}/${contact.id}`, JSON.stringify(contact));
    }
  }
  for (const contact of sandbox.store.state.orgContacts.values()) {
    // One that a killed run could not stamp any more is ours by its alias, which nobody else gives.
    const isOurs = isStamped(contact) || textOf(contact["mailNickname"]).startsWith("galops-");
    if (!isOurs) found.set(`mail/${contact.id}`, JSON.stringify(contact));
  }
  return found;
}

/** Contacts of ours by the people for whom they stand, in each place; a key stands as often as it has contacts. */
export function ownKeys({ sandbox }: FaultWorld): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  const add = (place: string, key: string): void => {
    places.set(place, [...(places.get(place) ?? []), key]);
  };
  for (const { user, contacts } of sandbox.store.state.mailboxes.values()) {
    for (const contact of contacts.values()) {
      if (isMarked(contact)) add(user, contact.extendedProperties?.[keyMark] ?? "");
    }
  }
  for (const contact of sandbox.store.state.orgContacts.values()) {
    if (isStamped(contact)) add("mail", /^galops:[^:]+:([^;]+);/.exec(stampOf(contact))?.[1] ?? "");
  }
  return places;
}

/** Changes that a plan would make. */
export function makeable(plan: readonly PlanRecord[]): readonly string[] {
  return plan.flatMap((record) =>
    record.type === "book"
      ? record.changes
          .filter(({ withheld }) => withheld === null)
          .map(({ action, key, reason }) => `${record.sync}: ${action} ${key} (${reason})`)
      : [],
  );
}

/** Errors that a plan met. */
export function troubles(plan: readonly PlanRecord[]): readonly string[] {
  const end = plan.at(-1);
  return end?.type === "end"
    ? end.diagnostics
        .filter(({ severity }) => severity === "error")
        .map(({ code, detail }) => `${code}: ${detail}`)
    : ["no end"];
}

/** Every journal can be read, whatever became of its run. @returns how many there are */
export async function readAllJournals({ folder }: FaultWorld): Promise<number> {
  const runs = path.join(folder, ".galops", "runs");
  const names = readdirSync(runs);
  for (const name of names) {
    const record = await readJournal(path.join(runs, name, "journal.ndjson"), noKeys);
    await record.close();
  }
  return names.length;
}

function isMarked({ extendedProperties }: Contact): boolean {
  return extendedProperties?.[ownerMark] !== undefined;
}

function isStamped(contact: Entry): boolean {
  return stampOf(contact).startsWith("galops:");
}

function stampOf(contact: Entry): string {
  return textOf(contact.exchange?.["CustomAttribute15"]);
}
