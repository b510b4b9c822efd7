import type { Page } from "@playwright/test";
import { City, prepared } from "../support/city.ts";
import { SignOn, freePort } from "../support/provider.ts";
import { expect, send, test } from "../support/test.ts";

const SECRET = "a secret that the provider gave this portal";

/** Types a login at the provider's own door, and agrees. */
async function vouch(page: Page, login: string): Promise<void> {
  await expect(page.locator("[name=login]"), "the provider's door").toBeVisible();
  await page.locator("[name=login]").fill(login);
  await page.locator("[name=password]").fill("whatever");
  await send(page.getByRole("button", { name: /sign-in/i }));
  await send(page.getByRole("button", { name: /continue/i }));
}

test("the city's own sign-on: a real provider vouches, and only for whom it may", async ({ browser }) => {
  test.setTimeout(240_000);
  const port = await freePort();
  const provider = await SignOn.start(`http://127.0.0.1:${port}/sign-in/city/back`, SECRET);
  const settings = { HUIYIN_ADDR: `127.0.0.1:${port}`, HUIYIN_OIDC_ISSUER: provider.issuer, HUIYIN_OIDC_CLIENT_ID: "huiyin", HUIYIN_OIDC_CLIENT_SECRET: SECRET, HUIYIN_OIDC_NAME: "浙政钉" };
  const city = await City.start("sqlite", prepared, settings);
  const visit = async (): Promise<Page> => (await browser.newContext({ baseURL: city.url, locale: "zh-CN" })).newPage();
  try {
    // Where one was going, one gets to; with no password and no code of ours.
    const secretary = await visit();
    await secretary.goto("/desk?list=checks");
    await secretary.getByRole("link", { name: "用浙政钉登录", exact: true }).click();
    await vouch(secretary, "secretary-xianggang");
    await expect(secretary).toHaveURL(`${city.url}/desk?list=checks`);
    await secretary.goto("/desk/me");
    await expect(secretary.locator("main")).toContainText("secretary-xianggang");

    // Somebody the provider knows and this portal does not; and one of the three who are kept apart.
    for (const login of ["nobody-of-ours", "auditor"]) {
      const other = await visit();
      await other.goto("/sign-in");
      await other.getByRole("link", { name: "用浙政钉登录", exact: true }).click();
      await vouch(other, login);
      await expect(other.locator(".error").first(), login).toContainText("这里还没有给您开通");
      await other.goto("/desk");
      await expect(other).toHaveURL(/\/sign-in/);
    }

    // A way back that this browser did not set out for signs nobody in: made up, or somebody else's.
    const victim = await visit();
    await victim.goto("/sign-in/city/back?code=abc&state=def");
    await expect(victim.getByLabel("账号")).toBeVisible();
    const thief = await visit();
    await thief.goto("/sign-in/city");
    await thief.locator("[name=login]").fill("commission");
    await thief.locator("[name=password]").fill("whatever");
    await send(thief.getByRole("button", { name: /sign-in/i }));
    // Their own browser has forgotten that it set out: the code is unused.
    await thief.context().clearCookies({ name: "city-sign-on" });
    await send(thief.getByRole("button", { name: /continue/i }));
    await expect(thief).toHaveURL(/\/sign-in\/city\/back\?code=/);
    await expect(thief.locator(".error").first()).toBeVisible();
    const way = thief.url();
    await victim.goto("/sign-in/city");
    await victim.goto(way);
    await expect(victim.locator(".error").first()).toContainText("没有让您通过");
    await victim.goto("/desk");
    await expect(victim).toHaveURL(/\/sign-in/);

    // Somebody turns back at the provider's door.
    const shy = await visit();
    await shy.goto("/sign-in/city");
    await shy.getByRole("link", { name: /cancel/i }).click();
    await expect(shy.locator(".error").first()).toContainText("没有让您通过");
    // Nothing of a code or a token stands in the log.
    const code = new URL(way).searchParams.get("code") ?? "";
    expect(code.length).toBeGreaterThan(10);
    expect(city.logLines().join("\n")).not.toContain(code);
  } finally {
    await provider.stop();
    await city.stop();
  }
});

test("a provider that is away takes the password from nobody", async ({ browser }) => {
  const port = await freePort();
  const settings = { HUIYIN_ADDR: `127.0.0.1:${port}`, HUIYIN_OIDC_ISSUER: `http://127.0.0.1:${await freePort()}`, HUIYIN_OIDC_CLIENT_ID: "huiyin", HUIYIN_OIDC_CLIENT_SECRET: SECRET };
  const city = await City.start("sqlite", prepared, settings);
  try {
    const page = await (await browser.newContext({ baseURL: city.url, locale: "zh-CN" })).newPage();
    const answer = await page.goto("/sign-in/city?next=/desk");
    expect(answer?.status()).toBe(503);
    await expect(page.locator(".error").first()).toContainText("没有应答");
    await expect(page.getByLabel("账号")).toBeVisible();
  } finally {
    await city.stop();
  }
});
