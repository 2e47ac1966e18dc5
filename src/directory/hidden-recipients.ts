import { exchangeAdvice } from "../http/exchange/advice.ts";
import { ExchangeError } from "../http/exchange/exchange.ts";
import type { ExchangeReader } from "../http/exchange/exchange.ts";
import type { Place } from "../model/diagnostic.ts";
import type { Person } from "../model/person.ts";
import { DirectoryError } from "./directory-error.ts";

/** Whether a person is hidden from address lists according to Exchange. */
export type IsHidden = (person: Pick<Person, "id" | "mail">) => boolean;

/**
 * Reads from Exchange which recipients of a tenant are hidden from address lists. Exchange is authoritative: Graph may
 * differ for users and has no such property for contacts.
 *
 * A recipient is identified by its directory object id or, while Exchange has none (as until Entra ID has the object),
 * by its address.
 *
 * @throws {DirectoryError} when the list is not complete
 */
export async function readHidden(
  exchange: ExchangeReader,
  place: Place,
  signal: AbortSignal,
): Promise<IsHidden> {
  const ids = new Set<string>();
  const addresses = new Set<string>();
  for (const row of await hiddenRows(exchange, place, signal)) {
    const id = textOf(row["ExternalDirectoryObjectId"]);
    if (id === "") addresses.add(textOf(row["PrimarySmtpAddress"]));
    else ids.add(id);
  }
  addresses.delete("");
  return ({ id, mail }) => ids.has(id.toLowerCase()) || addresses.has(mail.toLowerCase());
}

async function hiddenRows(
  exchange: ExchangeReader,
  place: Place,
  signal: AbortSignal,
): ReturnType<ExchangeReader["read"]> {
  const Filter = "HiddenFromAddressListsEnabled -eq $true";
  const select = ["ExternalDirectoryObjectId", "PrimarySmtpAddress"];
  try {
    return await exchange.read("Get-Recipient", { Filter }, { select }, signal);
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    const { code, summary, message } = exchangeAdvice(error);
    const detail = `galops could not read who is hidden from address lists. Without that list, hidden people might be shown. ${message}`;
    throw new DirectoryError({ code, summary, detail, place, cause: error });
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.toLowerCase() : "";
}
