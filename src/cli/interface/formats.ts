/** Which command prints which formats; the first is what it prints when nothing is asked for. */
export const formats = {
  validate: ["text", "json", "sarif", "github"],
  plan: ["text", "json", "markdown", "html"],
  show: ["text", "json", "markdown", "html"],
  runs: ["text", "json"],
  rollback: ["text", "json"],
  apply: ["text", "json", "markdown", "html", "junit"],
} as const satisfies Record<string, readonly string[]>;

export type FormatOf<Command extends keyof typeof formats> = (typeof formats)[Command][number];

export type Format = FormatOf<keyof typeof formats>;
