import type { Page } from "@playwright/test";
import { act, expect, fill, send, test, whistle } from "../support/test.ts";

/** Opens the form and waits until its helpers are awake and know what the city offers. */
async function open(page: Page): Promise<void> {
  await page.goto("/whistle");
  await expect(page.locator("#community")).toHaveAttribute("role", "combobox");
  const offered = page.waitForResponse("**/whistle/offer");
  await page.locator("#description").focus();
  expect((await offered).status()).toBe(200);
}

const guess = (page: Page) => page.locator(".guess");
const error = (page: Page, field: string) => page.locator(`#${field}-error`);

test("what is written proposes its kind, with the word that says so", async ({ page }) => {
  await open(page);
  await page.locator("#description").pressSequentially("门口路灯不亮三天了");
  await expect(guess(page)).toContainText("路灯不亮");
  const first = guess(page).locator("button").first();
  const name = await first.innerText();
  await first.click();
  await expect(page.locator("input[name=category]:checked")).toHaveCount(1);
  await expect(guess(page)).toContainText(name);
  await page.locator("#category_words").fill("占道");
  await expect(guess(page).locator("button").first()).toBeVisible();
  await page.locator("#category_words").fill("没有这样的词");
  await expect(guess(page)).toContainText("没有找到");
});

test("a community is found by pinyin and by the place, by keyboard alone", async ({ page }) => {
  await open(page);
  await page.locator("#community").focus();
  await page.keyboard.type("xiangg");
  await expect(page.getByRole("option").first()).toContainText("象岗社区");
  await page.keyboard.press("ArrowDown");
  const chosen = page.getByRole("option", { selected: true });
  await expect(page.locator("#community")).toHaveAttribute("aria-activedescendant", (await chosen.getAttribute("id")) as string);
  await page.keyboard.press("Enter");
  await expect(page.locator("#community")).toHaveValue("象岗社区");
  await expect(page.getByRole("option")).toHaveCount(0);
  await page.locator("#community").fill("");
  await page.locator("#place").pressSequentially("象岗社区人民路口");
  await page.locator(".suggest button").click();
  await expect(page.locator("#community")).toHaveValue("象岗社区");
});

test("the device's position is shown before it is sent, and can be taken back", async ({ page, context }) => {
  await context.grantPermissions(["geolocation"]);
  await context.setGeolocation({ latitude: 27.578431, longitude: 120.553112, accuracy: 34.2 });
  await open(page);
  await page.locator(".locate button").first().click();
  await expect(page.locator("#lat")).toBeVisible();
  await expect(page.locator("#lat")).toHaveValue("27.57843");
  await expect(page.locator("#accuracy")).toHaveValue("35");
  await expect(page.locator(".locate")).toContainText("35");
  await page.locator(".locate button").nth(1).click();
  await expect(page.locator("#lat")).toHaveValue("");
});

test("a position that is not allowed is no obstacle", async ({ page, context }) => {
  await context.clearPermissions();
  await open(page);
  await page.locator(".locate button").first().click();
  await expect(page.locator(".locate")).toContainText("没有");
});

test("a mistake is told when its field is left, and goes when it is mended", async ({ page }) => {
  await open(page);
  await page.locator("#description").fill("短");
  await page.locator("#place").focus();
  await expect(error(page, "description")).toBeVisible();
  await expect(page.locator("#description")).toHaveAttribute("aria-describedby", /description-error/);
  // What was not yet asked is not found wrong.
  await expect(error(page, "community")).toHaveCount(0);
  await page.locator("#description").fill("路灯不亮三天了");
  await expect(error(page, "description")).toHaveCount(0);
});

test("a form with mistakes is not sent, and says all of them where the server would", async ({ page }) => {
  await open(page);
  await page.locator("#phone").fill("call me");
  let posts = 0;
  page.on("request", (request) => (posts += request.method() === "POST" ? 1 : 0));
  await act(page, "file").click();
  const summary = page.locator(".summary");
  await expect(summary).toBeFocused();
  const here = await summary.locator("a").evaluateAll((links) => links.map((link) => [link.getAttribute("href"), link.textContent]));
  expect(here.map(([href]) => href)).toEqual(["#danger", "#description", "#category", "#community", "#phone"]);
  expect(posts).toBe(0);
  // The server's words for the same form.
  const there = await page.evaluate(async () => {
    const form = document.querySelector('form[action="/whistle"]') as HTMLFormElement;
    const data = new FormData(form);
    data.set("act", "file");
    const answer = await fetch("/whistle", { method: "POST", body: data });
    const doc = new DOMParser().parseFromString(await answer.text(), "text/html");
    return [...doc.querySelectorAll(".summary a")].map((link) => [link.getAttribute("href"), link.textContent]);
  });
  expect(here).toEqual(there);
  await fill(page, whistle());
  await page.locator("#phone").fill("");
  await send(act(page, "file"));
  await expect(page).toHaveURL(/receipt/);
});

test("the browser accepts what the server accepts, and nothing else", async ({ page }) => {
  await open(page);
  await page.locator("#description").fill("路灯不亮三天了");
  const verdicts = await page.evaluate(async () => {
    const form = document.querySelector('form[action="/whistle"]') as HTMLFormElement;
    const button = form.querySelector("button[name=act][value=file]:not(.unseen)") as HTMLElement;
    let seed = 20261122;
    const draw = (most: number) => {
      seed = (Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
      return (seed >>> 8) % most;
    };
    const codes = [...form.querySelectorAll<HTMLInputElement>("input[name=category]")].map((radio) => radio.value);
    const choices: Record<string, string[]> = {
      danger: ["no", "no", "no", "yes", ""],
      category: [...codes.slice(0, 40), "", ""],
      description: ["路灯不亮三天了", "短", "", "字".repeat(2000), "字".repeat(2001), "多 空 格　的字", "a\tb\tc\td\te"],
      community: ["象岗社区", "象崗", "xiang gang", "330383198023", "没有这个社区", "", " "],
      place: ["", "人民路口", "x".repeat(201)],
      lat: ["", "27.5", "北", "91"],
      lng: ["", "120.5", "181"],
      accuracy: ["", "30", "很准"],
      visibility: ["", "public", "private", "public_without_detail"],
      phone: ["", "13800000000", "12", "call me", "０５７７-64221234"],
      name: ["", "王", "名".repeat(61)],
      email: ["", "a@b.cn", "nobody", "a@b"],
      may_call: ["", "yes"],
    };
    const found: { typed: string; browser: string[]; server: string[] }[] = [];
    for (let round = 0; round < 150; round++) {
      const typed: Record<string, string> = {};
      for (const [name, values] of Object.entries(choices)) {
        // Mostly what is right, so that mistakes come alone, too.
        const value = draw(3) > 0 ? (values[0] as string) : (values[draw(values.length)] as string);
        typed[name] = value;
        for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(`[name=${name}]`)) {
          if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) field.checked = field.value === value;
          else field.value = value;
        }
      }
      (form.elements.namedItem("key") as HTMLInputElement).value = `form-spec-${round}-${"0".repeat(22)}`.slice(0, 40);
      let accepted = false;
      const caught = (event: Event) => {
        accepted = true;
        event.preventDefault();
        event.stopImmediatePropagation();
      };
      form.addEventListener("submit", caught, { once: true, capture: true });
      document.querySelector(".summary")?.remove();
      form.requestSubmit(button);
      form.removeEventListener("submit", caught, { capture: true });
      const names = (root: ParentNode) => [...root.querySelectorAll(".summary a")].map((link) => link.getAttribute("href") as string);
      const browser = accepted ? ["accepted"] : names(document);
      const data = new FormData(form);
      data.set("act", "file");
      const answer = await fetch("/whistle", { method: "POST", body: data, redirect: "manual" });
      const server = answer.type === "opaqueredirect" ? ["accepted"] : names(new DOMParser().parseFromString(await answer.text(), "text/html"));
      found.push({ typed: JSON.stringify(typed).slice(0, 300), browser, server });
    }
    return found;
  });
  for (const { typed, browser, server } of verdicts) expect(browser, typed).toEqual(server);
  const taken = verdicts.filter(({ server }) => server[0] === "accepted").length;
  expect(taken, "some drafts are right").toBeGreaterThan(5);
  expect(taken, "and some are not").toBeLessThan(145);
});
