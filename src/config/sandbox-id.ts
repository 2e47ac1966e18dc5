import { readPlainFile } from "../files/plain-file.ts";
import { isRecord } from "./is-record.ts";

/** The tenant id that the file of a sandbox tenant holds, lower case; null where it cannot be read. */
export function sandboxId(path: string): string | null {
  try {
    const tenant: unknown = JSON.parse(readPlainFile(path).toString("utf8"));
    const id = isRecord(tenant) ? tenant["tenantId"] : null;
    return typeof id === "string" && id !== "" ? id.toLowerCase() : null;
  } catch {
    return null;
  }
}
