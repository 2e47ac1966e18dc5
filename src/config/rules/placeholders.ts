import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Written } from "../written.ts";

/** No tenant or app has an id that begins so; what galops init writes does. */
const placeholder = /^00000000-0000-/u;

/** What a new config has in place of the ids of its tenant was filled in. */
export function idsAreFilledIn({ tenants }: Config, written: Written): readonly Diagnostic[] {
  return [...tenants.values()].flatMap((tenant) => {
    if (tenant.kind !== "microsoft") return [];
    const { name, tenantId, auth } = tenant;
    const clientId = "clientId" in auth ? (auth.clientId ?? "") : "";
    return [
      ...(placeholder.test(tenantId) ? [["tenants", name, "tenantId"]] : []),
      ...(placeholder.test(clientId) ? [["tenants", name, "auth", "clientId"]] : []),
    ].map((path) =>
      written.report(path, {
        code: "placeholder",
        summary: "A placeholder was not replaced",
        detail: `${path.join(".")} is still the placeholder of an example, so galops cannot sign in. Replace it with the value that the Entra admin center shows under ${path.includes("auth") ? "the app registration" : "the overview of the tenant"}.`,
        severity: "warning",
      }),
    );
  });
}
