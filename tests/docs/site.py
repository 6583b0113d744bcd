#!/usr/bin/env python3
"""The static pages of scripts/site.py: every paper has one, every link leads somewhere, the same papers give the same bytes; in Chromium,
where it is installed, the search finds what it should and nothing is refused by the pages' own policy.

usage: site.py
"""
import filecmp
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
bad = []


def expect(what, is_so):
    if not is_so:
        bad.append(what)


def build(folder):
    return subprocess.run([sys.executable, ROOT / "scripts/site.py", folder], capture_output=True, text=True)


def files(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def try_links(folder):
    pages = {path: (folder / path).read_text(encoding="utf-8") for path in files(folder) if path.suffix == ".html" and (folder / path).read_bytes().startswith(b"<!DOCTYPE html>\n<html lang=")}
    ids = {path: set(map(html.unescape, re.findall(r'\bid="([^"]*)"', text))) for path, text in pages.items()}
    for path, text in pages.items():
        for link in re.findall(r'(?<![-\w])(?:href|src|action)="([^"]*)"', text):
            target, _, anchor = urllib.parse.unquote(html.unescape(link)).partition("#")
            if re.match(r"[a-z]+:", target):
                expect(f"{path}: {link} is no address of the web", target.startswith("https://"))
                continue
            to = Path(os.path.normpath(path.parent / target)) if target else path
            expect(f"{path}: {link} leads nowhere", (folder / to).is_file() and not to.as_posix().startswith(".."))
            expect(f"{path}: {link} has no such place", not anchor or to not in ids or anchor in ids[to])
        expect(f"{path}: something of another place is loaded", not re.search(r'(?:src|stylesheet" href)="[a-z]+:', text))
    return pages


def try_chromium(folder):
    if not shutil.which("chromium"):
        print("chromium is not installed: the search was not tried")
        return
    with tempfile.TemporaryDirectory() as profile:
        def shown(query):
            address = f"{(folder / 'search.html').as_uri()}?q={urllib.parse.quote(query)}"
            done = subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}", "--enable-logging=stderr", "--virtual-time-budget=5000",
                                   "--dump-dom", address], capture_output=True, text=True, timeout=120)
            said = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
            expect(f"{query}: {said}", not said)
            return done.stdout

        rule = shown("执行率 取整")
        expect("the search for 执行率 取整 does not find F01", "docs/rules/F01.html#" in rule and "<mark>执行率</mark>" in rule)
        expect("what nowhere stands is found", "<li><a" not in shown("zzqq").split('id="found"')[1])
        hostile = shown('<img src=x onerror=alert(1)>')
        expect("the words of a search are mark-up", "<img" not in hostile.split("<main")[1])


with tempfile.TemporaryDirectory() as work:
    one, other = Path(work, "one"), Path(work, "other")
    done = build(one)
    expect(f"site.py: exit {done.returncode}: {done.stderr}", done.returncode == 0)
    again = build(one)
    expect(f"a folder with something in it: exit {again.returncode}", again.returncode == 1 and "is not empty" in again.stderr)
    build(other)
    names = files(one)
    expect("two runs differ", names == files(other) and filecmp.cmpfiles(one, other, names, shallow=False)[1:] == ([], []))
    pages = try_links(one)
    for paper in [*ROOT.glob("docs/*.md"), *ROOT.glob("docs/rules/*.md"), *ROOT.glob("docs/ziping*.1")]:
        expect(f"{paper.name} has no page", paper.relative_to(ROOT).with_suffix(".html") in pages)
    try_chromium(one)
print("\n".join(bad) or f"{len(pages)} pages")
sys.exit(1 if bad else 0)
