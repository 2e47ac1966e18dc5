// Generated from schemas/galops.schema.json by `npm run generate`. Do not edit.

/**
 * A Microsoft 365 organization, or a sandbox tenant.
 */
export type Tenant = SandboxTenant | MicrosoftTenant;
/**
 * Where people are read from.
 */
export type Source = UsersSource | OrgContactsSource | CsvSource;

/**
 * What a config says: where people are read from, and in which address books they are kept as contacts.
 */
export interface WrittenConfig {
  /**
   * Version of this format.
   */
  version: 1;
  /**
   * Microsoft 365 organizations, or sandbox tenants, by names of your choice. `${env:NAME}` and `${file:PATH}` stand for a variable of the environment and for what a file holds, in any text under `tenants` and nowhere else; PATH is absolute, or relative to the config and inside its folder.
   */
  tenants?: {
    [k: string]: Tenant;
  };
  /**
   * Where people are read from, by names of your choice. Nothing is ever written there.
   */
  sources?: {
    [k: string]: Source;
  };
  /**
   * Flows of people from sources to a target, by names of your choice.
   */
  syncs?: {
    [k: string]: Sync;
  };
  approval?: Approval;
  mesh?: Mesh;
}
/**
 * A sandbox tenant: embedded, kept in one file. No account and no network is needed.
 */
export interface SandboxTenant {
  /**
   * Path of the file that holds the tenant, relative to the config and inside its folder.
   */
  sandbox: string;
}
/**
 * A Microsoft 365 organization.
 */
export interface MicrosoftTenant {
  /**
   * The tenant's directory id.
   */
  tenantId: string;
  /**
   * The tenant's initial domain.
   */
  organization?: string;
  /**
   * The Microsoft cloud that the tenant is in.
   */
  cloud?: "global" | "gcc-high" | "dod" | "china";
  /**
   * How galops signs in to the tenant.
   */
  auth:
    | ClientSecretAuth
    | ClientCertificateAuth
    | GithubOidcAuth
    | WorkloadIdentityAuth
    | ManagedIdentityAuth
    | AzureCliAuth;
  /**
   * Where requests are sent instead of the cloud's own hosts: for proxies and tests. A host that is neither Microsoft's nor this machine is named in the environment, too: `GALOPS_ENDPOINT_HOSTS`, with commas between several.
   */
  endpoints?: {
    /**
     * Base URL of the token service: https, without a path. Left out: that of the cloud.
     */
    authority?: string;
    /**
     * Base URL of Microsoft Graph: https, without a path. Left out: that of the cloud.
     */
    graph?: string;
    /**
     * Base URL of Exchange Online: https, without a path. Left out: that of the cloud.
     */
    exchange?: string;
  };
}
/**
 * An app registration with a client secret.
 */
export interface ClientSecretAuth {
  /**
   * How galops signs in.
   */
  method: "client-secret";
  /**
   * Application (client) id of the app registration.
   */
  clientId: string;
  /**
   * The client secret, as ${env:NAME} or ${file:PATH}; it is never written here.
   */
  clientSecret: string;
}
/**
 * An app registration with a certificate: `certificate` or `certificateFile`, one of the two.
 */
export interface ClientCertificateAuth {
  /**
   * How galops signs in.
   */
  method: "client-certificate";
  /**
   * Application (client) id of the app registration.
   */
  clientId: string;
  /**
   * PEM text with the certificate and its private key, as ${env:NAME} or ${file:PATH}.
   */
  certificate?: string;
  /**
   * Path of a PEM file with the certificate and its private key: absolute, or relative to the config and inside its folder.
   */
  certificateFile?: string;
  /**
   * Password of the private key, as ${env:NAME} or ${file:PATH}. Left out: the key is not encrypted.
   */
  certificatePassword?: string;
}
/**
 * A federated credential of GitHub Actions; the job needs `permissions: id-token: write`.
 */
export interface GithubOidcAuth {
  /**
   * How galops signs in.
   */
  method: "github-oidc";
  /**
   * Application (client) id of the app registration.
   */
  clientId: string;
}
/**
 * A federated credential whose token lies in a file, as in Kubernetes.
 */
export interface WorkloadIdentityAuth {
  /**
   * How galops signs in.
   */
  method: "workload-identity";
  /**
   * Application (client) id of the app registration.
   */
  clientId: string;
  /**
   * Path of the file with the federated token: absolute, or relative to the config and inside its folder. Left out: what AZURE_FEDERATED_TOKEN_FILE names.
   */
  tokenFile?: string;
}
/**
 * The managed identity of the machine in Azure that galops runs on.
 */
export interface ManagedIdentityAuth {
  /**
   * How galops signs in.
   */
  method: "managed-identity";
  /**
   * Client id of a user-assigned identity. Left out: the system-assigned one.
   */
  clientId?: string;
}
/**
 * Whoever is signed in with `az login`.
 */
export interface AzureCliAuth {
  /**
   * How galops signs in.
   */
  method: "azure-cli";
}
/**
 * Users and guests of a tenant.
 */
export interface UsersSource {
  /**
   * Which kind it is, and so which other keys there are.
   */
  kind: "users";
  /**
   * Name of a tenant of this config.
   */
  tenant: string;
  /**
   * Which types of users. A user without a type is a member.
   *
   * @minItems 1
   */
  types?: ["member" | "guest", ...("member" | "guest")[]];
  /**
   * What somebody must be or have: `enabled` (may sign in), `licensed` (asked of members only), `mail`, `visible` (not hidden from address lists).
   */
  require?: ("enabled" | "licensed" | "mail" | "visible")[];
  /**
   * OData filter that Graph evaluates.
   */
  filter?: string;
  groups?: Groups;
  /**
   * Who says which people are hidden from address lists: Graph (of users only), or Exchange, which decides it (the application then needs Exchange.ManageAsApp and a role that may read recipients there).
   */
  hiddenFrom?: "graph" | "exchange";
  /**
   * Keeps the people for whom it is true. It knows `person`.
   */
  where?: string;
}
/**
 * Only members of groups, or nobody who is a member. Groups by id, mail or display name; nested members count.
 */
export interface Groups {
  /**
   * Only members of one of these groups.
   *
   * @minItems 1
   */
  include?: [string, ...string[]];
  /**
   * Nobody who is a member of one of these groups.
   */
  exclude?: string[];
}
/**
 * Organizational contacts of a tenant.
 */
export interface OrgContactsSource {
  /**
   * Which kind it is, and so which other keys there are.
   */
  kind: "org-contacts";
  /**
   * Name of a tenant of this config.
   */
  tenant: string;
  /**
   * What a contact must have or be: `mail`, `visible` (only with `hiddenFrom: exchange`: Graph does not know it).
   */
  require?: ("mail" | "visible")[];
  /**
   * OData filter that Graph evaluates.
   */
  filter?: string;
  groups?: Groups;
  /**
   * Who says which people are hidden from address lists: Graph (of users only), or Exchange, which decides it (the application then needs Exchange.ManageAsApp and a role that may read recipients there).
   */
  hiddenFrom?: "graph" | "exchange";
  /**
   * Keeps the people for whom it is true. It knows `person`.
   */
  where?: string;
}
/**
 * Rows of a CSV file. The name of the source is part of who its people are: under another name, whoever has no mail address is deleted and made anew.
 */
export interface CsvSource {
  /**
   * Which kind it is, and so which other keys there are.
   */
  kind: "csv";
  /**
   * Path of the file, relative to the config and inside its folder.
   */
  path: string;
  /**
   * Header of the column that identifies a row, whatever else changes.
   */
  id: string;
  /**
   * Which column fills which property of a person. Every column is in `person.attributes` too, by its header.
   */
  columns?: {
    /**
     * Header of the column with the person's display name.
     */
    displayName?: string;
    /**
     * Header of the column with the person's given name.
     */
    givenName?: string;
    /**
     * Header of the column with the person's surname.
     */
    surname?: string;
    /**
     * Header of the column with the person's mail address.
     */
    mail?: string;
    /**
     * Header of the column with the person's alias.
     */
    mailNickname?: string;
    /**
     * Header of the column with the person's user principal name.
     */
    userPrincipalName?: string;
    /**
     * Header of the column with the person's job title.
     */
    jobTitle?: string;
    /**
     * Header of the column with the person's department.
     */
    department?: string;
    /**
     * Header of the column with the person's company.
     */
    companyName?: string;
    /**
     * Header of the column with the person's office.
     */
    officeLocation?: string;
    /**
     * Header of the column with the person's employee id.
     */
    employeeId?: string;
    /**
     * Header of the column with the person's employee type.
     */
    employeeType?: string;
    /**
     * Header of the column with the person's mobile phone.
     */
    mobilePhone?: string;
    /**
     * Header of the column with the person's fax number.
     */
    faxNumber?: string;
    /**
     * Header of the column with the person's street.
     */
    street?: string;
    /**
     * Header of the column with the person's city.
     */
    city?: string;
    /**
     * Header of the column with the person's state or province.
     */
    state?: string;
    /**
     * Header of the column with the person's postal code.
     */
    postalCode?: string;
    /**
     * Header of the column with the person's country.
     */
    country?: string;
    /**
     * Header of the column with the person's usage location (two letters).
     */
    usageLocation?: string;
    /**
     * Header of the column with the person's preferred language.
     */
    preferredLanguage?: string;
    /**
     * Header of the column with the person's manager's name.
     */
    managerName?: string;
    /**
     * Header of the column with the person's manager's mail address.
     */
    managerMail?: string;
    /**
     * Header of the column with the person's other mail addresses, several of them with semicolons between.
     */
    otherMails?: string;
    /**
     * Header of the column with the person's proxy addresses, several of them with semicolons between.
     */
    proxyAddresses?: string;
    /**
     * Header of the column with the person's business phones, several of them with semicolons between.
     */
    businessPhones?: string;
    /**
     * Header of the column with the person's home phones, several of them with semicolons between.
     */
    homePhones?: string;
    /**
     * Header of the column with the person's addresses for chat, several of them with semicolons between.
     */
    imAddresses?: string;
  };
  /**
   * Keeps the people for whom it is true. It knows `person`.
   */
  where?: string;
}
/**
 * One flow: people from sources, through a filter and a field mapping, to a target.
 */
export interface Sync {
  /**
   * The GUID that identifies the sync and marks all that it makes. Make one with `uuidgen`, and never change it: contacts with another owner are not touched.
   */
  owner: string;
  /**
   * Names of sources; where two have the same person, the first wins.
   *
   * @minItems 1
   */
  from: [string, ...string[]];
  /**
   * Keeps the people for whom it is true. It knows `person` and `mailbox`.
   */
  where?: string;
  /**
   * Where the contacts are kept.
   */
  to: MailboxContactsTarget | MailContactsTarget;
  fields?: Fields;
  /**
   * How fields that say nothing else are kept: `overwrite`: always as mapped; `fill`: written only while it is empty; `create-only`: written when the contact is made, never again; `keep-edits`: written unless somebody edited it; `clear`: like `overwrite`; it empties fields only as the `policy` of a field.
   */
  fieldPolicy?: "overwrite" | "fill" | "create-only" | "keep-edits" | "clear";
  /**
   * Outlook categories of every contact. Left out: categories are left alone.
   */
  categories?: string[];
  /**
   * Whether contacts have the photos of users.
   */
  photos?: boolean;
  /**
   * `sync` creates, updates and deletes; `upsert-only` never deletes; `create-only` never updates or deletes.
   */
  policy?: "sync" | "upsert-only" | "create-only";
  /**
   * What becomes of a contact whose person left: `now` deletes it; a grace hides it first and deletes it later (mail contacts only).
   */
  deletion?: GraceDeletion | string;
  limits?: Limits;
}
/**
 * Personal contacts in mailboxes.
 */
export interface MailboxContactsTarget {
  /**
   * Which kind it is, and so which other keys there are.
   */
  kind: "mailbox-contacts";
  /**
   * Name of a tenant of this config.
   */
  tenant: string;
  mailboxes: Mailboxes;
  /**
   * Name of a contact folder, made when missing. Left out: the default Contacts folder, the only one that every phone shows. Another name renames the folder; where a folder is set or left out from now on, contacts move, those first made that are deleted then.
   */
  folder?: string;
  /**
   * Nobody has himself as a contact.
   */
  excludeSelf?: boolean;
}
/**
 * Whose mailboxes.
 */
export interface Mailboxes {
  /**
   * By object id, user principal name, mail or proxy address.
   */
  users?: string[];
  /**
   * Members of groups, by the group's id, mail or display name. Nested members count. In expressions `mailbox.groups` are those of them that hold the mailbox's owner.
   */
  groups?: string[];
  /**
   * Every enabled member with a usable mailbox.
   */
  all?: boolean;
  exclude?: ExcludedMailboxes;
}
/**
 * Mailboxes that are left out all the same.
 */
export interface ExcludedMailboxes {
  /**
   * By object id, user principal name, mail or proxy address.
   */
  users?: string[];
  /**
   * Members of groups, by the group's id, mail or display name. Nested members count.
   */
  groups?: string[];
}
/**
 * The organization's mail contacts of a tenant, through Exchange Online.
 */
export interface MailContactsTarget {
  /**
   * Which kind it is, and so which other keys there are.
   */
  kind: "mail-contacts";
  /**
   * Name of a tenant of this config.
   */
  tenant: string;
  /**
   * Mail domains that the sync owns in the target tenant. No operation reaches a contact outside of them. A sub-domain is another domain.
   *
   * @minItems 1
   */
  ownedDomains: [string, ...string[]];
  /**
   * Of the owned domains those that belong to a public mail service. They must be named here, too, since an organization seldom owns one.
   *
   * @minItems 1
   */
  publicDomains?: [string, ...string[]];
  /**
   * `marked`: only contacts that carry the stamp are the sync's. `complete`: every mail contact in the owned domains is; those that are not desired are deleted, the others adopted.
   */
  control?: "marked" | "complete";
  /**
   * The attribute of mail contacts in which the marker is kept. It must be free: a contact that holds something else there is left alone. Where another one is named later, the markers move.
   */
  stamp?: string;
  displayName?: DisplayNames;
}
/**
 * How display names are told from those of the tenant's own people, and from each other.
 */
export interface DisplayNames {
  /**
   * Text before every display name.
   */
  prefix?: string;
  /**
   * Text behind every display name.
   */
  suffix?: string;
  /**
   * Whether people of one name get their mail name behind it.
   */
  unique?: boolean;
}
/**
 * What the fields of a contact hold. A field that is left out has its default, or is left alone where there is none; null leaves a field alone.
 */
export interface Fields {
  /**
   * The name as it is shown. Left out: the default.
   */
  displayName?: FieldWithPolicy | (string | null);
  /**
   * Title before the name. Left out: left alone.
   */
  title?: FieldWithPolicy | (string | null);
  /**
   * Given name. Left out: the default.
   */
  givenName?: FieldWithPolicy | (string | null);
  /**
   * Middle name. Left out: left alone.
   */
  middleName?: FieldWithPolicy | (string | null);
  /**
   * Surname. Left out: the default.
   */
  surname?: FieldWithPolicy | (string | null);
  /**
   * Generation, such as Jr. Left out: left alone.
   */
  generation?: FieldWithPolicy | (string | null);
  /**
   * Initials. Left out: left alone.
   */
  initials?: FieldWithPolicy | (string | null);
  /**
   * Nickname. Left out: left alone.
   */
  nickName?: FieldWithPolicy | (string | null);
  /**
   * The name under which the contact is filed and sorted. Left out: the default.
   */
  fileAs?: FieldWithPolicy | (string | null);
  /**
   * How the given name is read (Japanese). Left out: left alone.
   */
  yomiGivenName?: FieldWithPolicy | (string | null);
  /**
   * How the surname is read (Japanese). Left out: left alone.
   */
  yomiSurname?: FieldWithPolicy | (string | null);
  /**
   * How the company's name is read (Japanese). Left out: left alone.
   */
  yomiCompanyName?: FieldWithPolicy | (string | null);
  /**
   * Mail addresses, three at most; each once. Left out: the default.
   */
  emailAddresses?: FieldWithPolicy | (string | null);
  /**
   * Addresses for chat. Left out: the default.
   */
  imAddresses?: FieldWithPolicy | (string | null);
  /**
   * Business phones, two at most. Left out: the default.
   */
  businessPhones?: FieldWithPolicy | (string | null);
  /**
   * Mobile phone. Left out: the default.
   */
  mobilePhone?: FieldWithPolicy | (string | null);
  /**
   * Home phones, two at most. Left out: the default.
   */
  homePhones?: FieldWithPolicy | (string | null);
  /**
   * Job title. Left out: the default.
   */
  jobTitle?: FieldWithPolicy | (string | null);
  /**
   * Profession. Left out: left alone.
   */
  profession?: FieldWithPolicy | (string | null);
  /**
   * Department. Left out: the default.
   */
  department?: FieldWithPolicy | (string | null);
  /**
   * Company. Left out: the default.
   */
  companyName?: FieldWithPolicy | (string | null);
  /**
   * Office. Left out: the default.
   */
  officeLocation?: FieldWithPolicy | (string | null);
  /**
   * Name of the manager. Left out: the default; of a mail contact it is the manager's mail address (`person.managerMail`), and only another contact of the sync can be one.
   */
  manager?: FieldWithPolicy | (string | null);
  /**
   * Name of the assistant. Left out: left alone.
   */
  assistantName?: FieldWithPolicy | (string | null);
  /**
   * Street of the business address. Left out: the default.
   */
  businessStreet?: FieldWithPolicy | (string | null);
  /**
   * City of the business address. Left out: the default.
   */
  businessCity?: FieldWithPolicy | (string | null);
  /**
   * State or province of the business address. Left out: the default.
   */
  businessState?: FieldWithPolicy | (string | null);
  /**
   * Postal code of the business address. Left out: the default.
   */
  businessPostalCode?: FieldWithPolicy | (string | null);
  /**
   * Country of the business address. Left out: the default.
   */
  businessCountry?: FieldWithPolicy | (string | null);
  /**
   * Web page of the business. Left out: left alone.
   */
  businessHomePage?: FieldWithPolicy | (string | null);
  /**
   * Street of the home address. Left out: left alone.
   */
  homeStreet?: FieldWithPolicy | (string | null);
  /**
   * City of the home address. Left out: left alone.
   */
  homeCity?: FieldWithPolicy | (string | null);
  /**
   * State or province of the home address. Left out: left alone.
   */
  homeState?: FieldWithPolicy | (string | null);
  /**
   * Postal code of the home address. Left out: left alone.
   */
  homePostalCode?: FieldWithPolicy | (string | null);
  /**
   * Country of the home address. Left out: left alone.
   */
  homeCountry?: FieldWithPolicy | (string | null);
  /**
   * Street of the other address. Left out: left alone.
   */
  otherStreet?: FieldWithPolicy | (string | null);
  /**
   * City of the other address. Left out: left alone.
   */
  otherCity?: FieldWithPolicy | (string | null);
  /**
   * State or province of the other address. Left out: left alone.
   */
  otherState?: FieldWithPolicy | (string | null);
  /**
   * Postal code of the other address. Left out: left alone.
   */
  otherPostalCode?: FieldWithPolicy | (string | null);
  /**
   * Country of the other address. Left out: left alone.
   */
  otherCountry?: FieldWithPolicy | (string | null);
  /**
   * Name of the spouse. Left out: left alone.
   */
  spouseName?: FieldWithPolicy | (string | null);
  /**
   * Names of the children. Left out: left alone.
   */
  children?: FieldWithPolicy | (string | null);
  /**
   * Birthday, as YYYY-MM-DD. Left out: left alone.
   */
  birthday?: FieldWithPolicy | (string | null);
  /**
   * Notes. Left out: left alone.
   */
  personalNotes?: FieldWithPolicy | (string | null);
  /**
   * Outlook categories, where they differ from person to person. Left out: the sync's `categories`.
   */
  categories?: FieldWithPolicy | (string | null);
  /**
   * Office (mail contacts).
   */
  office?: FieldWithPolicy | (string | null);
  /**
   * Pager (mail contacts).
   */
  pager?: FieldWithPolicy | (string | null);
  /**
   * Fax (mail contacts).
   */
  fax?: FieldWithPolicy | (string | null);
  /**
   * Web page (mail contacts).
   */
  webPage?: FieldWithPolicy | (string | null);
  /**
   * Notes, which people see in Outlook (mail contacts).
   */
  notes?: FieldWithPolicy | (string | null);
  /**
   * What Outlook shows to whoever writes to the contact, at most 175 characters (mail contacts).
   */
  mailTip?: FieldWithPolicy | (string | null);
  /**
   * Whether the contact is hidden from address lists: true or false (mail contacts).
   */
  hidden?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute1 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute1?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute2 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute2?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute3 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute3?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute4 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute4?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute5 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute5?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute6 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute6?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute7 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute7?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute8 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute8?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute9 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute9?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute10 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute10?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute11 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute11?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute12 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute12?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute13 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute13?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute14 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute14?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute15 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute15?: FieldWithPolicy | (string | null);
}
/**
 * An expression with a policy of its own.
 */
export interface FieldWithPolicy {
  /**
   * An expression in CEL that knows `person` and `mailbox`, or null to leave the field alone. Left out: the default.
   */
  value?: string | null;
  /**
   * How the field is kept: `overwrite`: always as mapped; `fill`: written only while it is empty; `create-only`: written when the contact is made, never again; `keep-edits`: written unless somebody edited it; `clear`: like `overwrite`, but without a `value` the field is emptied: `mobilePhone: { policy: clear }` removes every number, and `personalNotes: { policy: clear }` what users wrote, where `overwrite` would write the default number, and leave the notes alone, which have no default. Left out: the sync's `fieldPolicy`.
   */
  policy?: "overwrite" | "fill" | "create-only" | "keep-edits" | "clear";
}
/**
 * Hidden from address lists first, deleted after the grace.
 */
export interface GraceDeletion {
  /**
   * Days between hiding and deleting, from 1d to 9999d.
   */
  grace: string;
}
/**
 * How many people one run may touch before it is refused.
 */
export interface Limits {
  /**
   * People whose contacts may be deleted. Left out: 3 or 5%, whichever is more, and 500 at most.
   */
  deletes?: number | string;
  /**
   * People whose contacts may be updated. Left out: 50% where the sync owns more than 20 people.
   */
  updates?: number | string;
  /**
   * People for whom contacts may be created. Left out: no limit.
   */
  creates?: number | string;
  /**
   * How many people fewer than it owns the sync may find. Left out: 20%.
   */
  shrink?: number | string;
  /**
   * People whose mail addresses may change. Left out: no limit for mailbox contacts, 10 or 5%, whichever is more, for mail contacts.
   */
  addressChanges?: number | string;
}
/**
 * What `galops apply --approved FILE` may make although the approved plan does not have it.
 */
export interface Approval {
  /**
   * `drift`: contacts that somebody edited are put right. `source-changed`: who joined or changed at the source is created or updated. `left`: who left is hidden or deleted. Never let through: copies that are deleted, contacts that are taken over from another tool.
   */
  allow?: ("drift" | "source-changed" | "left")[];
}
/**
 * Tenants whose people are mail contacts in each other's: a sync for each ordered pair, named `<from>-in-<to>`.
 */
export interface Mesh {
  /**
   * The GUID from which the owner of each pair is derived (UUIDv5 of `<from tenantId>/<to tenantId>`). Never change it.
   */
  owner: string;
  /**
   * By name of the tenant; at most 100.
   */
  members: {
    [k: string]: MeshMember;
  };
  /**
   * Keeps the people for whom it is true, in every pair.
   */
  where?: string;
  fields?: Fields1;
  /**
   * How fields that say nothing else are kept: `overwrite`: always as mapped; `fill`: written only while it is empty; `create-only`: written when the contact is made, never again; `keep-edits`: written unless somebody edited it; `clear`: like `overwrite`; it empties fields only as the `policy` of a field.
   */
  fieldPolicy?: "overwrite" | "fill" | "create-only" | "keep-edits" | "clear";
  /**
   * `sync` creates, updates and deletes; `upsert-only` never deletes; `create-only` never updates or deletes.
   */
  policy?: "sync" | "upsert-only" | "create-only";
  /**
   * What becomes of a contact whose person left: `now` deletes it; a grace hides it first and deletes it later (mail contacts only).
   */
  deletion?: GraceDeletion | string;
  limits?: Limits1;
  /**
   * `marked`: only contacts that carry the stamp are the sync's. `complete`: every mail contact in the owned domains is; those that are not desired are deleted, the others adopted.
   */
  control?: "marked" | "complete";
  /**
   * The attribute of mail contacts in which the marker is kept. It must be free: a contact that holds something else there is left alone. Where another one is named later, the markers move.
   */
  stamp?: string;
}
/**
 * A tenant of the mesh.
 */
export interface MeshMember {
  /**
   * Names of the sources of its people; where two have the same person, the first wins.
   *
   * @minItems 1
   */
  from: [string, ...string[]];
  /**
   * Mail domains of its people, owned by the mesh in every other member.
   *
   * @minItems 1
   */
  ownedDomains: [string, ...string[]];
  /**
   * Of the owned domains those that belong to a public mail service. They must be named here, too, since an organization seldom owns one.
   *
   * @minItems 1
   */
  publicDomains?: [string, ...string[]];
  displayName?: DisplayNames1;
}
/**
 * How the display names of its people are told apart in the other members.
 */
export interface DisplayNames1 {
  /**
   * Text before every display name.
   */
  prefix?: string;
  /**
   * Text behind every display name.
   */
  suffix?: string;
  /**
   * Whether people of one name get their mail name behind it.
   */
  unique?: boolean;
}
/**
 * What the fields of a contact hold. A field that is left out has its default, or is left alone where there is none; null leaves a field alone.
 */
export interface Fields1 {
  /**
   * The name as it is shown. Left out: the default.
   */
  displayName?: FieldWithPolicy | (string | null);
  /**
   * Title before the name. Left out: left alone.
   */
  title?: FieldWithPolicy | (string | null);
  /**
   * Given name. Left out: the default.
   */
  givenName?: FieldWithPolicy | (string | null);
  /**
   * Middle name. Left out: left alone.
   */
  middleName?: FieldWithPolicy | (string | null);
  /**
   * Surname. Left out: the default.
   */
  surname?: FieldWithPolicy | (string | null);
  /**
   * Generation, such as Jr. Left out: left alone.
   */
  generation?: FieldWithPolicy | (string | null);
  /**
   * Initials. Left out: left alone.
   */
  initials?: FieldWithPolicy | (string | null);
  /**
   * Nickname. Left out: left alone.
   */
  nickName?: FieldWithPolicy | (string | null);
  /**
   * The name under which the contact is filed and sorted. Left out: the default.
   */
  fileAs?: FieldWithPolicy | (string | null);
  /**
   * How the given name is read (Japanese). Left out: left alone.
   */
  yomiGivenName?: FieldWithPolicy | (string | null);
  /**
   * How the surname is read (Japanese). Left out: left alone.
   */
  yomiSurname?: FieldWithPolicy | (string | null);
  /**
   * How the company's name is read (Japanese). Left out: left alone.
   */
  yomiCompanyName?: FieldWithPolicy | (string | null);
  /**
   * Mail addresses, three at most; each once. Left out: the default.
   */
  emailAddresses?: FieldWithPolicy | (string | null);
  /**
   * Addresses for chat. Left out: the default.
   */
  imAddresses?: FieldWithPolicy | (string | null);
  /**
   * Business phones, two at most. Left out: the default.
   */
  businessPhones?: FieldWithPolicy | (string | null);
  /**
   * Mobile phone. Left out: the default.
   */
  mobilePhone?: FieldWithPolicy | (string | null);
  /**
   * Home phones, two at most. Left out: the default.
   */
  homePhones?: FieldWithPolicy | (string | null);
  /**
   * Job title. Left out: the default.
   */
  jobTitle?: FieldWithPolicy | (string | null);
  /**
   * Profession. Left out: left alone.
   */
  profession?: FieldWithPolicy | (string | null);
  /**
   * Department. Left out: the default.
   */
  department?: FieldWithPolicy | (string | null);
  /**
   * Company. Left out: the default.
   */
  companyName?: FieldWithPolicy | (string | null);
  /**
   * Office. Left out: the default.
   */
  officeLocation?: FieldWithPolicy | (string | null);
  /**
   * Name of the manager. Left out: the default; of a mail contact it is the manager's mail address (`person.managerMail`), and only another contact of the sync can be one.
   */
  manager?: FieldWithPolicy | (string | null);
  /**
   * Name of the assistant. Left out: left alone.
   */
  assistantName?: FieldWithPolicy | (string | null);
  /**
   * Street of the business address. Left out: the default.
   */
  businessStreet?: FieldWithPolicy | (string | null);
  /**
   * City of the business address. Left out: the default.
   */
  businessCity?: FieldWithPolicy | (string | null);
  /**
   * State or province of the business address. Left out: the default.
   */
  businessState?: FieldWithPolicy | (string | null);
  /**
   * Postal code of the business address. Left out: the default.
   */
  businessPostalCode?: FieldWithPolicy | (string | null);
  /**
   * Country of the business address. Left out: the default.
   */
  businessCountry?: FieldWithPolicy | (string | null);
  /**
   * Web page of the business. Left out: left alone.
   */
  businessHomePage?: FieldWithPolicy | (string | null);
  /**
   * Street of the home address. Left out: left alone.
   */
  homeStreet?: FieldWithPolicy | (string | null);
  /**
   * City of the home address. Left out: left alone.
   */
  homeCity?: FieldWithPolicy | (string | null);
  /**
   * State or province of the home address. Left out: left alone.
   */
  homeState?: FieldWithPolicy | (string | null);
  /**
   * Postal code of the home address. Left out: left alone.
   */
  homePostalCode?: FieldWithPolicy | (string | null);
  /**
   * Country of the home address. Left out: left alone.
   */
  homeCountry?: FieldWithPolicy | (string | null);
  /**
   * Street of the other address. Left out: left alone.
   */
  otherStreet?: FieldWithPolicy | (string | null);
  /**
   * City of the other address. Left out: left alone.
   */
  otherCity?: FieldWithPolicy | (string | null);
  /**
   * State or province of the other address. Left out: left alone.
   */
  otherState?: FieldWithPolicy | (string | null);
  /**
   * Postal code of the other address. Left out: left alone.
   */
  otherPostalCode?: FieldWithPolicy | (string | null);
  /**
   * Country of the other address. Left out: left alone.
   */
  otherCountry?: FieldWithPolicy | (string | null);
  /**
   * Name of the spouse. Left out: left alone.
   */
  spouseName?: FieldWithPolicy | (string | null);
  /**
   * Names of the children. Left out: left alone.
   */
  children?: FieldWithPolicy | (string | null);
  /**
   * Birthday, as YYYY-MM-DD. Left out: left alone.
   */
  birthday?: FieldWithPolicy | (string | null);
  /**
   * Notes. Left out: left alone.
   */
  personalNotes?: FieldWithPolicy | (string | null);
  /**
   * Outlook categories, where they differ from person to person. Left out: the sync's `categories`.
   */
  categories?: FieldWithPolicy | (string | null);
  /**
   * Office (mail contacts).
   */
  office?: FieldWithPolicy | (string | null);
  /**
   * Pager (mail contacts).
   */
  pager?: FieldWithPolicy | (string | null);
  /**
   * Fax (mail contacts).
   */
  fax?: FieldWithPolicy | (string | null);
  /**
   * Web page (mail contacts).
   */
  webPage?: FieldWithPolicy | (string | null);
  /**
   * Notes, which people see in Outlook (mail contacts).
   */
  notes?: FieldWithPolicy | (string | null);
  /**
   * What Outlook shows to whoever writes to the contact, at most 175 characters (mail contacts).
   */
  mailTip?: FieldWithPolicy | (string | null);
  /**
   * Whether the contact is hidden from address lists: true or false (mail contacts).
   */
  hidden?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute1 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute1?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute2 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute2?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute3 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute3?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute4 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute4?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute5 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute5?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute6 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute6?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute7 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute7?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute8 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute8?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute9 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute9?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute10 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute10?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute11 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute11?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute12 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute12?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute13 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute13?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute14 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute14?: FieldWithPolicy | (string | null);
  /**
   * CustomAttribute15 (mail contacts); the one that keeps the stamp cannot be mapped.
   */
  customAttribute15?: FieldWithPolicy | (string | null);
}
/**
 * How many people one run may touch before it is refused.
 */
export interface Limits1 {
  /**
   * People whose contacts may be deleted. Left out: 3 or 5%, whichever is more, and 500 at most.
   */
  deletes?: number | string;
  /**
   * People whose contacts may be updated. Left out: 50% where the sync owns more than 20 people.
   */
  updates?: number | string;
  /**
   * People for whom contacts may be created. Left out: no limit.
   */
  creates?: number | string;
  /**
   * How many people fewer than it owns the sync may find. Left out: 20%.
   */
  shrink?: number | string;
  /**
   * People whose mail addresses may change. Left out: no limit for mailbox contacts, 10 or 5%, whichever is more, for mail contacts.
   */
  addressChanges?: number | string;
}
