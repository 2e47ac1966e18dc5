/** An access token or assertion: a JWT. */
const jwt = /eyJ[\w-]{5,}(?:\.[\w-]*)*/g;
/** An Authorization header as quoted in a message. */
const bearer = /\b(Bearer\s+)[^\s"',;}]+/gi;
/** User name and password in a URL, for example that of a proxy. */
const userInfo = /(\/\/)[^/@\s]+@/g;

/**
 * Removes secrets from text that galops did not write. An answer may quote the request together with its credentials: a
 * gateway does so to help debugging, and Node does for an invalid header.
 *
 * @param known - secrets that are in use
 */
export function withoutSecrets(text: string, known: readonly string[] = []): string {
  const written = known.filter((secret) => secret !== "").flatMap((one) => [one, encodeURIComponent(one)]);
  const masked = written.reduce((all, secret) => all.replaceAll(secret, "***"), text);
  return masked.replaceAll(jwt, "***").replaceAll(bearer, "$1***").replaceAll(userInfo, "$1***@");
}
