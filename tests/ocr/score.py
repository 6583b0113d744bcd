#!/usr/bin/env python3
"""score.py KIND CPU FOUND.json EXPECTED.json … - how many figures of scans were read right: a row of bench/ocr.sh.

FOUND is what `convert` wrote of scans, EXPECTED what the printed forms say (tests/golden), in the same order. A figure is a
cell that holds a number. silent: wrong, and not said to be doubtful; lost: nothing there; confirmed and wrong is worst.
"""
import json
import sys
import unicodedata


def values_of(node, where, out):
    if isinstance(node, dict) and "text" in node and "op" in node:
        out[where] = node
    elif isinstance(node, dict):
        for key, value in node.items():
            values_of(value, f"{where}/{key}", out)
    elif isinstance(node, list):
        for k, value in enumerate(node):
            values_of(value, f"{where}/{k}", out)


def figures(form):
    out = {}
    for block in ("funds_weight", "headline", "funds", "indicators", "total"):
        values_of(form.get(block), f"/{block}", out)
    return out


def folded(text):
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def main():
    kind, cpu, found, *expected = sys.argv[1:]
    files = json.load(open(found, encoding="utf-8"))["files"]
    n = dict.fromkeys(("figures", "exact", "silent", "doubtful", "right", "lost", "confirmed", "worst"), 0)
    for file, name in zip(files, expected):
        truth = figures(json.load(open(name, encoding="utf-8"))["forms"][0])
        read = figures(file["forms"][0]) if file["forms"] else {}
        for where, value in truth.items():
            if value["value"] is None:
                continue
            got = read.get(where)
            state = (got or {}).get("ocr", {}).get("state")
            is_right = got is not None and folded(got["text"]) == folded(value["text"])
            n["figures"] += 1
            n["exact"] += is_right
            n["doubtful"] += state == "doubtful"
            n["right"] += state == "doubtful" and is_right
            n["confirmed"] += state == "confirmed"
            n["worst"] += state == "confirmed" and not is_right
            n["lost"] += not is_right and (got is None or not got["text"])
            n["silent"] += not is_right and got is not None and got["text"] != "" and state != "doubtful"
    all_figures = max(n["figures"], 1)
    share = lambda key: f"{100 * n[key] / all_figures:5.1f} %"
    print(f"{kind:10} {n['figures']:6} {share('exact')} {n['silent']:6} {n['doubtful']:5} ({n['right']}) {n['lost']:6} {share('confirmed')} {n['worst']:5} {float(cpu) / max(len(files), 1):7.1f}", flush=True)


main()
