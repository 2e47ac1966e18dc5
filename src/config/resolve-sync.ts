import type { FieldMapping, Limit, Limits, SyncConfig } from "../model/config.ts";
import { isContactField } from "../model/contact-fields.ts";
import type { ContactField } from "../model/contact-fields.ts";
import type { Path } from "./config-file.ts";
import { writtenExpression } from "./expression.ts";
import { namesAt } from "./resolve-source.ts";
import type { Field, Limit as WrittenLimit, Sync as WrittenSync } from "./written-config.gen.ts";
import type { Written } from "./written.ts";

/** One sync with its defaults filled in. The form of what is written was checked before. */
export function resolveSync(name: string, sync: WrittenSync, written: Written): SyncConfig {
  const at: Path = ["syncs", name];
  const { to } = sync;
  const mailboxes = [...at, "to", "mailboxes"];
  return {
    name,
    owner: sync.owner.toLowerCase(),
    from: sync.from,
    where: writtenExpression(written, [...at, "where"], sync.where),
    to: {
      kind: "mailbox-contacts",
      tenant: to.tenant,
      mailboxes: {
        users: namesAt(to.mailboxes.users, written, [...mailboxes, "users"]),
        groups: namesAt(to.mailboxes.groups, written, [...mailboxes, "groups"]),
        all: to.mailboxes.all ?? false,
        exclude: {
          users: namesAt(to.mailboxes.exclude?.users, written, [...mailboxes, "exclude", "users"]),
          groups: namesAt(to.mailboxes.exclude?.groups, written, [...mailboxes, "exclude", "groups"]),
        },
      },
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

function fieldsOf(
  fields: Readonly<Record<string, Field | undefined>>,
  written: Written,
  at: Path,
): ReadonlyMap<ContactField, FieldMapping> {
  const mappings = new Map<ContactField, FieldMapping>();
  for (const [field, mapping] of Object.entries(fields)) {
    if (!isContactField(field) || mapping === undefined) continue;
    if (mapping === null || typeof mapping === "string") {
      const value = writtenExpression(written, [...at, field], mapping);
      mappings.set(field, { value, policy: null, defaultValue: false });
      continue;
    }
    const value = writtenExpression(written, [...at, field, "value"], mapping.value);
    mappings.set(field, { value, policy: mapping.policy ?? null, defaultValue: mapping.value === undefined });
  }
  return mappings;
}

function limitsOf(limits: Readonly<Record<string, WrittenLimit | undefined>>): Limits {
  const resolved = Object.entries(limits).flatMap(([name, limit]) =>
    limit === undefined ? [] : [[name, limitOf(limit)]],
  );
  return Object.fromEntries(resolved) as Limits;
}

function limitOf(limit: WrittenLimit): Limit {
  return typeof limit === "number" ? { count: limit } : { share: Number.parseFloat(limit) / 100 };
}
