import type { UserState } from "./state.ts";

/**
 * The people of a practice tenant: names of many scripts, homonyms, people without phone or given name, leavers,
 * guests, a shared mailbox. The first are the same in every tenant; more are made up from lists of names.
 */

interface Draft {
  readonly given: string | null;
  readonly surname: string | null;
  readonly display?: string;
  readonly alias: string;
  readonly title?: string | null;
  readonly department?: string | null;
  readonly mobile?: string | null;
  readonly phone?: string | null;
  readonly extra?: Readonly<Record<string, unknown>>;
}

const drafts: readonly Draft[] = [
  {
    given: "Ann",
    surname: "Ek",
    alias: "ann",
    title: "Managing director",
    department: "Management",
    mobile: "+46 70 123 45 01",
    phone: "+46 8 123 45 01",
  },
  {
    given: "Bo",
    surname: "Li",
    alias: "bo",
    title: "Engineer",
    department: "Engineering",
    mobile: "+46 70 123 45 02",
  },
  {
    given: "Chandra",
    surname: "Nair",
    alias: "chandra",
    title: "Head of engineering",
    department: "Engineering",
    phone: "+91 80 4000 1203",
  },
  {
    given: "Dana",
    surname: "Müller-Łęcka",
    alias: "dana",
    title: "Lawyer",
    department: "Legal",
    mobile: "+48 601 234 504",
  },
  {
    given: "Ève",
    surname: "O'Connor",
    alias: "eve.oconnor",
    title: "Sales manager",
    department: "Sales",
    mobile: "+353 85 012 3405",
  },
  {
    given: "נועה",
    surname: "לוי",
    alias: "noa.levi",
    title: "Account executive",
    department: "Sales",
    mobile: "+972 50 123 4506",
  },
  {
    given: "سارة",
    surname: "حداد",
    alias: "sara.haddad",
    title: "Account executive",
    department: "Sales",
    mobile: "+971 50 123 4507",
  },
  {
    given: "美咲",
    surname: "佐藤",
    display: "佐藤 美咲",
    alias: "misaki.sato",
    title: "Designer",
    department: "Design",
    phone: "+81 3 1234 5608",
  },
  {
    given: "Jan",
    surname: "Kowalski",
    alias: "jan.kowalski",
    title: "Accountant",
    department: "Finance",
    mobile: "+48 601 234 509",
  },
  {
    given: "Jan",
    surname: "Kowalski",
    alias: "jan.kowalski2",
    title: "Driver",
    department: "Logistics",
    mobile: "+48 601 234 510",
  },
  { given: "Zoë 🚀", surname: "van der Berg", alias: "zoe", title: "Engineer", department: "Engineering" },
  {
    given: null,
    surname: null,
    display: "Reception",
    alias: "reception",
    title: null,
    department: null,
    phone: "+46 8 123 45 00",
  },
  { given: "Madonna", surname: null, alias: "madonna", title: "Artist in residence", department: "Design" },
  {
    given: "Nguyễn",
    surname: "Văn Hùng",
    alias: "hung",
    title: "Engineer",
    department: "Engineering",
    mobile: "+84 91 234 5614",
  },
  {
    given: "Olga",
    surname: "Иванова",
    display: "Ольга Иванова",
    alias: "olga",
    title: "Controller",
    department: "Finance",
    phone: "+46 8 123 45 15",
  },
  {
    given: "Pat",
    surname: "Leaver",
    alias: "pat",
    title: "Engineer",
    department: "Engineering",
    extra: { accountEnabled: false },
  },
  {
    given: "Sales",
    surname: "Team",
    display: "Sales team",
    alias: "sales-team",
    title: null,
    department: "Sales",
    extra: { accountEnabled: false, assignedLicenses: [], sharedMailbox: true },
  },
  {
    given: null,
    surname: null,
    display: "svc-backup",
    alias: "svc-backup",
    title: null,
    department: null,
    extra: { assignedLicenses: [] },
  },
  {
    given: "Hidden",
    surname: "Person",
    alias: "hidden",
    title: "Advisor",
    department: "Management",
    extra: { showInAddressList: false },
  },
];

const givenNames = [
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
];
const surnames = [
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
];
const titles = ["Engineer", "Consultant", "Project manager", "Account executive", "Analyst"];
const departments = ["Engineering", "Sales", "Finance", "Logistics", "Design"];

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
