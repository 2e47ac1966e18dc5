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

/**
 * The first people of every sandbox tenant: names of many scripts, namesakes, people without phone or given name, and
 * accounts that are no colleagues. Programs trip over each of them.
 */
export const cast: readonly Character[] = [
  {
    given: "Ann",
    surname: "Ek",
    alias: "ann",
    title: "Managing director",
    department: "Management",
    mobile: "+46 70 123 45 01",
    phone: "+46 8 123 45 01",
    kind: "member",
  },
  {
    given: "Bo",
    surname: "Li",
    alias: "bo",
    title: "Engineer",
    department: "Engineering",
    mobile: "+46 70 123 45 02",
    kind: "member",
  },
  {
    given: "Chandra",
    surname: "Nair",
    alias: "chandra",
    title: "Head of engineering",
    department: "Engineering",
    phone: "+91 80 4000 1203",
    kind: "member",
  },
  {
    given: "Dana",
    surname: "Müller-Łęcka",
    alias: "dana",
    title: "Lawyer",
    department: "Legal",
    mobile: "+48 601 234 504",
    kind: "member",
  },
  {
    given: "Ève",
    surname: "O'Connor",
    alias: "eve.oconnor",
    title: "Sales manager",
    department: "Sales",
    mobile: "+353 85 012 3405",
    kind: "member",
  },
  {
    given: "נועה",
    surname: "לוי",
    alias: "noa.levi",
    title: "Account executive",
    department: "Sales",
    mobile: "+972 50 123 4506",
    kind: "member",
  },
  {
    given: "سارة",
    surname: "حداد",
    alias: "sara.haddad",
    title: "Account executive",
    department: "Sales",
    mobile: "+971 50 123 4507",
    kind: "member",
  },
  {
    given: "美咲",
    surname: "佐藤",
    display: "佐藤 美咲",
    alias: "misaki.sato",
    title: "Designer",
    department: "Design",
    phone: "+81 3 1234 5608",
    kind: "member",
  },
  {
    given: "Jan",
    surname: "Kowalski",
    alias: "jan.kowalski",
    title: "Accountant",
    department: "Finance",
    mobile: "+48 601 234 509",
    kind: "member",
  },
  {
    given: "Jan",
    surname: "Kowalski",
    alias: "jan.kowalski2",
    title: "Driver",
    department: "Logistics",
    mobile: "+48 601 234 510",
    kind: "member",
  },
  {
    given: "Zoë 🚀",
    surname: "van der Berg",
    alias: "zoe",
    title: "Engineer",
    department: "Engineering",
    kind: "member",
  },
  {
    given: null,
    surname: null,
    display: "Reception",
    alias: "reception",
    phone: "+46 8 123 45 00",
    kind: "member",
  },
  {
    given: "Madonna",
    surname: null,
    alias: "madonna",
    title: "Artist in residence",
    department: "Design",
    kind: "member",
  },
  {
    given: "Nguyễn",
    surname: "Văn Hùng",
    alias: "hung",
    title: "Engineer",
    department: "Engineering",
    mobile: "+84 91 234 5614",
    kind: "member",
  },
  {
    given: "Olga",
    surname: "Иванова",
    display: "Ольга Иванова",
    alias: "olga",
    title: "Controller",
    department: "Finance",
    phone: "+46 8 123 45 15",
    kind: "member",
  },
  {
    given: "Pat",
    surname: "Leaver",
    alias: "pat",
    title: "Engineer",
    department: "Engineering",
    mobile: "+46 70 123 45 16",
    kind: "disabled",
  },
  {
    given: null,
    surname: null,
    display: "Sales team",
    alias: "sales-team",
    department: "Sales",
    kind: "shared",
  },
  { given: null, surname: null, display: "svc-backup", alias: "svc-backup", kind: "service" },
  {
    given: "Hidden",
    surname: "Person",
    alias: "hidden",
    title: "Advisor",
    department: "Management",
    kind: "hidden",
  },
  { given: null, surname: null, display: "Meeting room Aurora", alias: "room-aurora", kind: "room" },
  {
    given: "Ines",
    surname: "Nova",
    alias: "ines",
    title: "Trainee",
    department: "Logistics",
    mobile: "+351 912 345 621",
    kind: "unlicensed",
  },
  {
    given: "Kenji",
    surname: "田中",
    display: "田中 健二 (Kenji)",
    alias: "kenji",
    title: "Account executive",
    department: "Sales",
    mobile: "+81 90 1234 5622",
    kind: "member",
  },
  {
    given: "Þóra",
    surname: "Jónsdóttir",
    alias: "thora",
    title: "Dispatcher",
    department: "Logistics",
    mobile: "+354 611 2323",
    phone: "+354 511 2323",
    kind: "member",
  },
  { given: "Gil", surname: "Partner", alias: "gil@fabrikam.example", kind: "guest" },
  { given: "Rosa", surname: "Díaz", alias: "rosa@proseware.example", kind: "guest" },
];

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
