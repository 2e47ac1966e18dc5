/** Whom to encrypt for: recipients, or else a passphrase. */
export interface Lock {
  /** `age1…`; each of them alone can decrypt. */
  readonly recipients: readonly string[];
  /** Used when there are no recipients. */
  readonly passphrase: string;
}

/** Keys to read encrypted files with; "" for those that are not set. */
export interface Keys {
  /** `AGE-SECRET-KEY-1…`, or the output of age-keygen with several lines. */
  readonly identity: string;
  readonly passphrase: string;
}
