import { act, expect, file, send, test } from "../support/test.ts";

// What a screen reader is given, in its order: names, levels, groups, states. What is not named here may be there too.

test.describe("What is heard", () => {
  test.beforeEach(async ({ page }) => {
    await page.goto("/?lang=en");
  });

  test("home: a way past the header, one heading, three things to do, the figures as a list", async ({ page }) => {
    await expect(page.locator("body")).toMatchAriaSnapshot(`
      - link "Skip to content"
      - banner:
        - link "Huiyin"
        - link "Larger text"
        - navigation "Main menu":
          - link "Report a problem"
          - link "Track a report"
          - link "Services"
          - link "Reports"
          - link "Communities"
      - main:
        - heading "Speak up. Every report gets an answer." [level=1]
        - search "Search what people reported":
          - searchbox "Search what people reported"
          - button "Search"
        - region "Three things you can do":
          - link /^Report a problem/
          - link /^Services/
          - link /^Track a report/
        - region /^So far/:
          - heading /^So far/ [level=2]
          - list:
            - listitem: /\\d+ reports/
            - listitem: /handled/
            - listitem: /with a department/
            - listitem: /reporters who say/
        - heading "Recent reports" [level=2]
      - contentinfo:
        - region "When it is quicker to call":
          - list:
            - listitem:
              - link "110 Police"
    `);
  });

  test("the form with its mistakes: what is to be mended first, each question with its name, its hint and its error", async ({ page }) => {
    await page.goto("/whistle");
    await act(page, "file").click();
    await expect(page.locator(".summary")).toBeFocused();
    await expect(page.locator("main")).toMatchAriaSnapshot(`
      - main:
        - heading "Tell your community what happened" [level=1]
        - alert "4 things to fix":
          - heading "4 things to fix" [level=2]
          - list:
            - listitem:
              - link "Say whether anybody is in danger right now"
            - listitem:
              - link "Write what happened"
            - listitem:
              - link /Choose the closest category/
            - listitem:
              - link /Write which community it is in/
        - group /Is anybody hurt/:
          - radio "Nobody is in danger"
          - radio "There is danger"
        - textbox "What happened?" [invalid]
        - group "What kind of problem is it?":
          - searchbox "Search the categories"
          - button "Find a category"
        - combobox "Which community is it in?" [invalid]
        - textbox "Where exactly?"
        - group "Who can see it?":
          - radio /^Public Everybody/
          - radio /^Progress public/
          - radio /^Private Only/
        - group "Do you want to leave contact details?":
          - textbox "Phone (optional)"
          - checkbox /^You may call me/
        - button "Send to the community"
    `);
    await expect(page.getByRole("textbox", { name: "What happened?" }), "hint, error and limit are read with the field").toHaveAccessibleDescription(/What you see.*Write what happened.*At least 5 characters/);
    await expect(page.getByRole("combobox", { name: "Which community is it in?" })).toHaveAccessibleDescription(/Write the name of the community.*choose it from the list/);
    await expect(page.getByRole("group", { name: /Is anybody hurt/ })).toHaveAccessibleDescription(/Say whether anybody is in danger/);
  });

  test("from the receipt to the case: the code under its own heading, what happens next, what happened", async ({ page }) => {
    await file(page);
    await expect(page.locator("main")).toMatchAriaSnapshot(`
      - main:
        - heading /^Sent to .* Community$/ [level=1]
        - heading /This is your private code/ [level=2]
        - paragraph: /^(\\d+ ?)+$/
        - paragraph: /^Number \\d{6}-\\d{6}-\\d$/
        - term: Next
        - definition: /is to respond by/
        - button "Track it now"
    `);
    await send(page.getByRole("button", { name: "Track it now" }));
    await expect(page.locator("main")).toMatchAriaSnapshot(`
      - main:
        - heading [level=1]
        - paragraph: With the community, not yet accepted
        - paragraph: /^Next/
        - status
        - heading "What happened" [level=2]
        - list:
          - listitem:
            - heading "Reported to the community" [level=3]
    `);
  });
});
