import type { FieldMapping, Limit, Limits, MailboxSelection, SyncConfig } from "../model/config.ts";
import { isContactField } from "../model/contact-fields.ts";
import type { ContactField } from "../model/contact-fields.ts";
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
    to: {
      kind: to.kind,
      tenant: to.tenant,
      mailboxes: mailboxesOf(to.mailboxes, written, [...at, "to", "mailboxes"]),
      folder: to.folder ?? null,
      excludeSelf: to.excludeSelf ?? true,
    },
    fields: fieldsOf(sync.fields ?? {}, written, [...at, "fields"]),
    fieldPolicy: sync.fieldPolicy ?? "overwrite",
    categories: sync.categories ?? null,
    photos: sync.photos ?? false,
    policy: sync.policy ?? "sync",
    limits: limitsOf(sync.limits ?? {}),
    place: written.place(at),
  };
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
