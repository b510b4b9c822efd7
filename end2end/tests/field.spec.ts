import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { City } from "../support/city.ts";
import { expect, passTheDoor, test } from "../support/desk.ts";
import { photo } from "../support/photo.ts";
import { GRID, OFFICER, STATION, callThem, found, open, step, unfold } from "../support/steps.ts";
import { expectNoSidewaysScroll } from "../support/test.ts";

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;
const sessions = new WeakMap<City, Cookies>();

/** A case that its unit has reported in to; its number. */
async function called(desk: (login: string) => Promise<Page>): Promise<string> {
  const grid = await desk(GRID);
  const number = await found(grid, { category: "乱倒垃圾", description: "桥洞下面有人倒垃圾，没有信号。", place: "人民路与城南路口" });
  const station = await desk(STATION);
  await open(station, number);
  await step(station, "受理");
  await callThem(station, "疑难问题", "到桥洞下清理");
  const officer = await desk(OFFICER);
  await open(officer, number);
  for (const verb of ["签收", "报到"]) await step(officer, verb);
  return number;
}

/** The officer's own phone, on the page of the case. */
async function ownPhone(browser: Browser, city: City, number: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  const known = sessions.get(city);
  if (known) {
    await context.addCookies(known);
  } else {
    await page.goto("/sign-in");
    await page.getByLabel("这是我自己的手机").check();
    await passTheDoor(page, OFFICER);
    sessions.set(city, (await context.cookies()).filter((cookie) => /staff$/.test(cookie.name)));
  }
  await page.goto(`/desk/cases/${number}`);
  await awake(page);
  return page;
}

/** The place of what waits is filled when its island is awake. */
async function awake(page: Page): Promise<void> {
  await expect(page.locator("#field-queue [role=status]")).toBeAttached();
}

/** What lies on the phone, as text. */
async function onThePhone(page: Page): Promise<{ steps: number; text: string }> {
  return page.evaluate(
    () =>
      new Promise((answer) => {
        const opening = indexedDB.open("huiyin-desk", 1);
        opening.onupgradeneeded = () => opening.transaction?.abort();
        opening.onerror = () => answer({ steps: 0, text: "" });
        opening.onsuccess = () => {
          const all = opening.result.transaction("steps").objectStore("steps").getAll();
          all.onsuccess = () => {
            opening.result.close();
            answer({ steps: all.result.length, text: JSON.stringify(all.result) });
          };
        };
      }),
  );
}

/** How often the case tells of each of these. */
async function told(page: Page, number: string, heads: RegExp[]): Promise<number[]> {
  await page.goto(`/desk/cases/${number}`);
  const lines = page.locator("ol.line > li h3");
  return Promise.all(heads.map((head) => lines.filter({ hasText: head }).count()));
}

const queue = (page: Page) => page.locator("#field-queue");
const press = (page: Page, verb: string) => page.getByRole("button", { name: verb, exact: true }).click();

test.describe("In the field", () => {
  test("without a line the steps and their photos wait on the phone, and arrive in order, once, with when they were done", async ({ browser, city, desk }) => {
    const number = await called(desk);
    const page = await ownPhone(browser, city, number);
    const context = page.context();
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation({ latitude: 27.5789, longitude: 120.5534, accuracy: 12 });
    await page.getByLabel(/每一步附上我所在的位置/).check();

    await context.setOffline(true);
    await press(page, "出发");
    await expect(queue(page)).toContainText(`出发 · ${number}`);
    await expect(queue(page)).toContainText("等网络");
    await press(page, "到场");
    await expect(queue(page)).toContainText(`到场 · ${number}`);
    // What follows only after these is there as well.
    const back = await unfold(page, "反馈办理情况");
    await back.getByLabel("做了什么（内部）").fill("桥洞下清了两车");
    await back.getByLabel("照片").setInputFiles([photo("IMG.png", 12)]);
    await expect(page.locator(".shots li")).toHaveCount(1);
    await press(page, "反馈办理情况");
    await expect(queue(page).getByRole("listitem")).toHaveCount(3);
    await expectNoSidewaysScroll(page);
    const axe = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
    expect(axe.violations).toEqual([]);

    // The phone goes into a pocket for a while: the page is gone, and another is opened with a line.
    await page.evaluate(
      () =>
        new Promise<void>((done) => {
          const opening = indexedDB.open("huiyin-desk", 1);
          opening.onsuccess = () => {
            const table = opening.result.transaction("steps", "readwrite").objectStore("steps");
            const all = table.getAll();
            all.onsuccess = () => {
              for (const row of all.result) table.put({ ...row, at: row.at - 90 * 60_000 });
              table.transaction.oncomplete = () => done();
            };
          };
        }),
    );
    const other = await context.newPage();
    await page.close();
    await context.setOffline(false);
    await other.goto("/desk");
    await expect(queue(other).getByRole("status")).toContainText("已送出", { timeout: 60_000 });
    await expect(async () => expect((await onThePhone(other)).steps).toBe(0)).toPass({ timeout: 60_000 });
    expect(await told(other, number, [/出发/, /到场/, /反馈/])).toEqual([1, 1, 1]);
    const story = other.locator("ol.line");
    await expect(story).toContainText("自报时间");
    await expect(story).toContainText(/自报位置 27\.57890, 120\.55340/);
    await expect(story.locator("img")).toHaveCount(1);
    await other.goto(`/cases/${number}`);
    await expect(other.locator("main")).not.toContainText("自报");
    await context.close();
  });

  test("on a good line a step goes as ever, and nothing stays on the phone", async ({ browser, city, desk }) => {
    const number = await called(desk);
    const page = await ownPhone(browser, city, number);
    await press(page, "到场");
    await expect(page.getByRole("status").filter({ hasText: "已记下：到场" })).toBeVisible();
    await awake(page);
    await expect(async () => expect((await onThePhone(page)).steps).toBe(0)).toPass();
    // What is wrong is said beside the form, and what was written stands there.
    const done = await unfold(page, "办完了");
    await done.getByLabel("做了什么，现在怎样（公开）").fill("清理后改为绿地。");
    await press(page, "办完了");
    await expect(done.getByRole("status").filter({ hasText: "还缺：办好以后的照片" })).toBeVisible();
    await expect(page.getByLabel("做了什么，现在怎样（公开）")).toHaveValue("清理后改为绿地。");
    await expect(async () => expect((await onThePhone(page)).steps).toBe(0)).toPass({ timeout: 20_000 });
    await page.context().close();
  });

  test("an answer that got lost on the way back is no second step", async ({ browser, city, desk }) => {
    const number = await called(desk);
    const page = await ownPhone(browser, city, number);
    let tries = 0;
    await page.route(`**/desk/cases/${number}`, async (route) => {
      if (route.request().method() !== "POST" || tries++ > 0) return route.continue();
      await route.fetch({ maxRedirects: 0 });
      await route.abort("connectionreset");
    });
    await press(page, "到场");
    // Nobody has to press again.
    await expect(queue(page).getByRole("status")).toContainText(`已送出：到场 · ${number}`, { timeout: 60_000 });
    expect(tries).toBeGreaterThan(1);
    expect(await told(page, number, [/到场/])).toEqual([1]);
    await page.context().close();
  });

  test("what a colleague did meanwhile is told, and the step can be given up", async ({ browser, city, desk }) => {
    const number = await called(desk);
    const page = await ownPhone(browser, city, number);
    await page.context().setOffline(true);
    await press(page, "到场");
    await expect(queue(page)).toContainText("等网络");
    await expect(page.locator(".field-note"), "where its person looks").toContainText("等网络");
    await expect(page.locator("form[data-step][inert]"), "it cannot be pressed twice").toHaveCount(1);
    const colleague = await desk(OFFICER);
    await colleague.goto(`/desk/cases/${number}`);
    await step(colleague, "到场");
    await page.context().setOffline(false);
    await expect(queue(page)).toContainText("没有办成：", { timeout: 60_000 });
    await expect(queue(page)).toContainText("已经");
    // It can be tried again, and is no more possible than before.
    await queue(page).getByRole("button", { name: "现在就送" }).click();
    await expect(queue(page)).toContainText("没有办成：", { timeout: 60_000 });
    page.once("dialog", (dialog) => dialog.accept());
    await queue(page).getByRole("button", { name: `不送了：到场 · ${number}` }).click();
    await expect(queue(page).getByRole("listitem")).toHaveCount(0);
    expect((await onThePhone(page)).steps).toBe(0);
    await page.context().close();
  });

  test("whoever signs in next on that phone neither sees nor sends what waits there", async ({ browser, city, desk }) => {
    const number = await called(desk);
    const page = await ownPhone(browser, city, number);
    const context = page.context();
    await context.setOffline(true);
    await press(page, "到场");
    await expect(queue(page)).toContainText("等网络");
    const mine = (await context.cookies()).filter((cookie) => /staff$/.test(cookie.name));
    await page.close();
    await context.clearCookies();
    await context.setOffline(false);

    const other = await context.newPage();
    await other.goto("/sign-in");
    await other.getByLabel("这是我自己的手机").check();
    await passTheDoor(other, "officer-resources-land");
    await other.goto("/desk");
    await awake(other);
    await expect(queue(other)).not.toContainText(number);
    expect((await onThePhone(other)).steps, "it is not lost").toBe(1);

    // Its own person again: it goes.
    await context.clearCookies();
    await context.addCookies(mine);
    await other.goto("/desk");
    await expect(queue(other).getByRole("status")).toContainText(`已送出：到场 · ${number}`, { timeout: 60_000 });
    expect(await told(other, number, [/到场/])).toEqual([1]);
    await context.close();
  });

  test("a page that stands open while somebody else signs in does nothing in their name", async ({ browser, city, desk }) => {
    const number = await called(desk);
    const page = await ownPhone(browser, city, number);
    const context = page.context();
    const mine = (await context.cookies()).filter((cookie) => /staff$/.test(cookie.name));
    // Somebody of another unit signs in in another tab.
    const colleague = await desk("officer-resources-land");
    await context.addCookies((await colleague.context().cookies()).filter((cookie) => /staff$/.test(cookie.name)));
    await press(page, "到场");
    await expect(queue(page)).toContainText("用同一个账号再登录");
    expect((await onThePhone(page)).steps, "it is not lost").toBe(1);
    await context.clearCookies();
    await context.addCookies(mine);
    await page.goto("/desk");
    await expect(async () => expect((await onThePhone(page)).steps).toBe(0)).toPass({ timeout: 60_000 });
    expect(await told(page, number, [/到场/])).toEqual([1]);
    await context.close();
  });

  test("a session that ended loses neither the words nor the photos", async ({ browser, city, desk }) => {
    const number = await called(desk);
    const page = await ownPhone(browser, city, number);
    const context = page.context();
    const mine = (await context.cookies()).filter((cookie) => /staff$/.test(cookie.name));
    await context.clearCookies();
    const shown = await unfold(page, "补证据");
    await shown.getByLabel("办之前的照片").check();
    await shown.locator("input[type=file]").setInputFiles([photo("IMG.png", 21)]);
    await expect(page.locator(".shots li")).toHaveCount(1);
    await press(page, "补证据");
    await expect(queue(page)).toContainText("登录已结束");
    await expect(queue(page).getByRole("link", { name: "工作人员登录" })).toHaveAttribute("href", /own-phone=1/);
    // Another photo can be added all the same.
    await expect(page.locator(".shots li")).toHaveCount(0);
    await context.addCookies(mine);
    await page.goto("/desk");
    await expect(queue(page).getByRole("status")).toContainText("已送出", { timeout: 60_000 });
    await page.goto(`/desk/cases/${number}`);
    await expect(page.locator("ol.line img")).toHaveCount(1);
    await context.close();
  });

  test("on a device that others use nothing is kept", async ({ desk }) => {
    const number = await called(desk);
    const officer = await desk(OFFICER);
    await officer.goto(`/desk/cases/${number}`);
    await expect(officer.locator("#field-queue")).toHaveCount(0);
    await expect(officer.locator("form[data-step], [data-later]")).toHaveCount(0);
  });
});
