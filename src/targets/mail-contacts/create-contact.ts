import { ExchangeError } from "../../http/exchange/exchange.ts";
import type { ExchangeErrorKind, Parameters } from "../../http/exchange/exchange.ts";
import type { LiveContact } from "../../model/contact.ts";
import type { CreateChange } from "../../model/plan.ts";
import { findByAlias } from "./read.ts";
import { textOf } from "./rows.ts";
import type { Write } from "./writes.ts";
import type { Writing } from "./writing.ts";

/** What Exchange says where it made the contact in an attempt of which it lost the answer. */
const perhapsMade: ReadonlySet<ExchangeErrorKind> = new Set<ExchangeErrorKind>([
  "address-in-use",
  "address-lingers",
  "name-in-use",
]);

/** The contact of a create. */
export type Created =
  | { readonly kind: "made"; readonly id: string }
  /** It was there under our alias: an attempt of this run or an earlier one made it, perhaps with other values. */
  | { readonly kind: "found"; readonly contact: LiveContact };

/**
 * Makes a contact, once. Where the answer was lost, or something has its name or address, it is looked for by its alias,
 * which nobody else gives; only if it is certain that there is none the failure is one.
 *
 * Its Name, which no address list shows, is the alias, too. Where another recipient has that Name, a number makes it
 * one of its own: the contact is known by its alias and its stamp.
 *
 * @throws {ExchangeError}
 */
export async function createContact(
  { parameters }: Write,
  change: CreateChange,
  writing: Pick<Writing, "exchange" | "sync" | "clock" | "signal" | "patience">,
): Promise<Created> {
  const { exchange, signal } = writing;
  let wasLost = false;
  let hasLingered = false;
  for (let name = 1; ;) {
    try {
      const { rows } = await exchange.invoke("New-MailContact", numbered(parameters, name), signal);
      const id = textOf(rows[0]?.["Guid"]).toLowerCase();
      if (id !== "") return { kind: "made", id };
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      const { kind } = error;
      const isUnknown = error.outcome === "unknown";
      const given = wasLost ? error.afterDoubt() : error;
      if (!isUnknown && !perhapsMade.has(kind)) throw given;
      const isLingering = kind === "address-lingers";
      // The second time the address lingers there is nothing more to hope for.
      const isPatient = isLingering ? !hasLingered : isUnknown || wasLost;
      hasLingered ||= isLingering;
      const seconds = isPatient ? writing.patience.looks(isLingering) : [0];
      const contact = await lookFor(change, writing, seconds);
      if (isPatient) writing.patience.ended(isLingering, contact !== null);
      if (contact !== null) return { kind: "found", contact };
      // A lost answer after which there is no contact even a minute later was a lost request.
      if (isUnknown && !wasLost) wasLost = true;
      else if (kind === "name-in-use" && name < mostNames) name++;
      else throw given;
      continue;
    }
    const contact = await lookFor(change, writing, writing.patience.looks(false));
    writing.patience.ended(false, contact !== null);
    if (contact !== null) return { kind: "found", contact };
    throw unseen();
  }
}

/** Names that are tried for one contact: more are not taken by chance, but by a rule that somebody has to find. */
const mostNames = 3;

function numbered(parameters: Parameters, number: number): Parameters {
  const { Name } = parameters;
  return number === 1 || typeof Name !== "string" ? parameters : { ...parameters, Name: `${Name}-${number}` };
}

async function lookFor(
  { desired }: CreateChange,
  { exchange, sync, clock, signal }: Pick<Writing, "exchange" | "sync" | "clock" | "signal">,
  looks: readonly number[],
): Promise<LiveContact | null> {
  for (const seconds of looks) {
    if (seconds > 0) await clock.sleep(seconds * 1000, signal);
    const found = await findByAlias(exchange, desired.fields.alias ?? "", sync, signal);
    if (found !== null && isOurs(found, sync.owner)) return found;
  }
  return null;
}

/** Stamped by us, or not stamped yet. */
function isOurs({ marker, untouchable }: LiveContact, owner: string): boolean {
  return untouchable === null && (marker === null || marker.owner === owner);
}

function unseen(): ExchangeError {
  return new ExchangeError({
    kind: "malformed-answer",
    message: "Exchange said that it made the contact, and there is none.",
    cmdlet: "New-MailContact",
    outcome: "unknown",
  });
}
