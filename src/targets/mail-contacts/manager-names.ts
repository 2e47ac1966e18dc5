import type { ExchangeReader, Row } from "../../http/exchange/exchange.ts";
import type { Change } from "../../model/plan.ts";
import { oldAddressOf } from "./address-order.ts";
import { joinedIn } from "./filters.ts";
import { addressIn, textOf } from "./rows.ts";

/** Number of names per request; the filter must stay short. */
const namesAtOnce = 25;

const properties: readonly string[] = ["Guid", "Name", "ExternalEmailAddress"];

/**
 * Converts names of managers to mail addresses. Exchange returns a manager's Name, which has no meaning after the
 * manager's contact was deleted. Addresses are those from before the run, so that a change of a manager's address by
 * the run does not look like another manager.
 */
export interface ManagerNames {
  /** Adds contacts that were read for other reasons. */
  learn(mails: readonly Row[]): void;
  /** Reads the names that are not known yet. @throws {ExchangeError} */
  ask(names: readonly string[], signal: AbortSignal): Promise<void>;
  /** The address for a name; null when it is not a mail contact's. */
  addressOf(name: string): string | null;
  /** Whether the run deletes the contact with this address, which also removes it as a manager of others. */
  isLeaving(address: string): boolean;
}

/** @param changes - of the run */
export function createManagerNames(exchange: ExchangeReader, changes: readonly Change[]): ManagerNames {
  const before = new Map(
    changes.flatMap((change) => {
      const address = oldAddressOf(change);
      return change.action === "create" || address === null ? [] : [[change.live.id, address] as const];
    }),
  );
  const leaving = new Set(changes.filter(({ action }) => action === "delete").map(oldAddressOf));
  const addresses = new Map<string, string>();

  function learn(mails: readonly Row[]): void {
    for (const mail of mails) {
      const id = textOf(mail["Guid"]).toLowerCase();
      addresses.set(textOf(mail["Name"]).toLowerCase(), before.get(id) ?? addressIn(mail));
    }
  }

  return {
    learn,
    async ask(names, signal) {
      const unknown = [...new Set(names.map((name) => name.toLowerCase()))].filter(
        (name) => name !== "" && !addresses.has(name),
      );
      for (let at = 0; at < unknown.length; at += namesAtOnce) {
        const Filter = joinedIn("Name", unknown.slice(at, at + namesAtOnce));
        learn(await exchange.read("Get-MailContact", { Filter }, { select: properties }, signal));
      }
    },
    addressOf: (name) => addresses.get(name.toLowerCase()) ?? null,
    isLeaving: (address) => leaving.has(address),
  };
}
