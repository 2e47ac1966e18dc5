import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createAlikeReader } from "../../../src/http/graph/alike-items.ts";
import type { AlikeItem } from "../../../src/http/graph/alike-items.ts";

type Json = Record<string, unknown>;

function bytesOf(page: unknown): ArrayBuffer {
  return new TextEncoder().encode(typeof page === "string" ? page : JSON.stringify(page)).buffer;
}

/** The page as it would have been parsed as any JSON. */
function plain(read: unknown): unknown {
  const { value, ...envelope } = read as { value: readonly AlikeItem[] };
  return { ...envelope, value: value.map(({ common, ...own }) => ({ ...own, ...common })) };
}

/** The page as any JSON, but for what the reader leaves out. */
function withoutEtags(page: Json): Json {
  const value = (page["value"] as readonly Json[]).map((one) => ({ ...one, "@odata.etag": undefined }));
  return { ...page, value };
}

const person = {
  displayName: 'Ève "Evie" O\'Connor',
  emailAddresses: [{ address: "eve@contoso.com" }],
  notes: "},{",
};

function item(id: string, common: Json = person): Json {
  return {
    "@odata.etag": `W/"${id}"`,
    id,
    changeKey: `${id}=`,
    createdDateTime: "2026-01-01T00:00:00Z",
    ...common,
  };
}

function pageWith(...value: readonly Json[]): Json {
  return { "@odata.context": "https://graph/v1.0/$metadata#contacts", value };
}

test("items that say the same share one object, from page to page, and keep what is their own", () => {
  const read = createAlikeReader();
  const other = { displayName: "Bo" };
  const first = read(bytesOf(pageWith(item("1"), item("2", other)))) as { value: readonly AlikeItem[] };
  const second = read(bytesOf(pageWith(item("3", other), item("4")))) as { value: readonly AlikeItem[] };
  expect(first.value[0]).toEqual({
    id: "1",
    changeKey: "1=",
    createdDateTime: "2026-01-01T00:00:00Z",
    common: person,
  });
  expect(second.value[1]?.common).toBe(first.value[0]?.common);
  expect(second.value[0]?.common).toBe(first.value[1]?.common);
  expect(second.value.map(({ id }) => id)).toEqual(["3", "4"]);
});

test.each([
  [
    "before its items",
    (next: string, value: Json[]) => ({ "@odata.count": 3, "@odata.nextLink": next, value }),
  ],
  [
    "behind them",
    (next: string, value: Json[]) => ({ "@odata.context": "x", value, "@odata.nextLink": next }),
  ],
])("a page that names the next one %s is read with it", (_, written) => {
  const whole = written("https://graph/v1.0/contacts?$skip=2&x=%22", [item("1"), item("2")]);
  expect(plain(createAlikeReader()(bytesOf(whole)))).toEqual(withoutEtags(whole));
});

test.each([
  ["no items", pageWith()],
  ["items of another kind", { value: [{ id: "1", displayName: "Ann" }] }],
  [
    "items in items",
    pageWith(item("1", { manager: [{ "@odata.etag": "a", x: 1 }, { "@odata.etag": "b" }] })),
  ],
  [
    "what is their own once more at their end",
    pageWith(
      item("1", { displayName: "Ann", "id ": "" }),
      { ...item("2"), x: 1 },
      { "@odata.etag": "e", x: 1, id: "3" },
    ),
  ],
  ["a list in a list", { d: { value: [item("1")] } }],
  ["two lists", `{"value":[{"@odata.etag":"e","id":"1","x":1}],"value":[]}`],
  ["spaces", JSON.stringify(pageWith(item("1")), null, 1)],
  ["an answer cut off", JSON.stringify(pageWith(item("1"))).slice(0, -1)],
  ["a control character", JSON.stringify(pageWith(item("1"))).replace("1=", "\n")],
  ["no JSON", "<html>}]}"],
  ["nothing", ""],
])("a page with %s is left to the parser", (_, odd) => {
  expect(createAlikeReader()(bytesOf(odd))).toBeNull();
});

test("damaged text is left to the parser, which refuses it", () => {
  const bytes = Buffer.from(bytesOf(pageWith(item("1"))));
  bytes[bytes.indexOf("È".normalize()) + 1] = 0xff;
  expect(createAlikeReader()(new Uint8Array(bytes).buffer)).toBeNull();
});

test("any page is read as it would be parsed, or left to the parser", () => {
  const common = fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ maxDepth: 3 }), {
    noNullPrototype: true,
  });
  const items = fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.constantFrom(0, 1, 2)), {
    minLength: 1,
  });
  fc.assert(
    fc.property(fc.array(items), fc.tuple(common, common, common), fc.string(), (pages, commons, next) => {
      const read = createAlikeReader();
      for (const ids of pages) {
        const value = ids.map(([id, which]) => item(id, commons[which]));
        const written = JSON.stringify({ "@odata.context": "x", value, "@odata.nextLink": next });
        const made = read(bytesOf(written));
        const parsed = withoutEtags(JSON.parse(written) as Json);
        expect(made === null ? parsed : plain(made)).toEqual(parsed);
      }
    }),
  );
});

test("where nothing comes again it stops looking, and holds no more than its share", () => {
  const read = createAlikeReader();
  const long = "x".repeat(1_000_000);
  const made = Array.from({ length: 60 }, (_, at) =>
    read(bytesOf(pageWith(item("1", { notes: `${at}${long}` })))),
  );
  expect(made[0]).not.toBeNull();
  expect(made.at(-1)).toBeNull();
});

const next = { "@odata.nextLink": "https://graph/v1.0/contacts?$skip=1" };
const notes = "x".repeat(1_000_000);

test("a first mailbox that holds more than is kept does not turn it off: the next ones have what was kept", () => {
  const read = createAlikeReader();
  const mailbox = (of: string): readonly unknown[] =>
    Array.from({ length: 50 }, (_, at) => {
      const page = pageWith(item(`${of}${at}`, { notes: `${at}${notes}` }));
      return read(bytesOf(at < 49 ? { ...page, ...next } : page));
    });
  const commonOf = (page: unknown): unknown => (page as { value: AlikeItem[] }).value[0]?.common;
  const [first] = mailbox("a");
  for (const of of ["b", "c", "d"]) {
    const [again] = mailbox(of);
    expect(commonOf(again)).toBe(commonOf(first));
  }
});

test("what one mailbox filled it with makes room for what all others have alike", () => {
  const read = createAlikeReader();
  for (let at = 0; at < 20; at++)
    read(bytesOf({ ...pageWith(item("1", { notes: `${at}${notes}` })), ...next }));
  const others = Array.from({ length: 30 }, (_, at) => read(bytesOf(pageWith(item(String(at))))));
  const [one, other] = others.slice(-2) as { value: AlikeItem[] }[];
  expect(one?.value[0]?.common).toBe(other?.value[0]?.common);
});
