import type { Readable, Writable } from "node:stream";

/** Where somebody may be asked. */
interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
  /** Does what Ctrl-C does elsewhere. */
  readonly interrupt: () => void;
}

export interface Prompt {
  /** The line typed, "" where none was (Ctrl-D); null when there is no terminal, or the signal came first. */
  ask(question: string, signal: AbortSignal): Promise<string | null>;
  /** Whether a question waits for its answer. */
  isOpen(): boolean;
}

export function createPrompt({ input, output, interrupt }: Terminal): Prompt {
  let isOpen = false;
  return {
    isOpen: () => isOpen,
    async ask(question, signal) {
      if (input.isTTY !== true) return null;
      const { createInterface } = await import("node:readline/promises");
      const terminal = createInterface({ input, output });
      // A terminal in raw mode gives Ctrl-C to the one who reads it; it means the same as elsewhere.
      terminal.on("SIGINT", interrupt);
      const closed = new Promise<string>((resolve) => {
        terminal.once("close", () => {
          if (!signal.aborted) output.write("\n");
          resolve("");
        });
      });
      isOpen = true;
      try {
        return await Promise.race([terminal.question(question, { signal }), closed]);
      } catch {
        return null;
      } finally {
        isOpen = false;
        terminal.removeAllListeners("close");
        terminal.close();
      }
    },
  };
}
