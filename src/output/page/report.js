/* SPDX-License-Identifier: MIT
   SPDX-FileCopyrightText: the ziping authors

   report.js - the report page.  Everything that a document says comes as data and is written as text: no
   string here is ever parsed as mark-up.  `rows` are the lines of the list, a form is unpacked when it is opened. */
(async function () {
  "use strict";
  const MOST_PRINTED = 500;
  const WORDS = {
    zh: { title: "绩效自评表检查报告", totals: "汇总", charts: "图", habits: "有取整习惯的单位", list: "表", print: "打印筛选出的表", back: "回到列表",
      files: "文件", forms: "表", error: "错误", warning: "警告", note: "提示", unjudged: "未判断", unreadable: "读不了的文件", skipped: "跳过的文件",
      lost: "没读准、存疑", repairs: "修复", known: "已知", suppressed: "已豁免", hidden: "未列出", file: "文件", project: "项目名称", unit: "实施单位",
      department: "主管部门", year: "年度", stated: "填报总分", total: "重算总分", status: "状态", severity: "级别", rule: "规则", text: "搜索", any: "全部",
      failed: "读不了", clean: "没有发现", found: "有发现", bySeverity: "各级别的发现", byRule: "各规则的发现", statedTotal: "填报总分与重算总分", scores: "填报总分的分布",
      worst: "错误和警告最多的单位", other: "English", expected: "应为", crop: "扫描件上的样子", findings: "发现", doubts: "修复的地方", open: "打开", source: "原件", marked: "标注了发现的副本", page: "第 {0} 页",
      printNote: "只打印前 {0} 张，共筛选出 {1} 张", up: "进位", cut: "舍去", habitRow: "{0}：{1} 个执行率全部按{2}取整", none: "无", target: "年度指标值",
      actual: "实际完成值", weight: "分值", score: "得分", recomputed: "重算得分", reason: "偏差原因分析及改进措施", level1: "一级指标", level2: "二级指标",
      level3: "三级指标", funds: "项目资金", initial: "年初预算数", budget: "全年预算数", executed: "全年执行数", rate: "执行率", goals: "年度总体目标",
      goalExpected: "预期目标", goalActual: "实际完成情况", indicators: "绩效指标", sum: "总分", grade: "等级", extra: "其他内容", leftOut: "超过 {0} 张表，另有 {1} 张只列出而没有画出（ZP_LIMIT_REPORT_FORMS）",
      notDrawn: "这张表没有画出（ZP_LIMIT_REPORT_FORMS）", reading: "标签：列出 {0}，组合 {1}，更正 {2}，推断 {3}；存疑 {4} 处", source1: "资金", other1: "其他栏", allFine: "没有问题",
      info: "第 _START_ 至 _END_ 项，共 _TOTAL_ 项", empty: "没有符合的表", next: "下一页", previous: "上一页", length: "每页 _MENU_ 项", nth: "第 {0} 张表", currency: "金额单位", formTitle: "标题",
      sheets: "按主管部门分页", units: "单位", sheet: "页", index: "全部报告", notSaid: "没有写明", others: "其他主管部门和单位", nthPart: "第 {0} 部分" },
    en: { title: "Report on self-evaluation forms", totals: "Summary", charts: "Charts", habits: "Units with a rounding habit", list: "Forms", print: "Print the filtered forms", back: "Back to the list",
      files: "files", forms: "forms", error: "errors", warning: "warnings", note: "notes", unjudged: "unjudged", unreadable: "unreadable files", skipped: "skipped files",
      lost: "lost or in doubt", repairs: "repairs", known: "known", suppressed: "suppressed", hidden: "not shown", file: "file", project: "project", unit: "unit",
      department: "department", year: "year", stated: "stated total", total: "recomputed", status: "status", severity: "severity", rule: "rule", text: "search", any: "all",
      failed: "unreadable", clean: "no finding", found: "findings", bySeverity: "findings by severity", byRule: "findings by rule", statedTotal: "stated against recomputed totals", scores: "how often each stated total occurs",
      worst: "units with most errors and warnings", other: "中文", expected: "expected", crop: "as the scan has it", findings: "Findings", doubts: "What was repaired", open: "open", source: "original", marked: "copy with the findings marked", page: "page {0}",
      printNote: "only the first {0} of {1} filtered forms are printed", up: "up", cut: "down", habitRow: "{0}: all {1} execution rates are rounded {2}", none: "none", target: "target",
      actual: "actual", weight: "weight", score: "score", recomputed: "recomputed", reason: "reason", level1: "level 1", level2: "level 2", level3: "level 3",
      funds: "Funds", initial: "initial", budget: "budget", executed: "executed", rate: "rate", goals: "Goals", goalExpected: "expected", goalActual: "achieved",
      indicators: "Indicators", sum: "Total", grade: "grade", extra: "Other content", leftOut: "there are more than {0} forms: {1} are listed and not drawn (ZP_LIMIT_REPORT_FORMS)",
      notDrawn: "this form is not drawn (ZP_LIMIT_REPORT_FORMS)", reading: "labels: {0} listed, {1} composed, {2} mended, {3} inferred; {4} places in doubt", source1: "source", other1: "other columns", allFine: "clean",
      info: "_START_ to _END_ of _TOTAL_", empty: "no such form", next: "next", previous: "previous", length: "_MENU_ a page", nth: "form {0}", currency: "currency unit", formTitle: "title",
      sheets: "Pages of the departments", units: "Units", sheet: "page", index: "The whole report", notSaid: "not said", others: "other departments and units", nthPart: "part {0}" },
  };
  const SEVERITIES = ["error", "warning", "note"];

  async function unpack(element) {
    const bytes = Uint8Array.from(atob(element.textContent), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }
  const blocks = (kind) => [...document.querySelectorAll(`script.${kind}`)];
  const formBlocks = blocks("forms");
  const totals = await unpack(blocks("totals")[0]);
  const rows = (await Promise.all(blocks("rows").map(unpack))).flat();
  const rules = new Map(totals.rules.map((rule) => [rule.code, rule]));
  let lang = totals.lang;
  /* Of more forms than a page takes this is the index: its rows are units, and forms stand in its sheets. */
  const isIndex = Boolean(totals.sheets);
  const up = (link) => (totals.up || "") + link;

  const t = (key, ...values) => values.reduce((text, value, k) => text.replace(`{${k}}`, () => value), WORDS[lang][key]);
  /* What nobody sees, or what turns the writing around, is shown by its number. */
  const visible = (text) => String(text ?? "").replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (c) => `\\u{${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}}`);
  function make(tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(properties || {})) {
      if (key === "class") element.className = value;
      else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value);
    }
    for (const child of children.flat()) if (child !== null && child !== undefined) element.append(child instanceof Node ? child : visible(child));
    return element;
  }

  /* ---- one form ---- */
  let lastBlock = [-1, null];
  async function formOf(row) {
    if (lastBlock[0] !== row.block) lastBlock = [row.block, await unpack(formBlocks[row.block])];
    return lastBlock[1][row.at];
  }
  function link(row, page, text) {
    if (!row.link) return null;
    return make("a", { href: up(row.link) + (page ? `#page=${page}` : ""), rel: "noreferrer" }, text);
  }
  const copyOf = (row) => (row.marked ? [" · ", make("a", { href: up(row.marked) + (row.page ? `#page=${row.page}` : ""), rel: "noreferrer" }, t("marked"))] : []);
  let tips = 0;
  // A message opens to the side where there is room for all of it.
  function open(mark) {
    mark.classList.remove("closed", "leftward");
    const form = mark.closest(".form");
    if (form && mark.querySelector(".tip").getBoundingClientRect().right > form.getBoundingClientRect().right) mark.classList.add("leftward");
  }
  function mark(finding) {
    const id = `tip${tips++}`, rule = rules.get(finding.code);
    const message = finding.message ? finding.message[lang] : finding.reason[lang];
    const tip = make("span", { class: "tip", role: "tooltip", id }, message, make("br"), make("em", {}, rule ? rule[lang] : ""));
    return make("span", { class: "mark", onkeydown: (e) => { if (e.key === "Escape") e.currentTarget.classList.add("closed"); },
      onfocusin: (e) => open(e.currentTarget), onpointerenter: (e) => open(e.currentTarget) },
      make("button", { type: "button", class: finding.severity || "unjudged", "aria-describedby": id }, finding.code), tip);
  }
  function drawForm(row, form, level) {
    const at = new Map();
    for (const finding of [...form.findings, ...form.unjudged.map((one) => ({ ...one, severity: "unjudged" }))])
      at.set(finding.pointer, [...(at.get(finding.pointer) || []), finding]);
    const used = new Set();
    const cell = (pointer, value, properties) => {
      const here = at.get(pointer) || [];
      if (here.length) used.add(pointer);
      const worst = [...SEVERITIES, "unjudged"].find((s) => here.some((f) => f.severity === s));
      const text = value !== null && typeof value === "object" ? value.text : value;
      const td = make("td", { ...(properties || {}), ...(worst ? { class: `flag-${worst}` } : {}) }, text ?? "");
      const crop = form.crops?.[pointer];
      if (crop) td.append(make("img", { class: "crop", src: `data:image/png;base64,${crop}`, alt: t("crop") }));
      for (const finding of here) {
        if (finding.expected) td.append(make("span", { class: "expected" }, `${t("expected")} ${finding.expected}`));
        td.append(" ", mark(finding));
      }
      return td;
    };
    const th = (text) => make("th", { scope: "col" }, text);
    const table = (caption, head, body) => make("table", {}, make("caption", {}, caption), make("thead", {}, make("tr", {}, head.map(th))), make("tbody", {}, body));
    const box = make("div", { class: "form" });
    box.append(make("p", {}, link(row, row.page, `${t("source")}${lang === "zh" ? "：" : ": "}${row.path}`) || row.path, " ", row.page ? t("page", row.page) : "", ...copyOf(row)));
    const head = [["project", "/project"], ["department", "/department"], ["unit", "/unit"], ["year", "/year"], ["currency", "/currency_unit"], ["formTitle", "/title"]];
    const keys = { project: form.project, department: form.department, unit: form.unit, year: form.year, currency: form.currency_unit, formTitle: form.title };
    box.append(make("table", {}, make("tbody", {}, head.map(([key, pointer]) => make("tr", {}, make("th", { scope: "row" }, t(key)), cell(pointer, keys[key]))))));
    if (form.funds) {
      const columns = ["initial", "budget", "executed", "weight", "rate", "score", "reason"].filter((c) => form.funds.some((f) => f[c] !== null));
      box.append(table(t("funds"), [t("source1"), ...columns.map((c) => t(c))], form.funds.map((fund, k) =>
        make("tr", {}, cell(`/funds/${k}`, fund.label), columns.map((c) => cell(`/funds/${k}/${c}`, fund[c]))))));
    }
    if (form.goals) box.append(table(t("goals"), [t("goalExpected"), t("goalActual")], [make("tr", {}, cell("/goals/expected", form.goals.expected), cell("/goals/actual", form.goals.actual))]));
    if (form.indicators) {
      const again = form.verdict.recomputed ? form.verdict.recomputed.indicators : [];
      const columns = ["level1", "level2", "level3", "target", "actual", "weight", "score", "reason"];
      const hasOther = form.indicators.some((i) => i.other);
      box.append(table(t("indicators"), [...columns.slice(0, 7).map((c) => t(c)), t("recomputed"), t("reason"), ...(hasOther ? [t("other1")] : [])], form.indicators.map((indicator, k) =>
        make("tr", {}, columns.slice(0, 7).map((c) => cell(`/indicators/${k}/${c}`, indicator[c])), make("td", {}, again[k] ?? ""), cell(`/indicators/${k}/reason`, indicator.reason),
          hasOther ? make("td", {}, Object.entries(indicator.other || {}).map(([label, v]) => `${label}: ${v.text}`).join("; ")) : null))));
    }
    if (form.total) box.append(table(t("sum"), [t("weight"), t("score"), t("total"), t("grade")], [make("tr", {}, cell("/total/weight", form.total.weight), cell("/total/score", form.total.score),
      make("td", {}, form.verdict.recomputed ? form.verdict.recomputed.total ?? "" : ""), cell("/total/grade", form.total.grade))]));
    if (form.extra.length) box.append(make("table", {}, make("caption", {}, t("extra")), make("tbody", {}, form.extra.map((e, k) => make("tr", {}, make("th", { scope: "row" }, e.label), cell(`/extra/${k}`, e.text))))));
    const heading = (text) => make(`h${level}`, {}, text);
    if (form.findings.length) box.append(heading(`${t("findings")} (${form.findings.length})`), make("ol", { class: "said" }, form.findings.map((f) =>
      make("li", { class: f.severity }, make("span", { class: "code" }, `${f.code} `), `${f.label[lang]} `, make("span", { class: "where" }, `(${f.place[lang]}) `), f.message[lang],
        f.standing ? ` [${f.standing[lang]}]` : "", f.page ? " " : "", f.page ? link(row, f.page, t("page", f.page)) : null))));
    if (form.unjudged.length) box.append(heading(`${t("unjudged")} (${form.unjudged.length})`), make("ol", { class: "said" }, form.unjudged.map((f) =>
      make("li", { class: "unjudged" }, make("span", { class: "code" }, `${f.code} `), `${f.label[lang]}: ${f.reason[lang]}`))));
    if (form.repairs.length) box.append(heading(`${t("doubts")} (${form.repairs.length})`), make("ol", { class: "said" }, form.repairs.map((f) =>
      make("li", { class: "warning" }, make("span", { class: "code" }, `${f.code} `), `${f.label[lang]}: ${f.detail[lang]}`))));
    const reading = form.reading;
    if (reading.doubtful || reading.mended || reading.inferred || reading.composed)
      box.append(make("p", { class: reading.doubtful ? "warning" : "where" }, t("reading", reading.listed, reading.composed, reading.mended, reading.inferred, reading.doubtful)));
    if (!form.findings.length && !form.unjudged.length) box.append(make("p", {}, t("allFine")));
    return box;
  }
  const whoseOf = (one) => (one.shared ? t("others") : [one.department || t("notSaid"), ...(one.whole ? [] : [one.unit || t("notSaid")]), ...(one.part ? [t("nthPart", one.part)] : [])].join(" · "));
  const nameOf = (row) => row.sheet !== undefined ? row.unit || t("notSaid") : row.form ? `${row.project || row.path} · ${row.unit || ""} · ${t("nth", row.form)}` : row.path;
  async function drawRow(row, level) {
    if (row.block !== undefined) return drawForm(row, await formOf(row), level);
    const box = make("div", { class: "form" }, make("p", {}, link(row, 0, row.path) || row.path, ...copyOf(row)));
    if (row.form) box.append(make("p", { class: "warning" }, t("notDrawn")));
    if (row.error) box.append(make("p", { class: "error" }, row.error[lang]));
    box.append(make("ol", { class: "said" }, (row.findings || []).map((f) => make("li", { class: f.severity }, make("span", { class: "code" }, `${f.code} `), f.message[lang]))));
    return box;
  }
  let openRow = null, openButton = null;
  async function openForm(row, button) {
    openRow = row; openButton = button;
    document.getElementById("form-head").textContent = visible(nameOf(row));
    document.getElementById("form").replaceChildren(await drawRow(row, 3));
    document.getElementById("opened").hidden = false;
    document.getElementById("form-head").focus();
  }
  document.getElementById("back").addEventListener("click", () => {
    document.getElementById("opened").hidden = true; openRow = null;
    if (openButton && openButton.isConnected) openButton.focus(); else document.getElementById("list-head").scrollIntoView();
  });

  /* ---- totals, charts, habits ---- */
  const plus = (of) => rows.reduce((sum, row) => sum + (of(row) || 0), 0);
  function drawTotals() {
    const s = totals.summary;
    const entries = [["files", s.files], ["forms", s.forms], ["error", s.error], ["warning", s.warning], ["note", s.note], ["unjudged", plus((r) => r.unjudged)], ["unreadable", s.unreadable],
      ["lost", plus((r) => r.lost)], ["repairs", plus((r) => r.repairs)], ["skipped", s.skipped], ["known", s.known], ["suppressed", s.suppressed], ["hidden", s.hidden]];
    document.getElementById("totals").replaceChildren(...entries.filter(([, n]) => n !== undefined && n !== null).map(([key, n]) =>
      make("div", {}, make("dt", { class: n ? ({ unreadable: "error", lost: "warning" })[key] || key : "" }, t(key)), make("dd", {}, n))));
    const said = [...totals.held];
    if (totals.left_out) said.push(t("leftOut", rows.filter((r) => r.block !== undefined).length, totals.left_out));
    document.getElementById("said").replaceChildren(...said.map((text) => make("li", {}, text)));
  }
  const charts = [];
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  function chart(key, config, summary) {
    const canvas = make("canvas", { role: "img", "aria-label": `${t(key)}: ${summary}` });
    document.getElementById("charts").append(make("figure", {}, make("figcaption", {}, t(key)), make("div", { class: "plot" }, canvas)));
    charts.push(new Chart(canvas, { ...config, options: { animation: false, maintainAspectRatio: false, plugins: { legend: { display: false } },
      color: colour("ink"), scales: { x: { ticks: { color: colour("ink") }, grid: { color: colour("soft") } }, y: { ticks: { color: colour("ink") }, grid: { color: colour("soft") } } }, ...config.options } }));
  }
  function bars(key, labels, data, colours, flat) {
    chart(key, { type: "bar", data: { labels: labels.map(visible), datasets: [{ data, backgroundColor: colours }] }, options: flat ? { indexAxis: "y" } : {} },
      labels.map((l, k) => `${l} ${data[k]}`).join(", "));
  }
  function drawCharts() {
    charts.splice(0).forEach((one) => one.destroy());
    document.getElementById("charts").replaceChildren();
    bars("bySeverity", [...SEVERITIES, "unjudged"].map((s) => t(s)), [...SEVERITIES.map((s) => totals.summary[s]), plus((r) => r.unjudged)], [...SEVERITIES, "unjudged"].map(colour));
    const fired = totals.rules.filter((r) => r.count > 0).sort((a, b) => b.count - a.count).slice(0, 20);
    bars("byRule", fired.map((r) => r.code), fired.map((r) => r.count), colour("accent"));
    const points = (totals.points || rows.filter((r) => r.stated && r.total).map((r) => [r.total, r.stated])).map(([x, y]) => ({ x: Number(x), y: Number(y) }));
    chart("statedTotal", { type: "scatter", data: { datasets: [{ data: points.slice(0, 5000), backgroundColor: colour("accent"), pointRadius: 2 }] } }, String(points.length));
    const often = new Map();
    for (const [stated, n] of totals.stated || rows.filter((r) => r.stated).map((r) => [r.stated, 1])) { const whole = Math.floor(Number(stated)); often.set(whole, (often.get(whole) || 0) + n); }
    const scores = [...often.keys()].sort((a, b) => a - b);
    bars("scores", scores.map(String), scores.map((s) => often.get(s)), colour("accent"));
    const units = new Map();
    for (const row of rows) if (row.unit && row.counts[0] + row.counts[1]) units.set(row.unit, (units.get(row.unit) || 0) + row.counts[0] + row.counts[1]);
    const worst = [...units].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 12);
    bars("worst", worst.map(([u]) => (u.length > 18 ? `${u.slice(0, 18)}…` : u)), worst.map(([, n]) => n), colour("error"), true);
  }
  function drawHabits() {
    const units = new Map();
    for (const row of rows) {
      if (!row.unit || !row.rates || !row.rates[0]) continue;
      const sum = units.get(row.unit) || [0, 0, 0];
      units.set(row.unit, sum.map((n, k) => n + row.rates[k]));
    }
    const lines = [...units].filter(([, [n, up, cut]]) => n > 1 && (n === up) !== (n === cut)).map(([unit, [n, up]]) => t("habitRow", unit, n, t(n === up ? "up" : "cut")));
    document.getElementById("habits").replaceChildren(make("ul", {}, (lines.length ? lines : [t("none")]).map((line) => make("li", {}, line))));
  }

  /* ---- what stands in which page ---- */
  function sheetLink(row) {
    const sheet = totals.sheets[row.sheet];
    return sheet.link === null ? make("span", {}, nameOf(row)) : make("a", { href: `${sheet.link}${row.unit ? `#unit=${encodeURIComponent(row.unit)}` : ""}` }, nameOf(row));
  }
  function drawSheets() {
    const whose = document.getElementById("whose");
    if (totals.whose) {
      whose.replaceChildren(totals.index === null ? "" : make("a", { href: totals.index }, t("index")), " ", visible(whoseOf(totals.whose)));
      whose.hidden = false;
    }
    if (!isIndex) return;
    const numbers = ["forms", ...SEVERITIES, "unjudged", "lost"];
    const of = (sheet) => [sheet.forms, ...sheet.counts, sheet.unjudged, sheet.lost];
    document.getElementById("sheets").replaceChildren(make("table", {}, make("thead", {}, make("tr", {}, ["sheet", ...numbers].map((key) => make("th", { scope: "col" }, t(key))))),
      make("tbody", {}, totals.sheets.map((sheet) => make("tr", {}, make("td", {}, sheet.link === null ? whoseOf(sheet) : make("a", { href: sheet.link }, whoseOf(sheet))),
        of(sheet).map((n, k) => make("td", { class: `number ${n && k ? numbers[k] : ""}` }, n)))))));
    document.getElementById("sheets-part").hidden = false;
    document.getElementById("print").hidden = true;
    document.getElementById("list-head").dataset.t = "units";
  }

  /* ---- the list ---- */
  const statusOf = (row) => (row.failed ? "failed" : row.counts.some(Boolean) || row.findings ? "found" : row.unjudged ? "unjudged" : "clean");
  const FILTERS = [
    ["severity", [...SEVERITIES, "unjudged"], (row, v) => (v === "unjudged" ? row.unjudged > 0 : row.counts[SEVERITIES.indexOf(v)] > 0), (v) => t(v)],
    ["rule", () => [...new Set(rows.flatMap((r) => r.codes))].sort(), (row, v) => row.codes.includes(v), (v) => `${v} ${rules.get(v).name}`],
    ["unit", () => [...new Set(rows.map((r) => r.unit).filter(Boolean))].sort(), (row, v) => row.unit === v, visible],
    ["department", () => [...new Set(rows.map((r) => r.department).filter(Boolean))].sort(), (row, v) => row.department === v, visible],
    ["year", () => [...new Set(rows.map((r) => r.year).filter(Boolean))].sort().map(String), (row, v) => String(row.year) === v, String],
    ["status", ["failed", "found", "unjudged", "clean"], (row, v) => statusOf(row) === v, (v) => t(v)],
  ];
  const chosen = {};
  const asked = /^#unit=(.*)$/.exec(location.hash);
  if (asked && !isIndex) { try { const unit = decodeURIComponent(asked[1]); if (rows.some((row) => row.unit === unit)) chosen.unit = unit; } catch { /* no unit of ours */ } }
  let api = null;
  const matches = (row) => FILTERS.every(([key, , test]) => !chosen[key] || test(row, chosen[key])) &&
    (!chosen.text || [row.path, row.project, row.unit, row.department, ...row.codes].some((text) => String(text ?? "").toLowerCase().includes(chosen.text)));
  $.fn.dataTable.ext.search.push((settings, texts, index) => matches(rows[index]));
  function drawFilters() {
    const fields = FILTERS.filter(([key]) => !isIndex || key !== "year").map(([key, values, , name]) => {
      const list = typeof values === "function" ? values() : values;
      const select = make("select", { name: key, onchange: (e) => { chosen[key] = e.target.value; api.draw(); noteprint(); } },
        make("option", { value: "" }, t("any")), list.map((v) => make("option", { value: v, ...(chosen[key] === v ? { selected: "" } : {}) }, name(v))));
      return make("label", {}, t(key), select);
    });
    const input = make("input", { type: "search", name: "text", value: chosen.text || "", oninput: (e) => { chosen.text = e.target.value.toLowerCase(); api.draw(); noteprint(); } });
    document.getElementById("filters").replaceChildren(...fields, make("label", {}, t("text"), input));
  }
  document.getElementById("filters").addEventListener("submit", (e) => e.preventDefault());
  function drawList() {
    if (api) api.destroy();
    const table = make("table", { id: "forms" });
    document.getElementById("list").replaceChildren(table);
    const text = $.fn.dataTable.render.text();
    const shown = (value, type) => (type === "display" ? text.display(visible(value)) : value ?? "");
    const count = (value, type) => (type === "display" ? text.display(String(value ?? 0)) : value ?? 0);
    const number = (value, type) => (type === "display" ? text.display(visible(value)) : value === null || value === undefined || value === "" ? -1 : Number(value));
    const column = (key, data, render, className) => ({ title: t(key), data, render, className: className || "", defaultContent: "" });
    api = $(table).DataTable({
      data: rows, deferRender: true, autoWidth: false, dom: "ltip", order: [], pageLength: 25, lengthMenu: [25, 50, 100],
      language: { info: t("info"), infoEmpty: t("empty"), infoFiltered: "", emptyTable: t("empty"), zeroRecords: t("empty"), lengthMenu: t("length"), paginate: { next: t("next"), previous: t("previous") } },
      columns: [
        { title: t(isIndex ? "unit" : "project"), data: null, render: (d, type, row) => (type === "display" ? "" : nameOf(row)), createdCell: (td, d, row) => {
          if (row.sheet !== undefined) { td.replaceChildren(sheetLink(row)); return; }
          const button = make("button", { type: "button", class: "open" }, row.project || row.path);
          button.addEventListener("click", () => openForm(row, button)); td.replaceChildren(button); } },
        ...(isIndex ? [] : [column("unit", "unit", shown)]), column("department", "department", shown),
        ...(isIndex ? [column("forms", "forms", count, "number")] : [column("year", "year", shown), column("stated", "stated", number, "number"), column("total", "total", number, "number")]), column("error", (r) => r.counts[0], count, "number error"), column("warning", (r) => r.counts[1], count, "number warning"),
        column("note", (r) => r.counts[2], count, "number note"), column("unjudged", "unjudged", count, "number unjudged"), column("lost", "lost", count, "number"),
        column("status", (r) => t(statusOf(r)), shown), column("file", "path", shown),
      ],
    });
  }
  const filtered = () => api.rows({ search: "applied" }).data().toArray();
  function noteprint() {
    const n = filtered().length;
    document.getElementById("print-note").textContent = n > MOST_PRINTED ? t("printNote", MOST_PRINTED, n) : "";
  }
  document.getElementById("print").addEventListener("click", async () => {
    const all = filtered(), printed = document.getElementById("printed");
    const some = all.slice(0, MOST_PRINTED).sort((a, b) => String(a.unit ?? "").localeCompare(String(b.unit ?? "")));
    const parts = [];
    if (all.length > MOST_PRINTED) parts.push(make("p", {}, t("printNote", MOST_PRINTED, all.length)));
    let unit = null;
    for (const row of some) {
      const section = make("section", { class: row.unit !== unit || unit === null ? "unit" : "" }, make("h2", {}, nameOf(row)), await drawRow(row, 3));
      unit = row.unit; parts.push(section);
    }
    printed.replaceChildren(...parts); printed.hidden = false; document.body.classList.add("printing");
    window.print();
    document.body.classList.remove("printing"); printed.hidden = true; printed.replaceChildren();
  });

  /* ---- all of it, in one language ---- */
  async function draw() {
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = t("title");
    drawSheets();
    for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
    const button = document.getElementById("language");
    button.textContent = t("other"); button.lang = lang === "zh" ? "en" : "zh-CN";
    drawTotals(); drawCharts(); drawHabits(); drawFilters(); drawList(); noteprint();
    if (openRow) document.getElementById("form").replaceChildren(await drawRow(openRow, 3));
    document.getElementById("foot").replaceChildren(make("p", {}, `ziping ${totals.version} · ${totals.rulebook}`),
      make("p", {}, `jQuery ${$.fn.jquery} · DataTables ${$.fn.dataTable.version} · Chart.js ${Chart.version} (MIT)`));
  }
  document.getElementById("language").addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; draw(); });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawCharts);
  await draw();
  document.documentElement.dataset.ready = "yes";
})();
