import { spawn } from "node:child_process";
import { once } from "node:events";
import { text as textOf } from "node:stream/consumers";
import { expect, test } from "vitest";
import { aWeek, contactsOf } from "./week.ts";

const program = JSON.stringify(new URL("../../src/cli/program.ts", import.meta.url).href);

const processContext = JSON.stringify(
  new URL("../../src/cli/process/process-context.ts", import.meta.url).href,
);

/** A process that dies the moment it looks at the clock for the nth time: between any two requests, or in one. */
async function killedApply(
  folder: string,
  looks: number,
): Promise<{ readonly signal: string | null; readonly looks: number }> {
  const body = `const { run } = await import(${program});
    const { createProcessContext } = await import(${processContext});
    const context = createProcessContext();
    let looks = 0;
    const now = () => (++looks === ${looks} ? (process.kill(process.pid, "SIGKILL"), Date.now()) : Date.now());
    const code = await run(["apply", "--auto-approve", "--quiet"], { ...context, clock: { ...context.clock, now } });
    console.error("looks", looks);
    process.exit(code);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", body], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said = textOf(child.stderr);
  const [, signal] = (await once(child, "close")) as [number | null, string | null];
  return { signal, looks: Number(/looks (\d+)/.exec(await said)?.[1] ?? looks) };
}

test("an apply that is killed with -9 leaves a journal by which it is rolled back", async () => {
  const whole = await killedApply((await aWeek()).folder, -1);
  expect(whole.signal).toBeNull();
  const cut: { readonly code: number; readonly isBack: boolean }[] = [];
  for (const share of [0.7, 0.8, 0.9]) {
    const made = await aWeek();
    const before = contactsOf(made);
    const { signal } = await killedApply(made.folder, Math.floor(whole.looks * share));
    const { stdout } = await made.galops("runs");
    if (signal !== "SIGKILL" || !stdout.includes("cut off") || stdout.includes("nothing; cut off")) continue;
    const { code } = await made.galops("rollback", "last", "--auto-approve");
    cut.push({ code, isBack: JSON.stringify(contactsOf(made)) === JSON.stringify(before) });
  }
  expect(cut.length).toBeGreaterThan(0);
  expect(cut).toEqual(cut.map(() => ({ code: 0, isBack: true })));
}, 120_000);
