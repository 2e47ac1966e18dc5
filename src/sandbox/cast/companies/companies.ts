import type { Company } from "./company.ts";
import { contoso } from "./contoso.ts";
import { fabrikam } from "./fabrikam.ts";

/** The organizations that a sandbox tenant can be created from, by name. */
export const companies = { contoso, fabrikam } satisfies Readonly<Record<string, Company>>;
export type CompanyName = keyof typeof companies;
