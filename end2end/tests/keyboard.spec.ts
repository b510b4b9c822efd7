import { expect, test, whistle } from "../support/test.ts";

test("a whistle with the keyboard alone", async ({ page }) => {
  await page.goto("/");
  // The first stop of the Tab key is the way past the header.
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toHaveAttribute("href", "#main");
  await page.goto("/whistle");
  const given = whistle();
  const done = new Set<string>();
  for (let step = 0; step < 250 && !done.has("sent"); step++) {
    await page.keyboard.press("Tab");
    const focus = page.locator(":focus");
    const { tag, name, type, value, box } = await focus.evaluate((element) => ({
      tag: element.tagName,
      name: element.getAttribute("name") ?? "",
      type: element.getAttribute("type") ?? "",
      value: element.getAttribute("value") ?? "",
      box: element.getBoundingClientRect().height,
    }));
    if (tag === "SUMMARY" && !done.has("category")) await page.keyboard.press("Enter");
    if (type === "radio" && !done.has(name)) {
      await page.keyboard.press("Space");
      if (name === "danger") {
        for (let arrow = 0; arrow < 3 && (await page.locator("input[name=danger]:checked").getAttribute("value")) !== "no"; arrow++) await page.keyboard.press("ArrowDown");
      }
      done.add(name);
    }
    if (["description", "place", "community"].includes(name) && !done.has(name)) {
      await page.keyboard.type(given[name as "description"]);
      done.add(name);
    }
    if (tag === "BUTTON" && name === "act" && value === "file" && done.has("description") && done.has("place")) {
      expect(box, "the button is tall enough for a thumb").toBeGreaterThanOrEqual(44);
      await page.keyboard.press("Enter");
      done.add("sent");
    }
  }
  expect([...done]).toEqual(expect.arrayContaining(["description", "place", "community", "category", "sent"]));
  await expect(page).toHaveURL(/\/whistle\/receipt/);
});
