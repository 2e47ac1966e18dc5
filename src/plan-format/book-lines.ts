import type { BookProblem, BookRef } from "../model/book.ts";
import type { DesiredContact, Marker } from "../model/contact.ts";
import { createdFields } from "../model/created-fields.ts";
import type { Person } from "../model/person.ts";
import { personFlagFields, personListFields, personTextFields } from "../model/person.ts";
import type { AsBefore, BookRecord, BookRename, Change, LiveRef, Survivor, Waiting } from "../model/plan.ts";
import { harmlessJson } from "../text/harmless-json.ts";
import { fieldParts, readFieldParts } from "./contact-lines.ts";
import {
  count,
  countOrNull,
  flag,
  list,
  oneOf,
  orNull,
  serviceProperties,
  shape,
  text,
  textMap,
  textOrNull,
  texts,
  wrong,
} from "./shapes.ts";
import type { Shape } from "./shapes.ts";

const causes = ["this-change", "pending", "drift"] as const;

/** @param numberOf - gives the number of a desired contact within its sync */
export function bookJson(record: BookRecord, numberOf: (contact: DesiredContact) => number): string {
  const { type, sync, book, unchanged, waiting, unmanaged, problem, rename, changes } = record;
  return harmlessJson({
    type,
    sync,
    // Read as if it came from a file, so that its parts are always in the same order.
    book: readBookRef(shape(book, "book")),
    unchanged,
    ...(waiting === undefined ? {} : { waiting: readWaiting(shape(waiting, "waiting")) }),
    unmanaged,
    problem: orNull(problem, "problem", readProblem),
    ...(rename === undefined ? {} : { rename: readRename(shape(rename, "rename")) }),
    changes: changes.map((change) => changeParts(change, numberOf)),
  });
}

/** @param contacts - the desired contacts of the sync read so far, by number */
export function readBook(of: Shape, contacts: readonly DesiredContact[]): BookRecord {
  return {
    type: "book",
    sync: text(of, "sync"),
    book: readBookRef(shape(of["book"], "book")),
    unchanged: count(of, "unchanged"),
    ...(of["waiting"] === undefined ? {} : { waiting: readWaiting(shape(of["waiting"], "waiting")) }),
    unmanaged: countOrNull(of, "unmanaged"),
    problem: orNull(of["problem"], "problem", readProblem),
    ...(of["rename"] === undefined ? {} : { rename: readRename(shape(of["rename"], "rename")) }),
    changes: list(of, "changes").map((change) => readChange(shape(change, "a change"), contacts)),
  };
}

function changeParts(change: Change, numberOf: (contact: DesiredContact) => number): object {
  const { action, key, displayName, reason, withheld } = change;
  const cause = change.cause === undefined ? {} : { cause: change.cause };
  if (change.action === "delete") {
    return {
      action,
      key,
      displayName,
      reason,
      withheld,
      ...cause,
      live: readLive(shape(change.live, "live")),
      ...(change.survivor === undefined
        ? {}
        : { survivor: readSurvivor(shape(change.survivor, "survivor")) }),
      fields: fieldParts(change.fields, null, false),
    };
  }
  const { desired } = change;
  return {
    action,
    ...(key === desired.key ? {} : { key }),
    ...(displayName === desired.displayName ? {} : { displayName }),
    reason,
    withheld,
    ...cause,
    desired: numberOf(desired),
    ...(change.action === "create" ? {} : { live: readLive(shape(change.live, "live")) }),
    ...(change.asBefore === undefined ? {} : { asBefore: readAsBefore(shape(change.asBefore, "asBefore")) }),
    ...(change.action !== "create" && change.hiddenSince !== undefined
      ? { hiddenSince: change.hiddenSince }
      : {}),
    ...(change.action !== "create" && change.deletedFrom !== undefined
      ? { deletedFrom: change.deletedFrom }
      : {}),
    fields: fieldParts(change.fields, desired, change.action === "create"),
  };
}

function readChange(of: Shape, contacts: readonly DesiredContact[]): Change {
  const action = oneOf(of, "action", ["create", "update", "adopt", "delete"]);
  const base = {
    reason: text(of, "reason"),
    withheld: textOrNull(of, "withheld"),
    ...(of["cause"] === undefined ? {} : { cause: oneOf(of, "cause", causes) }),
  };
  if (action === "delete") {
    const fields = readFieldParts(of["fields"], null);
    const live = readLive(shape(of["live"], "live"));
    const survivor =
      of["survivor"] === undefined ? {} : { survivor: readSurvivor(shape(of["survivor"], "survivor")) };
    const [key, displayName] = [text(of, "key"), text(of, "displayName")];
    return { action, key, displayName, ...base, fields, live, ...survivor };
  }
  const desired = contacts[count(of, "desired")];
  if (desired === undefined) throw wrong("desired", "the number of a contact before it");
  const key = of["key"] === undefined ? desired.key : text(of, "key");
  const displayName = of["displayName"] === undefined ? desired.displayName : text(of, "displayName");
  const before =
    of["asBefore"] === undefined ? {} : { asBefore: readAsBefore(shape(of["asBefore"], "asBefore")) };
  if (action !== "create") {
    const fields = readFieldParts(of["fields"], desired);
    const live = readLive(shape(of["live"], "live"));
    const grace = of["hiddenSince"] === undefined ? {} : { hiddenSince: text(of, "hiddenSince") };
    const end = of["deletedFrom"] === undefined ? {} : { deletedFrom: text(of, "deletedFrom") };
    return { action, key, displayName, ...base, fields, desired, live, ...before, ...grace, ...end };
  }
  const fields = of["fields"] === null ? createdFields(desired) : readFieldParts(of["fields"], desired);
  return { action, key, displayName, ...base, fields, desired, ...before };
}

function readAsBefore(of: Shape): AsBefore {
  return { marker: orNull(of["marker"], "marker", readMarker), more: serviceProperties(of, "more") };
}

function readLive(of: Shape): LiveRef {
  return {
    id: text(of, "id"),
    version: text(of, "version"),
    marker: orNull(of["marker"], "marker", readMarker),
  };
}

/** @throws {ShapeError} */
function readSurvivor(of: Shape): Survivor {
  return { id: textOrNull(of, "id"), key: text(of, "key") };
}

export function readMarker(of: Shape): Marker {
  return {
    owner: text(of, "owner"),
    key: text(of, "key"),
    digest: text(of, "digest"),
    photo: text(of, "photo"),
    hiddenSince: text(of, "hiddenSince"),
  };
}

/** @throws {ShapeError} */
export function readBookRef(of: Shape): BookRef {
  return {
    id: text(of, "id"),
    mailbox: textOrNull(of, "mailbox"),
    folder: textOrNull(of, "folder"),
    person: orNull(of["person"], "person", readPerson),
    ...(of["former"] === true ? { former: true } : {}),
  };
}

function readProblem(of: Shape): BookProblem {
  return {
    severity: oneOf(of, "severity", ["warning", "error"]),
    code: text(of, "code"),
    message: text(of, "message"),
  };
}

function readWaiting(of: Shape): Waiting {
  return {
    contacts: count(of, "contacts"),
    firstDeletion: text(of, "firstDeletion"),
    lastDeletion: text(of, "lastDeletion"),
  };
}

function readRename(of: Shape): BookRename {
  return { from: text(of, "from"), withheld: textOrNull(of, "withheld") };
}

function readPerson(of: Shape): Person {
  const parts = {
    key: text(of, "key"),
    photo: text(of, "photo"),
    ...Object.fromEntries(personTextFields.map((name) => [name, text(of, name)])),
    ...Object.fromEntries(personListFields.map((name) => [name, texts(of, name)])),
    ...Object.fromEntries(personFlagFields.map((name) => [name, flag(of, name)])),
    extensionAttributes: textMap(of, "extensionAttributes"),
    attributes: textMap(of, "attributes"),
  };
  // The three tables name all other properties of a person.
  return parts as unknown as Person;
}
