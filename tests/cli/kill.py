#!/usr/bin/env python3
"""kill -9 at random moments: of the run, and of its workers.

usage: kill.py ZIPING [ROUNDS]

In every round a run over some hundred files is begun and shot at a moment drawn with a fixed seed. A run that was
shot is gone on with (--resume), perhaps shot again, until it ends; one whose worker was shot just goes on. The output must be
that of a run that nobody disturbed, byte for byte, and no process may be left.
"""
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8"}
FILES, ROUNDS = 240, 50


def make_corpus(folder):
    """Forms of every kind that is read fast, files that are none, and one that needs the PDF module."""
    folder.mkdir()
    sources = [path for path in sorted(GOLDEN.glob("*/input.*")) if path.suffix in (".txt", ".html", ".md", ".docx")
               and path.stat().st_size < 40000]
    chosen = random.Random(7)
    for number in range(FILES):
        source = chosen.choice(sources)
        shutil.copy(source, folder / f"{number:03}{source.suffix}")
    shutil.copy(GOLDEN / "seed-1/input.pdf", folder / "100.pdf")
    (folder / "nothing.html").write_bytes(b"")
    (folder / "other.bin").write_bytes(b"\x89PNG")


def children(pid):
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def shoot(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


class Round:
    def __init__(self, ziping, folder, number, length):
        self.random = random.Random(number)
        self.command = [ziping, "check", "docs", "--jobs", "2", "--no-progress"]
        self.folder, self.number, self.length = folder, number, length

    def start(self, *options):
        return subprocess.Popen([*self.command, *options], cwd=self.folder, env=ENVIRONMENT,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait_a_moment(self):
        time.sleep(self.random.random() * self.length * 1.1)

    def shoot_run(self, form):
        """The run itself, up to four times; then it may end."""
        options = ["--format", form, "-o", "out", "--journal", "journal", "--resume"]
        for _ in range(self.random.randrange(1, 5)):
            run = self.start(*options)
            self.wait_a_moment()
            workers = children(run.pid)
            shoot(run.pid)
            run.wait()
            self.expect_gone(workers)
        return self.start(*options).wait()

    def shoot_workers(self, form):
        run = self.start("--format", form, "-o", "out")
        for _ in range(self.random.randrange(1, 3)):
            self.wait_a_moment()
            workers = children(run.pid)
            if workers:
                shoot(self.random.choice(workers))
        return run.wait()

    def expect_gone(self, workers):
        end = time.monotonic() + 20
        while any(map(is_alive, workers)):
            if time.monotonic() > end:
                sys.exit(f"round {self.number}: workers outlive their parent")
            time.sleep(0.01)

    def play(self, wanted):
        form = "json" if self.number % 2 else "text"
        code = self.shoot_run(form) if self.number % 4 < 2 else self.shoot_workers(form)
        if code != wanted["exit"]:
            sys.exit(f"round {self.number}: exit {code}, not {wanted['exit']}")
        if (self.folder / "out").read_bytes() != wanted[form]:
            sys.exit(f"round {self.number}: the output is another one")
        for name in ("out", "journal"):
            (self.folder / name).unlink(missing_ok=True)


def main():
    ziping = os.path.realpath(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_corpus(folder / "docs")
        wanted, began = {}, time.monotonic()
        for form in ("json", "text"):
            wanted["exit"] = Round(ziping, folder, 0, 0).start("--format", form, "-o", "out").wait()
            wanted[form] = (folder / "out").read_bytes()
        length = (time.monotonic() - began) / 2
        for number in range(1, rounds + 1):
            Round(ziping, folder, number, length).play(wanted)
        left = [path.name for path in folder.iterdir() if path.name not in ("docs", "out") and not path.name.startswith(".out.")]
    print(f"{rounds} rounds, a run takes {length:.2f} s, left behind: {left or 'nothing'}")
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()
