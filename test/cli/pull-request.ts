import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { config, edit, office } from "./office.ts";
import type { Office } from "./office.ts";

// What a pull request sees: the base branch in a folder of its own, as CI checks it out, without the tenant's file.

interface PullRequest extends Office {
  /** Writes what the base branch has. */
  base(text: string, file?: string): void;
}

/** Both branches have the config that was applied. */
export async function pullRequest(): Promise<PullRequest> {
  const made = await office();
  mkdirSync(path.join(made.folder, "base"));
  const base = (text: string, file = "galops.yaml"): void =>
    writeFileSync(path.join(made.folder, "base", file), text);
  base(config);
  await made.galops("apply", "--auto-approve");
  return { ...made, base };
}

export interface PlanJson {
  readonly id: string;
  readonly summary: Readonly<Record<string, number>>;
  readonly comparison?: {
    readonly baseDigest: string | null;
    readonly causes: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly dropped: Readonly<Record<string, number>>;
  };
  readonly syncs: readonly {
    readonly name: string;
    readonly books: readonly {
      readonly mailbox: string;
      readonly changes: readonly {
        readonly action: string;
        readonly displayName: string;
        readonly cause?: string;
      }[];
    }[];
  }[];
  readonly diagnostics: readonly {
    readonly severity: string;
    readonly code: string;
    readonly detail: string;
  }[];
}

export async function planned({ galops }: Office, ...argv: readonly string[]): Promise<PlanJson> {
  const { code, stdout, stderr } = await galops("plan", "--format", "json", ...argv);
  expect(stderr).not.toContain("Error:");
  expect(code).toBe(0);
  return JSON.parse(stdout) as PlanJson;
}

export const codes = ({ diagnostics }: PlanJson): readonly string[] => diagnostics.map(({ code }) => code);

/** The source changes, in both mailboxes. */
export const promote = (there: Office): Promise<void> =>
  edit(there, "set-user", "eve.oconnor@contoso.com", "jobTitle=Chief");
