/** The proxy failed, or the environment names an unusable one. The message is a full sentence. */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
}

/** The proxy itself could not be reached; the cause says why. */
export class UnreachableProxyError extends Error {
  override readonly name = "UnreachableProxyError";
  /** Without user name and password. */
  readonly host: string;

  constructor({ host }: URL, cause: Error) {
    super(`The proxy ${host} could not be reached.`, { cause });
    this.host = host;
  }
}
