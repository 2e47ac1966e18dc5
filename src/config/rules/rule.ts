import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Written } from "../written.ts";

/**
 * Something that must hold between the parts of a config. Looks at all of it and tells everything it finds.
 *
 * @param config - without the tenants, sources and syncs of which something else is wrong already
 */
export type Rule = (config: Config, written: Written) => readonly Diagnostic[];
