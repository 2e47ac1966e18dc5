import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Redactor } from "./redactor.ts";

/** Removes people from a diagnostic. Diagnostics about the config alone may quote the config. */
export function redactDiagnostic(diagnostic: Diagnostic, redactor: Redactor): Diagnostic {
  if (redactor.level === "none") return diagnostic;
  const { severity, code, summary, detail, place, excerpt, requestId, names = [] } = diagnostic;
  const isOfConfig = names.length === 0 && place !== null && /\.ya?ml$/iu.test(place.file);
  return {
    severity,
    code,
    summary,
    detail: isOfConfig ? redactor.text(detail, names) : redactor.foreignText(detail, names),
    place,
    // An excerpt of a file of people contains nothing but people.
    ...(excerpt === undefined || !isOfConfig ? {} : { excerpt: redactor.text(excerpt) }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}
