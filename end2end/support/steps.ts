import type { Locator, Page } from "@playwright/test";
import { expect } from "./desk.ts";
import { send } from "./test.ts";

export const GRID = "grid-xianggang";
export const STATION = "station-unit-06";
export const OFFICER = "officer-enforcement-appearance";
export const APPEARANCE = "市容模块";
export const CALL = "吹哨，请部门报到";

/** The fold of an act, opened as a reader would. */
export async function unfold(page: Page, verb: string): Promise<Locator> {
  const summary = page.locator("summary").getByText(verb, { exact: true });
  await expect(summary, `the page offers ${verb}`).toHaveCount(1);
  const fold = page.locator("details").filter({ has: summary });
  if ((await fold.getAttribute("open")) === null) await summary.click();
  return fold;
}

/** Presses the button of a step that needs no words. */
export async function step(page: Page, verb: string): Promise<void> {
  await send(page.getByRole("button", { name: verb, exact: true }));
  await expect(page.getByRole("status").filter({ hasText: `已记下：${verb}` })).toBeVisible();
}

/** Sends the form of an act that was unfolded and filled in. */
export async function sent(fold: Locator, verb: string): Promise<void> {
  await send(fold.getByRole("button", { name: verb, exact: true }));
  await expect(fold.page().getByRole("status").filter({ hasText: `已记下：${verb}` })).toBeVisible();
}

/** Opens a case as its people do: by its number on their worklist. */
export async function open(page: Page, number: string, list = "我的待办"): Promise<void> {
  await page.goto("/desk");
  await page.getByRole("navigation", { name: "列表" }).getByRole("link", { name: list }).click();
  const wanted = page.getByLabel("编号、地点或内容");
  // On a phone it is folded away.
  if (!(await wanted.isVisible())) await page.getByText("搜索和筛选", { exact: true }).click();
  await wanted.fill(number);
  await page.getByRole("button", { name: "筛选", exact: true }).click();
  await expect(page.getByText("1 件", { exact: true })).toBeVisible();
  await page.locator(`main a[href="/desk/cases/${number}"]`).click();
  await expect(page).toHaveURL(new RegExp(`/desk/cases/${number}$`));
}

/** Found on patrol: by the form of the desk. */
export async function found(page: Page, what: { category: string; description: string; place: string }): Promise<string> {
  await page.goto("/desk");
  await page.getByRole("navigation", { name: "工作台" }).getByRole("link", { name: "上报" }).click();
  await page.getByLabel("哪一类").selectOption({ label: what.category });
  await page.getByLabel("社区", { exact: true }).selectOption({ label: "象岗社区" });
  await page.getByLabel("什么情况").fill(what.description);
  await page.getByLabel("在哪里").fill(what.place);
  await send(page.getByRole("button", { name: "上报", exact: true }));
  const said = page.getByRole("status").filter({ hasText: "已经上报，编号" });
  await expect(said).toBeVisible();
  return (await said.getByRole("link").innerText()).trim();
}

/** Whistles for City Appearance, and for `support` if it says so, instead of whom the register suggests. */
export async function callThem(page: Page, why: string, what: string, due: { days: string } | { until: string } | undefined = undefined, support = ""): Promise<void> {
  const call = await unfold(page, CALL);
  await expect(call.getByText(/职责清单怎么说/)).toBeVisible();
  await call.getByLabel(why).check();
  const byHand = call.locator("details").filter({ hasText: "自己选单位" }).first();
  if ((await byHand.getAttribute("open")) === null) await byHand.locator("summary").first().click();
  await call.getByLabel("谁牵头").selectOption({ label: APPEARANCE });
  if (support) {
    const group = byHand.locator("details").filter({ hasText: support });
    if ((await group.getAttribute("open")) === null) await group.locator("summary").click();
    await group.getByLabel(support).check();
  }
  if (due && "days" in due) {
    await call.getByLabel("从现在起限时").check();
    await call.getByLabel("时长").fill(due.days);
    await call.getByLabel("单位", { exact: true }).selectOption({ label: "天（24 小时一天）" });
  } else if (due) {
    await call.getByLabel("到某一天为止").check();
    await call.getByLabel("到哪一天为止").fill(due.until);
  }
  await call.getByLabel("要部门做什么（内部）").fill(what);
  await sent(call, CALL);
}

/** The officer's way to the place. */
export async function goThere(page: Page): Promise<void> {
  for (const verb of ["签收", "报到", "出发", "到场"]) await step(page, verb);
}
