/** Thrown when a saved plan cannot be used. The message says what to do. */
export class PlanFormatError extends Error {
  /**
   * `not-a-plan`: another kind of file, or an empty one. `other-version`: written in another version of the format.
   * `truncated`: its end is missing. `damaged`: its parts are inconsistent.
   */
  readonly code: "not-a-plan" | "other-version" | "truncated" | "damaged";
  override readonly name = "PlanFormatError";

  constructor(code: PlanFormatError["code"], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
