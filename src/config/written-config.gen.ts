// Generated from schemas/galops.schema.json by `npm run generate`. Do not edit.

/**
 * An expression, null (leave the field alone), or an expression with a policy.
 */
export type Field =
  | (string | null)
  | {
      /**
       * CEL, or null to leave the field alone. Left out: the default mapping.
       */
      value?: string | null;
      /**
       * How the field is kept against edits: overwrite (always), fill (only while empty), create-only (never after the contact was made), keep-edits (unless somebody edited it), clear (like overwrite, for fields that shall be empty).
       */
      policy?: "overwrite" | "fill" | "create-only" | "keep-edits" | "clear";
    };
/**
 * A number of people, or a share of the people that the sync owns now.
 */
export type Limit = number | string;

/**
 * What should be in the address books of your tenants: where people are read from, and where they are kept as contacts.
 */
export interface WrittenConfig {
  /**
   * The version of this format.
   */
  version: 1;
  /**
   * Microsoft 365 organizations, or sandbox tenants kept in a local file, by a name of your choice.
   */
  tenants?: {
    [k: string]: Tenant;
  };
  /**
   * Where people are read from, by a name of your choice. Never written to.
   */
  sources?: {
    [k: string]: Source;
  };
  /**
   * Flows of people from sources into a target, by a name of your choice.
   */
  syncs?: {
    [k: string]: Sync;
  };
}
/**
 * A Microsoft 365 organization, or a sandbox tenant.
 */
export interface Tenant {
  /**
   * Path of the file that holds a sandbox tenant, relative to the config. No account and no network is needed.
   */
  sandbox?: string;
  /**
   * The tenant's directory id (a GUID).
   */
  tenantId?: string;
  /**
   * The tenant's initial domain.
   */
  organization?: string;
  /**
   * The Microsoft cloud that holds the tenant. Default: global.
   */
  cloud?: "global" | "gcc-high" | "dod" | "china";
  auth?: Auth;
  /**
   * Base URLs instead of those of the cloud, for proxies and tests. https only.
   */
  endpoints?: {
    /**
     * Base URL of the token service.
     */
    authority?: string;
    /**
     * Base URL of Microsoft Graph.
     */
    graph?: string;
    /**
     * Base URL of Exchange Online.
     */
    exchange?: string;
  };
}
/**
 * How galops signs in. Secrets are never written here: use ${env:NAME} or ${file:PATH}.
 */
export interface Auth {
  /**
   * The kind of credential.
   */
  method:
    "client-secret" | "client-certificate" | "github-oidc" | "workload-identity" | "managed-identity" | "azure-cli";
  /**
   * Application (client) id of the app registration.
   */
  clientId?: string;
  /**
   * The client secret, as ${env:NAME} or ${file:PATH}.
   */
  clientSecret?: string;
  /**
   * PEM with certificate and private key, as ${env:NAME} or ${file:PATH}.
   */
  certificate?: string;
  /**
   * Path of a PEM file with certificate and private key.
   */
  certificateFile?: string;
  /**
   * Password of the private key, as ${env:NAME} or ${file:PATH}.
   */
  certificatePassword?: string;
  /**
   * File with the federated token, for workload-identity. Default: AZURE_FEDERATED_TOKEN_FILE.
   */
  tokenFile?: string;
}
/**
 * Where people are read from.
 */
export interface Source {
  /**
   * users and guests of a tenant, its organizational contacts, or the rows of a CSV file.
   */
  kind: "users" | "org-contacts" | "csv";
  /**
   * Name of a tenant of this config.
   */
  tenant?: string;
  /**
   * users: which types of users. Default: member.
   *
   * @minItems 1
   */
  types?: ["member" | "guest", ...("member" | "guest")[]];
  /**
   * What somebody must have or be. Default for users: enabled, licensed, mail. licensed is asked of members only.
   */
  require?: ("enabled" | "licensed" | "mail" | "visible")[];
  /**
   * OData, evaluated by Graph.
   */
  filter?: string;
  groups?: Groups;
  /**
   * Who decides what visible means. Default: graph.
   */
  hiddenFrom?: "graph" | "exchange";
  /**
   * CEL; keeps the people for whom it is true.
   */
  where?: string;
  /**
   * csv: path of the file, relative to the config.
   */
  path?: string;
  /**
   * csv: the column that identifies a row, whatever else changes.
   */
  id?: string;
  /**
   * csv: property of a person → column.
   */
  columns?: {
    [k: string]: string;
  };
}
/**
 * Groups by id, mail or display name; nested members count.
 */
export interface Groups {
  /**
   * Only members of one of these groups.
   */
  include?: string[];
  /**
   * Nobody who is a member of one of these groups.
   */
  exclude?: string[];
}
/**
 * One flow: people from sources, through a filter and a field mapping, to a target.
 */
export interface Sync {
  /**
   * The GUID that marks everything this sync makes. Make one with uuidgen and never change it.
   */
  owner: string;
  /**
   * Names of sources; the first that has a person wins.
   *
   * @minItems 1
   */
  from: [string, ...string[]];
  /**
   * CEL; keeps the people for whom it is true.
   */
  where?: string;
  to: Target;
  /**
   * CEL for fields of the contact. What is left out has its default mapping; null leaves the field alone.
   */
  fields?: {
    displayName?: Field;
    givenName?: Field;
    middleName?: Field;
    surname?: Field;
    nickName?: Field;
    title?: Field;
    generation?: Field;
    initials?: Field;
    fileAs?: Field;
    companyName?: Field;
    department?: Field;
    jobTitle?: Field;
    officeLocation?: Field;
    profession?: Field;
    manager?: Field;
    assistantName?: Field;
    spouseName?: Field;
    birthday?: Field;
    personalNotes?: Field;
    businessHomePage?: Field;
    mobilePhone?: Field;
    yomiGivenName?: Field;
    yomiSurname?: Field;
    yomiCompanyName?: Field;
    businessStreet?: Field;
    businessCity?: Field;
    businessState?: Field;
    businessPostalCode?: Field;
    businessCountry?: Field;
    homeStreet?: Field;
    homeCity?: Field;
    homeState?: Field;
    homePostalCode?: Field;
    homeCountry?: Field;
    otherStreet?: Field;
    otherCity?: Field;
    otherState?: Field;
    otherPostalCode?: Field;
    otherCountry?: Field;
    emailAddresses?: Field;
    businessPhones?: Field;
    homePhones?: Field;
    imAddresses?: Field;
    children?: Field;
  };
  /**
   * How the field is kept against edits: overwrite (always), fill (only while empty), create-only (never after the contact was made), keep-edits (unless somebody edited it), clear (like overwrite, for fields that shall be empty).
   */
  fieldPolicy?: "overwrite" | "fill" | "create-only" | "keep-edits" | "clear";
  /**
   * Outlook categories of every contact. Left out: categories are left alone.
   */
  categories?: string[];
  /**
   * Whether contacts get the photos of users. Default: false.
   */
  photos?: boolean;
  /**
   * sync creates, updates and deletes; upsert-only never deletes; create-only never updates or deletes. Default: sync.
   */
  policy?: "sync" | "upsert-only" | "create-only";
  /**
   * How many people one run may concern before it is refused.
   */
  limits?: {
    deletes?: Limit;
    updates?: Limit;
    creates?: Limit;
    shrink?: Limit;
    addressChanges?: Limit;
  };
}
/**
 * Where the contacts are kept.
 */
export interface Target {
  /**
   * mailbox-contacts: personal contacts in mailboxes.
   */
  kind: "mailbox-contacts";
  /**
   * Name of a tenant of this config.
   */
  tenant: string;
  /**
   * Whose mailboxes.
   */
  mailboxes: {
    /**
     * By object id, UPN, mail or proxy address.
     */
    users?: string[];
    /**
     * Members of these groups, nested ones too.
     */
    groups?: string[];
    /**
     * Every enabled member with a usable mailbox. Default: false.
     */
    all?: boolean;
    /**
     * Mailboxes that are left out all the same.
     */
    exclude?: {
      /**
       * By object id, UPN, mail or proxy address.
       */
      users?: string[];
      /**
       * Members of these groups.
       */
      groups?: string[];
    };
  };
  /**
   * Name of a contact folder, made when missing. Left out: the default Contacts folder, the only one that every phone shows.
   */
  folder?: string;
  /**
   * Nobody gets himself as a contact. Default: true.
   */
  excludeSelf?: boolean;
}
