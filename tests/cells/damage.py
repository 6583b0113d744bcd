#!/usr/bin/env python3
"""Damages golden forms one cell at a time and counts what becomes of it.

usage: damage.py [--ziping PROGRAM] [labels|values] [--all | --update] [--show N] [--keep DIR] [--board FILE] [CASE…]

labels: each label of each golden form with one character changed, dropped or doubled. What is read is then

    right     the same data, nothing said about the label; or the label is kept as printed
    mended    the same data, and an R06 that names what is printed
    said      other data, and a D05 that names what is printed (where the damage spells another label: any new D04 or D05)
    block     other data, and only a D04 says that the block is missing
    BLAMED    a rule fires that did not fire on the whole form: it blames something else
    SILENT    other data without a word about it

values: each value of each golden form, in its web page, Word and Excel input, blanked or changed for its right
neighbour. What is read is then

    exact     those cells are other in the data, and nothing else
    said      something else, and a D05 in the row or with the text
    SILENT    something else without a word

scoreboard.json keeps the counts of each case; what is in capitals there may only fall. Without arguments a sample of
the cases is compared with it (exit 1 if worse), --all compares all, --update writes it anew where it is no worse.
"""
import argparse
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
from editors import EDITORS  # noqa: E402

import yaml  # noqa: E402

SCOREBOARD = HERE / "scoreboard.json"
BAD = {"labels": ("blamed", "silent"), "values": ("silent",)}
SAMPLE_EVERY = 9
# Characters that scans, fonts and typists take for each other; any other becomes 某.
ALIKE = dict(zip("年度预算数全执行率分值得指标目金额总完成实际项权重主管部门级单位名称产出效益满意质量时偏差原因措施",
                 "午庆顶箅敷金热仃卒兮直碍栺杯日全颏怠宗戌买阮顷杈里王营陪们圾草泣各秤严岀郊盆蒲薏盾童肘遍羌愿困惜旋"))
VARYING = {"at", "repairs", "template", "profile", "reading"}


def fold(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


LISTED = {fold(text) for row in yaml.safe_load((ROOT / "rules/labels.yaml").read_text(encoding="utf-8"))["labels"] for text in row["spellings"]}
TAIL = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)$|:$")


def core(text):
    """(the listed spelling in a cell's text, as the cell prints it), or None: brackets and a colon at its end, 其中 and a star before it fall away."""
    whole = unicodedata.normalize("NFKC", text).strip()
    text = re.sub(r"^(?:其中:?|★|\d+[.、])\s*", "", whole)
    while fold(text) and fold(text) not in LISTED and TAIL.search(text):
        text = TAIL.sub("", text).strip()
    return text if fold(text) in LISTED else None


def damaged(label, kind, seed):
    """The label with one character changed, dropped or doubled; which one the seed says."""
    places = [k for k, char in enumerate(label) if unicodedata.east_asian_width(char) == "W"]
    k = places[seed % len(places)]
    middle = {"changed": ALIKE.get(label[k], "某"), "dropped": "", "doubled": label[k] * 2}[kind]
    return label[:k] + middle + label[k + 1:]


def ask(ziping, folder):
    """File name → (forms, findings)"""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    out = []
    for command in (["convert"], ["check", "--format", "json"]):
        done = subprocess.run([ziping, *command, folder], capture_output=True, check=False, env=environment)
        out.append({Path(file["path"]).name: file for file in json.loads(done.stdout)["files"]})
    return {name: (file["forms"], out[1][name]["findings"]) for name, file in out[0].items()}


def flat(node, path=""):
    """Pointer → text; a value is its text."""
    if isinstance(node, dict) and "text" in node and "op" in node:
        return {path: node["text"]}
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else None
    if items is None:
        return {path: node}
    out = {path: f"{len(node)}"} if isinstance(node, list) else {}
    for key, item in items:
        if key not in VARYING:
            out |= flat(item, f"{path}/{key}")
    return out


def values_of(node, path=""):
    """(pointer, place, text) of each value."""
    if isinstance(node, dict) and "at" in node and "op" in node:
        yield path, (node["at"]["table"], node["at"]["row"], node["at"]["col"]), node["text"]
    elif isinstance(node, (dict, list)):
        for key, item in node.items() if isinstance(node, dict) else enumerate(node):
            yield from values_of(item, f"{path}/{key}")


def doubts(findings):
    return [finding for finding in findings if finding["code"] == "D05" and finding["severity"] == "warning"]


def keys(findings):
    return {(finding["code"], finding["form"], finding["pointer"]) for finding in findings}


class Case:
    def __init__(self, folder, ziping, names):
        self.name, self.ziping = folder.name, ziping
        self.editors = {name: EDITORS[name]((folder / f"input.{name}").read_bytes()) for name in names if (folder / f"input.{name}").is_file()}

    def whole(self, editor):
        """What is read of the undamaged form."""
        return self.run({"whole" + editor.suffix: editor.write({})})["whole" + editor.suffix]

    def run(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for name, data in files.items():
                (Path(folder) / name).write_bytes(data)
            return ask(self.ziping, folder)


def label_damages(case, editor, forms):
    """file name → (place, printed text, damaged text, damaged label)"""
    values = {place for _, place, _ in values_of(forms)}
    names = {fold(row["level3"]) for form in forms for row in form["indicators"] or []}
    out = {}
    for place, (_, _, text) in sorted(editor.cells.items()):
        label = core(text)
        if not label or place in values or fold(label) in names:
            continue
        for kind in ("changed", "dropped", "doubled"):
            seed = zlib.crc32(f"{case.name} {place} {kind}".encode())
            other = damaged(label, kind, seed)
            printed = unicodedata.normalize("NFKC", text)
            out["{}-{}-{}.".format(*place) + kind + editor.suffix] = (place, printed, printed.replace(label, other, 1), other)
    return out


def same(got, wanted, printed, other):
    """Whether the data is the same but for the damaged text where a label is kept as printed."""
    def mended(text):
        return fold(text).replace(fold(other), fold(printed)) if isinstance(text, str) else text

    def plain(text):
        return fold(text) if isinstance(text, str) else text
    a = {mended(path): text for path, text in got.items()}
    b = {plain(path): text for path, text in wanted.items()}
    return a.keys() == b.keys() and all(plain(a[path]) == plain(b[path]) or mended(a[path]) == plain(b[path]) for path in a)


def judge_label(before, after, printed, changed, other):
    (forms, findings), (got, got_findings) = before, after
    fresh = keys(got_findings) - keys(findings)
    blamed = [code for code, _, _ in fresh if code[0] not in "DRX"]  # X: these files lie side by side
    is_same = same(flat(got), flat(forms), core(printed), other)
    named = [finding for finding in doubts(got_findings) if fold(other) in fold(finding["message"])]
    if not is_same and fold(other) in LISTED and any(code in ("D04", "D05") for code, _, _ in fresh):
        named = [True]
    if not is_same and not named and not any(code in ("D02", "D04") for code, _, _ in fresh):
        return "silent"
    if blamed:
        return "blamed"
    if is_same:
        return "mended" if any(fold(other) in fold(repair["detail"]) for form in got for repair in form["repairs"] if repair["code"] == "R06") else "right"
    return "said" if named else "block"


def value_damages(editor, forms):
    """file name → (changes of cells, changes of the data)"""
    out, at = {}, {}
    for pointer, place, text in values_of(forms):
        at.setdefault(place, []).append((pointer, text))
    for place in sorted(at):
        if place not in editor.cells or len(at[place]) > 1:
            continue
        (pointer, text), = at[place]
        printed = fold(editor.cells[place][2])
        if fold(text) != printed and (editor.suffix != ".xlsx" or printed in fold(text) or fold(text) in printed):
            continue  # one cell of several that make the value
        name = "{}-{}-{}.".format(*place)
        if text:
            out[name + "blank" + editor.suffix] = ({place: ""}, {pointer: ""})
        right = min((other for other in at if other[:2] == place[:2] and other[2] > place[2]), default=None)
        if right and right in editor.cells and len(at[right]) == 1 and fold(at[right][0][1]) != fold(text):
            beside, other = at[right][0]
            out[name + "swap" + editor.suffix] = ({place: other, right: text}, {pointer: other, beside: text})
    return out


def judge_value(before, after, changes, wanted):
    (forms, findings), (got, got_findings) = before, after
    old, new = flat(forms), flat(got)
    differing = {path for path in old.keys() | new.keys() if old.get(path, "") != new.get(path, "") and not path.endswith("/empty")}
    if differing <= wanted.keys() and all(fold(str(new.get(path) or "")) == fold(text) for path, text in wanted.items()):
        return "exact"
    rows = {place[:2] for place in changes}
    texts = {fold(text) for text in changes.values() if len(text) > 1}
    fresh = [finding for finding in doubts(got_findings)]
    for finding in fresh:
        at = finding["at"] or {}
        if (at.get("table"), at.get("row")) in rows or any(text in fold(finding["message"]) for text in texts):
            return "said"
    return "silent"


def try_labels(case, show):
    counts = collections.Counter()
    editor = next(iter(case.editors.values()))
    before = case.whole(editor)
    damages = label_damages(case, editor, before[0])
    after = case.run({name: editor.write({place: changed}) for name, (place, _, changed, _) in damages.items()})
    for name, (place, printed, changed, other) in damages.items():
        kind = judge_label(before, after[name], printed, changed, other)
        counts[kind] += 1
        show(case, kind, name, f"{printed!r} → {changed!r}", before, after[name], lambda: editor.write({place: changed}))
    return counts


def try_values(case, show):
    counts = collections.Counter()
    for editor in case.editors.values():
        before = case.whole(editor)
        damages = value_damages(editor, before[0])
        after = case.run({name: editor.write(changes) for name, (changes, _) in damages.items()})
        for name, (changes, wanted) in damages.items():
            kind = judge_value(before, after[name], changes, wanted)
            counts[kind] += 1
            show(case, kind, name, ", ".join(f"{path} → {text!r}" for path, text in wanted.items()), before, after[name], lambda: editor.write(changes))
    return counts


class Shower:
    """Prints the first bad damages, and keeps their files."""

    def __init__(self, arguments):
        self.left, self.keep, self.kinds = arguments.show, arguments.keep, arguments.kinds

    def __call__(self, case, kind, name, what, before, after, data):
        if kind not in self.kinds or self.left <= 0:
            return
        self.left -= 1
        print(f"== {case.name}, {name}: {kind}: {what}")
        old, new = flat(before[0]), flat(after[0])
        differing = [path for path in [*old, *(path for path in new if path not in old)] if old.get(path, "") != new.get(path, "")]
        for path in differing[:6]:
            print(f"   {path}: {old.get(path)!r} → {new.get(path)!r}")
        if len(differing) > 6:
            print(f"   … {len(differing)} in all")
        for code, form, pointer in sorted(keys(after[1]) - keys(before[1]), key=str)[:6]:
            print(f"   {code} {pointer}")
        if self.keep:
            self.keep.mkdir(parents=True, exist_ok=True)
            (self.keep / f"{case.name}.{name}").write_bytes(data())


def golden_cases():
    """Folders of whole forms: nothing is broken in them on purpose."""
    skipped = re.compile(r"^(broken-|no-form|blank|nul-|pdf-scan|encodings|layout-|rules-|seed-all|seed-1-trad|seed-2-)")
    return [case for case in sorted((ROOT / "tests/golden").iterdir()) if case.is_dir() and not skipped.match(case.name)
            and any((case / f"input.{name}").is_file() for name in EDITORS)]


def bad(what, counts):
    return sum(counts.get(kind, 0) for kind in BAD[what])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ziping", default=str(ROOT / "build/dev/ziping"))
    parser.add_argument("what", nargs="?", choices=["labels", "values"])
    parser.add_argument("case", nargs="*", help="names of golden cases")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--kinds", type=lambda text: text.split(","), default=["blamed", "silent"])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--board", type=Path, default=SCOREBOARD)
    arguments = parser.parse_args()
    board = json.loads(arguments.board.read_text()) if arguments.board.is_file() else {}
    show, worse, fresh = Shower(arguments), False, {}
    for what in [arguments.what] if arguments.what else ["labels", "values"]:
        kept, counted = board.get(what, {}), {}
        folders = [folder for folder in golden_cases() if folder.name in arguments.case or not arguments.case]
        if not (arguments.all or arguments.update or arguments.case):
            folders = [folder for folder in folders if folder.name in kept][::SAMPLE_EVERY]
        for folder in folders:
            case = Case(folder, arguments.ziping, ["html", "xlsx", "docx"] if what == "labels" else list(EDITORS))
            counted[folder.name] = dict(sorted((try_labels if what == "labels" else try_values)(case, show).items()))
        total = sum(map(collections.Counter, counted.values()), collections.Counter())
        known = [name for name in counted if name in kept]
        now, then = (sum(bad(what, counts[name]) for name in known) for counts in (counted, kept))
        print(f"{what}: {len(counted)} forms, {sum(total.values())} damages: " + ", ".join(f"{kind} {n}" for kind, n in sorted(total.items()))
              + f"; {' and '.join(BAD[what])} {now} where {then} are kept" * bool(known))
        worse |= now > then
        fresh[what] = counted
    if arguments.update and not worse:
        board |= {what: {**board.get(what, {}), **counted} for what, counted in fresh.items()}
        lines = [f" {json.dumps(what)}: {{\n" + ",\n".join(f"  {json.dumps(name)}: {json.dumps(counts)}" for name, counts in sorted(cases.items())) + "\n }" for what, cases in sorted(board.items())]
        arguments.board.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
