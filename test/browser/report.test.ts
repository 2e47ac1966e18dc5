import axe from "axe-core";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { manyChanges } from "../render/many-changes.ts";
import { aWeek, hostile, nothingToDo, pullRequest, trouble } from "../render/plans.ts";
import { incomplete } from "../render/results.ts";
import { findChromium } from "./chromium.ts";
import { names, open, status } from "./world.ts";

const path = findChromium();
if (path === null) {
  process.stderr.write(
    "The report is not looked at in a browser: there is no Chromium. Install one (apt-get install chromium), or name it in CHROMIUM.\n",
  );
}

/** What readers with other means than sight and mouse would trip over. */
async function obstacles(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  // The script before this one has made `axe`.
  const found: unknown = await page.evaluate(
    "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).slice(0, 3).join(' ')}`))",
  );
  return found as readonly string[];
}

// A browser beside other tests is slow.
describe.skipIf(path === null)("the report in Chromium", { timeout: 180_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    // Containers and CI run as root, where Chromium has no sandbox.
    browser = await chromium.launch({ executablePath: path ?? "", args: ["--no-sandbox"] });
  }, 180_000);
  afterAll(async () => await browser.close());

  test("it opens from a file, asks for nothing, and the browser has nothing to complain of", async () => {
    for (const records of [aWeek, trouble, nothingToDo, pullRequest]) {
      const { page, troubles } = await open(browser, records);
      expect(await page.locator("h1").textContent()).toMatch(/to create|No changes/u);
      expect(troubles).toEqual([]);
    }
  });

  test("it can neither fetch, nor run what comes from elsewhere, nor be made to", async () => {
    const { page } = await open(browser, aWeek);
    const tried: unknown = await page.evaluate(`(async () => {
      const blocked = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => blocked.push(effectiveDirective));
      await fetch("https://example.com").catch(() => {});
      const script = document.createElement("script");
      script.append("window.ran = true");
      try { document.body.append(script); } catch { blocked.push("refused"); }
      try { document.body.innerHTML += "<img>"; } catch { blocked.push("refused"); }
      await new Promise((resolve) => setTimeout(resolve));
      return { blocked: blocked.toSorted(), ran: window.ran ?? false };
    })()`);
    expect(tried).toMatchObject({ ran: false });
    expect((tried as { blocked: string[] }).blocked).toEqual(
      expect.arrayContaining(["connect-src", "require-trusted-types-for"]),
    );
  });

  test("names that would like to be markup are text, and what cannot be seen is spelled out", async () => {
    const { page, troubles } = await open(browser, hostile);
    expect(troubles).toEqual([]);
    expect(await page.locator("script").count()).toBe(3);
    expect((await names(page))[0]).toBe(String.raw`Mallory\u{1b}[2J\u{1b}[31m\r\n+ fake line\u{202e}txt.exe`);
    expect(await page.locator(".fields").first().textContent()).toContain("<script>alert(1)</script>");
    expect(await page.locator(".fields").nth(1).textContent()).toContain(
      "looks the same, but its characters differ",
    );
  });

  test("changes are listed by risk, with before and after and the words that differ", async () => {
    const { page } = await open(browser, aWeek);
    expect(await names(page)).toEqual(["Chandra", "Ann Ek", "Bo Li", "Dana Berg", "Fin O'Neill"]);
    const notes = page.locator(".change").nth(1).locator("tr", { hasText: "personalNotes" });
    expect(await notes.locator("del").textContent()).toBe("removed: Mondays");
    expect(await notes.locator("ins").textContent()).toBe("added: Tuesdays");
    const phones = page.locator(".change").nth(1).locator("tr", { hasText: "businessPhones" });
    expect(await phones.locator("del").allTextContents()).toEqual(["removed: +48 22 100 10 02"]);
    expect(await page.locator(".change").first().locator(".mailbox").count()).toBe(4);
  });

  test("search, action, sync, reason and mailbox narrow the list, and can be cleared", async () => {
    const { page } = await open(browser, aWeek);
    await page.fill("#search", "MONDAYS");
    await status(page, "1 of 5");
    expect(await names(page)).toEqual(["Ann Ek"]);
    await page.click("text=Clear filters");
    await status(page, "5 different");
    await page.uncheck("#kind-update");
    expect(await names(page)).toEqual(["Chandra", "Fin O'Neill"]);
    await page.check("#kind-update");
    await page.selectOption("#reason", { label: "edited" });
    expect(await names(page)).toEqual(["Bo Li"]);
    await page.selectOption("#sync", { label: "quiet" });
    await status(page, "None of 5");
    await page.click("text=Clear filters");
    await page.fill("#mailbox", "dana@");
    await status(page, "4 of 5");
    expect(await names(page)).not.toContain("Bo Li");
  });

  test("what is counted leads to its changes: a tile, a sync, a mailbox", async () => {
    const { page } = await open(browser, aWeek);
    await page.click(".tile[data-kind=create]");
    expect(await names(page)).toEqual(["Fin O'Neill"]);
    await page.click("#sync-bars button");
    expect(await page.inputValue("#sync")).toBe("0");
    expect(await names(page)).toHaveLength(5);
    await page.click("#mailboxes button:has-text('bo@contoso.com')");
    expect(await page.inputValue("#mailbox")).toBe("bo@contoso.com");
    expect(await names(page)).toContain("Bo Li");
  });

  test("what a pull request causes is told, labelled and a filter; what it lets through is told", async () => {
    const { page } = await open(browser, pullRequest);
    expect(await page.locator(".allowed").textContent()).toBe("Allowed: --allow deletes=1");
    const rows = page.locator("#caused li");
    expect(
      await rows.locator("svg").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label"))),
    ).toEqual([
      "Caused by this change: 4 to create",
      "Pending on the base: 4 to delete, 8 to update",
      "Drift: 1 to update",
      "Only the base would make: 1 to delete, 2 to update",
    ]);
    expect(await rows.last().locator("button").count()).toBe(0);
    const label = page.locator(".change", { hasText: "Bo Li" }).locator(".cause");
    expect(await label.textContent()).toBe("drift");
    await rows.nth(1).locator("button").click();
    expect(await page.locator("#cause option:checked").textContent()).toBe("pending on the base");
    expect(await names(page)).toEqual(["Chandra", "Ann Ek", "Dana Berg"]);
    await page.selectOption("#cause", { label: "caused by this change" });
    expect(await names(page)).toEqual(["Fin O'Neill"]);
    await page.click("text=Clear filters");
    expect(await names(page)).toHaveLength(5);
  });

  test("nothing is told of causes where no base was asked for", async () => {
    const { page } = await open(browser, aWeek);
    expect(await page.locator("#caused, #cause, .cause, .allowed").count()).toBe(0);
  });

  test("mailboxes can be searched and sorted, and show what is wrong with them", async () => {
    const { page } = await open(browser, trouble);
    const rows = page.locator("#mailboxes tbody tr");
    expect(await rows.count()).toBe(8);
    await page.click("#mailboxes th button:has-text('Withheld')");
    expect(await rows.first().locator("th").textContent()).toContain("@contoso.com");
    expect(await page.locator("#mailboxes th[aria-sort=descending]").textContent()).toBe("Withheld");
    await page.fill("#mailbox-search", "busy");
    expect(await rows.allTextContents()).toEqual([
      expect.stringContaining("mailbox-busy: The mailbox did not answer."),
    ]);
  });

  test("all of it can be done from the keyboard", async () => {
    const { page } = await open(browser, manyChanges({ deletes: 2, updates: 8, creates: 10 }));
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Go to the changes");
    await page.keyboard.press("Enter");
    await page.focus("#kind-delete");
    await page.keyboard.press("Space");
    expect(await page.isChecked("#kind-delete")).toBe(false);
    await page.locator(".change summary").first().focus();
    await page.keyboard.press("Enter");
    await page.locator(".change[open] .fields").waitFor();
    expect(await page.locator(".change[open]").count()).toBe(1);
  });

  test.each(["light", "dark"] as const)(
    "%s and narrow: nobody trips, whatever they see or hear with",
    async (colorScheme) => {
      for (const [records, options] of [
        [pullRequest, {}],
        [trouble, {}],
        [pullRequest, { result: incomplete }],
      ] as const) {
        for (const width of [1280, 390]) {
          const { page } = await open(browser, records, { ...options, colorScheme, width });
          expect(await obstacles(page)).toEqual([]);
          expect(
            await page.evaluate("document.documentElement.scrollWidth - innerWidth"),
          ).toBeLessThanOrEqual(0);
        }
      }
    },
  );

  test("colours are those of the system until others are chosen", async () => {
    const { page } = await open(browser, aWeek, { colorScheme: "dark" });
    const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(await background()).toBe("rgb(14, 17, 22)");
    await page.selectOption("#theme", "light");
    expect(await background()).toBe("rgb(246, 247, 249)");
    await page.reload();
    await page.waitForSelector('html[data-ready="true"]');
    expect(await background()).toBe("rgb(246, 247, 249)");
  });

  test("100,000 changes are one page that draws what is looked at", async () => {
    const { page, troubles } = await open(
      browser,
      manyChanges({ deletes: 10_000, updates: 40_000, creates: 50_000 }),
    );
    await status(page, "100,000 different changes");
    expect(await page.locator(".change").count()).toBe(50);
    expect(await page.evaluate("document.querySelectorAll('*').length")).toBeLessThan(3000);
    await page.fill("#search", "person c1049999");
    await status(page, "1 of 100,000");
    expect(await names(page)).toEqual(["Person c1049999"]);
    await page.click("text=Clear filters");
    await page.click("#changes [aria-label='Last page']");
    expect(await page.locator("#changes .page").textContent()).toBe("Page 2,000 of 2,000");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Changes");
    expect(troubles).toEqual([]);
  });

  test("on paper there is every change with all that is in it, and nothing to press", async () => {
    const { page } = await open(browser, manyChanges({ deletes: 20, updates: 50, creates: 50 }));
    await page.emulateMedia({ media: "print" });
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator(".change[open] .fields").count()).toBe(120);
    expect(await page.locator(".filters").first().isVisible()).toBe(false);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.locator(".change").count()).toBe(50);
    expect((await page.pdf()).subarray(0, 5).toString()).toBe("%PDF-");
  });
});
