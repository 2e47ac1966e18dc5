import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Written } from "../written.ts";

/** Who is hidden is asked of whoever knows it. */
export function hiddenIsKnown({ sources }: Config, written: Written): readonly Diagnostic[] {
  return [...sources.values()].flatMap((source) => {
    if (source.kind === "csv") return [];
    if (source.hiddenFrom === "exchange") {
      return [
        written.report(["sources", source.name, "hiddenFrom"], {
          code: "not-supported",
          summary: "Not supported by this version",
          detail:
            "This version of galops cannot ask Exchange who is hidden from address lists. For users use `hiddenFrom: graph`; or leave people out by a group, `where` or an extension attribute.",
        }),
      ];
    }
    if (source.kind === "users" || !source.require.includes("visible")) return [];
    return [
      written.report(["sources", source.name, "require"], {
        code: "visible-not-known",
        summary: "Nobody knows who is visible",
        detail:
          "Graph does not know which organizational contacts are hidden from address lists. Take `visible` out, and leave people out by a group or `where`.",
      }),
    ];
  });
}
