import type { Fetch } from "../../model/context.ts";
import { WriteInReader } from "../write-in-reader.ts";

/**
 * A fetch that lets nothing through that could change anything: GETs, and batches that hold only GETs. What is meant
 * to read has no method to write with; this holds should that ever be wrong.
 */
export function readOnly(fetch: Fetch, root: string): Fetch {
  return async (url, init) => {
    const reads = init.method === "GET" || (init.method === "POST" && isReadBatch(url, init.body, root));
    if (!reads) throw new WriteInReader(`A client that may only read was about to send ${init.method}.`);
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
