import type { Entry, Json, Photo } from "../tenant/tenant.ts";
import { departments, givenNames, surnames, titles } from "./cast.ts";
import type { Character } from "./cast.ts";
import type { Company } from "./companies/company.ts";
import { plainJpeg } from "./plain-jpeg.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** A fictional person as a user of a tenant. */
export interface MadePerson {
  readonly character: Character;
  readonly user: Entry;
  readonly hasMailbox: boolean;
  /** Null for most people. */
  readonly photo: Photo | null;
}

interface Employer {
  readonly company: Company;
  readonly domain: string;
  readonly organization: string;
}

/** Generates people. The first ones are always the cast; the same seed generates the same people. */
export function makePeople(count: number, employer: Employer, random: SeededRandom): readonly MadePerson[] {
  const { cast } = employer.company;
  const made = Array.from({ length: count }, (_, index) => {
    const character = cast[index] ?? madeUp(index, employer, random);
    return { character, id: random.guid(), index };
  });
  const managers = managersOf(made);
  return made.map(({ character, id, index }) => {
    const manager = managers.get(id);
    const user = { ...userOf(character, id, index, employer), ...(manager === undefined ? {} : { manager }) };
    const hasMailbox = !["unlicensed", "service", "guest"].includes(character.kind);
    const photo = index < 3 || (index >= cast.length && index % 3 === 0) ? picture(random) : null;
    return { character, user, hasMailbox, photo };
  });
}

function madeUp(index: number, { company }: Employer, random: SeededRandom): Character {
  const { mobilePrefix, phonePrefix } = company.office;
  const given = random.pick(givenNames);
  const surname = random.pick(surnames);
  const plain = `${given}.${surname}`.normalize("NFKD").replaceAll(/[^A-Za-z.]/g, "");
  const digits = String(100_000 + index);
  return {
    given,
    surname,
    alias: `${plain.toLowerCase()}${index}`,
    title: random.pick(titles),
    department: random.pick(departments),
    mobile: `${mobilePrefix} ${digits.slice(0, 3)} ${digits.slice(3, 5)} ${digits.slice(5)}0`,
    ...(random.below(2) === 0 ? { phone: `${phonePrefix} ${digits.slice(0, 3)} ${digits.slice(3)} 0` } : {}),
    kind: "member",
  };
}

/**
 * The first in a department manages it, and the very first person manages the managers; people without department have
 * no manager.
 */
function managersOf(
  people: readonly { readonly id: string; readonly character: Character }[],
): ReadonlyMap<string, string> {
  const heads = new Map<string, string>();
  const managers = new Map<string, string>();
  const [first] = people;
  for (const { id, character } of people) {
    const { department, title = "" } = character;
    if (department !== undefined && (!heads.has(department) || title.startsWith("Head of")))
      heads.set(department, id);
  }
  for (const { id, character } of people) {
    if (character.department === undefined || character.kind === "shared") continue;
    const head = heads.get(character.department);
    const manager = head === id || head === undefined ? first?.id : head;
    if (manager !== undefined && manager !== id) managers.set(id, manager);
  }
  return managers;
}

/** Office 365 E3, as an example. */
const license: Json = { skuId: "6fd2c87f-b296-42f0-b197-1e91e994b900", disabledPlans: [] };

function userOf(character: Character, id: string, index: number, employer: Employer): Entry {
  if (character.kind === "guest") return guestOf(character, id, employer);
  const { alias, kind, given, surname, title, department, mobile, phone } = character;
  const address = `${alias}@${employer.domain}`;
  const { displayName: companyName, office } = employer.company;
  const atOffice = index % 2 === 0;
  return withoutEmpty({
    id,
    displayName: displayNameOf(character),
    givenName: given,
    surname,
    userPrincipalName: address,
    mail: kind === "service" ? null : address,
    mailNickname: alias,
    proxyAddresses: kind === "service" ? [] : [`SMTP:${address}`, `smtp:${alias}@${employer.organization}`],
    // Very old accounts have no userType; they are members.
    userType: index === 2 ? null : "Member",
    accountEnabled: !["disabled", "shared", "room"].includes(kind),
    assignedLicenses: ["member", "hidden", "disabled"].includes(kind) ? [license] : [],
    showInAddressList: kind === "hidden" ? false : null,
    jobTitle: title ?? null,
    department: department ?? null,
    companyName,
    employeeId: kind === "member" ? String(1000 + index) : null,
    officeLocation: index % 3 === 0 ? office.room : null,
    streetAddress: atOffice ? office.streetAddress : null,
    postalCode: atOffice ? office.postalCode : null,
    city: atOffice ? office.city : null,
    state: atOffice ? office.state : null,
    country: atOffice ? office.country : null,
    usageLocation: office.usageLocation,
    mobilePhone: mobile ?? null,
    businessPhones: phone === undefined ? [] : [phone],
    onPremisesExtensionAttributes: index % 4 === 0 ? { extensionAttribute1: "vip" } : null,
  });
}

function guestOf(character: Character, id: string, { organization }: Employer): Entry {
  const mail = character.alias;
  const [, host = ""] = mail.split("@");
  const [company = ""] = host.split(".");
  return withoutEmpty({
    id,
    displayName: displayNameOf(character),
    givenName: character.given,
    surname: character.surname,
    userPrincipalName: `${mail.replace("@", "_")}#EXT#@${organization}`,
    mail,
    mailNickname: `${mail.replace("@", "_")}#EXT#`,
    proxyAddresses: [`SMTP:${mail}`],
    otherMails: [mail],
    userType: "Guest",
    externalUserState: "Accepted",
    accountEnabled: true,
    assignedLicenses: [],
    showInAddressList: false,
    companyName: company.charAt(0).toUpperCase() + company.slice(1),
  });
}

function displayNameOf({ display, given, surname }: Character): string {
  return display ?? [given, surname].filter((name) => name !== null).join(" ");
}

function withoutEmpty(entry: Readonly<Record<string, Json>> & { readonly id: string }): Entry {
  const present = Object.entries(entry).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return { ...Object.fromEntries(present), id: entry.id };
}

const pictureSize = 240;

function picture(random: SeededRandom): Photo {
  const color = { red: random.below(256), green: random.below(256), blue: random.below(256) };
  const base64 = Buffer.from(plainJpeg(pictureSize, color)).toString("base64");
  return { contentType: "image/jpeg", width: pictureSize, height: pictureSize, base64 };
}
