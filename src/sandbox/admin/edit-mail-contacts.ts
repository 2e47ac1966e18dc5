import type { Call } from "../exchange/call.ts";
import { changedContact } from "../exchange/changed-contact.ts";
import { createdContact } from "../exchange/created-contact.ts";
import { ExchangeProblem } from "../exchange/exchange-problem.ts";
import type { Bound } from "../exchange/parameters.ts";
import { recipientIndex } from "../exchange/recipient-index.ts";
import { replication } from "../exchange/replication.ts";
import type { Store } from "../store/store.ts";
import { departureChanges } from "../tenant/departure.ts";
import { contactProperties, mailContactProperties, withExchange } from "../tenant/exchange-properties.ts";
import { usualSettings } from "../tenant/exchange-settings.ts";
import type { Entry } from "../tenant/tenant.ts";
import { mailContactNamed } from "./find.ts";
import { SandboxEditError } from "./sandbox-edit-error.ts";
import type { TypedValues } from "./written-values.ts";
import { yesOrNo } from "./written-values.ts";

/**
 * The edits that administrators make by hand to mail contacts. Properties have Exchange's names; `IsDirSynced` decides
 * whether a contact is synchronized from on-premises servers. A contact is named by address, alias, name, display name
 * or id. Each function throws SandboxEditError for an impossible edit, and then changes nothing.
 */

/** @param at - ISO 8601, UTC, with milliseconds */
export function addMailContact(
  store: Store,
  at: string,
  address: string,
  name: string,
  values: TypedValues = {},
): void {
  const made = asExchangeWould(() => {
    const call = callOf(store, at, { Name: name, ExternalEmailAddress: address, ...values });
    const { bindings } = callOf(store, at, values);
    return changedContact({ ...call, bindings }, createdContact(call));
  });
  store.commit([{ put: "orgContact", value: synchronizedBy(values, made) }]);
}

export function setMailContact(store: Store, at: string, who: string, values: TypedValues): void {
  const entry = mailContactNamed(store.state, who);
  const changed = asExchangeWould(() => changedContact(callOf(store, at, values), entry));
  store.commit([
    { put: "orgContact", value: withExchange(synchronizedBy(values, changed), { WhenChanged: at }) },
  ]);
}

export function removeMailContact(store: Store, who: string): void {
  const { id } = mailContactNamed(store.state, who);
  store.commit([{ drop: "orgContact", id }, ...departureChanges(store.state, id)]);
}

function synchronizedBy({ [synced]: typed }: TypedValues, entry: Entry): Entry {
  if (typed === undefined) return entry;
  const { onPremisesSyncEnabled: _, ...kept } = entry;
  return yesOrNo(synced, typed)
    ? { ...kept, id: entry.id, onPremisesSyncEnabled: true }
    : { ...kept, id: entry.id };
}

const synced = "IsDirSynced";

function callOf(store: Store, now: string, values: TypedValues): Call {
  const bindings = new Map(
    Object.entries(values).flatMap(([name, text]) => (name === synced ? [] : [[name, boundOf(name, text)]])),
  );
  const [settings, anchor, index] = [usualSettings, "", recipientIndex(store.state)];
  return { store, settings, replication: replication(), index, anchor, now, bindings };
}

const properties = { ...mailContactProperties, ...contactProperties };

function boundOf(name: string, text: string): Bound {
  if (name === "ExternalEmailAddress" || name === "Manager") return text;
  const type = properties[name]?.type;
  switch (type) {
    case undefined:
      throw new SandboxEditError(`A mail contact has no property ${name}.`);
    case "flag":
      return yesOrNo(name, text);
    case "texts":
      return { how: "replace", items: text === "" ? [] : text.split(",").map((item) => item.trim()) };
    case "text":
      return text;
  }
}

function asExchangeWould<Result>(write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    throw error instanceof ExchangeProblem ? new SandboxEditError(error.message) : error;
  }
}
