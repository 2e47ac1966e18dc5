import type { ExchangeReader, Row } from "../../http/exchange/exchange.ts";
import type { Change } from "../../model/plan.ts";
import { oldAddressOf } from "./address-order.ts";
import { joinedIn } from "./filters.ts";
import { addressIn, textOf } from "./rows.ts";

/** Names that are asked for in one request; the filter has to stay short. */
const namesAtOnce = 25;

const properties: readonly string[] = ["Guid", "Name", "ExternalEmailAddress"];

/**
 * Exchange tells a manager by his Name, which means nothing once his contact is gone. Here names are mail addresses: those
 * that people had before the run, so that what it does to a manager's address looks like no other manager.
 */
export interface ManagerNames {
  /** Remembers what was read anyway. */
  learn(mails: readonly Row[]): void;
  /** Asks for those names that are not known. @throws {ExchangeError} */
  ask(names: readonly string[], signal: AbortSignal): Promise<void>;
  /** Null for who is no mail contact. */
  addressOf(name: string): string | null;
  /** Whether the run deletes the contact that has this address, and takes it from those whose manager it is. */
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
