import type { Company } from "./company.ts";
import { contoso } from "./contoso.ts";
import { fabrikam } from "./fabrikam.ts";

/** Organizations of which a sandbox tenant can be made, by what they are called. */
export const companies = { contoso, fabrikam } satisfies Readonly<Record<string, Company>>;
export type CompanyName = keyof typeof companies;
