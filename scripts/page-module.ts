import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** Of jsdiff, a part of which is in the page; its licence wants it to be told. */
const notice = "/* Contains jsdiff (c) 2009-2015 Kevin Decker, BSD-3-Clause. */";
const page = new URL("../src/render/html/page/", import.meta.url);

/** Where the module is that `pageModule` gives, from the root of the project. */
export const pageModuleFile = "src/render/html/page.gen.ts";

/** The script and the style of the report as a module, with the hashes by which the page lets them in. */
export async function pageModule(): Promise<string> {
  const script = `\n${notice}\n${await bundled()}`;
  const style = `\n${readFileSync(new URL("page.css", page), "utf8")}`;
  return [
    "// Generated from src/render/html/page by `npm run generate`. Do not edit.",
    `export const scriptHash = ${JSON.stringify(hashOf(script))};`,
    `export const styleHash = ${JSON.stringify(hashOf(style))};`,
    `export const pageScript = ${template(script)};`,
    `export const pageStyle = ${template(style)};`,
    "",
  ].join("\n");
}

async function bundled(): Promise<string> {
  const build = await rolldown({ input: fileURLToPath(new URL("main.ts", page)), platform: "browser" });
  const { output } = await build.generate({ format: "iife", minify: false });
  await build.close();
  return output[0].code;
}

/** @see https://www.w3.org/TR/CSP3/#match-element-to-source-list */
function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function template(text: string): string {
  return `\`${text.replaceAll(/[`\\]|\$\{/gu, String.raw`\$&`)}\``;
}
