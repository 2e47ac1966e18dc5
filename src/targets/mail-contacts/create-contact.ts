import { ExchangeError } from "../../http/exchange/exchange.ts";
import type { ExchangeErrorKind, Parameters } from "../../http/exchange/exchange.ts";
import type { DesiredContact, LiveContact } from "../../model/contact.ts";
import { isGalopsAlias } from "../../model/galops-alias.ts";
import type { CreateChange } from "../../model/plan.ts";
import { sameField } from "../../model/values.ts";
import { findByAlias } from "./read.ts";
import { textOf } from "./rows.ts";
import type { Write } from "./writes.ts";
import type { Writing } from "./writing.ts";

/** The contact of a create. */
export type Created =
  | { readonly kind: "made"; readonly id: string }
  /** It was there under our alias: an attempt of this run or an earlier one made it, perhaps with other values. */
  | { readonly kind: "found"; readonly contact: LiveContact };

/** Exchange did not say that it made the contact, or not as what. */
interface Unmade {
  /** `refused`: for certain; `unnamed`: it was made. */
  readonly kind: "refused" | "in-doubt" | "unnamed";
  /** What it is a failure of, should there be no contact. */
  readonly error: ExchangeError;
}

interface Attempt {
  /** Of the Name. */
  readonly number: number;
  /** Whether an earlier one may have been carried out. */
  readonly wasLost: boolean;
  /** Whether something deleted was seen to hold the address. */
  readonly hasLingered: boolean;
}

type Making = Pick<Writing, "exchange" | "sync" | "clock" | "signal" | "pacing">;

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
  making: Making,
): Promise<Created> {
  let attempt: Attempt = { number: 1, wasLost: false, hasLingered: false };
  for (;;) {
    const answer = await ask(numbered(parameters, attempt.number), making);
    if (answer.kind === "made") return answer;
    if (answer.kind !== "refused") {
      const contact = await lookFor(change, waitAfter(answer, attempt), making);
      if (contact !== null) return { kind: "found", contact };
    }
    const next = attemptAfter(answer, attempt);
    if (next === null) throw attempt.wasLost ? answer.error.afterDoubt() : answer.error;
    attempt = next;
  }
}

async function ask(
  parameters: Parameters,
  { exchange, signal }: Making,
): Promise<Extract<Created, { readonly kind: "made" }> | Unmade> {
  try {
    const rows = await exchange.invoke("New-MailContact", parameters, signal);
    const id = textOf(rows[0]?.["Guid"]).toLowerCase();
    return id === "" ? { kind: "unnamed", error: unseen() } : { kind: "made", id };
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    const isCertain = error.outcome === "refused" && !perhapsMade.has(error.kind);
    return { kind: isCertain ? "refused" : "in-doubt", error };
  }
}

/** What Exchange says where it made the contact in an attempt of which it lost the answer. */
const perhapsMade: ReadonlySet<ExchangeErrorKind> = new Set<ExchangeErrorKind>([
  "address-in-use",
  "address-lingers",
  "name-in-use",
]);

/** For what it is waited while it is looked for; null to look once. */
function waitAfter({ error }: Unmade, { wasLost, hasLingered }: Attempt): "contact" | "address" | null {
  // The second time the address lingers there is nothing more to hope for.
  if (error.kind === "address-lingers") return hasLingered ? null : "address";
  return error.outcome === "unknown" || wasLost ? "contact" : null;
}

/** The next attempt, where there is no contact; null where nothing more is to be tried. */
function attemptAfter({ kind, error }: Unmade, attempt: Attempt): Attempt | null {
  const { number, wasLost } = attempt;
  if (kind !== "in-doubt") return null;
  const hasLingered = attempt.hasLingered || error.kind === "address-lingers";
  // A lost answer after which there is no contact even a minute later was a lost request.
  if (error.outcome === "unknown" && !wasLost) return { number, wasLost: true, hasLingered };
  const isNext = error.kind === "name-in-use" && number < mostNames;
  return isNext ? { number: number + 1, wasLost, hasLingered } : null;
}

/** Names that are tried for one contact: more are not taken by chance, but by a rule that somebody has to find. */
const mostNames = 3;

function numbered(parameters: Parameters, number: number): Parameters {
  const { Name } = parameters;
  return number === 1 || typeof Name !== "string" ? parameters : { ...parameters, Name: `${Name}-${number}` };
}

async function lookFor(
  { desired }: CreateChange,
  waitFor: "contact" | "address" | null,
  { exchange, sync, clock, signal, pacing }: Making,
): Promise<LiveContact | null> {
  const look = async (): Promise<LiveContact | null> => {
    const found = await findByAlias(exchange, desired.fields.alias ?? "", sync, signal);
    return found !== null && isOursOrUnstamped(found, desired, sync.owner) ? found : null;
  };
  // An alias that is not ours is in use by whoever it is; only what this run may have made is looked for by it.
  if (waitFor === null) return isGalopsAlias(desired.fields.alias ?? "") ? await look() : null;
  const isLingering = waitFor === "address";
  let contact: LiveContact | null = null;
  for (const seconds of pacing.looks(isLingering)) {
    if (seconds > 0) await clock.sleep(seconds * 1000, signal);
    contact = await look();
    if (contact !== null) break;
  }
  pacing.ended(isLingering, contact !== null);
  return contact;
}

/** Stamped by us, or not stamped yet; where not even the alias is ours, the address has to be the one that was given. */
function isOursOrUnstamped(
  { marker, untouchable, fields }: LiveContact,
  desired: DesiredContact,
  owner: string,
): boolean {
  const isGiven = sameField(
    "emailAddresses",
    fields.emailAddresses ?? [],
    desired.fields.emailAddresses ?? [],
  );
  const isKnown = isGalopsAlias(desired.fields.alias ?? "") || isGiven;
  return untouchable === null && isKnown && (marker === null || marker.owner === owner);
}

function unseen(): ExchangeError {
  return new ExchangeError({
    kind: "malformed-answer",
    message: "Exchange said that it made the contact, and there is none.",
    cmdlet: "New-MailContact",
    outcome: "unknown",
  });
}
