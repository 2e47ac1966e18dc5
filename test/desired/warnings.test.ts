import { expect, test } from "vitest";
import { createWarnings } from "../../src/desired/warnings.ts";
import { syncConfig } from "../fakes/people.ts";
import { mailSync } from "../targets/mail-contacts/world.ts";

const warning = {
  field: "emailAddresses",
  code: "too-many-values",
  message: "There is room for 3.",
} as const;

test("whoever a warning names is named apart, so that outputs can hide them", () => {
  const warnings = createWarnings();
  for (const name of ["Ann Ek", "Bo Li", "Chandra", "Dana"]) {
    warnings.add(warning, { key: name, displayName: name });
    warnings.addSkipped(warning, { key: name, displayName: `${name} II` });
  }
  const diagnostics = warnings.diagnostics(syncConfig({}));
  expect(diagnostics.map(({ names }) => names)).toEqual([
    ["Ann Ek", "Bo Li", "Chandra"],
    ["Ann Ek II", "Bo Li II", "Chandra II"],
  ]);
  for (const { detail, names = [] } of diagnostics) {
    for (const name of names) expect(detail).toContain(name);
  }
});

test("the same warning about the same person counts once, about his namesake again", () => {
  const warnings = createWarnings();
  for (const key of ["a/1", "a/2", "a/1"]) warnings.add(warning, { key, displayName: "Ann Ek" });
  const [diagnostic] = warnings.diagnostics(syncConfig({}));
  expect(diagnostic?.names).toEqual(["Ann Ek", "Ann Ek"]);
});

test("what is wrong stands behind the name of whose it is, and can be hidden as well", () => {
  const warnings = createWarnings();
  warnings.addSkipped({ ...warning, value: "ann@@contoso" }, { key: "a", displayName: "Ann Ek" });
  const [diagnostic] = warnings.diagnostics(syncConfig({}));
  expect(diagnostic?.detail).toMatch(/skips Ann Ek \(ann@@contoso\)\. An existing contact/);
  expect(diagnostic?.names).toEqual(["Ann Ek", "ann@@contoso"]);
});

test("what is outside of the owned domains is told at their line", () => {
  const sync = mailSync();
  const warnings = createWarnings();
  warnings.addSkipped({ ...warning, code: "outside-owned-domains" }, { key: "a", displayName: "Ann Ek" });
  expect(warnings.diagnostics(sync)[0]?.place).toBe(sync.to.domainsPlace);
});

test("what a field cannot hold is told at its mapping, or at the sync where it has none", () => {
  const place = { file: "galops.yaml", line: 12, column: 7 };
  const value = { text: "x", locate: () => place, excerpt: () => "" };
  const mapped = syncConfig({
    fields: new Map([["emailAddresses", { value, policy: null, defaultValue: false }]]),
  });
  for (const sync of [mapped, syncConfig({})]) {
    const warnings = createWarnings();
    warnings.add(warning, { key: "a", displayName: "Ann Ek" });
    expect(warnings.diagnostics(sync)[0]?.place).toEqual(sync === mapped ? place : sync.place);
  }
});
