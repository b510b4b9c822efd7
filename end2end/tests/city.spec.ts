import type { Page } from "@playwright/test";
import { expect, test, unfoldAll } from "../support/desk.ts";
import { expectNoSidewaysScroll, send } from "../support/test.ts";

/** Communities that no other test tells anything to, one for each browser that runs this. */
const OWN: Record<string, string> = { phone: "鲸头社区", desktop: "芦浦社区", "phone-js": "凤江社区", "desktop-js": "瑞联社区" };

/** The page of an area, gone to as a reader would. */
async function area(page: Page, community: string): Promise<void> {
  await page.goto("/communities");
  const href = await page.getByRole("link", { name: community }).first().getAttribute("href");
  await page.goto(`/desk/city?part=areas&of=${href?.split("/").pop()}`);
  await expect(page.getByRole("heading", { name: community, level: 2 })).toBeVisible();
}

/** A day of the city from today, as a date field takes it. */
function day(ahead: number): string {
  return new Date(Date.now() + (8 * 60 + ahead * 24 * 60) * 60_000).toISOString().slice(0, 10);
}

/** Looks at what it would do and puts it down; where somebody else was faster, looks again. */
async function putDown(page: Page): Promise<void> {
  await expect(async () => {
    await send(page.getByRole("button", { name: "先看会怎样" }));
    await expect(page.getByText("检查过：从那天起的每一步都没有问题。")).toBeVisible({ timeout: 5_000 });
    await send(page.getByRole("button", { name: "就这样，写入" }));
    await expect(page.getByRole("status").filter({ hasText: "已写入，编号" })).toBeVisible({ timeout: 5_000 });
  }).toPass();
}

test.describe("The city", () => {
  test("the commission gives a community another name, and residents find it by both", async ({ page, desk }, info) => {
    const old = OWN[info.project.name] ?? "鲸头社区";
    const name = `新${old}`;
    const commission = await desk("commission");
    await area(commission, old);
    await commission.getByRole("link", { name: "改名", exact: true }).click();
    // What is wrong is told where it is to be mended, and what was typed stays.
    await commission.getByLabel("名称（简体）").fill(name);
    await commission.getByLabel("名称（繁体）").fill("");
    await commission.getByLabel("从哪天起").fill(day(0));
    await send(commission.getByRole("button", { name: "先看会怎样" }));
    await expect(commission.getByRole("alert").getByRole("link")).toHaveCount(2);
    await expect(commission.getByLabel("名称（简体）")).toHaveValue(name);
    await commission.getByLabel("名称（繁体）").fill(name);
    await commission.getByLabel("依据").fill("龙政发〔2026〕12号");
    await putDown(commission);
    await expect(commission.getByText(`${old}改名为${name}`)).toBeVisible();
    // At once, for everybody, and a cached page says nothing else.
    await page.goto("/communities");
    await expect(page.getByText(name).first()).toBeVisible();
    await page.goto(`/communities?q=${encodeURIComponent(old)}`);
    await expect(page.getByText(name).first(), "found by the name people know").toBeVisible();
  });

  test("what is to come stands there for all who work for the city, and can be taken back", async ({ desk }, info) => {
    const commission = await desk("commission");
    const grid = `试验网格${info.project.name}`;
    await area(commission, "高星社区");
    await commission.getByRole("link", { name: "新设下级", exact: true }).click();
    await commission.getByLabel("新代码").fill(`try-${info.project.name}-${Date.now() % 100_000}`);
    await commission.getByLabel("名称（简体）").fill(grid);
    await commission.getByLabel("名称（繁体）").fill(grid);
    await commission.getByLabel("名称（英文）").fill("Grid on trial");
    await commission.getByLabel("拼音").fill("shi yan");
    await commission.getByLabel("从哪天起").fill(day(3));
    await commission.getByLabel("依据").fill("会议纪要");
    await putDown(commission);
    const line = commission.getByRole("listitem").filter({ hasText: `高星社区新设${grid}` });
    await expect(line).toBeVisible();
    // Whoever works for the city reads it, and changes nothing.
    const secretary = await desk("secretary-xianggang");
    await secretary.getByRole("navigation", { name: "工作台" }).getByRole("link", { name: "城市" }).click();
    await expect(secretary.getByText(`高星社区新设${grid}`)).toBeVisible();
    await expect(secretary.getByRole("link", { name: "撤回" })).toHaveCount(0);
    await line.getByRole("link", { name: "撤回" }).click();
    await commission.getByLabel("依据").fill("不试了");
    await putDown(commission);
    const back = commission.getByRole("listitem").filter({ hasText: `高星社区新设${grid}` });
    await expect(back.getByRole("link", { name: "撤回" })).toHaveCount(0);
  });

  test("a change that would send cases nowhere is not taken", async ({ desk }) => {
    const commission = await desk("commission");
    await commission.goto("/desk/city?part=categories");
    await unfoldAll(commission);
    await commission.getByRole("link", { name: "路面脏、没人扫" }).click();
    await commission.getByRole("link", { name: "终止职责" }).first().click();
    await commission.getByLabel("从哪天起").fill(day(1));
    await commission.getByLabel("依据").fill("试试");
    await send(commission.getByRole("button", { name: "先看会怎样" }));
    await expect(commission.getByText(/没有人牵头/).first()).toBeVisible();
    await expect(commission.getByRole("button", { name: "就这样，写入" })).toHaveCount(0);
  });

  test("grids of a department show what nobody covers", async ({ desk }, info) => {
    const commission = await desk("commission");
    await commission.goto("/desk/city?part=grids");
    await commission.getByRole("link", { name: "导入条线网格" }).first().click();
    const unit = commission.getByLabel("部门或模块").locator("option");
    const at = ["phone", "desktop", "phone-js", "desktop-js"].indexOf(info.project.name) + 2;
    await commission.getByLabel("部门或模块").selectOption({ index: at });
    const name = (await unit.nth(at).innerText()).trim();
    await commission.getByLabel(/每行一个/).fill("A1,警务区一,330383198023 330383198094\nA2,警务区二,330383198094");
    await commission.getByLabel("从哪天起").fill(day(0));
    await commission.getByLabel("依据").fill("并网方案");
    await putDown(commission);
    await commission.goto("/desk/city?part=grids");
    const section = commission.locator("section").filter({ has: commission.getByRole("heading", { level: 2, name }) });
    await expect(section.getByText(/2 个网格，覆盖/)).toBeVisible();
    await expect(section.getByText("华中社区：A1, A2")).toBeVisible();
  });

  test("no part of it scrolls sideways at 320 px", { tag: "@once" }, async ({ desk }) => {
    const commission = await desk("commission");
    await commission.setViewportSize({ width: 320, height: 700 });
    for (const path of [
      "", "?part=areas", "?part=areas&of=330383198023", "?part=categories", "?part=categories&of=street-vending", "?part=clocks",
      "?part=hours", "?part=grids", "?topic=split_area&of=330383198023", "?topic=set_hours&of=", "?topic=set_clocks&of=",
      "?topic=set_category&of=street-vending", "?topic=set_duty&of=&category=street-vending", "?topic=set_line_grids&of=",
    ]) {
      expect((await commission.goto(`/desk/city${path}`))?.status(), path).toBe(200);
      await expectNoSidewaysScroll(commission);
      await unfoldAll(commission);
      await expectNoSidewaysScroll(commission);
    }
  });
});
