import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import type { PlanRecord } from "../../src/model/plan.ts";
import { renderHtml } from "../../src/render/html/html.ts";
import type { HtmlOptions } from "../../src/render/html/html.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { joined, streamed } from "../plan/world.ts";

export interface Opened {
  readonly page: Page;
  /** What the browser complained of, and what the page asked for besides itself. */
  readonly troubles: readonly string[];
}

/** A report as a reader opens it: from a file. */
export async function open(
  browser: Browser,
  records: readonly PlanRecord[],
  options: Partial<HtmlOptions> & { readonly colorScheme?: "light" | "dark"; readonly width?: number } = {},
): Promise<Opened> {
  const { colorScheme = "light", width = 1280, ...rest } = options;
  const file = path.join(temporaryFolder(), "report.html");
  writeFileSync(file, await joined(renderHtml(streamed(records), { redaction: "none", ...rest })));
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme,
    reducedMotion: "reduce",
  });
  onTestFinished(() => page.close());
  const troubles: string[] = [];
  const address = pathToFileURL(file).href;
  page.on("console", (message) => troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(error.message));
  page.on("dialog", (dialog) => {
    troubles.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith("data:")) troubles.push(url);
  });
  await page.goto(address);
  await page.waitForSelector('html[data-ready="true"]');
  return { page, troubles };
}

/** Names of the people whose changes are listed, from top to bottom. */
export async function names(page: Page): Promise<readonly string[]> {
  return await page.locator(".change .name").allTextContents();
}

/** Waits until the list says so. */
export async function status(page: Page, text: string): Promise<void> {
  await page.locator("#changes .status").filter({ hasText: text }).waitFor();
}
