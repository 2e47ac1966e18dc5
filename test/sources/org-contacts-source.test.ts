import { expect, test } from "vitest";
import { orgContactsSource } from "../../src/sources/org-contacts-source.ts";
import { everybody, sourceContract } from "../contract/source.ts";
import { refusal, scriptedGraph } from "../fakes/scripted-graph.ts";
import type { ScriptedAnswer } from "../fakes/scripted-graph.ts";
import { named, orgContactsConfig, tenantId, urls } from "./world.ts";

const pia = {
  id: "pia",
  displayName: "Pia (Partner)",
  givenName: "Pia",
  surname: null,
  mail: "pia@partner.example",
  mailNickname: "pia",
  companyName: "Partner AB",
  department: null,
  jobTitle: "Buyer",
  proxyAddresses: ["smtp:p@partner.example", "SMTP:pia@partner.example"],
  phones: [
    { type: "businessFax", number: "+46 8 3" },
    { type: "mobile", number: "+46 70 1" },
    { type: "business", number: "+46 8 2" },
    { type: "business", number: null },
    { type: "home", number: "+46 8 4" },
  ],
  addresses: [
    {
      street: "Gata 1",
      city: "Malmö",
      state: null,
      postalCode: "211 20",
      countryOrRegion: "Sweden",
      officeLocation: "M1",
    },
  ],
};
const quinn = { id: "quinn", displayName: "Quinn", mail: "quinn@partner.example", phones: [], addresses: [] };
const mailless = { id: "rae", displayName: "Rae", mail: null };

function source(answers: Record<string, ScriptedAnswer> = {}, config = orgContactsConfig()) {
  const graph = scriptedGraph({
    [urls.contactManagers]: { pages: [[{ id: "pia", manager: { displayName: "Boss", mail: null } }]] },
    [urls.contacts("")]: { pages: [[pia], [], [mailless, quinn, pia]] },
    ...answers,
  });
  return orgContactsSource(config, { graph, tenantId });
}

const include = [named("partners")];
const groups: Record<string, ScriptedAnswer> = {
  [urls.groupByName("partners")]: { pages: [[{ id: "g1", displayName: "Partners", mail: null }]] },
  [urls.contactMemberIds("g1")]: { pages: [[{ id: "quinn" }]] },
  [urls.contactMembers("g1")]: { pages: [[quinn]] },
};
const broken = { pages: [[pia]], failure: refusal(403, "Authorization_RequestDenied") };

sourceContract("an org-contacts source", {
  well: () => source(),
  broken: {
    "a page of contacts": () => source({ [urls.contacts("")]: broken }),
    managers: () => source({ [urls.contactManagers]: broken }),
    "a group's members": () =>
      source(
        { ...groups, [urls.contactMemberIds("g1")]: broken },
        orgContactsConfig({ groups: { include: [], exclude: include } }),
      ),
    "hidden ones are to be left out, which Graph cannot tell": () =>
      source({}, orgContactsConfig({ require: ["mail", "visible"] })),
  },
});

test("an organizational contact becomes a person with phones by type and its first address", async () => {
  const [person, ...others] = await everybody(source());
  expect(others.map(({ id }) => id)).toEqual(["quinn"]);
  expect(person).toMatchObject({
    key: `${tenantId}/pia`,
    kind: "org-contact",
    source: "partners",
    tenant: "contoso",
    surname: "",
    businessPhones: ["+46 8 2"],
    homePhones: ["+46 8 4"],
    mobilePhone: "+46 70 1",
    faxNumber: "+46 8 3",
    street: "Gata 1",
    city: "Malmö",
    state: "",
    country: "Sweden",
    officeLocation: "M1",
    proxyAddresses: ["pia@partner.example", "p@partner.example"],
    managerName: "Boss",
    managerMail: "",
    external: true,
  });
});

test("a contact without mail is there when mail is not required", async () => {
  const people = await everybody(source({}, orgContactsConfig({ require: [] })));
  expect(people.map(({ id }) => id)).toEqual(["pia", "rae", "quinn"]);
});

test("members of a group are read through Graph's cast to org contacts", async () => {
  const people = await everybody(source(groups, orgContactsConfig({ groups: { include, exclude: [] } })));
  expect(people.map(({ id, groups: of }) => [id, of])).toEqual([["quinn", ["Partners"]]]);
});

test("who is in two included groups is there once", async () => {
  const both: Record<string, ScriptedAnswer> = {
    ...groups,
    [urls.groupByName("buyers")]: { pages: [[{ id: "g2", displayName: "Buyers", mail: null }]] },
    [urls.contactMemberIds("g2")]: { pages: [[{ id: "quinn" }]] },
    [urls.contactMembers("g2")]: { pages: [[quinn]] },
  };
  const config = orgContactsConfig({ groups: { include: [...include, named("buyers")], exclude: [] } });
  const people = await everybody(source(both, config));
  expect(people.map(({ id, groups: of }) => [id, of])).toEqual([["quinn", ["Buyers", "Partners"]]]);
});

test("a filter goes to Graph as an advanced query", async () => {
  const url = urls.contacts("&$filter=companyName ne 'x'&$count=true");
  const people = await everybody(
    source({ [url]: { pages: [[quinn]] } }, orgContactsConfig({ filter: "companyName ne 'x'" })),
  );
  expect(people.map(({ id }) => id)).toEqual(["quinn"]);
});

test("the missing permission is named", async () => {
  await expect(everybody(source({ [urls.contacts("")]: broken }))).rejects.toThrow("OrgContact.Read.All");
});
