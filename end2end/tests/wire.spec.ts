import type { Page } from "@playwright/test";
import { expect, file, test } from "../support/test.ts";

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
