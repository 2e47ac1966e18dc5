/**
 * How much of people an output hides. `partial`: names become initials, addresses keep only the first letter before
 * the @, field values are masked. `full`: no names, addresses or values, only counts, names of fields and pseudonyms.
 */
export type Redaction = "none" | "partial" | "full";

export const redactions: readonly Redaction[] = ["none", "partial", "full"];

/** Stands in for a value that is hidden. */
export const masked = "(masked)";
