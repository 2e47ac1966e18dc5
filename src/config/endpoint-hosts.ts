import type { Cloud, Endpoints } from "../model/config.ts";
import type { Environment } from "../model/context.ts";
import type { Report } from "./config-file.ts";

/** @see https://learn.microsoft.com/graph/deployments and, for Exchange, the hosts of its REST endpoints by cloud */
export const clouds: Readonly<Record<Cloud, Endpoints>> = {
  global: endpoints("login.microsoftonline.com", "graph.microsoft.com", "outlook.office365.com"),
  "gcc-high": endpoints("login.microsoftonline.us", "graph.microsoft.us", "outlook.office365.us"),
  dod: endpoints("login.microsoftonline.us", "dod-graph.microsoft.us", "outlook-dod.office365.us"),
  china: endpoints("login.chinacloudapi.cn", "microsoftgraph.chinacloudapi.cn", "partner.outlook.cn"),
};

function endpoints(authority: string, graph: string, exchange: string): Endpoints {
  return { authority: `https://${authority}`, graph: `https://${graph}`, exchange: `https://${exchange}` };
}

const hostsOfClouds: ReadonlySet<string> = new Set(
  Object.values(clouds).flatMap((of) => Object.values(of).map((url) => new URL(url).hostname)),
);

/** Names hosts beside those of Microsoft and of this machine that endpoints may have, separated by commas. */
const variable = "GALOPS_ENDPOINT_HOSTS";

/**
 * Whether credentials may be sent to the host of an endpoint. Whoever can change the config chooses the endpoint, but
 * not everybody who can may have the credentials; so hosts that are nobody's proxy must be named outside of it.
 */
export function isTrustedEndpoint(url: string, env: Environment): boolean {
  const host = URL.parse(url)?.hostname ?? "";
  if (hostsOfClouds.has(host) || isThisMachine(host)) return true;
  const named = (env[variable] ?? "").split(",").map((one) => one.trim().toLowerCase());
  return host !== "" && named.includes(host);
}

/** @param host - as `URL` writes it, which knows an IPv4 address in each of its spellings */
function isThisMachine(host: string): boolean {
  return (
    host === "localhost" || host.endsWith(".localhost") || /^127(?:\.\d+){3}$/.test(host) || host === "[::1]"
  );
}

/** What is said of another host. Not the host: a reference may have put a secret into it. */
export function untrustedEndpoint(secrets: "needed" | "optional"): Report {
  const report = {
    code: "endpoint-not-trusted",
    summary: "An endpoint is neither Microsoft's nor on this machine",
    detail: `Credentials and tokens would be sent there, and whoever can change the config could take them that way. If it is a proxy of yours, name its host outside of the config, in the environment variable ${variable}; several are separated by commas.`,
  };
  return secrets === "optional" ? { ...report, severity: "warning" } : report;
}
