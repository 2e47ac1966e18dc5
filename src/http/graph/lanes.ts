import type { Clock } from "../../model/context.ts";
import type { Lane } from "./graph.ts";
import { createSemaphore } from "../../concurrency/semaphore.ts";
import type { Semaphore } from "../../concurrency/semaphore.ts";

/**
 * Exchange serves an application at most 4 requests at a time in one mailbox, and Graph forwards that many of a batch;
 * a batch of four or more therefore takes the whole mailbox.
 *
 * @see https://learn.microsoft.com/en-us/graph/throttling-limits#outlook-service-limits
 */
const mailboxPlaces = 4;
/** The directory limits the rate of requests, not how many are in flight; more than this gains nothing. */
const directoryPlaces = 8;

/** Controls which requests may be sent: places in each lane, and pauses that the service asked for. */
export interface Lanes {
  /**
   * Waits for places in each of the lanes, first come, first served.
   *
   * @returns a function that gives the places back
   * @throws the signal's reason when aborted
   */
  enter(places: ReadonlyMap<Lane, number>, signal: AbortSignal): Promise<() => void>;
  /** Waits until none of the lanes is paused. @throws the signal's reason when aborted */
  ready(places: ReadonlyMap<Lane, number>, signal: AbortSignal): Promise<void>;
  isPaused(places: ReadonlyMap<Lane, number>): boolean;
  /** Holds back all requests in this lane for so long. */
  pause(lane: Lane, milliseconds: number): void;
}

interface Track {
  readonly semaphore: Semaphore;
  /** The number of requests that hold places or wait for them. */
  users: number;
}

export function createLanes(clock: Clock): Lanes {
  const tracks = new Map<Lane, Track>();
  const pausedUntil = new Map<Lane, number>();

  function leave(lane: Lane, track: Track): void {
    track.users--;
    if (track.users === 0) tracks.delete(lane); // There may be ten thousand mailboxes.
  }

  async function enterOne(lane: Lane, places: number, signal: AbortSignal): Promise<() => void> {
    const capacity = capacityOf(lane);
    const track = tracks.get(lane) ?? { semaphore: createSemaphore(capacity), users: 0 };
    tracks.set(lane, track);
    track.users++;
    try {
      const release = await track.semaphore.take(Math.min(places, capacity), signal);
      return () => {
        release();
        leave(lane, track);
      };
    } catch (error) {
      leave(lane, track);
      throw error;
    }
  }

  return {
    async enter(places, signal) {
      const releases: (() => void)[] = [];
      const releaseAll = (): void => {
        for (const release of releases) release();
      };
      try {
        // All requests take lanes in the same order, so that no two wait for each other.
        for (const lane of [...places.keys()].toSorted()) {
          releases.push(await enterOne(lane, places.get(lane) ?? 1, signal));
        }
      } catch (error) {
        releaseAll();
        throw error;
      }
      return releaseAll;
    },
    async ready(places, signal) {
      signal.throwIfAborted();
      for (;;) {
        const wait = longestPause(places, pausedUntil, clock.now());
        if (wait <= 0) return;
        await clock.sleep(wait, signal);
      }
    },
    isPaused: (places) => longestPause(places, pausedUntil, clock.now()) > 0,
    pause(lane, milliseconds) {
      const until = clock.now() + milliseconds;
      pausedUntil.set(lane, Math.max(until, pausedUntil.get(lane) ?? 0));
    },
  };
}

/** How many places a batch takes in a lane that has so many of its requests. */
export function placesOfBatch(requests: number): number {
  return Math.min(requests, mailboxPlaces);
}

function capacityOf(lane: Lane): number {
  return lane === "directory" ? directoryPlaces : mailboxPlaces;
}

function longestPause(
  places: ReadonlyMap<Lane, number>,
  pausedUntil: Map<Lane, number>,
  now: number,
): number {
  let longest = 0;
  for (const lane of places.keys()) {
    const rest = (pausedUntil.get(lane) ?? 0) - now;
    if (rest <= 0) pausedUntil.delete(lane);
    longest = Math.max(longest, rest);
  }
  return longest;
}
