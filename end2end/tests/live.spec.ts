import type { APIRequestContext, Page, PlaywrightWorkerArgs } from "@playwright/test";
import { expect, test, track } from "../support/test.ts";

let filed = 0;

/** Files by the door of programs: these journeys are about what comes after. */
async function file(request: APIRequestContext, visibility = "public"): Promise<{ number: string; code: string }> {
  const answer = await request.post("/api/v1/cases", {
    headers: { "Idempotency-Key": `live-journey-${Date.now()}-${(filed += 1)}` },
    data: {
      kind: "whistle",
      category: "street-vending",
      community: "330383198023",
      description: "人民路口的摊位占住了盲道，轮椅过不去",
      place: { address: "人民路与城南路口东南角" },
      visibility,
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  const body = await answer.json();
  return { number: body.number, code: body.receipt_code.replace(/\D/g, "") };
}

/** The reporter on another device: what she does there. */
async function elsewhere(playwright: PlaywrightWorkerArgs["playwright"], url: string, code: string): Promise<{ act: (verb: string, fields?: Record<string, string>) => Promise<void>; end: () => Promise<void> }> {
  const device = await playwright.request.newContext({ baseURL: url, extraHTTPHeaders: { Origin: url } });
  await device.post("/track", { form: { code } });
  return {
    act: async (verb, fields = {}) => {
      const answer = await device.post("/track", { form: { act: verb, ...fields } });
      expect(answer.url(), await answer.text()).toContain(`done=${verb}`);
    },
    end: () => device.dispose(),
  };
}

/** Opens a page and waits until its stream is open and it has looked once. */
async function open(page: Page, address: string): Promise<void> {
  const looked = page.waitForResponse((answer) => answer.url().includes("part=story"));
  await page.goto(address);
  await looked;
}

const news = (page: Page) => page.locator('.live[role="status"]');

test("a page left open shows what happens, and moves neither focus nor folds", async ({ page, request, playwright, city }) => {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || /Content.Security.Policy|hydrat/i.test(message.text())) complaints.push(message.text());
  });
  const { number, code } = await file(request);
  const reporter = await elsewhere(playwright, city.url, code);
  await open(page, `/cases/${number}`);
  await expect(news(page)).toBeEmpty();
  const fold = page.locator("#live-story summary").first();
  await fold.click();
  await expect(fold).toBeFocused();
  const before = await page.locator("#live-story ol.line > li").count();
  const began = Date.now();
  await reporter.act("add_information", { text: "今天早上又多了一堆" });
  await expect(news(page)).toContainText("有新进展");
  const took = Date.now() - began;
  test.info().annotations.push({ type: "shown after", description: `${took} ms, the post included` });
  expect(took).toBeLessThan(5_000);
  expect(await page.locator("#live-story ol.line > li").count()).toBe(before + 1);
  await expect(fold).toBeFocused();
  expect(await fold.evaluate((summary) => (summary.parentElement as HTMLDetailsElement).open)).toBe(true);
  await reporter.act("withdraw");
  await expect(page.locator("#live-head")).toContainText("撤回");
  await expect(news(page)).toContainText("撤回");
  await reporter.end();
  expect(complaints).toEqual([]);
});

test("what she is writing stays, and is shown beside the news before it goes out", async ({ page, request, playwright, city }) => {
  const { number, code } = await file(request, "private");
  await track(page, code);
  await open(page, "/track");
  await expect(page.locator("main")).toContainText(number);
  const tablet = await elsewhere(playwright, city.url, code);
  const form = page.locator('form:has(button[name=act][value="add_information"])').first();
  for (const closed of await form.locator("xpath=ancestor::details[not(@open)]").all()) await closed.locator("summary").first().click();
  const version = form.locator("[name=version]");
  const seen = await version.getAttribute("value");
  await tablet.act("add_information", { text: "在平板上写的" });
  await expect(news(page)).toContainText("有新进展");
  // Nobody writes yet: the way to what can be done now.
  await expect(news(page).getByRole("link")).toBeVisible();
  const text = form.locator("[name=text]");
  await text.fill("在手机上写到一半");
  await expect(news(page).getByRole("link")).toHaveCount(0);
  await expect(news(page)).toContainText("不会丢");
  await text.focus();
  await tablet.act("add_information", { text: "平板上又一句" });
  await expect(page.locator("#live-story")).toContainText("平板上又一句");
  await expect(text).toBeFocused();
  await expect(text).toHaveValue("在手机上写到一半");
  // What she has not been shown by the form itself is shown before anything is sent.
  expect(await version.getAttribute("value")).toBe(seen);
  await form.locator("button[name=act]").click();
  await expect(page.locator("main")).toContainText("这期间的变化");
  await expect(page.locator("textarea[name=text]").first()).toHaveValue("在手机上写到一半");
  await tablet.end();
});

test("cut off and back again, nothing is missed", async ({ page, request, playwright, city, context }) => {
  const { number, code } = await file(request);
  const reporter = await elsewhere(playwright, city.url, code);
  await open(page, `/cases/${number}`);
  await context.setOffline(true);
  await reporter.act("add_information", { text: "断网的时候说的" });
  await context.setOffline(false);
  await expect(news(page)).toContainText("有新进展");
  await reporter.end();
});

test("where fetching what is new fails, it is made up for", async ({ page, request, playwright, city }) => {
  const { number, code } = await file(request);
  const reporter = await elsewhere(playwright, city.url, code);
  await open(page, `/cases/${number}`);
  let failed = 0;
  await page.route("**/*part=story*", (route) => (failed++ < 2 ? route.abort() : route.continue()));
  await reporter.act("add_information", { text: "这时候正好断了" });
  await expect(news(page)).toContainText("有新进展");
  expect(failed).toBe(3);
  await reporter.end();
});

test("the stream is open only while the page is seen, and goes on where it was", async ({ page, request, playwright, city }) => {
  await page.addInitScript(() => {
    Object.defineProperty(document, "hidden", { get: () => (window as unknown as { away?: boolean }).away === true });
  });
  const streams: string[] = [];
  page.on("request", (asked) => {
    if (asked.url().includes("/events")) streams.push(new URL(asked.url()).search);
  });
  const look = (away: boolean) =>
    page.evaluate((away) => {
      (window as unknown as { away: boolean }).away = away;
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, away);
  const { number, code } = await file(request);
  const reporter = await elsewhere(playwright, city.url, code);
  await open(page, `/cases/${number}`);
  await look(true);
  await reporter.act("add_information", { text: "没人看的时候说的" });
  await page.waitForTimeout(1_500);
  await expect(news(page)).toBeEmpty();
  await look(false);
  await expect(news(page)).toContainText("有新进展");
  expect(streams).toHaveLength(2);
  expect(streams[0]).toBe(`?case=${number}`);
  expect(streams[1]).toMatch(/&after=\d+$/);
  await reporter.end();
});

test("without streams the page is as it was, and says nothing", async ({ page, request }) => {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.addInitScript(() => {
    delete (window as unknown as { EventSource?: unknown }).EventSource;
  });
  const { number } = await file(request);
  await page.goto(`/cases/${number}`);
  await page.waitForTimeout(1_500);
  await expect(page.locator("#live-story")).toBeVisible();
  await expect(news(page)).toBeEmpty();
  expect(complaints).toEqual([]);
});
