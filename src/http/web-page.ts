/** Whether an answer that should be JSON is a web page, as sent by a captive portal, a proxy or another server. */
export function isWebPage(text: string): boolean {
  return /^\s*<(?:!doctype html|html|head|body)\b/i.test(text);
}

/**
 * The message for a web page in place of an answer.
 *
 * @param host - the host that the request was sent to
 */
export function webPageInstead(host: string): string {
  return `${host} answered with a web page. A captive portal or a proxy may have answered in its place.`;
}
