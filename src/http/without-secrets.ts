/** A token, or a proof of identity: a JWT. */
const jwt = /eyJ[\w-]{5,}(?:\.[\w-]*)*/g;
/** What a header that carries a token looks like where somebody quotes it. */
const bearer = /\b(Bearer\s+)[^\s"',;}]+/gi;
/** Name and password in a URL, of a proxy for example. */
const userInfo = /(\/\/)[^/@\s]+@/g;

/**
 * Words of others as they may be shown: who answers may quote the request, and with it what was sent to sign in. A
 * gateway may do so to help, and Node does when it does not like a header.
 *
 * @param known - secrets that are in use
 */
export function withoutSecrets(text: string, known: readonly string[] = []): string {
  const written = known.filter((secret) => secret !== "").flatMap((one) => [one, encodeURIComponent(one)]);
  const masked = written.reduce((all, secret) => all.replaceAll(secret, "***"), text);
  return masked.replaceAll(jwt, "***").replaceAll(bearer, "$1***").replaceAll(userInfo, "$1***@");
}
