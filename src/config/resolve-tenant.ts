import type { Tenant } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { clouds, isTrustedEndpoint, untrustedEndpoint } from "./endpoint-hosts.ts";
import { insideFolder } from "./inside.ts";
import { resolveAuth } from "./resolve-auth.ts";
import type { TenantWorld } from "./resolve-auth.ts";
import type { MicrosoftTenant, Tenant as WrittenTenant } from "./written-config.gen.ts";

const scheme = "https://";

interface ResolvedTenant {
  readonly tenant: Tenant | null;
  readonly problems: readonly Diagnostic[];
}

/** One tenant with its defaults filled in, and what is wrong with it beyond the schema. */
export function resolveTenant(name: string, written: WrittenTenant, world: TenantWorld): ResolvedTenant {
  if (!("sandbox" in written)) return microsoft(name, written, world);
  const { folder, place, report, isUnknown, asWritten } = world;
  const shown = asWritten(["sandbox"]);
  if (isUnknown(["sandbox"]))
    return { tenant: { kind: "sandbox", name, path: "", shown, place }, problems: [] };
  const path = insideFolder(folder, written.sandbox);
  if (typeof path !== "string") return { tenant: null, problems: [report(["sandbox"], path)] };
  return { tenant: { kind: "sandbox", name, path, shown, place }, problems: [] };
}

function microsoft(name: string, written: MicrosoftTenant, world: TenantWorld): ResolvedTenant {
  const { auth, problems } = resolveAuth(written.auth, world);
  const { cloud = "global", organization = "" } = written;
  const given = Object.entries(written.endpoints ?? {}).filter(([, url]) => url !== "");
  const untrusted = given.filter(([, url]) => !isTrustedEndpoint(url, world.env));
  const trimmed = Object.fromEntries(given.map(([key, url]) => [key, withoutSlashes(url)]));
  const references = new Map<string, string>();
  for (const [key, url] of given) {
    const shown = hostOf(world.asWritten(["endpoints", key]));
    // As it is in messages about a URL, and as it was given.
    const hosts = [URL.parse(url)?.host, hostOf(url)];
    for (const host of hosts) if (host && shown) references.set(host, shown);
  }
  const clientId = world.asWritten(["auth", "clientId"]);
  if ("clientId" in auth && auth.clientId !== "" && clientId !== null)
    references.set(auth.clientId, clientId);
  const tokenFile = world.asWritten(["auth", "tokenFile"]);
  if (auth.method === "workload-identity" && auth.tokenFile !== "" && tokenFile !== null) {
    references.set(auth.tokenFile, tokenFile);
  }
  const tenant: Tenant = {
    kind: "microsoft",
    name,
    tenantId: written.tenantId.toLowerCase(),
    organization,
    cloud,
    auth,
    // A cloud that is not known offline has been told of.
    endpoints: { ...(clouds[cloud] ?? clouds.global), ...trimmed },
    ...(references.size === 0 ? {} : { references }),
    place: world.place,
  };
  const reports = untrusted.map(([key]) =>
    world.report(["endpoints", key], untrustedEndpoint(world.secrets)),
  );
  return { tenant, problems: [...problems, ...reports] };
}

/** What stands between the scheme and the end in the URL of an endpoint. */
function hostOf(url: string | null): string {
  const trimmed = withoutSlashes(url ?? "");
  return trimmed.startsWith(scheme) ? trimmed.slice(scheme.length) : trimmed;
}

/** Not by a regular expression: it would begin anew at each of many slashes. */
function withoutSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === "/") end--;
  return url.slice(0, end);
}
