/** A saved plan cannot be used as it is. The message is a full sentence that says what to do. */
export class PlanFormatError extends Error {
  /**
   * `not-a-plan`: something else, or nothing. `other-version`: written by another version of galops. `truncated`: its
   * end is missing. `damaged`: its parts do not fit together.
   */
  readonly code: "not-a-plan" | "other-version" | "truncated" | "damaged";
  override readonly name = "PlanFormatError";

  constructor(code: PlanFormatError["code"], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
