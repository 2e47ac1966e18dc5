import type { Context, Output } from "../model/context.ts";
import type { Diagnostic } from "../model/diagnostic.ts";

/** How a command talks: results to stdout, everything else to stderr. */
export interface Ui {
  readonly format: "text" | "json";
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Whether text on stdout has colours. */
  readonly color: boolean;
  readonly columns: number;
  /** The result, to stdout. */
  print(parts: Iterable<string> | AsyncIterable<string>): Promise<void>;
  /** A remark, to stderr; not made with --quiet. */
  remark(text: string): Promise<void>;
  /** Diagnostics, to stderr; warnings are left out with --quiet. */
  report(diagnostics: readonly Diagnostic[]): Promise<void>;
}

export interface UiOptions {
  readonly format?: "text" | "json";
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

export function createUi(options: UiOptions, context: Context): Ui {
  const { stdout, stderr } = context;
  const { format = "text", quiet = false, verbose = false } = options;
  const colored = (output: Output): boolean => options.color && mayColor(output, context);
  return {
    format,
    quiet,
    verbose,
    color: colored(stdout),
    columns: stdout.columns,
    async print(parts) {
      for await (const part of parts) await stdout.write(part);
    },
    async remark(text) {
      if (!quiet) await stderr.write(text);
    },
    async report(diagnostics) {
      const shown = quiet ? diagnostics.filter(({ severity }) => severity === "error") : diagnostics;
      if (shown.length === 0) return;
      const { renderDiagnostics } = await import("../render/diagnostics.ts");
      const { columns } = stderr;
      await stderr.write(renderDiagnostics(shown, { color: colored(stderr), columns }));
    },
  };
}

/** @see https://no-color.org and https://force-color.org (for logs that are no terminal and show colours) */
function mayColor(output: Output, { env }: Context): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return output.isTTY && env["TERM"] !== "dumb";
}
