/**
 * What a plan without changes costs: galops in a process of its own, against a sandbox tenant behind TLS in this one,
 * so that only galops' own work is counted. The contacts are made once, by galops apply; then each size is planned
 * several times, and the run with the middle CPU time is shown. CPU time, user's and system's, of all threads: on a
 * machine that others use at the same time it is a third higher, too. Then what mail contacts cost; see exchange.ts.
 * `npm run bench`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { measureExchange } from "./exchange.ts";
import type { ExchangeFigures } from "./exchange.ts";
import { openBenchTenant } from "./tenant.ts";
import type { BenchTenant } from "./tenant.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = path.join(root, "dist/cli/bin.js");
/** Mailboxes of each size. One shows what is spent before the first contact, the last what each contact costs. */
const sizes = [1, 50, 100, 200];
const runs = 5;

interface Figures {
  readonly mailboxes: number;
  readonly contacts: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly requests: number;
  readonly wallSeconds: number;
}

async function galops(
  tenant: BenchTenant,
  folder: string,
  ...args: string[]
): Promise<{ readonly out: string; readonly cpuSeconds: number; readonly peakMegabytes: number }> {
  const usage = path.join(folder, "usage.json");
  const command = ["--import", path.join(root, "scripts/bench/usage.mjs"), bin, ...args, "--quiet"];
  const child = spawn(process.execPath, command, {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...tenant.env, BENCH_USAGE: usage },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [out, [code]] = await Promise.all([text(child.stdout), once(child, "close") as Promise<[number]>]);
  if (code !== 0) throw new Error(`galops ${args.join(" ")} ended with ${code}`);
  const used = JSON.parse(readFileSync(usage, "utf8")) as { cpuSeconds: number; peakMegabytes: number };
  return { out, ...used };
}

async function planOnce(tenant: BenchTenant, folder: string, mailboxes: number): Promise<Figures> {
  const config = tenant.configFor(mailboxes);
  const before = tenant.requests();
  const start = performance.now();
  const run = await galops(tenant, folder, "plan", config, "--format", "json", "--detailed-exitcode");
  const wallSeconds = (performance.now() - start) / 1000;
  const { summary } = JSON.parse(run.out) as { summary: { unchanged: number } };
  const { cpuSeconds, peakMegabytes } = run;
  const requests = tenant.requests() - before;
  return { mailboxes, contacts: summary.unchanged, cpuSeconds, peakMegabytes, requests, wallSeconds };
}

/** The run with the middle CPU time. */
async function measure(tenant: BenchTenant, folder: string, mailboxes: number): Promise<Figures> {
  const all: Figures[] = [];
  for (let run = 0; run < runs; run++) all.push(await planOnce(tenant, folder, mailboxes));
  const middle = all.toSorted((one, other) => one.cpuSeconds - other.cpuSeconds)[Math.floor(runs / 2)];
  if (middle === undefined) throw new Error("Nothing was measured.");
  return middle;
}

function print(figures: readonly Figures[]): void {
  const heads = ["mailboxes", "contacts", "CPU s", "peak MB", "requests", "wall s", "contacts per CPU s"];
  const row = (cells: readonly (string | number)[]): string =>
    cells.map((cell, index) => String(cell).padStart(heads[index]?.length ?? 0)).join("  ");
  console.log(row(heads));
  for (const { mailboxes, contacts, cpuSeconds, peakMegabytes, requests, wallSeconds } of figures) {
    const [cpu, peak, wall] = [cpuSeconds.toFixed(2), peakMegabytes.toFixed(0), wallSeconds.toFixed(2)];
    console.log(row([mailboxes, contacts, cpu, peak, requests, wall, Math.round(contacts / cpuSeconds)]));
  }
  const [first, last] = [figures[0], figures.at(-1)];
  if (first === undefined || last === undefined) return;
  const perSecond = (last.contacts - first.contacts) / (last.cpuSeconds - first.cpuSeconds);
  console.log(`Beyond start, sign-in and sources: ${Math.round(perSecond)} contacts per CPU second.`);
}

function printExchange(figures: ExchangeFigures): void {
  const { creates, tookSeconds, forecastSeconds, mailContacts, requests } = figures;
  console.log(`A plan without changes, ${mailContacts} mail contacts: ${requests} Exchange requests.`);
  const share = (tookSeconds / forecastSeconds).toFixed(2);
  console.log(
    `${creates} mail contacts made at 1.5 s a cmdlet, on a simulated clock: ${tookSeconds} s, ` +
      `${share} times the ${forecastSeconds} s that the plan forecasts by the budgets.`,
  );
}

const folder = mkdtempSync(path.join(tmpdir(), "galops-bench-"));
const tenant = await openBenchTenant(folder);
try {
  const config = tenant.configFor(Math.max(...sizes));
  await galops(tenant, folder, "apply", "--config", config, "--auto-approve", "--format", "json");
  const figures: Figures[] = [];
  for (const mailboxes of sizes) figures.push(await measure(tenant, folder, mailboxes));
  print(figures);
  printExchange(await measureExchange(folder));
} finally {
  await tenant.close();
  rmSync(folder, { recursive: true, force: true });
}
