import type { MicrosoftTenant } from "../model/config.ts";
import type { Fetch } from "../model/context.ts";
import { networkFailure } from "./network-failure.ts";
import { NoAnswer } from "./no-answer.ts";

type References = MicrosoftTenant["references"];

/** Words about a host that a secret may have given, with what stands for it in the config. */
export function withReferences(text: string, shown: References): string {
  return [...(shown ?? [])].reduce((all, [host, written]) => all.replaceAll(host, () => written), text);
}

/** The same for what a fetch says when no response came; it then rejects with NoAnswer. */
export function fetchWithReferences(fetch: Fetch, shown: References): Fetch {
  if (shown === undefined) return fetch;
  return async (url, init) => {
    try {
      return await fetch(url, init);
    } catch (error) {
      init.signal.throwIfAborted();
      const failure = networkFailure(error, url);
      // Without its cause, which may name the host as well.
      throw new NoAnswer({ ...failure, message: withReferences(failure.message, shown) }, undefined);
    }
  };
}
