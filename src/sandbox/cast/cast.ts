/** Somebody of a sandbox tenant, before the tenant gives an id and addresses. */
export interface Character {
  readonly given: string | null;
  readonly surname: string | null;
  /** Where it is not given name and surname. */
  readonly display?: string;
  /** Left part of the addresses. */
  readonly alias: string;
  readonly title?: string;
  readonly department?: string;
  readonly mobile?: string;
  readonly phone?: string;
  readonly kind: Kind;
}

/**
 * - `member`: enabled, licensed, with mail and mailbox;
 * - `disabled`: left, the account is still there;
 * - `unlicensed`: enabled, has no licence and hence no mailbox;
 * - `shared`, `room`: mailboxes of nobody: accounts that are disabled, without licence;
 * - `service`: an account for a program, without mail;
 * - `hidden`: a member whom the address list does not show;
 * - `guest`: somebody of another organization, who brings his own address.
 */
type Kind = "member" | "disabled" | "unlicensed" | "shared" | "room" | "service" | "hidden" | "guest";

/** For people beyond the cast. */
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
