import type { Locator, Page } from "@playwright/test";
import { act, expect, file, pick, send, test, track, whistle } from "../support/test.ts";
import { photo } from "../support/photo.ts";

/** The form of an act, its fold opened as a reader would. */
async function form(page: Page, verb: string): Promise<Locator> {
  const found = page.locator(`form:has(button[name=act][value="${verb}"])`).first();
  await expect(found, `the page offers ${verb}`).toHaveCount(1);
  for (const closed of await found.locator("xpath=ancestor::details[not(@open)]").all()) await closed.locator("summary").first().click();
  return found;
}

test.describe("The reporter follows the case", () => {
  test("the code opens the case; a wrong digit says so and keeps what was typed", async ({ page }) => {
    const { number, code } = await file(page);
    await page.goto("/track");
    const wrong = code.slice(0, -1) + ((Number(code.at(-1)) + 1) % 10);
    await page.locator("[name=code]").fill(wrong);
    await send(page.locator("main form:has([name=code]) button"));
    await expect(page.locator('[role="alert"]:visible').first()).toBeVisible();
    await expect(page.locator("[name=code]")).toHaveValue(wrong);
    await track(page, code);
    await expect(page.locator("main")).toContainText(number);
    await expect(page.locator("main")).toContainText("象岗社区");
    // Groups of five with spaces, as it is printed, are understood too.
    await page.context().clearCookies();
    await track(page, code.replace(/(.{5})/g, "$1 "));
    await expect(page.locator("main")).toContainText(number);
  });

  test("a code nobody knows finds nothing and says what to do", async ({ page }) => {
    await page.goto("/track");
    await page.locator("[name=code]").fill("000000000000000000000");
    await send(page.locator("main form:has([name=code]) button"));
    await expect(page.locator('[role="alert"]:visible').first()).toBeVisible();
    await expect(page.locator("main")).not.toContainText("象岗");
  });

  test("the number in the address that a receipt prints is shown, the code is still asked", async ({ page }) => {
    const { number } = await file(page);
    await page.goto(`/track?number=${number}`);
    await expect(page.locator("main")).toContainText(number);
    await expect(page.locator("[name=code]")).toBeVisible();
  });

  test("she adds information with a photo and sees both", async ({ page }) => {
    const { code } = await file(page);
    await track(page, code);
    const add = await form(page, "add_information");
    await add.locator("[name=text]").fill("今天早上又多了一堆，在东边。");
    await add.locator("input[type=file]").setInputFiles([photo("more.png", 8)]);
    await send(add.locator("button[name=act]"));
    await expect(page.locator("main")).toContainText("今天早上又多了一堆");
    await expect(page.locator('main img[src*="/photos/"]').first()).toBeVisible();
  });

  test("an empty addition says so, and nothing is added", async ({ page }) => {
    const { code } = await file(page);
    await track(page, code);
    const add = await form(page, "add_information");
    await send(add.locator("button[name=act]"));
    await expect(page.locator('[role="alert"]:visible').first()).toBeVisible();
    await expect(page.locator("#text")).toHaveAttribute("aria-invalid", "true");
  });

  test("she makes it private; strangers do not find it any more", async ({ page, request }) => {
    const { number, code } = await file(page);
    expect((await request.get(`/cases/${number}`)).status()).toBe(200);
    await track(page, code);
    const change = await form(page, "change_visibility");
    await change.locator("input[value=private]").check();
    await send(change.locator("button[name=act]"));
    await expect(page.locator("main")).toContainText(number);
    expect((await request.get(`/cases/${number}`)).status()).toBe(404);
  });

  test("she withdraws; the case says so to everybody", async ({ page, request }) => {
    const { number, code } = await file(page);
    await track(page, code);
    const withdraw = await form(page, "withdraw");
    const why = withdraw.locator("[name=text]");
    if (await why.count()) await why.fill("已经自己清走了。");
    await send(withdraw.locator("button[name=act]"));
    await expect(page.locator("main")).toContainText("撤回");
    const open = await request.get(`/cases/${number}`, { headers: { "Accept-Language": "zh-CN" } });
    expect(open.status()).toBe(200);
    expect(await open.text()).toContain("撤回");
  });

  test("after leaving, the page asks for the code again", async ({ page }) => {
    const { code } = await file(page);
    await track(page, code);
    await send(act(page, "leave"));
    // The next to use this phone finds neither the case nor the receipt.
    await page.goto("/whistle/receipt");
    await expect(page.locator("main")).not.toContainText(/(?:\d ?){21}/);
    await page.goto("/track");
    await expect(page.locator("[name=code]")).toBeVisible();
  });

  test("the receipt survives a change of language and is gone in another browser", async ({ page, browser, city }) => {
    const { code } = await file(page, {}, [photo()]);
    await page.locator('a[href*="lang=en"]').first().click();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    expect((await page.locator("main .ticket .code").innerText()).replace(/\D/g, "")).toBe(code);
    const other = await browser.newPage({ baseURL: city.url });
    await other.goto("/whistle/receipt");
    expect((await other.locator("body").innerText()).replace(/\D/g, "")).not.toContain(code);
    await other.close();
  });

  test("“the same here”: a neighbour joins a public case and gets a receipt of her own", async ({ page, browser, city }) => {
    const { number, code } = await file(page);
    const context = await browser.newContext({ baseURL: city.url, javaScriptEnabled: false });
    const neighbour = await context.newPage();
    await neighbour.goto(`/cases/${number}`);
    await neighbour.locator(`a[href="/cases/${number}/join"]`).click();
    await send((await form(neighbour, "join")).locator("button[name=act]"));
    await expect(neighbour).toHaveURL(/receipt/);
    const own = (await neighbour.locator("main .ticket .code").innerText()).replace(/\D/g, "");
    expect(own).toHaveLength(21);
    expect(own).not.toBe(code);
    await track(neighbour, own);
    await expect(neighbour.locator("main")).toContainText(number);
    await context.close();
  });

  test("“it came back”: a new case that knows the old one", async ({ page }) => {
    await page.goto("/cases?state=ended");
    await page.locator('main a[href^="/cases/"]').first().click();
    await expect(page).toHaveURL(/\/cases\/[^/?]+$/);
    const old = page.url().split("/").at(-1) as string;
    await page.locator('a[href^="/whistle?again="]').click();
    await expect(page.locator("main")).toContainText(old);
    const given = whistle();
    await pick(page, "danger", "no");
    if (!(await page.locator("input[name=category]:checked").count())) await pick(page, "category", "");
    await page.locator("textarea[name=description]").fill("修好没几天，又坏了。");
    await page.locator("[name=community]").fill(given.community);
    await page.locator("[name=place]").fill(given.place);
    await send(act(page, "file"));
    await expect(page).toHaveURL(/receipt/);
    const number = (await page.locator('main .ticket b[translate="no"]').innerText()).trim();
    expect(number).not.toBe(old);
    const code = (await page.locator("main .ticket .code").innerText()).replace(/\D/g, "");
    await track(page, code);
    await expect(page.locator("main")).toContainText(old);
  });
});
