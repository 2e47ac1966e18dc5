/** Which command prints which formats; the first is what it prints when nothing is asked for. */
export const formats = {
  validate: ["text", "json"],
  plan: ["text", "json", "markdown"],
  show: ["text", "json", "markdown"],
  runs: ["text", "json"],
  apply: ["text", "json", "markdown"],
} as const satisfies Record<string, readonly string[]>;

export type FormatOf<Command extends keyof typeof formats> = (typeof formats)[Command][number];

export type Format = FormatOf<keyof typeof formats>;
