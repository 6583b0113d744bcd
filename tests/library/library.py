#!/usr/bin/env python3
"""The library, from Python by examples/ziping.py: what it answers is what the command prints, with workers and without.

usage: library.py ZIPING LIBZIPING
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples"))
from ziping import Error, Ziping  # noqa: E402

PROGRAM, LIBRARY = (str(Path(word).resolve()) for word in sys.argv[1:3])
INPUTS = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/golden/seed-2").glob("input.*"))
if "SANITIZED" in os.environ:  # some, a PDF among them, where each run takes long
    INPUTS = INPUTS[2::3]
bad = []


def check(is_so, what):
    if not is_so:
        bad.append(what)


def command(verb, *words):
    """What the command prints, as data."""
    done = subprocess.run([PROGRAM, verb, "--no-config", "--lang", "en", *words], capture_output=True, text=True, cwd=ROOT)
    return json.loads(done.stdout)


def refused(code, call, *words):
    """A call that is an error, whose sentence has the words, in both languages."""
    try:
        call()
    except Error as error:
        check(error.code == code, f"code {error.code}, expected {code}: {error}")
        check(all(word in str(error) for word in words), f"the error lacks one of {words}: {error}")
        check(re.search("[\u4e00-\u9fff]", error.zh), f"no Chinese: {error.zh}")
        check(not re.search("[\u4e00-\u9fff]", str(error)), f"Chinese in English: {error}")
    else:
        bad.append(f"no error with {words}")


def children():
    """The worker programs: the processes that this one has started and not waited for."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = re.fullmatch(r"\d+ \((.*)\) (.*)", path.read_text().strip(), re.S).groups()
        except OSError:
            continue
        if name.startswith("ziping-worker") and int(rest.split()[1]) == os.getpid():
            found.append(int(path.parent.name))
    return found


def same_answers(handle, kind):
    for path in INPUTS:
        content = (ROOT / path).read_bytes()
        for verb, ask, format in (("check", handle.check, "--format"), ("convert", handle.convert, "--to")):
            printed = command(verb, format, "json", path)
            check(ask(path) == printed, f"{verb} of {path} {kind}: another answer than the command's")
            check(ask(content, name=path) == printed, f"{verb} of the bytes of {path} {kind}")
    check(handle.check("tests/golden/seed-2") == command("check", "--format", "json", "tests/golden/seed-2"), f"a folder {kind}")


def options(handle, settings):
    """Each option does what the command's does."""
    seed = "samples/seed-2022.txt"
    for asked, words in [({"select": "F01"}, ["--select", "F01"]), ({"ignore": "F"}, ["--ignore", "F"]), ({"show": "error"}, ["--show", "error"]),
                         ({"repairs": True}, ["--repairs"]), ({"statistics": True}, ["--statistics"]), ({"from": "text"}, ["--from", "text"]),
                         ({"config": settings}, ["--config", settings]), ({"lang": "zh"}, ["--lang", "zh"])]:
        printed = subprocess.run([PROGRAM, "check", *([] if "config" in asked else ["--no-config"]), "--lang", "en", *words, "--format", "json", seed],
                                 capture_output=True, text=True, cwd=ROOT).stdout
        check(handle.check(seed, **asked) == json.loads(printed), f"{asked}: another answer than {words}")


def errors(handle, workers):
    seed = "samples/seed-2022.txt"
    refused(1, lambda: handle.check(seed, langg="zh"), "langg", "did you mean lang?")
    refused(1, lambda: handle.check(seed, lang="cn"), "zh, en")
    refused(1, lambda: handle.check(seed, lang=1), "lang")
    refused(1, lambda: handle.check(seed, repairs="yes"), "true or false")
    refused(1, lambda: handle.check(seed, password=""), "password")
    refused(1, lambda: handle.check(seed, **{"from": "dcox"}), "docx")
    refused(1, lambda: handle.check(seed, select="F99"), "F99")
    refused(1, lambda: handle.check(seed, config="no-such.yaml"), "no-such.yaml")
    refused(1, lambda: handle.check(seed, limits={"cell": 5}), "cells")
    refused(1, lambda: handle.check(seed, limits={"cells": 0}), "cells")
    refused(1, lambda: handle.check(seed, limits={"answer_bytes": 1 << 40}), "answer_bytes")
    refused(1, lambda: handle.convert(seed, select="F01"), "no option select")
    refused(1, lambda: handle.check(""), "empty")
    refused(1, lambda: handle.check("-"), "standard input")
    refused(1, lambda: handle.explain("F99"), "F99")
    refused(4, lambda: handle.check(seed, limits={"answer_bytes": 1000}), "ZP_LIMIT_ANSWER_BYTES")
    if not workers:
        refused(1, lambda: handle.check(seed, office=True), "workers")
    found = handle.check("no/such.pdf")["files"][0]
    check(found["status"] == "failed" and found["error"]["code"] == "D01", "a missing file is D01 and no error")
    check(handle.check(b"", name="empty.txt")["files"][0]["error"]["code"] == "D02", "no bytes are D02")
    check("# F01" in handle.explain("execution-rate") and "执行率" in handle.explain("f01", "zh"), "explain")


def papers():
    """Every option stands in the header and in both papers."""
    source = (ROOT / "src/lib/options.c").read_text(encoding="utf-8")
    bounds = re.findall(r'"(\w+)", +ZP_LIMIT', (ROOT / "src/base/bounds.def").read_text(encoding="utf-8"))
    keys = re.findall(r'^    \{"(\w+)", [A-Z]+,', source, re.M)
    check(len(keys) == 17 and len(bounds) == 7, f"the tables of options were not found: {keys} {bounds}")
    for path, mark in (("src/ziping.h", '"'), ("docs/library.md", "`"), ("docs/library.zh-CN.md", "`")):
        text = (ROOT / path).read_text(encoding="utf-8")
        for key in [*keys, *bounds, "answer_bytes"]:
            check(f"{mark}{key}{mark}" in text, f"{path} says nothing of {key}")


def handles():
    """What a handle itself is asked."""
    refused(1, lambda: Ziping(LIBRARY, worker_count=2), "worker_count")
    refused(1, lambda: Ziping(LIBRARY, workers=257), "0 to 256")
    refused(1, lambda: Ziping(LIBRARY, workers=0, require_sandbox=True), "workers")
    refused(2, lambda: Ziping(LIBRARY, workers=0, rules="/no/such/folder"))
    refused(2, lambda: Ziping(LIBRARY, workers=0, profile="hubeix"), "hubei")
    refused(3, lambda: Ziping(LIBRARY, worker="/no/such/program"), "/no/such/program")
    refused(3, lambda: Ziping(LIBRARY, worker="/bin/true"), "ended")
    with Ziping(LIBRARY, workers=0, profile="hubei") as handle:
        check({form["profile"] for file in handle.check("samples/seed-2022.txt")["files"] for form in file["forms"]} == {"hubei"}, "a profile")


def hostile(handle):
    """Through workers: damage, little memory, a worker program that somebody kills."""
    for path in sorted((ROOT / "samples/traps").glob("*.pdf"))[:4]:
        check(handle.check(str(path)) == command("check", "--format", "json", str(path)), f"{path.name}: another answer than the command's")
    starved = handle.check(INPUTS[0], limits={"memory_bytes": 100000})["files"][0]
    check("SANITIZED" in os.environ or (starved["error"] or {}).get("code") == "D01", "a worker without memory is D01")
    check(handle.check(INPUTS[0])["files"][0]["error"] is None, "the next call is well")
    for pid in children():
        os.kill(pid, signal.SIGKILL)
    check(handle.check(INPUTS[0])["files"][0]["error"] is None, "a killed worker program is started anew")


def at_once(handle):
    """Calls from threads; a relative path is of the folder that the process is in when it calls."""
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(handle.convert(INPUTS[0]))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check(len(answers) == 6 and all(answer == answers[0] for answer in answers), "answers of threads")
    before = os.getcwd()
    os.chdir(ROOT / "tests/golden")
    check(handle.check("seed-2/" + Path(INPUTS[0]).name)["files"][0]["error"] is None, "a path from another folder")
    os.chdir(before)


def main():
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "settings.yaml"
        settings.write_text("rules: {F01: off, C06: error}\n")
        for workers in (0, 2):
            with Ziping(LIBRARY, workers=workers) as handle:
                about = handle.about()
                check(about["workers"] == workers and about["rulebook"].startswith("sha256:"), f"about: {about}")
                check(bool(about["sandbox"]) == bool(workers), f"the sandbox with {workers} workers: {about}")
                check(bool(children()) == bool(workers), f"{workers} workers: {children()}")
                same_answers(handle, f"with {workers} workers")
                options(handle, str(settings))
                errors(handle, workers)
                at_once(handle)
                if workers:
                    hostile(handle)
                    archive = Path(folder) / "forms.zip"
                    subprocess.run([sys.executable, "-m", "zipfile", "-c", str(archive), INPUTS[0]], check=True)
                    check(handle.check(str(archive))["summary"]["forms"] == 1, "an archive by workers")
                else:
                    archive = Path(folder) / "forms.tar"
                    subprocess.run([sys.executable, "-m", "tarfile", "-c", str(archive), INPUTS[0]], check=True)
                    why = handle.check(str(archive))["files"][0]["error"]
                    check("worker" in why["message"], f"an archive without workers: {why}")
            check(not children(), "worker programs go with their handle")
    handles()
    papers()
    print("\n".join(bad) or f"{len(INPUTS)} inputs as the command answers")
    sys.exit(1 if bad else 0)


main()
