import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/city.ts";
import { expect, test } from "../support/test.ts";

test("the islands wake under the policy: the counter counts along", async ({ page }) => {
  expect(existsSync(join(root, "target/site/hashes")), "the islands are built (scripts/islands.sh)").toBe(true);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || /Content.Security.Policy|hydrat/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto("/whistle");
  const counter = page.locator("#description-limit");
  const before = await counter.innerText();
  await expect(async () => {
    await page.locator("textarea[name=description]").fill("");
    await page.locator("textarea[name=description]").pressSequentially("路灯不亮三天了");
    expect(await counter.innerText()).not.toBe(before);
  }).toPass({ timeout: 15_000 });
  await expect(counter).toContainText("1993");
  await page.locator("textarea[name=description]").fill("多".repeat(2001));
  await expect(counter).toContainText("1");
  expect(complaints).toEqual([]);
});

test("a page without islands loads no WASM", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/cases");
  await page.waitForTimeout(500);
  expect(asked.filter((path) => path.endsWith(".wasm"))).toEqual([]);
});
