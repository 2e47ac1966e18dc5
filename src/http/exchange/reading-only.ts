import type { Fetch } from "../../model/context.ts";
import { WriteInReader } from "../write-in-reader.ts";
import { field, parsed } from "./said.ts";

/**
 * A fetch that lets only cmdlets through that change nothing, whose names begin with Get. What is meant to read has no
 * method to write with; this holds should that ever be wrong.
 */
export function readingOnly(fetch: Fetch): Fetch {
  return async (url, init) => {
    const name =
      typeof init.body === "string" ? field(field(parsed(init.body), "CmdletInput"), "CmdletName") : "";
    const reads = typeof name === "string" && /^Get-\w+$/.test(name);
    if (!reads) throw new WriteInReader(`A client that may only read was about to send ${String(name)}.`);
    return await fetch(url, init);
  };
}
