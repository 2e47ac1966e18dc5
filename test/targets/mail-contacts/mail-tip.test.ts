import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromMailTip, toMailTip } from "../../../src/targets/mail-contacts/mail-tip.ts";

test("a text comes back as it was from the page that Exchange makes of it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (given) => {
      const text = given.replaceAll(/\s+/g, " ").trim();
      expect(fromMailTip(`<html>\r\n<body>\r\n${toMailTip(text)}\r\n</body>\r\n</html>\r\n`)).toBe(text);
    }),
  );
});

test.each([
  ["<b>Ask</b> Bo&nbsp;first", "Ask Bo first"],
  ["&amp;lt; is not &lt;", "&lt; is not <"],
  ["", ""],
])("of the page %o people see %o", (html, text) => {
  expect(fromMailTip(html)).toBe(text);
});
