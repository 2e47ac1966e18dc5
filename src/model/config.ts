import type { ContactField, CustomAttribute, FieldPolicy, TargetKind } from "./contact-fields.ts";
import type { Place } from "./diagnostic.ts";

/**
 * The config as the program uses it: files merged, defaults applied, references checked.
 * `WrittenConfig` (config/written-config.gen.ts) is the form that users write.
 */
export interface Config {
  /** Folder of the config file (or the config folder itself), absolute. Paths in the config are relative to it. */
  readonly folder: string;
  /** `sha256:<hex>` of the config's content, regardless of its files, comments and key order. */
  readonly digest: string;
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly sources: ReadonlyMap<string, SourceConfig>;
  readonly syncs: readonly SyncConfig[];
  readonly approval: Approval;
}

/** Changes that may be applied although they are not in the approved plan. */
export interface Approval {
  readonly allow: readonly ApprovalException[];
}

/** `drift`: repairs of edits. `source-changed`: people who joined or changed. `left`: people who left. */
export type ApprovalException = "drift" | "source-changed" | "left";

export type Tenant = MicrosoftTenant | SandboxTenant;

export interface SandboxTenant {
  readonly kind: "sandbox";
  readonly name: string;
  /** Absolute path of the sandbox file. */
  readonly path: string;
  /** The path as written in the config when a reference resolves to it and it must not be printed; else null. */
  readonly shown: string | null;
  readonly place: Place;
}

export interface MicrosoftTenant {
  readonly kind: "microsoft";
  readonly name: string;
  /** Lower-case GUID. */
  readonly tenantId: string;
  /** Initial domain (`contoso.onmicrosoft.com`); "" when the config does not name it. */
  readonly organization: string;
  readonly cloud: Cloud;
  readonly auth: Auth;
  readonly endpoints: Endpoints;
  /**
   * Values from references (hosts of endpoints, `clientId`, `tokenFile`), which must never be printed, mapped to the
   * text to print instead. Absent when there are none.
   */
  readonly references?: ReadonlyMap<string, string>;
  readonly place: Place;
}

export type Cloud = "global" | "gcc-high" | "dod" | "china";

/** Base URLs (https) without a trailing slash. Taken from `cloud` unless the config sets them. */
export interface Endpoints {
  readonly authority: string;
  readonly graph: string;
  readonly exchange: string;
}

/** How galops signs in to a tenant. Secrets are already resolved and must never be printed. */
export type Auth =
  | { readonly method: "client-secret"; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly method: "client-certificate";
      readonly clientId: string;
      /** PEM with the certificate and its private key. */
      readonly certificate: string;
      /** "" when the key is not encrypted. */
      readonly certificatePassword: string;
    }
  | { readonly method: "github-oidc"; readonly clientId: string }
  | { readonly method: "workload-identity"; readonly clientId: string; readonly tokenFile: string }
  /** An empty clientId selects the system-assigned identity. */
  | { readonly method: "managed-identity"; readonly clientId: string }
  | { readonly method: "azure-cli" };

export type SourceConfig = UsersSource | OrgContactsSource | CsvSource;

interface SourceBase {
  readonly name: string;
  /** Evaluated for every person of the source; null keeps all. */
  readonly where: Expression | null;
  readonly place: Place;
}

export interface UsersSource extends SourceBase {
  readonly kind: "users";
  readonly tenant: string;
  readonly types: readonly ("member" | "guest")[];
  readonly require: readonly Requirement[];
  /** OData, evaluated by Graph; "" for none. */
  readonly filter: string;
  /** Absent without a filter. */
  readonly filterPlace?: Place;
  readonly groups: GroupSelection;
  readonly hiddenFrom: "graph" | "exchange";
}

export interface OrgContactsSource extends SourceBase {
  readonly kind: "org-contacts";
  readonly tenant: string;
  readonly require: readonly ("mail" | "visible")[];
  readonly filter: string;
  readonly filterPlace?: Place;
  readonly groups: GroupSelection;
  readonly hiddenFrom: "graph" | "exchange";
}

export interface CsvSource extends SourceBase {
  readonly kind: "csv";
  /** Absolute, inside the config's folder. */
  readonly path: string;
  /** Path of the file as the user would type it. */
  readonly file: string;
  /** Where the config gives the path. */
  readonly pathPlace: Place;
  /** Header of the column that identifies a row permanently. */
  readonly id: string;
  /** Property of a person → header of the column that fills it. */
  readonly columns: Readonly<Record<string, string>>;
  /** Where the config names the column of `id` or of a property of a person. */
  readonly columnPlace: (property: string) => Place;
}

/** A condition that users must meet to be in the source; `licensed` applies to members only. */
export type Requirement = "enabled" | "licensed" | "mail" | "visible";

/** Groups by id, mail or display name. */
export interface GroupSelection {
  readonly include: readonly Named[];
  readonly exclude: readonly Named[];
}

/** Something in a tenant (a group, a mailbox) that the config names, and where. */
export interface Named {
  readonly name: string;
  readonly place: Place;
}

export interface SyncConfig<To extends TargetConfig = TargetConfig> {
  readonly name: string;
  /** Lower-case GUID. */
  readonly owner: string;
  /** Names of sources; the first one that contains a person wins. */
  readonly from: readonly string[];
  readonly where: Expression | null;
  readonly to: To;
  readonly fields: ReadonlyMap<ContactField, FieldMapping>;
  /** Policy of fields without one of their own. */
  readonly fieldPolicy: FieldPolicy;
  /** Null leaves categories alone. */
  readonly categories: readonly string[] | null;
  readonly photos: boolean;
  readonly policy: SyncPolicy;
  /** What happens to a contact whose person left; `grace` for mail contacts only. */
  readonly deletion: Deletion;
  readonly limits: Limits;
  /** Whether the sync comes from the config's mesh instead of its `syncs`. */
  readonly fromMesh: boolean;
  readonly place: Place;
}

/** `now`: deleted at once. `grace`: hidden from address lists first, deleted after `days`. */
export type Deletion = { readonly kind: "now" } | { readonly kind: "grace"; readonly days: number };

/** `sync` creates, updates and deletes; `upsert-only` never deletes; `create-only` never updates or deletes. */
export type SyncPolicy = "sync" | "upsert-only" | "create-only";

export type TargetConfig = MailboxContactsTarget | MailContactsTarget;

export type MailboxContactsSync = SyncConfig<MailboxContactsTarget>;
export type MailContactsSync = SyncConfig<MailContactsTarget>;

export function isMailContactsSync(sync: SyncConfig): sync is MailContactsSync {
  return kindOf(sync) === "mail-contacts";
}

export function isMailboxContactsSync(sync: SyncConfig): sync is MailboxContactsSync {
  return kindOf(sync) === "mailbox-contacts";
}

function kindOf({ to }: SyncConfig): TargetKind {
  return to.kind;
}

/** The mail contacts of a tenant whose addresses are in the owned domains. */
export interface MailContactsTarget {
  readonly kind: "mail-contacts";
  readonly tenant: string;
  /** Mail domains, lower case, without their subdomains. Nothing outside of them is ever touched. */
  readonly ownedDomains: readonly string[];
  /** Where the config lists the owned domains. */
  readonly domainsPlace: Place;
  /** Owned domains, lower case, that belong to a public mail service and are owned on purpose. */
  readonly publicDomains: readonly string[];
  /** `marked`: only contacts with our stamp are managed. `complete`: all mail contacts in the owned domains are. */
  readonly control: "marked" | "complete";
  /** The attribute that holds the marker. */
  readonly stamp: CustomAttribute;
  readonly displayName: DisplayNameRule;
}

/** How display names of mail contacts are kept distinct from the tenant's own people and from each other. */
export interface DisplayNameRule {
  readonly prefix: string;
  readonly suffix: string;
  /** Whether the local part of the mail address is appended to names that several people share. */
  readonly unique: boolean;
}

export interface MailboxContactsTarget {
  readonly kind: "mailbox-contacts";
  readonly tenant: string;
  readonly mailboxes: MailboxSelection;
  /** Display name of the folder; null for the default Contacts folder. */
  readonly folder: string | null;
  readonly excludeSelf: boolean;
}

export interface MailboxSelection {
  /** By object id, UPN, mail or proxy address. */
  readonly users: readonly Named[];
  readonly groups: readonly Named[];
  /** Every enabled member with a usable mailbox. */
  readonly all: boolean;
  readonly exclude: { readonly users: readonly Named[]; readonly groups: readonly Named[] };
}

/** The entry of one field in `fields:`. */
export interface FieldMapping {
  readonly value: Expression | null;
  /** Null means the sync's `fieldPolicy`. */
  readonly policy: FieldPolicy | null;
  /** True when only a policy is given and the value comes from the default mapping. */
  readonly defaultValue: boolean;
}

/** A CEL expression as written in the config. */
export interface Expression {
  readonly text: string;
  /** Converts an offset in `text` (UTF-16 code units) to a place in the file. */
  readonly locate: (offset: number) => Place;
  /** The lines around the place of an offset, with a mark under it. */
  readonly excerpt: (offset: number) => string;
  /**
   * Set when YAML treats the text after the expression as a comment. `cuts`: the comment begins inside a quotation,
   * which the config's rules report. `follows`: the comment may be intended.
   */
  readonly comment?: "cuts" | "follows";
}

/** An expression inside a source or sync that is invalid otherwise, so that the expression can still be checked. */
export interface LooseExpression {
  readonly expression: Expression;
  readonly of: "source" | TargetKind;
  /** What the expression computes: a condition, or the value of a field. */
  readonly gives: "where" | ContactField;
}

/** A number of people, or a share (0–1, rounded down to whole people) of the people that the sync owns now. */
export type Limit = { readonly count: number } | { readonly share: number };

export interface Limits {
  readonly deletes?: Limit;
  readonly updates?: Limit;
  readonly creates?: Limit;
  readonly shrink?: Limit;
  readonly addressChanges?: Limit;
}
