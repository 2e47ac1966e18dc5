import { newGuid } from "../store/new-guid.ts";
import { withExchange } from "../tenant/exchange-properties.ts";
import type { Entry } from "../tenant/tenant.ts";
import { textIn } from "./call.ts";
import type { Call } from "./call.ts";
import { aliasFrom, checkAlias, checkLength, checkName, usableAddress } from "./checks.ts";

/** Builds the contact that New-MailContact creates, without saving it. @throws {ExchangeProblem} */
export function createdContact(call: Call): Entry {
  const [name, given] = [textIn(call, "Name"), textIn(call, "ExternalEmailAddress")];
  const alias = textIn(call, "Alias") || aliasFrom(call, name);
  const displayName = textIn(call, "DisplayName") || name;
  const [first, last] = [textIn(call, "FirstName"), textIn(call, "LastName")];
  const initials = textIn(call, "Initials");
  checkLength("DisplayName", displayName, 256);
  checkLength("FirstName", first, 64);
  checkLength("LastName", last, 64);
  checkLength("Initials", initials, 6);
  const mail = usableAddress(call, given, null);
  checkName(call, name, null);
  checkAlias(call, alias, null);
  const entry: Entry = {
    id: newGuid(call.store),
    displayName,
    ...(first === "" ? {} : { givenName: first }),
    ...(last === "" ? {} : { surname: last }),
    mail,
    mailNickname: alias,
    proxyAddresses: [`SMTP:${mail}`],
  };
  return withExchange(entry, {
    Name: name,
    Initials: initials,
    WhenCreated: call.now,
    WhenChanged: call.now,
  });
}
