import type { BookRef } from "./book.ts";
import type { ContactField } from "./contact-fields.ts";
import type { ContactFields, LiveContact, Marker } from "./contact.ts";

/**
 * Records what a run does before it does it, so that it can be undone. A writer gets the journal of the book that it
 * writes, and must not send a write request before `begin` has resolved.
 */
export interface RunJournal {
  book(sync: string, book: BookRef): BookJournal;
}

export interface BookJournal {
  /**
   * Resolves once all steps are on disk. Only then may their requests be sent.
   *
   * @returns a number for each step, in the same order; unique in the run
   * @throws {JournalError} on a failure and on every call after it: nothing may be written any more
   */
  begin(steps: readonly WriteStep[]): Promise<readonly number[]>;
  /**
   * Records the results of steps. Results may be written late: a step without one may have happened. A step may get a
   * second result when more is known about it; the last one counts. Never fails: when a result cannot be written, the
   * next `begin` fails.
   */
  end(results: readonly StepResult[]): void;
}

/** A contact as it is in its target now, with all fields that the target supports, empty ones as "" or []. */
export type ContactImage = Pick<LiveContact, "id" | "version" | "marker" | "fields" | "more">;

/** A photo as the service returned it. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/**
 * One write to a contact or to the folder of contacts. `Photo` is how photos are represented: as themselves while
 * writing, by name when a journal is read.
 */
export type WriteStep<Photo = Picture> =
  /** The folder for our contacts was created (`before` is null) or renamed. */
  | { readonly action: "folder"; readonly before: string | null; readonly after: string }
  | (ContactStep & { readonly action: "create"; readonly after: WrittenFields })
  | (ContactStep & {
      readonly action: "update" | "adopt";
      readonly before: ContactImage;
      /** Only the fields that are written. */
      readonly after: WrittenFields;
    })
  | (ContactStep & {
      readonly action: "delete";
      readonly before: ContactImage;
      /** Null when the contact has none. */
      readonly photo: Photo | null;
    })
  /** Replaces the photo, and then its fingerprint in the marker. */
  | (ContactStep & {
      readonly action: "photo";
      readonly id: string;
      /** The photo that is lost, and its fingerprint in the marker ("" for none). */
      readonly before: { readonly photo: Photo | null; readonly fingerprint: string };
      readonly after: { readonly fingerprint: string };
    });

interface ContactStep {
  /** Key of the person, as in the change. */
  readonly key: string;
  readonly displayName: string;
}

/** What a request writes: fields (present but empty means emptied) and, in the same request, the marker. */
export interface WrittenFields {
  readonly fields: ContactFields;
  /** Null for none, which only a rollback writes. */
  readonly marker: Marker | null;
  /** Further fields that the service may derive from these, as it does with names; absent for none. */
  readonly derived?: readonly ContactField[];
}

export interface StepResult {
  /** The number from `begin`. */
  readonly step: number;
  /** `failed`: certainly nothing was written. `unknown`: it may have been written, completely or in part. */
  readonly status: "done" | "failed" | "unknown";
  /** The contact as the service returned it; null when it returned none or the contact is gone. */
  readonly after: {
    readonly id: string;
    readonly version: string;
    readonly fields: ContactFields | null;
  } | null;
  /** "" when none is known. */
  readonly requestId: string;
  /** Why it was not done, kebab-case or the service's own code; "" when done. */
  readonly code: string;
}

/** A step as read from a journal. */
export interface JournaledStep {
  /** Counts from 1, in the order in which steps were begun. */
  readonly step: number;
  readonly sync: string;
  readonly book: BookRef;
  /** Photos are represented by the hash of their bytes. */
  readonly did: WriteStep<string>;
  /** The last result; null when there is none, so that the step may or may not have happened. */
  readonly result: StepResult | null;
}

/** Thrown when the journal cannot be written, which means that nothing else may be written either. */
export class JournalError extends Error {
  /** Stable, kebab-case. */
  readonly code: string;
  override readonly name = "JournalError";

  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
