import { expect, test } from "vitest";
import { createCircuit, rowOfFailures } from "../../src/concurrency/circuit.ts";
import type { Circuit } from "../../src/concurrency/circuit.ts";

type Results = readonly (readonly [times: number, failure: string | null])[];

function after(results: Results): Circuit {
  const circuit = createCircuit();
  for (const [times, failure] of results) for (let i = 0; i < times; i++) circuit.add(failure);
  return circuit;
}

test("so many alike in a row open it, and not one less", () => {
  expect(after([[rowOfFailures - 1, "denied"]]).openedBy()).toBeNull();
  expect(after([[rowOfFailures, "denied"]]).openedBy()).toBe("denied");
});

test.each<[string, Results]>([
  [
    "one success in between",
    [
      [19, "denied"],
      [1, null],
      [19, "denied"],
    ],
  ],
  [
    "another failure in between",
    [
      [19, "denied"],
      [1, "full"],
      [19, "denied"],
    ],
  ],
  [
    "most that succeeded before",
    [
      [100, null],
      [99, "denied"],
    ],
  ],
])("%s keeps it closed", (_, results) => {
  expect(after(results).openedBy()).toBeNull();
});

test("where it begins to fail in the middle, it opens once most have failed", () => {
  const circuit = after([
    [50, null],
    [50, "denied"],
  ]);
  expect(circuit.openedBy()).toBeNull();
  circuit.add("denied");
  expect(circuit.openedBy()).toBe("denied");
});

test("closed again, it takes another row to open", () => {
  const circuit = after([[rowOfFailures, "denied"]]);
  circuit.close();
  expect(circuit.openedBy()).toBeNull();
  for (let i = 0; i < rowOfFailures; i++) circuit.add("denied");
  expect(circuit.openedBy()).toBe("denied");
});
