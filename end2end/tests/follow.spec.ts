import { act, expect, file, test, track } from "../support/test.ts";
import { photo } from "../support/photo.ts";

test.describe("The reporter follows the case", () => {
  test("the code opens the case; a wrong digit says so and keeps what was typed", async ({ page }) => {
    const { number, code } = await file(page);
    await page.goto("/track");
    const wrong = code.slice(0, -1) + ((Number(code.at(-1)) + 1) % 10);
    await page.locator("[name=code]").fill(wrong);
    await page.locator("main form button").first().click();
    await expect(page.locator('[role="alert"]')).toBeVisible();
    await track(page, code);
    await expect(page.locator("main")).toContainText(number);
    await expect(page.locator("main")).toContainText("象岗社区");
    // Groups of five with spaces, as it is printed, are understood too.
    await page.context().clearCookies();
    await track(page, code.replace(/(.{5})/g, "$1 "));
    await expect(page.locator("main")).toContainText(number);
  });

  test("a code nobody knows and a code of another city get the same answer", async ({ page, request }) => {
    await page.goto("/track");
    const first = await request.post("/track", { form: { code: "000000000000000000000" }, headers: { "Sec-Fetch-Site": "same-origin" } });
    expect([404, 422]).toContain(first.status());
    expect(await first.text()).not.toContain("panick");
  });

  test("she adds information and sees it", async ({ page }) => {
    const { code } = await file(page);
    await track(page, code);
    await page.locator("[name=text]").first().fill("今天早上又多了一堆，在东边。");
    await page.locator('button[name=act][value="add-information"], form:has([name=text]) button').first().click();
    await expect(page.locator("main")).toContainText("今天早上又多了一堆");
  });

  test("she withdraws; the case says so to everybody", async ({ page, request }) => {
    const { number, code } = await file(page);
    await track(page, code);
    const button = page.locator('button[name=act][value=withdraw], form[action*="withdraw"] button').first();
    const closed = button.locator("xpath=ancestor::details[not(@open)]/summary");
    if (await closed.count()) await closed.first().click();
    await button.click();
    await expect(page.locator("main")).toContainText("撤回");
    const open = await request.get(`/cases/${number}`, { headers: { "Accept-Language": "zh-CN" } });
    expect(open.status()).toBe(200);
    expect(await open.text()).toContain("撤回");
  });

  test("after leaving, the page asks for the code again", async ({ page }) => {
    const { code } = await file(page);
    await track(page, code);
    await page.context().clearCookies();
    await page.goto("/track");
    await expect(page.locator("[name=code]")).toBeVisible();
  });

  test("the receipt survives a change of language and is gone in another browser", async ({ page, browser, city }) => {
    const { code } = await file(page, {}, [photo()]);
    await page.locator('a[hreflang="en"], a[href*="lang=en"]').first().click();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    expect((await page.locator("main").innerText()).replace(/\D/g, "")).toContain(code);
    const other = await browser.newPage({ baseURL: city.url });
    await other.goto("/whistle/receipt");
    expect((await other.locator("body").innerText()).replace(/\D/g, "")).not.toContain(code);
    await other.close();
  });

  test("“it came back” files a new case that knows the old one; “the same here” adds a party", async ({ page }) => {
    await page.goto("/cases");
    const link = page.locator('main a[href^="/cases/"]').first();
    await link.click();
    await expect(page).toHaveURL(/\/cases\/[^/?]+$/);
    const number = page.url().split("/").at(-1) as string;
    const same = act(page, "me-too").or(page.locator('form[action*="me-too"] button'));
    const again = page.locator(`a[href*="/whistle?recurrence_of="], a[href*="came-back"], a[href*="recurrence"]`);
    expect((await same.count()) + (await again.count()), `/cases/${number} offers a way to join or to come back`).toBeGreaterThan(0);
  });
});
