import type { Page } from "@playwright/test";
import { act, expect, file, fill, receipt, test, whistle } from "../support/test.ts";

/** The most a first visit may bring over the wire, headers and all: until it can be read and used, and with everything that wakes afterwards. */
const READY = 60_000;
const AWAKE = 200_000;

/** Bytes of a first visit: what the page needs, and what its islands add. */
async function visit(page: Page, path: string): Promise<{ ready: number; islands: number; lines: string[] }> {
  const wire = await page.context().newCDPSession(page);
  await wire.send("Network.enable");
  const address = new Map<string, string>();
  const bytes: [string, number][] = [];
  wire.on("Network.responseReceived", (it) => address.set(it.requestId, new URL(it.response.url).pathname));
  wire.on("Network.loadingFinished", (it) => bytes.push([address.get(it.requestId) ?? "", it.encodedDataLength]));
  await page.goto(path, { waitUntil: "networkidle" });
  const isIsland = ([name]: [string, number]) => /^\/pkg\/huiyin\..*\.(wasm|js)$/.test(name);
  const sum = (some: [string, number][]) => some.reduce((total, [, length]) => total + length, 0);
  const result = { ready: sum(bytes.filter((one) => !isIsland(one))), islands: sum(bytes.filter(isIsland)), lines: bytes.map(([name, length]) => `${name} ${length}`) };
  await wire.detach();
  return result;
}

test.describe("Bytes of a first visit", () => {
  for (const language of ["zh-Hans", "zh-Hant", "en"]) {
    test(`every page is within the budget, ${language}`, async ({ browser, city }) => {
      const first = async (path: string) => {
        // Nothing is in the cache of a new context.
        const context = await browser.newContext({ baseURL: city.url });
        const seen = await visit(await context.newPage(), `${path}?lang=${language}`);
        await context.close();
        return seen;
      };
      const context = await browser.newContext({ baseURL: city.url });
      const { number } = await file(await context.newPage(), { visibility: "public" });
      await context.close();
      city.run("release", "--by", "测试", number);
      const told: string[] = [];
      for (const path of ["/", "/whistle", "/cases", `/cases/${number}`, "/communities", "/services", "/track", "/help/privacy"]) {
        const { ready, islands, lines } = await first(path);
        told.push(`${path.replace(number, "{number}")}: ${ready} bytes, ${islands} of islands`);
        expect(ready, `${path} before anything wakes\n${lines.join("\n")}`).toBeLessThanOrEqual(READY);
        expect(ready + islands, `${path} with its islands\n${lines.join("\n")}`).toBeLessThanOrEqual(AWAKE);
        expect(islands > 0, `${path} has islands`).toBe(path === "/whistle" || path.startsWith("/cases/"));
      }
      console.log(told.join("\n"));
    });
  }
});

test("a phone of four years ago on slow 4G, inside WeChat: the form can be read and used at once, and wakes while one writes", async ({ browser, city }) => {
  const wechat = "Mozilla/5.0 (Linux; Android 12; M2101K7AG) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/107.0.5304.141 Mobile Safari/537.36 XWEB/5023 MMWEBSDK/20221206 MicroMessenger/8.0.32.2300(0x28002035) WeChat/arm64 Weixin NetType/4G Language/zh_CN ABI/arm64";
  const context = await browser.newContext({ baseURL: city.url, userAgent: wechat, viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, locale: "zh-CN" });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  // Lighthouse's slow 4G and its slowdown of a middling phone.
  await wire.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 });
  await wire.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const began = Date.now();
  await page.goto("/whistle", { waitUntil: "domcontentloaded" });
  const ready = Date.now() - began;
  await expect(page.locator("#draft-tools button")).toBeVisible();
  const awake = Date.now() - began;
  console.log(`slow 4G, a quarter of the speed: ready after ${ready} ms, awake after ${awake} ms`);
  expect(ready, "there to be read and used").toBeLessThan(3_000);
  expect(awake, "the helpers").toBeLessThan(10_000);
  await fill(page, whistle({ description: "微信里打开的：路灯三天不亮，晚上看不见路。" }));
  await act(page, "file").click();
  await expect(page).toHaveURL(/\/whistle\/receipt$/);
  await receipt(page);
  await context.close();
});
