/** Whether Exchange accepts a text as a contact's mail address; it silently drops one that it does not accept. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && mailAddress.test(text);
}

// Deliberately narrower than RFC 5321: no one in a directory has an address with a quoted local part or an address
// literal.
const mailAddress = /^[^\s@,;:"<>()[\]\\]+@(?=[^.])(?!.*\.\.)[\p{L}\p{M}\p{N}.-]*[\p{L}\p{M}\p{N}]$/u;
