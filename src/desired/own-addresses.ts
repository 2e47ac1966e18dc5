import type { Person } from "../model/person.ts";

/**
 * The addresses that belong to this person alone, each once, in lower case. They identify the person in other sources,
 * in their own mailbox, and under a new key. Excludes `otherMails`, which a family may share and which may contain
 * another person's address.
 */
export function ownAddresses({ mail, proxyAddresses, userPrincipalName }: Person): readonly string[] {
  const addresses = [mail, ...proxyAddresses, userPrincipalName].filter((address) => address !== "");
  return [...new Set(addresses.map((address) => address.toLowerCase()))];
}
