#!/usr/bin/env python3
"""Fails when C files need each other in a circle: none of them can then be read, tried or changed without the others.

usage: circles.py BUILD     by the objects of that build: who leaves a name open that whom defines
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What recurses by its nature: the table of commands holds the commands that print it; a cell of a Markdown table may be a page's.
TRUE_RECURSIONS = [
    "src/cli/completion.c src/cli/help.c src/cli/main.c",
    "parsers/markdown/grid.c parsers/markdown/markdown.c parsers/markdown/marks.c parsers/markdown/rows.c parsers/markdown/ruled.c "
    "parsers/markdown/seen.c parsers/markdown/spans.c",
]
# What is left to be taken apart: any file of such a group may go, none may come.
LEFT = [
    "parsers/ofd/mark.c parsers/ofd/ofd.c",
    "src/recognise/*",
]


def graph(build):
    """file -> files that define what it leaves open."""
    defined, open_names = {}, {}
    objects = sorted(str(path) for path in (build / "CMakeFiles").rglob("*.c.o") if re.search(r"\.dir/(?:src|parsers|rules)/", str(path)))
    for line in subprocess.run(["nm", "-A", *objects], check=True, capture_output=True, text=True).stdout.splitlines():
        path, rest = line.split(".c.o:", 1)
        *_, kind, name = rest.split()
        file = path.split(".dir/")[-1] + ".c"
        if not (ROOT / file).exists():  # left over from before it was renamed
            continue
        names = open_names.setdefault(file, set())
        if kind in "TDRB":
            defined[name] = file
        elif kind == "U":
            names.add(name)
    return {file: {defined[name] for name in names if name in defined} - {file} for file, names in open_names.items()}


def circles(edges):
    """Files that reach each other, by Tarjan."""
    index, low, stack, found = {}, {}, [], []

    def visit(file):
        index[file] = low[file] = len(index)
        stack.append(file)
        for other in sorted(edges[file]):
            if other not in index:
                visit(other)
            if other in stack:
                low[file] = min(low[file], low[other])
        if low[file] == index[file]:
            at = stack.index(file)
            found.append(set(stack[at:]))
            del stack[at:]
    for file in sorted(edges):
        if file not in index:
            visit(file)
    return [circle for circle in found if len(circle) > 1]


def is_known(circle):
    """In one of the groups, whole."""
    return any(all(re.fullmatch(group.replace("*", r"\w+\.c").replace(" ", "|"), file) for file in circle) for group in TRUE_RECURSIONS + LEFT)


def main():
    assert [*map(sorted, circles({"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}))] == [["b", "c"]]
    sys.setrecursionlimit(5000)
    edges = graph(Path(sys.argv[1]))
    bad = [circle for circle in circles(edges) if not is_known(circle)]
    for circle in bad:
        print("a circle: " + " ".join(sorted(circle)))
        for file in sorted(circle):
            print(f"  {file} needs {' '.join(sorted(edges[file] & circle))}")
    sys.exit(1 if bad or not edges else 0)


main()
