import type { GraphReader } from "../http/graph/graph.ts";
import type { Place } from "../model/diagnostic.ts";
import type { Person } from "../model/person.ts";
import { readAll } from "./read-all.ts";

/** The properties of a person that describe the manager. */
export type Manager = Pick<Person, "managerName" | "managerMail">;

interface WithManager {
  readonly id: string;
  readonly manager?: { readonly displayName?: string | null; readonly mail?: string | null } | null;
}

/**
 * Reads managers, keyed by the id of the person they manage; people without a manager are left out. Complete, or it
 * throws.
 *
 * Reads all users or contacts in a separate request, since Graph refuses `$expand` in advanced queries (filters,
 * casts).
 *
 * @throws {DirectoryError} when Graph failed
 */
export async function readManagers(
  graph: GraphReader,
  of: "users" | "org-contacts",
  place: Place,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Manager>> {
  const path = of === "users" ? "/users" : "/contacts";
  const url = `${path}?$select=id&$expand=manager($select=id,displayName,mail)&$top=999`;
  const permission = of === "users" ? "User.Read.All" : "OrgContact.Read.All";
  const managers = new Map<string, Manager>();
  for await (const page of readAll<WithManager>(
    graph,
    { url },
    { what: "managers", permission, place },
    signal,
  )) {
    for (const { id, manager } of page) {
      if (manager === null || manager === undefined) continue;
      managers.set(id, { managerName: manager.displayName ?? "", managerMail: manager.mail ?? "" });
    }
  }
  return managers;
}
