import type { Diagnostic } from "../model/diagnostic.ts";
import type { Person } from "../model/person.ts";
import type { Source } from "../model/source.ts";
import { SourceError } from "../model/source.ts";

/** The people of a source, or why it could not be read. */
export type SourceReading =
  | { readonly ok: true; readonly people: readonly Person[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export interface SourceWorld {
  readonly source: (name: string) => Source;
  /** Turns an expected failure, such as a refused request, into a diagnostic; null for a bug. */
  readonly explain: (error: unknown) => Diagnostic | null;
  readonly signal: AbortSignal;
  readonly onRead: (name: string, people: number) => void;
}

/**
 * Reads each source once, all at the same time. A failure does not affect the other sources.
 *
 * @returns readings in the order of `names`
 * @throws the signal's reason when aborted
 * @throws any error that is a bug
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
    const diagnostics = sourceDiagnostics(error, world);
    if (diagnostics.length === 0) throw error;
    return { ok: false, diagnostics };
  }
}

function sourceDiagnostics(error: unknown, { explain }: SourceWorld): readonly Diagnostic[] {
  if (!(error instanceof SourceError)) return [explain(error)].filter((one) => one !== null);
  return [error, ...error.others].map(diagnosticOf);
}

function diagnosticOf({ code, summary, message, place, requestId }: SourceError): Diagnostic {
  const request = requestId === "" ? {} : { requestId };
  return { severity: "error", code, summary, detail: message, place, ...request };
}
