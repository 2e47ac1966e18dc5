import type {
  Deletion,
  FieldMapping,
  Limit,
  Limits,
  MailboxSelection,
  SyncConfig,
  TargetConfig,
} from "../model/config.ts";
import { isContactField, isCustomAttribute } from "../model/contact-fields.ts";
import type { ContactField, CustomAttribute } from "../model/contact-fields.ts";
import type { Path } from "./config-file.ts";
import { namesAt } from "./resolve-source.ts";
import type {
  Fields,
  Limits as WrittenLimits,
  Mailboxes,
  Sync as WrittenSync,
} from "./written-config.gen.ts";
import { writtenExpression } from "./written-expression.ts";
import type { Written } from "./written.ts";

type WrittenField = Exclude<Fields[keyof Fields], undefined>;

/** One sync with its defaults filled in. */
export function resolveSync(name: string, sync: WrittenSync, written: Written): SyncConfig {
  const at: Path = ["syncs", name];
  const { to, where } = sync;
  return {
    name,
    owner: sync.owner.toLowerCase(),
    from: sync.from,
    where: where === undefined ? null : writtenExpression(written, [...at, "where"], where),
    to: targetOf(to, written, [...at, "to"]),
    fields: fieldsOf(sync.fields ?? {}, written, [...at, "fields"]),
    fieldPolicy: sync.fieldPolicy ?? "overwrite",
    categories: sync.categories ?? null,
    photos: sync.photos ?? false,
    policy: sync.policy ?? "sync",
    deletion: deletionOf(sync.deletion ?? "now"),
    limits: limitsOf(sync.limits ?? {}),
    fromMesh: false,
    place: written.place(at),
  };
}

function targetOf(to: WrittenSync["to"], written: Written, at: Path): TargetConfig {
  if (to.kind === "mailbox-contacts") {
    return {
      kind: to.kind,
      tenant: to.tenant,
      mailboxes: mailboxesOf(to.mailboxes, written, [...at, "mailboxes"]),
      folder: to.folder ?? null,
      excludeSelf: to.excludeSelf ?? true,
    };
  }
  const { prefix = "", suffix = "", unique = false } = to.displayName ?? {};
  return {
    kind: to.kind,
    tenant: to.tenant,
    ownedDomains: domainsOf(to.ownedDomains),
    domainsPlace: written.place([...at, "ownedDomains"]),
    publicDomains: domainsOf(to.publicDomains ?? []),
    control: to.control ?? "marked",
    stamp: stampOf(to.stamp ?? "CustomAttribute15"),
    displayName: { prefix, suffix, unique },
  };
}

function domainsOf(domains: readonly string[]): readonly string[] {
  return [...new Set(domains.map((domain) => domain.toLowerCase()))];
}

/** Exchange writes its names with a capital; ours, like those of all fields, begin without. */
function stampOf(attribute: string): CustomAttribute {
  const field = attribute.replace("Custom", "custom");
  if (isContactField(field) && isCustomAttribute(field)) return field;
  throw new Error(`The schema let ${attribute} through as a custom attribute.`);
}

function deletionOf(deletion: Exclude<WrittenSync["deletion"], undefined>): Deletion {
  if (typeof deletion === "string") return { kind: "now" };
  return { kind: "grace", days: Number.parseInt(deletion.grace, 10) };
}

function mailboxesOf(mailboxes: Mailboxes, written: Written, at: Path): MailboxSelection {
  const { users, groups, all = false, exclude = {} } = mailboxes;
  return {
    users: namesAt(users, written, [...at, "users"]),
    groups: namesAt(groups, written, [...at, "groups"]),
    all,
    exclude: {
      users: namesAt(exclude.users, written, [...at, "exclude", "users"]),
      groups: namesAt(exclude.groups, written, [...at, "exclude", "groups"]),
    },
  };
}

function fieldsOf(fields: Fields, written: Written, at: Path): ReadonlyMap<ContactField, FieldMapping> {
  const mappings = new Map<ContactField, FieldMapping>();
  const entries: readonly (readonly [string, WrittenField])[] = Object.entries(fields);
  for (const [field, mapping] of entries) {
    // The schema has the fields of the model, all but photo; a test compares them.
    if (isContactField(field)) mappings.set(field, mappingOf(mapping, written, [...at, field]));
  }
  return mappings;
}

function mappingOf(mapping: WrittenField, written: Written, at: Path): FieldMapping {
  if (mapping === null) return { value: null, policy: null, defaultValue: false };
  if (typeof mapping === "string") {
    return { value: writtenExpression(written, at, mapping), policy: null, defaultValue: false };
  }
  const { value, policy = null } = mapping;
  const expression = typeof value === "string" ? writtenExpression(written, [...at, "value"], value) : null;
  return { value: expression, policy, defaultValue: value === undefined };
}

function limitsOf({ deletes, updates, creates, shrink, addressChanges }: WrittenLimits): Limits {
  return {
    ...(deletes === undefined ? {} : { deletes: limitOf(deletes) }),
    ...(updates === undefined ? {} : { updates: limitOf(updates) }),
    ...(creates === undefined ? {} : { creates: limitOf(creates) }),
    ...(shrink === undefined ? {} : { shrink: limitOf(shrink) }),
    ...(addressChanges === undefined ? {} : { addressChanges: limitOf(addressChanges) }),
  };
}

function limitOf(limit: number | string): Limit {
  return typeof limit === "number" ? { count: limit } : { share: Number.parseFloat(limit) / 100 };
}
