import {
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readPlanFile, writePlanFile } from "../../../src/cli/plans/plan-file.ts";
import { encodePlan } from "../../../src/plan-format/codec.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { collected, streamed } from "../../plan/world.ts";
import { aWeek } from "../../render/plans.ts";

const random = (): number => 0.5;

test("a saved plan reads back the same and is its owner's only", async () => {
  const file = path.join(temporaryFolder(), "week.plan");
  await writePlanFile(file, encodePlan(streamed(aWeek)), random);
  expect(await collected(readPlanFile(file, { identity: "", passphrase: "" }))).toEqual(aWeek);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a plan that was there is replaced as a whole, whoever might read the old one", async () => {
  const file = path.join(temporaryFolder(), "week.plan");
  writeFileSync(file, "old");
  chmodSync(file, 0o644);
  await writePlanFile(file, streamed(["new\n"]), random);
  expect(readFileSync(file, "utf8")).toBe("new\n");
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a symbolic link is replaced, and what it points at is left as it is", async () => {
  const folder = temporaryFolder();
  const other = path.join(folder, "other.txt");
  const file = path.join(folder, "week.plan");
  writeFileSync(other, "precious");
  symlinkSync(other, file);
  await writePlanFile(file, streamed(["plan\n"]), random);
  expect(readFileSync(other, "utf8")).toBe("precious");
  expect(readFileSync(file, "utf8")).toBe("plan\n");
});

async function* failing(): AsyncGenerator<string> {
  yield "half";
  throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
}

test("what fails halfway leaves neither a plan nor anything else, and the old plan as it was", async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, "week.plan");
  writeFileSync(file, "old");
  await expect(writePlanFile(file, failing(), random)).rejects.toMatchObject({ code: "ENOSPC" });
  expect(readdirSync(folder)).toEqual(["week.plan"]);
  expect(readFileSync(file, "utf8")).toBe("old");
});

test.runIf(existsSync("/dev/full"))(
  "a full disk is the error that it is, and devices stay what they are",
  async () => {
    await expect(writePlanFile("/dev/full", streamed(["plan\n"]), random)).rejects.toMatchObject({
      code: "ENOSPC",
    });
    await writePlanFile("/dev/null", streamed(["plan\n"]), random);
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
    expect(statSync("/dev/full").isCharacterDevice()).toBe(true);
  },
);
