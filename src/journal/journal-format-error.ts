/** Thrown for a journal that cannot be used for a rollback: another version, damaged, or not a journal. */
export class JournalFormatError extends Error {
  override readonly name = "JournalFormatError";
  readonly code: "not-a-journal" | "other-version" | "damaged";

  constructor(code: JournalFormatError["code"], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
