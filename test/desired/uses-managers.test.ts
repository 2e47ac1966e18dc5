import { expect, test } from "vitest";
import { usesMailboxManagers, usesManagers } from "../../src/desired/uses-managers.ts";
import type { MailboxContactsSync } from "../../src/model/config.ts";
import { expression, syncConfig } from "../fakes/people.ts";
import { csvSource, fields } from "./world.ts";

/** A sync of staff that leaves the contact's manager alone, but for what is given. */
function asks(given: Partial<MailboxContactsSync> = {}, sourceWhere: string | null = null): boolean {
  const sync = syncConfig({ from: ["staff"], fields: fields({ manager: null }), ...given });
  return usesManagers(sync, csvSource("staff", sourceWhere));
}

test("nobody's manager is needed where the contact's manager is left alone", () => {
  expect(asks()).toBe(false);
  const jobTitle = 'person.jobTitle + " in " + person . city';
  expect(asks({ fields: fields({ manager: null, jobTitle }) })).toBe(false);
  expect(asks({ fields: fields({ manager: { policy: "clear" } }) })).toBe(false);
  expect(asks({ where: expression("person.enabled") }, "size(person.groups) > 0")).toBe(false);
});

test("managers are needed for the default mapping, also with a policy of its own", () => {
  expect(asks({ fields: fields({}) })).toBe(true);
  expect(asks({ fields: fields({ manager: { policy: "fill" } }) })).toBe(true);
});

test.each([
  "person.managerName",
  "person . managerMail",
  'person["manager" + "Name"]',
  "[person].size() > 0",
])("managers are needed where an expression may ask for them: %s", (text) => {
  expect(asks({ where: expression(text) })).toBe(true);
  expect(asks({}, text)).toBe(true);
  expect(asks({ fields: fields({ manager: null, jobTitle: text }) })).toBe(true);
});

test.each(["mailbox.managerName", "mailbox . managerMail", 'mailbox["managerMail"]', "[mailbox].size() > 0"])(
  "managers of mailboxes are no managers of people: %s",
  (text) => {
    expect(asks({ where: expression(text) })).toBe(false);
    expect(usesMailboxManagers(syncConfig({ where: expression(text) }))).toBe(true);
    expect(usesMailboxManagers(syncConfig({ fields: fields({ jobTitle: text }) }))).toBe(true);
  },
);

test("managers of mailboxes are not needed where nothing asks for them", () => {
  expect(usesMailboxManagers(syncConfig({ fields: fields({ jobTitle: "person.managerName" }) }))).toBe(false);
  expect(usesMailboxManagers(syncConfig({ where: expression("mailbox.mail != person.mail") }))).toBe(false);
});

test("what another source's people are asked says nothing of this one's", () => {
  expect(usesManagers(syncConfig({ from: ["suppliers"] }), csvSource("staff", null))).toBe(false);
});
