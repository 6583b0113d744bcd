#!/usr/bin/env python3
"""Makes static pages of the papers: README, docs/, the rule pages and the manual page, with a search of their own.

usage: site.py FOLDER     a new or empty one; open FOLDER/index.html, from a disk or from any web server

Pages keep the places of their papers (docs/formats.md is docs/formats.html); README is index.html. What a paper links to and is none of
them is copied beside them. Nothing is asked of a network. The same papers give the same bytes. Needs cmark-gfm and mandoc.
"""
import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[1]
LOOKS = ROOT / "scripts/site"
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"
WORDS = {"zh": {"other": "English", "search": "搜索", "rules": "规则", "skip": "跳到正文"},
         "en": {"other": "中文", "search": "Search", "rules": "Rules", "skip": "Skip to the text"}}
EXTENSIONS = ["-e", "table", "-e", "strikethrough", "-e", "autolink"]


class Page:
    """A paper: where it is, where its page goes, and its text as HTML."""

    def __init__(self, source):
        self.source = source
        name = source.as_posix()
        self.language = "zh" if "zh-CN" in name else "en"
        self.place = re.sub(r"^README", "index", re.sub(r"\.(md|1)$", ".html", name))
        self.is_rule = name.startswith("docs/rules/")
        self.body = self.with_ids(self.manual() if source.suffix == ".1" else self.paper())
        head = re.search(r"<h1[^>]*>(.*?)</h1>", self.body, re.S)
        self.title = plain(head[1]) if head else name
        self.links = []

    def paper(self):
        text = (ROOT / self.source).read_text(encoding="utf-8")
        text = re.sub(r"<!--.*?-->", "", text, flags=re.S)  # heads of rules, marks of lists
        return subprocess.run(["cmark-gfm", "--unsafe", *EXTENSIONS], input=text, capture_output=True, text=True, check=True).stdout

    def manual(self):
        shown = subprocess.run(["mandoc", "-T", "html", "-O", "fragment", ROOT / self.source], capture_output=True, text=True, check=True).stdout
        shown = re.sub(r'<(table|div) class="(?:head|foot)".*?</\1>', "", shown, flags=re.S)
        return f"<h1>ziping(1)</h1>\n{shown}"

    @staticmethod
    def with_ids(body):
        """Headings get the anchors that links to a heading have on the usual hosts of source code."""
        seen = {}

        def head(match):
            if "id=" in match[2]:
                return match[0]
            words = html.unescape(re.sub(r"<[^>]*>", "", match[3])).strip()
            slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            seen[slug] = seen.get(slug, -1) + 1
            return f'<h{match[1]} id="{html.escape(slug)}{f"-{seen[slug]}" if seen[slug] else ""}"{match[2]}>{match[3]}</h{match[1]}>'

        return re.sub(r"<h([1-6])([^>]*)>(.*?)</h\1>", head, body, flags=re.S)

    def up(self):
        return "../" * self.place.count("/")

    def sections(self):
        """(anchor, heading, text) of the stretches between headings."""
        parts = re.split(r'<h[1-6] id="([^"]*)"[^>]*>(.*?)</h[1-6]>', self.body, flags=re.S)
        for anchor, heading, text in zip(parts[1::3], parts[2::3], parts[3::3]):
            yield html.unescape(anchor), plain(heading), plain(text)


def plain(markup):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", markup))).strip()


def papers():
    found = [Path("README.md"), Path("README.zh-CN.md"), *(path.relative_to(ROOT) for path in sorted((ROOT / "docs").glob("*.md"))),
             Path("docs/ziping.1"), Path("docs/ziping.zh-CN.1"), Path("CHANGELOG.md"), Path("CONTRIBUTING.md"),
             *(path.relative_to(ROOT) for path in sorted((ROOT / "docs/rules").glob("*.md")))]
    return {page.source.as_posix(): page for page in map(Page, found)}


def relink(page, pages, copied):
    """Links to papers lead to their pages; other files are copied, folders and what is outside have no link."""
    folder = PurePosixPath(page.source.as_posix()).parent

    def lead(match):
        kind, target, anchor = match[1], html.unescape(match[2]), match[3] or ""
        if re.match(r"[a-z]+:", target) or not target:
            return match[0]
        path = os.path.normpath(folder / target)
        page.links.append(path + anchor)
        if path in pages:
            return f'{kind}="{page.up()}{pages[path].place}{anchor}"'
        if path.startswith("..") or not (ROOT / path).is_file():
            return f'data-{kind}="{html.escape(target)}"'
        copied.add(path)
        return f'{kind}="{page.up()}{html.escape(path)}"'

    page.body = re.sub(r'\b(href|src)="([^"#]*)(#[^"]*)?"', lead, page.body)


def navigation(page, pages):
    chosen = [other for other in pages.values() if not other.is_rule and other.language == page.language]
    untold = [other for other in pages.values() if not other.is_rule and other.language == "en" and page.language == "zh" and twin(other, pages) is None]
    lines = [f'<li><a href="{page.up()}{other.place}"{" aria-current=page" if other is page else ""}>{html.escape(other.title)}</a></li>' for other in chosen + untold]
    rules = "".join(f'<a href="{page.up()}{other.place}" title="{html.escape(other.title)}">{other.source.stem}</a> ' for other in pages.values() if other.is_rule)
    return f'<ul>{"".join(lines)}</ul><h2>{WORDS[page.language]["rules"]}</h2><p class="rules">{rules}</p>'


def twin(page, pages):
    name = page.source.as_posix()
    other = name.replace(".zh-CN", "") if ".zh-CN" in name else re.sub(r"\.(md|1)$", r".zh-CN.\1", name)
    return pages.get(other) if other != name else None


def whole(language, title, up, body, beside, other="", scripts=""):
    words = WORDS[language]
    return f"""<!DOCTYPE html>
<html lang="{"zh-CN" if language == "zh" else "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{html.escape(title)} · ziping</title>
<link rel="stylesheet" href="{up}site.css">
{scripts}</head>
<body>
<a class="skip" href="#text">{words["skip"]}</a>
<header><a class="name" href="{up}index{".zh-CN" if language == "zh" else ""}.html">ziping 自评</a>
<form action="{up}search.html" role="search"><input type="search" name="q" aria-label="{words["search"]}" placeholder="{words["search"]}"></form>
{other}</header>
<nav>{beside}</nav>
<main id="text">
{body}</main>
</body>
</html>
"""


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"site.py: {folder} is not empty: give a new folder")
    pages, copied = papers(), set()
    for page in pages.values():
        relink(page, pages, copied)
    for page in pages.values():
        other = twin(page, pages)
        lead = f'<a href="{page.up()}{other.place}">{WORDS[page.language]["other"]}</a>' if other else ""
        target = folder / page.place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(whole(page.language, page.title, page.up(), page.body, navigation(page, pages), lead), encoding="utf-8")
    for path in sorted(copied):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, folder / path)
    # docs/rules.md is the rule pages once more.
    index = [[page.place, anchor, page.title, heading, text] for name, page in pages.items() if name != "docs/rules.md" for anchor, heading, text in page.sections()]
    (folder / "index.js").write_text(f"const SECTIONS = {json.dumps(index, ensure_ascii=False, separators=(',', ':'))};\n", encoding="utf-8")
    (folder / "search.html").write_text(whole("en", "Search 搜索", "", '<h1>Search 搜索</h1>\n<p id="count" role="status"></p>\n<ol id="found"></ol>\n', navigation(pages["README.md"], pages),
                                              scripts='<script src="index.js" defer></script>\n<script src="search.js" defer></script>\n'), encoding="utf-8")
    for name in ("site.css", "search.js"):
        shutil.copyfile(LOOKS / name, folder / name)
    print(f"{len(pages)} pages, {len(copied)} files, {len(index)} places to be found: {folder / 'index.html'}")


main()
