import type { CsvSource, Named, OrgContactsSource, UsersSource } from "../../src/model/config.ts";
import type { Place } from "../../src/model/diagnostic.ts";
import { orgContactSelect } from "../../src/directory/org-contacts.ts";
import { userSelect } from "../../src/directory/users.ts";

export const tenantId = "5b0c4f7e-0000-4000-8000-0000000000c0";
export const place: Place = { file: "galops.yaml", line: 9, column: 3 };

/** A name in the config, on a line of its own so that it is seen which one an error points at. */
export function named(name: string, line = 20): Named {
  return { name, place: { ...place, line } };
}

export function usersConfig(overrides: Partial<UsersSource> = {}): UsersSource {
  return {
    kind: "users",
    name: "staff",
    tenant: "contoso",
    types: ["member"],
    require: ["enabled", "licensed", "mail"],
    filter: "",
    groups: { include: [], exclude: [] },
    hiddenFrom: "graph",
    where: null,
    place,
    ...overrides,
  };
}

export function orgContactsConfig(overrides: Partial<OrgContactsSource> = {}): OrgContactsSource {
  return {
    kind: "org-contacts",
    name: "partners",
    tenant: "contoso",
    require: ["mail"],
    filter: "",
    groups: { include: [], exclude: [] },
    hiddenFrom: "graph",
    where: null,
    place,
    ...overrides,
  };
}

export function csvConfig(path: string, overrides: Partial<CsvSource> = {}): CsvSource {
  return {
    kind: "csv",
    name: "suppliers",
    path,
    file: "suppliers.csv",
    pathPlace: { ...place, column: 28 },
    columnPlace: (property) => ({ ...place, line: property === "id" ? 10 : 11 }),
    id: "employeeNo",
    columns: { mail: "email", displayName: "name" },
    where: null,
    place,
    ...overrides,
  };
}

/** A user as Graph gives it: licensed, enabled, a member, with null where nothing is set. */
export function user(id: string, properties: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    displayName: id,
    mail: `${id}@contoso.com`,
    userPrincipalName: `${id}@contoso.com`,
    userType: "Member",
    accountEnabled: true,
    assignedLicenses: [{ skuId: "e5", disabledPlans: [] }],
    givenName: null,
    surname: null,
    mobilePhone: null,
    businessPhones: [],
    proxyAddresses: [],
    otherMails: [],
    imAddresses: [],
    showInAddressList: null,
    onPremisesExtensionAttributes: null,
    ...properties,
  };
}

/** URLs that sources ask for, decoded. */
export const urls = {
  users: (query: string) => `/users?$select=${userSelect}&$top=999${query}`,
  managers: "/users?$select=id&$expand=manager($select=id,displayName,mail)&$top=999",
  groupByMail: (mail: string) =>
    `/groups?$filter=mail eq '${mail}'&$select=id,displayName,mail,proxyAddresses`,
  groupByProxy: (mail: string) =>
    `/groups?$filter=proxyAddresses/any(p:p eq 'smtp:${mail}')&$select=id,displayName,mail,proxyAddresses`,
  groupByName: (name: string) =>
    `/groups?$filter=displayName eq '${name}'&$select=id,displayName,mail,proxyAddresses`,
  group: (id: string) => `/groups/${id}?$select=id,displayName,mail,proxyAddresses`,
  memberIds: (id: string) =>
    `/groups/${id}/transitiveMembers/microsoft.graph.user?$count=true&$select=id&$top=999`,
  members: (id: string) =>
    `/groups/${id}/transitiveMembers/microsoft.graph.user?$count=true&$select=${userSelect}&$top=999`,
  contacts: (query: string) => `/contacts?$select=${orgContactSelect}&$top=999${query}`,
  contactManagers: "/contacts?$select=id&$expand=manager($select=id,displayName,mail)&$top=999",
  contactMemberIds: (id: string) =>
    `/groups/${id}/transitiveMembers/microsoft.graph.orgContact?$count=true&$select=id&$top=999`,
  contactMembers: (id: string) =>
    `/groups/${id}/transitiveMembers/microsoft.graph.orgContact?$count=true&$select=${orgContactSelect}&$top=999`,
} as const;
