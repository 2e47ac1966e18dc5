import { resolve } from "node:path";
import type { Auth, Cloud, Endpoints, Tenant } from "../model/config.ts";
import type { Environment } from "../model/context.ts";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import { insideFolder } from "./inside.ts";
import { fileText } from "./substitute.ts";
import type { Auth as WrittenAuth, Tenant as WrittenTenant } from "./written-config.gen.ts";
import type { Report } from "./written.ts";

/** @see https://learn.microsoft.com/graph/deployments and, for Exchange, the hosts of its REST endpoints by cloud */
const clouds: Readonly<Record<Cloud, Endpoints>> = {
  global: endpoints("login.microsoftonline.com", "graph.microsoft.com", "outlook.office365.com"),
  "gcc-high": endpoints("login.microsoftonline.us", "graph.microsoft.us", "outlook.office365.us"),
  dod: endpoints("login.microsoftonline.us", "dod-graph.microsoft.us", "outlook-dod.office365.us"),
  china: endpoints("login.chinacloudapi.cn", "microsoftgraph.chinacloudapi.cn", "partner.outlook.cn"),
};

function endpoints(authority: string, graph: string, exchange: string): Endpoints {
  return { authority: `https://${authority}`, graph: `https://${graph}`, exchange: `https://${exchange}` };
}

interface World {
  readonly folder: string;
  readonly env: Environment;
  readonly place: Place;
  /** False where values that are not known offline were left empty. */
  readonly complete: boolean;
  readonly report: (path: readonly string[], report: Report) => Diagnostic;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** One tenant with its defaults filled in, and what is wrong with it beyond the schema. */
export function resolveTenant(
  name: string,
  written: WrittenTenant,
  world: World,
): { tenant: Tenant | null; problems: readonly Diagnostic[] } {
  return written.sandbox === undefined
    ? microsoft(name, written, world)
    : sandbox(name, { ...written, sandbox: written.sandbox }, world);
}

function sandbox(
  name: string,
  written: WrittenTenant & { readonly sandbox: string },
  { folder, place, report }: World,
): ReturnType<typeof resolveTenant> {
  const problems: Diagnostic[] = [];
  for (const key of Object.keys(written).filter((other) => other !== "sandbox")) {
    const detail = `A sandbox tenant has no ${key}: it is a file, with nothing to sign in to.`;
    problems.push(
      report([key], { code: "key-not-allowed", summary: "A key that does not belong here", detail }),
    );
  }
  const path = insideFolder(folder, written.sandbox);
  if (path === null) problems.push(report(["sandbox"], outside(written.sandbox)));
  return { tenant: path === null ? null : { kind: "sandbox", name, path, place }, problems };
}

/** A path that leaves the config's folder. */
export function outside(path: string): Report {
  return {
    code: "path-outside",
    summary: "A path leads out of the config's folder",
    detail: `${path} lies outside the folder of the config. A pull request could read any file that way; put the file beside the config and name it by a relative path.`,
  };
}

function microsoft(name: string, written: WrittenTenant, world: World): ReturnType<typeof resolveTenant> {
  const { place, report, complete } = world;
  const problems: Diagnostic[] = [];
  const { tenantId = "", auth } = written;
  if (!guid.test(tenantId) && (complete || tenantId !== "")) {
    const path = written.tenantId === undefined ? [] : ["tenantId"];
    const detail =
      "A tenant needs its tenantId, a GUID (Entra admin center, Overview), or sandbox: with the path of a file.";
    problems.push(report(path, { code: "invalid-tenant-id", summary: "No valid tenant id", detail }));
  }
  const given = written.endpoints ?? {};
  for (const [key, url] of Object.entries(given)) {
    if (url === "" || isHttps(url)) continue;
    const detail = `${key} must be an https URL without user, path and query: tokens are sent there.`;
    problems.push(
      report(["endpoints", key], { code: "invalid-endpoint", summary: "Not an https endpoint", detail }),
    );
  }
  const resolved = auth === undefined ? null : resolveAuth(auth, world);
  if (resolved === null) {
    const detail = "A tenant needs auth: with a method, for example { method: azure-cli }.";
    problems.push(report([], { code: "missing-key", summary: "A key is missing", detail }));
    return { tenant: null, problems };
  }
  problems.push(...resolved.problems);
  const cloud = written.cloud ?? "global";
  const base = clouds[cloud];
  const trimmed = Object.fromEntries(
    Object.entries(given).map(([key, url]) => [key, url.replace(/\/+$/, "")]),
  );
  const tenant: Tenant = {
    kind: "microsoft",
    name,
    tenantId: tenantId.toLowerCase(),
    organization: written.organization ?? "",
    cloud,
    auth: resolved.auth,
    endpoints: { ...base, ...trimmed },
    place,
  };
  return { tenant, problems };
}

function isHttps(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, pathname, search, hash } = new URL(url);
  return protocol === "https:" && username === "" && /^\/*$/.test(pathname) && search === "" && hash === "";
}

const needed: Readonly<Record<Auth["method"], readonly (readonly (keyof WrittenAuth)[])[]>> = {
  "client-secret": [["clientId"], ["clientSecret"]],
  "client-certificate": [["clientId"], ["certificate", "certificateFile"]],
  "github-oidc": [["clientId"]],
  "workload-identity": [["clientId"]],
  "managed-identity": [],
  "azure-cli": [],
};

function resolveAuth(
  written: WrittenAuth,
  { report, folder, env, complete }: World,
): { auth: Auth; problems: readonly Diagnostic[] } {
  const problems: Diagnostic[] = [];
  for (const keys of needed[written.method]) {
    if (keys.some((key) => written[key] !== undefined)) continue;
    const detail = `The method ${written.method} needs ${keys.join(" or ")}.`;
    problems.push(report(["auth"], { code: "missing-key", summary: "A key is missing", detail }));
  }
  const { certificateFile } = written;
  const fromFile = certificateFile === undefined ? undefined : fileText(resolve(folder, certificateFile));
  if (certificateFile !== undefined && certificateFile !== "" && fromFile === undefined && complete) {
    const detail = `The file ${certificateFile} could not be read. Signing in to the tenant needs it.`;
    problems.push(
      report(["auth", "certificateFile"], { code: "missing-file", summary: "A file is missing", detail }),
    );
  }
  const certificate = written.certificate ?? fromFile ?? "";
  const tokenFile = written.tokenFile ?? env["AZURE_FEDERATED_TOKEN_FILE"] ?? "";
  return { auth: authOf({ ...written, certificate, tokenFile }), problems };
}

function authOf(written: WrittenAuth): Auth {
  const { method, clientId = "" } = written;
  switch (method) {
    case "client-secret":
      return { method, clientId, clientSecret: written.clientSecret ?? "" };
    case "client-certificate": {
      const { certificate = "", certificatePassword = "" } = written;
      return { method, clientId, certificate, certificatePassword };
    }
    case "workload-identity":
      return { method, clientId, tokenFile: written.tokenFile ?? "" };
    case "github-oidc":
    case "managed-identity":
      return { method, clientId };
    case "azure-cli":
      return { method };
  }
}
