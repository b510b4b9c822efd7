import type { APIRequestContext, Page } from "@playwright/test";
import { expect, test } from "../support/desk.ts";
import { act, send } from "../support/test.ts";

const SECRETARY = "secretary-xianggang";
const STILL = "上次没有发出的内容还在";
let filed = 0;

/** A case that was accepted, and its page on the secretary's desk. */
async function open(mine: Page, request: APIRequestContext): Promise<string> {
  const answer = await request.post("/api/v1/cases", {
    headers: { "Idempotency-Key": `desk-unsent-journey-${Date.now()}-${(filed += 1)}` },
    data: { kind: "whistle", category: "street-vending", community: "330383198023", description: "人民路口的摊位占住了盲道", place: { address: "人民路口" }, visibility: "public", contact: { phone: "13812345678" } },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  const address = `/desk/cases/${(await answer.json()).number}`;
  await load(mine, address);
  await send(act(mine, "accept"));
  return address;
}

/** Opens a page of the desk; its islands are awake once its keys are. */
async function load(mine: Page, address: string): Promise<void> {
  await mine.goto(address);
  await awake(mine);
}

const awake = (mine: Page) => expect(mine.locator("#desk-keys"), "the islands are awake").toBeVisible();
const text = (mine: Page, verb: string) => mine.locator(`#do-${verb}-text`);
/** What this tab keeps: the forms, and all of it as one text. */
const kept = (mine: Page) => mine.evaluate(() => ({ forms: Object.keys(sessionStorage).map((key) => key.split(" ").at(-1)), all: Object.values(sessionStorage).join() }));

/** Types half a call and a whole note. */
async function type(mine: Page): Promise<void> {
  await mine.locator("#do-call > summary").click();
  await mine.locator("#do-call input[name=class][value=joint_enforcement]").check();
  await text(mine, "call").fill("请城管和市监一起来");
  await mine.locator("#do-note > summary").click();
  await text(mine, "note").fill("问过物业");
}

test("what was typed in one form is there again when another was sent, until it is sent itself", async ({ desk, request }) => {
  const mine = await desk(SECRETARY);
  const complaints: string[] = [];
  mine.on("pageerror", (error) => complaints.push(String(error)));
  const address = await open(mine, request);
  await awake(mine);
  await type(mine);
  await send(act(mine, "note"));

  await expect(mine).toHaveURL(/done=note$/);
  await expect(text(mine, "call")).toHaveValue("请城管和市监一起来");
  await expect(mine.locator("#do-call input[name=class]:checked")).toHaveValue("joint_enforcement");
  await expect(mine.locator("#do-call")).toHaveAttribute("open", "");
  await expect(mine.locator("#do-call").getByText(STILL)).toBeVisible();
  // What was sent is not there a second time, and what nobody touched stays as it was.
  await expect(text(mine, "note")).toHaveValue("");
  await expect(mine.getByText(STILL)).toHaveCount(1);
  expect((await kept(mine)).forms).toEqual(["do-call"]);

  // Another case has nothing of it.
  const other = await open(mine, request);
  await load(mine, other);
  await expect(text(mine, "call")).toHaveValue("");
  await load(mine, address);
  await expect(text(mine, "call")).toHaveValue("请城管和市监一起来");

  // A mistake in it brings it back from the server; sending another then does not lose it either.
  await mine.locator("#do-call input[name=due][value=within]").check();
  await send(act(mine, "call"));
  await awake(mine);
  expect((await kept(mine)).forms).toEqual([]);
  await expect(text(mine, "call")).toHaveValue("请城管和市监一起来");
  await mine.locator("#do-note > summary").click();
  await text(mine, "note").fill("再问一次");
  await send(act(mine, "note"));
  await expect(text(mine, "call")).toHaveValue("请城管和市监一起来");
  expect(complaints).toEqual([]);
});

test("it is kept for half a day, for its own person, and not beyond signing out", async ({ desk, request }) => {
  const mine = await desk(SECRETARY);
  const address = await open(mine, request);
  for (const spoil of ["age", "person"]) {
    await load(mine, address);
    await type(mine);
    await send(act(mine, "note"));
    await expect(text(mine, "call")).toHaveValue("请城管和市监一起来");
    await mine.evaluate((what) => {
      for (const key of Object.keys(sessionStorage)) {
        const list = JSON.parse(sessionStorage.getItem(key) as string);
        if (what === "age") list[1] -= 12 * 3_600_000 + 1;
        else list[0] = "somebody-else";
        sessionStorage.setItem(key, JSON.stringify(list));
      }
    }, spoil);
    await load(mine, address);
    await expect(text(mine, "call"), spoil).toHaveValue("");
    expect((await kept(mine)).forms, spoil).toEqual([]);
  }

  // From any page of the desk, and from the case itself, where it was typed; the session itself is needed by others.
  for (const from of [address, "/desk/me"]) {
    await load(mine, address);
    await type(mine);
    await send(act(mine, "note"));
    await expect(text(mine, "call")).toHaveValue("请城管和市监一起来");
    expect((await kept(mine)).forms).toEqual(["do-call"]);
    if (from !== address) await mine.goto(from);
    await mine.evaluate(() => document.addEventListener("submit", (event) => event.preventDefault()));
    await mine.locator('form[action="/sign-out"] button').click();
    await expect.poll(async () => (await kept(mine)).forms, from).toEqual([]);
  }
});

test("why somebody is to be called is not kept, nor anything hidden", async ({ desk, request }) => {
  const mine = await desk(SECRETARY);
  await open(mine, request);
  await awake(mine);
  await type(mine);
  await mine.locator("#contact [name=reason]").fill("要问门牌号");
  await send(act(mine, "note"));
  await awake(mine);
  await expect(text(mine, "call")).toHaveValue("请城管和市监一起来");
  const { all } = await kept(mine);
  expect(all).toContain("请城管和市监一起来");
  for (const never of ["要问门牌号", "13812345678", "version"]) expect(all).not.toContain(never);
});
