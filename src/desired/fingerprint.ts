import { hash } from "node:crypto";
import type { HashValue } from "../model/digest.ts";

/** The first 36 bits of the SHA-256 of the value's JSON, as six URL-safe characters. */
export const fingerprint: HashValue = (value) =>
  hash("sha256", JSON.stringify(value), "base64url").slice(0, 6);
