/** The proxy on the way does not do its part, or what the environment names is none. The message is a full sentence. */
export class ProxyError extends Error {
  override readonly name = "ProxyError";
}
