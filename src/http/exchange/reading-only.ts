import type { Fetch } from "../../model/context.ts";
import { WriteInReader } from "../write-in-reader.ts";
import { field, parsed } from "./said.ts";

/**
 * Restricts a fetch to cmdlets that change nothing, whose names begin with Get. Readers have no method for writing;
 * this is a second safeguard.
 */
export function readingOnly(fetch: Fetch): Fetch {
  return async (url, init) => {
    const name =
      typeof init.body === "string" ? field(field(parsed(init.body), "CmdletInput"), "CmdletName") : "";
    const reads = typeof name === "string" && /^Get-\w+$/.test(name);
    if (!reads) throw new WriteInReader(`A read-only client was about to send ${String(name)}.`);
    return await fetch(url, init);
  };
}
