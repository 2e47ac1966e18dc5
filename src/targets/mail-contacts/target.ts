import type { ExchangeReader, Row } from "../../http/exchange/exchange.ts";
import type { BookRef } from "../../model/book.ts";
import type { MailContactsSync } from "../../model/config.ts";
import { fieldsOf } from "../../model/contact-fields.ts";
import type { Target } from "../../model/target.ts";
import { TargetError } from "../../model/target.ts";
import { canonicalizeFor } from "./canonicalize.ts";
import { findConflicts } from "./conflicts.ts";
import { asBookError } from "./problems.ts";
import { readOwned } from "./read.ts";
import { textOf } from "./rows.ts";
import { writesOf } from "./writes.ts";

/** Creates a target for the mail contacts of an organization in the owned domains, which are one book. */
export function mailContactsTarget(
  sync: MailContactsSync,
  world: { readonly exchange: ExchangeReader; readonly tenantId: string },
): Target {
  const { exchange, tenantId } = world;
  return {
    fields: fieldsOf("mail-contacts").filter((field) => field !== sync.to.stamp),
    canonicalize: canonicalizeFor(sync.to),
    async *books(signal) {
      await refuseAcceptedDomains(exchange, sync, signal);
      yield theBook(tenantId);
    },
    async read(_book, _fields, signal) {
      try {
        const live = await readOwned(exchange, sync, signal);
        return { live, isWhole: true, isOurs: true };
      } catch (error) {
        throw asBookError(error);
      }
    },
    async conflicts(changes, signal) {
      try {
        return await findConflicts(exchange, changes, sync, signal);
      } catch (error) {
        throw asBookError(error);
      }
    },
    forecastSeconds(changes) {
      const writes = changes
        .filter(({ withheld }) => withheld === null)
        .reduce((sum, change) => sum + writesOf(change, sync).length, 0);
      return writes === 0 ? null : Math.ceil(exchange.forecastMs(writes) / 1000);
    },
  };
}

function theBook(tenantId: string): BookRef {
  return { id: tenantId, mailbox: null, folder: null, person: null };
}

/**
 * Refuses owned domains that the tenant itself receives mail for. The addresses there belong to the tenant's own
 * people; contacts with them would appear in their place or misdirect mail.
 *
 * @throws {TargetError} when there is such a domain
 * @throws {ExchangeError}
 */
async function refuseAcceptedDomains(
  exchange: ExchangeReader,
  { to, name }: MailContactsSync,
  signal: AbortSignal,
): Promise<void> {
  const rows = await exchange.read("Get-AcceptedDomain", {}, {}, signal);
  const both = to.ownedDomains.filter((domain) => rows.some((row) => accepts(row, domain)));
  if (both.length === 0) return;
  throw new TargetError({
    code: "owned-domain-accepted",
    summary: "The tenant receives mail for an owned domain",
    detail:
      `The sync "${name}" owns ${both.join(", ")}, but ${to.tenant} itself receives mail there, so its own people ` +
      "have addresses there. Nothing is changed there. Own only domains of other tenants.",
    place: to.domainsPlace,
  });
}

/** Whether a domain is an accepted domain, or a subdomain of one that includes its subdomains. */
function accepts(row: Row, domain: string): boolean {
  const accepted = textOf(row["DomainName"]).toLowerCase();
  const base = accepted.replace(/^\*\./, "");
  const matchesBelow = row["MatchSubDomains"] === true || base !== accepted;
  return domain === accepted || (matchesBelow && domain.endsWith(`.${base}`));
}
