// The gallery of docs/screens: every page and state as a resident sees it, on a phone and on a desk. Not a test: `make screens` writes it, and people look at it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { photo } from "../support/photo.ts";
import { City, root } from "../support/city.ts";
import { passTheDoor, signIn, test, unfoldAll } from "../support/desk.ts";
import { act, expect, file, fill, send, track, whistle } from "../support/test.ts";

const folder = join(root, "docs", "screens");
/** No picture is taller than this: a reader sees how a page begins, not all of its list. */
const TALLEST = { phone: 1700, desk: 1400 };

interface Shown {
  name: string;
  about: string;
  /** Opens the page in this state. */
  open: (page: Page, city: City) => Promise<void>;
  lang?: string;
  size?: "large";
  dark?: true;
  /** Only at this width. */
  only?: "phone" | "desk";
}

const at = (path: string) => async (page: Page) => void (await page.goto(path));

/** A case where much happened. */
async function storied(page: Page): Promise<string> {
  const answer = await page.request.get("/api/v1/cases?limit=100");
  const numbers = [...(await answer.text()).matchAll(/"number":"([^"]+)"/g)].map((found) => found[1] as string);
  let best = { number: "", entries: 0 };
  for (const number of numbers.slice(0, 60)) {
    const html = await (await page.request.get(`/cases/${number}`)).text();
    const entries = Number(/data-count="(\d+)"/.exec(html)?.[1] ?? 0);
    if (entries > best.entries) best = { number, entries };
  }
  return best.number;
}

async function first(page: Page, list: string): Promise<void> {
  await page.goto(list);
  const address = await page.locator(`main a[href^="${list}/"]`).first().getAttribute("href");
  await page.goto(address as string);
}

async function mine(page: Page): Promise<void> {
  const { code } = await file(page, { category: "street-light", description: "人民路口的路灯坏了三天，晚上走路看不见台阶。" }, [photo("a.png", 1)]);
  await track(page, code);
}

const OFFICER = "officer-enforcement-appearance";

/** As a member of staff, at an address of the desk. */
const staff = (login: string, path: string) => async (page: Page, city: City) => {
  await signIn(page, city, login);
  await page.goto(path);
};

/** A fresh case, called and reported in to, by as many browsers as people; its number and, once a firm is engaged, its link. */
async function worked(page: Page, city: City, engage: boolean): Promise<{ number: string; link: string }> {
  const { number } = await file(page, { category: "illegal-dumping" }, [photo("a.png", 1)]);
  const context = await (page.context().browser() as NonNullable<ReturnType<ReturnType<Page["context"]>["browser"]>>).newContext({ baseURL: city.url, locale: "zh-CN" });
  const other = await context.newPage();
  await signIn(other, city, "secretary-xianggang");
  await other.goto(`/desk/cases/${number}`);
  await unfoldAll(other);
  await other.locator("[name=class]").first().check();
  await other.locator("[name=lead]").selectOption("enforcement-appearance");
  await other.locator("details:has(> .body button[value=call]) [name=text]").fill("今天清掉，拍前后照片。");
  await send(act(other, "call"));
  await other.context().clearCookies();
  await signIn(other, city, OFFICER);
  await other.goto(`/desk/cases/${number}`);
  await send(act(other, "report_in"));
  let link = "";
  if (engage) {
    await unfoldAll(other);
    await other.locator("[name=contractor]").first().check();
    await send(act(other, "engage"));
    link = new URL((await other.locator("#live-firms .code-line a").getAttribute("href")) as string).pathname;
  }
  await context.close();
  return { number, link };
}

const shown: Shown[] = [
  { name: "home", about: "Home", open: at("/") },
  { name: "home-en", about: "Home, English", open: at("/"), lang: "en", only: "phone" },
  { name: "home-hant", about: "Home, traditional characters", open: at("/"), lang: "zh-Hant", only: "phone" },
  { name: "home-dark", about: "Home, dark", open: at("/"), dark: true, only: "phone" },
  { name: "home-large", about: "Home, large type", open: at("/"), size: "large", only: "phone" },
  { name: "whistle", about: "The form: danger first", open: at("/whistle") },
  { name: "whistle-en", about: "The form, English", open: at("/whistle"), lang: "en", only: "phone" },
  {
    name: "errors",
    about: "The form with its mistakes, each beside its field",
    open: async (page) => {
      await page.goto("/whistle");
      await fill(page, whistle({ category: "illegal-dumping", description: "", place: "" }));
      await act(page, "file").click();
      await expect(page.locator(".summary")).toBeVisible();
    },
  },
  {
    name: "guess",
    about: "The kind of problem, guessed from the words, with its reason",
    open: async (page) => {
      await page.goto("/whistle");
      await page.locator("#description").pressSequentially("路口有人占道摆摊，车都过不去。");
      await expect(page.locator(".guess p")).toBeVisible();
      await page.locator("#description").scrollIntoViewIfNeeded();
      await page.evaluate(() => document.querySelector("#description")?.closest(".field")?.scrollIntoView());
    },
  },
  {
    name: "cover",
    about: "A photo, made small and without its place, about to be covered",
    open: async (page) => {
      await page.goto("/whistle");
      await expect(page.locator("#photos-look")).toBeHidden();
      await page.locator("input#photos").setInputFiles([photo("a.png", 4, 480)]);
      await page.locator("[id^=edit-shot]").click();
      await page.evaluate(() => document.querySelector("#photos")?.closest(".field")?.scrollIntoView());
    },
  },
  {
    name: "offline",
    about: "Sent without a line: kept on the phone",
    only: "phone",
    open: async (page) => {
      await page.goto("/whistle");
      await expect(page.locator(".draft button")).toBeVisible();
      await fill(page, whistle({ category: "illegal-dumping" }));
      await page.context().setOffline(true);
      await act(page, "file").click();
      await expect(page.locator(".draft [role=status]")).toContainText("存在这部手机上");
      await page.evaluate(() => scrollTo(0, (document.querySelector("#draft-tools")?.getBoundingClientRect().top ?? 0) + scrollY - 400));
    },
  },
  {
    name: "preview",
    about: "What the public will see, before it is filed",
    open: async (page) => {
      await page.goto("/whistle");
      await fill(page, whistle({ category: "illegal-dumping" }));
      await act(page, "preview").click();
      await expect(page.locator("main")).toContainText(whistle().description);
    },
  },
  { name: "receipt", about: "Number and receipt code, shown once", open: async (page) => void (await file(page, { category: "illegal-dumping" })) },
  { name: "track-code", about: "To one's own case, by the code", open: at("/track") },
  { name: "track", about: "One's own case", open: mine },
  { name: "cases", about: "Public cases, with filters", open: at("/cases") },
  { name: "case", about: "A case: who was called, who reported in, and when", open: async (page) => void (await page.goto(`/cases/${await storied(page)}`)) },
  { name: "case-en", about: "The same, English", lang: "en", only: "phone", open: async (page) => void (await page.goto(`/cases/${await storied(page)}`)) },
  { name: "empty", about: "A search that finds nothing", open: at("/cases?q=qqqqqqqq"), only: "phone" },
  { name: "communities", about: "Communities", open: at("/communities") },
  { name: "community", about: "A community", open: async (page) => first(page, "/communities") },
  { name: "services", about: "Services", open: at("/services") },
  { name: "service", about: "A service", open: async (page) => first(page, "/services") },
  { name: "metrics", about: "How the figures are made", open: at("/help/metrics") },
  { name: "accessibility", about: "Accessibility", open: at("/help/accessibility") },
  { name: "privacy", about: "What is kept of whom", open: at("/help/privacy") },
  { name: "contact", about: "People to talk to", open: at("/help/contact") },
  { name: "data", about: "Open data", open: at("/data") },
  { name: "ledger", about: "The ledger", open: at("/ledger") },
  { name: "sign-in", about: "The door of the desk", open: at("/sign-in") },
  { name: "desk", about: "A secretary's worklist", open: staff("secretary-xianggang", "/desk") },
  { name: "desk-grid", about: "A grid officer's worklist", open: staff("grid-xianggang", "/desk"), only: "phone" },
  {
    name: "desk-case",
    about: "A new case on the secretary's desk",
    open: async (page, city) => {
      const { number } = await file(page, { category: "illegal-dumping" }, [photo("a.png", 1)]);
      await staff("secretary-xianggang", `/desk/cases/${number}`)(page, city);
    },
  },
  {
    name: "desk-called",
    about: "The officer's case, and the firm at work on it",
    open: async (page, city) => {
      const { number } = await worked(page, city, true);
      await staff(OFFICER, `/desk/cases/${number}`)(page, city);
    },
  },
  {
    name: "desk-field",
    about: "An officer's own phone under a bridge: what was done waits for a line",
    open: async (page, city) => {
      const { number } = await worked(page, city, false);
      await page.goto("/sign-in");
      await page.getByLabel("这是我自己的手机").check();
      await passTheDoor(page, OFFICER);
      await page.goto(`/desk/cases/${number}`);
      await expect(page.locator("#field-queue [role=status]")).toBeAttached();
      await page.context().setOffline(true);
      for (const verb of ["set_out", "arrive"]) await act(page, verb).click();
      await expect(page.locator("#field-queue li")).toHaveCount(2);
      await page.evaluate(() => scrollTo(0, 0));
    },
    only: "phone",
  },
  { name: "contract", about: "The firm, by its link", open: async (page, city) => void (await page.goto((await worked(page, city, true)).link)) },
  {
    name: "desk-cover",
    about: "Covering a part of a photo before the public sees it",
    open: async (page, city) => {
      const { number } = await file(page, { category: "illegal-dumping" }, [photo("a.png", 4, 480)]);
      await staff("secretary-xianggang", `/desk/cases/${number}/photos/1`)(page, city);
    },
  },
  { name: "desk-file", about: "Found on patrol, or told for a resident", open: staff("grid-xianggang", "/desk/file"), only: "phone" },
  { name: "supervision", about: "Supervision", open: staff("supervisor", "/desk/audit") },
  { name: "bulletin", about: "The weekly bulletin", open: staff("supervisor", "/desk/bulletin") },
  { name: "bulletin-en", about: "The same, English", open: staff("supervisor", "/desk/bulletin"), lang: "en", only: "phone" },
  { name: "morning", about: "One's own list on paper", open: staff("secretary-xianggang", "/desk/morning") },
  {
    name: "demand",
    about: "A demand for an answer, on paper",
    open: async (page, city) => {
      const { number } = await file(page, { category: "illegal-dumping" });
      await staff("supervisor", `/desk/cases/${number}`)(page, city);
      await unfoldAll(page);
      const demand = page.locator("details:has(> .body button[value=supervise])");
      await demand.locator("[name=until]").fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
      await demand.locator("[name=text]").fill("请书面说明为什么三天没有人到场。");
      await send(act(page, "supervise"));
      await page.goto(`/desk/cases/${number}/demands/1`);
    },
  },
  { name: "city", about: "What the city is, and what is coming", open: staff("commission", "/desk/city") },
  { name: "city-area", about: "A community in it", open: staff("commission", "/desk/city?part=areas&of=330383198023") },
  { name: "city-split", about: "Splitting it", open: staff("commission", "/desk/city?topic=split_area&of=330383198023"), only: "phone" },
  { name: "city-clocks", about: "Time limits", open: staff("commission", "/desk/city?part=clocks"), only: "desk" },
  { name: "people", about: "Accounts and appointments", open: staff("security", "/desk/people?q=xianggang") },
  { name: "missing", about: "An address that leads nowhere", open: at("/not-here"), only: "phone" },
];

const widths = { phone: 390, desk: 1200 };

for (const [kind, width] of Object.entries(widths) as ["phone" | "desk", number][]) {
  for (const one of shown.filter(({ only }) => !only || only === kind)) {
    test(`${one.name} ${kind}`, async ({ browser, city }) => {
      const phone = kind === "phone" ? { hasTouch: true, isMobile: true } : {};
      const context = await browser.newContext({ baseURL: city.url, viewport: { width, height: kind === "phone" ? 844 : 900 }, colorScheme: one.dark ? "dark" : "light", ...phone });
      const page = await context.newPage();
      await page.goto(`/?lang=${one.lang ?? "zh-Hans"}${one.size ? `&size=${one.size}` : ""}`);
      await one.open(page, city);
      await page.waitForLoadState("load");
      await page.waitForTimeout(500);
      // What has to be seen may stand further down than the page begins.
      const from = await page.evaluate(() => scrollY);
      const whole = await page.evaluate(() => document.documentElement.scrollHeight);
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${one.name}-${width}.jpg`), type: "jpeg", quality: 55, fullPage: true, clip: { x: 0, y: from, width, height: Math.min(whole - from, TALLEST[kind]) } });
      await context.close();
    });
  }
}

test("the list of them", () => {
  const row = ({ name, about, only }: Shown) => {
    const picture = (kind: "phone" | "desk") => (only && only !== kind ? "" : `<img src="${name}-${widths[kind]}.jpg" width="${kind === "phone" ? 260 : 520}" alt="${about}">`);
    return `| ${about} | ${picture("phone")} | ${picture("desk")} |`;
  };
  const head = ["# Every page", "", "As residents and staff see it, at 390 and at 1200 pixels; written by `make screens` from the demo city, whose cases and people are made up.", "", "| | phone | desk |", "|---|---|---|"];
  writeFileSync(join(folder, "README.md"), `${[...head, ...shown.map(row)].join("\n")}\n`);
});
