#!/usr/bin/env python3
"""Every report byte by byte: each writer of `ziping formats`, in both languages.

usage: reports.py ZIPING [--update]     --update: write what is expected anew; look at the difference before it is committed

in/two.txt has findings in its first and its second form and none in its third, clean.txt has none, bare.txt heads without rows, bytes.txt a note about the whole file, columns.txt three of one name, a figure in brackets and what a workbook escapes, empty.txt no form, damaged.pdf and
missing.txt cannot be read, page.html has tables, book.xlsx sheets, folder holds files of three kinds that are not read. Expected texts stand in expected/RUN.FORMAT.LANG, or RUN.FORMAT where both languages are the same.
Version and digest of the rules are taken out; the rules' pages in SARIF; of a report page its scripts and styles; a workbook is its parts, a database its dump.
"""
import base64
import difflib
import gzip
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORDS = ["two.txt", "clean.txt", "bare.txt", "bytes.txt", "columns.txt", "empty.txt", "damaged.pdf", "missing.txt", "page.html", "book.xlsx", "folder"]
# What is asked of each run besides its outputs.
RUNS = {
    "check": ["check", "--no-config", *WORDS],
    "known": ["check", "--config", "settings.yaml", "--baseline", "base.json", "--diff-from", "old.json", "--statistics", "--all", "--repairs", "--verbose", "two.txt", "page.html"],
    "show": ["check", "--no-config", "--show", "error", "--ledger", "ledger.txt", "two.txt", "clean.txt"],
    "convert": ["convert", "--no-config", *WORDS],
}
TABLES = ["indicators", "funds", "forms", "findings"]


def run(ziping, folder, *words):
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": str(folder / "none"), "HOME": str(folder / "none"),
                   **{name: value for name, value in os.environ.items() if "SAN_OPTIONS" in name}}
    done = subprocess.run([ziping, *words], cwd=folder, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"ziping {' '.join(words)}: exit {done.returncode}\n{done.stderr}")
    return done


def unpacked(block):
    """What a report page gets: its JSON, without the pages of the rules."""
    value = json.loads(gzip.decompress(base64.b64decode(block[2])))
    lines = json.dumps(value, ensure_ascii=False, indent=1)
    return block[1].replace("<script", "<block") + re.sub(r'"(?:[^"\\]|\\.){700,}"', '"…"', lines) + "</block>"


def readable(path):
    """A report as a text without what changes with each release."""
    data = path.read_bytes()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(path) as book:
            parts = [f"== {name}\n" + re.sub(r"(</(?:row|si|c|sheet|mergeCell|hyperlink|xf|font|fill|col|definedName)>)(?!\n)", r"\1\n", book.read(name).decode())
                     for name in sorted(book.namelist()) if not re.search(r"theme|styles", name)]
            parts.append("== formats\n" + "\n".join(re.findall(r'formatCode="[^"]*"', book.read("xl/styles.xml").decode())))
        text = "\n".join(parts) + "\n"
    elif data.startswith(b"SQLite"):
        with sqlite3.connect(path) as base:
            text = "\n".join(base.iterdump()) + "\n"
    else:
        text = re.sub(r'(<script type="text/plain" class="\w+">)(.*?)</script>', unpacked, data.decode("utf-8"))
    text = re.sub(r"sha256:[0-9a-f]{64}", "sha256:RULES", text)
    text = re.sub(r"(<(script|style)\b(?![^>]*json)[^>]*>).*?(</\2>)", r"\1…\3", text, flags=re.S)
    text = re.sub(r"script-src [^;\"]*|style-src [^;\"]*", lambda match: re.sub(r"'sha256-[^']*'", "'sha256-…'", match[0]), text)
    text = re.sub(r'"(?:[^"\\\n]|\\.){700,}"', '"…"', text) if data.startswith(b'{') and b"sarif" in data[:200] else text
    return text.replace(VERSION, "VERSION")


def reports(ziping, folder, formats, language):
    """(name of the expected file, text) of everything that is written in a language."""
    for name, words in RUNS.items():
        # Workbooks and databases are long, and differ little from run to run; pdf-text is one scan's, and goes alone.
        ways = [row["name"] for row in formats if row[words[0]] and row["name"] != "pdf-text" and (name in ("check", "convert") or row["name"] not in ("xlsx", "sqlite"))]
        option = "--to" if words[0] == "convert" else "--format"
        outputs = {way: f"out-{name}-{way}" for way in ways}
        told = run(ziping, folder, words[0], "--lang", language, *words[1:], *(word for way, out in outputs.items() for word in (option, f"{way}={out}")))
        yield f"{name}.stderr", told.stderr.replace(VERSION, "VERSION")
        for way, out in outputs.items():
            yield f"{name}.{way}", readable(folder / out)
    for table in TABLES:
        run(ziping, folder, "convert", "--no-config", "--lang", language, "--to", "csv=out", "--table", table, "--excel", *WORDS)
        yield f"table-{table}.csv", readable(folder / "out")
    for way in ("json", "ndjson", "csv"):
        run(ziping, folder, "convert", "--no-config", "--lang", language, "--to", f"{way}=out", "--ledger", "ledger.txt")
        yield f"ledger.{way}", readable(folder / "out")


def prepare(ziping, folder):
    for path in (HERE / "in").iterdir():
        shutil.copy(path, folder)
    shutil.copy(HERE.parent / "golden/seed-6/input.xlsx", folder / "book.xlsx")
    (folder / "folder").mkdir()
    for name, data in {"a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "b.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "c.gif": b"GIF89a", "d.bin": b"\0\1\2"}.items():
        (folder / "folder" / name).write_bytes(data)
    now = (folder / "two.txt").read_text(encoding="utf-8")
    (folder / "two.txt").write_text(now.replace("95.98", "95.9"), encoding="utf-8")  # a finding that will be gone
    (folder / "old.json").write_text(run(ziping, folder, "check", "--no-config", "--format", "json", "two.txt").stdout, encoding="utf-8")
    (folder / "two.txt").write_text(now, encoding="utf-8")
    run(ziping, folder, "baseline", "write", "--no-config", "page.html", "-o", "base.json")


def main():
    global VERSION
    ziping, update = str(Path(sys.argv[1]).resolve()), "--update" in sys.argv[2:]
    VERSION = subprocess.run([ziping, "--version"], check=True, capture_output=True, text=True).stdout.split()[1]
    formats = json.loads(subprocess.run([ziping, "formats", "--format", "json"], check=True, capture_output=True, text=True).stdout)["written"]
    made = {}
    for language in ("zh", "en"):
        with tempfile.TemporaryDirectory() as folder:
            prepare(ziping, Path(folder))
            for name, text in reports(ziping, Path(folder), formats, language):
                made.setdefault(name, {})[language] = text
    files = {}
    for name, texts in made.items():
        files.update({name: texts["zh"]} if texts["zh"] == texts["en"] else {f"{name}.{language}": text for language, text in texts.items()})
    expected = {path.name: path.read_bytes().decode("utf-8") for path in (HERE / "expected").glob("*")}
    bad = sorted(name for name in files.keys() | expected.keys() if files.get(name) != expected.get(name))
    for name in bad:
        if update and name in files:
            (HERE / "expected" / name).write_bytes(files[name].encode("utf-8"))
        elif update:
            (HERE / "expected" / name).unlink()
        else:
            lines = [*difflib.unified_diff(expected.get(name, "").splitlines(), files.get(name, "").splitlines(), f"expected/{name}", "written", n=0, lineterm="")]
            print("\n".join(line[:300] for line in lines[:12]))
    print(f"{len(files)} reports, {len(bad)} differ" + (", written anew" if update and bad else ""))
    sys.exit(1 if bad and not update else 0)


main()
