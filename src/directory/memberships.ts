import type { Group } from "./groups.ts";

/** Records which groups contain which directory objects, for a person's `groups`. */
export interface Memberships {
  add(id: string, group: Group): void;
  has(id: string): boolean;
  /** The groups that contain the object, by mail address or, without one, by name; sorted by code unit. */
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
