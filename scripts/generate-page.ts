/** Writes the module that holds the script and the style of the HTML report. */
import { writeFileSync } from "node:fs";
import { pageModule, pageModuleFile } from "./page-module.ts";

writeFileSync(new URL(`../${pageModuleFile}`, import.meta.url), await pageModule());
