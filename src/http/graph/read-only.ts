import type { Fetch } from "../../model/context.ts";
import { WriteInReader } from "../write-in-reader.ts";

/**
 * Restricts a fetch to requests that change nothing: GETs, and batches that contain only GETs. Readers have no method
 * for writing; this is a second safeguard.
 */
export function readOnly(fetch: Fetch, root: string): Fetch {
  return async (url, init) => {
    const reads = init.method === "GET" || (init.method === "POST" && isReadBatch(url, init.body, root));
    if (!reads) throw new WriteInReader(`A read-only client was about to send ${init.method}.`);
    return await fetch(url, init);
  };
}

function isReadBatch(url: string, body: string | Uint8Array | undefined, root: string): boolean {
  if (url !== `${root}/$batch` || typeof body !== "string") return false;
  const { requests } = JSON.parse(body) as { readonly requests?: unknown }; // checked below
  return (
    Array.isArray(requests) &&
    requests.every((request) => (request as { method?: unknown } | null)?.method === "GET")
  ); // any value has this shape
}
