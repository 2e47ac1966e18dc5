import { hash } from "node:crypto";
import type { HashValue } from "../model/digest.ts";

/** The first 36 bits of the SHA-256 of the value's JSON, as six URL-safe characters. */
export const fingerprint: HashValue = (value) => {
  const json = JSON.stringify(value);
  const known = recent.get(json);
  if (known !== undefined) return known;
  const made = hash("sha256", json, "base64url").slice(0, 6);
  if (recent.size === mostRecent) recent.clear();
  if (json.length <= longestRecent) recent.set(json, made);
  return made;
};

/** A cache, because most values are empty or shared by many people: company, department, city. */
const recent = new Map<string, string>();
const mostRecent = 5000;
const longestRecent = 100;
