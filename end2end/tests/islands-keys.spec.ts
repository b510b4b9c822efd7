import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test } from "../support/desk.ts";
import { act, send } from "../support/test.ts";

const STATION = "station-unit-06";
let filed = 0;

async function file(request: APIRequestContext): Promise<string> {
  const answer = await request.post("/api/v1/cases", {
    headers: { "Idempotency-Key": `desk-keys-journey-${Date.now()}-${(filed += 1)}` },
    data: { kind: "whistle", category: "street-vending", community: "330383198023", description: "人民路口的摊位占住了盲道", place: { address: "人民路口" }, visibility: "public" },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()).number;
}

const fold = (page: Page) => page.locator("#desk-keys details");
const cases = (page: Page) => page.locator(".work-item .case-head a");
const pick = (page: Page, at: number) => page.locator(".work-item").nth(at).locator("input[type=checkbox]");

/** Which case of the list has the focus; -1 where none has. */
const focused = (page: Page) => page.evaluate(() => [...document.querySelectorAll(".work-item .case-head a")].findIndex((link) => link === document.activeElement));

/** Opens a page of the desk and waits until its keys are awake and it has looked for news once. */
async function open(page: Page, address: string): Promise<void> {
  const looked = page.waitForResponse((answer) => answer.url().includes("part=1"));
  await page.goto(address);
  await looked;
  await expect(page.locator("#desk-keys"), "the keys are awake").toBeVisible();
}

test("letters go through the list, pick and open", async ({ desk, request }) => {
  for (let one = 0; one < 3; one++) await file(request);
  const mine = await desk(STATION);
  const complaints: string[] = [];
  mine.on("pageerror", (error) => complaints.push(String(error)));
  await open(mine, "/desk?list=open");

  // With nothing before, back leads nowhere.
  await mine.keyboard.press("k");
  expect(await focused(mine)).toBe(-1);
  await mine.keyboard.press("j");
  await expect(cases(mine).nth(0)).toBeFocused();
  await expect(cases(mine).nth(0), "the focus is seen").toHaveCSS("outline-style", "solid");
  await mine.keyboard.press("j");
  await mine.keyboard.press("j");
  await expect(cases(mine).nth(2)).toBeFocused();
  await expect(cases(mine).nth(2)).toBeInViewport({ ratio: 1 });
  await mine.keyboard.press("k");
  await expect(cases(mine).nth(1)).toBeFocused();
  // Not ours: it belongs to the browser or to whoever helps with reading.
  await mine.keyboard.press("Alt+j");
  await expect(cases(mine).nth(1)).toBeFocused();

  await mine.keyboard.press("x");
  await expect(pick(mine, 1)).toBeChecked();
  await expect(cases(mine).nth(1), "one goes on from the same case").toBeFocused();
  await mine.keyboard.press("x");
  await expect(pick(mine, 1)).not.toBeChecked();
  await expect(mine.locator(".work-item input:checked")).toHaveCount(0);

  const address = (await cases(mine).nth(1).getAttribute("href")) as string;
  await mine.keyboard.press("o");
  await expect(mine).toHaveURL((url) => url.pathname === address);
  expect(complaints).toEqual([]);
});

test("a slash leads to the search, and there letters are letters", async ({ desk, request }) => {
  await file(request);
  const mine = await desk(STATION);
  await open(mine, "/desk?list=open");
  await expect(mine.locator("#q")).toBeHidden();
  await mine.keyboard.press("/");
  await expect(mine.locator("#q")).toBeFocused();
  await mine.keyboard.type("jkx/?");
  await expect(mine.locator("#q")).toHaveValue("jkx/?");
  await expect(mine.locator("#q")).toBeFocused();
  await expect(mine.locator(".work-item input:checked")).toHaveCount(0);
  await expect(fold(mine)).not.toHaveAttribute("open");
});

test("a question mark shows what the keys are, and leads back", async ({ desk, request }) => {
  await file(request);
  const mine = await desk(STATION);
  await open(mine, "/desk?list=open");
  await mine.keyboard.press("j");
  await mine.keyboard.press("?");
  await expect(fold(mine)).toHaveAttribute("open", "");
  await expect(fold(mine).locator("summary")).toBeFocused();
  await expect(fold(mine)).toContainText("打开这一件");
  await mine.keyboard.press("?");
  await expect(fold(mine)).not.toHaveAttribute("open");
  await expect(cases(mine).nth(0)).toBeFocused();
});

test("who does not want the keys turns them off, and off they stay", async ({ desk, request }) => {
  await file(request);
  await file(request);
  const mine = await desk(STATION);
  await open(mine, "/desk?list=open");
  await fold(mine).locator("summary").click();
  const on = mine.getByLabel("用快捷键");
  await expect(on).toBeChecked();
  await on.uncheck();
  for (const again of [false, true]) {
    if (again) await open(mine, "/desk?list=open");
    await cases(mine).nth(0).focus();
    for (const key of ["j", "x", "o", "/", "?"]) await mine.keyboard.press(key);
    await expect(cases(mine).nth(0)).toBeFocused();
    await expect(pick(mine, 0)).not.toBeChecked();
    await expect(mine.locator("#q")).toBeHidden();
    await expect(mine).toHaveURL(/\/desk\?list=open$/);
  }
  await expect(fold(mine)).not.toHaveAttribute("open");
  // A letter alone does not bring them back, the switch does.
  await fold(mine).locator("summary").click();
  await expect(on).not.toBeChecked();
  await on.check();
  await cases(mine).nth(0).focus();
  await mine.keyboard.press("j");
  await expect(cases(mine).nth(1)).toBeFocused();
});

test("the keys know a list that has changed meanwhile, and one's place in it", async ({ desk, request }) => {
  await file(request);
  const mine = await desk(STATION);
  await open(mine, "/desk?list=open");
  await mine.keyboard.press("j");
  const later = await file(request);
  await expect(mine.locator(`#case-${later}`)).toBeVisible();
  const stands = await focused(mine);
  expect(stands, "the focus is on its case still").toBeGreaterThanOrEqual(0);
  // Whichever way leads to a neighbour.
  const last = stands === (await cases(mine).count()) - 1;
  await mine.keyboard.press(last ? "k" : "j");
  expect(await focused(mine)).toBe(last ? stands - 1 : stands + 1);
  // The new one is picked as the others are.
  await mine.locator(`#case-${later} .case-head a`).focus();
  await mine.keyboard.press("x");
  await expect(mine.locator(`#case-${later} input[type=checkbox]`)).toBeChecked();
});

test("from a case, letters lead on to the next and back to the list, and leave nothing half written", async ({ desk, request }) => {
  const number = await file(request);
  await file(request);
  const mine = await desk("secretary-xianggang");
  await open(mine, `/desk/cases/${number}`);
  // Nothing was done yet: there is no next one.
  await mine.keyboard.press("n");
  await expect(mine).toHaveURL(new RegExp(`/desk/cases/${number}$`));
  await send(act(mine, "accept"));
  await expect(mine.locator("#desk-keys")).toBeVisible();
  const next = (await mine.locator(".after a").first().getAttribute("href")) as string;
  expect(next).toMatch(/^\/desk\/cases\//);
  await mine.keyboard.press("n");
  await expect(mine).toHaveURL((url) => url.pathname === next);

  const address = `/desk/cases/${number}`;
  await open(mine, address);
  await mine.locator("summary").getByText("内部记录", { exact: true }).click();
  const note = mine.locator("#do-note-text");
  await note.fill("问过物业");
  await note.evaluate((field) => (field as HTMLElement).blur());
  await mine.keyboard.press("u");
  await expect(note).toHaveValue("问过物业");
  await expect(mine).toHaveURL((url) => url.pathname === address);

  await open(mine, address);
  await mine.keyboard.press("u");
  await expect(mine).toHaveURL(/\/desk$/);
});

test("the list with the keys every page has: Tab and Enter", async ({ desk, request }) => {
  await file(request);
  const mine = await desk(STATION);
  // As for whoever has turned the letters off.
  await mine.evaluate(() => localStorage.setItem("huiyin-keys", "off"));
  await open(mine, "/desk?list=open");
  const address = (await cases(mine).nth(0).getAttribute("href")) as string;
  const passed: string[] = [];
  for (let step = 0; step < 80 && passed.at(-1) !== "case"; step++) {
    await mine.keyboard.press("Tab");
    const stop = await mine.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      if (element.matches(".skip")) return "skip";
      if (element.matches(".narrow-down > summary")) return "fold";
      if (element.id === "q") return "search";
      if (element.matches(".work-item input[type=checkbox]")) return "pick";
      return element.matches(".work-item .case-head a") ? "case" : "";
    });
    if (stop) passed.push(stop);
    // The search lies in a fold.
    if (stop === "fold") await mine.keyboard.press("Enter");
  }
  expect(passed).toEqual(["skip", "fold", "search", "pick", "case"]);
  await expect(cases(mine).nth(0)).toBeFocused();
  await expect(cases(mine).nth(0)).toBeInViewport({ ratio: 1 });
  await expect(cases(mine).nth(0)).toHaveCSS("outline-style", "solid");
  await mine.keyboard.press("Enter");
  await expect(mine).toHaveURL((url) => url.pathname === address);
});

test("without scripts the page promises no keys", async ({ desk, browser, city }) => {
  const mine = await desk(STATION);
  const context = await browser.newContext({ baseURL: city.url, javaScriptEnabled: false });
  await context.addCookies(await mine.context().cookies());
  const plain = await context.newPage();
  await plain.goto("/desk?list=open");
  await expect(plain.locator("#desk-keys")).toHaveCount(1);
  await expect(plain.locator("#desk-keys")).toBeHidden();
  await context.close();
});
