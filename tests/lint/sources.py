#!/usr/bin/env python3
"""What a reader of the sources would check by hand, one function a promise.

usage: sources.py [PROMISE…]      all promises when none is named
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ["src", "parsers", "rules"]

# Where a binary floating-point number may stand: places on a page, never a figure of a form.
# The runs and join files, aligned.c, the PDF module, parsers/ofd and parsers/print weigh places only: what they hand on is text.
FLOAT_ALLOWED = [
    ("src/output/", r"\bbbox\b|\bbox\b"),
    ("src/output/model_json.c", r"put_side\(ZpEmitter \*emitter, float side\)"),  # of a box
    # The file holds the eight bytes; as 17 digits they are what a new workbook has for a text.
    ("parsers/xls/book.c", r"double number;|g_ascii_formatd\(digits"),
    ("src/output/sheet.c", r"write_number\(.*g_ascii_strtod"),  # what a workbook's number gives back unchanged
    ("src/output/drawn_book.c", r"worksheet_write_number\(.*g_ascii_strtod|g_ascii_strtod\(figure.number, NULL\)"),
    ("src/recognise/runs", r"\bfloat\b"),
    ("src/recognise/costs.h", r"\bfloat\b"),
    ("src/recognise/join", r"\bfloat\b"),
    ("src/recognise/lattice", r"\bfloat\b|G_MAXFLOAT|1e9F"),
    ("src/recognise/ledger_lay", r"\bfloat\b|G_MAXFLOAT"),
    ("parsers/pdf/", r"\b(?:float|double)\b"),
    ("parsers/print/", r"\b(?:float|double)\b"),
    ("parsers/ofd/", r"\b(?:float|double)\b"),
    ("src/model/place.h", r"float x0, y0, x1, y1;"),
    ("parsers/image/", r"\b(?:float|double)\b"),
    ("parsers/ofd/mark.c", r"g_ascii_formatd\(text, sizeof text"),
    ("parsers/pdf/layer.c", r"g_ascii_formatd\(text, sizeof text"),
    ("parsers/text/aligned.c", r"\(float\)"),
    ("src/run/wire.", r"zp_wire_float\(ZpWire \*wire, float \*number\)"),  # corners of a box
    ("src/run/record_form.c", r"float \*const sides\[\] = \{&box->"),
]
FLOATING = re.compile(r"\b(?:double|float|strto(?:d|f|ld)|ato[f]|g_ascii_strtod|g_strtod|g_ascii_formatd)\b")

# Paths that exist on one machine only. Spelled so that this file does not hold them itself.
MACHINE_PATHS = re.compile(r"/wor[k]/|/hom[e]/\w|/roo[t]/|\.\./share[d]|/tmp/[b]-")


def files(folders, *suffixes):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.name.endswith(suffixes):
                yield path


def name(path):
    return str(path.relative_to(ROOT))


def without_comments(text):
    """C text with comments and string literals blanked, line breaks kept."""
    blank = lambda match: re.sub(r"[^\n]", " ", match.group())
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.S)


def floats():
    """No figure is ever a binary floating-point number."""
    for path in files(CODE, ".c", ".h"):
        for number, line in enumerate(without_comments(path.read_text(encoding="utf-8")).splitlines(), 1):
            allowed = any(name(path).startswith(where) and re.search(what, line) for where, what in FLOAT_ALLOWED)
            if FLOATING.search(line) and not allowed:
                yield f"{name(path)}:{number}: {line.strip()}"


def machine_paths():
    """Nothing names a folder of somebody's machine."""
    for path in files(["."], ".c", ".h", ".def", ".py", ".sh", ".md", ".yaml", ".txt", ".json", "NOTE", "run"):
        if name(path).split("/")[0] in ("build", ".git", "samples"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if MACHINE_PATHS.search(line):
                yield f"{name(path)}:{number}: {line.strip()[:100]}"


def lengths():
    """A .c file stays under 500 lines, a header under 120 unless it is a contract of types (200); ziping.h is a manual, limits.h a list."""
    for path in files(CODE, ".c", ".h"):
        count = path.read_text(encoding="utf-8").count("\n")
        if count > (500 if path.suffix == ".c" else 300 if path.name in ("ziping.h", "limits.h") else 200):
            yield f"{name(path)}: {count} lines; split it by noun"


def heads():
    """Every C file begins with the comment that explains it."""
    for path in files(CODE, ".c", ".h"):
        if not path.read_text(encoding="utf-8").startswith("/*"):
            yield f"{name(path)}: no head comment"


def rule_cases():
    """Every rule that judges a form fires in some golden case or in an example of its page."""
    golden = "\n".join(path.read_text(encoding="utf-8") for path in files(["tests/golden"], "expected.findings"))
    repairs = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests/golden").glob("*/expected.repairs.*"))
    fired = set(re.findall(r"^\S+ (\w+) (?:error|warning|note) ", golden, re.M)) | set(re.findall(r"^\S+ (\w+) ", repairs, re.M))
    for page in files(["docs/rules"], ".md"):
        if page.stem not in fired and "```" not in page.read_text(encoding="utf-8"):
            yield f"{page.stem}: neither a golden case nor an example"


def limits():
    """Every limit of base/limits.h is reached by a test, which names it."""
    header = (ROOT / "src/base/limits.h").read_text(encoding="utf-8")
    tests = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files(["tests"], ".c", ".sh", ".py"))
    for limit in re.findall(r"^#define (ZP_LIMIT_\w+)", header, re.M):
        if limit not in tests:
            yield f"{limit}: no test names it"


# Where a format that is read is named outside its folder, and why.
FORMAT_ALLOWED = [
    ("src/output/label.c", "html"),  # the lines of a page's source are not what a reader sees; output knows no parser
]


def formats():
    """Only its folder and its row know a format: nobody else asks whether a document is of it, and `fix` names none."""
    rows = "".join(path.read_text(encoding="utf-8") for path in files(["parsers"], ".c"))
    names = re.findall(r"const ZpParser zp_\w+_parser = \{\s*\.name = \"(\w+)\"", rows)
    one = "|".join(names)
    asked = re.compile(rf'(?:strcmp0?|str_equal)\([^;"]*format[^;"]*"({one})"')
    named = re.compile(rf'"({one})"|parsers/({one}|ooxml)/|\bzp_({one})_(?:parser|cells)')
    for path in files(["src"], ".c", ".h"):
        mends = name(path).startswith(("src/mend/", "src/cli/fix"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = (named if mends else asked).search(line)
            if found and (name(path), found[1]) not in FORMAT_ALLOWED:
                yield f"{name(path)}:{number}: {line.strip()}"


PROMISES = [floats, machine_paths, lengths, heads, formats, rule_cases, limits]


def main():
    chosen = [promise for promise in PROMISES if promise.__name__ in sys.argv[1:] or not sys.argv[1:]]
    bad = 0
    for promise in chosen:
        for complaint in promise():
            bad += 1
            print(f"{promise.__name__}: {complaint}")
    sys.exit(1 if bad or not chosen else 0)


main()
