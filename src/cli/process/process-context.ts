import type { WriteStream } from "node:tty";
import type { Clock, Context, Fetch, Output } from "../../model/context.ts";
import { createPrompt } from "./prompt.ts";
import type { Prompt } from "./prompt.ts";
import { exitCodeAfter } from "../interface/exit-code.ts";

/** The context of a real process. The first signal aborts, a second one ends the process at once. */
export function createProcessContext(): Context {
  const { stdin: input, stderr: output } = process;
  const prompt = createPrompt({ input, output, interrupt: () => process.kill(process.pid, "SIGINT") });
  let atOnce = "Stopped.\n";
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: outputTo(process.stdout, "standard output"),
    stderr: outputTo(process.stderr, null),
    ask: (question, signal) => prompt.ask(question, signal),
    clock: systemClock,
    random: Math.random,
    fetch: lazyFetch(process.env),
    signal: signalOfProcess(prompt, () => atOnce),
    begun(run, again) {
      atOnce = `Stopped in the middle of ${run}. Run ${again} again: it finds out which changes were made.\n`;
    },
  };
}

const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        if (signal.aborted) reject(signal.reason);
        else resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal.addEventListener("abort", end);
    });
  },
};

/** @param atOnce - what is said when nothing is brought to its end */
function signalOfProcess(prompt: Prompt, atOnce: () => string): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) {
        process.stderr.write(`\n${atOnce()}`);
        endBy(name);
      }
      // While somebody is asked, nothing is begun.
      const said = prompt.isOpen()
        ? ""
        : "Stopping: finishing the changes in progress. Interrupt again to stop at once.\n";
      process.stderr.write(`\n${said}`);
      controller.abort(name);
    });
  }
  return controller.signal;
}

/**
 * `process.exit` would wait for whatever still opens a file, and a pipe into which nobody writes is never open. To a
 * shell the exit code is the same.
 */
function endBy(name: keyof typeof exitCodeAfter): void {
  const code = exitCodeAfter[name];
  process.emit("exit", code);
  process.removeAllListeners(name);
  process.kill(process.pid, name);
  process.exit(code);
}

/**
 * A reader that went away (`galops plan | head`) is no failure: what nobody reads is dropped. That a disk is full is one.
 *
 * @param name - what failures are told of; null where there is nobody to tell them to
 */
function outputTo(stream: WriteStream, name: string | null): Output {
  let failure: NodeJS.ErrnoException | null = null;
  const fail = (error: NodeJS.ErrnoException): void => void (failure ??= error);
  stream.on("error", fail);
  return {
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns || 80;
    },
    async write(text) {
      if (failure === null && text !== "") {
        await new Promise<void>((resolve) =>
          stream.write(text, (error) => {
            if (error) fail(error);
            resolve();
          }),
        );
      }
      if (failure === null || failure.code === "EPIPE" || name === null) return;
      throw Object.assign(new Error(failure.message, { cause: failure }), { code: failure.code, path: name });
    },
  };
}

/** The network is loaded with the first request: most commands need none of it. */
function lazyFetch(env: NodeJS.ProcessEnv): Fetch {
  let loading: Promise<Fetch> | null = null;
  return async (url, init) => {
    loading ??= import("../../http/network.ts").then(({ createNetworkFetch }) => createNetworkFetch(env));
    const fetch = await loading;
    return await fetch(url, init);
  };
}
