import type { SyncConfig } from "../model/config.ts";
import { isMailContactsSync } from "../model/config.ts";
import type { LiveContact } from "../model/contact.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { someNames } from "../text/some-names.ts";

/**
 * Warns of contacts of others in the owned domains with a value in the attribute of the stamp: the program that writes
 * it may also overwrite stamps. With `control: complete` these contacts are withheld with a reason instead.
 */
export function stampInUse(sync: SyncConfig, live: readonly LiveContact[]): readonly Diagnostic[] {
  if (!isMailContactsSync(sync) || sync.to.control === "complete") return [];
  const { stamp } = sync.to;
  const others = live.filter(({ marker, fields }) => marker === null && (fields[stamp] ?? "") !== "");
  if (others.length === 0) return [];
  const addresses = others.map(({ fields }) => fields.emailAddresses?.[0] ?? "").toSorted();
  const have =
    addresses.length === 1 ? "1 contact of others has" : `${addresses.length} contacts of others have`;
  const attribute = stamp.replace(/^c/, "C");
  return [
    {
      severity: "warning",
      code: "stamp-in-use",
      summary: "The attribute of the stamp is used for something else",
      detail:
        `In the owned domains of the sync ${sync.name}, ${have} a value in ${attribute}, which galops uses for its ` +
        `stamp: ${someNames(addresses)}. galops does not change them, but the program that writes there may ` +
        "overwrite its stamps. Set `to.stamp` to an unused attribute; the stamps move there.",
      place: sync.place,
    },
  ];
}
