// Opens the index of a report of many forms in Chromium, and from it a page of some ten thousand, by keyboard alone.
//
// usage: node index.cjs INDEX.html|PAGE.html [--timed]     run where playwright-core and axe-core are installed
//
// Prints how long each thing takes, by the clock and of the page's processor time; ends with 1 and the reasons when something is
// not there, axe-core finds something serious in either colour scheme, or a page takes over 3 s of processor time to open,
// with --timed also when it takes over 3 s by the clock or a click over 1 s. A page that is no index is tried as one of its pages.
"use strict";
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");
const from = createRequire(path.join(process.cwd(), "package.json"));
const { chromium } = from("playwright-core");
const [html, option] = process.argv.slice(2);
const wrong = [];
const check = (is, what) => { if (!is) wrong.push(what); };
const OPEN_MS = 3000, CLICK_MS = 1000;

async function timed(what, most, action) {
  const start = Date.now();
  await action();
  const took = Date.now() - start;
  console.log(`${what}: ${took} ms`);
  if (option === "--timed") check(took < most, `${what} took ${took} ms`);
}
/* Processor time of the page's process since @before: a busy machine makes it no longer. */
async function processed(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  await session.detach();
  return 1000 * metrics.find((one) => one.name === "ProcessTime").value;
}
async function opens(page, what, action) {
  const before = await processed(page);
  await timed(what, OPEN_MS, action);
  const took = Math.round(await processed(page) - before);
  console.log(`${what}: ${took} ms of processor time`);
  check(took < OPEN_MS, `${what} took ${took} ms of processor time`);
}
const listed = async (page) => Number((await page.locator(".dataTables_info").innerText()).replaceAll(",", "").match(/(\d+)\D*$/)?.[1] || 0);
const ready = (page) => page.waitForSelector("html[data-ready]", { state: "attached", timeout: 60000 });

async function axe(page, name) {
  await page.evaluate(fs.readFileSync(from.resolve("axe-core/axe.min.js"), "utf8"));
  const result = await page.evaluate(() => window.axe.run());
  for (const one of result.violations.filter((v) => ["serious", "critical"].includes(v.impact)))
    wrong.push(`axe (${name}): ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
}

async function tryIndex(page, scheme) {
  await opens(page, `${scheme}: the index`, async () => { await page.goto(`file://${path.resolve(html)}`); await ready(page); });
  check(await page.locator("#print").isHidden(), "an index prints no forms");
  const units = await listed(page);
  check(units > 1, `${units} units`);
  await page.locator("select[name=severity]").focus();
  check(await page.evaluate(() => document.activeElement.name) === "severity", "filters take the focus");
  await page.fill("input[name=text]", "no such text anywhere");
  check(await listed(page) === 0, "free text");
  await page.fill("input[name=text]", "");
  check(await listed(page) === units, "free text gone");
  await page.locator("#language").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.documentElement.lang === "en");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.documentElement.lang === "zh-CN");
  await axe(page, `index, ${scheme}`);
}

/* The page with most forms, by its link in the table of pages. */
async function trySheet(page, scheme) {
  const links = page.locator("#sheets tbody tr");
  const forms = await links.evaluateAll((rows) => rows.map((row) => Number(row.children[1].textContent)));
  const most = forms.indexOf(Math.max(...forms));
  await links.nth(most).locator("a").focus();
  await opens(page, `${scheme}: a page of ${forms[most]} forms`, async () => { await page.keyboard.press("Enter"); await page.waitForURL(/report-pages/); await ready(page); });
  const all = await listed(page);
  check(all === forms[most], `${all} rows of ${forms[most]} forms`);
  await tryList(page, scheme, all);
  await page.locator("#whose a").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.href.includes("report-pages"));
  await ready(page);
}

async function tryList(page, scheme, all) {
  await timed("filter by severity", CLICK_MS, async () => {
    await page.selectOption("select[name=severity]", "error");
    check(await listed(page) <= all, "severity");
  });
  await page.selectOption("select[name=severity]", "");
  await timed("free text", CLICK_MS, async () => { await page.fill("input[name=text]", "7-"); });
  const found = await listed(page);
  check(found > 0 && found < all, `free text: ${found}`);
  await page.fill("input[name=text]", "");
  await timed("sort", CLICK_MS, () => page.locator("#forms th").nth(6).click());
  await timed("next page", CLICK_MS, () => page.locator(".paginate_button.next").click());
  const button = page.locator("button.open").first();
  await button.focus();
  await timed("open a form", CLICK_MS, async () => { await page.keyboard.press("Enter"); await page.waitForSelector("#opened:not([hidden]) .form"); });
  await axe(page, `page, ${scheme}`);
}

(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  for (const scheme of ["light", "dark"]) {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    page.on("pageerror", (error) => wrong.push(`${scheme}: ${error.message}`));
    page.on("request", (request) => { if (!/^(file|data|blob):/.test(request.url())) wrong.push(`request ${request.url()}`); });
    if (path.basename(html) === "report.html") {
      await tryIndex(page, scheme);
      await trySheet(page, scheme);
    } else {
      await opens(page, `${scheme}: the page`, async () => { await page.goto(`file://${path.resolve(html)}`); await ready(page); });
      await tryList(page, scheme, await listed(page));
    }
    await context.close();
  }
  await browser.close();
  for (const line of wrong) console.error(`not so: ${line}`);
  process.exit(wrong.length ? 1 : 0);
})().catch((error) => { console.error(error); process.exit(1); });
