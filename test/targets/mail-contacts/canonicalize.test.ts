import * as fc from "fast-check";
import countries from "i18n-iso-countries";
import { describe, expect, test } from "vitest";
import { fieldsOf, isFlagField, isListField } from "../../../src/model/contact-fields.ts";
import type { ContactFields, FieldValue } from "../../../src/model/contact.ts";
import { canonicalizeFor } from "../../../src/targets/mail-contacts/canonicalize.ts";
import { countryCode, countryName } from "../../../src/targets/mail-contacts/countries.ts";
import { mailSync } from "./world.ts";

const canonicalize = canonicalizeFor(mailSync({ ownedDomains: ["northwind.example", "nw.example"] }).to);
const fields = (given: ContactFields): ContactFields =>
  canonicalize({ emailAddresses: ["a@northwind.example"], ...given }).fields;
const codes = (given: ContactFields): readonly string[] =>
  canonicalize({ emailAddresses: ["a@northwind.example"], ...given }).warnings.map(
    ({ field, code }) => `${field} ${code}`,
  );

describe("the form in which Exchange gives a mail contact back", () => {
  test("is one address, in lower case and without its prefix", () => {
    expect(fields({ emailAddresses: [" SMTP:Ann.Ek@Northwind.Example "] }).emailAddresses).toEqual([
      "ann.ek@northwind.example",
    ]);
    expect(codes({ emailAddresses: ["a@northwind.example", "b@northwind.example"] })).toEqual([
      "emailAddresses too-many-values",
    ]);
    expect(codes({ emailAddresses: ["nobody", "b@northwind.example"] })).toEqual([
      "emailAddresses invalid-address",
    ]);
  });

  test.each([
    [[], "no-address"],
    [["not one"], "invalid-address"],
    [["jürgen@northwind.example"], "invalid-address"],
    [["a@elsewhere.example"], "outside-owned-domains"],
    [["a@sub.northwind.example"], "outside-owned-domains"],
    [["a@notnorthwind.example"], "outside-owned-domains"],
    [["a@northwind.example.evil.example"], "outside-owned-domains"],
  ])("cannot be had for %j, and says why", (emailAddresses, code) => {
    expect(canonicalize({ emailAddresses }).unfit?.code).toBe(code);
  });

  test("shows the address that Exchange would not take", () => {
    expect(canonicalize({ emailAddresses: ["not one"] }).unfit?.value).toBe("not one");
    expect(canonicalize({ emailAddresses: [""] }).unfit?.code).toBe("no-address");
  });

  test("is had for any owned domain, whatever its case", () => {
    expect(canonicalize({ emailAddresses: ["a@NW.Example"] }).unfit).toBeUndefined();
  });

  test("has a display name, the address where there is no other", () => {
    expect(fields({ displayName: " \u0001 " }).displayName).toBe("a@northwind.example");
    expect(fields({})).not.toHaveProperty("displayName");
  });

  test("keeps lines only where there are lines", () => {
    expect(fields({ notes: "one\r\ntwo\rthree", jobTitle: "one\r\ntwo" })).toMatchObject({
      notes: "one\ntwo\nthree",
      jobTitle: "one two",
    });
  });

  test("says what is too long, and cuts no character in two", () => {
    expect(codes({ initials: "1234567" })).toEqual(["initials text-too-long"]);
    expect(fields({ initials: "12345😀" }).initials).toBe("12345");
  });

  test("has the phones behind the first in one order, since the directory keeps none", () => {
    const one = fields({ businessPhones: ["3", "2", "1", "2"] }).businessPhones;
    expect(one).toEqual(["3", "1", "2"]);
    expect(fields({ businessPhones: ["3", "1", "2"] }).businessPhones).toEqual(one);
  });

  test("leaves a country out that nobody knows, and says so", () => {
    expect(fields({ businessCountry: "Atlantis" }).businessCountry).toBe("");
    expect(codes({ businessCountry: "Atlantis" })).toEqual(["businessCountry unknown-country"]);
  });

  test("stays as it is when it is made canonical again", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc
        .array(
          fc.constantFrom(
            " ",
            "\u0001",
            "\t",
            "\r",
            "\n",
            "a",
            "\u00a0",
            "\u0085",
            "😀",
            "\ud800",
            "İ",
            "&",
            "<b>",
          ),
          { maxLength: 400 },
        )
        .map((parts) => parts.join("")),
      fc.constantFrom("DE", "Deutschland", "Korea", "a@northwind.example", "A@NW.example"),
    );
    const values = Object.fromEntries(
      fieldsOf("mail-contacts").map((field) => {
        const value: fc.Arbitrary<FieldValue> = isFlagField(field)
          ? fc.boolean()
          : isListField(field)
            ? fc.array(text, { maxLength: 4 })
            : text;
        return [field, value];
      }),
    );
    expect.hasAssertions();
    fc.assert(
      fc.property(fc.record(values, { requiredKeys: [] }), (given) => {
        const once = canonicalize(given).fields; // each of its field's kind
        const twice = canonicalize(once);
        expect(twice.fields).toEqual(once);
        expect(twice.warnings).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("countries", () => {
  test.each([
    ["de", "DE"],
    [" Deutschland ", "DE"],
    ["Schweden", "SE"],
    ["Niemcy", "DE"],
    ["日本", "JP"],
    ["Türkiye", "TR"],
    ["Turkey", "TR"],
    ["United States of America", "US"],
    ["USA", "US"],
    ["UK", "GB"],
    ["Congo (DRC)", "CD"],
    ["Hong Kong SAR", "HK"],
  ])("%s is %s", (text, code) => {
    expect(countryCode(text)).toBe(code);
  });

  test.each(["", "Atlantis", "XX", "constructor", "__proto__", "toString"])("%j is none", (text) => {
    expect(countryCode(text)).toBeNull();
  });

  test("each is understood by the name that galops gives it", () => {
    const alpha2 = Object.keys(countries.getAlpha2Codes());
    expect(alpha2.length).toBeGreaterThan(200);
    expect(alpha2.map((code) => countryCode(countryName(code)))).toEqual(alpha2);
  });
});
