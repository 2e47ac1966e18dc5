import type { SyncConfig } from "../model/config.ts";
import { isMailContactsSync } from "../model/config.ts";
import type { LiveContact } from "../model/contact.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { someNames } from "../text/some-names.ts";

/**
 * Warns of contacts of others in the owned domains that hold something in the attribute of the stamp: whoever writes
 * there may overwrite stamps, too. Under `control: complete` these contacts are withheld with a reason instead.
 */
export function stampInUse(sync: SyncConfig, live: readonly LiveContact[]): readonly Diagnostic[] {
  if (!isMailContactsSync(sync) || sync.to.control === "complete") return [];
  const { stamp } = sync.to;
  const others = live.filter(({ marker, fields }) => marker === null && (fields[stamp] ?? "") !== "");
  if (others.length === 0) return [];
  const addresses = others.map(({ fields }) => fields.emailAddresses?.[0] ?? "").toSorted();
  const have = addresses.length === 1 ? "1 contact" : `${addresses.length} contacts`;
  const attribute = stamp.replace(/^c/, "C");
  return [
    {
      severity: "warning",
      code: "stamp-in-use",
      summary: "The attribute of the stamp is used for something else",
      detail:
        `In the owned domains of the sync ${sync.name}, ${have} of others ${addresses.length === 1 ? "holds" : "hold"} something in ${attribute}, where galops ` +
        `keeps its stamp: ${someNames(addresses)}. galops does not touch them, but whoever writes there may overwrite ` +
        "its stamps. Choose an attribute that nobody else uses by `to.stamp`; the stamps move there.",
      place: sync.place,
    },
  ];
}
