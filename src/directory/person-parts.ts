/** Where a person was read from. */
export interface PersonOrigin {
  readonly tenantId: string;
  /** The tenant's name in the config. */
  readonly tenant: string;
  /** The source's name in the config; "" for a mailbox's own user. */
  readonly source: string;
}

/** A list from Graph with null as empty, in the service's order. */
export function listOf(values: readonly string[] | null | undefined): readonly string[] {
  return values ?? [];
}

/**
 * The SMTP addresses among proxy addresses, without prefix: the primary one (`SMTP:`) first, the others sorted by code
 * unit, since Graph does not guarantee an order.
 */
export function smtpAddresses(proxies: readonly string[] | null | undefined): readonly string[] {
  const primary = new Set<string>();
  const others = new Set<string>();
  for (const proxy of proxies ?? []) {
    if (proxy.startsWith("SMTP:")) primary.add(proxy.slice(5));
    else if (/^smtp:/i.test(proxy)) others.add(proxy.slice(5));
  }
  return [...new Set([...[...primary].toSorted(), ...[...others].toSorted()])];
}

/** The IM addresses in the directory or, without any, the SIP addresses among the proxy addresses. */
export function imAddresses(
  listed: readonly string[] | null | undefined,
  proxies: readonly string[] | null | undefined,
): readonly string[] {
  if (listed !== null && listed !== undefined && listed.length > 0) return listed;
  const sip = (proxies ?? []).filter((proxy) => /^sip:/i.test(proxy)).map((proxy) => proxy.slice(4));
  return [...new Set(sip)].toSorted();
}

/** All fifteen extension attributes; "" for one that is not set. */
export function fullExtensionAttributes(
  given: Readonly<Record<string, string | null>> | null | undefined,
): Readonly<Record<string, string>> {
  const all: Record<string, string> = {};
  for (let number = 1; number <= 15; number++) {
    const name = `extensionAttribute${number}`;
    all[name] = given?.[name] ?? "";
  }
  return all;
}
