import { compileSync } from "../../src/desired/compile-sync.ts";
import type { CompiledSync } from "../../src/desired/compile-sync.ts";
import type { FieldMapping, SourceConfig, MailboxContactsSync } from "../../src/model/config.ts";
import type { ContactField } from "../../src/model/contact-fields.ts";
import type { ContactFields } from "../../src/model/contact.ts";
import type { Canonical } from "../../src/model/target.ts";
import { expression, person, syncConfig } from "../fakes/people.ts";

export const ann = person({
  key: "t/ann",
  displayName: "Ann Ek",
  givenName: "Ann",
  surname: "Ek",
  mail: "ann@contoso.com",
  userPrincipalName: "ann.e@contoso.com",
  proxyAddresses: ["ann.ek@contoso.com"],
  otherMails: ["family@home.example"],
  city: "Oslo",
});
export const bo = person({ key: "t/bo", displayName: "Bo Li", mail: "bo@contoso.com", city: "Bergen" });
export const chandra = person({ key: "t/chandra", displayName: "Chandra", jobTitle: "Lead" });

/** A sync of staff and suppliers whose expressions are right. */
export async function compiled(
  given: Partial<MailboxContactsSync>,
  sources: readonly SourceConfig[] = [],
): Promise<CompiledSync> {
  const config = syncConfig({ from: ["staff", "suppliers"], ...given });
  const result = await compileSync(config, new Map(sources.map((source) => [source.name, source])));
  if (result.compiled === null) throw new Error(JSON.stringify(result.diagnostics));
  return result.compiled;
}

/** A file of people, with what is asked of each of them. */
export function csvSource(name: string, where: string | null): SourceConfig {
  return {
    kind: "csv",
    name,
    path: `/config/${name}.csv`,
    file: `${name}.csv`,
    pathPlace: { file: "galops.yaml", line: 1, column: 1 },
    columnPlace: () => ({ file: "galops.yaml", line: 1, column: 1 }),
    id: "id",
    columns: {},
    where: where === null ? null : expression(where),
    place: { file: "galops.yaml", line: 1, column: 1 },
  };
}

/** What `fields:` of a sync says: an expression, null, or a policy alone. */
export function fields(
  written: Readonly<Partial<Record<ContactField, string | null | Pick<FieldMapping, "policy">>>>,
): ReadonlyMap<ContactField, FieldMapping> {
  const entries = Object.entries(written) as [ContactField, string | null | Pick<FieldMapping, "policy">][];
  return new Map(entries.map(([field, value]) => [field, mappingOf(value)] as const));
}

function mappingOf(value: string | null | Pick<FieldMapping, "policy">): FieldMapping {
  if (typeof value === "string") return { value: expression(value), policy: null, defaultValue: false };
  return { value: null, policy: value?.policy ?? null, defaultValue: value !== null };
}

/** A target that keeps what it is given. */
export function asIs(given: ContactFields): Canonical {
  return { fields: given, warnings: [] };
}
