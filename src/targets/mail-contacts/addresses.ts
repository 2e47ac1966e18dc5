/** What Exchange takes for a mail address of a contact: ASCII, with a domain of more than one part. */
export function isRecipientAddress(text: string): boolean {
  return (
    text.length <= 320 &&
    /^[a-z\d!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z\d!#$%&'*+/=?^_`{|}~-]+)*@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/i.test(
      text,
    )
  );
}

/** Lower case; "" for what is no address. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf("@");
  return at === -1 ? "" : address.slice(at + 1).toLowerCase();
}

/** `SMTP:Anna@Contoso.com` is `anna@contoso.com`: Exchange writes a prefix, and the domain in its own case. */
export function plainAddress(written: string): string {
  return written.replace(/^smtp:/i, "").toLowerCase();
}
