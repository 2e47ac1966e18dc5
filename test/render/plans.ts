import type { ContactFields, DesiredContact, LiveContact } from "../../src/model/contact.ts";
import type { Change, Comparison, PlanRecord } from "../../src/model/plan.ts";
import { ann, bo, book, bookPlan, chandra, desired, diff, live, planOf } from "../plan/world.ts";

const notes =
  "Sits on the third floor, speaks Polish and English, answers the phone on Mondays and Fridays only.";

/** What a week brings: somebody joins, marries, leaves, changes her number, and a user writes into a contact. */
const before: readonly LiveContact[] = [
  live("ann", {
    ...ann,
    businessPhones: ["+48 22 100 10 01", "+48 22 100 10 02"],
    personalNotes: notes,
    photo: "p1",
  }),
  live("bo", bo, { edits: { jobTitle: "My accountant" } }),
  live("chandra", { ...chandra, photo: "p3" }),
  live("dana-old", {
    displayName: "Dana Fox",
    surname: "Fox",
    emailAddresses: ["dana@contoso.com"],
    mobilePhone: "5",
  }),
  live("eve", { displayName: "Eve", jobTitle: "Guard" }),
];
const after: readonly DesiredContact[] = [
  desired("ann", {
    ...ann,
    businessPhones: ["+48 22 100 10 01", "+48 22 100 10 03"],
    personalNotes: notes.replace("Mondays", "Tuesdays"),
    photo: "p2",
  }),
  desired("bo", bo),
  desired("dana-new", {
    displayName: "Dana Berg",
    surname: "Berg",
    emailAddresses: ["dana@contoso.com"],
    mobilePhone: "",
  }),
  desired("eve", { displayName: "Eve", jobTitle: "Guard" }),
  desired("fin", {
    displayName: "Fin O'Neill",
    emailAddresses: ["fin@contoso.com"],
    homePhones: ["1", "2"],
    photo: "p6",
  }),
];

export const mailboxes = ["ann@contoso.com", "bo@contoso.com", "chandra@contoso.com", "dana@contoso.com"];

/** The week in one mailbox, without and with what was edited there only. */
const alike = { ...diff({ desired: after, live: before }), unmanaged: 2 };
const unedited = diff({
  desired: after,
  live: before.map((contact) => (contact.id === "live-bo" ? live("bo", bo) : contact)),
});

export const aWeek: readonly PlanRecord[] = planOf([
  {
    name: "phone-directory",
    books: mailboxes.map((mailbox, index) => bookPlan(book(mailbox), index === 1 ? alike : unedited)),
  },
  { name: "quiet", books: [bookPlan(book("ann@contoso.com"), { unchanged: 1 })] },
]);

const counts = { create: 0, update: 0, delete: 0, adopt: 0 };

/** The week as a pull request sees it: some of it is its own, some was pending, some somebody edited. */
export const pullRequest: readonly PlanRecord[] = aWeek.map((record) => {
  if (record.type === "plan") {
    return { ...record, allowances: [{ sync: null, limit: "deletes", people: 1, orFewer: false }] };
  }
  if (record.type === "book") {
    const changes = record.changes.map((change): Change => {
      if (change.action === "create") return { ...change, cause: "this-change" };
      return { ...change, cause: change.reason === "edited" ? "drift" : "pending" };
    });
    return { ...record, changes };
  }
  if (record.type !== "end") return record;
  const comparison: Comparison = {
    baseDigest: "sha256:ba5e",
    causes: {
      "this-change": { ...counts, create: 4 },
      pending: { ...counts, update: 8, delete: 4 },
      drift: { ...counts, update: 1 },
    },
    dropped: { ...counts, update: 2, delete: 1 },
  };
  return { ...record, comparison };
});

export const nothingToDo: readonly PlanRecord[] = planOf([
  {
    name: "phone-directory",
    books: mailboxes.map((mailbox) => bookPlan(book(mailbox), { unchanged: 5, unmanaged: 3 })),
  },
]);

const withheld = diff({ desired: after, live: before, policy: "create-only" });

/** Policies that withhold, mailboxes that cannot be had, and a limit that refuses. */
export const trouble: readonly PlanRecord[] = planOf(
  [
    {
      name: "phone-directory",
      books: [
        bookPlan(book("ann@contoso.com"), withheld),
        bookPlan(book("bo@contoso.com"), withheld),
        bookPlan(book("busy@contoso.com"), {
          unmanaged: null,
          problem: { severity: "error", code: "mailbox-busy", message: "The mailbox did not answer." },
        }),
        ...["g1", "g2", "g3", "g4", "g5"].map((name) =>
          bookPlan(book(`${name}@contoso.com`), {
            unmanaged: null,
            problem: { severity: "warning", code: "mailbox-not-found", message: "There is no such mailbox." },
          }),
        ),
      ],
    },
  ],
  {
    refusals: [
      {
        sync: "phone-directory",
        limit: "deletes",
        found: 412,
        allowed: 25,
        message:
          "The sync phone-directory would delete contacts of 412 people, where at most 25 are let through (5% of the 500 that it owns). If this is what should happen, run it again with --allow deletes=412.",
        allow: "--allow deletes=412",
      },
    ],
  },
);

const evil: ContactFields = {
  displayName: "Mallory\u001B[2J\u001B[31m\r\n+ fake line\u202Etxt.exe",
  surname: '"}\n  - contact "everybody" {',
  jobTitle: "half \uD83D of a pair, \u200B zero \u00AD width, \u0007 bell, \u009B31m C1, \u{E0041} tag",
  emailAddresses: ["mallory\u2028@contoso.com"],
  companyName: "Company::error::<script>alert(1)</script>|`*_[x](y)",
  department: "نسرین\u200Cها 👩\u200D💻 שלום",
  personalNotes: `${"long ".repeat(60)}end`,
};

/** A person who would like to repaint the terminal, forge lines and hide letters. */
export const hostile: readonly PlanRecord[] = planOf([
  {
    name: "phone-directory\u001B[5m",
    books: [
      bookPlan(
        book("ann@contoso.com\u001B]0;title\u0007", { folder: "Directory\u202E" }),
        diff({
          desired: [
            desired("mallory\u001B[1m", evil),
            desired("nfc", { displayName: "Zoë", surname: "Zo\u00EB", jobTitle: "a\u200Bb" }),
          ],
          live: [
            live("nfc", { displayName: "Zoë", surname: "Zoe\u0308", jobTitle: "ab" }),
            live("gone", { ...evil, emailAddresses: ["gone@contoso.com"] }),
          ],
        }),
      ),
    ],
  },
]);
