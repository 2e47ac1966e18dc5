import type { WriteStream } from "node:tty";
import type { Clock, Context, Fetch, Output } from "../model/context.ts";

const signals = ["SIGINT", "SIGTERM"] as const;

/** The context of a real process. The first signal aborts, a second one ends the process at once. */
export function createProcessContext(): Context {
  return {
    cwd: process.cwd(),
    env: process.env,
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    ask,
    clock: systemClock,
    random: Math.random,
    fetch: lazyFetch(process.env),
    signal: signalOfProcess(),
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

function signalOfProcess(): AbortSignal {
  const controller = new AbortController();
  for (const name of signals) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(name === "SIGINT" ? 130 : 143);
      process.stderr.write("\nStopping: what was begun is brought to its end. Once more stops at once.\n");
      controller.abort(name);
    });
  }
  return controller.signal;
}

/** A reader that went away (`galops plan | head`) is no failure: what nobody reads is dropped. */
function outputTo(stream: WriteStream): Output {
  let gone = false;
  stream.on("error", () => {
    gone = true;
  });
  return {
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns || 80;
    },
    write: (text) =>
      gone || text === "" ? Promise.resolve() : new Promise((resolve) => stream.write(text, () => resolve())),
  };
}

async function ask(question: string, signal: AbortSignal): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // A terminal in raw mode gives Ctrl-C to the one who reads it; it means the same as elsewhere.
  terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  const closed = new Promise<null>((resolve) => void terminal.once("close", () => resolve(null)));
  try {
    return await Promise.race([terminal.question(question, { signal }), closed]);
  } catch {
    return null;
  } finally {
    terminal.close();
  }
}

/** The network is loaded with the first request: most commands need none of it. */
function lazyFetch(env: NodeJS.ProcessEnv): Fetch {
  let loading: Promise<Fetch> | null = null;
  return async (url, init) => {
    loading ??= import("../http/network.ts").then(({ createNetworkFetch }) => createNetworkFetch(env));
    const fetch = await loading;
    return await fetch(url, init);
  };
}
