// Opens a report page in Chromium and tries it as a person would, by mouse and by keyboard alone.
//
// usage: node page.cjs REPORT.html REPORT.json FOLDER [--axe]     run where playwright-core (and axe-core) are installed
//
// FOLDER gets screenshots and a print. Ends with 1 and the reasons when something is not as the JSON report says, when
// a request leaves the page, when a document's text became mark-up, or when axe-core finds something serious.
"use strict";
const assert = require("assert");
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");
const from = createRequire(path.join(process.cwd(), "package.json"));
const { chromium } = from("playwright-core");
const [html, json, folder, option] = process.argv.slice(2);
const report = JSON.parse(fs.readFileSync(json, "utf8"));
const findings = report.files.flatMap((file) => file.findings);
const forms = report.files.flatMap((file) => file.forms);
const wrong = [];
const check = (is, what) => { if (!is) wrong.push(what); };

async function text(page, selector) { return page.locator(selector).first().innerText(); }
async function listed(page) { return Number((await text(page, ".dataTables_info")).replaceAll(",", "").match(/(\d+)\D*$/)?.[1] || 0); }

async function tryPage(browser, scheme) {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const said = [];
  page.on("request", (request) => { if (!/^(file|data|blob):/.test(request.url()) || (request.url().startsWith("file:") && !request.isNavigationRequest())) said.push(`request ${request.url()}`); });
  page.on("console", (message) => { if (message.type() === "error") said.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { said.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  const start = Date.now();
  await page.goto(`file://${path.resolve(html)}`);
  await page.waitForSelector("html[data-ready]", { state: "attached", timeout: 30000 });
  console.log(`${scheme}: opened in ${Date.now() - start} ms`);

  const totals = await page.locator("#totals div").evaluateAll((all) => Object.fromEntries(all.map((one) => [one.children[0].textContent, Number(one.children[1].textContent)])));
  check(totals["表"] === forms.length && totals["错误"] === report.summary.error && totals["提示"] === report.summary.note, `totals ${JSON.stringify(totals)}`);
  check(totals["未判断"] === report.files.reduce((n, file) => n + file.not_evaluable.length, 0), "unjudged in the totals");
  check(totals["读不了的文件"] === report.summary.unreadable, "unreadable in the totals");
  const all = await listed(page);
  const ofFiles = report.files.filter((file) => file.error || file.findings.some((f) => f.form === null)).length;
  check(all === forms.length + ofFiles, `${all} rows, ${forms.length} forms and ${ofFiles} files`);
  check(await page.locator("canvas").count() === 5, "charts");

  // Filters: the forms that the JSON report has.
  const withError = report.files.reduce((n, file) => n + new Set(file.findings.filter((f) => f.severity === "error").map((f) => f.form)).size, 0);
  await page.selectOption("select[name=severity]", "error");
  check(await listed(page) === withError, `filter: ${await listed(page)} of ${withError}`);
  await page.selectOption("select[name=severity]", "");
  const code = findings.find((f) => f.form !== null).code;
  const withRule = report.files.reduce((n, file) => n + new Set(file.findings.filter((f) => f.code === code).map((f) => f.form)).size, 0);
  await page.selectOption("select[name=rule]", code);
  check(await listed(page) === withRule, `rule ${code}: ${await listed(page)} of ${withRule}`);
  await page.selectOption("select[name=rule]", "");
  await page.fill("input[name=text]", "no such text anywhere");
  check(await page.locator("button.open").count() === 0, "free text");
  await page.fill("input[name=text]", "");

  // Sort by errors, the most first.
  const head = page.locator("#forms th").nth(6);
  await head.click();
  await head.click();
  const errors = (await page.locator("#forms tbody tr td:nth-child(7)").allInnerTexts()).map(Number);
  check(errors.every((n, k) => k === 0 || errors[k - 1] >= n) && errors[0] > 0, `sorted: ${errors}`);

  // By keyboard alone: open the first form, read a finding, go back.
  await page.locator("button.open").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("#opened:not([hidden]) .form");
  check(await page.evaluate(() => document.activeElement.id) === "form-head", "focus goes to the form");
  await page.locator("#form .mark button").first().focus();
  check(await page.locator("#form .tip").first().isVisible(), "the message on focus");
  const cut = await page.locator("#form .mark").evaluateAll((all) => all.filter((one) => {
    one.querySelector("button").focus();
    const tip = one.querySelector(".tip").getBoundingClientRect(), form = document.getElementById("form").getBoundingClientRect();
    return tip.width === 0 || tip.left < form.left - 1 || tip.right > form.right + 1;
  }).map((one) => `${one.closest("tr").textContent.slice(0, 60)}: ${one.textContent.slice(0, 40)}`));
  check(cut.length === 0, `messages are cut off at a side: ${cut}`);
  await page.locator("#form .mark button").first().focus();
  await page.keyboard.press("Escape");
  check(!(await page.locator("#form .tip").first().isVisible()), "Escape closes it");
  check(await page.locator("#form td[class^=flag-]").count() > 0, "cells are flagged");
  check((await page.locator("#form").innerText()).includes("应为"), "stated and expected side by side");
  await page.screenshot({ path: path.join(folder, `form-${scheme}.png`), fullPage: false });
  await page.locator("#back").focus();
  await page.keyboard.press("Enter");
  check(await page.evaluate(() => document.activeElement.className) === "open", "focus goes back to the list");

  // The language, and a document's text as text.
  await page.locator("#language").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.documentElement.lang === "en");
  check((await text(page, "h1")).startsWith("Report"), "English");
  await page.fill("input[name=text]", "evil");
  const evil = page.locator("button.open");
  if (await evil.count()) {
    await evil.first().click();
    await page.waitForSelector("#opened:not([hidden]) .form");
    const drawn = await page.locator("#form").innerText();
    check(drawn.includes("<script>") && drawn.includes("\\u{202E}") && !drawn.includes("\u202e"), "a document's text as text");
    check(await page.locator("#form script, #form img, #form b, #list script, #list img, #list b").count() === 0, "a document's text became mark-up");
    check((await page.locator("#form .unjudged").count()) > 0, "what was not judged is drawn");
  }
  check(await page.evaluate(() => window.pwned === undefined), "a document's script ran");
  await page.fill("input[name=text]", "");
  await page.screenshot({ path: path.join(folder, `page-${scheme}.png`), fullPage: false });
  if (option === "--axe") {
    await page.locator("button.open").first().click();
    await page.addScriptTag({ content: "" }).catch(() => null); // the policy forbids it
    said.splice(0, said.length, ...said.filter((line) => !/Content Security Policy/.test(line)));
    await page.evaluate(fs.readFileSync(from.resolve("axe-core/axe.min.js"), "utf8"));
    const result = await page.evaluate(() => window.axe.run());
    for (const one of result.violations.filter((v) => ["serious", "critical"].includes(v.impact)))
      wrong.push(`axe (${scheme}): ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
  }
  if (scheme === "light") {
    await page.evaluate(() => { window.print = () => { window.printed = document.querySelectorAll("#printed .form").length; }; });
    await page.locator("#print").click();
    await page.waitForFunction(() => window.printed !== undefined, null, { timeout: 60000 });
    check(await page.evaluate(() => window.printed) === Math.min(500, all), "what is filtered is printed");
    await page.pdf({ path: path.join(folder, "page.pdf") });
  }
  for (const line of said) wrong.push(`${scheme}: ${line}`);
  await context.close();
}

(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  for (const scheme of option === "--axe" ? ["light", "dark"] : ["light"]) await tryPage(browser, scheme);
  await browser.close();
  for (const line of wrong) console.error(`not so: ${line}`);
  process.exit(wrong.length ? 1 : 0);
})().catch((error) => { console.error(error); process.exit(1); });
