import type { Group } from "./groups.ts";

/** Which of some groups hold which objects of the directory, as a person's `groups` show it. */
export interface Memberships {
  add(id: string, group: Group): void;
  has(id: string): boolean;
  /** Mail, or where there is none the name, of the groups that hold the object; by code unit. */
  groupsOf(id: string): readonly string[];
}

export function createMemberships(): Memberships {
  const labels = new Map<string, string[]>();
  return {
    add(id, group) {
      const label = group.mail || group.displayName;
      const known = labels.get(id);
      if (known === undefined) labels.set(id, [label]);
      else known.push(label);
    },
    has: (id) => labels.has(id),
    groupsOf: (id) => [...new Set(labels.get(id))].toSorted(),
  };
}
