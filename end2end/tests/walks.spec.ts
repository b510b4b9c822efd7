import type { Browser, BrowserContextOptions, Locator, Page } from "@playwright/test";
import type { City } from "../support/city.ts";
import { expect, expectNoSidewaysScroll, test } from "../support/test.ts";

// Three people who have never seen it. They know only what is written on the page or read out to them: every step finds its
// way by a role and a name, none by an id. What they do is counted, and turned into seconds with numbers that are not kind.

/** A person's pace, in seconds (pressing includes finding where): an order of magnitude, with room. */
interface Pace {
  press: number;
  letter: number;
  page: number;
}
const MINUTE = 60;

class Person {
  presses = 0;
  letters = 0;
  pages = 0;

  private constructor(
    readonly page: Page,
    readonly pace: Pace,
  ) {}

  static async arrive(browser: Browser, city: City, pace: Pace, options: BrowserContextOptions, path = "/"): Promise<Person> {
    const context = await browser.newContext({ baseURL: city.url, ...options });
    const person = new Person(await context.newPage(), pace);
    await person.page.goto(path);
    return person;
  }

  async press(what: Locator): Promise<void> {
    this.presses++;
    await what.click();
  }

  async turn(what: Locator): Promise<void> {
    this.pages++;
    const there = this.page.waitForEvent("load");
    await this.press(what);
    await there;
    await expectNoSidewaysScroll(this.page);
  }

  async write(what: Locator, text: string): Promise<void> {
    await this.press(what);
    this.letters += [...text].length;
    await what.pressSequentially(text);
  }

  seconds(): number {
    return this.presses * this.pace.press + this.letters * this.pace.letter + this.pages * this.pace.page;
  }

  async leave(name: string): Promise<void> {
    console.log(`${name}: ${this.presses} presses, ${this.letters} letters, ${this.pages} pages, about ${Math.round(this.seconds())} s`);
    await this.page.context().close();
  }
}

/** The 21 digits, as one reads them off the receipt. */
async function codeOf(page: Page): Promise<string> {
  return /(?:\d[ ]?){21}/.exec(await page.getByRole("main").innerText())?.[0].replace(/\D/g, "") ?? "";
}

test.describe("Three people who have never seen it", () => {
  for (const scripts of [true, false]) {
    test(`an elderly resident, a small phone, large type, ${scripts ? "with" : "without"} JavaScript`, async ({ browser, city }) => {
      const small = { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true, locale: "zh-CN", javaScriptEnabled: scripts };
      const who = await Person.arrive(browser, city, { press: 3, letter: 2, page: 2 }, small);
      const { page } = who;
      await who.turn(page.getByRole("link", { name: "大字版" }));
      await who.turn(page.getByRole("main").getByRole("link", { name: /反映问题/ }));
      await who.press(page.getByRole("radio", { name: "没有危险" }));
      await who.write(page.getByRole("textbox", { name: "发生了什么？" }), "路灯不亮了");
      if (scripts) {
        await who.press(page.getByRole("button", { name: "路灯不亮" }));
      } else {
        await who.write(page.getByRole("searchbox", { name: /类/ }).or(page.getByRole("textbox", { name: /搜.*类|类.*搜/ })).first(), "路灯");
        await who.turn(page.getByRole("button", { name: /找类别|搜/ }).first());
        await who.press(page.getByRole("radio", { name: /^路灯/ }).first());
      }
      const community = page.getByRole("combobox", { name: "在哪个社区？" }).or(page.getByRole("textbox", { name: "在哪个社区？" })).first();
      await who.write(community, "象岗");
      if (scripts) await who.press(page.getByRole("option", { name: /象岗社区/ }));
      await who.turn(page.getByRole("button", { name: "发给社区" }));
      await expect(page.getByRole("heading", { level: 1 })).toContainText("象岗社区");
      expect(await codeOf(page)).toHaveLength(21);
      expect(who.seconds(), "filed in under a minute").toBeLessThan(MINUTE);
      await who.turn(page.getByRole("button", { name: "现在就去看进度" }));
      await expect(page.getByRole("main")).toContainText("路灯不亮了");
      await who.leave(`elderly resident, scripts ${scripts}`);
    });
  }

  test("an English speaker at a desk", async ({ browser, city }) => {
    const who = await Person.arrive(browser, city, { press: 2, letter: 0.25, page: 1 }, { viewport: { width: 1200, height: 900 }, locale: "en-GB" });
    const { page } = who;
    await expect(page.locator("html"), "the browser's language is taken").toHaveAttribute("lang", "en");
    await who.turn(page.getByRole("main").getByRole("link", { name: /Report a problem/ }));
    await who.press(page.getByRole("radio", { name: "Nobody is in danger" }));
    await who.write(page.getByRole("textbox", { name: "What happened?" }), "The street light at the corner has been out for three nights.");
    await who.press(page.getByRole("button", { name: "Street light" }));
    await who.write(page.getByRole("combobox", { name: "Which community is it in?" }), "xiangg");
    await who.press(page.getByRole("option").first());
    await who.write(page.getByRole("textbox", { name: "Where exactly?" }), "corner of Renmin Road");
    await who.turn(page.getByRole("button", { name: "Send to the community" }));
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Sent to");
    const code = await codeOf(page);
    expect(code).toHaveLength(21);
    expect(who.seconds(), "filed in under a minute").toBeLessThan(MINUTE);
    await who.leave("English speaker, filing");

    // Another day, another browser, the code on a screenshot.
    const later = await Person.arrive(browser, city, { press: 2, letter: 0.5, page: 1 }, { viewport: { width: 1200, height: 900 }, locale: "en-GB" });
    await later.turn(later.page.getByRole("main").getByRole("link", { name: /Track a report/ }));
    await later.write(later.page.getByRole("textbox", { name: "Private code" }), code);
    await later.turn(later.page.getByRole("button", { name: "Show my report" }));
    await expect(later.page.getByRole("main")).toContainText("The street light at the corner");
    expect(later.seconds(), "followed in under a minute").toBeLessThan(MINUTE);
    await later.leave("English speaker, following");
  });

  test("somebody who hears the page, with the keyboard alone", async ({ browser, city }) => {
    const who = await Person.arrive(browser, city, { press: 0.9, letter: 0.5, page: 3 }, { viewport: { width: 390, height: 844 }, locale: "zh-CN" });
    const { page } = who;
    const key = async (name: string) => {
      who.presses++;
      await page.keyboard.press(name);
    };
    const type = async (text: string) => {
      who.letters += [...text].length;
      await page.keyboard.type(text);
    };
    /** Tab by Tab, as one hears it: the role and the name of each stop, until it is the one that is looked for. */
    const heard: string[] = [];
    const goTo = async (name: RegExp, most: number) => {
      for (let step = 0; step < most; step++) {
        await key("Tab");
        const said = await page.evaluate(() => {
          const at = document.activeElement as HTMLInputElement | null;
          const labels = [...(at?.labels ?? [])].map((label) => label.textContent);
          const legend = at?.closest("fieldset")?.querySelector("legend")?.textContent ?? "";
          return [at?.tagName, at?.getAttribute("aria-label") ?? "", ...labels, at?.textContent, legend].join(" ").replace(/\s+/g, " ").trim();
        });
        heard.push(said);
        if (name.test(said)) return;
      }
      throw new Error(`${name} was not reached in ${most} steps:\n${heard.slice(-most).join("\n")}`);
    };
    await goTo(/跳到|正文/, 1);
    await key("Enter");
    await goTo(/^A .*反映问题/, 4);
    who.pages++;
    const there = page.waitForEvent("load");
    await key("Enter");
    await there;
    await goTo(/跳到|正文/, 1);
    await key("Enter");
    await goTo(/没有危险/, 8);
    if (!(await page.getByRole("radio", { name: "没有危险" }).isChecked())) await key("Space");
    await expect(page.getByRole("radio", { name: "没有危险" })).toBeChecked();
    await goTo(/^TEXTAREA .*发生了什么/, 6);
    await type("路灯不亮了，晚上看不见路");
    await goTo(/^BUTTON .*路灯不亮/, 6);
    await key("Enter");
    await expect(page.getByText("已选：路灯不亮"), "what was pressed is gone; one stands on what was said").toBeFocused();
    await goTo(/^INPUT .*在哪个社区/, 6);
    await type("象岗");
    await expect(page.getByRole("option").first()).toBeVisible();
    await key("ArrowDown");
    await key("Enter");
    await expect(page.getByRole("combobox", { name: "在哪个社区？" })).toHaveValue("象岗社区");
    const sent = page.waitForEvent("load");
    // Whoever knows forms sends from the field: Enter, once the list is closed.
    await key("Enter");
    who.pages++;
    await sent;
    await expect(page.getByRole("heading", { level: 1 })).toContainText("象岗社区");
    expect(await page.title(), "the page says first what it is").toContain("已经送到");
    expect(await codeOf(page)).toHaveLength(21);
    expect(who.seconds(), "filed in under a minute").toBeLessThan(MINUTE);
    await who.leave("screen reader user");
  });
});
