import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test } from "../support/desk.ts";

let filed = 0;

async function file(request: APIRequestContext): Promise<string> {
  const answer = await request.post("/api/v1/cases", {
    headers: { "Idempotency-Key": `desk-live-journey-${Date.now()}-${(filed += 1)}` },
    data: { kind: "whistle", category: "street-vending", community: "330383198023", description: "人民路口的摊位占住了盲道", place: { address: "人民路口" }, visibility: "public" },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()).number;
}

/** Opens a page of the desk and waits until its stream is open and it has looked once. */
async function open(page: Page, address: string): Promise<void> {
  const looked = page.waitForResponse((answer) => answer.url().includes("part=1"));
  await page.goto(address);
  await looked;
}

/** A colleague at another table writes a note, or accepts. */
async function accept(page: Page, number: string): Promise<void> {
  await page.goto(`/desk/cases/${number}`);
  await page.getByRole("button", { name: "受理", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "已记下：受理" })).toBeVisible();
}

const news = (page: Page) => page.locator('.live[role="status"]');
const line = (page: Page, number: string) => page.locator(`#case-${number}`);

test("a list left open shows what colleagues do, and whoever stands on a line stays there", async ({ desk, request }) => {
  const [mine, colleague] = [await desk("station-unit-06"), await desk("secretary-xianggang")];
  const complaints: string[] = [];
  mine.on("pageerror", (error) => complaints.push(String(error)));
  const number = await file(request);
  await open(mine, "/desk?list=open");
  await expect(line(mine, number)).toContainText("等受理");
  await line(mine, number).getByRole("link").focus();
  const began = Date.now();
  const later = await file(request);
  await expect(line(mine, later)).toBeVisible();
  console.log(`a filing stood on an open list after ${Date.now() - began} ms`);
  await expect(line(mine, number).getByRole("link")).toBeFocused();
  await accept(colleague, number);
  await expect(line(mine, number)).not.toContainText("等受理");
  await expect(news(mine)).toContainText("有新变化");
  expect(complaints).toEqual([]);
});

test("what is picked is not moved under the hand", async ({ desk, request }) => {
  const mine = await desk("station-unit-06");
  const number = await file(request);
  await open(mine, "/desk?list=open");
  const pick = line(mine, number).getByRole("checkbox");
  await pick.check();
  const later = await file(request);
  await expect(news(mine)).toContainText("这一页先没有动");
  await expect(line(mine, later)).toHaveCount(0);
  await expect(pick).toBeChecked();
  // Nothing is picked any more: then it comes.
  await pick.uncheck();
  await expect(line(mine, later)).toBeVisible();
  await expect(mine.getByRole("checkbox", { checked: true })).toHaveCount(0);
});

test("what came back to be mended stays as it was sent", async ({ desk, request }) => {
  const mine = await desk("station-unit-06");
  const number = await file(request);
  await open(mine, `/desk?list=open&q=${number}`);
  await line(mine, number).getByRole("checkbox").check();
  await mine.locator("summary").getByText("一起办选中的", { exact: true }).click();
  // Nobody said what is to be done with it; and the page looks for news as soon as it stands.
  const looked = mine.waitForResponse((answer) => answer.url().includes("part=1"));
  await mine.getByRole("button", { name: "一起办", exact: true }).click();
  await looked;
  await expect(mine.getByRole("alert")).toContainText("选一下做什么");
  const again = mine.waitForResponse((answer) => answer.url().includes("part=1"));
  await file(request);
  await again;
  await expect(news(mine)).toContainText("先没有动");
  await expect(line(mine, number).getByRole("checkbox")).toBeChecked();
});

test("a case left open shows the verbs that are possible now, and keeps what is being written", async ({ desk, request }) => {
  const [mine, colleague] = [await desk("station-unit-06"), await desk("secretary-xianggang")];
  const number = await file(request);
  await open(mine, `/desk/cases/${number}`);
  await expect(mine.getByRole("button", { name: "受理", exact: true })).toBeVisible();
  await accept(colleague, number);
  await expect(mine.getByRole("button", { name: "受理", exact: true })).toHaveCount(0);
  await expect(news(mine)).toContainText("受理");

  await mine.locator("summary").getByText("内部记录", { exact: true }).click();
  const text = mine.locator("details").filter({ hasText: "内部记录" }).last().locator("textarea").first();
  await text.fill("问过物业");
  await colleague.goto(`/desk/cases/${number}`);
  await colleague.getByRole("button", { name: "社区自己办", exact: true }).click();
  await expect(news(mine)).toContainText("先没有动");
  await expect(mine.locator("#live-story")).toContainText("自己办");
  await expect(text).toHaveValue("问过物业");
});
