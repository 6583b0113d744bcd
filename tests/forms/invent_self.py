#!/usr/bin/python3
"""The measure measured: templates cover their grids, a perfect answer is exact, and a wrong field is silent until a D05 stands at it."""
import copy
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import invent_compare  # noqa: E402
from invent_print import RENDITIONS, row_places, tables  # noqa: E402
from invent_template import Document  # noqa: E402

KEYS = {"funds": ("label", "source", "reason"), "indicators": ("level1", "level2", "level3", "reason")}


def covers(table):
    places = [(r, c) for item in table.cells for r in range(item.row, item.row + item.rs) for c in range(item.col, item.col + item.cs)]
    return sorted(places) == [(r, c) for r in range(table.rows) for c in range(table.cols)]


def value(text):
    return None if text is None else {"text": text, "value": None, "at": None}


def set_at(node, parts, text, is_value):
    for part in parts[:-1]:
        node = node[int(part)] if isinstance(node, list) else node.setdefault(part, {})
    node[parts[-1]] = value(text) if is_value else text


def perfect(truth):
    """What a reader without a fault would answer."""
    form = {"project": None, "department": None, "unit": None, "goals": {}, "total": {}, "headline": None, "extra": [], "repairs": [],
            "funds": [{} for _ in range(truth.n_funds)], "indicators": [{} for _ in range(truth.n_indicators)]}
    for path, want in truth.want.items():
        parts, text = path.split("/"), want.texts[0]
        if parts[0] == "extra":
            form["extra"].append({"label": "", "text": text})
        elif path == "unit or department":
            form["unit"] = text
        elif path in ("goals", "total"):
            form[path] = None
        elif text is not None or parts[-1] != "empty":
            is_value = not (parts[-1] in ("label", "source", "reason", "level1", "level2", "level3", "expected", "actual", "grade", "empty")
                            and not (parts[-1] == "actual" and parts[0] == "indicators") or len(parts) == 1 and path not in ("headline", "funds_weight"))
            set_at(form, parts, text, is_value)
            if is_value and want.figure and text is not None:
                node = form
                for part in parts:
                    node = node[int(part)] if isinstance(node, list) else node[part]
                node["value"] = want.figure[0]
    return form


def answer(document):
    return {"status": "ok", "forms": [perfect(truth) for truth in document.forms]}


def doubt(where, item):
    kind, *place = where[item.table, item.row]
    at = {"table": place[0], "row": place[1], "line": None} if kind == "row" else {"table": None, "row": None, "line": place[0]}
    return {"code": "D05", "severity": "warning", "form": 0, "pointer": "", "stated": None, "message": "?", "at": at}


def main():
    for seed in range(1, 41):
        document = Document(seed)
        assert all(map(covers, tables(document))), f"seed {seed}: a table with holes or overlaps"
        where, file = row_places(document), answer(document)
        verdict = invent_compare.judge(document, where, file, [])
        assert verdict.kind == "exact", (seed, verdict)
        path, want = next((path, want) for path, want in document.forms[0].want.items() if path.startswith("indicators/") and path.endswith("/actual") and want.texts[0])
        wrong = copy.deepcopy(file)
        wrong["forms"][0]["indicators"][int(path.split("/")[1])]["actual"] = value("8642公里")
        assert invent_compare.judge(document, where, wrong, []).kind == "silent", seed
        assert invent_compare.judge(document, where, wrong, [doubt(where, want.item)]).kind == "said", seed
        lost = copy.deepcopy(file)
        del lost["forms"][0]["indicators"][-1]
        assert invent_compare.judge(document, where, lost, []).kind == "silent", seed
        more = copy.deepcopy(file)
        more["forms"].append(more["forms"][0])
        assert invent_compare.judge(document, where, more, []).kind == "silent", seed
    for name, (_, write) in RENDITIONS.items():
        assert write(Document(3)) == write(Document(3)) or name in ("docx", "xlsx"), f"{name}: not the same twice"


if __name__ == "__main__":
    main()
