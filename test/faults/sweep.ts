import { editContact, deleteContact } from "../../src/sandbox/admin/edit-contacts.ts";
import { addUser, disableUser, setUser } from "../../src/sandbox/admin/edit-directory.ts";
import { SandboxEditError } from "../../src/sandbox/admin/sandbox-edit-error.ts";
import { textOf } from "../../src/sandbox/tenant/tenant.ts";
import { partnerOf } from "./edits.ts";
import { faultNames, faultOf, kindOf } from "./faults.ts";
import type { FaultName } from "./faults.ts";
import { runApply, unharmed } from "./run.ts";
import { brokenLaws } from "./seed-run.ts";
import { createFaultWorld } from "./world.ts";
import type { FaultWorld } from "./world.ts";

/** A world in which a first and a second run together make requests of every kind. */
const seed = 6;

/** What happened when one fault met the first request of one kind. */
export interface SweepReport {
  readonly kind: string;
  readonly fault: FaultName;
  /** False where the run made no request of that kind, which must not be. */
  readonly met: boolean;
  readonly broken: readonly string[];
}

/** Kinds of requests that the two runs make, in the order in which they are met first. */
export async function requestKinds(): Promise<readonly string[]> {
  const world = await createFaultWorld(seed);
  const kinds = new Set<string>();
  const watch = {
    ...unharmed,
    fault: (request: Parameters<typeof kindOf>[0]) => void kinds.add(kindOf(request)),
  };
  try {
    join(world);
    await runApply(world, watch);
    change(world);
    await runApply(world, watch);
  } finally {
    await world.close();
  }
  return [...kinds];
}

/** Each fault at each kind of request, once each; then a clean run and all laws. */
export async function* sweep(kinds: readonly string[]): AsyncGenerator<SweepReport> {
  for (const kind of kinds) for (const fault of faultNames) yield await injectOnce(kind, fault);
}

async function injectOnce(kind: string, fault: FaultName): Promise<SweepReport> {
  const world = await createFaultWorld(seed);
  let met = false;
  const suffering = {
    ...unharmed,
    fault(request: Parameters<typeof kindOf>[0]) {
      if (met || kindOf(request) !== kind) return undefined;
      met = true;
      return faultOf(fault, request, world.clock.now());
    },
  };
  try {
    join(world);
    await runApply(world, suffering);
    change(world);
    await runApply(world, suffering);
    return { kind, fault, met, broken: await brokenLaws(world) };
  } finally {
    await world.close();
  }
}

function join(world: FaultWorld): void {
  world.partners = [0, 1, 2, 3].map(partnerOf);
}

/** Somebody joins, one is promoted, one leaves; partners move, go and come; a user edits and deletes contacts of ours. */
function change(world: FaultWorld): void {
  const { store } = world.sandbox;
  const [first, second] = [...store.state.users.values()]
    .map((user) => textOf(user["userPrincipalName"]))
    .filter((name) => !["ann@contoso.com", "bo@contoso.com"].includes(name));
  if (first === undefined || second === undefined) throw new Error("The sandbox has too few people.");
  addUser(store, "nina@contoso.com", "Nina Ny", { mobilePhone: "070-1" });
  setUser(store, first, { jobTitle: "Lead" });
  disableUser(store, second);
  const [zero, one, , three] = world.partners;
  if (zero === undefined || one === undefined || three === undefined)
    throw new Error("There are four partners.");
  const mail = "moved@northwind.example";
  world.partners = [
    { ...zero, jobTitle: "Lead" },
    { ...one, mail, proxyAddresses: [mail] },
    three,
    partnerOf(4),
  ];
  const byHand = { mailbox: "ann@contoso.com", at: "2026-11-24T09:00:00Z" };
  ifThere(() => editContact(store, byHand, "Partner 3", { jobTitle: "Boss" }));
  ifThere(() => deleteContact(store, byHand, "Partner 0"));
}

/** A fault may have kept the first run from making the contact. */
function ifThere(edit: () => void): void {
  try {
    edit();
  } catch (error) {
    if (!(error instanceof SandboxEditError)) throw error;
  }
}
