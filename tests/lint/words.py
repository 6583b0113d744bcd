#!/usr/bin/env python3
"""No English word stands in a Chinese message but formats, rule codes, names of programs, and what a user types.

usage: words.py     looks at the strings of src, parsers and rules and at the heads of docs/rules
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
TYPED = [r"scripts/[\w.]+", r"rules/[\w.]+", r"\b[a-z]+\.[a-z_.]+", r"--?[a-z][\w-]*", r"“?ziping(?: [a-z]+)*", r"\bZP_\w+", r"\.[a-z][\w.]*", r"/[\w./]+",
         r"\{[^}]*\}", r"%[-+ #0-9.*]*(?:l?[sdufx]|llu|zu)", r"\\.", r"&lt;", r"</?[a-z]*", r"`[^`]*`", r"U\+FFFD", r"\b[A-Z]\d\d\b", r"SHA-256", r"poppler-\w+|lib\w+(?:-\w+)?"]
WORDS = set("""
ziping PDF OFD Word Excel WPS HTML XML Markdown OCR JSON CSV SARIF JUnit YAML UTF GB NUL BOM LibreOffice PNG JPEG TIFF GIF BMP HEIC RTF CEB
EPUB SQLite SQL SELECT WAL Office OpenDocument zip gzip bzip xz zstd RAR tar MP WAV AVI PostScript WebP BagIt XFA Adobe Reader GM DOCTYPE altChunk Count
Linux Landlock seccomp TCP Ctrl Alt ulimit TMPDIR libc usr share poppler libgconv so dpi ocr auto always never error warning note unjudged off true false
unit department year zh en text html markdown pdf docx xlsx ofd image json ndjson csv table origin path project indicator template override until
rule reason lang code severity fingerprint count findings archive add list search query show stats years rules export import history upgrade verify
recover recheck link plan baseline write prune fix watch convert check annotate merge doctor explain formats completion bash zsh fish parquet ALL profile name
indicators funds forms page workbook letter workers extends from grades scales power grammar parts labels templates when default require_sandbox report GitHub GitLab Checkstyle NDJSON ODT SVG CSS
""".split())
IN_CODE = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
SAME = re.compile(r'\{\s*"([^"]*[a-z]{3}[^"]*[ -][^"]*)",\s*"\1"\s*\}')


def strings():
    """(file, line, text) of everything that a Chinese reader is told."""
    for folder in ("src", "parsers", "rules"):
        for path in sorted((ROOT / folder).rglob("*.[ch]")):
            code = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"), flags=re.S)
            for n, line in enumerate(code.split("\n"), 1):
                for found in SAME.finditer(line):
                    yield path, n, "中文：" + found[1]
                for found in IN_CODE.finditer(line):
                    yield path, n, found[1]
    for page in sorted((ROOT / "docs/rules").glob("*.md")):
        for n, line in enumerate(page.read_text(encoding="utf-8").split("\n"), 1):
            if re.match(r"\s*zh: ", line):
                yield page, n, line.split("zh: ", 1)[1]


def english_of(text):
    """The words of a Chinese text that no Chinese reader has to know; a text in English has none."""
    if re.search(r'=\\"| AS \\"', text):  # mark-up, SQL
        return []
    for pattern in TYPED:
        text = re.sub(pattern, " ", text)
    words = re.findall(r"[A-Za-z][A-Za-z_]+", text)
    if re.match(r"[a-z][a-z0-9' ]* \([^()]*\)$", text) or re.search(r"yyyy|mm\b|\(\?m\)|\bELSE\b", text): # English with a Chinese name; codes
        return []
    if len(words) > 3 and sum(map(len, words)) > len(CHINESE.findall(text)):
        return []
    return [word for word in words if word not in WORDS]


def main():
    assert english_of("页面上看不见的文字没有读入（display: none）") and not english_of("请用 --show 提高级别")
    bad, n = 0, 0
    for path, line, text in strings():
        if not CHINESE.search(text):
            continue
        n += 1
        words = english_of(text)
        if words:
            bad += 1
            print(f"{path.relative_to(ROOT)}:{line}: {' '.join(words)}: {text}")
    print(f"{n} Chinese texts, {bad} with English words")
    sys.exit(1 if bad or n < 1000 else 0)


main()
