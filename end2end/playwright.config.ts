import { defineConfig } from "@playwright/test";
import { chromium } from "./support/browser.ts";

// What only a browser with scripts can show; the islands of a form, axe, the sentinel.
const scripted = [/accessibility/, /xss/, /islands/, /form/, /live/, /photos/, /offline/, /field/, /wire/, /walks/, /heard/, /sign-on/];
// Residents must be able to do everything with JavaScript off: that is how the journeys run first.
const journeys = { testIgnore: [...scripted, /abuse/] };
// What the server says where a browser with scripts has its own way; that is in the tests of the islands.
const server = /@server/;
// Walks over many pages that set their own width and do nothing a script could change.
const once = /@once/;
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1200, height: 900 } };

// `make screens` alone: pictures for docs/screens, no tests.
const gallery = process.env.SCREENS ? [{ name: "screens", testDir: "screens" }] : [];

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  fullyParallel: true,
  workers: 2,
  // Once more where a machine is shared; what needed it is named "flaky".
  retries: process.env.CI ? 1 : 0,
  // A loaded machine is slow, not wrong.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: !!process.env.CI,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    launchOptions: {
      executablePath: chromium(),
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "phone", use: { ...phone, javaScriptEnabled: false }, ...journeys },
    { name: "desktop", use: { ...desktop, javaScriptEnabled: false }, grepInvert: once, ...journeys },
    // The same in a browser that runs scripts: what it does itself may take nothing away.
    { name: "phone-js", use: { ...phone, javaScriptEnabled: true }, grepInvert: [server, once], ...journeys },
    { name: "desktop-js", use: { ...desktop, javaScriptEnabled: true }, grepInvert: [server, once], ...journeys },
    { name: "postgres", use: { ...phone, javaScriptEnabled: false, engine: "postgres" } as never, testMatch: [/whistle/, /follow/] },
    { name: "abuse", use: { ...phone, javaScriptEnabled: false }, testMatch: [/abuse/] },
    // axe and the sentinel need a page that runs scripts; the pages are the same.
    { name: "scripted", use: { ...phone, javaScriptEnabled: true }, testMatch: scripted },
    ...gallery,
  ],
  globalSetup: "./support/prepare.ts",
});
