#!/usr/bin/env python3
"""Changes of one line of C that a test should notice: which there are, and one of them planted.

usage: plant.py list ROOT SEED COUNT PATH…       so many of those in the C files of these folders, a line of JSON each
       plant.py plant ROOT JSON                  change the file, and print its name
       plant.py say JSON                         a change for people
       plant.py self-test

A condition negated, a statement dropped, a constant changed, an operator swapped. Lines that remove or rename files are left alone:
the mutant of a deletion deletes something else.
"""
import json
import random
import re
import sys
from pathlib import Path

SWAPPED = {"<=": "<", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&", "<": "<=", ">": ">=", "+": "-", "-": "+", "+=": "-=", "-=": "+="}
OPERATOR = re.compile(r"(?<= )(<=|>=|==|!=|&&|\|\||<|>|\+=|-=|\+|-)(?= )")
CONDITION = re.compile(r"^(\s+(?:\} else )?(?:if|while) \()(.+)(\)(?: \{)?)$")
STATEMENT = re.compile(r"^\s+(?:[\w>.\[\]*-]+ [-+|&]?= [^;]+|[a-z_]\w*\([^;]*\)|[\w>.-]+(?:\+\+|--));$")
CONSTANT = re.compile(r"(?<![\w.\"'%])(\d+|true|false)(?![\w.\"'])")
DANGEROUS = re.compile(r"unlink|rename|rmdir|g_remove|kill\(|\bfork|g_free|_unref|_decref|_free\(|_clear\(|close\(|G_N_ELEMENTS|static_assert|case ")


def blanked(line):
    """Strings and remarks are not code."""
    return re.sub(r'"(?:\\.|[^"\\])*"|/\*.*?\*/|\'(?:\\.|[^\'\\])\'', lambda match: "\0" * len(match[0]), line)


def of_line(line):
    """(what, new line) of every change of a line."""
    bare = blanked(line)
    if DANGEROUS.search(line) or "/*" in bare or not line.startswith("    "):
        return
    found = CONDITION.match(bare)
    if found and bare.count("(") == bare.count(")"):
        yield "negated", line[:found.end(1)] + "!(" + line[found.end(1):found.end(2)] + ")" + line[found.end(2):]
    if STATEMENT.match(bare) and not re.match(r"\s+(return|break|continue|goto)\b", bare):
        yield "dropped", re.match(r"\s+", line)[0] + ";"
    for match in OPERATOR.finditer(bare):
        yield "swapped", line[:match.start()] + SWAPPED[match[1]] + line[match.end():]
    for match in CONSTANT.finditer(bare):
        other = {"true": "false", "false": "true"}.get(match[1]) or str(int(match[1]) + 1)
        yield "constant", line[:match.start()] + other + line[match.end():]


def all_of(root, folders):
    for folder in folders:
        for path in sorted((root / folder).rglob("*.c")) if (root / folder).is_dir() else [root / folder]:
            inside = False
            for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")):
                inside = line == "{" or (inside and line != "}")  # in the body of a function
                for what, new in of_line(line) if inside else ():
                    yield {"file": str(path.relative_to(root)), "line": number + 1, "what": what, "old": line, "new": new}


def self_test():
    got = {new.strip() for line in ('    if (a < 2 && b)', '    x->n = 1;', '    call(a, "1 + 1");', "    g_free(x);", "int a = 1;") for _, new in of_line(line)}
    want = {"if (!(a < 2 && b))", "if (a <= 2 && b)", "if (a < 2 || b)", "if (a < 3 && b)", ";", "x->n = 2;"}
    return got == want or print(got ^ want)


def main():
    if sys.argv[1] == "self-test":
        sys.exit(0 if self_test() else 1)
    if sys.argv[1] == "say":
        change = json.loads(sys.argv[2])
        print(f"{change['file']}:{change['line']}: {change['what']}\n  - {change['old'].strip()}\n  + {change['new'].strip()}")
        return
    root = Path(sys.argv[2])
    if sys.argv[1] == "list":
        found = list(all_of(root, sys.argv[5:]))
        random.Random(int(sys.argv[3])).shuffle(found)
        print("\n".join(json.dumps(one, ensure_ascii=False) for one in found[:int(sys.argv[4])]))
        print(f"{len(found)} changes", file=sys.stderr)
        return
    change = json.loads(sys.argv[3])
    path = root / change["file"]
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines[change["line"] - 1] == change["old"]
    lines[change["line"] - 1] = change["new"]
    path.write_text("\n".join(lines), encoding="utf-8")
    print(change["file"])


main()
