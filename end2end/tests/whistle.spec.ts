import { act, expect, expectNoSidewaysScroll, file, fill, pick, test, whistle } from "../support/test.ts";
import { CANARY, photo } from "../support/photo.ts";

test.describe("A resident blows the whistle", () => {
  test("from the home page to the receipt, with a photo", async ({ page, request }) => {
    await page.goto("/");
    await page.locator('main a[href="/whistle"]').first().click();
    await expect(page).toHaveURL(/\/whistle$/);
    // Danger comes first, with numbers that can be dialled.
    await expect(page.locator('main a[href="tel:110"]').first()).toBeVisible();
    await fill(page, whistle());
    await page.locator("input[type=file][name=photos]").setInputFiles([photo("王小明家门口.png", 1)]);
    await expectNoSidewaysScroll(page);
    await act(page, "file").click();
    await expect(page).toHaveURL(/\/whistle\/receipt$/);
    const main = page.locator("main");
    await expect(main).toContainText("象岗社区");
    const address = page.url();
    expect(address, "the code is in no address").not.toMatch(/\d{20}/);
    const back = await request.get(address);
    expect(back.status(), "another browser does not see the receipt").toBe(200);
    expect(await back.text()).not.toMatch(/(?:\d[ -]*){21}/);
  });

  test("an empty form comes back with an error for each question, none of them in code", async ({ page }) => {
    await page.goto("/whistle");
    await act(page, "file").click();
    await expect(page.locator(".summary[role=alert]"), "one begins at what is to be mended").toBeFocused();
    const links = page.locator('[role="alert"] a[href^="#"]');
    expect(await links.count()).toBeGreaterThanOrEqual(3);
    for (const link of await links.all()) {
      const target = (await link.getAttribute("href")) as string;
      await expect(page.locator(target), `${target} of the summary is on the page`).toHaveCount(1);
    }
    await expect(page.locator("textarea[name=description]")).toHaveAttribute("aria-invalid", "true");
  });

  test("a mistake keeps everything typed, the photos too", { tag: "@server" }, async ({ page }) => {
    await page.goto("/whistle");
    const given = whistle({ description: "", place: "站前路 8 号，二楼楼道 <左边> \"里\"", visibility: "private" });
    await fill(page, given);
    await page.locator("input[type=file][name=photos]").setInputFiles([photo("a.png", 1), photo("b.png", 2)]);
    await act(page, "file").click();
    await expect(page.locator('[role="alert"]:visible').first()).toBeVisible();
    await expect(page.locator("[name=place]")).toHaveValue(given.place);
    await expect(page.locator("[name=community]").first()).toHaveValue(given.community);
    await expect(page.locator("input[name=visibility][value=private]")).toBeChecked();
    await expect(page.locator("input[name=category]:checked")).toHaveCount(1);
    await expect(page.locator('main img[src^="data:image/"]')).toHaveCount(2);
    // One is taken out again, then it is sent.
    await page.locator('button[name=act][value^="remove-photo-"]').first().click();
    await expect(page.locator('main img[src^="data:image/"]')).toHaveCount(1);
    await page.locator("textarea[name=description]").fill("楼道里堆满纸箱，门只能开一半。");
    await act(page, "file").click();
    await expect(page).toHaveURL(/\/whistle\/receipt/);
  });

  test("the empty form goes compressed, with a key that never repeats; a form given back does not", async ({ request }) => {
    const headers = { "Accept-Encoding": "br" };
    const key = async () => {
      const answer = await request.get("/whistle?community=330300001001", { headers });
      expect(answer.headers()["content-encoding"]).toBe("br");
      expect(answer.headers()["cache-control"]).toBe("no-store");
      return /name="key"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="key"/.exec(await answer.text())?.slice(1).find(Boolean);
    };
    const first = await key();
    expect(first).toBeTruthy();
    expect(await key()).not.toBe(first);
    // It bears the key of before beside what somebody typed: lengths could tell one by the other.
    const back = await request.post("/whistle", { headers: { ...headers, "Sec-Fetch-Site": "same-origin" }, multipart: { key: first as string, act: "preview", description: "楼道" } });
    expect(back.headers()["content-encoding"]).toBeUndefined();
    expect(await back.text()).toContain(first as string);
  });

  test("danger now: the numbers, and nothing is filed", async ({ page }) => {
    await page.goto("/whistle");
    await fill(page, whistle({ danger: "yes" }));
    await act(page, "file").click();
    await expect(page).not.toHaveURL(/receipt/);
    for (const number of ["110", "119", "120"]) await expect(page.locator(`main a[href="tel:${number}"]`).first()).toBeVisible();
    await expect(page.locator("textarea[name=description]")).toHaveValue(whistle().description);
  });

  test("the preview shows what the public will see, and files nothing", async ({ page }) => {
    await page.goto("/whistle");
    await fill(page, whistle());
    await act(page, "preview").click();
    await expect(page).not.toHaveURL(/receipt/);
    await expect(page.locator("main")).toContainText(whistle().description);
    await act(page, "file").click();
    await expect(page).toHaveURL(/\/whistle\/receipt/);
  });

  test("六张照片可以，第七张要去掉", async ({ page }) => {
    await page.goto("/whistle");
    await fill(page, whistle());
    await page.locator("input[type=file][name=photos]").setInputFiles([1, 2, 3, 4, 5, 6, 7].map((seed) => photo(`${seed}.png`, seed, 64)));
    await act(page, "file").click();
    await expect(page).not.toHaveURL(/receipt/);
    await expect(page.locator('[role="alert"]:visible').first()).toBeVisible();
    await expect(page.locator("textarea[name=description]")).toHaveValue(whistle().description);
  });

  test("a file that is no photo is refused, the rest is kept", async ({ page }) => {
    await page.goto("/whistle");
    await fill(page, whistle());
    await page.locator("input[type=file][name=photos]").setInputFiles([{ name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<svg onload=alert(1)>") }]);
    await act(page, "file").click();
    await expect(page.locator('[role="alert"]:visible').first()).toBeVisible();
    await expect(page.locator("textarea[name=description]")).toHaveValue(whistle().description);
  });

  test("“占道” finds street vending, and Enter in the search files nothing", async ({ page }) => {
    await page.goto("/whistle");
    await page.locator("[name=category_words]").fill("占道");
    await act(page, "find-category").click();
    await expect(page).not.toHaveURL(/receipt/);
    await expect(page.locator("[name=category_words]")).toHaveValue("占道");
    // What was found, not the list of all categories that stands below it.
    const found = page.locator("p[role=status] + .picks");
    await expect(found).toContainText(/摊|经营/);
    const [some, all] = [await found.locator("input[name=category]").count(), await page.locator("input[name=category]").count()];
    expect(some, "a search finds some, and not everything").toBeLessThan(all / 2);
    await page.locator("textarea[name=description]").press("Tab");
    await page.locator("[name=category_words]").press("Enter");
    await expect(page, "nothing is filed without a description").not.toHaveURL(/receipt/);
  });

  test("what fits no category has one in sight, and goes to the community", async ({ page }) => {
    await page.goto("/whistle");
    const other = page.locator("input[name=category][value=other-matter]");
    await expect(other, "once, and behind no fold").toHaveCount(1);
    await expect(other).toBeVisible();
    await fill(page, whistle());
    await other.check();
    await act(page, "file").click();
    await expect(page).toHaveURL(/\/whistle\/receipt$/);
    await expect(page.locator("main")).toContainText("象岗社区");
  });

  test("the community is matched from words of the address", async ({ page }) => {
    await page.goto("/whistle");
    await page.locator("[name=community]").fill("龙港镇象岗社区站前路");
    await act(page, "find-place").click();
    await expect(page.locator("main")).toContainText("象岗社区");
    await expect(page.locator("[name=community]")).toHaveValue("龙港镇象岗社区站前路");
  });

  test("a grid officer can fill it in: a phone is enough", async ({ page }) => {
    await page.goto("/whistle?by=officer");
    await pick(page, "danger", "no");
    await page.locator("[name=community]").fill("象岗社区");
    await act(page, "file").click();
    await expect(page.locator('[role="alert"] a[href="#phone"]')).toBeVisible();
    await page.locator("[name=phone]").fill("13800000000");
    await act(page, "file").click();
    await expect(page).toHaveURL(/\/whistle\/receipt/);
  });

  test("sent twice with one form is one case", async ({ page, browser, city }) => {
    await page.goto("/whistle");
    await fill(page, whistle({ description: "同一张表连按两次，只能有一件。" }));
    const fields = await page.locator("form:has(textarea[name=description])").first().evaluate((form) => [...new FormData(form as HTMLFormElement).entries()].filter(([, value]) => typeof value === "string") as [string, string][]);
    const numbers = new Set<string>();
    for (let time = 0; time < 2; time++) {
      const context = await browser.newContext({ baseURL: city.url, javaScriptEnabled: false });
      const answer = await context.request.post("/whistle", { form: Object.fromEntries([...fields, ["act", "file"]]), headers: { "Sec-Fetch-Site": "same-origin" } });
      expect(answer.status()).toBe(200);
      numbers.add((await answer.text()).match(/<b translate="no">([^<]+)</)?.[1] ?? "none");
      await context.close();
    }
    expect([...numbers]).toHaveLength(1);
    expect([...numbers][0]).not.toBe("none");
  });

  test("the reporter's photo holds nothing of where and by whom", async ({ page }) => {
    const { code } = await file(page, { visibility: "private" }, [photo("王小明.png", 3)]);
    await page.goto("/track");
    await page.locator("[name=code]").fill(code);
    await page.locator("main form:has([name=code]) button").click();
    const image = page.locator('main img[src]:not([src$=".svg"])').first();
    await expect(image).toBeVisible();
    const answer = await page.request.get((await image.getAttribute("src")) as string);
    expect(answer.status()).toBe(200);
    const bytes = (await answer.body()).toString("latin1");
    expect(bytes).not.toContain(CANARY.slice(0, 10));
    expect(bytes).not.toContain("tEXt");
    expect(answer.headers()["content-type"]).toMatch(/^image\/(jpeg|png|webp)$/);
    expect(answer.headers()["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers()["cache-control"]).toContain("no-store");
  });

  test("a private case shows nothing to others", async ({ page, request }) => {
    const secret = `只给社区看的话${Date.now()}`;
    const { number } = await file(page, { visibility: "private", description: secret });
    const other = await request.get(`/cases/${number}`);
    const nobody = await request.get("/cases/LG-2020-000000-0");
    expect(other.status()).toBe(nobody.status());
    for (const path of [`/cases/${number}`, `/cases?q=${encodeURIComponent(secret)}`, "/cases", "/", "/api/v1/cases?limit=100"]) {
      const answer = await request.get(path);
      const text = (await answer.text()).split(encodeURIComponent(secret)).join("").replace(/<input[^>]*name="q"[^>]*>/g, "").replace(/<title>[^<]*<\/title>/, "");
      if (!path.includes("?q=")) expect(text, path).not.toContain(secret);
    }
  });
});
