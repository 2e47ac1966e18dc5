export const errorForms = ["pipe", "json"] as const;
export type ErrorForm = (typeof errorForms)[number];

export const pagings = ["nextLink", "nextLink-broken", "silent-cap-1000"] as const;
export const accesses = ["granted", "no-app-role", "no-rbac"] as const;
export const emptyAnswers = ["list", "absent", "no-content"] as const;

/** How Exchange shall behave where it is not known how the real one does, or where it is not always the same. */
export interface ExchangeSettings {
  /** Domains of the organization's own; null for its initial domain and those of its members' mail. */
  readonly acceptedDomains: readonly string[] | null;
  /** `no-app-role`: the application lacks Exchange.ManageAsApp. `no-rbac`: it has it, and no role that says for what. */
  readonly access: (typeof accesses)[number];
  /** Those that the roles of the application allow; null for all. */
  readonly cmdlets: readonly string[] | null;
  /**
   * What happens to reads of more rows than a page holds. `nextLink`: pages, along links that are bound to body and
   * X-AnchorMailbox. `nextLink-broken`: links that never work. `silent-cap-1000`: the first rows and no word of others.
   */
  readonly paging: (typeof pagings)[number];
  /** Most rows in a page. */
  readonly pageSize: number;
  /** Milliseconds for which a link can be followed. */
  readonly linkLifetime: number;
  readonly errorForm: ErrorForm;
  /**
   * Milliseconds until a new contact is seen by those who ask with the X-AnchorMailbox with which it was made, and by
   * all others. Its name and address are taken at once.
   */
  readonly replicationLag: { readonly anchored: number; readonly other: number };
  /** How many contacts can be made until the tenant is opened anew; null for any number. */
  readonly creationQuota: number | null;
  /** Null for none. */
  readonly throttle: Throttle | null;
  /** Most requests that it works on at a time. */
  readonly concurrency: number;
  /** Milliseconds that each cmdlet takes, by its name; `*` for all others. */
  readonly latency: Readonly<Record<string, number>>;
  /** What an answer without rows looks like where a cmdlet gives none. */
  readonly emptyAnswer: (typeof emptyAnswers)[number];
  /** Whether domains of addresses are written in another case than they were given. */
  readonly recaseDomains: boolean;
  /** Addresses that belong to something deleted and cannot be had, though nothing is seen to hold them. */
  readonly heldByDeleted: readonly string[];
}

export interface Throttle {
  /** Every how manieth request is refused. */
  readonly every: number;
  /** Seconds that Retry-After says; null for no such header. */
  readonly retryAfter: number | null;
  readonly form: "json" | "text";
}

export const usualSettings: ExchangeSettings = {
  acceptedDomains: null,
  access: "granted",
  cmdlets: null,
  paging: "nextLink",
  pageSize: 1000,
  linkLifetime: 30 * 60_000,
  errorForm: "pipe",
  replicationLag: { anchored: 0, other: 0 },
  creationQuota: null,
  throttle: null,
  concurrency: 8,
  latency: {},
  emptyAnswer: "list",
  recaseDomains: false,
  heldByDeleted: [],
};
