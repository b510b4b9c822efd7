import { PASSWORD, test, unfoldAll } from "../support/desk.ts";
import { head, payloads, unharmed } from "../support/hostile.ts";
import { act, expect, fill, receipt, send, track, whistle } from "../support/test.ts";
import { photo } from "../support/photo.ts";

/** Abuse case D1 where each text has a form of its own; the boxes of a case are in xss-boxes. The scripts of the page are on. */

test("every text field, on every page that shows it", async ({ page }) => {
  // Without the offer the browser's own checks stand aside: every text reaches the server.
  await page.route("**/whistle/offer", (route) => route.abort());
  test.setTimeout(400_000);
  for (const payload of payloads) {
    const words = `测试 ${payload} 结束`;
    await page.goto("/whistle");
    await fill(page, whistle({ description: "", place: words, community: words }));
    for (const name of ["name", "phone", "email"]) {
      const field = page.locator(`[name=${name}]`).first();
      if (!(await field.count())) continue;
      for (const closed of await field.locator("xpath=ancestor::details[not(@open)]").all()) await closed.locator("summary").first().click();
      await field.fill(words.slice(0, 60));
    }
    await send(act(page, "file")); // the error page shows everything again
    await unharmed(page, `error page: ${payload}`);
    await expect(page.locator("[name=place]")).toHaveValue(words.replace(/[\u2028\u2029]/g, (found) => found));
    await page.goto("/whistle");
    await fill(page, whistle({ description: words, place: "人民路 1 号" }));
    await page.locator("input[type=file][name=photos]").setInputFiles([photo(`${payload.replace(/[\\/\u0000]/g, "")}.png`, 5, 32)]);
    await send(act(page, "preview"));
    await unharmed(page, `preview: ${payload}`);
    await send(act(page, "file"));
    if (!/receipt/.test(page.url())) {
      // Characters that no text may hold are refused, in words.
      await expect(page.locator(".summary")).toBeVisible();
      continue;
    }
    await unharmed(page, `receipt: ${payload}`);
    const { number, code } = await receipt(page);
    await page.context().clearCookies();
    await track(page, code);
    await unharmed(page, `tracked: ${payload}`);
    await expect(page.locator("main")).toContainText(payload.replace(/\u202e/g, "").slice(0, 12).replace(/\s+/g, " "));
    await page.goto(`/cases/${number}`);
    await unharmed(page, `case: ${payload}`);
  }
});

test("addresses and search words", async ({ page }) => {
  test.setTimeout(400_000);
  for (const payload of payloads) {
    for (const path of [`/cases?q=${encodeURIComponent(payload)}`, `/communities?q=${encodeURIComponent(payload)}`, `/services?q=${encodeURIComponent(payload)}`, `/cases/${encodeURIComponent(payload)}`, `/track?number=${encodeURIComponent(payload)}`, `/?lang=${encodeURIComponent(payload)}`]) {
      await page.goto(path);
      await unharmed(page, path);
    }
  }
});

test("what is typed at the desk: a filing, to everybody who reads it", async ({ page, desk, city }) => {
  test.setTimeout(400_000);
  const [secretary, grid] = [await desk("secretary-xianggang"), await desk("grid-xianggang")];
  for (const payload of payloads) {
    const words = `测试 ${payload} 结束`;
    await grid.goto("/desk/file");
    await unfoldAll(grid);
    await grid.locator("[name=description]").fill(words);
    await grid.locator("[name=place]").fill(words);
    await grid.locator("[name=fixed-text]").fill(words);
    await grid.locator("[name=name]").fill(words.slice(0, 40));
    await send(act(grid, "file")); // no category: the page shows everything again
    await unharmed(grid, `filing, a mistake: ${payload}`);
    await expect(grid.locator("[name=place]")).toHaveValue(words.slice(0, 120));
    await unfoldAll(grid);
    await grid.locator("[name=category]").selectOption("illegal-dumping");
    await grid.locator("[name=name]").fill("");
    await grid.locator("[name=fixed-text]").fill("");
    await send(act(grid, "file"));
    if (!/done=/.test(grid.url())) {
      // Characters that no text may hold are refused, in words.
      await expect(grid.locator(".summary")).toBeVisible();
      await grid.locator("[name=description]").fill("空地又有人倒垃圾。");
      await grid.locator("[name=place]").fill("人民路");
      await send(act(grid, "file"));
    }
    const number = new URL(grid.url()).searchParams.get("done") as string;
    await secretary.goto(`/desk/cases/${number}`);
    await unharmed(secretary, `filed: ${payload}`);
    await secretary.goto(`/desk?q=${encodeURIComponent(payload)}`);
    await unharmed(secretary, `worklist: ${payload}`);
    city.run("release", "--by", "测试", number);
    await page.goto(`/cases/${number}`);
    await unharmed(page, `public page: ${payload}`);
  }
});

test("the reason for a look at how to reach somebody", async ({ page, desk }) => {
  test.setTimeout(400_000);
  await page.goto("/whistle");
  await fill(page, whistle());
  for (const closed of await page.locator("[name=phone]").locator("xpath=ancestor::details[not(@open)]").all()) await closed.locator("summary").first().click();
  await page.locator("[name=phone]").fill("13800000000");
  await send(act(page, "file"));
  const { number, code } = await receipt(page);
  const secretary = await desk("secretary-xianggang");
  for (const payload of payloads) {
    await secretary.goto(`/desk/cases/${number}`);
    await secretary.locator("[name=reason]").fill(payload);
    await send(secretary.locator("form:has([name=reason]) button").last());
    await unharmed(secretary, `reason: ${payload}`);
  }
  await expect(secretary.locator("#contact a[href^='tel:']")).toBeVisible();
  await track(page, code);
  await unharmed(page, "tracked, after the looks");
});

test("names of filters, people and tokens, and whatever a login or an address says", async ({ page, desk }) => {
  test.setTimeout(400_000);
  const [secretary, system, auditor] = [await desk("secretary-xianggang"), await desk("system"), await desk("auditor")];
  for (const [at, payload] of payloads.entries()) {
    await secretary.goto(`/desk?list=open&q=${encodeURIComponent(payload)}`);
    await unfoldAll(secretary);
    await secretary.locator("#filter-name").fill(payload);
    await send(act(secretary, "save-filter"));
    await secretary.goto("/desk");
    await unharmed(secretary, `filter: ${payload}`);
    const saved = secretary.locator("nav.saved");
    if (await saved.count()) {
      await expect(saved).toContainText(head(payload));
      // Others of hers may be there from before.
      const own = saved.locator("li").filter({ hasText: head(payload) });
      await own.getByRole("link").first().click();
      await unharmed(secretary, `filter followed: ${payload}`);
      await secretary.goto("/desk");
      await send(own.locator("button[value=drop-filter]").first());
      await expect(own).toHaveCount(0);
    }

    await secretary.goto("/desk/me");
    await unfoldAll(secretary);
    await secretary.locator("[name=token-name]").fill(payload);
    await send(act(secretary, "token")); // no password: the page comes back
    await unharmed(secretary, `token, a mistake: ${payload}`);
    await unfoldAll(secretary);
    await secretary.locator("[name=token-name]").fill(payload);
    await secretary.locator("[name=verbs]").first().check();
    await secretary.locator("[name=token-password]").fill(PASSWORD);
    await send(act(secretary, "token"));
    await unharmed(secretary, `token: ${payload}`);
    // Made, or refused in words: the page says which. Others of hers may be there from before.
    const made = secretary.locator("main p.hash");
    const own = secretary.locator("ul.rows li").filter({ has: secretary.locator("button[value=end-token]"), hasText: head(payload) });
    await expect(made.or(secretary.locator(".summary"))).toBeVisible();
    if (await made.count()) {
      await expect(own).toHaveCount(1);
      await send(own.locator("button[value=end-token]"));
      await unharmed(secretary, `token ended: ${payload}`);
    }
    await expect(own, payload).toHaveCount(0);

    await system.goto("/desk/people?q=auditor");
    await unfoldAll(system);
    await system.locator("main details [name=login]").fill(payload.slice(0, 40));
    await system.locator("main details [name=name]").fill(payload.slice(0, 60));
    await send(act(system, "add")); // no login: the page shows both again
    await unharmed(system, `person, a mistake: ${payload}`);
    await system.locator("main details [name=login]").fill(`typed-${at}`);
    await send(act(system, "add"));
    await unharmed(system, `person: ${payload}`);
    await system.goto(`/desk/people?q=typed-${at}`);
    await unharmed(system, `people: ${payload}`);
    if (await system.locator("ul.people > li").count()) await expect(system.locator("ul.people")).toContainText(head(payload));
    await auditor.goto("/desk/audit");
    await unharmed(auditor, `audit: ${payload}`);
    await system.goto(`/desk/people?q=${encodeURIComponent(payload)}`);
    await unharmed(system, `people looked for: ${payload}`);

    const commission = await desk("commission");
    await commission.goto("/desk/city?topic=add_area&of=330383198024");
    await commission.locator("[name=code]").fill(`typed-${at}`);
    for (const field of ["name-zh-hans", "name-zh-hant", "name-en"]) await commission.locator(`[name=${field}]`).fill(payload.slice(0, 40));
    await commission.locator("[name=pinyin]").fill(payload.slice(0, 120));
    await send(act(commission, "try")); // no decision and no day: all of it comes back
    await unharmed(commission, `city, a mistake: ${payload}`);
    await commission.locator("[name=from]").fill(new Date(Date.now() + 200_000_000).toISOString().slice(0, 10));
    await commission.locator("[name=reason]").fill(payload.slice(0, 120));
    await send(act(commission, "try"));
    await unharmed(commission, `city, tried: ${payload}`);
    if (await act(commission, "keep").count()) {
      await send(act(commission, "keep"));
      await unharmed(commission, `city, put down: ${payload}`);
    }

    await page.goto(`/sign-in?next=${encodeURIComponent(payload)}`);
    await unharmed(page, `next: ${payload}`);
    await page.locator("[name=login]").fill(payload.slice(0, 80));
    await send(act(page, "password"));
    await unharmed(page, `login: ${payload}`);
    await expect(page.locator("[name=login]")).toHaveValue(payload.slice(0, 80).trim());
  }
});

test("an inline script that got in anyhow does not run (the policy)", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.__x = 1";
    document.body.append(script);
    const image = document.createElement("img");
    image.setAttribute("onerror", "window.__x = 1");
    image.src = "/nothing.png";
    document.body.append(image);
  });
  await page.waitForTimeout(200);
  expect(await page.evaluate(() => (window as { __x?: unknown }).__x)).toBeUndefined();
});
