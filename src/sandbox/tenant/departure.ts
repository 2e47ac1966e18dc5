import { directoryKinds } from "./tenant.ts";
import type { Change, TenantState } from "./tenant.ts";

/** Removes all references to a deleted object: as a manager and as a group member. */
export function departureChanges(state: TenantState, id: string): readonly Change[] {
  const changes: Change[] = [];
  for (const kind of ["user", "orgContact"] as const) {
    for (const { manager, ...entry } of state[directoryKinds[kind]].values()) {
      if (manager === id && entry.id !== id) changes.push({ put: kind, value: entry });
    }
  }
  for (const group of state.groups.values()) {
    const members = (group.members ?? []).filter((member) => member !== id);
    if (members.length !== (group.members ?? []).length)
      changes.push({ put: "group", value: { ...group, members } });
  }
  return changes;
}
