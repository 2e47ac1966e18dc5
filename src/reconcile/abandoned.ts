import type { SyncConfig } from "../model/config.ts";
import type { LiveContact } from "../model/contact.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { someNames } from "../text/some-names.ts";

/** Of contacts that a run began and that no run will end, since their people are no longer among those of the sync. */
export function abandonedWarning({ name, place }: SyncConfig, contacts: readonly LiveContact[]): Diagnostic {
  const addresses = contacts.map(({ fields }) => fields.emailAddresses?.[0] ?? "").toSorted();
  const who = someNames(addresses);
  const [have, them] =
    addresses.length === 1 ? ["1 contact has", "it"] : [`${addresses.length} contacts have`, "them"];
  return {
    severity: "warning",
    code: "abandoned-contacts",
    summary: "Contacts that galops began stay unfinished",
    detail:
      `In the owned domains of the sync ${name} ${have} an alias of galops and no stamp, and nobody of the sync's people ` +
      `belongs to ${them}: ${who}. A run was cut off while it made ${them}, or somebody cleared the stamp, and the person ` +
      `has left since. galops leaves ${them} alone. Roll back the run that was cut off, or delete ${them} by hand, ` +
      "unless another sync makes contacts in these domains: its next run completes its own.",
    place,
  };
}
