import { createHash, createHmac } from "node:crypto";
import type { Environment } from "../../model/context.ts";
import type { CodeOf } from "../../render/redaction/redactor.ts";
import { linesOf } from "../plans/lines.ts";

/**
 * Short codes for people, addresses and ids, the same for the same one. Who knows all people of a company must not be
 * able to try which of them has a code, so that codes depend on something secret: GALOPS_REDACTION_KEY, by which they
 * stay the same from plan to plan; or else all that the plan says, by which they are the same wherever equal plans
 * are shown.
 */
export interface Pseudonyms {
  /** Null until `settle`, unless the environment has a key. */
  readonly codeOf: CodeOf;
  /** Reads the plan to its end when it is needed for the codes. @param text - a saved plan */
  settle(text: () => AsyncIterable<string>): Promise<void>;
}

export function createPseudonyms(env: Environment): Pseudonyms {
  const given = env["GALOPS_REDACTION_KEY"];
  let key = given === undefined || given === "" ? null : given;
  return {
    codeOf: (what) => (key === null ? null : code(createHmac("sha256", key).update(what).digest())),
    async settle(text) {
      key ??= await digestOf(text());
    },
  };
}

async function digestOf(text: AsyncIterable<string>): Promise<string> {
  const hash = createHash("sha256");
  let isFirst = true;
  for await (const line of linesOf(text)) {
    // The time of the plan is in its first line.
    if (!isFirst) hash.update(`${line}\n`);
    isFirst = false;
  }
  return hash.digest("hex");
}

/** 40 bits: two of 100,000 people have one code once in a hundred plans or more. No letters that look like digits. */
function code(bytes: Buffer): string {
  const letters = "0123456789abcdefghjkmnpqrstvwxyz";
  return Array.from({ length: 8 }, (_, i) => letters[(bytes[i] ?? 0) % 32]).join("");
}
