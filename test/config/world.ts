import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadConfig } from "../../src/config/load.ts";
import type { Person } from "../../src/model/person.ts";

/** A folder of its own for a test, gone when the test is over. */
export interface ConfigFolder extends Disposable {
  readonly path: string;
  write(file: string, content: string | Uint8Array): void;
  /** What becomes of the text as galops.yaml; without a text, of what the folder holds. */
  load(
    text?: string | Uint8Array,
    options?: {
      readonly env?: Readonly<Record<string, string>>;
      readonly secrets?: "needed" | "optional";
      readonly path?: string;
    },
  ): ReturnType<typeof loadConfig>;
  /** Codes of all problems with line and column, in order. */
  problems(text: string, env?: Readonly<Record<string, string>>): Promise<readonly string[]>;
}

export function configFolder(): ConfigFolder {
  const path = mkdtempSync(join(tmpdir(), "galops-config-"));
  const write: ConfigFolder["write"] = (file, content) => {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), content);
  };
  const load: ConfigFolder["load"] = (text, options = {}) => {
    if (text !== undefined) write("galops.yaml", text);
    const { env = {}, secrets = "needed" } = options;
    return loadConfig(options.path ?? null, { cwd: path, env }, { secrets });
  };
  return {
    path,
    write,
    load,
    async problems(text, env = {}) {
      const { diagnostics } = await load(text, { env });
      return diagnostics.map(({ code, place }) =>
        place === null ? code : `${code} ${place.line}:${place.column}`,
      );
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

export const tenantId = "5b0c4f7e-0000-4000-8000-0000000000c0";
/** What no error may show. */
export const secret = "hunter2hunter2";
export const owner = "0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11";

/** A config with one of each, of which nothing is wrong. */
export function config(parts: {
  readonly tenant?: string;
  readonly source?: string;
  readonly to?: string;
  readonly mailboxes?: string;
  /** Lines of the sync, without indentation. */
  readonly sync?: string;
}): string {
  const lines = (parts.sync ?? "").split("\n").filter((line) => line !== "");
  const { mailboxes = "{ all: true }" } = parts;
  const { to = `{ kind: mailbox-contacts, tenant: practice, mailboxes: ${mailboxes} }` } = parts;
  return `version: 1
tenants:
  practice: ${parts.tenant ?? "{ sandbox: practice.tenant.json }"}
sources:
  staff: ${parts.source ?? "{ kind: users, tenant: practice }"}
syncs:
  directory:
    owner: ${owner}
    from: [staff]
    to: ${to}
${lines.map((line) => `    ${line}\n`).join("")}`;
}

/** Nobody in particular: every property is empty. */
export const nobody: Person = {
  id: "",
  tenant: "",
  source: "",
  kind: "",
  displayName: "",
  givenName: "",
  surname: "",
  mail: "",
  mailNickname: "",
  userPrincipalName: "",
  jobTitle: "",
  department: "",
  companyName: "",
  officeLocation: "",
  employeeId: "",
  employeeType: "",
  mobilePhone: "",
  faxNumber: "",
  street: "",
  city: "",
  state: "",
  postalCode: "",
  country: "",
  usageLocation: "",
  preferredLanguage: "",
  managerName: "",
  managerMail: "",
  otherMails: [],
  proxyAddresses: [],
  businessPhones: [],
  homePhones: [],
  imAddresses: [],
  groups: [],
  enabled: true,
  licensed: true,
  hidden: false,
  external: false,
  key: "",
  photo: "",
  extensionAttributes: {},
  attributes: {},
};

/** Code and place of each problem, the place as what stands there. */
export async function told(text: string): Promise<readonly string[]> {
  using folder = configFolder();
  const { diagnostics } = await folder.load(text);
  return diagnostics.map(({ code, place }) => {
    const line = text.split("\n")[(place?.line ?? 0) - 1] ?? "";
    return `${code} ${/^[\w.@%/-]+|./.exec(line.slice((place?.column ?? 0) - 1))?.[0] ?? ""}`;
  });
}
