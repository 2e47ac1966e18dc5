import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Written } from "../written.ts";

/** Who is hidden is asked of whoever knows it. */
export function hiddenIsKnown({ sources }: Config, written: Written): readonly Diagnostic[] {
  return [...sources.values()].flatMap((source) => {
    if (source.kind !== "org-contacts" || source.hiddenFrom === "exchange") return [];
    if (!source.require.includes("visible")) return [];
    return [
      written.report(["sources", source.name, "require"], {
        code: "visible-not-known",
        summary: "Visibility cannot be determined",
        detail:
          "Graph does not know which organizational contacts are hidden from address lists. Add `hiddenFrom: exchange`, or remove `visible` and exclude people by a group or `where`.",
      }),
    ];
  });
}
