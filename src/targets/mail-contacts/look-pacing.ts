import type { Wait } from "../../http/wait.ts";

/** Seconds between looks for a contact whose making ended in doubt, the first of them right away. */
const looks: readonly number[] = [0, 5, 10, 15, 30];
const atOnce: readonly number[] = [0];

/** Waits for one thing that never came, after which it is no longer waited for: a minute each, several at a time. */
const mostInVain = 8;

/** How long a run waits for contacts that may have been made. */
export interface LookPacing {
  /** Seconds before each look; who waits for long is told. @param isLingering - where something deleted may be the reason */
  looks(isLingering: boolean): readonly number[];
  /** Tells that the looks are over. @param isFound - whether there was a contact in the end */
  ended(isLingering: boolean, isFound: boolean): void;
}

export function createLookPacing(onWait: (wait: Wait) => void): LookPacing {
  let vain = 0;
  /** How many wait: who joins them is not told again. */
  let waiting = 0;
  return {
    looks(isLingering) {
      if (isLingering && vain >= mostInVain) {
        waiting++;
        return atOnce;
      }
      const reason = isLingering
        ? "for an address that something deleted may hold"
        : "for a contact whose making was not answered";
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
