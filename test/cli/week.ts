import { byCodeUnit } from "../../src/model/order.ts";
import { config, edit, office, tenantFile } from "./office.ts";
import type { Office } from "./office.ts";

export const photos = config.replace("    where:", "    photos: true\n    where:");

export const apply = ["apply", "--auto-approve"] as const;

export const rollback = ["rollback", "last", "--auto-approve"] as const;

interface Mailbox {
  readonly contacts?: readonly Readonly<Record<string, unknown>>[];
}

/** The contacts of all mailboxes in the tenant's file, but for what is new with every write. */
export function contactsOf({ read }: Office): readonly unknown[] {
  const { mailboxes } = JSON.parse(read(tenantFile)) as { readonly mailboxes: readonly Mailbox[] };
  return mailboxes.map(({ contacts = [] }) =>
    contacts
      .map(
        ({ id: _id, version: _version, createdDateTime: _made, lastModifiedDateTime: _at, ...kept }) => kept,
      )
      .map((contact) =>
        JSON.stringify(
          Object.fromEntries(Object.entries(contact).toSorted(([one], [other]) => byCodeUnit(one, other))),
        ),
      )
      .toSorted(),
  );
}

/** An office where contacts are kept, and then somebody joins, is promoted and leaves. */
export async function aWeek(text = photos): Promise<Office> {
  const made = await office(text);
  await made.galops(...apply);
  await edit(made, "edit-contact", "ann@contoso.com", "Dana Müller-Łęcka", "nickName=Dan");
  await edit(made, "set-user", "eve.oconnor@contoso.com", "jobTitle=Chief", "mobilePhone=+46 1");
  await edit(made, "disable-user", "dana@contoso.com");
  await edit(made, "add-user", "new@contoso.com", "New Comer", "mobilePhone=+46 2");
  return made;
}
