import { v5 as uuidv5 } from "uuid";
import type { SyncConfig, Tenant } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Path } from "./config-file.ts";
import { resolveSync } from "./resolve-sync.ts";
import { sandboxId } from "./sandbox-id.ts";
import type { Mesh, Sync as WrittenSync } from "./written-config.gen.ts";
import type { Written } from "./written.ts";

/**
 * A mesh is a short way to write a sync for each ordered pair of its members. From here on nobody knows that there
 * was one, but for `inMesh`, by which what is wrong with such a sync is told of the mesh.
 */
export function expandMesh(
  mesh: Mesh,
  tenants: ReadonlyMap<string, Tenant>,
  written: Written,
): { readonly syncs: readonly SyncConfig[]; readonly problems: readonly Diagnostic[] } {
  const all = Object.keys(mesh.members);
  const ids = new Map(all.map((name) => [name, tenantIdOf(tenants.get(name))]));
  const twice = all.flatMap((name, place) => {
    const id = ids.get(name) ?? null;
    const first = all.slice(0, place).find((other) => id !== null && ids.get(other) === id);
    return first === undefined ? [] : [{ name, first }];
  });
  const problems = [
    ...twice.map(({ name, first }) => namedTwice(first, name, written)),
    ...all.flatMap((name) => {
      const tenant = tenants.get(name);
      return tenant === undefined || ids.get(name) !== null ? [] : [unknownId(tenant, written)];
    }),
  ];
  const names = all.filter((name) => !twice.some((one) => one.name === name));
  const pairs = names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to] as const));
  // Where an id is not known nothing is made by the owner; but it must differ from the others.
  const idOf = (name: string): string => ids.get(name) ?? name;
  // The same of each pair, so that each is checked and compiled once.
  let expressions: Pick<SyncConfig, "where" | "fields"> | null = null;
  const syncs = pairs.flatMap(([from, to]) => {
    const owner = uuidv5(`${idOf(from)}/${idOf(to)}`, mesh.owner.toLowerCase());
    const pair = writtenPair(mesh, from, to, owner);
    if (pair === null) return [];
    const sync = resolveSync(pairName(from, to), pair, written);
    expressions ??= { where: sync.where, fields: sync.fields };
    return [{ ...sync, ...expressions, fromMesh: true }];
  });
  return { syncs, problems };
}

/** What is written of a pair, as if it were a sync of its own. */
function writtenPair(mesh: Mesh, from: string, to: string, owner: string): WrittenSync | null {
  const { owner: _, members, control, stamp, ...rest } = mesh;
  const member = members[from];
  if (member === undefined) return null;
  const { ownedDomains, publicDomains, displayName } = member;
  const target = {
    kind: "mail-contacts" as const,
    tenant: to,
    ownedDomains,
    ...(publicDomains === undefined ? {} : { publicDomains }),
    ...(displayName === undefined ? {} : { displayName }),
    ...(control === undefined ? {} : { control }),
    ...(stamp === undefined ? {} : { stamp }),
  };
  return { ...rest, owner, from: member.from, to: target };
}

function tenantIdOf(tenant: Tenant | undefined): string | null {
  if (tenant === undefined) return null;
  if (tenant.kind === "sandbox") return sandboxId(tenant.path);
  return tenant.tenantId === "" ? null : tenant.tenantId;
}

/** The people of a tenant would become contacts among themselves, by syncs of one owner. */
function namedTwice(first: string, second: string, written: Written): Diagnostic {
  const report = {
    code: "mesh-member-twice",
    summary: "Two members of the mesh are the same tenant",
    detail: `The tenants ${first} and ${second} have the same id. A mesh contains each tenant once. Remove one of the two from its members, or correct its id.`,
  };
  return written.report(["mesh", "members", second], report, "key");
}

/** Owners are derived from the ids of tenants, which must be known for it. */
function unknownId(tenant: Tenant, written: Written): Diagnostic {
  const { name } = tenant;
  const detail =
    tenant.kind === "sandbox"
      ? `The sandbox tenant ${name} cannot be read, and the mesh derives its owners from the ids of its tenants. Create it with: galops sandbox init ${tenant.shown ?? tenant.path}`
      : `The id of the tenant ${name} is not known, and the mesh derives its owners from the ids of its tenants. Provide the value that its tenantId refers to.`;
  // Of a real tenant it is known as soon as the environment is.
  const code = "tenant-id-unknown";
  const summary = "A tenant's id is not known";
  const report =
    tenant.kind === "sandbox"
      ? { code, summary, detail }
      : { code, summary, detail, severity: "warning" as const };
  return written.report(["mesh", "members", name], report, "key");
}

/** `contoso-in-fabrikam`: the people of the first as contacts in the second. */
function pairName(from: string, to: string): string {
  return `${from}-in-${to}`;
}

/**
 * The places of a mesh's syncs: what is said of one of them is said of the line of the mesh that it comes from.
 *
 * @param syncs - names of those that are written as syncs, of which what is said is said there
 */
export function inMesh(written: Written, mesh: Mesh, syncs: ReadonlySet<string>): Written {
  const members = Object.keys(mesh.members);
  const pairs = new Map(
    members
      .flatMap((from) => members.map((to) => [pairName(from, to), { from, to }] as const))
      .filter(([name]) => !syncs.has(name)),
  );
  const translated = (path: Path): Path => {
    const pair = path[0] === "syncs" ? pairs.get(String(path[1])) : undefined;
    return pair === undefined ? path : pathInMesh(pair, path.slice(2));
  };
  return {
    value: written.value,
    find: (path, part) => written.find(translated(path), part),
    place: (path) => written.place(translated(path)),
    report: (path, report, part) =>
      written.report(translated(path), report, isMember(path) && translated(path) !== path ? "key" : part),
  };
}

/** What a pair writes to is not written but as the name of a member. */
function isMember(path: Path): boolean {
  return path[2] === "to" && path[3] === "tenant";
}

function pathInMesh({ from, to }: { readonly from: string; readonly to: string }, rest: Path): Path {
  const [first, second] = rest;
  if (first === "from") return ["mesh", "members", from, ...rest];
  if (first !== "to") return ["mesh", ...rest];
  if (second === "tenant") return ["mesh", "members", to];
  const ofMember = second === "ownedDomains" || second === "publicDomains" || second === "displayName";
  return ofMember ? ["mesh", "members", from, ...rest.slice(1)] : ["mesh", ...rest.slice(1)];
}
