#!/usr/bin/env python3
"""The Containerfile by its steps: what no engine needs to be there for.

usage: container.py

Each instruction is one that is known; every image is Debian slim; shell steps parse; what is copied is there; the packages are those of
scripts/packages.txt or Debian's; the last stage runs as nobody in particular, keeps no list of packages, and has a health check
and an entry that the program has.
"""
import functools
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KNOWN = {"FROM", "COPY", "WORKDIR", "RUN", "USER", "HEALTHCHECK", "ENTRYPOINT", "CMD"}


def instructions(text):
    """(word, rest) of each, lines that go on joined."""
    text = re.sub(r"(?m)^\s*#.*\n", "", text).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]


def packages(rest):
    """Names that a step installs, what the list gives included."""
    listed = [line.split()[0] for line in (ROOT / "scripts/packages.txt").read_text().splitlines() if not line.startswith("#") and line.split()[1] == "build"]
    for words in re.findall(r"apt-get install ([^&]*)", re.sub(r"\$\(awk .*packages\.txt\)", " ".join(listed), rest)):
        yield from (word for word in words.split() if not word.startswith("-") and "/" not in word)


@functools.lru_cache
def listed_by_debian(names):
    """Those of them that apt knows; all where there is no apt to ask."""
    if not shutil.which("apt-cache"):
        return set(names)
    done = subprocess.run(["apt-cache", "show", "--no-all-versions", *names], capture_output=True, text=True, check=False)
    return set(re.findall(r"(?m)^Package: (\S+)", done.stdout))


def complaints(text):
    steps = instructions(text)
    stages = [number for number, (word, _) in enumerate(steps) if word == "FROM"]
    last = dict(steps[stages[-1]:]) if stages else {}
    for word, rest in steps:
        if word not in KNOWN:
            yield f"unknown instruction {word}"
        if word == "FROM" and not re.fullmatch(r"debian:bookworm-slim( AS \w+)?", rest):
            yield f"an image that is not Debian slim: {rest}"
        if word == "RUN" and subprocess.run(["sh", "-n", "-c", rest], capture_output=True, check=False).returncode:
            yield f"does not parse: {rest}"
        if word == "RUN" and "apt-get install" in rest and "apt-get update" not in rest:
            yield f"packages of an old list: {rest}"
        if word == "COPY" and not rest.startswith("--from=") and not (ROOT / rest.split()[0]).exists():
            yield f"nothing to copy: {rest}"
        wanted = sorted(packages(rest)) if word == "RUN" else []
        yield from (f"no package {name}" for name in wanted if name not in listed_by_debian(tuple(wanted)))
    if last.get("USER", "root") in ("root", "0"):
        yield "runs as root"
    if "rm -rf" not in last.get("RUN", "") or "/var/lib/apt/lists" not in last.get("RUN", ""):
        yield "keeps the lists of packages"
    if "doctor" not in last.get("HEALTHCHECK", ""):
        yield "no health check by doctor"
    if last.get("ENTRYPOINT") != '["ziping"]':
        yield "another entry"


def self_test(text):
    """Each of these breaks one promise."""
    for before, after in (("USER ziping\n", ""), ("bookworm-slim\n", "latest\n"), ("&& cmake", "&& (cmake"), ("HEALTHCHECK", "#"), ("COPY . ", "COPY none "), ("rm -rf", "ls")):
        if before not in text or not list(complaints(text.replace(before, after))):
            yield f"not seen: {before.strip()} -> {after.strip()}"


def main():
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    found = [*complaints(text), *self_test(text)]
    print("\n".join(found))
    sys.exit(1 if found else 0)


main()
