import { createHmac } from "node:crypto";
import { expect, type BrowserContext, type Page } from "@playwright/test";
import type { City } from "./city.ts";
import { act, send, test as base } from "./test.ts";

/** The password of everybody in a demonstration. */
export const PASSWORD = "demo-of-huiyin";

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;
/** Who has signed in to a city: a one-time code is good once, so each person passes the door once. */
const passed = new WeakMap<City, Map<string, Cookies>>();

/** Login, password and code, whatever the language; ends where the door leads on to. */
export async function passTheDoor(page: Page, login: string): Promise<void> {
  await page.locator("[name=login]").fill(login);
  await page.locator("[name=password]").fill(PASSWORD);
  await send(act(page, "password"));
  // Somebody may have used this one as the same person a moment ago; the page says to wait for the next.
  await expect(async () => {
    await page.locator("[name=code]").fill(await shownCode(page));
    await send(act(page, "code"));
    await expect(page.locator("[name=code]")).toHaveCount(0, { timeout: 500 });
  }).toPass({ intervals: [8_000], timeout: 70_000 });
}

/** The code that a demonstration shows in place of an authenticator. */
export async function shownCode(page: Page): Promise<string> {
  const said = await page.locator("main .callout").innerText();
  const code = /\d{6}/.exec(said)?.[0] ?? "";
  expect(code, "a demonstration shows the code").not.toBe("");
  return code;
}

/** Signs this browser in; the desk stands open. */
export async function signIn(page: Page, city: City, login: string): Promise<void> {
  const people = passed.get(city) ?? new Map<string, Cookies>();
  passed.set(city, people);
  const known = people.get(login);
  if (known) {
    await page.context().addCookies(known);
    await page.goto("/desk");
  } else {
    await page.goto("/sign-in");
    await passTheDoor(page, login);
    const cookies = await page.context().cookies();
    people.set(login, cookies.filter((cookie) => /staff$/.test(cookie.name)));
  }
  await expect(page, `${login} is signed in`).toHaveURL(/\/desk(\/people|\/audit)?$/);
}

/** What an authenticator shows now for a secret as the page writes it (RFC 6238). */
export function oneTimeCode(secret: string): string {
  const bits = [...secret.replace(/[^A-Z2-7]/g, "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", key).update(step).digest();
  const word = digest.readUInt32BE((digest.at(-1) as number) & 15) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, "0");
}

/** Opens every fold of the page, those inside others as well. */
export async function unfoldAll(page: Page): Promise<void> {
  const closed = page.locator("main details:not([open]) > summary:visible");
  while ((await closed.count()) > 0) await closed.first().click();
}

/** `desk` opens a browser of its own for each member of staff, as they sit at different tables. */
export const test = base.extend<{ desk: (login: string) => Promise<Page> }>({
  desk: async ({ browser, city }, use) => {
    const open: BrowserContext[] = [];
    await use(async (login) => {
      const context = await browser.newContext();
      open.push(context);
      const page = await context.newPage();
      await signIn(page, city, login);
      return page;
    });
    for (const context of open) await context.close();
  },
});
export { expect };
