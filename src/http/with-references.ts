import type { MicrosoftTenant } from "../model/config.ts";
import type { Fetch } from "../model/context.ts";
import { networkFailure } from "./network-failure.ts";
import { NoAnswer } from "./no-answer.ts";

type References = MicrosoftTenant["references"];

/** Replaces hosts that came from a secret by their `${…}` reference in the config. */
export function withReferences(text: string, shown: References): string {
  return [...(shown ?? [])].reduce((all, [host, written]) => all.replaceAll(host, () => written), text);
}

/** The same for the message of a failed fetch, which then rejects with NoAnswer. */
export function fetchWithReferences(fetch: Fetch, shown: References): Fetch {
  if (shown === undefined) return fetch;
  return async (url, init) => {
    try {
      return await fetch(url, init);
    } catch (error) {
      init.signal.throwIfAborted();
      const failure = networkFailure(error, url);
      // No cause: it may contain the host as well.
      throw new NoAnswer({ ...failure, message: withReferences(failure.message, shown) }, undefined);
    }
  };
}
