import { expect, test } from "vitest";
import { config, configFolder } from "./world.ts";

test("a sync means what it says", async () => {
  using folder = configFolder();
  const { config: loaded, diagnostics } = await folder.load(
    config({
      sync: `where: person.enabled
fields:
  jobTitle: { value: person.jobTitle, policy: keep-edits }
  personalNotes: null
  profession: { value: null }
  mobilePhone: { policy: fill }
  department: person.department
fieldPolicy: fill
categories: [Contoso]
photos: true
policy: upsert-only
limits: { deletes: 10%, updates: 12.5%, creates: 5000, shrink: 0%, addressChanges: 0 }`,
      mailboxes: "{ users: [ann@contoso.com], groups: [sales], exclude: { users: [bo@contoso.com] } }",
    }),
  );
  expect(diagnostics).toEqual([]);
  const [first] = loaded?.syncs ?? [];
  expect(first).toMatchObject({
    where: { text: "person.enabled" },
    fieldPolicy: "fill",
    categories: ["Contoso"],
    photos: true,
    policy: "upsert-only",
    limits: {
      deletes: { share: 0.1 },
      updates: { share: 0.125 },
      creates: { count: 5000 },
      shrink: { share: 0 },
      addressChanges: { count: 0 },
    },
  });
  const to = first?.to;
  expect(to?.kind === "mailbox-contacts" && to.mailboxes).toEqual({
    all: false,
    users: [{ name: "ann@contoso.com", place: { file: "galops.yaml", line: 10, column: 74 } }],
    groups: [{ name: "sales", place: { file: "galops.yaml", line: 10, column: 101 } }],
    exclude: {
      users: [{ name: "bo@contoso.com", place: { file: "galops.yaml", line: 10, column: 128 } }],
      groups: [],
    },
  });
  expect(Object.fromEntries(first?.fields ?? [])).toMatchObject({
    jobTitle: { value: { text: "person.jobTitle" }, policy: "keep-edits", defaultValue: false },
    personalNotes: { value: null, policy: null, defaultValue: false },
    profession: { value: null, policy: null, defaultValue: false },
    mobilePhone: { value: null, policy: "fill", defaultValue: true },
    department: { value: { text: "person.department" }, policy: null, defaultValue: false },
  });
});

test("the digest changes with the config, and not with what it refers to or how it is laid out", async () => {
  using folder = configFolder();
  const digest = async (text: string): Promise<string | undefined> => (await folder.load(text)).draft?.digest;
  const plain = await digest(config({}));
  expect(plain).toMatch(/^sha256:[0-9a-f]{64}$/);
  const [head = "", tenants = "", rest = ""] = config({}).split(/(?=tenants:|sources:)/);
  expect(await digest(`${rest}${head}# note\n${tenants}`)).toBe(plain);
  expect(await digest(config({ sync: "photos: true" }))).not.toBe(plain);
  // The order of a list means something.
  const two = config({}).replace("[staff]", "[staff, other]");
  expect(await digest(two)).not.toBe(await digest(two.replace("[staff, other]", "[other, staff]")));
});
