/** What a sandbox tenant holds, as it stands in its file; people may edit it by hand (docs/sandbox.md). */
export interface TenantState {
  readonly galopsSandbox: 1;
  readonly tenantId: string;
  readonly organization: string;
  readonly users: readonly UserState[];
  readonly groups: readonly GroupState[];
  readonly orgContacts: readonly OrgContactState[];
  /** By the id of the user; a user without an entry has no mailbox. */
  readonly mailboxes: Readonly<Record<string, MailboxState>>;
}

/** Graph's properties of a user; those that are absent are null or []. */
export interface UserState extends Record<string, unknown> {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  /** Object id of the manager. */
  readonly manager?: string;
  /** Base64 of a JPEG. */
  readonly photo?: string;
}

export interface GroupState extends Record<string, unknown> {
  readonly id: string;
  readonly displayName: string;
  /** Object ids of users, org contacts and groups. */
  readonly members: readonly string[];
}

export interface OrgContactState extends Record<string, unknown> {
  readonly id: string;
  readonly displayName: string;
}

export interface MailboxState {
  readonly folders: readonly FolderState[];
  readonly contacts: readonly ContactState[];
}

export interface FolderState {
  readonly id: string;
  readonly displayName: string;
  readonly extended: Readonly<Record<string, string>>;
}

export interface ContactState {
  readonly id: string;
  /** Id of the folder; null for the default Contacts folder. */
  readonly folder: string | null;
  readonly changeKey: string;
  readonly createdDateTime: string;
  readonly lastModifiedDateTime: string;
  /** Graph's properties as they were written; absent ones are empty. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Extended properties by id. */
  readonly extended: Readonly<Record<string, string>>;
  /** Base64 of the photo. */
  readonly photo?: string;
}

/** One write in a mailbox, as it is kept in the log before it is answered. */
export type Mutation =
  | { readonly mailbox: string; readonly contact: ContactState }
  | { readonly mailbox: string; readonly folder: FolderState }
  | { readonly mailbox: string; readonly deletedContact: string }
  | { readonly mailbox: string; readonly deletedFolder: string };
