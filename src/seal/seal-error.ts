/** Thrown when something cannot be encrypted or decrypted. The message says what is missing and where to set it. */
export class SealError extends Error {
  override readonly name = "SealError";
  readonly code: "no-key" | "not-encrypted" | "wrong-key" | "damaged" | "bad-recipient" | "bad-identity";

  constructor(code: SealError["code"], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
