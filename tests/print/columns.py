#!/usr/bin/env python3
"""Prints forms, turns the PDFs into text in columns of spaces, and counts what ziping reads of it.

usage: columns.py [--ziping PROGRAM] [--keep FOLDER] [--show N] [LAYOUT…]    LAYOUT: the start of some; all without

The forms: every golden case with one form as a web page, and 30 random ones of tests/forms/shuffle.py. Printed by WeasyPrint, made text by
`pdftotext -layout`, compared with the case's expected.json but for
white space, status, template and profile. Prints a line a layout:

    LAYOUT: N forms, A exact, B in doubt, C differ unsaid; D of E lines differ

exact: the same form, and no text in doubt. In doubt: D05 names a text that may belong elsewhere, or that was not read, whether the form differs or
not. Differ unsaid: what may not be. Needs weasyprint, pdftotext and the font fonts-wqy-zenhei. Not part of the quick tests.
"""
import argparse
import difflib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "tests/golden"), str(ROOT / "tests/forms")]
import make  # noqa: E402
import run  # noqa: E402
import shuffle  # noqa: E402

LAYOUTS = {  # page, alignment, rules, points
    "landscape-left": ("A4 landscape", "left", True, 9),
    "landscape-centre": ("A4 landscape", "center", True, 10),
    "landscape-unruled": ("A4 landscape", "center", False, 9),
    "portrait-left": ("A4", "left", True, 9),
    "portrait-centre": ("A4", "center", True, 9),
}
RANDOM_SEEDS = range(5001, 5031)


def golden_forms():
    """Name -> (web page, truth), of the cases that print one form and break nothing on purpose."""
    for case in sorted((ROOT / "tests/golden").iterdir()):
        page, truth = case / "input.html", case / "expected.json"
        if page.exists() and not case.name.startswith(("broken-", "seed-")) and truth.read_text().count('"index": ') == 1:
            yield case.name, page.read_text(), truth.read_text()


def random_forms(folder):
    for seed in RANDOM_SEEDS:
        source = folder / f"{seed}.form"
        source.write_text(shuffle.Maker(seed).form())
        files = make.files_of(source)
        yield str(seed), files["input.html"], files["expected.json"]


def styled(page, look):
    size, align, ruled, points = look
    style = (f'<style>@page{{size:{size};margin:1cm}}body{{font-family:"WenQuanYi Zen Hei",sans-serif}}table{{border-collapse:collapse;width:100%}}'
             f'td,th{{font-size:{points}pt;padding:2px 4px;text-align:{align};{"border:1px solid #000" if ruled else ""}}}</style>')
    page = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    return page.replace("<head>", "<head>" + style, 1) if "<head>" in page else style + page


def as_columns(page, place):
    place.with_suffix(".html").write_text(page)
    subprocess.run(["weasyprint", "-q", place.with_suffix(".html"), place.with_suffix(".pdf")], check=True, stderr=subprocess.DEVNULL)
    subprocess.run(["pdftotext", "-layout", place.with_suffix(".pdf"), place.with_suffix(".txt")], check=True)
    return place.with_suffix(".txt")


def try_form(ziping, truth, text):
    """(lines that differ, whether something is in doubt, lines in all)"""
    answer = run.answers(ziping, text)
    wanted, got = (run.without_spaces(re.sub(r'"(?:status|template|profile)": "\w+"', "", one)).splitlines() for one in (truth, answer["expected.json"]))
    lines = [line for line in difflib.unified_diff(wanted, got, lineterm="", n=0) if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return lines, " D05 warning " in answer["expected.findings"], len(wanted)


def try_layout(arguments, name, forms, folder):
    counts, differing, all_lines = {"exact": 0, "in doubt": 0, "differ unsaid": 0}, 0, 0
    (folder / name).mkdir(exist_ok=True)

    def one(form):
        title, page, truth = form
        place = folder / name / title
        text = place.with_suffix(".txt")
        return title, try_form(arguments.ziping, truth, text if text.exists() else as_columns(styled(page, LAYOUTS[name]), place))

    with ThreadPoolExecutor(2) as pool:
        for title, (lines, is_doubtful, n_lines) in pool.map(one, forms):
            kind = "in doubt" if is_doubtful else "differ unsaid" if lines else "exact"
            counts[kind] += 1
            differing += sum(line[0] == "-" for line in lines)
            all_lines += n_lines
            if lines and arguments.show:
                print(f"  {title}: {kind}", *lines[:arguments.show], sep="\n    ")
    says = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    print(f"{name}: {len(forms)} forms, {says}; {differing} of {all_lines} lines differ", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ziping", default=ROOT / "build/dev/ziping")
    parser.add_argument("--keep", type=Path, help="keep prints and texts here, and use those that are there")
    parser.add_argument("--show", type=int, default=0, help="differences to show of each form")
    parser.add_argument("layout", nargs="*")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = arguments.keep or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        forms = [*golden_forms(), *random_forms(folder)]
        for name in LAYOUTS:
            if not arguments.layout or any(name.startswith(start) for start in arguments.layout):
                try_layout(arguments, name, forms, folder)


if __name__ == "__main__":
    main()
