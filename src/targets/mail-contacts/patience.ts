import type { Wait } from "../../http/wait.ts";

/** Seconds between looks for a contact whose making ended in doubt, the first of them right away. */
const looks: readonly number[] = [0, 5, 10, 15, 30];
const atOnce: readonly number[] = [0];

/** Waits for one thing that never came, after which it is no longer waited for: a minute each, several at a time. */
const mostInVain = 8;

/** How long a run waits for contacts that may have been made. */
export interface Patience {
  /** Seconds before each look; who waits for long is told. @param isLingering - where something deleted may be the reason */
  looks(isLingering: boolean): readonly number[];
  /** Tells that there was no contact after all of these looks. */
  inVain(isLingering: boolean): void;
}

export function createPatience(onWait: (wait: Wait) => void): Patience {
  let vain = 0;
  return {
    looks(isLingering) {
      if (isLingering && vain >= mostInVain) return atOnce;
      const reason = isLingering
        ? "for an address that something deleted may hold"
        : "for a contact whose making was not answered";
      onWait({ lane: "exchange", seconds: looks.reduce((sum, one) => sum + one, 0), reason });
      return looks;
    },
    inVain(isLingering) {
      if (isLingering) vain++;
    },
  };
}
