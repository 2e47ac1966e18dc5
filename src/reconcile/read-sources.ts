import type { Diagnostic } from "../model/diagnostic.ts";
import type { Person } from "../model/person.ts";
import type { Source } from "../model/source.ts";
import { SourceError } from "../model/source.ts";

/** People by source, or why a source gave nobody. */
export type SourceReading =
  | { readonly ok: true; readonly people: readonly Person[] }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

export interface SourceWorld {
  readonly source: (name: string) => Source;
  /** A failure of the world as a diagnostic; null for a bug. */
  readonly explain: (error: unknown) => Diagnostic | null;
  readonly signal: AbortSignal;
  readonly onRead: (name: string, people: number) => void;
}

/**
 * Reads each source once, all at the same time. One that fails does not disturb the others.
 *
 * @returns in the order of `names`
 * @throws the signal's reason when aborted, and whatever is a bug
 */
export async function readSources(
  names: readonly string[],
  world: SourceWorld,
): Promise<ReadonlyMap<string, SourceReading>> {
  const readings = await Promise.allSettled(names.map((name) => readSource(name, world)));
  const read = new Map<string, SourceReading>();
  for (const [index, name] of names.entries()) {
    const reading = readings[index];
    if (reading?.status !== "fulfilled") throw reading?.reason;
    read.set(name, reading.value);
  }
  return read;
}

async function readSource(name: string, world: SourceWorld): Promise<SourceReading> {
  try {
    const people: Person[] = [];
    for await (const person of world.source(name).people(world.signal)) {
      people.push(person);
      if (people.length % 500 === 0) world.onRead(name, people.length);
    }
    world.onRead(name, people.length);
    return { ok: true, people };
  } catch (error) {
    world.signal.throwIfAborted();
    const diagnostic = sourceDiagnostic(error, world);
    if (diagnostic === null) throw error;
    return { ok: false, diagnostic };
  }
}

function sourceDiagnostic(error: unknown, world: SourceWorld): Diagnostic | null {
  if (!(error instanceof SourceError)) return world.explain(error);
  const { code, summary, place } = error;
  return { severity: "error", code, summary, detail: error.message, place };
}
