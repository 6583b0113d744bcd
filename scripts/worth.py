#!/usr/bin/env python3
"""Puts switches at the questions of src/recognise, and says which of them buy nothing. Called by worth.sh.

usage: worth.py mark COPY [FILE…]     instruments a copy of the project and writes COPY/questions.json
       worth.py ask COPY [--seed N] [--count N] [--keep FILE] [FILE…]

What is a question, and what it is without:

    if        the condition of an if: not true
    or, and   one term of it, of a return or of a bool: not true, true
    return    what a function of bool returns: false, true
    price     `cost += …` with a named number or a choice: not added
    call      a call of ours for its effect: not made
    function  all of a function: false, true, 0, NULL

The switch is an environment variable, so that one build does for all. Each input tells first which questions it
meets; only those inputs are read again, in lots, until two are worse. Worse: a golden input is not as expected, or a
print's or an invented document's verdict falls (exact, needless, said, mended, silent; then wrong fields).
--keep: one line of JSON a question, so that a long run can be broken off and goes on where it was.
"""
import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.dont_write_bytecode = True
sys.path[:0] = [str(ROOT / "tests" / name) for name in ("forms", "prints")]
FUNCTION = re.compile(r"^([a-z][^\n;{}]*?\b(\w+)\([^;{}]*\))\n\{\n(.*?)^\}", re.S | re.M)
NO_BRANCH = re.compile(r"(if|for|while|switch) \(")
RESULTS = {"bool": ["return false;", "return true;"], "void": ["return;"]}
RANK = {kind: rank for rank, kind in enumerate(["silent", "mended", "said", "needless", "exact"])}
LOTS, WORSE_MAX, SECONDS = (10, 80, 100000), 2, "3"
SWITCH_H = """#pragma once
#include <stdbool.h>
extern unsigned char *worth_met;
extern int worth_off;
extern bool worth_forced;
static inline bool worth(int k, bool is_true)
{
    worth_met[k] |= is_true ? 1 : 2;
    return k == worth_off ? worth_forced : is_true;
}
#define WORTH(k, ...) worth(k, !!(__VA_ARGS__))
"""
SWITCH_C = """#include "recognise/worth.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
static unsigned char own[1 << 16];
unsigned char *worth_met = own;
int worth_off = -1;
bool worth_forced;
static __attribute__((constructor)) void begin(void)
{
    const char *file = getenv("WORTH_MET"), *off = getenv("WORTH_OFF");
    int fd = file ? open(file, O_RDWR) : -1;
    if (fd >= 0)
        worth_met = mmap(NULL, sizeof own, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    worth_off = off ? atoi(off) / 2 : -1;
    worth_forced = off && atoi(off) % 2;
}
"""


# ---- switches

def masked(text):
    """The text with its comments, strings and directives blanked out, place for place."""
    out = list(text)
    for found in re.finditer(r'/\*.*?\*/|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])+\'|^#[^\n]*', text, re.S | re.M):
        fill = " " if found.group()[0] in "/#" else "q"
        out[found.start():found.end()] = [c if c == "\n" else fill for c in found.group()]
    return "".join(out)


def behind(code, start):
    """The place of the bracket that closes the one at `start`."""
    depth = 0
    for k in range(start, len(code)):
        depth += (code[k] == "(") - (code[k] == ")")
        if depth == 0:
            return k
    raise ValueError(code[start:start + 80])


def split(code, start, end, mark):
    """The parts between marks outside brackets; None where a choice (?) stands there."""
    parts, depth, begin, k = [], 0, start, start
    while k < end:
        depth += (code[k] in "([{") - (code[k] in ")]}")
        if depth == 0 and code.startswith(mark, k):
            parts.append((begin, k))
            k = begin = k + len(mark)
            continue
        if depth == 0 and code[k] == "?":
            return None
        k += 1
    return [*parts, (begin, end)]


class Marker:
    def __init__(self, name, text, questions):
        self.name, self.text, self.code, self.questions, self.inserts = name, text, masked(text), questions, []

    def trim(self, start, end):
        part = self.code[start:end]
        return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())

    def add(self, kind, start, end, forced, is_statement=False):
        k = len(self.questions)
        said = re.sub(r"\s+", " ", self.text[start:end])
        self.questions.append({"k": k, "file": self.name, "line": self.text.count("\n", 0, start) + 1, "kind": kind, "forced": forced, "text": said})
        self.inserts.append((start, end, f"do {{ if (WORTH({k}, 1)) " if is_statement else f"WORTH({k}, ", "; } while (0)" if is_statement else ")"))

    def terms(self, start, end, depth=0):
        start, end = self.trim(start, end)
        if self.code[start] in "(!" and "(" in self.code[start:start + 2] and behind(self.code, self.code.index("(", start)) == end - 1:
            return self.terms(self.code.index("(", start) + 1, end - 1, depth)
        for kind, mark in (("or", "||"), ("and", "&&")):
            parts = split(self.code, start, end, mark)
            if parts is None or len(parts) > 1:
                break
        for first, last in parts if parts and len(parts) > 1 else []:
            self.add(kind, *self.trim(first, last), [kind == "and"])
            if depth < 2:
                self.terms(first, last, depth + 1)

    def condition(self, kind, start, end, forced):
        self.add(kind, start, end, forced)
        self.terms(start, end)

    def statement(self, start, end, is_bool):
        start, end = self.trim(start, end)
        while True:
            part = self.code[start:end]
            control, word = NO_BRANCH.match(part), re.match(r"(else|do)\b\s*|case [^:]*:\s*|default:\s*", part)
            if not control and not word:
                break
            start = self.trim(behind(self.code, start + control.end() - 1) + 1, end)[0] if control else start + word.end()
        own = re.match(r"(?!g_|mem|str|qsort)[a-z]\w*\(", part)
        if is_bool and part.startswith("return ") and part not in ("return true", "return false"):
            self.condition("return", start + len("return "), end, [0, 1])
        elif re.match(r"(const )?bool \w+ = (?!true$|false$)", part) and len(split(self.code, start, end, ",") or []) == 1:
            self.condition("bool", self.trim(start + part.index("=") + 1, end)[0], end, [0, 1])
        elif own and behind(self.code, start + own.end() - 1) == end - 1:
            self.add("call", start, end, [0], True)
        elif re.match(r"[\w\->.\[\]*]+ [+-]= ", part) and re.search(r"[A-Z]{3}|\?", part):
            self.add("price", start, end, [0], True)

    def function(self, found):
        start, end = found.span(3)
        result = re.sub(r"\b(static|inline|const)\b", "", found.group(1)[:found.group(1).index(found.group(2))]).strip()
        numbers = ["return 0;"] if re.fullmatch(r"g?u?int\w*|float|gsize", result) else []
        for answer in RESULTS.get(result, ["return NULL;"] if result.endswith("*") else numbers):
            self.add("function", start, start, [0])
            self.questions[-1]["text"] = f"{found.group(2)}: {answer}"
            self.inserts[-1] = (start, start, f"if (!WORTH({len(self.questions) - 1}, 1)) {answer}\n", "")
        for word in re.finditer(r"\b(if|while) \(", self.code[start:end]):
            first = start + word.end()
            last = behind(self.code, first - 1)
            if word.group(1) == "if":
                self.add("if", first, last, [0])
            self.terms(first, last)
        depth, begin = 0, start
        for k in range(start, end):
            depth += (self.code[k] == "(") - (self.code[k] == ")")
            if depth == 0 and self.code[k] in ";{}":
                if self.code[k] == ";":
                    self.statement(begin, k, result == "bool")
                begin = k + 1

    def marked(self):
        for found in FUNCTION.finditer(self.code):
            self.function(found)
        events = []
        for n, (start, end, opening, closing) in enumerate(sorted(self.inserts, key=lambda one: (one[0], -one[1]))):
            events += [(start, 1, n, opening), (end, 0 if end > start else 2, -n, closing)]
        out, place = ['#include "recognise/worth.h"\n'], 0
        for at, _, _, inserted in sorted(events):
            out += [self.text[place:at], inserted]
            place = at
        return "".join(out) + self.text[place:]


def mark(copy, files):
    questions = []
    for path in sorted((ROOT / "src/recognise").glob("*.c")):
        if not files or path.name in files:
            (copy / "src/recognise" / path.name).write_text(Marker(path.name, path.read_text(), questions).marked())
    (copy / "src/recognise/worth.h").write_text(SWITCH_H)
    (copy / "src/recognise/worth.c").write_text(SWITCH_C)
    (copy / "questions.json").write_text(json.dumps(questions))


# ---- inputs and verdicts

class Inputs:
    """The files in a folder, and how each is judged."""

    def __init__(self, folder, program, seed, count):
        import invent_compare
        import run as prints
        from invent_print import RENDITIONS
        from invent_template import Document
        sys.path.insert(0, str(ROOT / "tests/golden"))
        del sys.modules["run"]
        import run as golden
        self.program, self.golden, self.compare, self.judges = str(program), golden, invent_compare.judge, {}
        truths = prints.truths(ROOT / "tests/prints/dev")
        for path in sorted((ROOT / "tests/prints/dev").glob("*.txt")):
            for name, text in prints.prints(path).items():
                place = folder / f"{path.stem}@{name}.txt"
                place.write_text(text, encoding="utf-8")
                self.judges[str(place)] = (prints.OneForm(truths[name]), {})
        for number in range(seed, seed + count):
            document = Document(number)
            for name in ("columns", "lines", "bars", "tabs"):
                suffix, write = RENDITIONS[name]
                data, where = write(document)
                place = folder / f"{number}@{name}{suffix}"
                place.write_bytes(data)
                self.judges[str(place)] = (document, where)
        self.paths = [*self.judges, *sorted(str(path) for path in (ROOT / "tests/golden").glob("*/input.*"))]

    def ask(self, command, paths, **environment):
        done = subprocess.run([self.program, *command, "--max-time", SECONDS, *paths], capture_output=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8", **environment})
        return dict(zip(paths, json.loads(done.stdout)["files"]))

    def verdict(self, path, converted, environment):
        """The larger the better."""
        checked = self.ask(["check", "--format", "json"], [path], **environment)[path]
        if path in self.judges:
            verdict = self.compare(*self.judges[path], converted, checked["findings"])
            return RANK[verdict.kind], -len(verdict.wrong)
        os.environ.update(environment)
        answer = next(self.golden.answers(self.program, [Path(path)]))
        return (not self.golden.compare(Path(path).parent, Path(path), answer),)


def digest(converted):
    return hashlib.md5(json.dumps([converted.get("forms"), converted["status"]], sort_keys=True).encode()).hexdigest()


class Asker:
    def __init__(self, inputs, n_questions, folder):
        self.inputs, self.met, self.plain, self.best = inputs, {}, {}, {}
        table = folder / "met"
        for path in inputs.paths:
            table.write_bytes(bytes(1 << 16))
            self.plain[path] = digest(inputs.ask(["convert"], [path], WORTH_MET=str(table))[path])
            self.met[path] = table.read_bytes()[:n_questions]

    def concerned(self, k, forced):
        return [path for path in self.inputs.paths if self.met[path][k] & (2 if forced else 1)]

    def judge(self, path, converted, environment):
        if path not in self.best:
            off = {"WORTH_OFF": "-1"}
            self.best[path] = self.inputs.verdict(path, self.inputs.ask(["convert"], [path], **off)[path], off)
        return self.inputs.verdict(path, converted, environment), self.best[path]

    def without(self, k, forced):
        paths, environment = self.concerned(k, forced), {"WORTH_OFF": str(2 * k + forced)}
        out = {"k": k, "forced": forced, "inputs": len(paths), "changed": 0, "worse": 0, "better": 0}
        for lot in LOTS:
            some, paths = paths[:lot], paths[lot:]
            converted = self.inputs.ask(["convert"], some, **environment) if some else {}
            for path in (path for path in some if digest(converted[path]) != self.plain[path]):
                now, then = self.judge(path, converted[path], environment)
                out["changed"] += 1
                out["worse"] += now < then
                out["better"] += now > then
                if out["worse"] == WORSE_MAX:
                    return out
        return out


def ask(copy, arguments):
    questions = json.loads((copy / "questions.json").read_text())
    kept = arguments.keep.read_text().splitlines() if arguments.keep and arguments.keep.is_file() else []
    done = {(one["k"], one["forced"]) for one in map(json.loads, kept)}
    with tempfile.TemporaryDirectory() as place:
        inputs = Inputs(Path(place), copy / "build/ziping", arguments.seed, arguments.count)
        asker = Asker(inputs, len(questions), Path(place))
        todo = [(len(asker.concerned(one["k"], forced)), one["k"], int(forced)) for one in questions for forced in one["forced"]]
        for n_inputs, k, forced in sorted(todo):
            if (k, forced) in done:
                continue
            out = asker.without(k, forced)
            if arguments.keep:
                with arguments.keep.open("a") as file:
                    print(json.dumps(out), file=file)
            one = questions[k]
            if out["worse"] <= out["better"] and out["worse"] < WORSE_MAX:
                print(f"{one['file']}:{one['line']}: {one['kind']} {'true' if forced else 'off'}: {n_inputs} inputs, {out['changed']} changed, {out['better']} better, {out['worse']} worse: {one['text'][:100]}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["mark", "ask"])
    parser.add_argument("copy", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("file", nargs="*")
    arguments = parser.parse_intermixed_args()
    if arguments.what == "mark":
        mark(arguments.copy, arguments.file)
    else:
        ask(arguments.copy, arguments)


if __name__ == "__main__":
    main()
