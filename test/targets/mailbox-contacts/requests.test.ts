import { expect, test } from "vitest";
import { fieldsOf } from "../../../src/model/contact-fields.ts";
import type { ContactFields } from "../../../src/model/contact.ts";
import { fieldsNeeded, requestFor } from "../../../src/targets/mailbox-contacts/write/requests.ts";
import { writeMarker } from "../../../src/targets/mailbox-contacts/markers.ts";
import { createOf, deleteOf, updateOf } from "./changes.ts";
import { bo, bookRef, desired, liveOf, owner } from "./world.ts";

const directory = {
  id: "folder=1",
  displayName: "Directory",
  mark: { owner, name: "Directory", state: "settled" },
  othersMark: null,
  isNameTaken: false,
} as const;
const inFolder = { book: bookRef(), where: { kind: "folder", folder: directory }, owner } as const;
const live = liveOf(bo);

/** Properties that a change writes, without the marker. */
function written(wanted: ContactFields, fields: ContactFields, current = live): unknown {
  const change = updateOf(desired("bo", wanted), live, fields);
  const body = requestFor(change, current, inFolder).body as Record<string, unknown>; // an object as JSON
  const { singleValueExtendedProperties: _, ...properties } = body;
  return properties;
}

test("a contact is created with its marker and without empty fields, in the folder or in the default one", () => {
  const request = requestFor(createOf(bo), null, inFolder);
  expect(request).toEqual({
    method: "POST",
    url: "/users/ann/contactFolders/folder%3D1/contacts",
    lane: "mailbox:ann",
    headers: { Prefer: 'IdType="ImmutableId"' },
    body: {
      displayName: "Bo Li",
      givenName: "Bo",
      surname: "Li",
      fileAs: "Li, Bo",
      emailAddresses: [{ address: "bo@contoso.com", name: "Bo Li" }],
      businessPhones: ["+46 8 1"],
      jobTitle: "Engineer",
      singleValueExtendedProperties: writeMarker({ owner, key: bo.key, digest: bo.digest }),
    },
  });
  expect(requestFor(createOf(bo), null, { ...inFolder, where: { kind: "default" } }).url).toBe(
    "/users/ann/contacts",
  );
});

test("a contact is never created without a given name, also where the config leaves it alone", () => {
  const { body } = requestFor(
    createOf(desired("bo", { surname: "Li", displayName: "Bo Li" })),
    null,
    inFolder,
  );
  expect(body).toMatchObject({ givenName: "Bo" });
  const emptied = desired("bo", { givenName: "", displayName: "Bo Li" });
  expect(requestFor(createOf(emptied), null, inFolder).body).toMatchObject({ givenName: "Bo Li" });
  const nameless = { ...desired("bo", { jobTitle: "Engineer" }), displayName: "Bo\nLi " };
  expect(requestFor(createOf(nameless), null, inFolder).body).toMatchObject({ givenName: "Bo Li" });
});

test("the key of a person is no name of a contact", () => {
  const keyed = { ...desired("bo", { jobTitle: "Engineer", mobilePhone: "+1 2" }), displayName: bo.key };
  expect(requestFor(createOf({ ...keyed, key: bo.key }), null, inFolder).body).toMatchObject({
    givenName: "+1 2",
  });
});

test("composed names that shall be empty are said to be, or the service would compose them", () => {
  const emptied = desired("bo", { ...bo.fields, initials: "", fileAs: "", profession: "" });
  const { body } = requestFor(createOf(emptied), null, inFolder);
  expect(body).toMatchObject({ initials: null, fileAs: null });
  expect(body).not.toHaveProperty("profession");
});

test("an update writes what differs and the whole marker, by id", () => {
  const change = updateOf(desired("bo", { ...bo.fields, jobTitle: "" }), live, { jobTitle: "" });
  expect(requestFor(change, live, inFolder)).toEqual({
    method: "PATCH",
    url: `/users/ann/contacts/${encodeURIComponent(live.id)}`,
    lane: "mailbox:ann",
    headers: { Prefer: 'IdType="ImmutableId"' },
    body: {
      jobTitle: null,
      singleValueExtendedProperties: writeMarker({ owner, key: bo.key, digest: change.desired.digest }),
    },
  });
});

test("with a part of a name the composed names are sent, as they stand in the contact", () => {
  const current = liveOf(bo, { fields: { ...bo.fields, displayName: "Bosse" } });
  expect(written({ ...bo.fields, surname: "Ek" }, { surname: "Ek" }, current)).toEqual({
    surname: "Ek",
    displayName: "Bosse",
    fileAs: "Li, Bo",
  });
});

test("composed names that the config leaves alone are sent as they are, or the service would compose them", () => {
  const current = liveOf(bo, { fields: { ...bo.fields, displayName: "Bosse", fileAs: "" } });
  expect(written({ surname: "Ek" }, { surname: "Ek" }, current)).toEqual({
    surname: "Ek",
    displayName: "Bosse",
    fileAs: null,
  });
});

test("with the display name the mail addresses are sent, which carry it", () => {
  expect(written({ ...bo.fields, displayName: "Bo Ek" }, { displayName: "Bo Ek" })).toEqual({
    displayName: "Bo Ek",
    fileAs: "Li, Bo",
    emailAddresses: [{ address: "bo@contoso.com", name: "Bo Ek" }],
  });
});

test("new mail addresses carry the display name of the contact", () => {
  expect(written({ emailAddresses: ["b@x.example"] }, { emailAddresses: ["b@x.example"] })).toEqual({
    emailAddresses: [{ address: "b@x.example", name: "Bo Li" }],
  });
});

test("one part of an address keeps the others, those that the config leaves alone too", () => {
  const fields = { ...bo.fields, businessCity: "Lund", businessStreet: "A 1" };
  const current = liveOf(bo, { fields });
  expect(written({ businessCity: "Malmö" }, { businessCity: "Malmö" }, current)).toEqual({
    businessAddress: { street: "A 1", city: "Malmö", state: null, postalCode: null, countryOrRegion: null },
  });
});

test("a photo is not part of the data", () => {
  expect(written({ photo: "etag" }, { photo: "etag" })).toEqual({});
});

test("a contact is deleted by id", () => {
  expect(requestFor(deleteOf(live), live, inFolder)).toEqual({
    method: "DELETE",
    url: `/users/ann/contacts/${encodeURIComponent(live.id)}`,
    lane: "mailbox:ann",
    headers: { Prefer: 'IdType="ImmutableId"' },
  });
});

test("what is changed or deleted is read again as a whole; of what is new only what decides", () => {
  expect(fieldsNeeded([deleteOf(live)])).toEqual(fieldsOf("mailbox-contacts"));
  expect(fieldsNeeded([createOf(bo), updateOf(bo, live, { jobTitle: "x" })])).toEqual(
    fieldsOf("mailbox-contacts"),
  );
  expect(fieldsNeeded([createOf(desired("bo", { jobTitle: "x", photo: "etag" }))])).toEqual([
    "jobTitle",
    "photo",
  ]);
});
