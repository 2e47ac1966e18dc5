/** What something is encrypted for. */
export interface Lock {
  /** `age1…`, each of whom can read it alone. */
  readonly recipients: readonly string[];
  /** Used where there are no recipients. */
  readonly passphrase: string;
}

/** What there is to read encrypted files with; "" for what there is not. */
export interface Keys {
  /** `AGE-SECRET-KEY-1…`, or several lines as age-keygen writes them. */
  readonly identity: string;
  readonly passphrase: string;
}
