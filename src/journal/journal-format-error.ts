/** A journal that nothing may be undone by: of another version, damaged, or no journal at all. */
export class JournalFormatError extends Error {
  override readonly name = "JournalFormatError";
  readonly code: "not-a-journal" | "other-version" | "damaged";

  constructor(code: JournalFormatError["code"], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
