/** Whether Exchange accepts a text as a contact's mail address: ASCII, with a domain of at least two parts. */
export function isRecipientAddress(text: string): boolean {
  return (
    text.length <= 320 &&
    /^[a-z\d!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z\d!#$%&'*+/=?^_`{|}~-]+)*@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/i.test(
      text,
    )
  );
}

/** The domain of an address in lower case; "" when the text is not an address. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf("@");
  return at === -1 ? "" : address.slice(at + 1).toLowerCase();
}

/** Converts `SMTP:Anna@Contoso.com` to `anna@contoso.com`. Exchange adds the prefix and may change the case. */
export function plainAddress(written: string): string {
  return written.replace(/^smtp:/i, "").toLowerCase();
}
