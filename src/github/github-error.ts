/** GitHub, or what it says about this run, is not as it should be. `message` says what to do. */
export class GithubError extends Error {
  override readonly name = "GithubError";
  /** Kebab-case. */
  readonly code: string;
  /** GitHub refused for good; to ask again is of no use. */
  readonly isRefusal: boolean;

  constructor(code: string, message: string, cause?: unknown, isRefusal = false) {
    super(message, { cause });
    this.code = code;
    this.isRefusal = isRefusal;
  }
}
