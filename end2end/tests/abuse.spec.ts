import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import { City, prepared } from "../support/city.ts";
import { photo } from "../support/photo.ts";
import { expect, file, test, track } from "../support/test.ts";

/** Cases of docs/abuse.csv that are asked over HTTP, without a page. */
interface Filed {
  number: string;
  receipt_code: string;
}

let keys = 0;
const key = () => `abuse-${process.pid}-${Date.now()}-${String(++keys).padStart(6, "0")}`;

async function firstCategory(request: APIRequestContext): Promise<string> {
  const answer = (await (await request.get("/api/v1/categories")).json()) as unknown;
  const find = (node: unknown): string | undefined => {
    if (Array.isArray(node)) for (const one of node) {
      const found = find(one);
      if (found) return found;
    }
    if (node && typeof node === "object") {
      const { code, children, ...rest } = node as { code?: string; children?: unknown[] };
      if (code && !(children && children.length)) return code;
      return find(children) ?? find(Object.values(rest).filter((value) => typeof value === "object"));
    }
    return undefined;
  };
  return find(answer) as string;
}

async function fileByApi(request: APIRequestContext, change: object = {}, headers: Record<string, string> = {}): Promise<APIResponse> {
  const data = { kind: "whistle", category: await firstCategory(request), community: "330383001001", description: "站前路的路灯已经三天不亮了。", place: { address: "站前路 12 号" }, ...change };
  const communities = (await (await request.get("/api/v1/communities")).json()) as { items?: { code: string }[] } | { code: string }[];
  data.community = (Array.isArray(communities) ? communities : (communities.items ?? []))[0]?.code ?? data.community;
  return request.post("/api/v1/cases", { data: { ...data, ...change }, headers: { "Idempotency-Key": key(), ...headers } });
}

/** Numbers of the same day with another random part, one for each check character: nobody has the one that is right. */
function nobodysNumbers(like: string): string[] {
  const digits = like.replace(/[0-9]/g, (digit, at: number) => (at > like.length - 6 && at < like.length - 1 ? String((Number(digit) + 3) % 10) : digit));
  return [..."0123456789X"].map((check) => digits.slice(0, -1) + check);
}

const same = (text: string, number: string) => text.split(number).join("NUMBER").split(encodeURIComponent(number)).join("NUMBER");

test("A3: a private case answers as if it were not there", async ({ request }) => {
  const filed = (await (await fileByApi(request, { visibility: "private" })).json()) as Filed;
  for (const path of ["/cases/", "/api/v1/cases/"]) {
    const theirs = await request.get(path + filed.number);
    expect(theirs.status(), path).toBe(404);
    for (const nobody of nobodysNumbers(filed.number)) {
      const none = await request.get(path + nobody);
      expect(none.status(), path).toBe(404);
      expect(same(await theirs.text(), filed.number), path).toBe(same(await none.text(), nobody));
    }
  }
});

test("A6: a private case is in no list, no search and no total of a list", async ({ request, city }) => {
  const canary = `金丝雀${Date.now()}`;
  // How many cases a list says it holds, and whether a search for this one changes that.
  const category = await firstCategory(request);
  const total = async (query: string) => {
    const answer = await request.get(`/cases?${query}`, { headers: { "Accept-Language": "en" } });
    const said = /(\d[\d,]*) reports?\b|None found/.exec((await answer.text()).replace(/<!--.*?-->/g, ""));
    expect(said, `/cases?${query} says how many`).toBeTruthy();
    return Number((said?.[1] ?? "0").replace(",", ""));
  };
  const before = [await total(`category=${category}`), await total(`category=${category}&state=open`)];
  const filed = (await (await fileByApi(request, { visibility: "private", description: `只给社区看：${canary}`, place: { address: canary } })).json()) as Filed;
  expect([await total(`category=${category}`), await total(`category=${category}&state=open`)], "a private one is not counted").toEqual(before);
  // A public one with the same word, filed after it: once that is found, the search has read both.
  const open = (await (await fileByApi(request, { visibility: "public", description: `大家都能看：${canary}` })).json()) as Filed;
  city.run("release", "--by", "测试", open.number);
  const found = async () => ((await (await request.get(`/api/v1/cases?q=${canary}`)).json()) as { items: { number: string }[] }).items.map((item) => item.number);
  await expect.poll(found, { timeout: 30_000 }).toEqual([open.number]);
  for (const path of ["/", "/cases", `/cases?q=${canary}`, `/cases?q=${filed.number}`, "/communities", "/api/v1/cases?limit=100", "/sitemap.xml"]) {
    const text = (await (await request.get(path)).text()).replace(/<(input|title|a|link|meta)[^>]*>([^<]*<\/title>)?/g, "");
    expect(text, path).not.toContain(`只给社区看：${canary}`);
    if (!path.includes(filed.number)) expect(text, path).not.toContain(filed.number);
  }
  expect(await total(`category=${category}`), "a public one is counted").toBe((before[0] as number) + 1);
});

test("A8: a photo of a private case opens for its reporter only", async ({ page, playwright, city }) => {
  const { code } = await file(page, { visibility: "private" }, [photo("a.png", 9)]);
  await track(page, code);
  const source = (await page.locator('main img[src*="/photos/"]').first().getAttribute("src")) as string;
  const own = await page.request.get(source);
  expect(own.status()).toBe(200);
  const stranger = await playwright.request.newContext({ baseURL: city.url });
  const others = [{}, { "If-None-Match": own.headers().etag ?? "*" }, { Cookie: "track=0000000000000000000000000000000000000000000000000000000000000000" }];
  for (const headers of others) {
    const answer = await stranger.get(source, { headers: headers as Record<string, string> });
    expect(answer.status(), JSON.stringify(headers)).toBe(404);
  }
  await stranger.dispose();
});

test("B1: one answer for wrong and for never existed; then come back later", async () => {
  test.setTimeout(300_000); // a city of its own is started
  const city = await City.start("sqlite", prepared, { HUIYIN_LOOKUPS_PER_MINUTE: "5", HUIYIN_LOOKUPS_PER_SECOND: "10" });
  try {
    const statuses: number[] = [];
    const bodies = new Set<string>();
    // A mistyped code costs no try, so the check digit of each guess is tried out.
    for (let guess = 0; guess < 12; guess++) {
      const digits = String(guess * 7_919).padStart(20, "7");
      for (let check = 0; check < 10; check++) {
        const answer = await fetch(`${city.url}/api/v1/track`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ receipt_code: digits + check }) });
        if (answer.status === 422) continue;
        statuses.push(answer.status);
        if (answer.status === 404) bodies.add(await answer.text());
        if (answer.status === 429) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
        break;
      }
    }
    expect(statuses, "nothing was found").not.toContain(200);
    expect(statuses, "the throttle set in").toContain(429);
    expect(bodies.size, "unknown codes have one answer").toBeLessThanOrEqual(1);
  } finally {
    await city.stop();
  }
});

test("B2: the receipt code stands in no log and in no file of the server", async ({ request }) => {
  test.setTimeout(300_000); // a city of its own is started
  const city = await City.start("sqlite");
  try {
    const context = { get: request.get.bind(request), post: request.post.bind(request) };
    const categories = await (await fetch(`${city.url}/api/v1/categories`)).text();
    expect(categories.length).toBeGreaterThan(10);
    const category = await firstCategory({ ...context, get: (path: string) => request.get(city.url + path) } as unknown as APIRequestContext);
    const communities = (await (await request.get(`${city.url}/api/v1/communities`)).json()) as { items?: { code: string }[] };
    const answer = await request.post(`${city.url}/api/v1/cases`, { data: { kind: "whistle", category, community: communities.items?.[0]?.code, description: "站前路的路灯已经三天不亮了。", place: { address: "站前路" } }, headers: { "Idempotency-Key": key() } });
    expect(answer.status()).toBe(201);
    const code = ((await answer.json()) as Filed).receipt_code.replace(/\D/g, "");
    expect(code).toHaveLength(21);
    await request.post(`${city.url}/api/v1/track`, { data: { receipt_code: code } });
    await request.post(`${city.url}/track`, { form: { code }, headers: { "Sec-Fetch-Site": "same-origin" }, maxRedirects: 5 });
    const spaced = code.replace(/(.{5})(?=.)/g, "$1 ");
    const search = (folder: string) => {
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        if (statSync(path).isDirectory()) search(path);
        else if (statSync(path).isFile()) {
          const bytes = readFileSync(path);
          expect(bytes.includes(code) || bytes.includes(spaced) || bytes.includes(code.slice(0, 20)), path).toBe(false);
        }
      }
    };
    search(city.folder);
  } finally {
    await city.stop();
  }
});

test("C7: another site posts our forms: 403, and nothing happens", async ({ request, city }) => {
  const form = { act: "file", danger: "no", description: "别的网站替我发的", community: "象岗社区", place: "站前路", visibility: "public" };
  const foreign: Record<string, string>[] = [{ "Sec-Fetch-Site": "cross-site" }, { "Sec-Fetch-Site": "same-site" }, { Origin: "null" }, { Origin: "https://evil.example" }, { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" }, { Cookie: "track=x" }];
  // Every route that changes something, as the server itself lists them.
  const routes = JSON.parse(city.run("routes", "--json")) as { method: string; path: string }[];
  const posts = routes.filter((route) => route.method !== "GET").map((route) => route.path.replace("{number}", "x").replace(/\{[^}]+\}/g, "1"));
  expect(posts).toEqual(expect.arrayContaining(["/whistle", "/track"]));
  for (const path of posts) {
    for (const headers of foreign) {
      const answer = await request.post(path, { form, headers, maxRedirects: 0 });
      expect(answer.status(), `${path} ${JSON.stringify(headers)}`).toBe(403);
    }
  }
  for (const headers of foreign.slice(0, 5)) expect((await fileByApi(request, {}, headers)).status(), JSON.stringify(headers)).toBe(403);
  const found = (await (await request.get("/api/v1/cases?q=别的网站替我发的")).json()) as { items?: unknown[] };
  expect(found.items ?? []).toHaveLength(0);
});

test("C10: no redirect leaves the site and no header is smuggled in", async ({ request }) => {
  for (const value of ["https://evil.example", "//evil.example", "/\\evil.example", "%0d%0aSet-Cookie:%20a=b", "javascript:alert(1)"]) {
    for (const name of ["next", "return", "to", "lang", "number", "url"]) {
      for (const path of ["/", "/track", "/whistle", "/cases"]) {
        const answer = await request.get(`${path}?${name}=${value}`, { maxRedirects: 0, headers: { Referer: "https://evil.example/" } });
        const location = answer.headers().location ?? "";
        expect(location, `${path}?${name}=${value}`).not.toMatch(/evil|^\/\/|^\/\\|javascript/);
        expect(answer.headers()["set-cookie"] ?? "", `${path}?${name}=${value}`).not.toContain("a=b");
      }
    }
  }
});

test("D4: the policy stands on every answer, errors too", async ({ request }) => {
  for (const path of ["/", "/whistle", "/nothing", "/cases/none", "/api/v1/cases", "/api/v1/nothing", "/healthz", "/robots.txt"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["content-security-policy"], path).toContain("default-src 'none'");
    expect(headers["content-security-policy"], path).not.toMatch(/unsafe-inline|'unsafe-eval'|nonce|\*/);
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["referrer-policy"], path).toBe("same-origin");
  }
});

test("D5: broken bodies are refused, and the city goes on", async ({ request }) => {
  const deep = "[".repeat(10_000) + "]".repeat(10_000);
  const json: (string | Buffer)[] = ["", "{", deep, '{"kind":"whistle","description":"\\ud800"}', '{"kind":"whistle","description":"a\\u0000b"}', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), "null", '{"kind":"whistle","kind":"tip"}', `{"kind":"${"x".repeat(300_000)}"}`];
  for (const body of json) {
    const answer = await request.post("/api/v1/cases", { data: body, headers: { "Content-Type": "application/json", "Idempotency-Key": key() } });
    expect(answer.status(), String(body).slice(0, 60)).toBeGreaterThanOrEqual(400);
    expect(answer.status(), String(body).slice(0, 60)).toBeLessThan(500);
    expect(answer.headers()["content-type"]).toContain("application/problem+json");
  }
  const forms: [string, string | Buffer][] = [
    ["multipart/form-data", "x"],
    ["multipart/form-data; boundary=", "--\r\n"],
    ["multipart/form-data; boundary=a", "--a\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\nhalf"],
    ["multipart/form-data; boundary=a", "--a\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\ny\r\n".repeat(10_000) + "--a--\r\n"],
    ["multipart/form-data; boundary=a", `--a\r\nContent-Disposition: form-data; name="${"n".repeat(1_000_000)}"\r\n\r\ny\r\n--a--\r\n`],
    ["application/x-www-form-urlencoded", Buffer.from("description=%ff%fe")],
    ["text/plain", "description=a"],
  ];
  for (const [type, body] of forms) {
    const began = Date.now();
    const answer = await request.post("/whistle", { data: body, headers: { "Content-Type": type, "Sec-Fetch-Site": "same-origin" } });
    expect(answer.status(), type).toBeGreaterThanOrEqual(400);
    expect(answer.status(), type).toBeLessThan(500);
    // Two seconds on a machine that does nothing else; this one may run two browsers.
    expect(Date.now() - began, type).toBeLessThan(15_000);
  }
  expect((await request.get("/healthz")).status()).toBe(200);
});

test("D6: the programs' door gives the public fields and no others", async ({ request }) => {
  const list = (await (await request.get("/api/v1/cases?limit=5&extensions=true&fields=*&include=parties,contact")).json()) as { items: Record<string, unknown>[] };
  expect(list.items.length).toBeGreaterThan(0);
  const open = ["number", "category", "community", "state", "outcome", "filed_at", "clock", "departments", "description", "place", "late", "me_too"];
  for (const item of list.items) expect(Object.keys(item).filter((name) => !open.includes(name)), "fields nobody named as public").toEqual([]);
  const text = JSON.stringify(list);
  expect(text).not.toMatch(/"(party|parties|contact|phone|email|receipt|actor|reporter|salt|key)[a-z_]*":/);
  const many = (await (await request.get("/api/v1/cases?limit=100000")).text()) as string;
  expect((many.match(/"number"/g) ?? []).length).toBeLessThanOrEqual(100);
});

test("D7: an error tells nothing of the machine", async ({ request }) => {
  const answers = [await request.get("/cases/'; DROP TABLE case_event;--"), await request.get("/nothing"), await request.get("/api/v1/cases/x"), await request.post("/api/v1/cases", { data: "{" }), await request.fetch("/cases", { method: "DELETE" })];
  for (const answer of answers) {
    expect(answer.status()).toBeGreaterThanOrEqual(400);
    expect(answer.status()).toBeLessThan(500);
    expect(await answer.text()).not.toMatch(/sqlx|sqlite|postgres|panicked|\.rs[:"]|\/target\/|rustc|axum|backtrace/i);
    expect(answer.headers().server ?? "").toBe("");
  }
});

test("D9: one event is one line of the log, whatever was asked", async ({ request, city }) => {
  for (const path of ['/%0a{"level":"ERROR","message":"forged"}', "/cases?q=%0d%0aforged", "/cases/%0aforged"]) await request.get(path, { headers: { "User-Agent": 'x"} {"level":"ERROR"' } });
  await request.post("/track", { form: { code: "1\n{\"level\":\"ERROR\"}" }, headers: { "Sec-Fetch-Site": "same-origin" } });
  for (const line of city.logLines()) {
    if (!line.startsWith("{")) continue;
    expect(() => JSON.parse(line), line).not.toThrow();
    expect((JSON.parse(line) as { level?: string }).level, line).not.toBe("ERROR");
  }
});

test("E1: what announces itself as too long is refused before it is sent", async ({ city }) => {
  const { connect } = await import("node:net");
  const { hostname, port } = new URL(city.url);
  const answer = await new Promise<string>((done, fail) => {
    const socket = connect(Number(port), hostname, () => socket.write(`POST /whistle HTTP/1.1\r\nHost: ${hostname}:${port}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=a\r\nContent-Length: 209715200\r\n\r\n--a\r\n`));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (text.includes("\r\n")) { socket.destroy(); done(text); }
    });
    // Whoever does not read to the end of a body may close hard behind the answer.
    socket.on("error", (error) => (text ? done(text) : fail(error)));
    socket.setTimeout(10_000, () => fail(new Error("no answer")));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 413/);
});

test("E3, E6: what is no photo is refused whatever it calls itself; names are the server's own", async ({ page }) => {
  const { code } = await file(page, { visibility: "private" }, [{ ...photo("a.png", 4, 64), name: "../../../etc/passwd 王小明.png" }]);
  await track(page, code);
  const image = page.locator('main img[src*="/photos/"]').first();
  const source = (await image.getAttribute("src")) as string;
  expect(decodeURIComponent(source)).not.toMatch(/passwd|王|\.\./);
  const answer = await page.request.get(source);
  expect(answer.headers()["content-type"]).toMatch(/^image\/(jpeg|png|webp)$/);
  expect(answer.headers()["x-content-type-options"]).toBe("nosniff");
});

test("G1: the same key with another filing is 422, a key of the wrong length 400", async ({ request }) => {
  const mine = key();
  const first = await fileByApi(request, {}, { "Idempotency-Key": mine });
  expect(first.status()).toBe(201);
  const again = await fileByApi(request, {}, { "Idempotency-Key": mine });
  expect(((await again.json()) as Filed).receipt_code).toBe(((await first.json()) as Filed).receipt_code);
  expect((await fileByApi(request, { description: "另外一件事，写得不一样。" }, { "Idempotency-Key": mine })).status()).toBe(422);
  for (const bad of ["short", "x".repeat(65)]) expect((await fileByApi(request, {}, { "Idempotency-Key": bad })).status(), bad).toBe(400);
  expect((await fileByApi(request, { danger: true })).status(), "an emergency is for the phone").toBe(422);
});
