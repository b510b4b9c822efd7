import { expect, expectNoSidewaysScroll, follow, test } from "../support/test.ts";

const pages = ["/", "/whistle", "/track", "/cases", "/communities", "/services", "/help/accessibility", "/help/privacy", "/help/metrics", "/help/contact", "/data", "/ledger"];

test.describe("Everybody looks around", () => {
  test("every page answers, says it is a demo, has one heading and one main", { tag: "@once" }, async ({ page }) => {
    for (const path of pages) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(200);
      await expect(page.locator("h1"), path).toHaveCount(1);
      await expect(page.locator("main"), path).toHaveCount(1);
      await expect(page.locator("body"), path).toContainText("演示系统，不是政府网站");
      const headers = answer?.headers() ?? {};
      expect(headers["content-security-policy"], path).toContain("default-src 'none'");
      expect(headers["content-security-policy"], path).not.toContain("unsafe-inline");
      expect(headers["x-robots-tag"], path).toContain("noindex");
    }
  });

  test("no page scrolls sideways at 320 px, in any language or size", { tag: "@once" }, async ({ page }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width: 320, height: 640 });
    for (const query of ["?lang=zh-Hans", "?lang=zh-Hant", "?lang=en", "?lang=en&size=large"]) {
      for (const path of pages) {
        await page.goto(path + query);
        await expectNoSidewaysScroll(page);
      }
      await page.goto("/cases" + query);
      await follow(page.locator('main a[href^="/cases/"]').first());
      await expectNoSidewaysScroll(page);
    }
  });

  test("no link on the main pages leads nowhere", { tag: "@once" }, async ({ page, request }) => {
    test.setTimeout(240_000);
    const seen = new Set<string>();
    for (const path of pages) {
      await page.goto(path);
      for (const link of await page.locator("a[href^='/']").all()) {
        const address = ((await link.getAttribute("href")) as string).replace(/#.*/, "");
        if (address && !seen.has(address)) seen.add(address);
      }
    }
    expect(seen.size).toBeGreaterThan(10);
    for (const address of [...seen].slice(0, 300)) expect((await request.get(address)).status(), address).toBe(200);
  });

  test("language and size stay on the page and its query, and are remembered", async ({ page }) => {
    await page.goto("/cases?q=路灯");
    await page.locator('a[href*="lang=en"]').first().click();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    expect(new URL(page.url()).pathname).toBe("/cases");
    expect(new URL(page.url()).searchParams.get("q")).toBe("路灯");
    await page.goto("/communities");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.locator('a[href*="lang=zh-Hant"]').first().click();
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hant");
    await page.locator('a[href*="size=large"]').first().click();
    await expect(page.locator("html")).toHaveAttribute("data-size", "large");
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("data-size", "large");
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hant");
  });

  test("cases: search, filter, next page; each leads to a case", async ({ page }) => {
    await page.goto("/cases");
    const links = page.locator('main a[href^="/cases/"]');
    const first = await links.first().getAttribute("href");
    const next = page.locator('a[rel=next]').first();
    await next.click();
    await expect(page).toHaveURL(/after=/);
    await expect(links.first()).not.toHaveAttribute("href", first as string);
    await page.goto("/cases?q=" + encodeURIComponent("没有一件会写这句话"));
    await expect(page.locator("h1")).toBeVisible();
    await expect(page.locator('main a[href^="/cases/"]')).toHaveCount(0);
    await page.goto("/cases?state=ended");
    await expect(page.locator("h1")).toBeVisible();
    await page.goto("/cases");
    await follow(links.first());
    await expect(page.locator("h1")).toBeVisible();
    expect(page.url()).toMatch(/\/cases\/[^/?]+$/);
  });

  test("communities: all 102, found by name, former name and pinyin; each has a page", async ({ page }) => {
    await page.goto("/communities");
    const links = page.locator('main a[href^="/communities/"]');
    expect(await links.count()).toBeGreaterThanOrEqual(102);
    for (const word of ["象岗", "xianggang"]) {
      await page.goto("/communities?q=" + encodeURIComponent(word));
      await expect(page.locator("main"), word).toContainText("象岗社区");
    }
    await page.locator('main a[href^="/communities/"]').first().click();
    await expect(page.locator("h1")).toContainText("社区");
  });

  test("what is not there says so, and leads on", async ({ page }) => {
    for (const path of ["/nothing-here", "/cases/none", "/communities/999999999999", "/whistle/nothing"]) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(404);
      await expect(page.locator("h1"), path).toHaveCount(1);
      await expect(page.locator("main a[href]").first(), path).toBeVisible();
      await expect(page.locator("body"), path).toContainText("演示系统，不是政府网站");
    }
  });

  test("a browser of 2022 that knows nothing newer has its colours and its edges", async ({ page }) => {
    // What such a browser does not know it drops, the declaration or the whole rule.
    const newer: [RegExp, string][] = [
      [/light-dark\(/g, "unknown-function("],
      [/100dvh/g, "100xvh"],
      [/text-wrap:/g, "unknown-wrap:"],
      [/:has\(/g, ":unknown-has("],
    ];
    let seen = 0;
    await page.route("**/*.css", async (route) => {
      const answer = await route.fetch();
      let css = await answer.text();
      for (const [known, unknown] of newer) css = css.replace(known, unknown);
      seen++;
      await route.fulfill({ response: answer, body: css });
    });
    await page.emulateMedia({ colorScheme: "dark" });
    for (const [path, edged] of [["/", ".search"], ["/whistle", "#description"], ["/cases", "main select"]]) {
      await page.goto(path);
      const look = await page.evaluate((field) => {
        const of = (selector: string) => getComputedStyle(document.querySelector(selector) as Element);
        return { paper: of("body").backgroundColor, ink: of("body").color, controls: of(":root").colorScheme, button: of("main .btn:not(.quiet)").backgroundColor, edge: of(field).borderTopWidth };
      }, edged);
      expect(look.paper).toBe("rgb(250, 249, 245)");
      expect(look.ink).toBe("rgb(22, 32, 42)");
      expect(look.controls).toBe("light");
      expect(look.button, `${path}: a button is seen as one`).not.toBe("rgba(0, 0, 0, 0)");
      expect(look.edge, `${path}: a field has an edge`).not.toBe("0px");
      await expectNoSidewaysScroll(page);
    }
    expect(seen, "the style came by this way").toBeGreaterThan(0);
  });
});
