import type { ContactField, CustomAttribute, FieldPolicy, TargetKind } from "./contact-fields.ts";
import type { Place } from "./diagnostic.ts";

/**
 * The config as the program uses it: files merged, defaults filled in, references checked.
 * What people write is `WrittenConfig` (config/written-config.gen.ts).
 */
export interface Config {
  /** Folder of the config file (or the config folder itself), absolute. Paths in the config are relative to it. */
  readonly folder: string;
  /** `sha256:<hex>` of what the config says, the same however it is laid out over files, comments and key order. */
  readonly digest: string;
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly sources: ReadonlyMap<string, SourceConfig>;
  readonly syncs: readonly SyncConfig[];
  readonly approval: Approval;
}

/** What may be made beyond an approved plan. */
export interface Approval {
  readonly allow: readonly ApprovalException[];
}

/** `drift`: repairs of what somebody edited. `source-changed`: who joined or changed. `left`: who left. */
export type ApprovalException = "drift" | "source-changed" | "left";

export type Tenant = MicrosoftTenant | SandboxTenant;

export interface SandboxTenant {
  readonly kind: "sandbox";
  readonly name: string;
  /** Absolute path of the file that holds the tenant. */
  readonly path: string;
  /** The path as it is written where a reference gives it, which must never be printed; null where it may be shown. */
  readonly shown: string | null;
  readonly place: Place;
}

export interface MicrosoftTenant {
  readonly kind: "microsoft";
  readonly name: string;
  /** Lower-case GUID. */
  readonly tenantId: string;
  /** Initial domain (`contoso.onmicrosoft.com`); "" when the config does not say. */
  readonly organization: string;
  readonly cloud: Cloud;
  readonly auth: Auth;
  readonly endpoints: Endpoints;
  /** Values that references gave (hosts of endpoints, `clientId`, `tokenFile`), which must never be printed, with what is
   * written in their place; absent where none did. */
  readonly references?: ReadonlyMap<string, string>;
  readonly place: Place;
}

export type Cloud = "global" | "gcc-high" | "dod" | "china";

/** Base URLs without a trailing slash; each of them https. Filled from `cloud` where the config is silent. */
export interface Endpoints {
  readonly authority: string;
  readonly graph: string;
  readonly exchange: string;
}

/** How a tenant is signed in to. Secret values are already resolved; they must never be printed. */
export type Auth =
  | { readonly method: "client-secret"; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly method: "client-certificate";
      readonly clientId: string;
      /** PEM with certificate and private key. */
      readonly certificate: string;
      /** "" when the key is not encrypted. */
      readonly certificatePassword: string;
    }
  | { readonly method: "github-oidc"; readonly clientId: string }
  | { readonly method: "workload-identity"; readonly clientId: string; readonly tokenFile: string }
  /** clientId "" means the system-assigned identity. */
  | { readonly method: "managed-identity"; readonly clientId: string }
  | { readonly method: "azure-cli" };

export type SourceConfig = UsersSource | OrgContactsSource | CsvSource;

interface SourceBase {
  readonly name: string;
  /** Evaluated for every person that the source has; null keeps all. */
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
  readonly groups: GroupSelection;
  readonly hiddenFrom: "graph" | "exchange";
}

export interface OrgContactsSource extends SourceBase {
  readonly kind: "org-contacts";
  readonly tenant: string;
  readonly require: readonly ("mail" | "visible")[];
  readonly filter: string;
  readonly groups: GroupSelection;
  readonly hiddenFrom: "graph" | "exchange";
}

export interface CsvSource extends SourceBase {
  readonly kind: "csv";
  /** Absolute, inside the config's folder. */
  readonly path: string;
  /** The same file as the user would type it. */
  readonly file: string;
  /** Where the config says so. */
  readonly pathPlace: Place;
  /** Header of the column that identifies a row, whatever else changes. */
  readonly id: string;
  /** Property of a person → header of the column that fills it. */
  readonly columns: Readonly<Record<string, string>>;
  /** Where the config names the header of a column: of `id`, or of a property of a person. */
  readonly columnPlace: (property: string) => Place;
}

/** What a user must have or be to be a person of the source; `licensed` is asked of members only. */
export type Requirement = "enabled" | "licensed" | "mail" | "visible";

/** Groups by id, mail or display name, each with the place where it is named. */
export interface GroupSelection {
  readonly include: readonly Named[];
  readonly exclude: readonly Named[];
}

/** A name that the config gives to something in a tenant (a group, a mailbox), and where it does. */
export interface Named {
  readonly name: string;
  readonly place: Place;
}

export interface SyncConfig<To extends TargetConfig = TargetConfig> {
  readonly name: string;
  /** Lower-case GUID. */
  readonly owner: string;
  /** Names of sources; the first that has a person wins. */
  readonly from: readonly string[];
  readonly where: Expression | null;
  readonly to: To;
  readonly fields: ReadonlyMap<ContactField, FieldMapping>;
  /** Policy of every field that says nothing else. */
  readonly fieldPolicy: FieldPolicy;
  /** Null leaves categories alone. */
  readonly categories: readonly string[] | null;
  readonly photos: boolean;
  readonly policy: SyncPolicy;
  /** What becomes of a contact whose person left; `grace` in mail contacts only. */
  readonly deletion: Deletion;
  readonly limits: Limits;
  /** Whether the config has it as a pair of its mesh, and not under a name of its own. */
  readonly fromMesh: boolean;
  readonly place: Place;
}

/** Deleted at once, or hidden from address lists first and deleted after so many days. */
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

/** The organization's mail contacts of a tenant, as far as they lie in the owned domains. */
export interface MailContactsTarget {
  readonly kind: "mail-contacts";
  readonly tenant: string;
  /** Mail domains, lower case; a sub-domain is another domain. No operation ever reaches outside of them. */
  readonly ownedDomains: readonly string[];
  /** Where the owned domains are written. */
  readonly domainsPlace: Place;
  /** Those of them that are meant although they belong to a public mail service, lower case. */
  readonly publicDomains: readonly string[];
  /** `marked`: only what carries our stamp is ours. `complete`: every mail contact in the owned domains is. */
  readonly control: "marked" | "complete";
  /** Where the marker is kept. */
  readonly stamp: CustomAttribute;
  readonly displayName: DisplayNameRule;
}

/** How the display names of a sync's mail contacts are told from those of the tenant's own people, and from each other. */
export interface DisplayNameRule {
  readonly prefix: string;
  readonly suffix: string;
  /** Whether people of one name get their mail name behind it. */
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

/** What `fields:` says of one field: an expression, or null = leave that field alone. */
export interface FieldMapping {
  readonly value: Expression | null;
  /** Null: the sync's `fieldPolicy`. */
  readonly policy: FieldPolicy | null;
  /** True where only a policy was written: the value has its default mapping. */
  readonly defaultValue: boolean;
}

/** A CEL expression as it stands in the config. */
export interface Expression {
  readonly text: string;
  /** Turns an offset into `text` (UTF-16 code units) into a place in the file. */
  readonly locate: (offset: number) => Place;
  /** The lines around that place, with a mark under it. */
  readonly excerpt: (offset: number) => string;
  /**
   * Where YAML took what is behind it for a comment: `cuts` within a quotation, which the config's rules tell; `follows`
   * where the comment may be meant as one. Absent where there is none.
   */
  readonly comment?: "cuts" | "follows";
}

/** An expression of something that is misshapen otherwise, and what is known of where it stands. */
export interface LooseExpression {
  readonly expression: Expression;
  readonly of: "source" | TargetKind;
  /** What it gives: whether somebody is wanted, or the value of a field. */
  readonly gives: "where" | ContactField;
}

/** A number of people, or a share (0–1, rounded down to whole people) of those that the sync owns now. */
export type Limit = { readonly count: number } | { readonly share: number };

export interface Limits {
  readonly deletes?: Limit;
  readonly updates?: Limit;
  readonly creates?: Limit;
  readonly shrink?: Limit;
  readonly addressChanges?: Limit;
}
