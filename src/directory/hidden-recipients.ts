import { exchangeAdvice } from "../http/exchange/advice.ts";
import { ExchangeError } from "../http/exchange/exchange.ts";
import type { ExchangeReader } from "../http/exchange/exchange.ts";
import type { Place } from "../model/diagnostic.ts";
import type { Person } from "../model/person.ts";
import { DirectoryError } from "./directory-error.ts";

/** Whether somebody is hidden from address lists, as Exchange knows. */
export type IsHidden = (person: Pick<Person, "id" | "mail">) => boolean;

/**
 * Asks Exchange for everything in a tenant that is hidden from address lists: it decides it, and Graph may say
 * otherwise of users and says nothing of contacts.
 *
 * A recipient is the object of the directory whose id it tells; where it tells none, as while Entra ID has not heard
 * of it, it is known by its address.
 *
 * @throws {DirectoryError} when it is not known completely
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
    const detail = `Who is hidden from address lists could not be read, so that hidden people might be shown. ${message}`;
    throw new DirectoryError({ code, summary, detail, place, cause: error });
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.toLowerCase() : "";
}
