#!/usr/bin/env python3
"""Fails when an #include of our own points up or sideways.

usage: includes.py [ROOT]     checks ROOT (default: this project)
       includes.py --self-test

Linking alone does not stop a wrong include, so this does. The order is the one of docs/architecture.md:
base < model < parsers; base < model < rulebook < the five {config, recognise, normalise, rules, output}; parsers, output < mend;
all < run < archive < cli; run < lib; cli, lib < program, which is a `main` and no more.
"""
import re
import sys
import tempfile
from pathlib import Path

FIVE = ["config", "recognise", "normalise", "rules", "output"]
BELOW_FIVE = ["base", "model", "rulebook"]

# Each layer's folder, and the layers it may include besides itself.
FOLDER = {"parsers": "parsers", "rules": "rules"}
MAY = {
    "base": [],
    "model": ["base"],
    "parsers": ["base", "model"],
    "rulebook": ["base", "model"],
    **{layer: BELOW_FIVE for layer in FIVE},
    "mend": BELOW_FIVE + ["output", "parsers"],
    "run": BELOW_FIVE + FIVE + ["parsers"],
    "archive": BELOW_FIVE + FIVE + ["parsers", "run"],
    "cli": BELOW_FIVE + FIVE + ["parsers", "run", "archive", "mend"],
    "lib": BELOW_FIVE + FIVE + ["parsers", "run"],
    "program": ["cli", "lib"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)


def folder_of(root, layer):
    return root / FOLDER.get(layer, f"src/{layer}")


def layer_of(path):
    """The layer an include path names: its first folder, as both src/ and the root are searched."""
    parts = path.split("/")
    return (parts[1] if parts[0] == "src" and len(parts) > 2 else parts[0]) if len(parts) > 1 else None


def wrong_includes(root):
    for layer, allowed in MAY.items():
        for source in sorted(folder_of(root, layer).rglob("*.[ch]")):
            for target in INCLUDE.findall(source.read_text(encoding="utf-8")):
                at = f"{source.relative_to(root)}: #include \"{target}\""
                if ".." in target.split("/"):
                    yield f"{at}: write the path from src/ or the project folder"
                elif layer_of(target) not in [None, layer, *allowed]:
                    yield f"{at}: {layer} may include only {', '.join([layer, *allowed])}"


def unknown_folders(root):
    for folder in sorted((root / "src").iterdir()):
        if folder.is_dir() and folder.name not in MAY:
            yield f"src/{folder.name}: not a layer that tests/lint/includes.py knows"


# Planted lines: the file, what it includes, whether that is wrong.
PLANTED = [
    ("src/base/a.c", "base/a.h", False),
    ("src/base/a.c", "model/grid.h", True),            # up
    ("src/model/a.c", "base/text.h", False),
    ("parsers/a.c", "model/grid.h", False),
    ("parsers/a.c", "rulebook/labels.h", True),        # parsers know no label
    ("src/recognise/a.c", "rulebook/labels.h", False),
    ("src/recognise/a.c", "normalise/normalise.h", True),  # sideways
    ("rules/a.c", "rulebook/catalogue.def", False),
    ("rules/a.c", "output/writer.h", True),
    ("src/config/a.c", "rulebook/catalogue.h", False),
    ("src/config/a.c", "output/writer.h", True),
    ("src/output/a.c", "config/config.h", True),
    ("src/output/a.c", "src/run/run.h", True),         # the long spelling counts too
    ("src/run/a.c", "parsers/parser.h", False),
    ("src/run/a.c", "cli/main.h", True),
    ("src/run/a.c", "archive/db.h", True),
    ("src/archive/a.c", "run/run.h", False),
    ("src/archive/a.c", "cli/cli.h", True),
    ("src/cli/a.c", "run/run.h", False),
    ("src/cli/a.c", "../run/run.h", True),
    ("src/lib/a.c", "run/run.h", False),
    ("src/lib/a.c", "ziping.h", False),
    ("src/lib/a.c", "cli/cli.h", True),            # a library prints nothing
    ("src/program/a.c", "lib/service.h", False),
    ("src/program/a.c", "run/run.h", True),
]


def self_test():
    bad = 0
    for file, target, is_wrong in PLANTED:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / file
            path.parent.mkdir(parents=True)
            path.write_text(f'#include <glib.h>\n#include "{target}"\n', encoding="utf-8")
            if bool(list(wrong_includes(Path(folder)))) != is_wrong:
                bad += 1
                print(f"self-test: {file} includes {target}: expected {'wrong' if is_wrong else 'right'}")
    return bad


def main():
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(1 if self_test() else 0)
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    wrong = [*unknown_folders(root), *wrong_includes(root)]
    print("\n".join(wrong) or "includes point down only")
    sys.exit(1 if wrong else 0)


main()
