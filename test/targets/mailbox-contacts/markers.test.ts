import { expect, test } from "vitest";
import {
  expandMarkers,
  keyFilter,
  ownerFilter,
  readMarker,
  writeMarker,
} from "../../../src/targets/mailbox-contacts/markers.ts";
import { owner } from "./world.ts";

function name(mark: string): string {
  return `String {ac9346ba-865a-4bbf-abe1-956d154e60b3} Name galops.${mark}`;
}

const marker = { owner, key: "suppliers/17", digest: "dnAAAAAA", photo: "", hiddenSince: "" };

test("the names of our properties are those that contacts in the world carry", () => {
  expect(writeMarker({ ...marker, photo: "p" })).toEqual([
    { id: name("owner"), value: owner },
    { id: name("key"), value: "suppliers/17" },
    { id: name("digest"), value: "dnAAAAAA" },
    { id: name("photo"), value: "p" },
  ]);
});

test("a marker is read back, whatever the case in which Graph gives its names", () => {
  expect(readMarker(writeMarker(marker))).toEqual(marker);
  const shouted = writeMarker(marker).map(({ id, value }) => ({ id: id.toUpperCase(), value }));
  expect(readMarker(shouted)).toEqual(marker);
  expect(readMarker(writeMarker({ ...marker, owner: owner.toUpperCase() }))?.owner).toBe(owner);
});

test("what is left out is not written", () => {
  expect(writeMarker({ photo: "p" })).toHaveLength(1);
});

test("a contact without owner or key is nobody's", () => {
  expect(readMarker(undefined)).toBeNull();
  expect(readMarker([])).toBeNull();
  expect(readMarker(writeMarker({ owner }))).toBeNull();
  expect(readMarker(writeMarker({ key: "suppliers/17" }))).toBeNull();
  expect(
    readMarker([{ id: "String {00020329-0000-0000-c000-000000000046} Name galops.owner", value: owner }]),
  ).toBeNull();
});

test("a damaged digest does not make a contact somebody else's", () => {
  expect(readMarker(writeMarker({ owner, key: "k" }))).toEqual({
    owner,
    key: "k",
    digest: "",
    photo: "",
    hiddenSince: "",
  });
});

test("the query options are encoded, quotes in a key too", () => {
  expect(decodeURIComponent(expandMarkers)).toBe(
    `$expand=singleValueExtendedProperties($filter=${["owner", "key", "digest", "photo"]
      .map((mark) => `id eq '${name(mark)}'`)
      .join(" or ")})`,
  );
  expect(decodeURIComponent(keyFilter("x/o'neil&co"))).toBe(
    `$filter=singleValueExtendedProperties/Any(ep:ep/id eq '${name("key")}' and ep/value eq 'x/o''neil&co')`,
  );
  expect(keyFilter("x/o'neil&co")).not.toMatch(/[&' ]/);
  expect(ownerFilter(owner)).toContain(owner);
});
