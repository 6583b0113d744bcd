#!/usr/bin/env python3
"""What a signal or a limit of the system leaves: no temporary file, the old output, the right end.

usage: ending.py ZIPING
"""
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = (Path(__file__).resolve().parents[2] / "samples/seed-2022.txt").read_bytes()
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8"}
SIGNALS = [signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGXCPU]
# Each reads form.txt and then waits for the FIFO, with its outputs under way.
WAITING = [
    ["convert", "form.txt", "pipe.txt", "-o", "out.json"],
    ["check", "form.txt", "pipe.txt", "--format", "text=out.txt", "--format", "sarif=out.sarif", "--format", "json=out.json"],
    ["check", "form.txt", "pipe.txt", "--shard", "1/1", "-o", "out.json"],
    ["convert", "form.txt", "pipe.txt", "--cache", "kept", "-o", "out.json"],
]
wrong = []


def expect(is_so, what):
    if not is_so:
        wrong.append(what)


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def wait_until(condition):
    end = time.monotonic() + 60
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def end_by(ziping, words, number, ignored=None):
    """Run until something stands aside, send a signal, and look at what is left."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "form.txt").write_bytes(SEED)
        (folder / "out.json").write_text("old")
        os.mkfifo(folder / "pipe.txt")
        process = subprocess.Popen([ziping, *words], cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   preexec_fn=(lambda: signal.signal(ignored, signal.SIG_IGN)) if ignored else None)
        is_under_way = wait_until(lambda: any(path.startswith(".out") for path in names(folder)))
        what = f"{' '.join(words)}: {signal.Signals(number).name}"
        expect(is_under_way, f"{what}: nothing stands aside")
        if ignored:
            process.send_signal(ignored)
            time.sleep(0.2)
            expect(process.poll() is None, f"{what}: ended by a signal that was ignored")
        process.send_signal(number)
        try:
            code = process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            code = "none"
        expect(code == -number, f"{what}: ended with {code}")
        left = [path for path in names(folder) if path not in ("form.txt", "out.json") and not path.startswith("kept/")]
        left += [path for path in names(folder) if path.startswith("kept/new-")]
        expect(not left, f"{what}: left {left}")
        expect((folder / "out.json").read_text() == "old", f"{what}: the old output is gone")


def limit_size(ziping, words, size, code, kept):
    """No file may become larger than so many bytes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "form.txt").write_bytes(SEED)
        (folder / "out.json").write_text("old")
        done = subprocess.run([ziping, *words], cwd=folder, env=ENVIRONMENT, input=SEED, capture_output=True, check=False, timeout=300,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
        what = f"{' '.join(words)}: files of at most {size} bytes"
        expect(done.returncode == code, f"{what}: ended with {done.returncode}: {done.stderr[:300]}")
        expect(code != 4 or b"ziping: " in done.stderr, f"{what}: nothing is said")
        left = [path for path in names(folder) if path not in ("form.txt", "out.json") and not path.startswith("kept/")]
        left += [path for path in names(folder) if path.startswith("kept/new-")]
        expect(not left, f"{what}: left {left}")
        expect(not kept or (folder / "out.json").read_text() == "old", f"{what}: the old output is gone")


def main():
    ziping = os.path.realpath(sys.argv[1])
    for words in WAITING:
        for number in SIGNALS if words is WAITING[0] else SIGNALS[:3]:
            end_by(ziping, words, number)
    end_by(ziping, WAITING[0], signal.SIGTERM, ignored=signal.SIGHUP)
    for size in (0, 100):
        limit_size(ziping, ["convert", "form.txt", "-o", "out.json"], size, 4, True)
        limit_size(ziping, ["check", "form.txt", "--format", "text=out.txt", "--format", "json=out.json"], size, 4, True)
        limit_size(ziping, ["check", "form.txt", "--shard", "1/1", "-o", "out.json"], size, 4, True)
        limit_size(ziping, ["baseline", "write", "form.txt", "-o", "out.json"], size, 4, True)
        limit_size(ziping, ["convert", "-"], size, 4, True)  # what comes through a pipe is held like a file
        limit_size(ziping, ["convert", "form.txt", "--cache", "kept"], size, 0, True)
    print(*wrong, f"{len(wrong)} wrong", sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
