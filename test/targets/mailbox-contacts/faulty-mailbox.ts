import type { GraphClient } from "../../../src/http/graph/graph.ts";
import type { Outcome } from "../../../src/model/plan.ts";
import type { TargetWriter } from "../../../src/model/target.ts";
import type { PhotoOf } from "../../../src/targets/mailbox-contacts/write/load-photos.ts";
import { mailboxContactsWriter } from "../../../src/targets/mailbox-contacts/write/writer.ts";
import { desiredIn, readAll } from "../../contract/target.ts";
import type { TargetWorld } from "../../contract/target.ts";
import { faultyGraph } from "../../fakes/faulty-graph.ts";
import type { AnyRequest, Fault } from "../../fakes/faulty-graph.ts";
import { manualClock } from "../../fakes/manual-clock.ts";
import { openMailbox } from "./mailbox.ts";
import { syncConfig, targetConfig, tenantId } from "./world.ts";

export const names = ["Ann Ek", "Bo Li", "Cai Oh"];

export function person(world: TargetWorld, name: string, jobTitle = "", photo?: string) {
  const [givenName = "", surname = ""] = name.split(" ");
  const photos = photo === undefined ? {} : { photo };
  return desiredIn(world, name, { displayName: name, givenName, surname, jobTitle, ...photos });
}

export function noFault(_request: AnyRequest): Fault | null {
  return null;
}

/** A mailbox whose Graph fails as told; faults can be set and cleared between plan and apply. */
export async function faultyMailbox(options: { folder?: string | null; photo?: PhotoOf } = {}) {
  const { folder = "Contoso directory", photo } = options;
  const mailbox = await openMailbox(folder);
  let faultOf = noFault;
  const graph = faultyGraph(mailbox.graph, (request) => faultOf(request));
  const world: TargetWorld = { ...mailbox.world, writer: writerOver(graph, folder, photo) };
  const fail = (fault: (request: AnyRequest) => Fault | null) => {
    faultOf = fault;
  };
  return { world, graph, fail };
}

export function writerOver(
  graph: GraphClient,
  folder: string | null = "Contoso directory",
  photo: PhotoOf = () => Promise.resolve(null),
): TargetWriter {
  return mailboxContactsWriter(syncConfig(targetConfig({}, folder)), {
    graph,
    tenantId,
    clock: manualClock(),
    photo,
  });
}

/** A fault that strikes the first requests that fit. */
export function times(count: number, fits: (request: AnyRequest) => boolean, fault: Fault) {
  let left = count;
  return (request: AnyRequest): Fault | null => {
    if (!fits(request) || left === 0) return null;
    left--;
    return fault;
  };
}

export const isCreate = ({ method, url }: AnyRequest) => method === "POST" && url.endsWith("/contacts");

export const isPatch = ({ method, url }: AnyRequest) => method === "PATCH" && url.includes("/contacts/");

export function ends(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map(({ status, problem }) => (problem === null ? status : `${status}: ${problem.code}`));
}

export async function ownNames(world: TargetWorld): Promise<readonly string[]> {
  const own = (await readAll(world)).filter(({ marker }) => marker?.owner === world.owner);
  return own.map(({ fields }) => fields.displayName ?? "").toSorted();
}
