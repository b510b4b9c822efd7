import type { Page } from "@playwright/test";
import { City } from "../support/city.ts";
import { CutLine } from "../support/cutline.ts";
import { CANARY, photo } from "../support/photo.ts";
import { act, expect, expectNoSidewaysScroll, fill, pick, receipt, test, whistle } from "../support/test.ts";

const DAY = 24 * 60 * 60 * 1000;
const SECRET = { name: "卡纳里王", phone: "13900008888", email: "canary@example.org" };

/** Opens the form and waits until its islands are awake. */
async function open(page: Page, address = "/whistle"): Promise<void> {
  await page.goto(address);
  await expect(page.locator(".draft button")).toBeVisible();
}

/** Everything the browser keeps for this site, photos as what they hold. */
async function onThePhone(page: Page): Promise<{ drafts: Record<string, unknown>[]; text: string }> {
  return page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) => new Promise<T>((done, fail) => ((request.onsuccess = () => done(request.result)), (request.onerror = fail)));
    const drafts: Record<string, unknown>[] = [];
    let text = JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + document.cookie;
    const plain = async (value: unknown): Promise<unknown> => {
      if (value instanceof Blob) return { name: value instanceof File ? value.name : null, size: value.size, bytes: new TextDecoder("latin1").decode(await value.arrayBuffer()) };
      if (Array.isArray(value)) return Promise.all(value.map(plain));
      if (value && typeof value === "object") return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, inner]) => [name, await plain(inner)])));
      return value;
    };
    for (const { name } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name as string));
      for (const table of database.objectStoreNames) {
        const rows = await asked(database.transaction(table).objectStore(table).getAll());
        for (const row of rows) drafts.push((await plain(row)) as Record<string, unknown>);
      }
      database.close();
    }
    text += JSON.stringify(drafts);
    return { drafts, text };
  });
}

/** How many cases this city has, whoever may see them. */
async function filed(city: City): Promise<number> {
  return Number(/ of (\d+) cases/.exec(city.run("verify"))?.[1]);
}

async function type(page: Page, description: string, change = {}): Promise<void> {
  await page.locator("main").evaluate((main) => main.querySelectorAll("details").forEach((fold) => (fold.open = true)));
  await fill(page, whistle({ description, visibility: "private", ...change }));
}

/** Keeps what is in the form by its button, and opens the form anew in another tab; this one is closed. */
async function keepAndBeginAnew(page: Page): Promise<Page> {
  await page.getByRole("button", { name: "先存在这部手机上" }).click();
  await expect(page.locator(".draft").getByRole("status")).not.toBeEmpty();
  const other = await page.context().newPage();
  await page.close();
  await open(other);
  return other;
}

test.describe("A report on a bad line", () => {
  test("sent offline, it is kept without name and phone, goes from another page, once, and its receipt can be read", async ({ page, context, city }) => {
    const before = await filed(city);
    await open(page);
    await type(page, "没网的时候写的：路灯三天不亮，晚上看不见路。");
    await page.locator("[name=name]").fill(SECRET.name);
    await page.locator("[name=phone]").fill(SECRET.phone);
    await page.locator("[name=email]").fill(SECRET.email);
    await page.locator("input#photos").setInputFiles([photo(`${SECRET.phone}.png`, 5)]);
    await context.setOffline(true);
    await act(page, "file").click();
    const tools = page.locator(".draft");
    await expect(tools.getByRole("status")).toContainText("先存在这部手机上了");
    await expect(tools.getByRole("status")).toContainText("姓名、电话和邮箱没有存");
    await expect(tools.getByRole("status"), "whoever stood in the form stands here now").toBeFocused();
    await expectNoSidewaysScroll(page);
    const kept = await onThePhone(page);
    expect(kept.drafts).toHaveLength(1);
    for (const canary of [...Object.values(SECRET), CANARY.slice(0, 12), "danger"]) expect(kept.text, canary).not.toContain(canary);
    expect(kept.text).toContain("路灯三天不亮");

    // Another page of the site, in another tab; this one is gone.
    const other = await context.newPage();
    await page.close();
    await context.setOffline(false);
    await other.goto("/cases");
    const notice = other.locator("main .drafts");
    await expect(notice.getByRole("status")).toContainText("已经发给社区", { timeout: 60_000 });
    expect(await filed(city)).toBe(before + 1);
    // The code was seen by nobody yet: the draft is there until it was.
    expect((await onThePhone(other)).drafts).toHaveLength(1);
    await notice.getByRole("button", { name: "看回执" }).click();
    await expect(other).toHaveURL(/\/whistle\/receipt$/);
    const { number } = await receipt(other);
    expect(kept.text).not.toContain(number);
    await expect(async () => expect((await onThePhone(other)).drafts).toHaveLength(0)).toPass();
    expect(await filed(city)).toBe(before + 1);
    await other.goto("/cases");
    await expect(other.locator("main .drafts")).toHaveCount(0);
  });

  test("on a good line it is sent as ever, with name and phone, and nothing stays", async ({ page }) => {
    await open(page);
    await type(page, "有网的时候写的：下水道堵了，一下雨就积水。");
    await page.locator("[name=phone]").fill(SECRET.phone);
    const posted = page.waitForRequest((request) => request.method() === "POST");
    await act(page, "file").click();
    expect((await posted).postData()).toContain(SECRET.phone);
    await expect(page).toHaveURL(/\/whistle\/receipt$/);
    await receipt(page);
    await expect(async () => expect((await onThePhone(page)).drafts).toHaveLength(0)).toPass();
  });

  test("the same page sends it when the line is back, with name and phone", async ({ page, context }) => {
    await open(page);
    await type(page, "等网的时候不关页面：井盖松了，车一过就响。");
    await page.locator("[name=phone]").fill(SECRET.phone);
    await context.setOffline(true);
    await act(page, "file").click();
    await expect(page.locator(".draft").getByRole("status")).toContainText("先存在这部手机上了");
    const posted = page.waitForRequest((request) => request.method() === "POST" && !request.failure(), { timeout: 60_000 });
    await context.setOffline(false);
    expect((await posted).postData()).toContain(SECRET.phone);
    await expect(page).toHaveURL(/\/whistle\/receipt$/);
    await receipt(page);
  });

  test("an answer that got lost on the way back is no second case, and its receipt is found", async ({ page, city }) => {
    const before = await filed(city);
    await open(page);
    await type(page, "回执在路上丢了：垃圾桶满了没人收。");
    let lost = 0;
    await page.route("**/whistle", async (route) => {
      if (route.request().method() !== "POST" || lost++ > 0) return route.continue();
      // It arrives, and nobody hears of it.
      await route.fetch({ maxRedirects: 0 });
      await route.abort("connectionreset");
    });
    await act(page, "file").click();
    await expect(page).toHaveURL(/\/whistle\/receipt$/, { timeout: 60_000 });
    await receipt(page);
    expect(lost).toBeGreaterThan(1);
    expect(await filed(city)).toBe(before + 1);
  });

  test("sent with a phone number, arrived unheard, gone on from elsewhere: the number gets the receipt, and it is one case", async ({ page, context, city }) => {
    const before = await filed(city);
    await open(page);
    await type(page, "带电话发的，回执丢了：河边的护栏断了。");
    await page.locator("[name=phone]").fill(SECRET.phone);
    let arrived = 0;
    await page.route("**/whistle", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      if (arrived++ === 0) await route.fetch({ maxRedirects: 0 });
      await route.abort("connectionreset");
    });
    await act(page, "file").click();
    await expect(page.locator(".draft").getByRole("status")).toContainText("先存在这部手机上了");
    const other = await context.newPage();
    await page.close();
    await other.goto("/cases");
    await expect(other.locator("main .drafts").getByRole("status")).toContainText("早先已经收到", { timeout: 60_000 });
    await other.getByRole("link", { name: "去看存着的反映" }).click();
    await other.getByRole("button", { name: "接着写" }).click();
    await expect(other.locator("textarea[name=description]")).toHaveValue("带电话发的，回执丢了：河边的护栏断了。");
    await pick(other, "danger", "no");
    await other.locator("[name=phone]").fill(SECRET.phone);
    await act(other, "file").click();
    await expect(other).toHaveURL(/\/whistle\/receipt$/);
    await receipt(other);
    expect(await filed(city)).toBe(before + 1);
    await expect(async () => expect((await onThePhone(other)).drafts).toHaveLength(0)).toPass();
  });

  test("kept by the button, it is not sent by itself; it goes on from where it was", async ({ page, context, city }) => {
    const before = await filed(city);
    await open(page);
    await type(page, "先存着，还没写完：小区门口");
    await page.locator("input#photos").setInputFiles([photo("a.png", 6)]);
    await page.getByRole("button", { name: "先存在这部手机上" }).click();
    await expect(page.locator(".draft").getByRole("status")).toContainText("存好了，还没有发");
    const other = await context.newPage();
    await other.goto("/cases");
    await other.waitForTimeout(1500);
    await expect(other.locator("main .drafts")).toHaveCount(0);
    await open(other);
    const shelf = other.locator(".drafts");
    await expect(shelf.getByRole("status")).toContainText("1 件");
    await expectNoSidewaysScroll(other);
    await shelf.getByRole("button", { name: "接着写" }).click();
    await expect(other.locator("textarea[name=description]")).toHaveValue("先存着，还没写完：小区门口");
    await expect(other.locator("[name=place]")).toHaveValue(whistle().place);
    await expect(other.locator("input[name=category]:checked")).toHaveCount(1);
    await expect(other.locator("input[name=danger]:checked"), "nobody is asked about danger of another day").toHaveCount(0);
    await expect.poll(() => other.locator("input#photos").evaluate((input) => (input as HTMLInputElement).files?.length)).toBe(1);
    expect(await filed(city)).toBe(before);
    await pick(other, "danger", "no");
    await other.locator("textarea[name=description]").fill("现在写完了：小区门口的路灯三天不亮。");
    await act(other, "file").click();
    await expect(other).toHaveURL(/\/whistle\/receipt$/);
    await receipt(other);
    await expect(async () => expect((await onThePhone(other)).drafts).toHaveLength(0)).toPass();
    expect(await filed(city)).toBe(before + 1);
  });

  test("gone on with, the photos are the draft's and no others, and what stood there keeps its own", async ({ page }) => {
    const files = (one: Page) => one.locator("input#photos").evaluate((input) => (input as HTMLInputElement).files?.length);
    await open(page);
    await type(page, "先写的一件，一张照片：路灯不亮。");
    await page.locator("input#photos").setInputFiles([photo("a.png", 1)]);
    await expect(page.locator(".shots li")).toHaveCount(1);
    const other = await keepAndBeginAnew(page);
    await type(other, "后写的一件，两张照片：垃圾没人收。");
    await other.locator("input#photos").setInputFiles([photo("b.png", 2), photo("c.png", 3)]);
    await expect(other.locator(".shots li")).toHaveCount(2);
    await other.locator("[name=phone]").fill(SECRET.phone);
    const goOn = other.locator(".drafts").getByRole("button", { name: "接着写" });
    await goOn.click();
    await expect(other.locator("textarea[name=description]")).toHaveValue("先写的一件，一张照片：路灯不亮。");
    await expect(other.locator(".shots li")).toHaveCount(1);
    await expect.poll(() => files(other)).toBe(1);
    await expect(other.locator("[name=phone]"), "the number was of what stood here before").toHaveValue("");
    await expect(other.locator("input[name=danger]:checked"), "and so was the answer about danger").toHaveCount(0);
    await goOn.click();
    await expect(other.locator("textarea[name=description]")).toHaveValue("后写的一件，两张照片：垃圾没人收。");
    await expect(other.locator(".shots li")).toHaveCount(2);
    await expect.poll(() => files(other)).toBe(2);
    await other.locator(".drafts").getByRole("button", { name: "全部删掉" }).click();
  });

  test("sent while photos are made ready, then gone on with another: that one is not sent", async ({ page, city }) => {
    const before = await filed(city);
    await open(page);
    await type(page, "先存着的一件：树枝断了。");
    const other = await keepAndBeginAnew(page);
    await type(other, "要发的一件：井盖松了。");
    const goOn = other.locator(".drafts").getByRole("button", { name: "接着写" });
    await expect(goOn).toBeVisible();
    await other.locator("input#photos").setInputFiles([1, 2, 3, 4, 5, 6].map((seed) => photo(`${seed}.png`, seed, 1600)));
    await other.evaluate(() => {
      document.querySelector<HTMLButtonElement>("button[name=act][value=file]:not([aria-hidden])")?.click();
      [...document.querySelectorAll<HTMLButtonElement>(".drafts button")].find((button) => button.textContent?.includes("接着写"))?.click();
    });
    await other.waitForTimeout(6_000);
    expect(await filed(city)).toBeLessThanOrEqual(before + 1);
    const kept = (await onThePhone(other)).drafts.filter((draft) => JSON.stringify(draft).includes("先存着的一件"));
    expect(kept, "it is still there").toHaveLength(1);
    expect([kept[0].wanted, kept[0].tried, kept[0].filed ?? null], "and nobody pressed send for it").toEqual([false, false, null]);
    await other.goto("/whistle");
    await other.locator("#wipe-drafts").click();
  });

  test("deleted is deleted, and what was deleted is not sent", async ({ page, context, city }) => {
    const before = await filed(city);
    await open(page);
    await type(page, "后来不想发了：楼下有人吵架。");
    await context.setOffline(true);
    await act(page, "file").click();
    await page.locator(".draft").getByRole("button", { name: "全部删掉" }).click();
    await expect(page.locator(".draft").getByRole("status")).toContainText("都删掉了");
    expect((await onThePhone(page)).drafts).toHaveLength(0);
    await context.setOffline(false);
    await page.goto("/cases");
    await page.waitForTimeout(2500);
    expect(await filed(city)).toBe(before);
  });

  test("after seven days it is gone, and is not sent", async ({ page, context, city }) => {
    const before = await filed(city);
    await page.clock.install();
    await open(page);
    await type(page, "七天以前写的：树枝挡住了路灯。");
    await context.setOffline(true);
    await act(page, "file").click();
    await expect(page.locator(".draft").getByRole("status")).toContainText("先存在这部手机上了");
    const later = await context.newPage();
    await page.close();
    await context.setOffline(false);
    await later.clock.setFixedTime(Date.now() + 7 * DAY + 60_000);
    await later.goto("/cases");
    await expect(async () => expect((await onThePhone(later)).drafts).toHaveLength(0)).toPass();
    expect(await filed(city)).toBe(before);
  });

  test("two pages that wait send it once", async ({ page, context, city }) => {
    const before = await filed(city);
    await open(page);
    await type(page, "两个页面都开着：路口的红绿灯坏了。");
    await context.setOffline(true);
    await act(page, "file").click();
    await expect(page.locator(".draft").getByRole("status")).toContainText("先存在这部手机上了");
    await page.close();
    await context.setOffline(false);
    let posts = 0;
    context.on("request", (request) => (posts += request.method() === "POST" ? 1 : 0));
    const pages = [await context.newPage(), await context.newPage(), await context.newPage()];
    await Promise.all(pages.map((one, at) => one.goto(["/cases", "/", "/communities"][at])));
    await expect(async () => {
      for (const one of pages) await expect(one.locator("main .drafts").getByRole("status")).toContainText("已经发给社区", { timeout: 1000 });
    }).toPass({ timeout: 60_000 });
    expect(await filed(city)).toBe(before + 1);
    expect(posts, "one page at a time").toBe(1);
  });

  test("where the browser keeps nothing, nothing pretends", async ({ page, context }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("no", "SecurityError");
      };
    });
    await open(page);
    await type(page, "浏览器不让存：公交站牌倒了。");
    await page.getByRole("button", { name: "先存在这部手机上" }).click();
    await expect(page.locator(".draft").getByRole("status")).toContainText("不让存");
    await context.setOffline(true);
    await act(page, "file").click();
    await expect(page.locator(".draft").getByRole("status")).toContainText("也不让存");
    await expect(page.locator("textarea[name=description]")).toHaveValue("浏览器不让存：公交站牌倒了。");
    await context.setOffline(false);
    await expect(page).toHaveURL(/\/whistle\/receipt$/, { timeout: 60_000 });
    await receipt(page);
  });

  test("danger is never kept and never sent later", async ({ page, context, city }) => {
    const before = await filed(city);
    await open(page);
    await type(page, "着火了，快来人，二楼有烟冒出来。", { danger: "yes" });
    await context.setOffline(true);
    await act(page, "file").click();
    await expect(page.locator("main")).toContainText("现在就打电话");
    expect((await onThePhone(page)).drafts).toHaveLength(0);
    await context.setOffline(false);
    await page.goto("/cases");
    await page.waitForTimeout(1500);
    expect(await filed(city)).toBe(before);
  });

  test("what the server wants mended is shown by the server, with everything typed", async ({ page }) => {
    // As if the browser could not check for itself.
    await page.route("**/whistle/offer**", (route) => route.abort());
    await open(page);
    await type(page, "社区写错了：路边的长椅断了一条腿。", { community: "没有这个社区" });
    await act(page, "file").click();
    await expect(page.locator('.summary[role="alert"]')).toBeVisible();
    await expect(page.locator("textarea[name=description]")).toHaveValue("社区写错了：路边的长椅断了一条腿。");
  });
});

test("however often the line is cut, every report is one case with one receipt", async ({ browser, city }) => {
  test.setTimeout(1_800_000);
  // A hundred take eleven minutes; SENDS=100 asks for them.
  const SENDS = Number(process.env.SENDS ?? 25);
  const line = await CutLine.start(city.url, Number(process.env.SEED ?? 20261122));
  const before = await filed(city);
  const context = await browser.newContext({ baseURL: line.url, locale: "zh-CN" });
  const numbers = new Set<string>();
  let posts = 0;
  context.on("request", (request) => (posts += request.method() === "POST" ? 1 : 0));
  const page = await context.newPage();
  for (let at = 1; at <= SENDS; at++) {
    line.cutting = false;
    await open(page);
    await type(page, `第 ${at} 件：人民路 ${at} 号门口的路灯不亮。`, { place: `人民路 ${at} 号` });
    if (at % 4 === 0) await page.locator("input#photos").setInputFiles([photo("a.png", at)]);
    line.cutting = true;
    await act(page, "file").click();
    await expect(page, `send ${at}`).toHaveURL(/\/whistle\/receipt$/, { timeout: 240_000 });
    line.cutting = false;
    // The page of the receipt may have been cut too.
    await page.goto("/whistle/receipt");
    numbers.add((await receipt(page)).number);
  }
  const cases = (await filed(city)) - before;
  console.log(`${SENDS} sends, ${posts} posts, cut ${line.cuts.request} times while asking and ${line.cuts.answer} while answering: ${cases} new cases, ${numbers.size} receipts`);
  await context.close();
  await line.stop();
  expect(cases).toBe(SENDS);
  expect(numbers.size).toBe(SENDS);
  expect(line.cuts.request + line.cuts.answer, "the line was cut").toBeGreaterThan(SENDS / 4);
});
