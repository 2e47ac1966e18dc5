import { departments, drafts, givenNames, surnames, titles } from "./names.ts";
import type { Draft } from "./names.ts";
import type { UserState } from "./state.ts";

/**
 * The people of a practice tenant: names of many scripts, homonyms, people without phone or given name, leavers,
 * guests, a shared mailbox. The first are the same in every tenant; more are made up from lists of names.
 */

/** The smallest valid picture that a mail client shows: 1 x 1 pixel. */
const picture =
  "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=";

/**
 * @param count - how many users, guests not counted; the drafts come first
 * @param newId - gives the object id of the next user
 */
export function makeUsers(
  count: number,
  domain: string,
  newId: () => string,
  pick: (below: number) => number,
): readonly UserState[] {
  const users: UserState[] = [];
  for (let index = 0; index < count; index++) {
    const draft = drafts[index] ?? madeUp(index, pick);
    users.push(toUser(draft, newId(), domain, index, users[0]?.id));
  }
  return users;
}

function madeUp(index: number, pick: (below: number) => number): Draft {
  const given = givenNames[pick(givenNames.length)] ?? "Alva";
  const surname = surnames[pick(surnames.length)] ?? "Kim";
  const plain = `${given}.${surname}`
    .normalize("NFKD")
    .replaceAll(/[^A-Za-z.]/g, "")
    .toLowerCase();
  const number = String(10_000 + index);
  return {
    given,
    surname,
    alias: `${plain}${index}`,
    title: titles[pick(titles.length)] ?? null,
    department: departments[pick(departments.length)] ?? null,
    mobile: `+46 70 1${number.slice(0, 2)} ${number.slice(2, 4)} ${number.slice(4)}0`,
    phone: pick(2) === 0 ? `+46 8 1${number}` : null,
  };
}

function toUser(
  draft: Draft,
  id: string,
  domain: string,
  index: number,
  manager: string | undefined,
): UserState {
  const { given, surname, alias } = draft;
  const address = `${alias}@${domain}`;
  return {
    id,
    userPrincipalName: address,
    displayName: draft.display ?? [given, surname].filter(Boolean).join(" "),
    givenName: given,
    surname,
    mail: alias === "svc-backup" ? null : address,
    mailNickname: alias,
    userType: index === 2 ? null : "Member",
    accountEnabled: true,
    assignedLicenses: [{ skuId: "6fd2c87f-b296-42f0-b197-1e91e994b900", disabledPlans: [] }],
    showInAddressList: null,
    jobTitle: draft.title ?? null,
    department: draft.department ?? null,
    companyName: "Contoso",
    officeLocation: index % 3 === 0 ? "Stockholm 4.12" : null,
    streetAddress: index % 2 === 0 ? "Kungsgatan 1" : null,
    city: index % 2 === 0 ? "Stockholm" : null,
    postalCode: index % 2 === 0 ? "111 43" : null,
    country: index % 2 === 0 ? "Sweden" : null,
    mobilePhone: draft.mobile ?? null,
    businessPhones: draft.phone ? [draft.phone] : [],
    proxyAddresses:
      alias === "svc-backup" ? [] : [`SMTP:${address}`, `smtp:${alias}@contoso.onmicrosoft.com`],
    otherMails: [],
    onPremisesExtensionAttributes: { extensionAttribute1: index % 4 === 0 ? "vip" : null },
    ...(manager === undefined ? {} : { manager }),
    ...(index < 3 ? { photo: picture } : {}),
    ...draft.extra,
  };
}

/** Guests: their own address as mail, #EXT# in the UPN, no licence. */
export function makeGuests(organization: string, newId: () => string): readonly UserState[] {
  return [
    { given: "Gil", surname: "Partner", mail: "gil@fabrikam.example" },
    { given: "Rosa", surname: "Díaz", mail: "rosa@proseware.example" },
  ].map(({ given, surname, mail }) => ({
    id: newId(),
    userPrincipalName: `${mail.replace("@", "_")}#EXT#@${organization}`,
    displayName: `${given} ${surname}`,
    givenName: given,
    surname,
    mail,
    userType: "Guest",
    accountEnabled: true,
    assignedLicenses: [],
    showInAddressList: false,
    companyName: mail.split("@")[1]?.split(".")[0] ?? null,
    proxyAddresses: [`SMTP:${mail}`],
    otherMails: [mail],
  }));
}
