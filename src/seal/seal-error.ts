/** Something cannot be encrypted or read; the message says what is missing and where it belongs. */
export class SealError extends Error {
  override readonly name = "SealError";
  readonly code: "no-key" | "wrong-key" | "damaged" | "bad-recipient" | "bad-identity";

  constructor(code: SealError["code"], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
