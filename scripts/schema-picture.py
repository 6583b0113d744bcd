#!/usr/bin/env python3
"""Draws docs/pictures/archive-schema.svg: the tables, views and search indexes of an archive, out of its schema.

usage: schema-picture.py [--check]     --check: say whether the picture is what would be made; write nothing

The schema is given to SQLite, and SQLite asked what is there, so nothing is drawn that is not. A table stands right of those that
it refers to, the views stand last; columns that go on with the name of the one before (budget, budget_value, budget_at) share a line.
"""
import sqlite3
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs/pictures/archive-schema.svg"
SCHEMAS = [ROOT / "src/archive/schema.sql", *sorted((ROOT / "src/archive").glob("schema-*.sql"))]
WIDTH, GAP, LINE, PAD, MARGIN = 236, 60, 16, 6, 20
LETTERS = 25  # of a line's names, beside its type
KEY = ' class="key"'
STYLE = """text { font: 12px monospace; fill: #1b1b1f; } .name { font-weight: bold; } .type { fill: #666; text-anchor: end; }
rect { fill: #fff; stroke: #555; } .head { fill: #dde6f5; } .loose { stroke-dasharray: 4 3; } .loose.head { fill: #eee; }
path { fill: none; stroke: #3b6ea8; } .key { fill: #1d4f8a; font-weight: bold; } .page { stroke: none; }"""


class Table:
    """A table, view or search index: its lines, and which line refers to which table."""

    def __init__(self, db, name, kind):
        self.name, self.kind, self.lines, self.references = name, kind, [], {}
        keys = {row[3]: row[2] for row in db.execute(f"PRAGMA foreign_key_list({name})")}
        last = None
        for _, column, type_, is_required, _, key in db.execute(f"PRAGMA table_info({name})"):
            if last and column.startswith(f"{last}_") and column not in keys:
                self.add_end(f"_{column[len(last) + 1:]}")
                continue
            last = column
            if column in keys:
                self.references[len(self.lines)] = keys[column]
            needed = is_required or key or kind != "table"
            self.lines.append([column, type_ if needed else f"{type_}?", bool(key)])

    def add_end(self, end):
        text, type_, _ = self.lines[-1]
        if len(text) + len(end) + 2 > (LETTERS if type_ else LETTERS + 5):
            self.lines.append(["  " + end, "", False])
        else:
            self.lines[-1][0] += f", {end}"

    def height(self):
        return (len(self.lines) + 1) * LINE + 2 * PAD


def tables():
    db = sqlite3.connect(":memory:")
    for schema in SCHEMAS:
        db.executescript(schema.read_text(encoding="utf-8"))
    kinds = {name: kind for _, name, kind, *_ in db.execute("PRAGMA table_list")}
    made = [name for name, in db.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY rowid")]
    return [Table(db, name, kinds[name]) for name in made if kinds[name] != "shadow" and not name.startswith("sqlite_")]


def place(found):
    """Left and upper edge of each; a table that is referred to stands further left."""
    by_name = {table.name: table for table in found}

    def depth(table):
        return max((depth(by_name[name]) + 1 for name in table.references.values() if name != table.name), default=0)

    depths = {table.name: depth(table) for table in found}
    last = max(depths.values()) + 1
    depths.update({table.name: last for table in found if table.kind == "view"})
    places, below = {}, {}
    for table in found:
        level = depths[table.name]
        y = below.get(level, MARGIN)
        places[table.name] = (MARGIN + level * (WIDTH + GAP), y)
        below[level] = y + table.height() + LINE
    return places, MARGIN + last * (WIDTH + GAP) + WIDTH + MARGIN, max(below.values()) + MARGIN - LINE


def draw_box(table, x, y):
    loose = "" if table.kind == "table" else "loose"
    out = [f'<rect class="{loose}" x="{x}" y="{y}" width="{WIDTH}" height="{table.height()}"/>',
           f'<rect class="head {loose}" x="{x}" y="{y}" width="{WIDTH}" height="{LINE + PAD}"/>',
           f'<text class="name" x="{x + PAD}" y="{y + LINE}">{escape(table.name)}</text>']
    if loose:
        out.append(f'<text class="type" x="{x + WIDTH - PAD}" y="{y + LINE}">{"view" if table.kind == "view" else "search index"}</text>')
    for k, (column, type_, is_key) in enumerate(table.lines):
        at = y + PAD + (k + 2) * LINE - 2
        key = KEY if is_key else ""
        out.append(f'<text{key} x="{x + PAD}" y="{at}">{escape(column)}</text>')
        out.append(f'<text class="type" x="{x + WIDTH - PAD}" y="{at}">{escape(type_)}</text>')
    return out


def draw():
    found = tables()
    places, width, height = place(found)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
           "<!-- Made by scripts/schema-picture.py from src/archive/schema*.sql: change those. -->",
           f"<style>{STYLE}</style>", f'<rect class="page" width="{width}" height="{height}"/>']
    # Lines first: where one passes a box, the box is in front.
    for table in found:
        x, y = places[table.name]
        for k, name in table.references.items():
            to_x, to_y = places[name][0] + WIDTH, places[name][1] + (LINE + PAD) // 2
            from_y = y + PAD + (k + 2) * LINE - 6
            out.append(f'<path d="M{x} {from_y} C{x - GAP} {from_y} {to_x + GAP} {to_y} {to_x} {to_y}"/>')
    for table in found:
        out += draw_box(table, *places[table.name])
    return "\n".join([*out, "</svg>", ""])


if __name__ == "__main__":
    drawn = draw()
    if sys.argv[1:] != ["--check"]:
        PICTURE.write_text(drawn, encoding="utf-8")
    elif not PICTURE.is_file() or PICTURE.read_text(encoding="utf-8") != drawn:
        sys.exit("docs/pictures/archive-schema.svg is not what scripts/schema-picture.py makes: run it")
