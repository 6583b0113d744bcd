#!/usr/bin/env python3
"""The manual pages of the library, section 3, from the comments of src/ziping.h: one of the whole, one a function.

usage: library-pages.py           writes docs/man3
       library-pages.py --check   fails where docs/man3 is not what would be written
"""
import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADER = ROOT / "src/ziping.h"
PAGES = ROOT / "docs/man3"
FUNCTION = re.compile(r"/\*\*\n(.*?)\n \*/\nZIPING_API ([^;]*);", re.S)


def plain(comment):
    """The text of a comment, without its stars."""
    return re.sub(r"^ \* ?", "", comment, flags=re.M)


def escape(text):
    text = re.sub(r"([.!?]\)?)  ?(?=[A-Z])", r"\1\n", text.replace("\\", "\\e").replace("-", "\\-"))
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in text.split("\n"))


def paragraphs(text):
    """Paragraphs, of which those that are set in are shown as they stand."""
    for part in re.split(r"\n\s*\n", text.strip("\n")):
        if all(line.startswith("    ") for line in part.split("\n")):
            yield ".Bd -literal -offset indent\n" + escape(textwrap.dedent(part)) + "\n.Ed"
        else:
            yield escape(re.sub(r"\s*\n\s*", "\n", part.strip()))


def body(text):
    return "\n.Pp\n".join(paragraphs(text)).replace(".Pp\n.Bd", ".Bd")


def keys(text):
    """The rows of an option list below an argument, `"key"   what it is`, as a tagged list."""
    rows = re.findall(r'^ +"(\w+)"(?=  )(.*(?:\n(?! +"\w+"  ).*)*)', text, re.M)
    if not rows:
        return escape(re.sub(r"\s*\n\s*", "\n", text.strip()))
    head = re.sub(r"\s*\n\s*", "\n", text[:re.search(r'^ +"\w+"  ', text, re.M).start()].strip())
    items = [".It Cm " + key + "\n" + escape(re.sub(r"[ \n]+", " ", what).strip()) for key, what in rows]
    return escape(head) + "\n.Bl -tag -width Ds\n" + "\n".join(items) + "\n.El"


def arguments(text):
    """`@name: what` blocks."""
    items = []
    for names, what in re.findall(r"^((?:@\w+(?:, )?)+): ?(.*(?:\n(?!@).+)*)", text, re.M):
        items.append(".It Fa " + " , ".join(re.findall(r"@(\w+)", names)) + "\n" + keys(what))
    return ".Bl -tag -width Ds\n" + "\n".join(items) + "\n.El" if items else ""


def page(name, what, synopsis, sections, others):
    head = f'.\\" Made by scripts/library-pages.py of src/ziping.h.\n.Dd $Mdocdate$\n.Dt {name.upper()} 3\n.Os ziping\n.Sh NAME\n.Nm {name}\n.Nd {escape(what)}\n'
    text = head + ".Sh LIBRARY\nlibziping, \\-lziping, pkg\\-config ziping\n.Sh SYNOPSIS\n.In ziping.h\n" + synopsis
    text += "".join(f".Sh {title}\n{content}\n" for title, content in sections if content)
    return text + ".Sh SEE ALSO\n" + " ,\n".join(f".Xr {other}" for other in others) + "\n"


def prototype(code):
    result, name, words = re.match(r"(.*?)(\w+)\((.*)\)$", re.sub(r"\s+", " ", code)).groups()
    parameters = [] if words == "void" else words.split(", ")
    return name, f".Ft \"{escape(result.strip())}\"\n.Fo {name}\n" + "".join(f'.Fa "{escape(one)}"\n' for one in parameters or ["void"]) + ".Fc\n"


def function_page(comment, code, names):
    text = plain(comment)
    name, synopsis = prototype(code)
    what = re.match(rf"{name}: ([^\n]*)", text)[1].rstrip(".")
    rest = text.split("\n", 1)[1] if "\n" in text else ""
    while rest and not rest.startswith(("@", "\n")):  # the first sentence goes on
        more, rest = rest.split("\n", 1) if "\n" in rest else (rest, "")
        what += " " + more.strip().rstrip(".")
    first, *parts = re.split(r"^(Returns|Errors): ", rest, flags=re.M)
    said = dict(zip(parts[::2], parts[1::2]))
    blocks = [block for block in re.split(r"\n\n", first.strip("\n")) if block]
    about = [block for block in blocks if not block.startswith("@")]
    sections = [("DESCRIPTION", "\n.Pp\n".join(filter(None, [escape(what[0].upper() + what[1:] + "."), *map(body, about)])) + "\n"
                 + "\n".join(arguments(block) for block in blocks if block.startswith("@"))),
                ("RETURN VALUES", body(said.get("Returns", ""))), ("ERRORS", body(said["Errors"]))]
    sections = [(title, re.sub(r"\n+$", "", content)) for title, content in sections]
    near = [f"{other} 3" for other in ["libziping", *sorted(names)] if other != name]
    return name, page(name, what, synopsis, sections, ["ziping 1", *near])


def pages():
    header = HEADER.read_text(encoding="utf-8")
    found = FUNCTION.findall(header)
    names = [prototype(code)[0] for _, code in found]
    assert len(names) <= 15 and len(set(names)) == len(names), "at most fifteen functions"
    head = plain(re.match(r"/\*\n(.*?)\n \*/", header, re.S)[1])
    title, rest = head.split("\n", 1)
    codes = re.search(r"/\* (Codes of errors.*?) \*/\ntypedef enum \{\n(.*?)\n\} ziping_code;", header, re.S)
    rows = re.findall(r"(ZIPING_ERROR_\w+) = (\d+),? +/\* (.*?) \*/", codes[2])
    listed = escape(codes[1]) + "\n.Bl -tag -width Ds\n" + "\n".join(f".It Dv {name} No = {number}\n{escape(what)}" for name, number, what in rows) + "\n.El"
    result = {"libziping": page("libziping", title.split(": ", 1)[1].rstrip("."), "", [("DESCRIPTION", body(rest)), ("ERRORS", listed)],
                                ["ziping 1", *(f"{name} 3" for name in sorted(names))])}
    for comment, code in found:
        name, text = function_page(comment, code, names)
        result[name] = text
    return {f"{name}.3": text.replace("$Mdocdate$", "January 1, 2026") for name, text in result.items()}


def main():
    wanted = pages()
    if sys.argv[1:] == ["--check"]:
        there = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*")}
        stale = sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))
        print("\n".join(f"docs/man3/{name} is not what scripts/library-pages.py writes" for name in stale) or f"{len(wanted)} pages")
        sys.exit(1 if stale else 0)
    PAGES.mkdir(exist_ok=True)
    for path in PAGES.glob("*"):
        path.unlink()
    for name, text in wanted.items():
        (PAGES / name).write_text(text, encoding="utf-8")


main()
