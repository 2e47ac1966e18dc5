import type { Wait } from "../../http/wait.ts";

/** Seconds before each look for a contact whose create is in doubt. */
const looks: readonly number[] = [0, 5, 10, 15, 30];
const atOnce: readonly number[] = [0];

/** Number of waits without success (a minute each, several in parallel) after which the run stops waiting. */
const mostInVain = 8;

/** Decides how long a run waits for contacts that may have been created. */
export interface LookPacing {
  /** Seconds before each look. Waits are reported. @param isLingering - whether a deleted object may be the reason */
  looks(isLingering: boolean): readonly number[];
  /** Call after the last look. @param isFound - whether the contact was found */
  ended(isLingering: boolean, isFound: boolean): void;
}

export function createLookPacing(onWait: (wait: Wait) => void): LookPacing {
  let vain = 0;
  /** Number of current waits; only the first one is reported. */
  let waiting = 0;
  return {
    looks(isLingering) {
      if (isLingering && vain >= mostInVain) {
        waiting++;
        return atOnce;
      }
      const reason = isLingering
        ? "for an address that something deleted may hold"
        : "for a contact whose create was not answered";
      const seconds = looks.reduce((sum, one) => sum + one, 0);
      if (waiting++ === 0) onWait({ lane: "exchange", seconds, reason });
      return looks;
    },
    ended(isLingering, isFound) {
      waiting--;
      if (isLingering && !isFound) vain++;
    },
  };
}
