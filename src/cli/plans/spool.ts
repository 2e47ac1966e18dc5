import type { PlanEnd, PlanHeader, PlanRecord } from "../../model/plan.ts";
import { decodePlan, encodePlan } from "../../plan-format/codec.ts";
import { inChunks, linesOf } from "./lines.ts";
import { createEncryptedTempFile } from "./encrypted-temp-file.ts";
import type { EncryptedTempFile } from "./encrypted-temp-file.ts";

/** A whole plan, to be read as often as needed: shown, written, applied. */
export interface Spool {
  readonly header: PlanHeader;
  readonly end: PlanEnd;
  /** Names of its syncs. */
  readonly syncs: readonly string[];
  /** Ids of their tenants, by name of the sync, as far as the plan says. */
  readonly tenantIds: ReadonlyMap<string, string>;
  /** How many books could be read. */
  readonly booksRead: number;
  records(): AsyncIterable<PlanRecord>;
  /** As `encodePlan` gives it, each line with its newline. */
  text(): AsyncIterable<string>;
  close(): Promise<void>;
}

const chunkLength = 64 * 1024;

/**
 * Takes a plan to its end. It stays in memory up to `memoryLimit` characters; what is larger goes to a temporary
 * file without a name, encrypted with a key that is gone with the process.
 *
 * @throws whatever `records` throws
 */
export async function spoolPlan(
  records: AsyncIterable<PlanRecord>,
  options: { readonly memoryLimit?: number } = {},
): Promise<Spool> {
  const { memoryLimit = 64 * 1024 * 1024 } = options;
  const seen: Seen = { header: null, end: null, syncs: [], tenantIds: new Map(), booksRead: 0 };
  const memory: string[] = [];
  let length = 0;
  let file: EncryptedTempFile | null = null;
  try {
    for await (const chunk of inChunks(encodePlan(watched(records, seen)), chunkLength)) {
      length += chunk.length;
      memory.push(chunk);
      if (length <= memoryLimit) continue;
      file ??= await createEncryptedTempFile();
      for (const held of memory.splice(0)) await file.append(held);
    }
  } catch (error) {
    await file?.close();
    throw error;
  }
  const { header, end, syncs, tenantIds, booksRead } = seen;
  if (header === null || end === null) throw new Error("The plan has no header or no end.");
  const text = (): AsyncIterable<string> => (file === null ? inMemory(memory) : file.text());
  return {
    header,
    end,
    syncs,
    tenantIds,
    booksRead,
    text,
    records: () => decodePlan(linesOf(text())),
    close: async () => await file?.close(),
  };
}

/** What passed by on the way into the spool. */
interface Seen {
  header: PlanHeader | null;
  end: PlanEnd | null;
  readonly syncs: string[];
  readonly tenantIds: Map<string, string>;
  booksRead: number;
}

async function* watched(records: AsyncIterable<PlanRecord>, seen: Seen): AsyncGenerator<PlanRecord> {
  for await (const record of records) {
    if (record.type === "plan") seen.header = record;
    if (record.type === "sync") {
      seen.syncs.push(record.name);
      if (record.tenantId !== undefined) seen.tenantIds.set(record.name, record.tenantId);
    }
    if (record.type === "book" && record.problem === null) seen.booksRead++;
    if (record.type === "end") seen.end = record;
    yield record;
  }
}

async function* inMemory(chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}
