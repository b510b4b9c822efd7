import { expect, type Locator, type Page } from "@playwright/test";

/** What a stranger types (abuse case D1): shown as it was typed, and never run. */
export const payloads = [
  "</textarea><script>window.__x=1</script>",
  "</title><svg onload=window.__x=1>",
  "</script><script>window.__x=1</script>",
  '"><img src=x onerror=window.__x=1>',
  "' autofocus onfocus=window.__x=1 x='",
  "{{7*7}}${7*7}<%=7*7%>",
  "javascript:window.__x=1//",
  "<a href=javascript:window.__x=1>按这里</a>",
  "\u2028window.__x=1\u2029",
  "\u202e<tpircs>1=x__.wodniw",
  "<template shadowrootmode=open><script>window.__x=1</script></template>",
  "<leptos-island data-component=x></leptos-island><!--hot-reload-->",
];

/** The page ran nothing of it, and made nothing of it that could run. */
export async function unharmed(page: Page, where: string): Promise<void> {
  await page.waitForTimeout(60);
  expect(await page.evaluate(() => (window as { __x?: unknown }).__x), where).toBeUndefined();
  expect(await page.locator("main script, main iframe, main svg[onload], [onerror], [onfocus], main [href^='javascript:']").count(), where).toBe(0);
}

/** What of a payload every text may hold, as a page shows it. */
export const head = (payload: string) => payload.replace(/[\u202e\u2028\u2029]/g, "").slice(0, 12).trim().replace(/\s+/g, " ");

/** Opens every fold at once. */
export async function unfoldQuickly(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll("main details").forEach((fold) => fold.setAttribute("open", "")));
}

/**
 * The boxes of a page into which one types, each by what its form does and its own name: `act.name`; of a form without an
 * act, its address instead. What takes only digits, a date, a secret or a file is none.
 */
export async function boxes(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const typed = ["text", "search", "tel", "email", "url"];
    const found = new Set<string>();
    for (const form of document.querySelectorAll<HTMLFormElement>("main form")) {
      const button = form.querySelector<HTMLButtonElement>("button[name=act]:not([aria-hidden])");
      const hidden = form.querySelector<HTMLInputElement>("input[type=hidden][name=act]");
      const act = hidden?.value || button?.value || new URL(form.action).pathname.replace(/\d{6}-\d{6}-\d/, "{number}");
      for (const box of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea, input")) {
        if (box.tagName === "TEXTAREA" || typed.includes(box.type)) found.add(`${act}.${box.name}`);
      }
    }
    return [...found].sort();
  });
}

/** The form of an act; of several the first. */
export function formOf(page: Page, act: string): Locator {
  return page.locator(`main form:has(button[name=act][value="${act}"]:not([aria-hidden])), main form:has(input[type=hidden][name=act][value="${act}"])`).first();
}
