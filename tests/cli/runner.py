#!/usr/bin/env python3
"""The text report, messages and the difference of `fix` hold no command of a CI runner, whatever documents and names say.

usage: runner.py ZIPING
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = (ROOT / "tests/golden/seed-3/input.txt").read_text(encoding="utf-8")
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8"}
# As the runners look for them: at the beginning of a line that is trimmed, or anywhere. GitLab's sections need a carriage return and an
# escape sequence, and a carriage return begins a line for some.
COMMAND = re.compile(r"^\s*::|##[\w.-]*\[|\r|\x1b|\x9b|\x85", re.MULTILINE)
MARKS = ["::error::x", "##[error]x", "##vso[task.setvariable variable=a]b", "##teamcity[buildStatus text='x']", "\u3000::set-output name=a::b",
         "a##[group]x", "#" + "##[x]", "\x1b[0Ksection_start:1:x\r\x1b[0K", "a\r::error::x", "a\x85::error::x", "\u2028::error::x"]
wrong = []


def look(ziping, folder, *words):
    done = subprocess.run([ziping, *words], cwd=folder, env=ENVIRONMENT, capture_output=True, check=False, timeout=120)
    text = done.stdout.decode() + "\n" + done.stderr.decode()
    found = COMMAND.search(text)
    if found:
        wrong.append(f"{words}: {text[max(0, found.start() - 80):found.end() + 40]!r}")
    if not text.strip():
        wrong.append(f"{words}: says nothing")
    return text


def main():
    ziping = os.path.realpath(sys.argv[1])
    for mark in MARKS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            # Every cell and line of the form begins with the mark, or holds it alone.
            (folder / f"{mark}.txt").write_text(SEED, encoding="utf-8")
            texts = [SEED.replace("\t", f"\t{mark}"), re.sub(r"(?<=\t)[^\t\n]*(?=\n)", mark, SEED), f"{mark}\n" + SEED, SEED.replace("项目名称\t", f"项目名称\t{mark}")]
            for number, text in enumerate(texts):
                (folder / f"{number}.txt").write_text(text, encoding="utf-8")
            (folder / f"{mark}-empty.txt").write_text("", encoding="utf-8")
            (folder / f"{mark} folder").mkdir()
            for lang in "en", "zh":
                look(ziping, folder, "check", "--lang", lang, ".", f"{mark}.txt", f"{mark}-missing.txt", f"{mark}-empty.txt", f"{mark} folder")
                look(ziping, folder, "check", "--lang", lang, "--all", "--repairs", "--statistics", *sorted(os.listdir(folder)))
                look(ziping, folder, "convert", "--lang", lang, "--to", "csv", "-o", "out.csv", *sorted(os.listdir(folder)))
            look(ziping, folder, "fix", "--unsafe", f"{mark}.txt", "-o", "copy.txt")
            look(ziping, folder, mark)
            look(ziping, folder, "check", f"--{mark}", "0.txt")
    print(*wrong, f"{len(wrong)} wrong", sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
