/**
 * The hosts of each cloud, which include their regional subdomains. Answers of outlook.office365.com link to
 * outlook.office.com.
 */
const clouds: readonly (readonly string[])[] = [
  ["outlook.office365.com", "outlook.office.com"],
  ["outlook.office365.us"],
  ["outlook-dod.office365.us"],
  ["partner.outlook.cn", "outlook.office365.cn"],
];

/**
 * Whether a link or a redirect may receive the token: the tenant's own endpoint may and, if that is Microsoft's, so may
 * the other hosts of the same cloud.
 *
 * @param endpoint - absolute, as configured
 */
export function mayHaveToken(url: string, endpoint: string): boolean {
  const target = URL.parse(url);
  if (target === null || target.username !== "" || target.password !== "") return false;
  const own = new URL(endpoint);
  if (target.origin === own.origin) return true;
  if (target.protocol !== "https:" || target.port !== "" || own.port !== "") return false;
  const hosts = clouds.find((cloud) => cloud.includes(own.hostname)) ?? [];
  return hosts.some((host) => target.hostname === host || target.hostname.endsWith(`.${host}`));
}
