import { config, office, tenantFile } from "./office.ts";
import type { Ended, Office } from "./office.ts";

/** Every text that a directory has of a person, each with a word that stands nowhere else. */
export const canaries = {
  displayName: "Xanadu Quetzal",
  givenName: "Givenquetz",
  surname: "Surquetz",
  userPrincipalName: "upnquetz@contoso.com",
  mail: "mailquetz@contoso.com",
  mailNickname: "nickquetz",
  jobTitle: "Jobquetz of jobs",
  department: "Deptquetz",
  companyName: "Compquetz",
  employeeId: "Emplquetz",
  officeLocation: "Officequetz",
  streetAddress: "Streetquetz 1",
  postalCode: "Postquetz",
  city: "Cityquetz",
  country: "Countryquetz",
  mobilePhone: "+48 601 777 888",
};
export const canary = /quetz|Xanadu|777 888/iu;

const everyField = `
    fields:
      jobTitle: person.jobTitle
      department: person.department
      nickName: person.mailNickname
      profession: person.employeeId
      personalNotes: person.id + " " + person.userPrincipalName
      officeLocation: person.officeLocation
      businessStreet: person.street
      spouseName: person.displayName
      emailAddresses: 'person.employeeId != "Emplquetz" ? [person.mail] : [person.mail, "mail2quetz@contoso.com", "mail3quetz@contoso.com", "mail4quetz@contoso.com"]'
`;

/** An office where one of the people has canaries, who is also one of those who get contacts. */
export async function canaryOffice(more = everyField): Promise<Office> {
  const made = await office(`${config.replace("bo@contoso.com", canaries.mail)}${more}`);
  plant(made);
  return made;
}

/** Makes one of the people of the tenant one with canaries. */
export function plant(made: Office): void {
  const tenant = JSON.parse(made.read(tenantFile)) as { users: { mail: string }[] };
  const users = tenant.users.map((user) =>
    user.mail === "bo@contoso.com"
      ? {
          ...user,
          ...canaries,
          proxyAddresses: [`SMTP:${canaries.mail}`],
          imAddresses: ["imquetz@contoso.com"],
        }
      : user,
  );
  made.write(tenantFile, JSON.stringify({ ...tenant, users }, null, 2));
}

export function said(ended: Ended): string {
  return ended.stdout + ended.stderr;
}
