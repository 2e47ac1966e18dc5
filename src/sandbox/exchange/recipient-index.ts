import { directoryKinds, textOf } from "../tenant/tenant.ts";
import type { DirectoryKind, Entry, TenantState } from "../tenant/tenant.ts";
import { addressesOf, aliasOf, distinguishedName, guidOf, recipientName, recipientOf } from "./recipients.ts";
import type { Recipient } from "./recipients.ts";

/** The kinds of keys that identify an object. */
export type KeyKind = "address" | "alias" | "dn" | "guid" | "id" | "name" | "upn";

/** Finds recipients and contacts in a tenant without scanning all of them. */
export interface RecipientIndex {
  /** The objects that have the value, ignoring case, under one of these kinds. */
  find(kinds: readonly KeyKind[], value: string): readonly Recipient[];
}

interface Known {
  readonly kind: DirectoryKind;
  readonly entry: Entry;
  readonly keys: readonly string[];
}

export function recipientIndex(state: TenantState): RecipientIndex {
  const known = new Map<string, Known>();
  const holders = new Map<string, Set<string>>();
  const kinds = Object.keys(directoryKinds) as DirectoryKind[];

  function forget(id: string): void {
    for (const key of known.get(id)?.keys ?? []) {
      const ids = holders.get(key);
      ids?.delete(id);
      if (ids?.size === 0) holders.delete(key);
    }
    known.delete(id);
  }

  function learn(kind: DirectoryKind, entry: Entry): void {
    forget(entry.id);
    const keys = keysOf(state, kind, entry);
    known.set(entry.id, { kind, entry, keys });
    for (const key of keys) holders.set(key, (holders.get(key) ?? new Set()).add(entry.id));
  }

  /** Updates the index. Entries are replaced when they change, so identity shows which did. */
  function refresh(): void {
    for (const kind of kinds) {
      for (const entry of state[directoryKinds[kind]].values()) {
        if (known.get(entry.id)?.entry !== entry) learn(kind, entry);
      }
    }
    const present = kinds.reduce((sum, kind) => sum + state[directoryKinds[kind]].size, 0);
    if (known.size === present) return;
    for (const [id, { kind }] of known) if (!state[directoryKinds[kind]].has(id)) forget(id);
  }

  return {
    find(of, value) {
      refresh();
      const ids = new Set(of.flatMap((kind) => [...(holders.get(keyOf(kind, value)) ?? [])]));
      return [...ids].flatMap((id) => {
        const found = known.get(id);
        return found === undefined ? [] : (recipientOf(state, found.kind, found.entry) ?? []);
      });
    },
  };
}

function keyOf(kind: KeyKind, value: string): string {
  return `${kind}:${value.toLowerCase()}`;
}

function keysOf(state: TenantState, kind: DirectoryKind, entry: Entry): readonly string[] {
  const name = recipientName({ kind, entry });
  const alias = aliasOf(entry);
  const upn = textOf(entry["userPrincipalName"]);
  return [
    keyOf("id", entry.id),
    keyOf("guid", guidOf(entry)),
    keyOf("name", name),
    keyOf("dn", distinguishedName(state, name)),
    ...addressesOf(entry).map((address) => keyOf("address", address)),
    ...(alias === "" ? [] : [keyOf("alias", alias)]),
    ...(upn === "" ? [] : [keyOf("upn", upn)]),
  ];
}
