import { expect, test } from "vitest";
import { runPlan } from "../../../src/cli/commands/plan.ts";
import type { PlanOptions } from "../../../src/cli/commands/plan.ts";
import { fakeContext } from "../../fakes/context.ts";

test("a recipient without a file to encrypt is an error of its own each time", async () => {
  const encryptTo = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"];
  const { context } = fakeContext({ cwd: "/nowhere" });
  const refusal = async (): Promise<unknown> =>
    await runPlan({ encryptTo, color: false } as unknown as PlanOptions, context).catch(
      (error: unknown) => error,
    );
  const [first, second] = [await refusal(), await refusal()];
  expect(first).toMatchObject({ diagnostics: [{ code: "nothing-to-encrypt" }] });
  expect(second).not.toBe(first);
});
