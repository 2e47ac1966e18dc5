import { createHash } from "node:crypto";
import type { Store } from "./store.ts";

/** Generates a version 4 GUID that no object of this tenant has had; reproducible for the same tenant and history. */
export function newGuid(store: Store): string {
  const digits = createHash("sha256").update(`${store.state.tenantId}/${store.nextNumber()}`).digest("hex");
  const [a, b, c, d] = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(13, 16), digits.slice(17, 20)];
  return `${a}-${b}-4${c}-a${d}-${digits.slice(20, 32)}`;
}
