#!/usr/bin/env python3
"""messages.py ZIPING [--update] - every message of every rule with its figures, in both languages, to be read.

Checks the inputs of tests/golden, the examples of the rule pages and CASES once in each language, and keeps the first message that each template of the pages' heads
made, as well as each reason why something could not be judged, with what differs from form to form (names, figures)
as it came. tests/messages/messages.txt is that list: whoever changes a message sees it there as a reader will.
A template that nothing here makes fails, unless MADE_ELSEWHERE says who does.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LIST = HERE / "messages.txt"
# (code, when): tested where they are made, as their text stands nowhere but in the program or takes a file of its own.
MADE_ELSEWHERE = {
    ("D03", "default"): "tests/golden/pdf-scan", ("D05", "more-lost"): "tests/unit", ("D05", "more-notes"): "tests/unit",
    ("D05", "more"): "tests/unit", ("X09", "more"): "tests/ledger", ("X09", "more-forms"): "tests/ledger",
    ("X07", "default"): "tests/cli/always_full.sh",
    ("D06", "default"): "tests/cli/ocr.sh", ("D06", "others"): "tests/cli/ocr.sh", ("D06", "more"): "tests/cli/ocr.sh", ("D07", "default"): "tests/cli/ocr.sh",
    ("X04", "default"): "tests/cli/archive_years.sh", ("X05", "default"): "tests/cli/archive_years.sh", ("X06", "default"): "tests/cli/archive_years.sh",
}


BASE = """项目支出绩效自评表
(2022年度)
| 项目名称 | 技能培训 | | 实施单位 | 培训中心 |
| 项目资金(万元) | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| | 年度资金总额 | 100 | 100 | 95 | 10 | 95% | 9.5 |
| 年度总体目标 | 预期目标 | | | | 实际完成情况 |
| | 举办培训 | | | | 已举办十次 |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| | 产出指标 | 数量指标 | 培训次数 | ≥10次 | 10次 | 50 | 50 | |
| | 效益指标 | 社会效益指标 | 结业率 | ≥90% | 100% | 30 | 30 | |
| | 满意度指标 | 服务对象满意度指标 | 学员满意度 | ≥90% | 95% | 10 | 10 | |
| 总分 | | | | | | 100 | 99.5 | 优 |
"""
FUND = "| 100 | 100 | 95 | 10 | 95% | 9.5 |"
COUNT = "| 培训次数 | ≥10次 | 10次 | 50 | 50 | |"
PLEASED = "| 学员满意度 | ≥90% | 95% | 10 | 10 | |"
# A name and what is changed in a form without a finding (of BASE, or of a golden case).
CASES = [
    ("unknown-head", BASE, {"| 年度指标值 |": "| 天干地支 |"}),
    ("unknown-head-near", BASE, {"| 实际完成值 |": "| 实实际际完完成值 |"}),
    ("unknown-weights", BASE, {"| 实际完成值 | 分值 |": "| 实际完成值 | 天干地支 |"}),
    ("unknown-scores", BASE, {"| 分值 | 得分 | 偏差": "| 分值 | 天干地支 | 偏差"}),
    ("unknown-fund-weight", BASE, {"| 全年执行数 | 分值 |": "| 全年执行数 | 天干地支 |"}),
    ("unknown-fund-score", BASE, {"| 执行率 | 得分 |": "| 执行率 | 天干地支 |"}),
    ("unknown-actual", BASE, {"| 实际完成值 |": "| 天干地支 |"}),
    ("unknown-execution", BASE, {"| 全年执行数 |": "| 天干地支 |", FUND: "| 100 | 100 | 95 | 10 | | 9.5 |"}),
    ("unknown-rate", BASE, {"| 执行率 |": "| 天干地支 |", FUND: "| 100 | 100 | 95 | 10 | 9 | 9.5 |"}),
    ("unknown-total-fund", BASE, {"| 年度资金总额 |": "| 天干地支 |"}),
    ("unknown-total", BASE, {"| 总分 |": "| 天干地支 |"}),
    ("no-project", BASE, {"| 项目名称 |": "| 天干地支 |"}),
    ("rate-cut", BASE, {FUND: "| 100 | 100 | 88.888 | 10 | 88.88% | 8.89 |"}),
    ("rate-of-rounded-figures", BASE, {FUND: "| 15.2 | 15.2 | 13.7 | 10 | 90.00% | 9.05 |"}),
    ("score-capped", BASE, {FUND: "| 100 | 100 | 110 | 10 | 110% | 11 |"}),
    ("score-up", BASE, {FUND: "| 100 | 100 | 88.811 | 10 | 88.81% | 8.89 |"}),
    ("score-cut", BASE, {FUND: "| 100 | 100 | 88.888 | 10 | 88.89% | 8.88 |"}),
    ("score-whole", BASE, {FUND: "| 100 | 100 | 88.8 | 10 | 88.8% | 9 |"}),
    ("units-mixed", BASE, {FUND: FUND + "\n| | 其中：当年财政拨款 | 100 | 1000000 | 95 | | | |"}),
    ("figure-with-a-word", BASE, {FUND: "| 100 | 数560000.0 | 95 | 10 | 95% | 9.5 |"}),
    ("figure-too-long", BASE, {FUND: "| 100 | " + "7" * 45 + " | 95 | 10 | 95% | 9.5 |"}),
    ("low-without-a-rate", BASE, {FUND: "| 100 | 100 | 50 | 10 | | 5 |"}),
    ("low-with-an-empty-reason", BASE, {"| 执行率 | 得分 |\n": "| 执行率 | 得分 | 原因 |\n", FUND: "| 100 | 100 | 50 | 10 | 50% | 5 | 无 |"}),
    ("rate-indicator-without-amounts", BASE, {FUND: "| 100 | 0 | 0 | 10 | 95% | 9.5 |", "| 结业率 | ≥90% | 100% |": "| 预算执行率 | ≥90% | 100% |"}),
    ("budget-adjusted", BASE, {FUND: "| 50 | 100 | 95 | 10 | 95% | 9.5 |"}),
    ("little-spent", BASE, {FUND: "| 100 | 100 | 40 | 10 | 40% | 4 |"}),
    ("weights-without-a-total", "sound-yinchuan", {"≥40%\t41.2%\t20": "≥40%\t41.2%\t20", "\t20\t≥40%": "\t25\t≥40%"}),
    ("weight-dash", BASE, {PLEASED: "| 学员满意度 | ≥90% | 95% | — | 10 | |"}),
    ("weight-zero", BASE, {PLEASED: "| 学员满意度 | ≥90% | 95% | 0 | 10 | |"}),
    ("grade-by-printed-limits", BASE, {"| 优 |\n": "| 良 |\n| 备注 | 等级：优（≥90分）、良（≥80分）、中（≥60分）、差（<60分） |\n"}),
    ("no-reason-column", BASE, {" | 偏差原因分析及改进措施 |": " |", COUNT: "| 培训次数 | ≥10次 | 10次 | 50 | 45 |"}),
    ("reverse-full", BASE, {COUNT: "| 培训次数 | ≤10次 | 12次 | 50 | 50 | |"}),
    ("reverse-wrong", BASE, {COUNT: "| 培训次数 | ≤10次 | 12次 | 50 | 30 | 说明见附件 |"}),
    ("linear-full", BASE, {COUNT: "| 培训次数 | ≤10次 | 12次 | 50 | 50 | |"}),
    ("linear-wrong", BASE, {COUNT: "| 培训次数 | ≤10次 | 12次 | 50 | 30 | 说明见附件 |"}),
    ("quotient-full", BASE, {COUNT: "| 培训次数 | ≤10次 | 12次 | 50 | 50 | |"}),
    ("quotient-wrong", BASE, {COUNT: "| 培训次数 | ≤10次 | 12次 | 50 | 30 | 说明见附件 |"}),
    ("zero-full", BASE, {COUNT: "| 安全事故 | =0起 | 2起 | 50 | 50 | |"}),
    ("zero-wrong", BASE, {COUNT: "| 安全事故 | =0起 | 2起 | 50 | 30 | 说明见附件 |"}),
    ("range-full", BASE, {COUNT: "| 培训次数 | 5-10次 | 12次 | 50 | 50 | |"}),
    ("band", BASE, {COUNT: "| 培训效果 | 良好 | 达成年度指标 | 50 | 30 | 说明见附件 |"}),
    ("total-dash", BASE, {"| 99.5 | 优 |": "| — | 优 |"}),
    ("score-dash", BASE, {PLEASED: "| 学员满意度 | ≥90% | 95% | 10 | — | |"}),
    ("name-blank", BASE, {"| 培训次数 |": "| |"}),
    ("execution-blank", BASE, {FUND: "| 100 | 100 | | 10 | 95% | 9.5 |"}),
    ("no-sign", BASE, {"| ≥10次 |": "| 10次 |"}),
    ("pleased-at-target", BASE, {"| 95% | 10 |": "| 90% | 10 |"}),
    ("pleased-whole", BASE, {"| 95% | 10 |": "| 100% | 10 |"}),
    ("hidden", "<table>" + "".join("<tr>" + "".join(f"<td>{cell.strip()}</td>" for cell in line.strip("|").split("|")) + "</tr>" for line in BASE.splitlines()[2:]) + "</table>",
     {"<table>": "<h1>项目支出绩效自评表</h1><p>(2022年度)</p><table>", "<td>10次</td>": "<td>10次<span style='display:none'>9次</span></td>"}),
]
REVERSES = ["linear", "quotient"] # profiles of their own: no form says by itself which one it follows


def templates(ziping):
    """(code, when, zh, en) of every message of the catalogue, in its order."""
    text = (Path(ziping).resolve().parent / "rules/catalogue.yaml").read_text(encoding="utf-8")
    code = when = zh = None
    unquote = lambda line: json.loads(line) if line.startswith('"') else line
    for line in text.splitlines():
        if found := re.match(r"  - code: (\w+)", line):
            code = found[1]
        elif found := re.match(r'      - \{when: ([\w-]+), zh: (".*"), en: (".*")\}', line):
            yield code, found[1], json.loads(found[2]), json.loads(found[3])
        elif found := re.match(r"      - when: ([\w-]+)", line):
            when = found[1]
        elif found := re.match(r"        zh: (.+)", line):
            zh = unquote(found[1])
        elif found := re.match(r"        en: (.+)", line):
            yield code, when, zh, unquote(found[1])


def pattern_of(template):
    return re.compile("".join(".*?" if piece.startswith("{") else re.escape(piece) for piece in re.split(r"(\{\w+\})", template)), re.S)


def write_inputs(folder):
    """Every form of the project that a rule was written against, a file each; the names are what the list shows."""
    for page in sorted((ROOT / "docs/rules").glob("*.md")):
        forms = re.findall(r"^```form \w+\n(.*?)^```$", page.read_text(encoding="utf-8"), re.M | re.S)
        for number, form in enumerate(forms, 1):
            (folder / f"page-{page.stem}-{number}.md").write_text(form, encoding="utf-8")
    for name, base, changes in CASES:
        text = base if "\n" in base or "<" in base else (ROOT / f"tests/golden/{base}/input.txt").read_text(encoding="utf-8")
        for old, new in changes.items():
            if old not in text:
                sys.exit(f"{name}: {old!r} does not stand in the form")
            text = text.replace(old, new)
        # Each is a project of its own, or the second one would be a conflicting form.
        text = text.replace("技能培训", f"技能培训（{name}）")
        (folder / f"{name}.{'html' if text.startswith('<') else 'md' if '| ' in text else 'txt'}").write_text(text, encoding="utf-8")
    for suffix in ("md", "txt"):
        (folder / f"two-prints.{suffix}").write_text(BASE.replace("技能培训", "技能培训（两种格式）"), encoding="utf-8")
    for case in sorted((ROOT / "tests/golden").iterdir()):
        for source in sorted(case.glob("input.*"), key=lambda path: (path.name != "input.txt", path.name))[:1]:
            (folder / f"golden-{case.name}{source.suffix}").write_bytes(source.read_bytes())


def ask(ziping, folder, lang, *more):
    every = ["--repairs", "--config", "on.yaml", "--fail-on", "never", "--skip-unread", "--quiet"]
    done = subprocess.run([ziping, "check", *every, *more, "--format", "json", "--lang", lang], cwd=folder, capture_output=True, timeout=200)
    if done.returncode not in (0, 3):
        sys.exit(f"exit {done.returncode}: {done.stderr.decode(errors='replace')}")
    return json.loads(done.stdout)["files"]


def answers_of(ziping, folder, lang):
    """All of them; those that need a profile of their own apart."""
    (folder / "on.yaml").write_text("rules: {F14: note, C07: note, C18: note}\n")
    (folder / "ledger.tsv").write_bytes((HERE / "ledger.txt").read_bytes())
    apart = {reverse: sorted(path.name for path in folder.glob(f"{reverse}-*.md")) for reverse in REVERSES}
    others = sorted(path.name for path in folder.iterdir() if path.suffix not in (".yaml", ".tsv") and path.name not in sum(apart.values(), []))
    files = ask(ziping, folder, lang, "--ledger", "ledger.tsv", *others)
    for reverse, names in apart.items():
        (folder / f"{reverse}.yaml").write_text(f"name: {reverse}\nreverse: {reverse}\n")
        files += ask(ziping, folder, lang, "--profile", f"{reverse}.yaml", *names)
    return files


def name_of(file):
    return os.path.basename(file["path"])


def main():
    ziping, update = os.path.abspath(sys.argv[1]), "--update" in sys.argv
    listed, reasons, bad = {}, {}, []
    with tempfile.TemporaryDirectory() as folder:
        write_inputs(Path(folder))
        answers = [answers_of(ziping, Path(folder), lang) for lang in ("zh", "en")]
    rows = list(templates(ziping))
    patterns = {code: [(when, pattern_of(zh)) for c, when, zh, _ in rows if c == code] for code, *_ in rows}
    # A head or row label that was not understood is the cause: nothing else may be blamed for what it hides; one that can
    # only be one thing is read as that, which is listed (R07), and hides nothing.
    for in_zh in answers[0]:
        codes = {finding["code"] for finding in in_zh["findings"]}
        blamed = codes - {"D04", "D05", "R07"}
        if name_of(in_zh).startswith("unknown-") and (blamed or not in_zh["not_evaluable"] and "R07" not in codes):
            bad.append(f"{name_of(in_zh)}: {blamed or 'nothing is unjudged'}")
    # What was made for the list goes before what others change for their own reasons.
    rank = lambda pair: name_of(pair[0]).startswith("page-") + 2 * name_of(pair[0]).startswith("golden-")
    for in_zh, in_en in sorted(zip(*answers), key=rank):
        for zh, en in zip(in_zh["findings"], in_en["findings"]):
            whens = [when for when, pattern in patterns[zh["code"]] if pattern.fullmatch(zh["message"])]
            # The longest template that fits: "…写 {a}" also fits what a longer one made.
            key = zh["code"], (whens or ["no template fits"])[-1] if len(whens) < 2 else max(whens, key=lambda when: len(dict(patterns[zh["code"]])[when].pattern))
            listed.setdefault(key, (zh["message"], en["message"], name_of(in_zh)))
        for zh, en in zip(in_zh["not_evaluable"], in_en["not_evaluable"]):
            bare = re.sub(r"“[^”]*”|第 \d+ 个", "“”", zh["reason"]) # the names of a form's own
            reasons.setdefault(bare, (zh["reason"], en["reason"], zh["code"], name_of(in_zh)))
    out = []
    for code, when, *_ in rows:
        if (code, when) in listed:
            zh, en, where = listed.pop((code, when))
            out.append(f"{code} {when}  ({where})\n  {zh}\n  {en}\n")
        elif (code, when) not in MADE_ELSEWHERE:
            bad.append(f"{code} {when}: nothing here makes this message")
    bad += [f"{code}: no template fits {message[0]}" for (code, _), message in listed.items()]
    for zh, en, code, where in sorted(reasons.values()):
        out.append(f"not evaluable: {code}  ({where})\n  {zh}\n  {en}\n")
    whole = "\n".join(out)
    if update:
        LIST.write_text(whole, encoding="utf-8")
    elif whole != (LIST.read_text(encoding="utf-8") if LIST.exists() else ""):
        bad.append(f"{LIST.name} is not what the program says now; read the change and take it by --update")
        wanted = set((LIST.read_text(encoding="utf-8") if LIST.exists() else "").splitlines())
        bad += [f"  new: {line.strip()}" for line in whole.splitlines() if line not in wanted][:20]
    print("\n".join(bad))
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
