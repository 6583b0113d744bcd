// Pictures of a report page: its beginning, and a form with what was found.
//
// usage: node pictures.cjs REPORT.html FOLDER LANGUAGE     run where playwright-core is installed
"use strict";
const path = require("path");
const { createRequire } = require("module");
const { chromium } = createRequire(path.join(process.cwd(), "package.json"))("playwright-core");
const [html, folder, lang] = process.argv.slice(2);

(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage({ viewport: { width: 1180, height: 640 }, colorScheme: "light" });
  await page.goto(`file://${path.resolve(html)}`);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  await page.screenshot({ path: path.join(folder, `report.${lang}.png`) });
  await page.fill("input[name=text]", "seed-2022.txt");
  await page.locator("button.open").nth(2).click();
  await page.waitForSelector("#opened:not([hidden]) .form");
  await page.locator("#form .mark button").filter({ hasText: "F01" }).first().focus();
  await page.locator("#form-head").evaluate((element) => element.scrollIntoView());
  await page.screenshot({ path: path.join(folder, `form.${lang}.png`) });
  await browser.close();
})().catch((error) => { console.error(error); process.exit(1); });
