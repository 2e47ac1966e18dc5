import { harmlessJson } from "../text/harmless-json.ts";
import { createHash } from "node:crypto";
import type { BookRef } from "../model/book.ts";
import type { ContactFields, Marker } from "../model/contact.ts";
import type { ContactImage, Picture, StepResult, WriteStep, WrittenFields } from "../model/journal.ts";
import { isEmpty } from "../model/values.ts";

/** Encodes steps and results as lines, without newlines. Lines that they refer to come before them. */
export interface StepLines {
  begin(step: number, sync: string, book: BookRef, did: WriteStep): readonly string[];
  result(result: StepResult): string;
  /** Lines that the last result refers to, which must be written before it. */
  takeNew(): readonly string[];
}

/**
 * Since a person's contact is mostly the same in all mailboxes, the contents of contacts are written once, on lines of
 * their own, and steps refer to them by number. Likewise photos, by the hash of their bytes. Memory grows with the
 * number of different contents, not with the number of mailboxes.
 */
export function createStepLines(): StepLines {
  const images = createNumbers();
  const books = createNumbers();
  const photos = new Set<string>();
  let fresh: string[] = [];

  function image(fields: ContactFields, marker: Marker | null): number {
    return images((number) => fresh.push(line("image", { image: number, marker, fields })), {
      marker,
      fields,
    });
  }
  function numberOf(sync: string, { id, mailbox, folder, former }: BookRef): number {
    // A rollback does not need the owner of the mailbox, so the file does not store them.
    const place = { sync, id, mailbox, folder, person: null, ...(former === undefined ? {} : { former }) };
    return books((number) => fresh.push(line("book", { book: number, ...place })), place);
  }
  function photo(picture: Picture | null): string | null {
    if (picture === null) return null;
    const hash = createHash("sha256").update(picture.bytes).digest("hex");
    if (!photos.has(hash)) {
      const { contentType, bytes } = picture;
      fresh.push(line("photo", { photo: hash, contentType, base64: Buffer.from(bytes).toString("base64") }));
      photos.add(hash);
    }
    return hash;
  }
  function takeNew(): readonly string[] {
    const lines = fresh;
    fresh = [];
    return lines;
  }
  function before({ id, version, fields, marker, more }: ContactImage): object {
    return { id, version, before: image(held(fields), marker), ...(more === undefined ? {} : { more }) };
  }
  function written({ fields, marker, derived = [] }: WrittenFields): object {
    return { after: image(fields, marker), ...(derived.length === 0 ? {} : { derived }) };
  }
  function parts(did: WriteStep): object {
    if (did.action === "folder") return { before: did.before, after: did.after };
    const { key, displayName } = did;
    switch (did.action) {
      case "create":
        return { key, displayName, ...written(did.after) };
      case "update":
      case "adopt":
        return { key, displayName, ...before(did.before), ...written(did.after) };
      case "delete":
        return { key, displayName, ...before(did.before), photo: photo(did.photo) };
      case "photo": {
        const { id, before: lost } = did;
        const had = { photo: photo(lost.photo), fingerprint: lost.fingerprint };
        return { key, displayName, id, before: had, after: did.after.fingerprint };
      }
    }
  }
  return {
    begin(step, sync, book, did) {
      const { action } = did;
      const begin = line("begin", { step, book: numberOf(sync, book), action, ...parts(did) });
      return [...takeNew(), begin];
    },
    result({ step, status, after, requestId, code }) {
      const now = after && {
        id: after.id,
        version: after.version,
        image: after.fields && image(held(after.fields), null),
      };
      return line("result", { step, status, after: now, requestId, code });
    },
    takeNew,
  };
}

function line(type: string, parts: object): string {
  return harmlessJson({ type, ...parts });
}

/** Omits empty fields; an image always covers all fields. */
function held(fields: ContactFields): ContactFields {
  const filled = Object.entries(fields).filter(([, value]) => value !== undefined && !isEmpty(value));
  return Object.fromEntries(filled) as ContactFields; // a selection of its entries
}

/** Numbers things by content; calls `enter` once for each. */
function createNumbers(): (enter: (number: number) => void, parts: object) => number {
  const numbers = new Map<string, number>();
  return (enter, parts) => {
    const content = createHash("sha256").update(JSON.stringify(parts)).digest("base64");
    const known = numbers.get(content);
    if (known !== undefined) return known;
    const number = numbers.size;
    numbers.set(content, number);
    enter(number);
    return number;
  };
}
