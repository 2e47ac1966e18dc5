import type { Call } from "./call.ts";
import {
  addressTaken,
  aliasTaken,
  heldByDeleted,
  invalidValue,
  nameTaken,
  notAnAddress,
} from "./exchange-problem.ts";
import type { KeyKind } from "./recipient-index.ts";
import { distinguishedName, recipientName } from "./recipients.ts";
import type { Recipient } from "./recipients.ts";

/** @throws {ExchangeProblem} when the text is too long */
export function checkLength(property: string, text: string, longest: number): void {
  if (text.length <= longest) return;
  const why = `The length of the property is too long. The maximum length is ${longest} and the length of the value provided is ${text.length}.`;
  throw invalidValue(property, why);
}

const aliasPattern = /^[\w!#%*+\-/=?^~$&'`{}|¡-ÿ]+(?:\.[\w!#%*+\-/=?^~$&'`{}|¡-ÿ]+)*$/;
const notInAlias = /[^\w!#%*+\-/=?^~$&'`{}|¡-ÿ.]/g;

/** @throws {ExchangeProblem} when the alias is not valid for Exchange or is taken */
export function checkAlias(call: Call, alias: string, own: string | null): void {
  checkLength("Alias", alias, 64);
  if (!aliasPattern.test(alias)) {
    const why = `The value "${alias}" isn't valid. An alias consists of letters, digits and some signs; a dot stands between others.`;
    throw invalidValue("Alias", why);
  }
  const holder = holderOf(call, own, "alias", alias);
  if (holder !== null) throw aliasTaken(alias, recipientName(holder));
}

/**
 * Generates an alias from a name: spaces are removed, other invalid characters become question marks, and a number
 * makes it unique.
 */
export function aliasFrom(call: Call, name: string): string {
  const plain = name
    .replaceAll(/\s/g, "")
    .replaceAll(notInAlias, "?")
    .replaceAll(/^\.|\.(?=\.|$)/g, "?");
  const base = plain.slice(0, 60);
  let alias = base;
  for (let number = 1; holderOf(call, null, "alias", alias) !== null; number++) alias = `${base}${number}`;
  return alias;
}

/** @throws {ExchangeProblem} when the name is too long or taken */
export function checkName(call: Call, name: string, own: string | null): void {
  checkLength("Name", name, 64);
  const holder = holderOf(call, own, "name", name);
  if (holder !== null) throw nameTaken(name, distinguishedName(call.store.state, recipientName(holder)));
}

/**
 * Removes the prefix of an address and checks it.
 *
 * @throws {ExchangeProblem} when it is not valid, or another object of any kind has it
 */
export function usableAddress(call: Call, given: string, own: string | null): string {
  const plain = given.replace(/^smtp:/i, "");
  const [, local, domain] =
    /^([^\s@<>(),;:"[\]\\]+)@([a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+)$/i.exec(
      plain,
    ) ?? [];
  const isDotted = local !== undefined && !/^\.|\.\.|\.$/.test(local);
  if (local === undefined || domain === undefined || !isDotted || plain.length > 320)
    throw notAnAddress(plain);
  if (call.settings.heldByDeleted.some((address) => same(address, plain))) throw heldByDeleted();
  const holder = holderOf(call, own, "address", plain);
  if (holder !== null) throw addressTaken(plain, recipientName(holder));
  const cased = call.settings.recaseDomains
    ? domain.charAt(0).toUpperCase() + domain.slice(1).toLowerCase()
    : domain;
  return `${local}@${cased}`;
}

/** An object other than `own` that has the value, whether visible to the caller or not. */
function holderOf(call: Call, own: string | null, kind: KeyKind, value: string): Recipient | null {
  return call.index.find([kind], value).find(({ entry }) => entry.id !== own) ?? null;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
