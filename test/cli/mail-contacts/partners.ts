import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { manualClock } from "../../fakes/manual-clock.ts";
import { office } from "../office.ts";
import type { Office } from "../office.ts";

export const owner = "7b0f9f3a-5a39-4a53-9b1a-6f8f0d1f3c22";

/** Mail contacts of Contoso's people in Fabrikam. */
export interface Written {
  /** Lines of the target, each behind six blanks. */
  readonly to?: string;
  /** Lines of the sync. */
  readonly more?: string;
}

/** Contoso's people as mail contacts of Fabrikam. */
export function config({ to = "ownedDomains: [contoso.com]", more = "" }: Written = {}): string {
  return `version: 1
tenants:
  contoso: { sandbox: ./practice.tenant.json }
  fabrikam: { sandbox: ./fabrikam.tenant.json }
sources:
  staff: { kind: users, tenant: contoso }
syncs:
  contoso-in-fabrikam:
    owner: ${owner}
    from: [staff]
    to:
      kind: mail-contacts
      tenant: fabrikam
      ${to}
${more}`;
}

export const files = {
  contoso: "practice.tenant.json",
  fabrikam: "fabrikam.tenant.json",
  northwind: "northwind.tenant.json",
} as const;
export type Company = keyof typeof files;

/** As much of a tenant's file as is looked at here. */
export interface TenantText {
  tenantId: string;
  exchange: Record<string, unknown>;
  users: DirectoryObject[];
  groups: DirectoryObject[];
  orgContacts: OrgContact[];
}

interface DirectoryObject {
  id: string;
  mail?: string;
  proxyAddresses?: string[];
  [name: string]: unknown;
}

export interface OrgContact {
  readonly id: string;
  readonly displayName: string;
  readonly mail: string;
  readonly mailNickname: string;
  /** What only Exchange knows. */
  readonly exchange?: {
    readonly CustomAttribute15?: string;
    readonly HiddenFromAddressListsEnabled?: boolean;
    readonly Notes?: string;
  };
}

export interface Change {
  readonly action: string;
  readonly reason: string;
  readonly displayName: string;
  readonly withheld?: string;
  readonly fields: Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>>;
}

export interface Planned {
  readonly code: number;
  readonly summary: Readonly<Record<string, number>>;
  readonly diagnostics: readonly { readonly code: string; readonly detail: string }[];
  /** Of all syncs. */
  readonly changes: readonly Change[];
}

export interface Partners extends Office {
  /** Goes on to that many days after the beginning. */
  on(day: number): void;
  /** `galops sandbox edit`. */
  edit(what: string, company: Company, ...values: readonly string[]): Promise<void>;
  /** `galops plan --format json`, which has to be as its schema. */
  plan(...argv: readonly string[]): Promise<Planned>;
  apply(...argv: readonly string[]): Promise<void>;
  tenant(company: Company): TenantText;
  /** Edits the file by hand. */
  rewrite(company: Company, change: (tenant: TenantText) => void): void;
  /** The mail contact with that address. */
  contact(company: Company, address: string): OrgContact | undefined;
}

const validate = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync(new URL("../../../schemas/plan.schema.json", import.meta.url), "utf8")) as object,
);

const started = Date.UTC(2026, 10, 24, 8);
const dayMs = 24 * 60 * 60 * 1000;

/** Contoso and others, each in a file of its own, with nothing synchronized yet. */
export async function partners(
  text = config(),
  companies: readonly Company[] = ["contoso", "fabrikam"],
): Promise<Partners> {
  const there = await office(text);
  const { read, write } = there;
  let today = 0;
  const galops: Office["galops"] = (...argv) =>
    there.galopsIn({ clock: manualClock(started + today * dayMs) }, ...argv);
  const run = async (...argv: readonly string[]): Promise<void> => {
    expect(await galops(...argv)).toMatchObject({ code: 0 });
  };
  if (companies.includes("fabrikam")) await run("sandbox", "init", files.fabrikam, "--company", "fabrikam");
  if (companies.includes("northwind")) {
    const place = ["--domain", "northwind.example", "--seed", "7"];
    await run("sandbox", "init", files.northwind, ...place);
  }
  const tenant = (company: Company): TenantText => {
    const kept = JSON.parse(read(files[company])) as Partial<TenantText>;
    // What is empty is not written.
    return { tenantId: "", exchange: {}, users: [], groups: [], orgContacts: [], ...kept };
  };
  return {
    ...there,
    galops,
    tenant,
    on: (day) => void (today = day),
    edit: (what, company, ...values) => run("sandbox", "edit", what, files[company], ...values),
    apply: (...argv) => run("apply", "--auto-approve", ...argv),
    async plan(...argv) {
      const { code, stdout } = await galops("plan", "--format", "json", ...argv);
      const parsed = JSON.parse(stdout) as Omit<Planned, "code" | "changes"> & {
        readonly syncs: readonly { readonly books: readonly { readonly changes: readonly Change[] }[] }[];
      };
      validate(parsed);
      expect(validate.errors ?? []).toEqual([]);
      const { summary, diagnostics, syncs } = parsed;
      const changes = syncs.flatMap(({ books }) => books.flatMap((book) => book.changes));
      return { code, summary, diagnostics, changes };
    },
    rewrite(company, change) {
      const made = tenant(company);
      change(made);
      write(files[company], JSON.stringify(made, null, 2));
    },
    contact: (company, address) => tenant(company).orgContacts.find(({ mail }) => mail === address),
  };
}

/** What a plan would do, without the details. */
export function briefly(changes: readonly Change[]): readonly string[] {
  return changes
    .map(({ action, displayName, reason, withheld }) =>
      [action, displayName, reason, ...(withheld === undefined ? [] : ["withheld"])].join(" "),
    )
    .toSorted();
}
