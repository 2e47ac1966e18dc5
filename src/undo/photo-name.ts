/**
 * The name of a picture in the `photo` field of a rollback's plan: its hash in the journal, and the fingerprint that
 * the marker had and gets back.
 */
export interface PhotoName {
  /** Hash of the picture's bytes. */
  readonly hash: string;
  readonly fingerprint: string;
}

export function photoName({ hash, fingerprint }: PhotoName): string {
  return `${hash}/${fingerprint}`;
}

/** Parses the result of `photoName`; null for any other text. */
export function parsePhotoName(text: string): PhotoName | null {
  const { hash, fingerprint = "" } = /^(?<hash>[0-9a-f]{64})\/(?<fingerprint>.*)$/s.exec(text)?.groups ?? {};
  return hash === undefined ? null : { hash, fingerprint };
}
