import { expect, test } from "../support/desk.ts";
import { APPEARANCE, CALL, STATION, step, unfold } from "../support/steps.ts";
import { expectNoSidewaysScroll, file, send } from "../support/test.ts";

const SECRETARY = "secretary-xianggang";

test.describe("Several at once", () => {
  test("one call goes to the cases that are picked; what somebody else changed meanwhile says so, and goes on when it is picked again", async ({ page, desk }) => {
    const place = `第${Date.now() % 1_000_000}号桥头`;
    const what = { place, category: "illegal-dumping" };
    const [first, second] = [await file(page, what), await file(page, what)];
    const [secretary, station] = [await desk(SECRETARY), await desk(STATION)];
    await secretary.goto(`/desk?list=open&q=${encodeURIComponent(place)}`);
    for (const { number } of [first, second]) await secretary.getByLabel(`选中 ${number}`).check();
    const together = await unfold(secretary, "一起办选中的");
    await together.getByLabel("做什么").selectOption({ label: CALL });
    await send(together.getByRole("button", { name: "一起办", exact: true }));

    await expect(secretary.getByRole("heading", { level: 1, name: "给几件一起吹哨" })).toBeVisible();
    const cases = secretary.getByRole("group", { name: "哪几件" });
    await expect(cases.getByRole("checkbox", { checked: true })).toHaveCount(2);
    await expectNoSidewaysScroll(secretary);

    // Why is not said yet: it stands beside its field, and nothing typed is lost.
    const call = () => secretary.locator("main form").filter({ has: secretary.getByRole("group", { name: "哪几件" }) });
    await call().getByLabel("要部门做什么（内部）").fill("桥头清干净，装上路障");
    await send(call().getByRole("button", { name: CALL, exact: true }));
    await expect(secretary.getByRole("link", { name: /为什么吹哨/ })).toBeVisible();
    await expect(call().getByLabel("要部门做什么（内部）")).toHaveValue("桥头清干净，装上路障");

    await call().getByLabel("疑难问题").check();
    const byHand = call().locator("details").filter({ hasText: "自己选单位" }).first();
    if ((await byHand.getAttribute("open")) === null) await byHand.locator("summary").first().click();
    await call().getByLabel("谁牵头").selectOption({ label: APPEARANCE });
    await call().getByLabel("从现在起限时").check();
    await call().getByLabel("时长").fill("4");
    await call().getByLabel("单位", { exact: true }).selectOption({ label: "天（24 小时一天）" });
    // Meanwhile the station takes one of them on.
    await station.goto(`/desk/cases/${second.number}`);
    await step(station, "受理");
    await send(call().getByRole("button", { name: CALL, exact: true }));
    await expect(secretary.getByRole("status").filter({ hasText: "办好 1 件" })).toBeVisible();
    const missed = secretary.locator(".callout").filter({ hasText: "1 件没有办成" });
    await expect(missed).toContainText(second.number);
    await expect(missed).toContainText("别人先动了");
    await expect(missed).toContainText("社区受理");
    await expectNoSidewaysScroll(secretary);

    // All that was typed is still there; only the case has to be picked again.
    await expect(call().getByLabel("要部门做什么（内部）")).toHaveValue("桥头清干净，装上路障");
    await expect(call().getByLabel("时长")).toHaveValue("4");
    const again = secretary.getByRole("group", { name: "哪几件" }).getByRole("checkbox");
    await expect(again).toHaveCount(1);
    await expect(again).not.toBeChecked();
    await again.check();
    await send(call().getByRole("button", { name: CALL, exact: true }));
    await expect(secretary.getByRole("status").filter({ hasText: "办好 1 件" })).toBeVisible();
    for (const { number } of [first, second]) {
      await secretary.goto(`/desk/cases/${number}`);
      await expect(secretary.locator("main")).toContainText("社区吹哨，请综合行政执法局（牵头）来办");
      await expect(secretary.locator("main")).toContainText("桥头清干净，装上路障");
    }
  });
});
