import type { Auth, MicrosoftTenant } from "../../src/model/config.ts";

export const contosoId = "5b0c4f7e-0000-4000-8000-0000000000c0";
export const clientId = "6a3d5b1e-0000-4000-8000-0000000000a1";

/** Contoso, with everything of it at one origin. */
export function tenantAt(origin: string, auth: Auth): MicrosoftTenant {
  return {
    kind: "microsoft",
    name: "contoso",
    tenantId: contosoId,
    organization: "contoso.onmicrosoft.com",
    cloud: "global",
    auth,
    endpoints: { authority: origin, graph: origin, exchange: origin },
    place: { file: "galops.yaml", line: 1, column: 1 },
  };
}
