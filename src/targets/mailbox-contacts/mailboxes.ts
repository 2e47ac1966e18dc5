import { DirectoryError } from "../../directory/directory-error.ts";
import { groupMemberIds, groupMembers } from "../../directory/groups.ts";
import { readAll } from "../../directory/read-all.ts";
import { toPerson, userSelect } from "../../directory/users.ts";
import type { GraphUser } from "../../directory/users.ts";
import type { GraphReader } from "../../http/graph/graph.ts";
import type { BookRef, SkippedBook } from "../../model/book.ts";
import type { MailboxContactsTarget, Named } from "../../model/config.ts";
import type { Person } from "../../model/person.ts";
import { TargetError } from "../../model/target.ts";
import { findNamed } from "./find-users-and-groups.ts";
import type { FoundByName } from "./find-users-and-groups.ts";

interface World {
  readonly graph: GraphReader;
  readonly tenantId: string;
}

/**
 * The mailboxes that the config names, each once, less those that it excludes.
 *
 * What a user account says decides who is asked: in a group and under `all`, enabled members with a licence. Whom
 * the config names one by one are asked in any case, since a shared mailbox is a disabled account without licence;
 * whether there is a mailbox shows when it is read. Guests have none here.
 *
 * @throws {TargetError} when a group or an excluded user is unknown, or something could not be read
 */
export async function* listMailboxes(
  to: MailboxContactsTarget,
  world: World,
  signal: AbortSignal,
): AsyncGenerator<BookRef | SkippedBook> {
  try {
    const named = await findNamed(to, world.graph, signal);
    if (named.excluded.unknown.length > 0) throw excludedUnknown(named.excluded.unknown);
    for (const name of named.included.unknown) yield notFound(name);
    const seen = await excludedIds(named, world.graph, signal);
    for await (const entry of candidates(to, named, world, signal)) {
      if (!seen.has(entry.person.id)) yield bookOf(entry, to);
      seen.add(entry.person.id);
    }
  } catch (error) {
    throw asTargetError(error);
  }
}

/** Somebody whom the config names, before it is looked at whether he has a mailbox. */
interface Candidate {
  readonly person: Person;
  readonly by: "name" | "group" | "all";
}

async function* candidates(
  to: MailboxContactsTarget,
  { included }: FoundByName,
  world: World,
  signal: AbortSignal,
): AsyncGenerator<Candidate> {
  const origin = { tenantId: world.tenantId, tenant: to.tenant, source: "" };
  for (const user of included.users) yield { person: toPerson(user, origin), by: "name" };
  for (const group of included.groups) {
    for await (const user of groupMembers(world.graph, group, "user", signal)) {
      yield { person: toPerson(user, origin), by: "group" };
    }
  }
  if (!to.mailboxes.all) return;
  for await (const user of allUsers(world.graph, signal)) {
    const person = toPerson(user, origin);
    if (unusable(person, "all") === null) yield { person, by: "all" };
  }
}

async function* allUsers(graph: GraphReader, signal: AbortSignal): AsyncGenerator<GraphUser> {
  const url = `/users?$filter=accountEnabled%20eq%20true&$select=${userSelect}&$top=999`;
  const reading = { what: "users", permission: "User.Read.All", place: null };
  for await (const page of readAll<GraphUser>(graph, { url }, reading, signal)) yield* page;
}

async function excludedIds(
  { excluded }: FoundByName,
  graph: GraphReader,
  signal: AbortSignal,
): Promise<Set<string>> {
  const ids = new Set(excluded.users.map(({ id }) => id));
  for (const group of excluded.groups) {
    for (const id of await groupMemberIds(graph, group, "user", signal)) ids.add(id);
  }
  return ids;
}

/** Whom a name means that nobody has is not known, and he could be among those who are written to. */
function excludedUnknown(unknown: readonly Named[]): TargetError {
  const names = unknown.map(({ name }) => `"${name}"`).join(", ");
  return new TargetError({
    code: "excluded-mailbox-not-found",
    summary: "An excluded mailbox was not found",
    detail:
      `The tenant has no user ${names}, excluded from the mailboxes. Somebody who should be left out may be spelled ` +
      `wrong, so nothing is done. Check the spelling; if the person has left, take the name out of \`exclude\`.`,
    place: unknown[0]?.place ?? null,
  });
}

function bookOf({ person, by }: Candidate, to: MailboxContactsTarget): BookRef | SkippedBook {
  const mailbox = person.mail || person.userPrincipalName || person.id;
  const reason = unusable(person, by);
  if (reason !== null) {
    return { mailbox, problem: { severity: "warning", code: "mailbox-not-usable", message: reason } };
  }
  return { id: person.id, mailbox, folder: to.folder, person };
}

/** Why an account is not asked for its mailbox; null when it is. */
function unusable(person: Person, by: Candidate["by"]): string | null {
  if (person.kind === "guest") return "A guest has no mailbox in this tenant.";
  if (by === "name") return null;
  const shared = "If it is a shared mailbox that should have the contacts, name it under `mailboxes.users`.";
  if (!person.enabled) return `The account is disabled. ${shared}`;
  if (!person.licensed) return `The account has no licence, and hence no mailbox. ${shared}`;
  return null;
}

function notFound(named: Named): SkippedBook {
  const { place } = named;
  const { file, line } = place;
  const message =
    `The tenant has no user "${named.name}", who is named in ${file}, line ${line}. ` +
    `Check the spelling; if the person has left, take the name out of the config.`;
  return { mailbox: named.name, problem: { severity: "warning", code: "mailbox-not-found", message, place } };
}

function asTargetError(error: unknown): unknown {
  if (!(error instanceof DirectoryError)) return error;
  return new TargetError(problemIn(error), error, error.others.map(problemIn));
}

function problemIn({ code, summary, detail, place, requestId }: DirectoryError): TargetError["diagnostic"] {
  return { code, summary, detail, place, ...(requestId === "" ? {} : { requestId }) };
}
