import { sameText } from "../http/graph/names.ts";
import type { Person } from "../model/person.ts";
import { DirectoryError } from "./directory-error.ts";
import { fullExtensionAttributes, imAddresses, listOf, smtpAddresses } from "./person-parts.ts";
import type { PersonOrigin } from "./person-parts.ts";

const textProperties = [
  "city",
  "companyName",
  "country",
  "department",
  "displayName",
  "employeeId",
  "employeeType",
  "faxNumber",
  "givenName",
  "jobTitle",
  "mail",
  "mailNickname",
  "mobilePhone",
  "officeLocation",
  "postalCode",
  "preferredLanguage",
  "state",
  "streetAddress",
  "surname",
  "usageLocation",
  "userPrincipalName",
  "userType",
] as const;

const listProperties = ["businessPhones", "imAddresses", "otherMails", "proxyAddresses"] as const;

const otherProperties = [
  "accountEnabled",
  "assignedLicenses",
  "onPremisesExtensionAttributes",
  "showInAddressList",
] as const;

/** `$select` of all properties that become part of a person; Graph returns most of them only on request. */
export const userSelect = ["id", ...textProperties, ...listProperties, ...otherProperties].join(",");

/** A user as Graph returns it for `userSelect`. */
export type GraphUser = { readonly id: string } & {
  readonly [P in (typeof textProperties)[number]]?: string | null;
} & { readonly [P in (typeof listProperties)[number]]?: readonly string[] | null } & {
  readonly accountEnabled?: boolean | null;
  readonly assignedLicenses?: readonly unknown[] | null;
  readonly onPremisesExtensionAttributes?: Readonly<Record<string, string | null>> | null;
  readonly showInAddressList?: boolean | null;
};

/**
 * Converts a user to a person, without manager, groups and photo.
 *
 * `mail` is the user's mail address. Only a guest without one gets the first of `otherMails`, the address that was
 * invited; a member's `otherMails` are private recovery addresses and must not be published.
 *
 * @throws {DirectoryError} when Graph left out a property that decides who is included: everybody would seem to have
 * left
 */
export function toPerson(user: GraphUser, origin: PersonOrigin): Person {
  if (typeof user.accountEnabled !== "boolean" || !Array.isArray(user.assignedLicenses)) throw withheld(user);
  const guest = sameText(user.userType ?? "", "Guest");
  const upn = user.userPrincipalName ?? "";
  return {
    key: `${origin.tenantId}/${user.id}`,
    id: user.id,
    tenant: origin.tenant,
    source: origin.source,
    kind: guest ? "guest" : "member",
    displayName: user.displayName ?? "",
    givenName: user.givenName ?? "",
    surname: user.surname ?? "",
    mail: user.mail || (guest && user.otherMails?.[0]) || "",
    mailNickname: user.mailNickname ?? "",
    userPrincipalName: upn,
    ...workOf(user),
    ...placeOf(user),
    usageLocation: user.usageLocation ?? "",
    preferredLanguage: user.preferredLanguage ?? "",
    managerName: "",
    managerMail: "",
    mobilePhone: user.mobilePhone ?? "",
    faxNumber: user.faxNumber ?? "",
    otherMails: listOf(user.otherMails),
    proxyAddresses: smtpAddresses(user.proxyAddresses),
    businessPhones: listOf(user.businessPhones),
    homePhones: [],
    imAddresses: imAddresses(user.imAddresses, user.proxyAddresses),
    groups: [],
    enabled: user.accountEnabled,
    licensed: user.assignedLicenses.length > 0,
    hidden: user.showInAddressList === false,
    external: /#ext#/i.test(upn),
    photo: "",
    extensionAttributes: fullExtensionAttributes(user.onPremisesExtensionAttributes),
    attributes: {},
  };
}

function workOf(user: GraphUser) {
  return {
    jobTitle: user.jobTitle ?? "",
    department: user.department ?? "",
    companyName: user.companyName ?? "",
    officeLocation: user.officeLocation ?? "",
    employeeId: user.employeeId ?? "",
    employeeType: user.employeeType ?? "",
  };
}

function placeOf(user: GraphUser) {
  return {
    street: user.streetAddress ?? "",
    city: user.city ?? "",
    state: user.state ?? "",
    postalCode: user.postalCode ?? "",
    country: user.country ?? "",
  };
}

function withheld(user: GraphUser): DirectoryError {
  return new DirectoryError({
    code: "graph-properties-withheld",
    summary: "Graph withheld properties of users",
    detail: `Graph did not return whether user ${user.id} is enabled and licensed. Without that, every user would look as if they had left, so galops changes nothing. Grant the application permission User.Read.All with admin consent.`,
  });
}
