import { expect, test } from "vitest";
import { inWorkflow } from "../../../src/cli/ci/go-on.ts";
import type { Refusal } from "../../../src/model/plan.ts";
import { howToGoOn } from "../../../src/plan/refusal-messages.ts";
import { refusalText } from "../../../src/undo/rollback-messages.ts";

const allow = "--allow phone-directory.deletes=412";
const place = "put allow: phone-directory.deletes=412 into the inputs (with:) of galops-plan";
const refusal: Refusal = { sync: "s", limit: "deletes", found: 412, allowed: 25, message: "", allow };

test.each([
  ["a limit", howToGoOn(allow, [])],
  [
    "a limit that something else was allowed for",
    howToGoOn(allow, [{ sync: null, limit: "deletes", people: 3, orFewer: false }]),
  ],
  ["a limit of a rollback", refusalText(refusal, "20260101T000000Z-0000")],
])("%s leads to the workflow file, and to no command line", (_, message) => {
  expect(message).toContain(allow);
  expect(inWorkflow(message)).toContain(place);
  expect(inWorkflow(message)).not.toContain("--allow");
});

test("whatever a message says of --allow, the workflow file is named", () => {
  expect(inWorkflow(`Take ${allow} to let it through.`)).toContain(place);
  expect(inWorkflow(`Take ${allow} or --allow creates=1.`)).toContain("put allow: creates=1 into");
  expect(inWorkflow("Nothing is wrong.")).toBe("Nothing is wrong.");
});
