import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { City, prepared, root } from "../support/city.ts";
import { PASSWORD, oneTimeCode, shownCode, test, unfoldAll } from "../support/desk.ts";
import { act, expect, file, fill, follow, pick, receipt, send, track, whistle } from "../support/test.ts";
import { photo } from "../support/photo.ts";

/** No violation of WCAG 2.2 AA and of axe's best practices, in this state of the page. */
async function check(page: Page, state: string): Promise<void> {
  const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  const lines = found.violations.map((one) => `${one.id}: ${one.help}\n    ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join("\n    ")}`);
  expect(lines, `${state}: ${page.url()}\n${lines.join("\n")}`).toEqual([]);
}

/** Opens an address in another way than links do; the page that answers is the one that is looked at. */
async function ask(page: Page, path: string, status: number, request: { method?: string; postData?: string; type?: string }): Promise<void> {
  await page.route("**/*", (route) => (route.request().isNavigationRequest() ? route.continue({ method: request.method ?? "POST", postData: request.postData, headers: { ...route.request().headers(), "content-type": request.type ?? "application/x-www-form-urlencoded" } }) : route.continue()));
  const answer = await page.goto(path);
  await page.unroute("**/*");
  expect(answer?.status(), `${request.method ?? "POST"} ${path}`).toBe(status);
  await expect(page.locator("h1")).toHaveCount(1);
}

/** A tracking session of this browser that the server has forgotten: what is left of it after its time. */
async function forget(page: Page): Promise<void> {
  const cookies = await page.context().cookies();
  const session = cookies.find((cookie) => cookie.name.endsWith("track"));
  expect(session, "there was a session").toBeTruthy();
  await page.context().addCookies([{ ...session!, value: "0".repeat(session!.value.length) }]);
}

/** The form of an act of the tracked page, its fold opened as a reader would. */
async function form(page: Page, verb: string) {
  const found = page.locator(`form:has(button[name=act][value="${verb}"])`).first();
  for (const closed of await found.locator("xpath=ancestor::details[not(@open)]").all()) await closed.locator("summary").first().click();
  return found;
}

/** As it is, and in the dark on the narrowest screen: colours do not hang on the width, nor sizes on the colours. */
async function checkAll(page: Page, state: string): Promise<void> {
  const size = page.viewportSize();
  await check(page, state);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 320, height: 700 });
  await check(page, `${state}, dark, 320 px`);
  await page.emulateMedia({ colorScheme: "light" });
  if (size) await page.setViewportSize(size);
}

const LONG = "很长的一句话没有停顿".repeat(180) + "https://example.com/" + "x".repeat(180);

for (const language of ["zh-Hans", "en"]) {
  test.describe(`axe, ${language}`, () => {
    test.beforeEach(async ({ page }) => {
      await page.goto(`/?lang=${language}`);
    });

    test("full: every page of the city", async ({ page }) => {
      test.setTimeout(400_000);
      for (const path of ["/", "/whistle", "/track", "/cases", "/communities", "/services", "/help/accessibility", "/help/privacy", "/help/metrics", "/help/contact", "/help/parts", "/data", "/ledger"]) {
        await page.goto(path);
        await check(page, "full");
      }
      for (const list of ["/cases", "/communities", "/services"]) {
        await page.goto(list);
        await follow(page.locator(`main a[href^="${list}/"]`).first());
        await check(page, "full");
      }
    });

    test("empty: lists and search with nothing in them", async ({ page }) => {
      for (const path of ["/cases?q=qqqqqqqq", "/communities?q=qqqqqqqq", "/services?q=qqqqqqqq"]) {
        await page.goto(path);
        await check(page, "empty");
      }
    });

    test("error: the form, the code, the missing page", async ({ page }) => {
      // Without the offer the browser's own checks stand aside: these are the server's pages.
      await page.route("**/whistle/offer", (route) => route.abort());
      await page.goto("/whistle");
      await send(act(page, "file"));
      await expect(page.locator(".summary")).toBeVisible();
      await check(page, "error");
      await fill(page, whistle({ description: "", danger: "yes" }));
      await page.locator("input[type=file][name=photos]").setInputFiles([photo()]);
      await send(act(page, "file"));
      await check(page, "error with photos");
      // And the same mistakes as the browser tells them, nothing sent.
      await page.unroute("**/whistle/offer");
      await page.goto("/whistle");
      await page.locator("#description").pressSequentially("路灯不亮");
      await expect(page.locator(".guess p"), "the helpers are awake").toBeVisible();
      await act(page, "file").click();
      await expect(page.locator(".summary")).toBeFocused();
      await check(page, "error told by the browser");
      await page.goto("/track");
      await page.locator("[name=code]").fill("123");
      await send(page.locator("main form:has([name=code]) button"));
      await check(page, "error");
      await page.goto("/not-here");
      await check(page, "error");
    });

    test("awake: the photo desk, a draft that is kept, waits and was sent, a case that changes", async ({ page, context, city }) => {
      test.setTimeout(240_000);
      await page.goto("/whistle");
      await expect(page.locator("#photos-look"), "the photo desk is awake").toBeHidden();
      await page.locator("input#photos").setInputFiles([photo("a.png", 1), { name: "x.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF") }]);
      await expect(page.locator(".shots li")).toHaveCount(1);
      await page.locator("[id^=edit-shot]").click();
      await check(page, "photo editor");
      await fill(page, whistle({ visibility: "private", description: "没网也写得下去：路灯不亮了。" }));
      await page.locator("[name=community]").first().pressSequentially(" ");
      await act(page, "keep").click();
      await expect(page.locator("#draft-tools [role=status]")).not.toBeEmpty();
      await check(page, "draft kept");
      await context.setOffline(true);
      await act(page, "file").click();
      await expect(page.locator("#draft-tools .btns")).toBeVisible();
      await check(page, "draft waits");
      const other = await context.newPage();
      await page.close();
      await context.setOffline(false);
      await other.goto("/whistle");
      await expect(other.locator("#kept-drafts li")).toHaveCount(1);
      await check(other, "draft on the shelf");
      await expect(other.locator("#kept-drafts li")).toContainText(/\d{6}-\d{6}-\d/, { timeout: 60_000 });
      await check(other, "draft sent");
      await other.goto("/cases");
      await expect(other.locator("main > .drafts button")).toBeVisible();
      await check(other, "notice of a draft");
      await other.goto("/whistle");
      await other.locator("#wipe-drafts").click();

      const { number } = await file(other);
      await other.goto(`/cases/${number}`);
      await other.waitForLoadState("networkidle");
      city.run("release", "--by", "测试", number);
      await expect(other.locator("#live-news p").first()).toBeVisible({ timeout: 30_000 });
      await check(other, "news of a case");
    });

    test("error: what else can go wrong has a page", async ({ page, city }) => {
      await ask(page, "/cases", 405, { method: "PUT" });
      await check(page, "wrong way");
      await ask(page, "/whistle", 400, { postData: "description=%ff" });
      await check(page, "unreadable");
      await ask(page, "/whistle", 413, { postData: `description=${"x".repeat(600_000)}` });
      await check(page, "too large");
      await ask(page, "/whistle", 415, { postData: "description", type: "text/plain" });
      await check(page, "no form");
      // A form of another site; our own pages may not even hold one.
      await page.goto("about:blank");
      await page.setContent(`<form method="post" action="${city.url}/whistle"><button>x</button></form>`);
      const [answer] = await Promise.all([page.waitForResponse(`${city.url}/whistle`), page.locator("button").click()]);
      expect(answer.status()).toBe(403);
      await expect(page.locator("h1")).toBeVisible();
      await check(page, "from another site");
    });

    test("long: words without a break, in the form, on the case and in the list", async ({ page, city }) => {
      test.setTimeout(240_000);
      await page.goto("/whistle");
      await fill(page, whistle({ description: LONG, place: "长".repeat(100) }));
      await send(act(page, "preview"));
      await check(page, "long preview");
      await send(act(page, "file"));
      await expect(page).toHaveURL(/receipt/);
      await check(page, "receipt");
      const { number, code } = await receipt(page);
      city.run("release", "--by", "测试", number);
      await page.goto(`/cases/${number}`);
      await expect(page.locator("main")).toContainText(LONG.slice(0, 200));
      await check(page, "long case");
      await page.goto("/cases");
      await expect(page.locator(`main a[href="/cases/${number}"]`).first()).toContainText(LONG.slice(0, 10));
      await check(page, "long list");
      await track(page, code);
      await expect(page.locator("main")).toContainText(LONG.slice(0, 200));
      const add = await form(page, "add_information");
      await add.locator("[name=text]").fill(LONG.slice(-400));
      await add.locator("input[type=file]").setInputFiles([1, 2, 3].map((seed) => photo(`${seed}.png`, seed, 64)));
      await send(add.locator("button[name=act]"));
      await expect(page.locator("main [role=status]").first()).toBeVisible();
      await check(page, "long tracked, done");
    });

    test("joining: the form, with a mistake, and the receipt", async ({ page }) => {
      const { number } = await file(page);
      await page.context().clearCookies();
      await page.goto(`/cases/${number}/join?lang=${language}`);
      await check(page, "join");
      await page.locator("[name=phone]").fill("123");
      await send((await form(page, "join")).locator("button[name=act]"));
      await expect(page.locator(".summary")).toBeVisible();
      await check(page, "join error");
      await page.locator("[name=phone]").fill("13800000000");
      await send((await form(page, "join")).locator("button[name=act]"));
      await expect(page).toHaveURL(/receipt/);
      await check(page, "receipt of joining");
    });

    test("a grid officer's form: empty, full, with mistakes", async ({ page }) => {
      await page.goto("/whistle?by=officer");
      await check(page, "officer");
      await pick(page, "danger", "no");
      await page.locator("[name=community]").first().fill("没有这个社区");
      await send(act(page, "file"));
      await expect(page.locator(".summary")).toBeVisible();
      await check(page, "officer error");
      await page.locator("[name=community]").first().fill("象岗社区");
      await page.locator("[name=phone]").first().fill("13800000000");
      await page.locator("[name=description]").fill("长".repeat(300));
      await page.locator("[name=name]").fill("王".repeat(40));
      await pick(page, "danger", "yes");
      await send(act(page, "file"));
      await expect(page).not.toHaveURL(/receipt/);
      await check(page, "officer full, danger");
    });

    test("full: the form with all that it can show", async ({ page, city }) => {
      test.setTimeout(240_000);
      const words = { description: "站前路口的垃圾桶满出来了，路都走不过去。", place: "站前路与人民路口东侧" };
      // Compared is only with what everybody may read.
      city.run("release", "--by", "测试", (await file(page, words)).number);
      await page.goto("/whistle");
      await fill(page, whistle(words));
      await page.locator("input[type=file][name=photos]").setInputFiles([1, 2, 3, 4, 5, 6].map((seed) => photo(`${seed}.png`, seed, 64)));
      await send(act(page, "check-duplicates"));
      await expect(page.locator('button[name=act][value^="me-too-"]').first()).toBeVisible();
      await check(page, "duplicates");
      await send(act(page, "preview"));
      await check(page, "preview");
      await page.locator("[name=category_words]").fill("占道");
      await send(act(page, "find-category"));
      await check(page, "categories found");
      await page.locator("[name=community]").first().fill("龙港镇站前路");
      await send(act(page, "find-place"));
      await check(page, "communities found");
    });

    test("tracked: a mistake, and what came of an act", async ({ page }) => {
      const { code } = await file(page);
      await track(page, code);
      await send((await form(page, "add_information")).locator("button[name=act]"));
      await expect(page.locator(".summary")).toBeVisible();
      await check(page, "tracked error");
      const withdraw = await form(page, "withdraw");
      if (await withdraw.locator("[name=text]").count()) await withdraw.locator("[name=text]").fill("已经自己清走了。");
      await send(withdraw.locator("button[name=act]"));
      await expect(page.locator("main [role=status]").first()).toBeVisible();
      await check(page, "tracked, withdrawn");
    });

    test("the reporter's pages: receipt, tracked case", async ({ page }) => {
      const { code } = await file(page, { visibility: "private" }, [photo()]);
      await check(page, "receipt");
      await track(page, code);
      await check(page, "tracked");
    });

    test("the door of the desk, each step and its mistake", async ({ page, desk }) => {
      test.setTimeout(400_000);
      await page.goto("/sign-in");
      await checkAll(page, "sign in");
      await page.locator("[name=login]").fill("commission");
      await page.locator("[name=password]").fill("not-the-password");
      await send(act(page, "password"));
      await expect(page.locator(".summary")).toBeVisible();
      await checkAll(page, "wrong password");
      await page.locator("[name=password]").fill(PASSWORD);
      await send(act(page, "password"));
      await checkAll(page, "code");
      await page.locator("[name=code]").fill((await shownCode(page)) === "000000" ? "000001" : "000000");
      await send(act(page, "code"));
      await expect(page.locator(".summary")).toBeVisible();
      await checkAll(page, "wrong code");
      await page.goto("/sign-in?next=%2Fdesk&expired=1");
      await send(act(page, "again"));

      // Somebody new: what only they see.
      const system = await desk("system");
      await system.goto(`/desk/people?lang=${language}&q=xianggang`);
      await unfoldAll(system);
      await system.locator("main details [name=login]").fill(`new-${language.toLowerCase()}`);
      await send(act(system, "add"));
      await expect(system.locator(".summary"), "a name is missing").toBeVisible();
      await checkAll(system, "people, a mistake");
      await system.locator("main details [name=name]").fill("王芳");
      await send(act(system, "add"));
      await checkAll(system, "people, a first password");
      const first = (await system.locator("main .callout code").innerText()).trim();
      await page.locator("[name=login]").fill(`new-${language.toLowerCase()}`);
      await page.locator("[name=password]").fill(first);
      await send(act(page, "password"));
      await checkAll(page, "authenticator");
      await page.locator("[name=code]").fill("1");
      await send(act(page, "enrol"));
      await expect(page.locator(".summary")).toBeVisible();
      await checkAll(page, "authenticator, wrong code");
      await page.locator("[name=code]").fill(oneTimeCode(await page.locator("main .code-line code").innerText()));
      await send(act(page, "enrol"));
      await expect(page.locator("main ol.codes")).toBeVisible();
      await checkAll(page, "recovery codes");
      await send(act(page, "noted"));
      await checkAll(page, "own password");
      await page.locator("[name=password]").fill("x");
      await send(act(page, "own"));
      await expect(page.locator(".summary")).toBeVisible();
      await checkAll(page, "own password, too short");
      await page.locator("[name=password]").fill("路灯不亮了就来说一声");
      await send(act(page, "own"));
      await expect(page).toHaveURL(/\/desk$/);
      await checkAll(page, "desk of somebody without an office");
      await page.goto("/desk/me");
      await checkAll(page, "account of somebody without an office");
    });

    test("the desk: lists, filing, people, audit, one's own account", async ({ page, desk }) => {
      test.setTimeout(600_000);
      await file(page);
      const secretary = await desk("secretary-xianggang");
      await secretary.goto(`/desk?lang=${language}`);
      for (const path of ["/desk", "/desk?list=open", "/desk?list=open&q=%E8%B7%AF", "/desk?q=qqqqqqqq", "/desk/file", "/desk/me", "/desk/cases/261121-000000-0"]) {
        await secretary.goto(path);
        await unfoldAll(secretary);
        await checkAll(secretary, "desk");
      }
      await secretary.goto("/desk?list=open&q=%E8%B7%AF");
      await unfoldAll(secretary);
      await secretary.locator("#filter-name").fill("路");
      await send(act(secretary, "save-filter"));
      await expect(secretary.locator("nav.saved")).toBeVisible();
      await secretary.goto("/desk?list=open");
      await unfoldAll(secretary);
      await send(act(secretary, "together"));
      await expect(secretary.locator(".summary")).toBeVisible();
      await checkAll(secretary, "desk, a saved filter and nothing picked");
      await secretary.locator("input[name=pick]").first().check();
      await secretary.locator("select[name=verb]").selectOption("call");
      await send(act(secretary, "together"));
      await unfoldAll(secretary);
      await checkAll(secretary, "a call for several");
      await send(act(secretary, "call-together"));
      await expect(secretary.locator(".summary")).toBeVisible();
      await checkAll(secretary, "a call for several, mistakes");
      await secretary.goto("/desk/file");
      await unfoldAll(secretary);
      await send(act(secretary, "file"));
      await expect(secretary.locator(".summary")).toBeVisible();
      await checkAll(secretary, "filing, mistakes");
      await secretary.goto("/desk/me");
      await unfoldAll(secretary);
      await secretary.locator("[name=token-password]").fill(PASSWORD);
      await send(act(secretary, "token"));
      await expect(secretary.locator(".summary")).toBeVisible();
      await checkAll(secretary, "account, a token without a name");
      await secretary.locator("[name=token-name]").fill(`axe ${language}`);
      await secretary.locator("[name=verbs]").first().check();
      await secretary.locator("[name=token-password]").fill(PASSWORD);
      await send(act(secretary, "token"));
      await expect(secretary.locator("main .callout .hash")).toBeVisible();
      await checkAll(secretary, "account, a token");
      const told = await file(page, {}, [photo("axe.png", 6)]);
      await secretary.goto(`/desk/cases/${told.number}/public?lang=${language}`);
      await checkAll(secretary, "as the public would see it");
      await secretary.goto(`/desk/cases/${told.number}/photos/1?lang=${language}`);
      await checkAll(secretary, "covering a photo");
      await send(act(secretary, "cover"));
      await expect(secretary.locator(".summary")).toBeVisible();
      await checkAll(secretary, "covering a photo, nothing picked");
      const security = await desk("security");
      await security.goto(`/desk/people?lang=${language}&q=xianggang`);
      await unfoldAll(security);
      await checkAll(security, "people, appointments");
      await send(act(security, "appoint"));
      await expect(security.locator(".summary")).toBeVisible();
      await checkAll(security, "people, an appointment without a role");
      await security.locator("details[open] select[name=role]").first().selectOption("grid_officer");
      await security.locator("details[open] select[name=community]").first().selectOption("330383198023");
      await send(act(security, "grids"));
      await expect(security.locator("input[name=grids]").first()).toBeVisible();
      await checkAll(security, "people, grids to pick");
      const auditor = await desk("auditor");
      for (const path of [`/desk/audit?lang=${language}`, "/desk/people?q=xianggang"]) {
        await auditor.goto(path);
        await checkAll(auditor, "audit");
      }
      const commission = await desk("commission");
      for (const path of [
        `?lang=${language}`, "?part=areas&of=330383198023", "?part=categories", "?part=categories&of=street-vending", "?part=clocks", "?part=hours",
        "?part=grids", "?topic=split_area&of=330383198023", "?topic=set_clocks&of=", "?topic=set_duty&of=&category=street-vending",
        "?topic=set_category&of=street-vending",
      ]) {
        await commission.goto(`/desk/city${path}`);
        await unfoldAll(commission);
        await checkAll(commission, `the city ${path}`);
      }
      await send(act(commission, "try"));
      await expect(commission.locator(".summary")).toBeVisible();
      await checkAll(commission, "the city, mistakes");
      await secretary.goto(`/desk/people?lang=${language}`);
      await checkAll(secretary, "seconded to a community");
      const supervisor = await desk("supervisor");
      for (const path of [`/desk/audit?lang=${language}`, "/desk/bulletin", "/desk?list=triage", "/desk/morning"]) {
        await supervisor.goto(path);
        await unfoldAll(supervisor);
        await checkAll(supervisor, "supervision");
      }
    });

    test("a case on the desk, every fold open: new, with departments, with mistakes, moved on by others", async ({ page, desk }) => {
      test.setTimeout(600_000);
      await page.goto("/whistle");
      await fill(page, whistle({ category: "illegal-dumping" }));
      for (const closed of await page.locator("[name=phone]").locator("xpath=ancestor::details[not(@open)]").all()) await closed.locator("summary").first().click();
      await page.locator("[name=phone]").fill("13800000000");
      await page.locator("input[type=file][name=photos]").setInputFiles([photo()]);
      await send(act(page, "file"));
      const { number } = await receipt(page);
      const path = `/desk/cases/${number}`;
      const [secretary, station, officer, supervisor] = [await desk("secretary-xianggang"), await desk("station-unit-06"), await desk("officer-enforcement-appearance"), await desk("supervisor")];
      for (const person of [station, officer, supervisor]) await person.goto(`/desk?lang=${language}`);
      await secretary.goto(`${path}?lang=${language}`);
      await station.goto(path);
      await unfoldAll(secretary);
      await checkAll(secretary, "a new case");
      await secretary.locator("[name=reason]").fill(" ");
      await send(secretary.locator("form:has([name=reason]) button").last());
      await expect(secretary.locator("#reason")).toHaveAttribute("aria-invalid", "true");
      await checkAll(secretary, "no reason for a look");
      await secretary.locator("[name=reason]").fill("问清楚门牌号");
      await send(secretary.locator("form:has([name=reason]) button").last());
      await expect(secretary.locator("#contact")).toBeVisible();
      await checkAll(secretary, "how to reach her");
      // Begun before: a page that looks by itself leaves it alone.
      await unfoldAll(station);
      await station.locator("#do-note-text").fill("先去看看。");
      await send(act(secretary, "accept"));
      await checkAll(secretary, "accepted");
      await checkAll(station, "something new while one writes");
      await send(act(station, "note"));
      await expect(station.locator("#do-note-text")).toHaveValue("先去看看。");
      await checkAll(station, "moved on by somebody else");
      await unfoldAll(secretary);
      await send(act(secretary, "call"));
      await expect(secretary.locator(".summary")).toBeVisible();
      await checkAll(secretary, "a call with mistakes");
      const call = secretary.locator("details:has(> .body button[value=call])");
      await call.locator("[name=class]").first().check();
      await unfoldAll(secretary);
      await call.locator("[name=lead]").selectOption("enforcement-appearance");
      await call.locator("[name=text]").fill("清理垃圾");
      await send(act(secretary, "call"));
      await unfoldAll(secretary);
      await checkAll(secretary, "called");
      await officer.goto(path);
      await unfoldAll(officer);
      await checkAll(officer, "the officer's case");
      for (const verb of ["sign", "report_in"]) await send(act(officer, verb));
      await unfoldAll(officer);
      await officer.locator("[name=contractor]").first().check();
      await send(act(officer, "engage"));
      await unfoldAll(officer);
      await checkAll(officer, "a firm is engaged");
      const link = new URL((await officer.locator("#live-firms .code-line a").getAttribute("href")) as string).pathname;
      await page.goto(`${link}?lang=${language}`);
      await unfoldAll(page);
      await send(act(page, "add_evidence"));
      await expect(page.locator(".summary")).toBeVisible();
      await unfoldAll(page);
      await checkAll(page, "a firm by its link, with mistakes");
      await page.goto(`${link}x`);
      await checkAll(page, "a link that opens nothing");
      await supervisor.goto(path);
      await unfoldAll(supervisor);
      const demand = supervisor.locator("details:has(> .body button[value=supervise])");
      await demand.locator("[name=until]").fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
      await demand.locator("[name=text]").fill("请书面说明进展。");
      await send(act(supervisor, "supervise"));
      await supervisor.goto(`${path}/demands/1`);
      await checkAll(supervisor, "a demand on paper");
      await officer.goto(path);
      for (const verb of ["set_out", "arrive"]) await send(act(officer, verb));
      await unfoldAll(officer);
      await send(act(officer, "resolve"));
      await expect(officer.locator(".summary")).toBeVisible();
      await checkAll(officer, "done, with mistakes");
      await officer.locator("#do-resolve-text, [id^=do-resolve][name=text]").first().fill("清好了。");
      await officer.locator("details:has(> .body button[value=resolve]) input[type=file]").setInputFiles([photo("after.png", 9)]);
      await send(act(officer, "resolve"));
      await checkAll(officer, "done");
      for (const person of [station, supervisor]) {
        await person.goto(path);
        await unfoldAll(person);
        await checkAll(person, "to be checked");
      }
    });

    test("expired: the receipt and the tracked case after their time", async ({ page }) => {
      const { code } = await file(page);
      await page.context().clearCookies({ name: /receipt/ });
      await page.goto(`/whistle/receipt?lang=${language}`);
      await expect(page.locator("main .ticket .code")).toHaveCount(0);
      await check(page, "expired receipt");
      await track(page, code);
      await forget(page);
      await page.goto("/track");
      await expect(page.locator("[name=code]")).toBeVisible();
      await expect(page.locator("main .callout").first(), "the page says that the time ran out").toBeVisible();
      await check(page, "expired tracking");
      // With something typed: it comes back with the question for the code.
      await track(page, code);
      const add = await form(page, "add_information");
      await add.locator("[name=text]").fill("今天早上又多了一堆。");
      await forget(page);
      await send(add.locator("button[name=act]"));
      await expect(page.locator("[name=code]")).toBeVisible();
      await expect(page.locator("textarea[name=text]")).toHaveValue("今天早上又多了一堆。");
      await check(page, "expired while typing");
    });
  });
}

test("busy: the waiting ticket, too many codes, a city that only shows", async ({ page }) => {
  test.setTimeout(400_000); // two cities of its own are started
  // A ticket stands for every two minutes: in ten, the default, the queue would be full after the first language.
  const crowded = await City.start("sqlite", prepared, { HUIYIN_FILINGS_PER_ADDRESS: "1", HUIYIN_FILING_WINDOW_SECONDS: "120", HUIYIN_LOOKUPS_PER_MINUTE: "1" });
  try {
    for (const language of ["zh-Hans", "en"]) {
      await page.goto(`${crowded.url}/?lang=${language}`);
      for (let time = 0; time < 3; time++) {
        await page.goto(`${crowded.url}/whistle`);
        await fill(page, whistle({ description: `第 ${time} 次，一个地址报得太多了。` }));
        await page.locator("input[type=file][name=photos]").setInputFiles([photo()]);
        await send(act(page, "file"));
        if (!/receipt/.test(page.url())) break;
      }
      await expect(page.locator("input[name=ticket]"), "a ticket waits in the form").toHaveCount(1);
      await check(page, "429, the waiting ticket");
      for (let time = 0; time < 3; time++) {
        await page.goto(`${crowded.url}/track`);
        await page.locator("[name=code]").fill("000000000000000000000");
        await send(page.locator("main form:has([name=code]) button"));
      }
      await check(page, "429, too many codes");
    }
  } finally {
    await crowded.stop();
  }
  const shown = await City.start("sqlite", prepared, { HUIYIN_READ_ONLY: "on" });
  try {
    for (const language of ["zh-Hans", "en"]) {
      await page.goto(`${shown.url}/?lang=${language}`);
      await page.goto(`${shown.url}/whistle`);
      await check(page, "read only, empty");
      await fill(page, whistle());
      await send(act(page, "file"));
      await expect(page.locator("textarea[name=description]")).toHaveValue(whistle().description);
      await check(page, "503, everything kept");
    }
  } finally {
    await shown.stop();
  }
});

/**
 * The gallery: every page in every state, also those that only an office brings about (a question, a case that is done),
 * as the tests of `app` write them.
 */
for (const language of ["zh-Hans", "zh-Hant", "en"]) {
  test(`every page of the gallery, ${language}`, async ({ page }) => {
    test.setTimeout(400_000);
    const folder = join(root, "target", "pages");
    const all = readdirSync(folder).filter((name) => name.startsWith(`${language}-`) && name.endsWith(".html"));
    const newest = Math.max(...all.map((name) => statSync(join(folder, name)).mtimeMs));
    // What an older gallery left there is not of this city any more.
    const now = all.filter((name) => newest - statSync(join(folder, name)).mtimeMs < 300_000);
    expect(now.length, `${folder} is written by the tests of app`).toBeGreaterThan(20);
    for (const name of now.sort()) {
      await page.goto(pathToFileURL(join(folder, name)).href);
      await check(page, name);
    }
  });
}

test("axe in the dark, enlarged and on a wide screen", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  for (const path of ["/", "/whistle", "/cases"]) {
    await page.goto(path);
    await check(page, "dark");
  }
  await page.setViewportSize({ width: 1200, height: 900 });
  for (const path of ["/?size=large", "/whistle", "/cases"]) {
    await page.goto(path);
    await check(page, "dark, large, wide");
  }
});
