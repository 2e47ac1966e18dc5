import { DirectoryError } from "../../directory/directory-error.ts";
import { groupMemberIds } from "../../directory/groups.ts";
import { readManagers } from "../../directory/managers.ts";
import type { Manager } from "../../directory/managers.ts";
import { readAll } from "../../directory/read-all.ts";
import { toPerson, userSelect } from "../../directory/users.ts";
import type { GraphUser } from "../../directory/users.ts";
import type { GraphReader } from "../../http/graph/graph.ts";
import type { BookRef, SkippedBook } from "../../model/book.ts";
import type { MailboxContactsSync, MailboxContactsTarget, Named } from "../../model/config.ts";
import type { Person } from "../../model/person.ts";
import { TargetError } from "../../model/target.ts";
import { findNamed } from "./find-users-and-groups.ts";
import type { FoundByName } from "./find-users-and-groups.ts";
import { readMembers } from "./group-members.ts";
import type { Members } from "./group-members.ts";

export interface MailboxesWorld {
  readonly graph: GraphReader;
  readonly tenantId: string;
  /** Whether managers are needed, which takes a reading of all users. Default: true. */
  readonly managers?: boolean;
}

/**
 * Lists the mailboxes that the config names, each once, without those that it excludes.
 *
 * In groups and under `all`, only enabled and licensed members have a usable mailbox. Users that the config names
 * directly are always listed, because a shared mailbox is a disabled account without a license; whether the mailbox
 * exists shows when it is read. Guests have no mailbox.
 *
 * @throws {TargetError} when a group or an excluded user is unknown, or something could not be read
 */
export async function* listMailboxes(
  { to, place }: MailboxContactsSync,
  world: MailboxesWorld,
  signal: AbortSignal,
): AsyncGenerator<BookRef | SkippedBook> {
  const { graph } = world;
  try {
    const named = await findNamed(to, graph, signal);
    if (named.excluded.unknown.length > 0) throw excludedUnknown(named.excluded.unknown);
    for (const name of named.included.unknown) yield notFound(name);
    const seen = await excludedIds(named, graph, signal);
    const managers: ReadonlyMap<string, Manager> =
      world.managers === false ? new Map() : await readManagers(graph, "users", place, signal);
    const members = await readMembers(named.included.groups, graph, signal);
    for await (const { person, by } of candidates(to, { ...named.included, members }, world, signal)) {
      const { id } = person;
      const whole = { ...person, ...managers.get(id), groups: members.groupsOf(id) };
      if (!seen.has(id)) yield bookOf({ person: whole, by }, to);
      seen.add(id);
    }
  } catch (error) {
    throw asTargetError(error);
  }
}

/**
 * Lists every mailbox of the tenant that the config does not name. Disabled accounts are included, because an earlier
 * config may have named them.
 *
 * @param known - object ids of the accounts that the config names
 * @throws {TargetError} when the users could not be read
 */
export async function* listFormerMailboxes(
  to: MailboxContactsTarget,
  { graph, tenantId }: MailboxesWorld,
  known: ReadonlySet<string>,
  signal: AbortSignal,
): AsyncGenerator<BookRef> {
  try {
    for await (const user of allUsers(graph, "any", signal)) {
      const person = toPerson(user, { tenantId, tenant: to.tenant, source: "" });
      const { id, kind, mail, licensed } = person;
      const mayHaveMailbox = kind !== "guest" && (mail !== "" || licensed);
      if (!mayHaveMailbox || known.has(id)) continue;
      yield { id, mailbox: nameOf(person), folder: to.folder, person, former: true };
    }
  } catch (error) {
    throw asTargetError(error);
  }
}

interface Included {
  /** Users that the config names directly. */
  readonly users: readonly GraphUser[];
  readonly members: Members;
}

/** A user that the config selects, who may have no usable mailbox. */
interface Candidate {
  readonly person: Person;
  readonly by: "name" | "group" | "all";
}

async function* candidates(
  to: MailboxContactsTarget,
  { users, members }: Included,
  world: MailboxesWorld,
  signal: AbortSignal,
): AsyncGenerator<Candidate> {
  const origin = { tenantId: world.tenantId, tenant: to.tenant, source: "" };
  for (const user of users) yield { person: toPerson(user, origin), by: "name" };
  for (const user of members.users) yield { person: toPerson(user, origin), by: "group" };
  if (!to.mailboxes.all) return;
  for await (const user of allUsers(world.graph, "enabled", signal)) {
    const person = toPerson(user, origin);
    if (unusable(person, "all") === null) yield { person, by: "all" };
  }
}

async function* allUsers(
  graph: GraphReader,
  which: "enabled" | "any",
  signal: AbortSignal,
): AsyncGenerator<GraphUser> {
  const filter = which === "enabled" ? "$filter=accountEnabled%20eq%20true&" : "";
  const url = `/users?${filter}$select=${userSelect}&$top=999`;
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

/** An error, because a misspelled name would leave a mailbox that should be excluded among the targets. */
function excludedUnknown(unknown: readonly Named[]): TargetError {
  const names = unknown.map(({ name }) => `"${name}"`).join(", ");
  return new TargetError({
    code: "excluded-mailbox-not-found",
    summary: "An excluded mailbox was not found",
    detail:
      `The tenant has no user ${names}, which the config excludes from the mailboxes. The name may be misspelled, ` +
      `so nothing is changed. Check the spelling; if the person has left, remove the name from \`exclude\`.`,
    place: unknown[0]?.place ?? null,
  });
}

function bookOf({ person, by }: Candidate, to: MailboxContactsTarget): BookRef | SkippedBook {
  const mailbox = nameOf(person);
  const reason = unusable(person, by);
  if (reason !== null) {
    const problem = { severity: "warning", code: "mailbox-not-usable", message: reason } as const;
    return { mailbox, account: person.id, problem };
  }
  return { id: person.id, mailbox, folder: to.folder, person };
}

function nameOf({ mail, userPrincipalName, id }: Person): string {
  return mail || userPrincipalName || id;
}

/** Why the mailbox of an account is not read; null when it is. */
function unusable(person: Person, by: Candidate["by"]): string | null {
  if (person.kind === "guest") return "A guest has no mailbox in this tenant.";
  if (by === "name") return null;
  const shared = "If it is a shared mailbox that should get contacts, add it to `mailboxes.users`.";
  if (!person.enabled) return `The account is disabled. ${shared}`;
  if (!person.licensed) return `The account has no license and therefore no mailbox. ${shared}`;
  return null;
}

function notFound(named: Named): SkippedBook {
  const { place } = named;
  const { file, line } = place;
  const message =
    `The tenant has no user "${named.name}", which is named in ${file}, line ${line}. ` +
    `Check the spelling; if the person has left, remove the name from the config.`;
  return { mailbox: named.name, problem: { severity: "warning", code: "mailbox-not-found", message, place } };
}

function asTargetError(error: unknown): unknown {
  if (!(error instanceof DirectoryError)) return error;
  return new TargetError(problemIn(error), error, error.others.map(problemIn));
}

function problemIn({ code, summary, detail, place, requestId }: DirectoryError): TargetError["diagnostic"] {
  return { code, summary, detail, place, ...(requestId === "" ? {} : { requestId }) };
}
