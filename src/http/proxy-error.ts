/** The proxy failed, or the environment names an unusable one. The message is a full sentence. */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
}
