import type { BookRef } from "./book.ts";
import type { ContactField } from "./contact-fields.ts";
import type { ContactFields, LiveContact, Marker } from "./contact.ts";

/**
 * Where a run writes down what it does before it does it, so that it can be undone. A writer is handed the journal of
 * the book that it writes, and must not let a write request leave before `begin` has resolved.
 */
export interface RunJournal {
  book(sync: string, book: BookRef): BookJournal;
}

export interface BookJournal {
  /**
   * Resolves once all of these are on disk. Only then may their requests leave.
   *
   * @returns a number for each step, in their order; unique in the run
   * @throws {JournalError} from the first failure on, always: nothing may be written any more
   */
  begin(steps: readonly WriteStep[]): Promise<readonly number[]>;
  /**
   * What became of steps. May lag behind: a step without a result is one that may have happened. A step may get a
   * second result when more is known of it; the last one holds. Never fails: what could not be written makes the next
   * `begin` fail.
   */
  end(results: readonly StepResult[]): void;
}

/** A contact as a target holds it now: every field that the target knows, empty ones as "" or []. */
export type ContactImage = Pick<LiveContact, "id" | "version" | "marker" | "fields">;

/** A picture as the service gave it. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/**
 * Something written to a contact, or beside contacts. `Photo` is how a picture is given: itself while writing, by a
 * name when a journal is read.
 */
export type WriteStep<Photo = Picture> =
  /** The target's own container for contacts of ours (a folder), made or named anew. */
  | { readonly action: "folder"; readonly before: string | null; readonly after: string }
  | (ContactStep & { readonly action: "create"; readonly after: WrittenFields })
  | (ContactStep & {
      readonly action: "update" | "adopt";
      readonly before: ContactImage;
      /** Only what is written. */
      readonly after: WrittenFields;
    })
  | (ContactStep & {
      readonly action: "delete";
      readonly before: ContactImage;
      /** Null where it has none. */
      readonly photo: Photo | null;
    })
  /** Another picture, and then the marker's fingerprint of it. */
  | (ContactStep & {
      readonly action: "photo";
      readonly id: string;
      /** The picture that is lost, and the fingerprint in the marker beside it ("" for none). */
      readonly before: { readonly photo: Photo | null; readonly fingerprint: string };
      readonly after: { readonly fingerprint: string };
    });

interface ContactStep {
  /** Of the person for whom the contact stands, as the change has it. */
  readonly key: string;
  readonly displayName: string;
}

/** What a request writes: fields, present and empty for emptied; and the marker in the same request. */
export interface WrittenFields {
  readonly fields: ContactFields;
  readonly marker: Marker;
  /** Fields that the service may compose anew from these without being told, as names are from their parts; absent: none. */
  readonly derived?: readonly ContactField[];
}

export interface StepResult {
  /** As `begin` numbered it. */
  readonly step: number;
  /** `failed`: it is known that nothing was written. `unknown`: it may have been, or in part. */
  readonly status: "done" | "failed" | "unknown";
  /** The contact as the service says it is now; null where it said nothing, or there is none any more. */
  readonly after: {
    readonly id: string;
    readonly version: string;
    readonly fields: ContactFields | null;
  } | null;
  /** "" when none is known. */
  readonly requestId: string;
  /** Why not; "" when done. Kebab-case or the service's own. */
  readonly code: string;
}

/** A step as a journal gives it back. */
export interface JournaledStep {
  /** Counts from 1 in the order in which steps were begun. */
  readonly step: number;
  readonly sync: string;
  readonly book: BookRef;
  /** Pictures by the hash of their bytes. */
  readonly did: WriteStep<string>;
  /** The last one; null where none was written, so that it is not known whether it happened. */
  readonly result: StepResult | null;
}

/** The journal cannot be written, so nothing else may be. */
export class JournalError extends Error {
  /** Stable, kebab-case. */
  readonly code: string;
  override readonly name = "JournalError";

  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
