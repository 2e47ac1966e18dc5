import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longestStamp, readStamp, writeStamp } from "../../../src/targets/mail-contacts/stamp.ts";
import { owner } from "./world.ts";

const stamp = { owner, key: "suppliers/1001", digest: "dn0kha4j", hiddenSince: "" };

describe("the stamp of a mail contact", () => {
  test("is text that people can read", () => {
    expect(writeStamp(stamp)).toBe(`galops:${owner}:suppliers/1001;dn0kha4j`);
    expect(writeStamp({ ...stamp, hiddenSince: "2026-03-01" })).toBe(
      `galops:${owner}:suppliers/1001;dn0kha4j;hidden=2026-03-01`,
    );
  });

  test.each([
    "a;b",
    "a%3Bb",
    "%25;%",
    "a:b;hidden=2026-01-01",
    " around ",
    "two\nlines\r\n",
    "tab\t",
    "nul\u0000",
    "\u00a0\u2028",
    "Łódź/ёж",
    "😀",
    "\ud800",
    "galops:x:y;z",
  ])("reads back whatever stands in a key: %j", (key) => {
    const written = writeStamp({ ...stamp, key, hiddenSince: "2026-03-01" });
    expect(written).toBe(written.trim());
    // oxlint-disable-next-line no-control-regex -- those are what must not be there
    expect(written).not.toMatch(/[\u0000-\u0020\u007f-\u00a0\u2028]/);
    expect(readStamp(written)).toEqual({ ...stamp, key, photo: "", hiddenSince: "2026-03-01" });
  });

  test("reads back any key at all", () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (key) => {
        expect(readStamp(writeStamp({ ...stamp, key }))?.key).toBe(key);
      }),
    );
  });

  test.each([
    "",
    "galops",
    "galops:",
    `galops:${owner}:`,
    `galops:${owner}:;dn`,
    "galops:not-a-guid:k;d",
    `x${writeStamp(stamp)}`,
  ])("takes nothing else for one: %j", (text) => {
    expect(readStamp(text)).toBeNull();
  });

  test("tells an owner in lower case, however somebody wrote it", () => {
    expect(readStamp(writeStamp({ ...stamp, owner: owner.toUpperCase() }))?.owner).toBe(owner);
  });

  test("is never cut: one that is too long is refused", () => {
    const rest = writeStamp({ ...stamp, key: "" }).length;
    expect(writeStamp({ ...stamp, key: "k".repeat(longestStamp - rest) })).toHaveLength(longestStamp);
    expect(() => writeStamp({ ...stamp, key: "k".repeat(longestStamp - rest + 1) })).toThrow(/1,?025/);
  });
});
