import type { ApplyResult } from "../../model/apply-result.ts";
import type { Format } from "../interface/formats.ts";
import type { Spool } from "../plans/spool.ts";
import type { Ui } from "./ui.ts";

/** What GitHub takes as a comment, in characters. */
const commentSize = 65_536;

/** Formats that tell a plan and what became of it in one document. */
type DocumentFormat = Extract<Format, "markdown" | "html" | "junit">;

export function isDocument(format: Format): format is DocumentFormat {
  return format === "markdown" || format === "html" || format === "junit";
}

/** A plan as a document. @param result - what became of it; null when it was not made */
export async function* planDocument(
  format: DocumentFormat,
  plan: Spool,
  result: ApplyResult | null,
  ui: Ui,
): AsyncIterable<string> {
  const records = ui.records(plan, "result");
  const shown = result === null ? undefined : ui.outcome(result);
  switch (format) {
    case "markdown": {
      const { renderMarkdown } = await import("../../render/markdown/markdown.ts");
      yield await renderMarkdown(records, { budget: commentSize, result: shown });
      break;
    }
    case "html": {
      const { renderHtml } = await import("../../render/html/html.ts");
      yield* renderHtml(records, { redaction: ui.redaction, result: shown });
      break;
    }
    case "junit": {
      const { renderJunit } = await import("../../render/junit.ts");
      yield* renderJunit(records, shown ?? null);
      break;
    }
  }
}
