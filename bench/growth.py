#!/usr/bin/env python3
"""How the work grows with the input: the exponent of each family of documents, by doubling.

usage: growth.py ZIPING [--times X] [FAMILY…]

Each family is a document with n of something. Instructions under callgrind of all processes for n, 2n and 4n: what the last doubling adds
over what the one before added is 2 to the exponent, so that neither starting the program nor a fixed part counts. Linear is 1, n·log n
a little more. Prints a line a family; ends with 1 when one is above MOST. --times: so many times the sizes of the
table; 8 takes an idle machine some minutes.
"""
import argparse
import math
import random
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/cli"))
import office  # noqa: E402

MOST = 1.3
TITLE = "项目支出绩效自评表"
LABELS = "项目名称 主管部门 实施单位 全年预算数 全年执行数 分值 执行率 得分 一级指标 二级指标 三级指标 年度指标值 实际完成值 偏差原因分析".split()
HEADS = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分".split()
WORDS = [*LABELS, "12", "≥5个", "完成"]


def words(n, of=WORDS):
    return random.Random(1).choices(of, k=n)


def row(k):
    return ["产出指标", "数量指标", f"指标{k}", f"≥{k}个", f"{k}个", "1", "1"]


def cells(row_, tag="td"):
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row_) + "</tr>"


def page(*rows, before="", attributes=""):
    head = "<tr><td>项目名称</td><td colspan=6>道路养护</td></tr>"
    return f"<!DOCTYPE html><html><body{attributes}><h1>{TITLE}</h1>{before}<table>{head}{''.join(rows)}</table></body></html>"


def goals(n):
    head = f"<tr><td rowspan={n + 1}>年度总体目标</td><td colspan=3>预期目标</td><td colspan=3>实际完成情况</td></tr>"
    return page(head, *(f"<tr><td colspan=3>完成第{k}项</td><td colspan=3>已完成{k}</td></tr>" for k in range(n)), cells(HEADS), cells(row(1)))


def aligned(n):
    widths = (10, 10, 14, 12, 12, 6, 6)
    return "\n".join([TITLE, "项目名称  道路养护", *("".join(cell + " " * (width - sum(1 + (c > "⺀") for c in cell)) for cell, width in zip(cells_, widths)).rstrip()
                                             for cells_ in [HEADS, *map(row, range(n))])])


def ruled(n):
    line = "-------- -------- ---------- ---------- ---------- ---- ----"
    return "\n".join([TITLE, "", line, "一级指标 二级指标 三级指标   年度指标值 实际完成值 分值 得分", line,
                      *(f"产出指标 数量指标 指标{k:<6} ≥{k:<8} {k:<10} 1    1\n" for k in range(n)), line, ""])


def pipes(n):
    return "\n".join([f"# {TITLE}", "", *("|" + "|".join(r) + "|" for r in [HEADS, ["---"] * 7, *map(row, range(n))])])


def docx(n):
    return office.docx(office.p(TITLE) + office.tbl(office.tr(*HEADS), *(office.tr(*row(k)) for k in range(n))))


def xlsx(n):
    def line(number, cells_):
        return f'<row r="{number}">' + "".join(f'<c r="{"ABCDEFG"[c]}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' for c, cell in enumerate(cells_)) + "</row>"
    return office.xlsx([("a", "visible", office.sheet("".join(line(k, cells_) for k, cells_ in enumerate([[TITLE], HEADS, *map(row, range(n))], 1))))])


def pdf(contents):
    """Pages of these contents, in a font that is not embedded."""
    font = ("<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/SimSun/Flags 4"
            "/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>>>]>>")
    kids = [5 + 2 * k for k in range(len(contents))]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>".encode(), font.encode()]
    for kid, content in zip(kids, contents):
        packed = zlib.compress(content.encode())
        objects += [b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
                    f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 1190]/Resources<</Font<</F 3 0 R>>>>/Contents {kid - 1} 0 R>>".encode()]
    out, places = b"%PDF-1.5\n", []
    for k, text in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (k, text)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))


def show(x, y, text, size=9.0):
    return f"BT /F {size:.2f} Tf {x} {y:.2f} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def pdf_words(n):
    lines = -(-n // 20)
    return pdf([show(300, 1150, TITLE, 14) + "".join(show(20 + k % 20 * 40, 1130 - k // 20 * 1100 / lines, word, min(9, 900 / lines))
                                                      for k, word in enumerate(words(n)))])


def pdf_pages(n):
    edges, contents = [30, 100, 180, 330, 430, 530, 590, 650], []
    for number in range(n):
        rows = [HEADS if number == k == 0 else row(10 * number + k) for k in range(10)]
        contents.append("".join(show(x + 3, 1126 - 24 * k, cell) for k, cells_ in enumerate(rows) for x, cell in zip(edges, cells_)) +
                        "".join(f"30 {1144 - 24 * k} m 650 {1144 - 24 * k} l S\n" for k in range(11)) + "".join(f"{x} 1144 m {x} 904 l S\n" for x in edges))
    return pdf(contents)


# name: what there is n of, n, suffix, the document
FAMILIES = {
    "label-line": ("labels in one line of text", 500, "txt", lambda n: TITLE + "\n" + "".join(words(n, LABELS))),
    "word-line": ("words in one line of text", 500, "txt", lambda n: TITLE + "\n" + "  ".join(words(n))),
    "word-lines": ("lines of 60 words", 10, "txt", lambda n: "\n".join([TITLE, *("  ".join(words(60)) for _ in range(n))])),
    "one-a-line": ("words, one a line", 500, "txt", lambda n: "\n".join([TITLE, *words(n)])),
    "aligned": ("rows of text in columns", 50, "txt", aligned),
    "tabs": ("rows of text with tabs", 100, "txt", lambda n: "\n".join([TITLE, *("\t".join(r) for r in [HEADS, *map(row, range(n))])])),
    "ruled": ("rows of a ruled Markdown table", 100, "md", ruled),
    "pipes": ("rows of a Markdown table", 100, "md", pipes),
    "rows": ("rows of a page", 100, "html", lambda n: page(cells(HEADS), *(cells(row(k)) for k in range(n)))),
    "goals": ("rows of a goal", 400, "html", goals),
    "cell": ("labels in one cell", 500, "html", lambda n: page(f"<tr><td colspan=7>{'：'.join(words(n, LABELS))}</td></tr>", cells(HEADS), cells(row(1)))),
    "attributes": ("attributes of one tag", 4000, "html", lambda n: page(cells(HEADS), cells(row(1)), attributes="".join(f" a{k}='b'" for k in range(n)))),
    "tables": ("tables of a page", 100, "html", lambda n: page(cells(HEADS), cells(row(1)), before="<table><tr><td>项目名称</td><td>甲</td></tr></table>" * n)),
    "forms": ("forms of a page", 20, "html", lambda n: "".join(page(cells(HEADS), cells(row(k))) for k in range(n))),
    "docx": ("rows of a Word table", 100, "docx", docx),
    "xlsx": ("rows of a sheet", 100, "xlsx", xlsx),
    "pdf-words": ("words of a page without rules", 200, "pdf", pdf_words),
    "pdf-pages": ("pages of one table", 10, "pdf", pdf_pages),
}


def instructions(ziping, path, folder):
    """Of parent and workers."""
    for old in folder.glob("cost.*"):
        old.unlink()
    done = subprocess.run(["valgrind", "--tool=callgrind", "--trace-children=yes", f"--callgrind-out-file={folder}/cost.%p", ziping, "convert",
                           "--jobs", "1", "--no-sandbox", "--max-time", "3600", "-q", "-o", "/dev/null", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"growth.py: {path.name}: exit {done.returncode}")
    return sum(int(line.split()[1]) for cost in folder.glob("cost.*") for line in cost.read_text().splitlines() if line.startswith("totals:"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ziping")
    parser.add_argument("--times", type=float, default=1)
    parser.add_argument("families", nargs="*", metavar="FAMILY")
    options = parser.parse_intermixed_args()
    worst = 0
    with tempfile.TemporaryDirectory() as name:
        for family in options.families or FAMILIES:
            what, n, suffix, make = FAMILIES[family]
            sizes = [int(n * options.times) * doubled for doubled in (1, 2, 4)]
            costs = []
            for size in sizes:
                data = make(size)
                path = Path(name) / f"{family}-{size}.{suffix}"
                path.write_bytes(data if isinstance(data, bytes) else data.encode())
                costs.append(instructions(options.ziping, path, Path(name)))
            if costs[2] <= costs[1]:
                raise SystemExit(f"growth.py: {family}: {sizes[2]} {what} are refused, which says nothing about growth")
            exponent = math.log2((costs[2] - costs[1]) / (costs[1] - costs[0]))
            worst = max(worst, exponent)
            print(f"{family:12} {sizes[-1]:6} {what:32} {costs[2] / 1e6:8.0f} million  {exponent:.2f}{'  above ' + str(MOST) if exponent > MOST else ''}", flush=True)
    sys.exit(worst > MOST)


main()
