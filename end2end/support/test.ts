import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { City, type Engine } from "./city.ts";

/** Every worker has a demo city of its own; `page` opens relative addresses there. */
export const test = base.extend<object, { engine: Engine; city: City }>({
  engine: ["sqlite", { option: true, scope: "worker" }],
  city: [
    async ({ engine }, use) => {
      const city = await City.start(engine);
      await use(city);
      await city.stop();
    },
    { scope: "worker", timeout: 360_000 },
  ],
  baseURL: async ({ city }, use) => use(city.url),
});
export { expect };

/** One of the form's buttons by what it does, whatever its words; not the unseen one that Enter presses. */
export function act(page: Page, name: string): Locator {
  return page.locator(`button[name=act][value=${JSON.stringify(name)}]:not([aria-hidden])`).first();
}

export interface Whistle {
  danger?: string;
  category?: string;
  description?: string;
  community?: string;
  place?: string;
  visibility?: string;
}

/** A whistle that can be sent as it is. The codes are the demo city's. */
export function whistle(change: Whistle = {}): Required<Whistle> {
  return {
    danger: "no",
    category: "",
    description: "人民路口的空地又有人倒垃圾，晚上还停满车，走路要绕到马路上。",
    community: "象岗社区",
    place: "人民路与城南路口",
    visibility: "public",
    ...change,
  };
}

/** Ticks a radio button by its value; an empty value ticks the first of the group. */
export async function pick(page: Page, name: string, value: string): Promise<void> {
  const radios = page.locator(`input[type=radio][name="${name}"]`);
  const radio = value ? page.locator(`input[type=radio][name="${name}"][value="${value}"]`) : radios.first();
  // It may lie in a closed <details>: open every one around it, as a reader would.
  // Outermost first; each that opens is one less.
  const closed = radio.locator("xpath=ancestor::details[not(@open)]");
  while ((await closed.count()) > 0) await closed.first().locator("summary").first().click();
  await radio.check();
}

export async function fill(page: Page, given: Required<Whistle>): Promise<void> {
  if (given.danger) await pick(page, "danger", given.danger);
  await pick(page, "category", given.category);
  await page.locator("textarea[name=description]").fill(given.description);
  await page.locator("[name=community]").first().fill(given.community);
  await page.locator("[name=place]").fill(given.place);
  if (given.visibility) await pick(page, "visibility", given.visibility);
}

/** Files a whistle through the form; returns the number and the receipt code of the receipt page. */
export async function file(page: Page, change: Whistle = {}, photos: Parameters<Locator["setInputFiles"]>[0] = []): Promise<{ number: string; code: string }> {
  await page.goto("/whistle");
  await fill(page, whistle(change));
  if (Array.isArray(photos) && photos.length > 0) await page.locator("input[type=file][name=photos]").setInputFiles(photos);
  await send(act(page, "file"));
  await expect(page).toHaveURL(/\/whistle\/receipt/);
  return receipt(page);
}

/** Number and code as they stand on the receipt. */
export async function receipt(page: Page): Promise<{ number: string; code: string }> {
  const ticket = page.locator("main .ticket");
  const code = (await ticket.locator(".code").innerText()).replace(/\D/g, "");
  const number = (await ticket.locator('b[translate="no"]').innerText()).trim();
  expect(code, "the receipt shows a code of 21 digits").toHaveLength(21);
  expect(number, "the receipt shows a number").not.toBe("");
  return { number, code };
}

/**
 * Presses a button that posts a form, and waits for the page that answers. A click alone returns while the old page is
 * still there: what is asked next would be asked of that one, or cut the post off.
 */
export async function send(button: Locator): Promise<void> {
  const answered = button.page().waitForEvent("load");
  await button.click();
  await answered;
}

/** Follows a link and waits until its page is there. */
export async function follow(link: Locator): Promise<void> {
  const address = await link.getAttribute("href");
  await link.click();
  await link.page().waitForURL((url) => url.pathname + url.search === address);
}

/** Opens the tracked case by its code. */
export async function track(page: Page, code: string): Promise<void> {
  await page.goto("/track");
  await page.locator("[name=code]").fill(code);
  await send(page.locator("main form:has([name=code]) button"));
  await expect(page).toHaveURL(/\/track$/);
  await expect(page.locator("[name=code]"), "the code was taken").toHaveCount(0);
}

/** No page may scroll sideways, at any width down to 320 px. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}
