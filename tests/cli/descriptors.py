#!/usr/bin/env python3
"""Every `ulimit -n` from 3 to 64: the right answer, or exit 4 and why; never a hang, never a sound file that is bad.

usage: descriptors.py ZIPING
"""
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8"}
# From here on every run must succeed; below it may say that it cannot.
ENOUGH = 24
# Fewer than the dynamic linker needs to find the libraries: it says so, not the program.
LINKER = 6


def make_folder(folder):
    """A file of each kind, and folders inside each other with a configuration at the bottom."""
    for case, suffix in ((1, "pdf"), (2, "docx"), (3, "xlsx"), (4, "site.html"), (5, "txt"), (6, "pdf"), (7, "txt")):
        shutil.copy(GOLDEN / f"seed-{case}/input.{suffix}", folder / f"{case}.{suffix}")
    deep = folder.joinpath(*"abcdefghijklmnopqrst")
    deep.mkdir(parents=True)
    shutil.copy(GOLDEN / "seed-1/input.txt", deep / "deep.txt")
    (deep / ".ziping.yaml").write_text("rules: {F04: error, F09: error}\n")


def run(ziping, words, most):
    limit = (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))) if most else None
    return subprocess.run([ziping, *words], capture_output=True, env=ENVIRONMENT, stdin=subprocess.DEVNULL, preexec_fn=limit,
                          timeout=120, check=False)


def main():
    ziping = os.path.realpath(sys.argv[1])
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "in"
        folder.mkdir()
        make_folder(folder)
        words = ["check", "--lang", "en", "-j", "4", "--format", "json", str(folder)]
        right = run(ziping, words, 0)
        for most in range(3, 65):
            try:
                done = run(ziping, words, most)
            except subprocess.TimeoutExpired:
                wrong.append(f"{most}: hangs")
                continue
            said = done.stderr.decode()
            if done.returncode == right.returncode:
                if done.stdout != right.stdout:
                    wrong.append(f"{most}: another answer")
                if said.count("ulimit -n") > 1:
                    wrong.append(f"{most}: said more than once: {said}")
            elif done.returncode != 4 and most >= LINKER or most >= ENOUGH or not said or done.stdout:
                wrong.append(f"{most}: exit {done.returncode}: {said[:200]}")
        if "workers at once" not in run(ziping, words, ENOUGH - 4).stderr.decode():
            wrong.append("fewer workers, and nothing is said")
    print(*wrong, f"{len(wrong)} wrong", sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
