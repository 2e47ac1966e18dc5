export const errorForms = ["pipe", "json"] as const;
export type ErrorForm = (typeof errorForms)[number];

export const pagings = ["nextLink", "nextLink-broken", "silent-cap-1000"] as const;
export const accesses = ["granted", "no-app-role", "no-rbac"] as const;
export const emptyAnswers = ["list", "absent", "no-content"] as const;

/** Options for Exchange's behavior where that of the real service is unknown or varies. */
export interface ExchangeSettings {
  /** The organization's own domains; null for its initial domain and those of its members' addresses. */
  readonly acceptedDomains: readonly string[] | null;
  /** `no-app-role`: the application lacks Exchange.ManageAsApp. `no-rbac`: it has that, but no Exchange role. */
  readonly access: (typeof accesses)[number];
  /** The cmdlets that the application's roles permit; null for all. */
  readonly cmdlets: readonly string[] | null;
  /**
   * How reads with more than one page behave. `nextLink`: links that are bound to the body and X-AnchorMailbox.
   * `nextLink-broken`: links that never work. `silent-cap-1000`: only the first page, without a warning.
   */
  readonly paging: (typeof pagings)[number];
  /** The maximum number of rows in a page. */
  readonly pageSize: number;
  /** How many milliseconds a link is valid. */
  readonly linkLifetime: number;
  readonly errorForm: ErrorForm;
  /**
   * Milliseconds until a new contact is visible: `anchored` to requests with the X-AnchorMailbox that it was created
   * with, `other` to all others. Its name and address are taken immediately.
   */
  readonly replicationLag: { readonly anchored: number; readonly other: number };
  /** How many contacts can be created until the tenant is opened again; null for no limit. */
  readonly creationQuota: number | null;
  /** Null for no throttling. */
  readonly throttle: Throttle | null;
  /** The maximum number of requests in progress. */
  readonly concurrency: number;
  /** Milliseconds that each cmdlet takes, by name; `*` for all others. */
  readonly latency: Readonly<Record<string, number>>;
  /** The form of an answer for a cmdlet without output. */
  readonly emptyAnswer: (typeof emptyAnswers)[number];
  /** Whether the domains of addresses are returned in another case than given. */
  readonly recaseDomains: boolean;
  /** Addresses that are held by invisible deleted objects and cannot be used. */
  readonly heldByDeleted: readonly string[];
}

export interface Throttle {
  /** Every nth request is refused. */
  readonly every: number;
  /** The seconds in Retry-After; null for no such header. */
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
