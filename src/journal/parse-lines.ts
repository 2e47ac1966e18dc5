import type { BookRef } from "../model/book.ts";
import { isContactField } from "../model/contact-fields.ts";
import type { ContactField } from "../model/contact-fields.ts";
import type { ContactFields, Marker } from "../model/contact.ts";
import type { JournaledStep, StepResult, WriteStep } from "../model/journal.ts";
import { readBookRef, readMarker } from "../plan-format/book-lines.ts";
import { readFields } from "../plan-format/contact-lines.ts";
import {
  ShapeError,
  count,
  oneOf,
  orNull,
  serviceProperties,
  shape,
  text,
  textOrNull,
  texts,
  wrong,
} from "../plan-format/shapes.ts";
import type { Shape } from "../plan-format/shapes.ts";

/** Reads the lines of `createStepLines`. */
export interface StepReader {
  /** @throws {ShapeError} when a line has an unknown type, or refers to a line that did not come before it */
  read(of: Shape): void;
  /** Steps in the order in which they were begun. */
  steps(): readonly JournaledStep[];
}

interface Image {
  readonly fields: ContactFields;
  readonly marker: Marker | null;
}

/** Its result is added later, in place, because a journal may have a million steps. */
interface BegunStep extends Omit<JournaledStep, "result"> {
  result: StepResult | null;
}

interface SyncBook {
  readonly sync: string;
  readonly book: BookRef;
}

export function createStepReader(): StepReader {
  const images = new Map<number, Image>();
  const books = new Map<number, SyncBook>();
  const begun = new Map<number, BegunStep>();

  function imageAt(of: Shape, name: string): Image {
    return images.get(count(of, name)) ?? fail(name, "the number of an image before it");
  }
  function written(of: Shape) {
    const { fields, marker } = imageAt(of, "after");
    const derived = of["derived"] === undefined ? {} : { derived: texts(of, "derived").map(fieldNamed) };
    return { fields, marker, ...derived };
  }
  function before(of: Shape) {
    const more = of["more"] === undefined ? {} : { more: serviceProperties(of, "more") };
    return { id: text(of, "id"), version: text(of, "version"), ...imageAt(of, "before"), ...more };
  }
  function readStep(of: Shape): WriteStep<string> {
    const action = oneOf(of, "action", ["folder", "create", "update", "adopt", "delete", "photo"]);
    if (action === "folder") return { action, before: textOrNull(of, "before"), after: text(of, "after") };
    const who = { key: text(of, "key"), displayName: text(of, "displayName") };
    switch (action) {
      case "create":
        return { action, ...who, after: written(of) };
      case "update":
      case "adopt":
        return { action, ...who, before: before(of), after: written(of) };
      case "delete":
        return { action, ...who, before: before(of), photo: textOrNull(of, "photo") };
      case "photo": {
        const had = shape(of["before"], "before");
        const lost = { photo: textOrNull(had, "photo"), fingerprint: text(had, "fingerprint") };
        const after = { fingerprint: text(of, "after") };
        return { action, ...who, id: text(of, "id"), before: lost, after };
      }
    }
  }
  function readResult(of: Shape): void {
    const step = begun.get(count(of, "step")) ?? fail("step", "the number of a step before it");
    step.result = {
      step: step.step,
      status: oneOf(of, "status", ["done", "failed", "unknown"]),
      after: orNull(of["after"], "after", (now) => ({
        id: text(now, "id"),
        version: text(now, "version"),
        fields: now["image"] === null ? null : imageAt(now, "image").fields,
      })),
      requestId: text(of, "requestId"),
      code: text(of, "code"),
    };
  }

  return {
    read(of) {
      const type = text(of, "type");
      if (type === "image") {
        const fields = readFields(shape(of["fields"], "fields"));
        images.set(count(of, "image"), { fields, marker: orNull(of["marker"], "marker", readMarker) });
      } else if (type === "book") {
        books.set(count(of, "book"), { sync: text(of, "sync"), book: readBookRef(of) });
      } else if (type === "begin") {
        const place = books.get(count(of, "book")) ?? fail("book", "the number of a book before it");
        const step = count(of, "step");
        begun.set(step, { step, ...place, did: readStep(of), result: null });
      } else if (type === "result") readResult(of);
      else if (type !== "photo") throw new ShapeError(`lines of type ${type} are unknown`);
    },
    steps: () => [...begun.values()],
  };
}

function fieldNamed(name: string): ContactField {
  return isContactField(name) ? name : fail(name, "a field of a contact");
}

function fail(what: string, expected: string): never {
  throw wrong(what, expected);
}
