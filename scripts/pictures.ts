/**
 * Makes the pictures of the README: the comment that a pull request gets, and the report of its plan. Chromium is the
 * one of the machine, or what CHROMIUM names.
 */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { commentPage } from "./pictures/comment-page.ts";
import { pullRequest } from "./pictures/pull-request.ts";

const folder = fileURLToPath(new URL("../docs/images/", import.meta.url));
mkdirSync(folder, { recursive: true });
const { comment, report } = await pullRequest();
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-lcd-text"],
});
try {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await browser.newPage({
      colorScheme,
      bypassCSP: true,
      viewport: { width: 912, height: 600 },
    });
    await page.setContent(commentPage(comment));
    await page.locator("summary", { hasText: "to update" }).click();
    await page.screenshot({ path: `${folder}comment-${colorScheme}.png`, fullPage: true });
    await page.setViewportSize({ width: 1280, height: 1340 });
    await page.setContent(report);
    await page.waitForSelector('html[data-ready="true"]');
    // What an office has; a machine that only runs tests has no such font.
    await page.addStyleTag({ content: "body { font-family: Inter, sans-serif }" });
    await page.locator(".change summary", { hasText: "Bo Li-Ek" }).click();
    await page.evaluate("scrollTo(0, 0)");
    await page.mouse.move(0, 0);
    await page.screenshot({ path: `${folder}report-${colorScheme}.png` });
    await page.close();
  }
} finally {
  await browser.close();
}
