/** A counting semaphore; places are granted first come, first served, whatever number is requested. */
export interface Semaphore {
  /**
   * @returns a function that gives the places back; calling it again does nothing
   * @throws the signal's reason when aborted before its turn
   */
  take(places: number, signal: AbortSignal): Promise<() => void>;
  /** Removes places permanently, as soon as they are given back. */
  shrink(places: number): void;
}

interface Waiting {
  readonly places: number;
  readonly enter: () => void;
}

export function createSemaphore(capacity: number): Semaphore {
  let free = capacity;
  const queue: Waiting[] = [];

  /**
   * Grants places in order. A request for fewer places does not overtake the first in the queue, or a batch would never
   * get its turn.
   */
  function admit(): void {
    for (let next = queue[0]; next !== undefined && next.places <= free; next = queue[0]) {
      queue.shift();
      free -= next.places;
      next.enter();
    }
  }

  function releaseOf(places: number): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      free += places;
      admit();
    };
  }

  return {
    shrink(places) {
      free -= places;
    },
    take(places, signal) {
      return new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const abort = (): void => {
          queue.splice(queue.indexOf(waiting), 1);
          reject(signal.reason);
          admit();
        };
        const waiting: Waiting = {
          places,
          enter: () => {
            signal.removeEventListener("abort", abort);
            resolve(releaseOf(places));
          },
        };
        signal.addEventListener("abort", abort, { once: true });
        queue.push(waiting);
        admit();
      });
    },
  };
}
