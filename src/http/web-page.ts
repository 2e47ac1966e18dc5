/** Whether an answer that should be JSON is a web page: that of a captive portal, a proxy or another server. */
export function isWebPage(text: string): boolean {
  return /^\s*<(?:!doctype html|html|head|body)\b/i.test(text);
}

/** @param host - who seemed to answer */
export function webPageInstead(host: string): string {
  return `${host} answered with a web page, as a captive portal or a proxy does.`;
}
