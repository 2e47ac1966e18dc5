import type { Allowance, AllowedLimit } from "../model/allowance.ts";
import type { ApprovalException } from "../model/config.ts";
import type { Change } from "../model/plan.ts";
import { isLeaving } from "./leaving.ts";

/** The exceptions that a change needs, by its reason. Changes with any other reason always need approval. */
const exceptions: Readonly<Record<string, readonly ApprovalException[]>> = {
  edited: ["drift"],
  both: ["drift", "source-changed"],
  // Includes contacts that their user deleted, which look the same as contacts that never existed.
  new: ["source-changed"],
  "source-changed": ["source-changed"],
  rekeyed: ["source-changed"],
  returned: ["source-changed"],
  left: ["left"],
  "grace-started": ["left"],
  "grace-ended": ["left"],
};

/**
 * Whether a change may be made without approval.
 *
 * @param terms - of the approved plan: `allow` lists exceptions from approval; `allowances` acknowledge an unusual
 *   number of changes of specific people, so no exception covers more changes of that kind
 */
export function isPermitted(
  sync: string,
  change: Change,
  terms: { readonly allow: readonly ApprovalException[]; readonly allowances: readonly Allowance[] },
): boolean {
  if (change.action === "adopt") return false;
  const needed = Object.hasOwn(exceptions, change.reason) ? exceptions[change.reason] : undefined;
  if (needed === undefined || !needed.every((exception) => terms.allow.includes(exception))) return false;
  const limits = limitsOf(change);
  return !terms.allowances.some(
    (allowance) => (allowance.sync === null || allowance.sync === sync) && limits.includes(allowance.limit),
  );
}

/** The limits that a change counts for. */
function limitsOf(change: Change): readonly AllowedLimit[] {
  if (isLeaving(change)) return ["deletes"];
  if (change.action === "create") return ["creates"];
  const addresses = change.fields.some(({ field }) => field === "emailAddresses");
  return addresses ? ["updates", "addressChanges"] : ["updates"];
}
