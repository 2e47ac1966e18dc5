import type { Wait } from "../../http/wait.ts";
import type { Clock, Output } from "../../model/context.ts";
import { harmless } from "../../render/harmless.ts";
import type { PlanProgress } from "../../reconcile/plan-input.ts";

/** Tells people on stderr how far it is; to be ended before anything else is written there. */
export interface Progress {
  planning(progress: PlanProgress): void;
  applying(done: number, total: number): void;
  waiting(wait: Wait): void;
  /** Takes a bar away. */
  end(): Promise<void>;
}

const barWidth = 24;
const redrawMs = 100;
const lineMs = 10_000;
/** Shares of the work are told, too, but not many in a moment. */
const leastLineMs = 2000;
const longWaitSeconds = 10;

/** A bar on a terminal; elsewhere a line every ten seconds or ten percent; nothing with `quiet`. */
export function createProgress(
  output: Output,
  options: { readonly quiet: boolean; readonly verbose: boolean; readonly clock: Clock },
): Progress {
  const { quiet, verbose, clock } = options;
  if (quiet) return silent;
  let written = Promise.resolve();
  let lastAt = output.isTTY ? 0 : clock.now();
  let lastTenth = 0;
  let isDrawn = false;
  let isOver = false;

  function write(text: string): void {
    written = written.then(() => output.write(text));
  }
  function line(text: string): void {
    write(isDrawn ? `\r\u001B[K${text}\n` : `${text}\n`);
    isDrawn = false;
  }
  function show(what: string, done: number | null, total: number): void {
    if (isOver) return;
    const now = clock.now();
    const share = done === null || total === 0 ? 0 : done / total;
    if (output.isTTY) {
      if (now - lastAt < redrawMs) return;
      write(`\r\u001B[K${clipped(bar(what, share, done, total), output.columns - 1)}`);
      isDrawn = true;
    } else {
      const tenth = total === 0 ? 0 : Math.floor(((done ?? 0) * 10) / total);
      if (tenth < lastTenth) lastTenth = 0;
      const isDue = now - lastAt >= lineMs || (tenth > lastTenth && now - lastAt >= leastLineMs);
      if (!isDue) return;
      line(`${what}${done === null ? "" : `: ${done} of ${total}`}`);
      lastTenth = tenth;
    }
    lastAt = now;
  }

  return {
    planning(progress) {
      if (progress.phase === "source") show(`Reading ${progress.source}: ${progress.people} people`, null, 0);
      else show(`Reading mailboxes of ${progress.sync}`, progress.done, progress.total);
    },
    applying: (done, total) => show("Making changes", done, total),
    waiting({ lane, seconds, reason }) {
      if (isOver || (!verbose && seconds < longWaitSeconds)) return;
      // The reason is the service's word, or that of whoever answers in its place.
      line(`Waiting ${Math.ceil(seconds)} s (${harmless(reason)}, ${harmless(lane)}).`);
    },
    async end() {
      isOver = true;
      if (isDrawn) write("\r\u001B[K");
      isDrawn = false;
      await written;
    },
  };
}

const silent: Progress = {
  planning() {},
  applying() {},
  waiting() {},
  end: () => Promise.resolve(),
};

function bar(what: string, share: number, done: number | null, total: number): string {
  if (done === null) return what;
  const full = Math.round(share * barWidth);
  return `${what} [${"#".repeat(full)}${"-".repeat(barWidth - full)}] ${done} of ${total}`;
}

function clipped(text: string, width: number): string {
  return text.length > width ? text.slice(0, Math.max(0, width)) : text;
}
