import type { Person } from "../model/person.ts";

/**
 * The addresses that are this person's alone, each once, in lower case: by them somebody is recognized, in a source, in
 * his own mailbox, and under a new key. `otherMails` are not among them: a family may share one, and anybody may have
 * named the address of somebody else there.
 */
export function ownAddresses({ mail, proxyAddresses, userPrincipalName }: Person): readonly string[] {
  const addresses = [mail, ...proxyAddresses, userPrincipalName].filter((address) => address !== "");
  return [...new Set(addresses.map((address) => address.toLowerCase()))];
}
