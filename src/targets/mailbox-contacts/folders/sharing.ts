import type { LiveContact } from "../../../model/contact.ts";
import { isReleased } from "../../../model/user-copy.ts";

/** Whether a contact belongs to another sync, so that the syncs share its folder and ours must not rename it. */
export function isAnothers({ marker }: LiveContact, owner: string): boolean {
  return marker !== null && marker.owner !== owner && !isReleased(marker);
}
