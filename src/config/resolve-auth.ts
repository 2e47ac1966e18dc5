import type { Auth } from "../model/config.ts";
import type { Environment } from "../model/context.ts";
import type { Diagnostic, Place } from "../model/diagnostic.ts";
import type { Path, Report } from "./config-file.ts";
import { readSecretFile, secretPath } from "./secret-file.ts";
import type { ClientCertificateAuth, MicrosoftTenant, WorkloadIdentityAuth } from "./written-config.gen.ts";

/** What is known around a tenant; paths begin at the tenant. */
export interface TenantWorld {
  readonly folder: string;
  readonly env: Environment;
  readonly place: Place;
  /** Whether a secret that is not there is an error, or only a warning. */
  readonly secrets: "needed" | "optional";
  /** Whether a value could not be looked up, which has been told. */
  readonly isUnknown: (path: Path) => boolean;
  /** What is written where a reference was replaced; null elsewhere. */
  readonly asWritten: (path: Path) => string | null;
  readonly report: (path: Path, report: Report) => Diagnostic;
}

interface ResolvedAuth {
  readonly auth: Auth;
  readonly problems: readonly Diagnostic[];
}

/** How a tenant is signed in to, and what is wrong with it beyond the schema. */
export function resolveAuth(written: MicrosoftTenant["auth"], world: TenantWorld): ResolvedAuth {
  switch (written.method) {
    case "client-certificate":
      return withCertificate(written, world);
    case "workload-identity":
      return withTokenFile(written, world);
    case "managed-identity":
      return { auth: { method: written.method, clientId: written.clientId ?? "" }, problems: [] };
    case "client-secret":
    case "github-oidc":
    case "azure-cli":
      return { auth: written, problems: [] };
  }
}

function withCertificate(written: ClientCertificateAuth, world: TenantWorld): ResolvedAuth {
  const { method, clientId, certificate, certificateFile, certificatePassword = "" } = written;
  const auth = (pem: string): Auth => ({ method, clientId, certificate: pem, certificatePassword });
  if ((certificate === undefined) === (certificateFile === undefined)) {
    return { auth: auth(""), problems: [world.report(["auth", "method"], oneCertificate)] };
  }
  if (certificateFile === undefined) return { auth: auth(certificate ?? ""), problems: [] };
  if (world.isUnknown(["auth", "certificateFile"])) return { auth: auth(""), problems: [] };
  const read = readSecretFile(world.folder, certificateFile);
  if ("text" in read) return { auth: auth(read.text), problems: [] };
  const report = "refused" in read ? read.refused : noCertificate(read.why, world);
  return { auth: auth(""), problems: [world.report(["auth", "certificateFile"], report)] };
}

function withTokenFile(written: WorkloadIdentityAuth, world: TenantWorld): ResolvedAuth {
  const { method, clientId, tokenFile } = written;
  const auth = (path: string): Auth => ({ method, clientId, tokenFile: path });
  if (world.isUnknown(["auth", "tokenFile"])) return { auth: auth(""), problems: [] };
  if (tokenFile !== undefined) {
    const path = secretPath(world.folder, tokenFile);
    if (typeof path === "string") return { auth: auth(path), problems: [] };
    return { auth: auth(""), problems: [world.report(["auth", "tokenFile"], path)] };
  }
  const fromPlatform = world.env["AZURE_FEDERATED_TOKEN_FILE"] ?? "";
  const isMissing = fromPlatform === "" && world.secrets === "needed";
  return {
    auth: auth(fromPlatform),
    problems: isMissing ? [world.report(["auth", "method"], noTokenFile)] : [],
  };
}

const oneCertificate: Report = {
  code: "missing-key",
  summary: "A key is missing",
  detail: "Signing in with a certificate needs certificate or certificateFile: one of the two, and not both.",
};

const noTokenFile: Report = {
  code: "missing-key",
  summary: "A key is missing",
  detail:
    "Signing in with a workload identity needs a token. Name its file by tokenFile, or run where the platform sets AZURE_FEDERATED_TOKEN_FILE.",
};

function noCertificate(why: string, { secrets }: TenantWorld): Report {
  const report = {
    code: "missing-file",
    summary: "A file is missing",
    detail: `The file with the certificate cannot be read: ${why}. Without it galops cannot sign in to the tenant; plan and apply need it.`,
  };
  return secrets === "optional" ? { ...report, severity: "warning" } : report;
}
