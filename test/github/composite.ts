import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { run } from "../../src/cli/program.ts";
import { createNetworkFetch } from "../../src/http/network.ts";
import { fakeContext } from "../fakes/context.ts";
import { readOutputs } from "./actions-world.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** A machine that runs composite actions: a checkout, a temporary folder, an environment. */
export interface Runner {
  readonly checkout: string;
  readonly temp: string;
  readonly env: Readonly<Record<string, string>>;
  /** The checkout that the actions are of; left out, this one. */
  readonly actions?: string;
  /** Is told each step with its process, the only one that GitHub's runner signals when the step is cancelled. */
  readonly onStep?: (id: string, child: ChildProcess) => void;
}

export interface ActionRun {
  readonly failed: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly log: string;
}

/**
 * A galops on the PATH of the runner, as actions/setup leaves it. It is this process that does what it is asked, through
 * the network all the same: starting so many processes would take longer than all they do.
 */
export async function installGalops(temp: string): Promise<{ readonly bin: string; close(): Promise<void> }> {
  let calls = 0;
  const galops = async (request: string): Promise<string> => {
    const [cwd = "", count = "", ...rest] = request.split("\0");
    const argv = rest.slice(0, Number(count));
    const env = Object.fromEntries(
      rest.slice(Number(count), -1).map((line) => {
        const at = line.indexOf("=");
        return [line.slice(0, at), line.slice(at + 1)];
      }),
    );
    const fake = fakeContext({ cwd, env, fetch: createNetworkFetch({}) });
    const code = await run(argv, fake.context);
    const files = ["out", "err"].map((name) => path.join(temp, `galops-${calls}.${name}`));
    calls++;
    for (const [index, text] of [fake.stdout(), fake.stderr()].entries())
      writeFileSync(files[index] ?? "", text);
    return [code, ...files].join(" ");
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on(
      "end",
      () => void galops(Buffer.concat(chunks).toString("utf8")).then((text) => response.end(text)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const bin = path.join(temp, "bin");
  mkdirSync(bin, { recursive: true });
  const script = `#!/usr/bin/env bash
read -r code out err < <({ printf '%s\\0' "$PWD" "$#" "$@"; env -0; } | curl -sS --noproxy '*' --data-binary @- http://127.0.0.1:${port}; echo)
cat "$out"
cat "$err" >&2
exit "$code"
`;
  writeFileSync(path.join(bin, "galops"), script);
  chmodSync(path.join(bin, "galops"), 0o755);
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { bin, close };
}

/** Runs the scripts of a composite action of ours in their order, as far as the runner of GitHub would. */
export async function runAction(
  name: string,
  given: Readonly<Record<string, string>>,
  runner: Runner,
): Promise<ActionRun> {
  const folder = path.join(runner.actions ?? root, ".github/actions", name);
  const action = parse(readFileSync(path.join(folder, "action.yml"), "utf8")) as Action;
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([input, { default: otherwise = "" }]) => [
      input,
      given[input] ?? otherwise,
    ]),
  );
  const steps: Record<string, Readonly<Record<string, string>>> = {};
  let failed = false;
  let log = "";
  const evaluated = (text: string): string =>
    text.replaceAll(/\$\{\{\s*([\w.-]+)\s*\}\}/gu, (_, expression: string) => {
      const [of, one = "", , output = ""] = expression.split(".");
      if (of === "inputs") return evaluated(inputs[one] ?? "");
      if (of === "steps") return steps[one]?.[output] ?? "";
      if (expression === "github.action_path") return folder;
      if (expression === "github.token") return runner.env["GITHUB_TOKEN"] ?? "";
      throw new Error(`The test's runner does not know ${expression}.`);
    });
  const summaryFile = path.join(runner.temp, "summary.md");
  rmSync(summaryFile, { force: true });
  for (const [index, step] of action.runs.steps.entries()) {
    const always = /always\(\)|!cancelled\(\)/u.test(step.if ?? "");
    if (step.run === undefined || (failed && !always)) continue;
    if (step.if?.includes("report != 'none'") === true && inputs["report"] === "none") continue;
    const output = path.join(runner.temp, `output-${index}`);
    rmSync(output, { force: true });
    const env = Object.fromEntries(
      Object.entries(step.env ?? {}).map(([key, value]) => [key, evaluated(value)]),
    );
    const ended = await bash(
      step.run,
      runner.checkout,
      {
        ...runner.env,
        RUNNER_TEMP: runner.temp,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summaryFile,
        ...env,
      },
      (child) => runner.onStep?.(step.id ?? "", child),
    );
    log += ended.text;
    failed ||= ended.code !== 0;
    if (step.id !== undefined) steps[step.id] = readOutputs(output);
  }
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([output, { value }]) => [output, evaluated(value)]),
  );
  const summary = existsSync(summaryFile) ? readFileSync(summaryFile, "utf8") : "";
  return { failed, outputs, summary, log };
}

/** As `shell: bash` runs a step. */
export async function bash(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  onStart: (child: ChildProcess) => void = () => {},
): Promise<{ readonly code: number; readonly text: string }> {
  // A file, as there: of `-c` bash would make the last command its own process.
  const folder = mkdtempSync(path.join(tmpdir(), "galops-step-"));
  const file = path.join(folder, "step.sh");
  writeFileSync(file, script);
  const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", file], { cwd, env });
  onStart(child);
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  child.stderr.on("data", (part: Buffer) => parts.push(part));
  const code = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (ended) => resolve(ended ?? 1));
  });
  rmSync(folder, { recursive: true });
  return { code, text: Buffer.concat(parts).toString("utf8") };
}
