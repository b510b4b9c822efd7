import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { act, expect, file, fill, follow, send, test, track, whistle } from "../support/test.ts";
import { photo } from "../support/photo.ts";

/** No violation of WCAG 2.2 AA and of axe's best practices, in this state of the page. */
async function check(page: Page, state: string): Promise<void> {
  const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  const lines = found.violations.map((one) => `${one.id}: ${one.help}\n    ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join("\n    ")}`);
  expect(lines, `${state}: ${page.url()}\n${lines.join("\n")}`).toEqual([]);
}

const LONG = "很长的一句话没有停顿".repeat(180) + "https://example.com/" + "x".repeat(180);

for (const language of ["zh-Hans", "en"]) {
  test.describe(`axe, ${language}`, () => {
    test.beforeEach(async ({ page }) => {
      await page.goto(`/?lang=${language}`);
    });

    test("full: every page of the city", async ({ page }) => {
      test.setTimeout(400_000);
      for (const path of ["/", "/whistle", "/track", "/cases", "/communities", "/services", "/help/accessibility", "/help/privacy", "/help/metrics", "/help/contact", "/data", "/ledger"]) {
        await page.goto(path);
        await check(page, "full");
      }
      for (const list of ["/cases", "/communities", "/services"]) {
        await page.goto(list);
        await follow(page.locator(`main a[href^="${list}/"]`).first());
        await check(page, "full");
      }
    });

    test("empty: lists and search with nothing in them", async ({ page }) => {
      for (const path of ["/cases?q=qqqqqqqq", "/communities?q=qqqqqqqq", "/services?q=qqqqqqqq"]) {
        await page.goto(path);
        await check(page, "empty");
      }
    });

    test("error: the form, the code, the missing page", async ({ page }) => {
      await page.goto("/whistle");
      await send(act(page, "file"));
      await expect(page.locator('[role="alert"]')).toBeVisible();
      await check(page, "error");
      await fill(page, whistle({ description: "", danger: "yes" }));
      await page.locator("input[type=file][name=photos]").setInputFiles([photo()]);
      await send(act(page, "file"));
      await check(page, "error with photos");
      await page.goto("/track");
      await page.locator("[name=code]").fill("123");
      await send(page.locator("main form:has([name=code]) button"));
      await check(page, "error");
      await page.goto("/not-here");
      await check(page, "error");
    });

    test("long: words without a break, in the form, on the case and in the list", async ({ page }) => {
      await page.goto("/whistle");
      await fill(page, whistle({ description: LONG, place: "长".repeat(100) }));
      await send(act(page, "preview"));
      await check(page, "long preview");
      await send(act(page, "file"));
      await expect(page).toHaveURL(/receipt/);
      await check(page, "receipt");
    });

    test("the reporter's pages: receipt, tracked case", async ({ page }) => {
      const { code } = await file(page, { visibility: "private" }, [photo()]);
      await check(page, "receipt");
      await track(page, code);
      await check(page, "tracked");
    });

    test("expired: the receipt and the tracked case after their time", async ({ page }) => {
      await file(page);
      await page.context().clearCookies();
      await page.goto(`/whistle/receipt?lang=${language}`);
      await check(page, "expired receipt");
      await page.goto("/track");
      await check(page, "expired tracking");
    });
  });
}

test("axe in the dark, enlarged and on a wide screen", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  for (const path of ["/", "/whistle", "/cases"]) {
    await page.goto(path);
    await check(page, "dark");
  }
  await page.setViewportSize({ width: 1200, height: 900 });
  for (const path of ["/?size=large", "/whistle", "/cases"]) {
    await page.goto(path);
    await check(page, "dark, large, wide");
  }
});
