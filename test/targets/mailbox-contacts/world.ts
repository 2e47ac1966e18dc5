import * as fc from "fast-check";
import { contactFields, fieldsOf } from "../../../src/model/contact-fields.ts";
import type { BookRef } from "../../../src/model/book.ts";
import type {
  MailboxContactsTarget,
  MailboxSelection,
  MailboxContactsSync,
} from "../../../src/model/config.ts";
import type { ContactFields, DesiredContact, LiveContact } from "../../../src/model/contact.ts";
import { encodeDigest } from "../../../src/model/digest.ts";
import type { HashValue } from "../../../src/model/digest.ts";
import { unsaid } from "../../fakes/people.ts";

export const owner = "0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11";
export const otherOwner = "7b0f0000-0000-4000-8000-000000000001";
export const tenantId = "5b0c4f7e-0000-4000-8000-0000000000c0";
export const place = { file: "galops.yaml", line: 30, column: 5 };

export function targetConfig(
  mailboxes: Partial<MailboxSelection> = {},
  folder: string | null = "Contoso directory",
): MailboxContactsTarget {
  const none = { users: [], groups: [] };
  return {
    kind: "mailbox-contacts",
    tenant: "contoso",
    mailboxes: { users: [], groups: [], all: false, exclude: none, ...mailboxes },
    folder,
    excludeSelf: true,
  };
}

export function syncConfig(to: MailboxContactsTarget = targetConfig()): MailboxContactsSync {
  return {
    ...unsaid,
    name: "phone-directory",
    owner,
    to,
    place,
  };
}

export function bookRef(folder: string | null = "Contoso directory", id = "ann"): BookRef {
  return { id, mailbox: `${id}@contoso.com`, folder, person: null };
}

/** Not a good hash, but one that tells the values of these tests apart. */
export const hash: HashValue = (value) => {
  let sum = 0;
  for (const char of JSON.stringify(value)) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 36 ** 6;
  return sum.toString(36).padStart(6, "0");
};

export function desired(key: string, fields: ContactFields): DesiredContact {
  return {
    key: `${tenantId}/${key}`,
    displayName: fields.displayName ?? key,
    addresses: (fields.emailAddresses ?? []).map((address) => address.toLowerCase()),
    fields,
    digest: encodeDigest(fields, hash),
  };
}

export const bo = desired("bo", {
  displayName: "Bo Li",
  givenName: "Bo",
  surname: "Li",
  fileAs: "Li, Bo",
  emailAddresses: ["bo@contoso.com"],
  businessPhones: ["+46 8 1"],
  mobilePhone: "",
  jobTitle: "Engineer",
});

/** A contact as it is found after `contact` was written. */
export function liveOf(contact: DesiredContact, overrides: Partial<LiveContact> = {}): LiveContact {
  const { key, digest, fields } = contact;
  return {
    id: `id-of-${key}`,
    version: "v1",
    createdAt: "2026-01-01T00:00:00Z",
    marker: { owner, key, digest, photo: fields.photo ?? "", hiddenSince: "" },
    fields,
    untouchable: null,
    ...overrides,
  };
}

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.string({ minLength: 250, maxLength: 300 }),
  fc.constantFrom(
    "",
    " ",
    "Bo",
    "Li",
    "Bo Li",
    "Li, Bo",
    "bo@contoso.com",
    "Bo\r\nLi",
    "1990-02-30",
    "1990-02-28",
  ),
);

/** Fields as a mapping may give them, hostile ones included. */
export const anyFields: fc.Arbitrary<ContactFields> = fc
  .record(
    Object.fromEntries(
      fieldsOf("mailbox-contacts").map((field) => [
        field,
        contactFields[field].kind === "list" ? fc.array(text, { maxLength: 5 }) : text,
      ]),
    ),
    { requiredKeys: [] },
  )
  .map((fields) => fields as ContactFields); // made by its kinds
