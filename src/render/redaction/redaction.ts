/**
 * How much of people is hidden in an output. `partial`: names as initials, addresses without what stands before the
 * @ but its first letter, values of fields not at all. `full`: no names, addresses or values, only counts, names of
 * fields and pseudonyms.
 */
export type Redaction = "none" | "partial" | "full";

export const redactions: readonly Redaction[] = ["none", "partial", "full"];

/** What stands for a value that is there but hidden. */
export const masked = "(masked)";
