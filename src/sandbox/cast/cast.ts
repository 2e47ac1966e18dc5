/** A fictional person in a sandbox tenant, before the tenant assigns an id and addresses. */
export interface Character {
  readonly given: string | null;
  readonly surname: string | null;
  /** The display name, unless it is given name and surname. */
  readonly display?: string;
  /** Local part of the addresses. */
  readonly alias: string;
  readonly title?: string;
  readonly department?: string;
  readonly mobile?: string;
  readonly phone?: string;
  readonly kind: Kind;
}

/**
 * - `member`: enabled, licensed, with mail address and mailbox;
 * - `disabled`: has left, but the account still exists;
 * - `unlicensed`: enabled, without license and hence without mailbox;
 * - `shared`, `room`: shared mailboxes, whose accounts are disabled and unlicensed;
 * - `service`: an account for a program, without mail address;
 * - `hidden`: a member who is hidden from address lists;
 * - `guest`: a person from another organization, with an address there.
 */
type Kind = "member" | "disabled" | "unlicensed" | "shared" | "room" | "service" | "hidden" | "guest";

/** Names for generated people beyond the cast. */
export const givenNames = [
  "Alva",
  "Björn",
  "Carmen",
  "Deniz",
  "Elif",
  "Fredrik",
  "Giulia",
  "Hana",
  "Ivo",
  "Jolanta",
  "Kwame",
  "Leïla",
  "Mateusz",
  "Nadia",
  "Omar",
  "Paula",
  "Quang",
  "Rósa",
  "Søren",
  "Tereza",
  "Uma",
  "Viktor",
  "Wanda",
  "Yusuf",
  "Zofia",
] as const;

export const surnames = [
  "Andersson",
  "Bianchi",
  "Çelik",
  "Dvořák",
  "Eriksson",
  "Fernández",
  "García",
  "Horváth",
  "Ibrahim",
  "Johansson",
  "Kim",
  "Lindqvist",
  "Mensah",
  "Novák",
  "Okafor",
  "Petrov",
  "Rossi",
  "Schäfer",
  "Tamm",
  "Urban",
  "Vargas",
  "Wójcik",
  "Yılmaz",
  "Zhang",
] as const;

export const titles = ["Engineer", "Consultant", "Project manager", "Account executive", "Analyst"] as const;

export const departments = ["Engineering", "Sales", "Finance", "Logistics", "Design"] as const;
