/**
 * How a plan of a rollback names a picture in its `photo` field: by what it is in the journal, and what the marker said
 * of it. The second is what the marker shall say again.
 */
export interface PhotoName {
  /** Of the picture's bytes. */
  readonly hash: string;
  readonly fingerprint: string;
}

export function photoName({ hash, fingerprint }: PhotoName): string {
  return `${hash}/${fingerprint}`;
}

/** Null for what is no such name. */
export function parsePhotoName(text: string): PhotoName | null {
  const { hash, fingerprint = "" } = /^(?<hash>[0-9a-f]{64})\/(?<fingerprint>.*)$/s.exec(text)?.groups ?? {};
  return hash === undefined ? null : { hash, fingerprint };
}
