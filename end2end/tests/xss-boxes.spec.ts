import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../support/desk.ts";
import { boxes, formOf, payloads, unfoldQuickly, unharmed } from "../support/hostile.ts";
import { act, file, send, track } from "../support/test.ts";

/**
 * Abuse case D1, "in every staff box": every box of a form by which somebody works on a case or judges it gets every payload, once
 * with a mistake beside it and once for good, and then every page that shows what was typed is looked at. A box that a page
 * has and nothing here fills fails the test.
 */

/** Every payload in one text: whatever leaves its place first, shows. */
const all = payloads.join(" ");
/** The same in lines as short as a name may be. */
const lines = payloads.reduce<string[]>((lines, payload) => {
  const last = lines.at(-1) ?? "";
  return `${last} ${payload}`.length > 110 ? [...lines, payload] : [...lines.slice(0, -1), `${last} ${payload}`];
}, []);
/** A control character is what no text may hold: it is refused, and comes back as it was typed. */
const refused = `${all} \u0001`;

const SECRETARY = "secretary-xianggang";
const STATION = "station-unit-06";
const OFFICER = "officer-enforcement-appearance";
const LAND = "officer-resources-land";

/** Boxes of the pages of a case that other tests of D1 fill, or that take only what is none of somebody's words. */
const elsewhere = new Set(["reveal.reason", "/cases.q"]);

/** One day of the city, so many from now. */
const day = (days: number) => new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);

type Pick = (form: Locator) => Promise<void>;

/** A hand that fills boxes, and the boxes it has seen and filled. */
class Hand {
  readonly seen = new Set<string>();
  readonly filled = new Set<string>();

  async look(page: Page, where: string): Promise<void> {
    await unfoldQuickly(page);
    for (const box of await boxes(page)) this.seen.add(box);
    await unharmed(page, where);
  }

  /** Opens a page and types into the boxes of an act, twice; what is said stands on the page it leads to. */
  async says(page: Page, at: string, verb: string, pick: Pick = async () => undefined, box = "text"): Promise<void> {
    await page.goto(at);
    for (const typed of [refused, `〔${verb}〕 ${all}`]) {
      await this.look(page, `${verb}, before`);
      const form = formOf(page, verb);
      await expect(form, `${verb} is offered at ${at}`).toHaveCount(1);
      await pick(form);
      await form.locator(`[name="${box}"]`).fill(typed);
      await send(form.locator(`button[name=act][value="${verb}"], button[type=submit]`).last());
      await unharmed(page, `${verb}: ${typed}`);
      if (typed === refused) {
        await expect(page.locator("main .summary, main [role=alert]").first(), `${verb}: refused, in words`).toBeVisible();
        await expect(formOf(page, verb).locator(`[name="${box}"]`), `${verb}: as it was typed`).toHaveValue(typed);
      } else {
        await expect(page.locator("main .summary"), verb).toHaveCount(0);
      }
    }
    this.filled.add(`${verb}.${box}`);
  }
}

const choose = (name: string, value: string): Pick => async (form) => form.locator(`[name="${name}"][value="${value}"]`).check();
const select = (name: string, value: string): Pick => async (form) => void (await form.locator(`[name="${name}"]`).selectOption(value));
const first = (name: string): Pick => async (form) => void (await form.locator(`[name="${name}"]`).selectOption({ index: 1 }));
const until = (days: number): Pick => async (form) => form.locator("[name=until]").fill(day(days));
const both = (...picks: Pick[]): Pick => async (form) => { for (const pick of picks) await pick(form); };

/** Presses a step that takes no words. */
async function step(page: Page, at: string, verb: string, pick: Pick = async () => undefined): Promise<void> {
  await page.goto(at);
  await unfoldQuickly(page);
  const form = formOf(page, verb);
  await pick(form);
  await send(form.locator(`button[name=act][value="${verb}"]`).last());
  await expect(page.locator("main .summary"), verb).toHaveCount(0);
}

/** What somebody said stands on a page, as it was typed: folds and all, without what a browser does with spaces. */
async function shows(page: Page, at: string, verbs: string[]): Promise<void> {
  await page.goto(at);
  await unfoldQuickly(page);
  await unharmed(page, at);
  const plain = (text: string) => text.replace(/[\s\u202e]+/g, "");
  const shown = plain((await page.locator("main").textContent()) ?? "");
  for (const verb of verbs) expect(shown, `${at} shows what was said by ${verb}`).toContain(plain(`〔${verb}〕 ${all}`));
}

/** The boxes that were seen and are neither filled nor named. */
function forgotten(hand: Hand): string[] {
  return [...hand.seen].filter((box) => !hand.filled.has(box) && !elsewhere.has(box)).sort();
}

test("every box of a case, in each of its states", async ({ page, desk, browser, city }) => {
  test.setTimeout(420_000);
  const hand = new Hand();
  const [secretary, station, officer, land] = [await desk(SECRETARY), await desk(STATION), await desk(OFFICER), await desk(LAND)];
  const [commission, supervisor, security] = [await desk("commission"), await desk("supervisor"), await desk("security")];
  for (const one of [page, secretary, station, officer, land, commission, supervisor, security]) one.setDefaultTimeout(20_000);
  const tell = async () => {
    const filed = await file(page, { category: "published-error" });
    return { ...filed, at: `/desk/cases/${filed.number}` };
  };

  const trackAnother = async (code: string) => {
    await page.goto("/track");
    await send(formOf(page, "leave").locator("button").last());
    await track(page, code);
  };

  // One that goes all the way, by departments, a firm and the supervisors.
  const { number, code, at } = await tell();
  await hand.says(secretary, at, "ask");
  await track(page, code);
  await hand.says(page, "/track", "answer");
  await hand.says(page, "/track", "add_information");
  for (const verb of ["assess", "note", "update", "escalate", "direct_line"]) await hand.says(secretary, at, verb);
  await hand.says(secretary, at, "add_evidence", choose("evidence", "document"));
  await hand.says(secretary, at, "hand_over", first("to"));
  await hand.says(supervisor, at, "supervise", until(5));
  await hand.says(secretary, at, "answer_supervision");
  await hand.says(secretary, at, "call", async (form) => {
    await form.locator("[name=class]").first().check();
    await form.locator("[name=lead]").selectOption("enforcement-appearance");
    await form.locator("[name=support][value=resources-land]").check();
    await form.locator("[name=due][value=within]").check();
    await form.locator("[name=amount]").fill("5");
    await form.locator("[name=unit_of_time]").selectOption("days");
  });
  await hand.says(land, at, "ask_return");
  await hand.says(station, at, "rule_on_return", choose("uphold", "no"));
  await hand.says(commission, at, "assign", both(select("unit", "office-data"), choose("leads", "no")));
  const data = await desk("officer-office-data");
  for (const who of [officer, land, data]) await step(who, at, "report_in");
  await hand.says(officer, at, "ask_extension", until(20));
  await hand.says(station, at, "rule_on_extension", choose("grant", "yes"));
  await hand.says(officer, at, "engage", async (form) => form.locator("[name=contractor]").first().check());
  await officer.goto(at);
  const link = (await officer.locator("#live-firms .code-line a").getAttribute("href")) as string;
  const context = await browser.newContext();
  const firm = await context.newPage();
  const contract = city.url + new URL(link).pathname;
  await hand.says(firm, contract, "add_evidence", choose("evidence", "document"));
  await hand.says(firm, contract, "feed_back");
  for (const who of [land, data]) await hand.says(who, at, "feed_back");
  await hand.says(officer, at, "resolve", select("outcome", "solved"));
  await hand.says(station, at, "send_back");
  await hand.says(officer, at, "resolve", select("outcome", "solved"));
  await hand.says(station, at, "verify", choose("method", "on_site"));
  await hand.says(station, at, "call_back", choose("reached", "yes"));
  // She is not content, twice over: it goes on, and somebody owes her an answer.
  await hand.says(page, "/track", "rate", choose("stars", "1"));
  await hand.says(secretary, at, "answer_rating");
  await hand.says(page, "/track", "dispute");
  await hand.says(secretary, at, "hold");
  await step(secretary, at, "publish", async (form) => form.locator("[name=checked]").check());
  await hand.says(secretary, at, "redact");
  const inside = ["ask", "answer", "add_information", "assess", "note", "update", "escalate", "direct_line", "add_evidence", "supervise", "answer_supervision", "call", "ask_return", "rule_on_return", "assign", "ask_extension", "rule_on_extension", "engage", "feed_back", "resolve", "send_back", "verify", "call_back", "rate", "answer_rating", "dispute", "hold"];
  await shows(secretary, at, inside);
  await shows(secretary, `${at}/demands/1`, ["supervise"]);
  for (const who of [station, officer, land, commission, supervisor]) await shows(who, at, ["note"]);
  await shows(firm, contract, ["engage"]);
  await context.close();
  await shows(page, "/track", ["ask", "answer", "add_information", "update", "resolve", "send_back", "answer_rating", "dispute"]);
  await shows(page, `/cases/${number}`, ["update", "resolve"]);
  await expect(page.locator("main"), "what is said inside stays inside").not.toContainText("〔note〕");

  // Rejected by two, reviewed, planned.
  const planned = await tell();
  const ground: Pick = async (form) => form.locator("[name=ground]").first().check();
  await hand.says(secretary, planned.at, "reject", ground);
  await hand.says(station, planned.at, "reject", ground);
  await trackAnother(planned.code);
  await hand.says(page, "/track", "ask_review");
  await hand.says(commission, planned.at, "review_rejection", choose("uphold", "no"));
  await hand.says(secretary, planned.at, "park", both(select("owner", "office-data"), until(30)));

  // Not theirs, not that, not public: handed about.
  const moved = await tell();
  await hand.says(secretary, moved.at, "reclassify", select("category", "place-name"));
  await hand.says(secretary, moved.at, "change_visibility", choose("visibility", "private"));
  await hand.says(secretary, moved.at, "move", select("community", "330383198094"));
  const away = await tell();
  const elsewhere: Pick = async (form) => {
    await until(10)(form);
    await form.locator("[name=destination]").fill("市外<svg onload=window.__x=1>");
    await form.locator("[name=basis]").fill('依据"><img src=x onerror=window.__x=1>');
  };
  await hand.says(station, away.at, "transfer_out", elsewhere);
  for (const box of ["destination", "basis"]) hand.filled.add(`transfer_out.${box}`);
  await hand.says(station, away.at, "relay_answer");
  const hidden = await tell();
  await hand.says(commission, hidden.at, "quarantine");
  await hand.says(security, hidden.at, "quarantine");
  const one = await tell();
  const other = await tell();
  await hand.says(secretary, one.at, "merge", async (form) => form.locator("[name=into]").last().fill(other.number));
  await hand.says(secretary, one.at, "unmerge");
  // What is typed as a number is given back as it was typed, as far as a number may go.
  for (const payload of payloads) {
    await secretary.goto(one.at);
    await hand.look(secretary, "merge");
    const into = formOf(secretary, "merge").locator("[name=into]").last();
    await into.fill(payload);
    await send(formOf(secretary, "merge").locator("button[name=act]").last());
    await unharmed(secretary, `merge into ${payload}`);
    expect((await into.inputValue()).trim(), payload).toBe(payload.trim());
  }
  hand.filled.add("merge.into");

  // Her own: closed, and opened again; taken back.
  const own = await tell();
  await step(secretary, own.at, "take");
  await hand.says(secretary, own.at, "resolve", select("outcome", "solved"));
  await hand.says(station, own.at, "verify", choose("method", "on_evidence"));
  await trackAnother(own.code);
  await hand.says(page, "/track", "reopen");
  const back = await tell();
  await trackAnother(back.code);
  await hand.says(page, "/track", "withdraw");

  // Several at once.
  const several = await tell();
  const list = `/desk?list=open&q=${several.number}`;
  for (const typed of [refused, `〔together〕 ${all}`]) {
    await secretary.goto(list);
    await unfoldQuickly(secretary);
    await secretary.locator("[name=pick]").first().check();
    await secretary.locator("#bulk-verb").selectOption("note");
    await secretary.locator("#bulk-text").fill(typed);
    await send(act(secretary, "together"));
    await unharmed(secretary, `several at once: ${typed}`);
  }
  await shows(secretary, several.at, ["together"]);
  hand.filled.add("together.text");

  // Lists, papers and letters, to everybody who has them.
  for (const who of [secretary, station, officer, commission, supervisor]) {
    for (const path of ["/desk", "/desk?list=open", "/desk?list=ended", "/desk?list=decisions", "/desk?list=checks", "/desk/morning"]) {
      await who.goto(path);
      await unharmed(who, path);
    }
  }
  for (const path of ["/desk/audit", "/desk/bulletin"]) {
    await supervisor.goto(path);
    await unharmed(supervisor, path);
  }
  for (const path of ["/cases", "/", "/communities/330383198023", "/help/letters"]) {
    await page.goto(path);
    await unharmed(page, path);
  }
  await expect(page.locator("main"), "no letter says what was said").not.toContainText("window.__x");
  // A program is told in JSON, and no browser takes it for a page.
  const told = await page.request.get(`/api/v1/cases/${number}`);
  expect(told.headers()["content-type"]).toMatch(/^application\/json/);
  expect(told.headers()["x-content-type-options"]).toBe("nosniff");
  expect(JSON.stringify(await told.json())).toContain("〔update〕");

  expect(forgotten(hand), "boxes of a case that nothing here fills").toEqual([]);
});

/** Boxes of other pages, and which test of D1 fills them. */
const filledElsewhere: Record<string, string[]> = {
  "what is typed at the desk": ["file.description", "file.place", "file.fixed-text", "file.name"],
  // Bounded to what they are for: a number, an address, a position, the number of another system, six digits.
  "takes no words": ["file.phone", "file.email", "file.external", "file.lat", "file.lng", "file.accuracy", "near.lat", "near.lng", "factor.old-code", "factor.new-code"],
  "addresses and search words": ["/desk.q", "/cases.q", "/communities.q", "/services.q", "/desk/people.q", "/desk/audit.q"],
  "names of filters, people and tokens": ["save-filter.name", "token.token-name", "add.login", "add.name", "password.login"],
  "every box of a case": ["together.text"],
  "every change of the city": ["try.*"],
};

test("no page has a box that no test of D1 fills", async ({ page, desk }) => {
  test.setTimeout(300_000);
  const known = Object.values(filledElsewhere).flat();
  const strange = new Set<string>();
  const walk = async (who: Page, paths: string[]) => {
    for (const path of paths) {
      await who.goto(path);
      await unfoldQuickly(who);
      const fields = await boxes(who);
      for (const box of fields) if (!known.includes(box) && !known.includes(box.replace(/\..*/, ".*"))) strange.add(`${path}: ${box}`);
    }
  };
  const all = ["/desk", "/desk?list=open&q=%E7%9A%84", "/desk/file", "/desk/me", "/desk/people", "/desk/people?q=a", "/desk/city", "/desk/audit", "/desk/bulletin", "/desk/morning"];
  for (const login of [SECRETARY, STATION, OFFICER, "grid-xianggang", "commission", "supervisor", "editor", "auditor", "system", "security"]) await walk(await desk(login), all);
  await walk(page, ["/", "/cases", "/communities", "/communities/330383198023", "/services", "/sign-in", "/help/letters", "/help/contact", "/data", "/ledger"]);
  expect([...strange]).toEqual([]);
});

test("every change of the city: what is typed comes back as it was typed", async ({ desk }) => {
  test.setTimeout(300_000);
  const commission = await desk("commission");
  commission.setDefaultTimeout(20_000);
  const topics = new Map<string, string>();
  const places = new Set(["/desk/city", "/desk/city?part=areas&of=330383198023", "/desk/city?part=categories&of=street-vending"]);
  for (const place of places) {
    await commission.goto(place);
    await unharmed(commission, place);
    const links = await commission.locator("main a[href^='/desk/city?']").evaluateAll((all) => all.map((link) => link.getAttribute("href") as string));
    for (const link of links) {
      const asked = new URL(link, "http://x").searchParams;
      const topic = asked.get("topic");
      if (topic && !topics.has(topic)) topics.set(topic, link);
      // Every part, and of each the first two steps inwards.
      if (asked.has("part") && places.size < 14) places.add(link);
    }
  }
  expect(topics.size, [...topics.keys()].join(" ")).toBeGreaterThan(8);
  for (const [topic, link] of topics) {
    await commission.goto(link);
    await unfoldQuickly(commission);
    const form = formOf(commission, "try");
    const names = (await boxes(commission)).filter((box) => box.startsWith("try.")).map((box) => box.slice("try.".length));
    for (const line of lines) {
      for (const name of names) await form.locator(`[name="${name}"]`).first().fill(line);
      await send(act(commission, "try"));
      await unharmed(commission, `city, ${topic}: ${line}`);
      for (const name of names) expect((await form.locator(`[name="${name}"]`).first().inputValue()).trim(), `${topic}, ${name}`).toBe(line.trim());
    }
  }
});
