import type { SyncConfig } from "../model/config.ts";
import type { LiveContact } from "../model/contact.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { someNames } from "../text/some-names.ts";

/** Warns of half-made contacts that no run will complete, because their people left the sync. */
export function abandonedWarnings(
  { name, place }: SyncConfig,
  contacts: readonly LiveContact[],
): readonly Diagnostic[] {
  if (contacts.length === 0) return [];
  const addresses = contacts.map(({ fields }) => fields.emailAddresses?.[0] ?? "").toSorted();
  const who = someNames(addresses);
  const [have, them] =
    addresses.length === 1 ? ["1 contact has", "it"] : [`${addresses.length} contacts have`, "them"];
  return [
    {
      severity: "warning",
      code: "abandoned-contacts",
      summary: "Contacts created by galops stay incomplete",
      detail:
        `In the owned domains of the sync ${name}, ${have} a galops alias but no stamp, and ` +
        `no person of the sync matches ${them}: ${who}. Either a run was interrupted while it created ${them}, or ` +
        `somebody cleared the stamp, and the person has left since. galops does not change ${them}. ` +
        `Roll back the interrupted run, or delete ${them} by hand. ` +
        "If another sync creates contacts in these domains, its next run completes its own.",
      place,
    },
  ];
}
