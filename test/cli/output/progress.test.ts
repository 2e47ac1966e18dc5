import { expect, test } from "vitest";
import { createProgress } from "../../../src/cli/output/progress.ts";
import { fakeContext } from "../../fakes/context.ts";
import { manualClock } from "../../fakes/manual-clock.ts";

function progressOn(isTTY: boolean, options: { readonly quiet?: boolean; readonly verbose?: boolean } = {}) {
  const clock = manualClock();
  const { context, stderr } = fakeContext({ cwd: "/", isTTY, clock });
  const progress = createProgress(context.stderr, { quiet: false, verbose: false, ...options, clock });
  return { clock, stderr, progress };
}

test("on a terminal there is one line that is drawn anew, and taken away at the end", async () => {
  const { clock, stderr, progress } = progressOn(true);
  progress.planning({ phase: "book", sync: "phones", done: 1, total: 4 });
  clock.advance(50);
  progress.planning({ phase: "book", sync: "phones", done: 2, total: 4 });
  clock.advance(50);
  progress.planning({ phase: "book", sync: "phones", done: 3, total: 4 });
  await progress.end();
  const drawn = stderr().split("\r\u001B[K");
  expect(drawn).toEqual([
    "",
    "Reading mailboxes of phones [######------------------] 1 of 4",
    "Reading mailboxes of phones [##################------] 3 of 4",
    "",
  ]);
});

test("elsewhere there is a line every ten percent, but not many in a moment", async () => {
  const { clock, stderr, progress } = progressOn(false);
  for (let done = 1; done <= 100; done++) {
    clock.advance(500);
    progress.applying(done, 100);
  }
  await progress.end();
  expect(stderr().trimEnd().split("\n")).toEqual(
    Array.from({ length: 10 }, (_, tenth) => `Making changes: ${(tenth + 1) * 10} of 100`),
  );
});

test("elsewhere there is a line every ten seconds, however little was done", async () => {
  const { clock, stderr, progress } = progressOn(false);
  progress.planning({ phase: "source", source: "staff", people: 500 });
  clock.advance(10_000);
  progress.planning({ phase: "source", source: "staff", people: 1000 });
  await progress.end();
  expect(stderr()).toBe("Reading staff: 1000 people\n");
});

test("what is over at once says nothing", async () => {
  const { stderr, progress } = progressOn(false);
  for (let done = 0; done <= 100; done++) progress.applying(done, 100);
  await progress.end();
  expect(stderr()).toBe("");
});

test("a long wait is told of; a short one only with --verbose", async () => {
  const long = progressOn(false);
  long.progress.waiting({ lane: "mailbox:ann", seconds: 29.5, reason: "TooManyRequests" });
  long.progress.waiting({ lane: "mailbox:ann", seconds: 2, reason: "TooManyRequests" });
  await long.progress.end();
  expect(long.stderr()).toBe("Waiting 30 s (TooManyRequests, mailbox:ann).\n");
  const verbose = progressOn(false, { verbose: true });
  verbose.progress.waiting({ lane: "directory", seconds: 2, reason: "timeout" });
  await verbose.progress.end();
  expect(verbose.stderr()).toBe("Waiting 2 s (timeout, directory).\n");
});

test("the reason for a wait, which whoever answers may choose, is harmless", async () => {
  const { stderr, progress } = progressOn(false);
  progress.waiting({ lane: "exchange", seconds: 60, reason: "\u001B[2J\n::error::##[error]" });
  await progress.end();
  expect(stderr()).toBe(`${String.raw`Waiting 60 s (\u{1b}[2J\n::error::#\u{23}[error], exchange).`}\n`);
});

test("with --quiet nothing is said", async () => {
  const { clock, stderr, progress } = progressOn(true, { quiet: true });
  clock.advance(60_000);
  progress.applying(1, 2);
  progress.waiting({ lane: "directory", seconds: 60, reason: "timeout" });
  await progress.end();
  expect(stderr()).toBe("");
});
