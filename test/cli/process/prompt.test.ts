import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { createPrompt } from "../../../src/cli/process/prompt.ts";

function terminal(isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode() {} });
  const output = Object.assign(new PassThrough(), { isTTY });
  const interrupts: string[] = [];
  const prompt = createPrompt({ input, output, interrupt: () => interrupts.push("SIGINT") });
  return { input, output, interrupts, prompt };
}

const never = new AbortController().signal;

test("a question has the line that is typed, and is open until then", async () => {
  const { input, prompt } = terminal();
  const answer = prompt.ask("Sure? ", never);
  await new Promise((resolve) => void input.once("resume", resolve));
  expect(prompt.isOpen()).toBe(true);
  input.write("yes\r");
  expect(await answer).toBe("yes");
  expect(prompt.isOpen()).toBe(false);
});

test("Ctrl-D is an empty answer, on a line of its own, and not a missing terminal", async () => {
  const { input, output, prompt } = terminal();
  const answer = prompt.ask("Sure? ", never);
  input.end("\u0004");
  expect(await answer).toBe("");
  output.end();
  expect(await text(output)).toMatch(/\n$/);
});

test("Ctrl-C interrupts, and what is asked is answered by nobody", async () => {
  const { input, interrupts, prompt } = terminal();
  const controller = new AbortController();
  const answer = prompt.ask("Sure? ", controller.signal);
  await new Promise((resolve) => void input.once("resume", resolve));
  input.write("\u0003");
  await new Promise((resolve) => setImmediate(resolve));
  expect(interrupts).toEqual(["SIGINT"]);
  controller.abort("SIGINT");
  expect(await answer).toBeNull();
});

test("without a terminal nobody is asked", async () => {
  const { prompt } = terminal(false);
  expect(await prompt.ask("Sure? ", never)).toBeNull();
});
