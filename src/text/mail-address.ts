/** Whether Exchange takes a text for a mail address of a contact; one that it does not it drops without a word. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && mailAddress.test(text);
}

// Deliberately narrower than RFC 5321: quoted local parts and address literals are nobody's address in a directory.
const mailAddress = /^[^\s@,;:"<>()[\]\\]+@(?=[^.])(?!.*\.\.)[\p{L}\p{M}\p{N}.-]*[\p{L}\p{M}\p{N}]$/u;
