import type { LiveContact } from "../../../model/contact.ts";
import { isReleased } from "../../../model/user-copy.ts";

/** Whether a contact is another sync's: the folder that it is in is that one's, too, and cannot get another name. */
export function isAnothers({ marker }: LiveContact, owner: string): boolean {
  return marker !== null && marker.owner !== owner && !isReleased(marker);
}
