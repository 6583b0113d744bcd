#!/usr/bin/env python3
"""messages.py ZIPING [--update] - every message of every rule with its figures, in both languages, to be read.

Checks the inputs of tests/golden, the examples of the rule pages and tests/messages/*.form.txt (several forms a file,
parted by a line ====) once in each language, and keeps the first message that each template of rules/catalogue.yaml
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
}


def templates():
    """(code, when, zh, en) of every message of the catalogue, in its order."""
    text = (ROOT / "rules/catalogue.yaml").read_text(encoding="utf-8")
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
    for source in sorted(HERE.glob("*.form.txt")):
        for number, form in enumerate(source.read_text(encoding="utf-8").split("====\n"), 1):
            (folder / f"{source.name.removesuffix('.form.txt')}-{number}.txt").write_text(form, encoding="utf-8")
    for case in sorted((ROOT / "tests/golden").iterdir()):
        for source in sorted(case.glob("input.*"))[:1] if case.is_dir() else []:
            (folder / f"golden-{case.name}{source.suffix}").write_bytes(source.read_bytes())


def ask(ziping, folder, lang):
    every = ["--select", "ALL", "--repairs", "--no-config", "--fail-on", "never", "--skip-unread", "--quiet"]
    ledger = ["--ledger", HERE / "ledger.txt"]
    done = subprocess.run([ziping, "check", *every, *ledger, "--format", "json", "--lang", lang, "."], cwd=folder, capture_output=True, timeout=200)
    if done.returncode not in (0, 3):
        sys.exit(f"exit {done.returncode}: {done.stderr.decode(errors='replace')}")
    return json.loads(done.stdout)["files"]


def name_of(file):
    return os.path.basename(file["path"])


def main():
    ziping, update = os.path.abspath(sys.argv[1]), "--update" in sys.argv
    listed, reasons = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        write_inputs(Path(folder))
        answers = [ask(ziping, folder, lang) for lang in ("zh", "en")]
    rows = list(templates())
    patterns = {code: [(when, pattern_of(zh)) for c, when, zh, _ in rows if c == code] for code, *_ in rows}
    for in_zh, in_en in zip(*answers):
        for zh, en in zip(in_zh["findings"], in_en["findings"]):
            whens = [when for when, pattern in patterns[zh["code"]] if pattern.fullmatch(zh["message"])]
            # The longest template that fits: "…写 {a}" also fits what a longer one made.
            key = zh["code"], (whens or ["no template fits"])[-1] if len(whens) < 2 else max(whens, key=lambda when: len(dict(patterns[zh["code"]])[when].pattern))
            listed.setdefault(key, (zh["message"], en["message"], name_of(in_zh)))
        for zh, en in zip(in_zh["not_evaluable"], in_en["not_evaluable"]):
            bare = re.sub(r"“[^”]*”|第 \d+ 个", "“”", zh["reason"])
            reasons.setdefault(bare, (zh["reason"], en["reason"], zh["code"], name_of(in_zh)))
    out = []
    bad = []
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
