#!/usr/bin/env python3
"""Archives are read as folders are: every kind, with whatever names, inside each other, and hostile ones.

usage: archives.py ZIPING
"""
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import warnings
from pathlib import Path

import make

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests/golden"
SEED = (ROOT / "samples/seed-2022.txt").read_bytes()
TEXT = (GOLDEN / "seed-1/input.txt").read_bytes()
PAGE = (GOLDEN / "seed-1/input.site.html").read_bytes()
PDF = (GOLDEN / "seed-1/input.pdf").read_bytes()
DOCX = (GOLDEN / "seed-1/input.docx").read_bytes()
XLSX = (GOLDEN / "seed-1/input.xlsx").read_bytes()
FILES = [("甲单位/自评表.docx", DOCX), ("甲单位/表.txt", SEED), ("乙单位/自评表", XLSX), ("乙单位/页.html", PAGE), ("丙/表.pdf", PDF), ("说明.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")]
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8"}
wrong = []
ziping = os.path.realpath(sys.argv[1])


def expect(what, is_so):
    if not is_so:
        wrong.append(what)


def run(*words, given=None, code=None):
    done = subprocess.run([ziping, *map(str, words)], env=ENVIRONMENT, input=given, capture_output=True, check=False, timeout=250)
    if code is not None and done.returncode != code:
        wrong.append(f"{words}: exit {done.returncode}, not {code}: {done.stderr[:400]}")
    return done


def check(*words, code=None, given=None):
    """Its report: to a file where it keeps a journal."""
    out = Path(words[words.index("--journal") + 1]).parent / "out.json" if "--journal" in words else None
    done = run("check", "--format", "json", *(["-o", out] if out else []), *words, code=code, given=given)
    try:
        return json.loads(out.read_bytes() if out else done.stdout)
    except ValueError:
        wrong.append(f"{words}: {done.returncode} {done.stderr[:300]}")
        return {"files": [], "summary": {"unread": [], "skipped": 0}}


def of_files(report, prefix):
    """What is said of each file below a prefix, its path without it; fingerprints and related forms hang on the others."""
    rows = {}
    for file in report["files"]:
        if file["path"].startswith(prefix):
            found = [(one["code"], one["pointer"], one["message"]) for one in file["findings"] if one["code"][0] != "X"]
            rows[file["path"][len(prefix):]] = (file["status"], file["sha256"], file["format"], found)
    return rows


def paths(report):
    return [file["path"] for file in report["files"]]


def message(report, path):
    return next((file["error"]["message"] for file in report["files"] if file["path"] == path and file["error"]), None)


def kinds(folder):
    """One folder, and the same in an archive of every kind: each has its files as the folder has them."""
    plain = folder / "plain"
    for name, data in FILES:
        (plain / name).parent.mkdir(parents=True, exist_ok=True)
        (plain / name).write_bytes(data)
    packed = folder / "packed"
    packed.mkdir()
    tar = make.tar_of(FILES)
    (packed / "utf8.zip").write_bytes(make.zip_of(FILES))
    (packed / "gbk.zip").write_bytes(make.zip_of([(name.encode("gb18030"), data) for name, data in FILES], system=0))
    (packed / "windows.zip").write_bytes(make.zip_of([(name.replace("/", "\\").encode("gb18030"), data) for name, data in FILES], system=0))
    (packed / "stored.zip").write_bytes(make.zip_of(FILES, stored=True)) # the first entry's own parts stand in its head
    (packed / "plain.tar").write_bytes(tar)
    (packed / "gbk.tar").write_bytes(make.tar_of(FILES, encoding="gb18030"))
    for ending, data in make.compressed(tar).items():
        (packed / f"t.tar{ending}").write_bytes(data)
    make.by_libarchive(packed / "a.7z", "7zip", FILES)
    (packed / "a.rar").write_bytes(make.rar_of(FILES))
    (packed / "名字不对.bin").write_bytes(make.zip_of(FILES)) # content says what it is
    (packed / "noname").write_bytes(make.rar_of(FILES))
    is_there = check(plain, code=3)
    expected = of_files(is_there, f"{plain}/")
    expect("a folder of five", len(expected) == 5)
    report = check(packed, code=3)
    for archive in sorted(packed.iterdir()):
        seen = of_files(report, f"{archive}!/")
        expect(f"{archive.name}: {sorted(set(seen) ^ set(expected)) or [k for k in seen if seen[k] != expected.get(k)]}", seen == expected)
        expect(f"{archive.name}: unread", {"path": f"{archive}!/说明.doc", "kind": "doc"} in report["summary"]["unread"])
    expect("order of the archive", [p.split("!/")[1] for p in paths(report) if "/a.rar!" in p] == [name for name, _ in FILES[:5]])
    expect("nothing else", len(report["files"]) == 5 * len(list(packed.iterdir())))
    # The same by one worker, by a list, from standard input, and to convert.
    expect("one worker", check("--jobs", 1, packed)["files"] == report["files"])
    one = packed / "gbk.zip"
    named = check(one, code=3)
    expect("named", of_files(named, f"{one}!/") == expected)
    expect("a list", check("--files-from", "-", given=f"{one}\n".encode(), code=3)["files"] == named["files"])
    expect("standard input", of_files(check("-", given=one.read_bytes(), code=3), "-!/") == expected)
    converted = json.loads(run("convert", one).stdout)
    expect("convert", paths(converted) == paths(named) and converted["files"][0]["forms"])
    written = json.loads(run("formats", "--format", "json").stdout)["written"]
    for form in (row["name"] for row in written if row["check"] and row["name"] not in ("html", "xlsx", "sqlite", "json")):  # json: above; no text
        done = run("check", "--format", form, one, code=3)
        name = {"sarif": "gbk.zip%21/%E4%B8%99/%E8%A1%A8.pdf", "markdown": "gbk.zip\\!/丙/表.pdf"}.get(form, "gbk.zip!/丙/表.pdf")
        expect(f"{form}: names an entry", name.encode() in done.stdout)
    done = run("fix", f"{one}!/甲单位/表.txt", "-o", folder / "mended.txt", code=2)
    expect("fix", b"archives" in done.stderr and not (folder / "mended.txt").exists())
    done = run("fix", one, "-o", folder / "mended", code=3)
    expect("fix of all", b"archives" in done.stderr)
    copies = folder / "copies"
    run("check", "--annotate-dir", copies, one, code=3)
    names = sorted(str(path.relative_to(copies)) for path in copies.rglob("*") if path.is_file())
    expect(f"marked copies: {names}", "乙单位/页.html" in names and "丙/表.pdf" in names)
    run("annotate", one, "-o", folder / "copy", code=3)
    expect("no one copy of many", not (folder / "copy").exists())
    return packed


def named(folder, packed):
    """A file in an archive by its name, a folder or an archive in one; what is not there is said."""
    for archive in "gbk.zip", "a.7z", "t.tar.xz":
        one = packed / archive
        report = check(f"{one}!/甲单位/表.txt", f"{one}!/丙/表.pdf", code=1)
        expect(f"{archive}: {paths(report)}", paths(report) == [f"{one}!/甲单位/表.txt", f"{one}!/丙/表.pdf"])
        expect("nothing beside it", not report["summary"]["unread"] and not report["summary"]["skipped"])
    one = packed / "utf8.zip"
    expect("a folder", paths(check(f"{one}!/甲单位/", code=1)) == [f"{one}!/甲单位/自评表.docx", f"{one}!/甲单位/表.txt"])
    expect("the whole wins", len(check(one, f"{one}!/甲单位/表.txt", code=3)["files"]) == 5)
    expect("named, of no kind", message(check(f"{one}!/说明.doc", code=3), f"{one}!/说明.doc") is not None)
    report = check(f"{one}!/甲单位/没有.txt", f"{one}!/丙/表.pdf", code=3)
    expect("missing", "no such file" in (message(report, f"{one}!/甲单位/没有.txt") or "") and f"{one}!/丙/表.pdf" in paths(report))
    deep = folder / "named.zip"
    deep.write_bytes(make.zip_of([("甲.zip", make.zip_of([("a.txt", TEXT), ("b.txt", TEXT)])), ("b.txt", TEXT), (".hidden.txt", TEXT)]))
    expect("in an archive in it", paths(check(f"{deep}!/甲.zip!/b.txt", code=1)) == [f"{deep}!/甲.zip!/b.txt"])
    expect("all of the inner one", len(check(f"{deep}!/甲.zip", code=1)["files"]) == 2)
    expect("hidden, and named", paths(check(f"{deep}!/.hidden.txt", code=1)) == [f"{deep}!/.hidden.txt"])
    converted = json.loads(run("convert", f"{deep}!/b.txt", code=0).stdout)
    expect("convert", paths(converted) == [f"{deep}!/b.txt"])
    plain = folder / "no archive.txt"
    plain.write_bytes(TEXT)
    expect("no archive", "no archive" in (message(check(f"{plain}!/x.txt", code=3), str(plain)) or ""))
    run("check", "--journal", folder / "log", "-o", folder / "o", f"{deep}!/b.txt", code=2)
    done = run("annotate", f"{deep}!/b.txt", "-o", folder / "copy.txt", code=2)
    expect("annotate says what to do", b"--annotate-dir" in done.stderr and not (folder / "copy.txt").exists())
    same = folder / "same.zip"
    same.write_bytes(deep.read_bytes())
    run("convert", f"{same}!/b.txt", "-o", same, code=2)
    expect("not written over", same.read_bytes() == deep.read_bytes())


def inside(folder):
    """Archives in archives, two deep, and what is no archive."""
    inner = make.zip_of([("表.txt", SEED)])
    two = make.tar_of([("丙.zip", inner), ("旁.txt", TEXT)])
    three = make.zip_of([("乙.tar", two), ("自评表.docx", DOCX)])
    deep = folder / "deep.zip"
    deep.write_bytes(make.zip_of([("甲.zip", three), ("first.txt", TEXT), ("乙.tgz", make.compressed(two)[".gz"])]))
    report = check(deep, code=3)
    expect(f"nested: {paths(report)}", paths(report) == [f"{deep}!/{name}" for name in (
        "甲.zip!/乙.tar!/丙.zip", "甲.zip!/乙.tar!/旁.txt", "甲.zip!/自评表.docx", "first.txt", "乙.tgz!/丙.zip!/表.txt", "乙.tgz!/旁.txt")])
    expect("deeper is said", "ZP_LIMIT_ARCHIVE_DEPTH" in (message(report, f"{deep}!/甲.zip!/乙.tar!/丙.zip") or ""))
    # A single compressed file; an Office package is a file however it was packed; a folder may be called as its parts are.
    office = folder / "office"
    office.mkdir()
    (office / "表.txt.gz").write_bytes(make.compressed(SEED)[".gz"])
    (office / "plain.docx").write_bytes(DOCX)
    (office / "stored.zip").write_bytes(make.zip_of([("word/自评表.docx", DOCX), ("xl/自评表.xlsx", XLSX)], stored=True))
    report = check(office, code=1)
    expect(f"office: {paths(report)}", sorted(p[len(str(office)) + 1:] for p in paths(report)) == ["plain.docx", "stored.zip!/word/自评表.docx", "stored.zip!/xl/自评表.xlsx", "表.txt.gz!/表.txt"])


def names(folder):
    """Names lead nowhere, are told apart, and what no document is called is passed over."""
    archive = folder / "names.zip"
    archive.write_bytes(make.zip_of([("../../../etc/a.txt", TEXT), ("/b/b.txt", TEXT), ("same.txt", TEXT), ("same.txt", SEED), ("same (2).txt", TEXT), ("a\x1b[31m\u202e.txt", TEXT),
                                     (b"\xff\xfe.txt", TEXT), ("~$lock.docx", DOCX), (".hidden/x.txt", TEXT), ("__MACOSX/._a.txt", TEXT), ("Thumbs.db", b"x"), ("x" * 3000 + ".txt", TEXT)]))
    report = check(archive, code=1)
    seen = [path.split("!/", 1)[1] for path in paths(report)]
    expect(f"names: {seen}", seen[:7] == ["etc/a.txt", "b/b.txt", "same.txt", "same (2).txt", "same (2) (2).txt", "a\x1b[31m\u202e.txt", "\ufffd\ufffd.txt"] and len(seen) == 8)
    expect("path_bytes", report["files"][6]["path_bytes"].endswith("fffe2e747874"))
    # So no path is over ZP_LIMIT_ENTRY_PATH.
    expect("long name (ZP_LIMIT_ENTRY_NAME)", len(seen[7]) == 1024 and seen[7].endswith("x.txt"))
    expect("two of one name are two", report["files"][2]["sha256"] != report["files"][3]["sha256"])
    expect("passed over", report["summary"]["skipped"] == 4 and not report["summary"]["unread"])
    done = run("check", archive)
    expect("shown safely", b"\x1b" not in done.stdout and "\u202e".encode() not in done.stdout)
    links = folder / "links.tar"
    links.write_bytes(make.tar_of([("form.txt", TEXT), ("link.txt", (tarfile.SYMTYPE, "/etc/passwd")), ("hard.txt", (tarfile.LNKTYPE, "form.txt")), ("null", (tarfile.CHRTYPE, "")), ("fifo.txt", (tarfile.FIFOTYPE, ""))]))
    report = check(links, code=1)
    expect("links", len(report["files"]) == 1 and report["summary"]["skipped"] == 4)


def hostile(folder):
    """What is wrong with an archive costs what is in it there, and is said."""
    bad = folder / "bad"
    bad.mkdir()
    make.by_libarchive(bad / "locked.zip", "zip", [("表.txt", TEXT)], b"zip:encryption=zipcrypt", b"x")
    (bad / "locked.rar").write_bytes(make.rar_of([("表.txt", TEXT)], is_locked=True))
    whole = make.zip_of([("a.txt", TEXT), ("b.txt", SEED)])
    (bad / "cut.zip").write_bytes(whole[:-len(whole) // 3])
    (bad / "cut.tgz").write_bytes(make.compressed(make.tar_of([("a.txt", TEXT), ("b.bin", os.urandom(200000))]))[".gz"][:-60000])
    damaged = bytearray(make.zip_of([("a.txt", TEXT), ("b.txt", SEED), ("c.txt", TEXT)]))
    at = damaged.index(b"b.txt") + 200
    damaged[at:at + 40] = bytes(40)
    (bad / "damaged.zip").write_bytes(damaged)
    (bad / "sizes.zip").write_bytes(whole.replace(len(SEED).to_bytes(4, "little"), (7).to_bytes(4, "little")))
    make.by_libarchive(bad / "whole.7z", "7zip", [("a.txt", TEXT)])
    seven = bytearray((bad / "whole.7z").read_bytes())
    seven[40:60] = bytes(20)
    (bad / "broken.7z").write_bytes(seven)
    # It ends above ZP_LIMIT_ARCHIVE_RATIO_FLOOR.
    (bad / "bomb.zip").write_bytes(make.zip_of([(f"{n}.bin", bytes(16 << 20)) for n in range(30)] + [("form.txt", TEXT)]))
    (bad / "large.zip").write_bytes(make.zip_of([("large.txt", bytes(129 << 20)), ("form.txt", TEXT)]))
    (bad / "many.tgz").write_bytes(make.many_folders(200001))
    (bad / "nothing.zip").write_bytes(make.zip_of([]))
    (bad / "good.txt").write_bytes(TEXT)
    report = check(bad, code=3)
    said = {path[len(str(bad)) + 1:]: message(report, path) for path in paths(report)}
    for path, word in {"locked.zip!/表.txt": "encrypted", "locked.rar!/表.txt": "encrypted", "cut.zip!/b.txt": "damaged", "cut.tgz!/b.bin": "damaged", "damaged.zip!/b.txt": "damaged",
                       "broken.7z": "damaged", "bomb.zip": "ZP_LIMIT_ARCHIVE_RATIO", "large.zip!/large.txt": "ZP_LIMIT_INPUT_BYTES", "many.tgz": "ZP_LIMIT_ARCHIVE_ENTRIES"}.items():
        expect(f"{path}: {said.get(path)}", word in (said.get(path) or ""))
    for path in "cut.zip!/a.txt", "cut.tgz!/a.txt", "damaged.zip!/a.txt", "damaged.zip!/c.txt", "large.zip!/form.txt", "whole.7z!/a.txt", "good.txt", "sizes.zip!/a.txt":
        expect(f"{path} is read: {said.get(path, 'missing')}", path in said and said[path] is None)
    expect("wrong sizes are said", said.get("sizes.zip!/b.txt") or said.get("sizes.zip"))
    run("check", bad / "nothing.zip", code=2)
    limited = check("--max-input", "1K", folder / "deep.zip", code=3)
    expect("an entry's limit is a file's", all("--max-input" in (file["error"] or {"message": ""})["message"] for file in limited["files"]))


def going_on(folder, packed):
    """Journal, cache and shards know entries."""
    whole = check(packed)
    journal = folder / "journal"
    expect("a journal changes nothing", check("--journal", journal, packed)["files"] == whole["files"])
    data = journal.read_bytes()
    for part in 0.2, 0.5, 0.97:
        journal.write_bytes(data[:int(len(data) * part)])
        resumed = check("--journal", journal, "--resume", packed)
        expect(f"resumed at {part}", resumed["files"] == whole["files"])
        expect(f"skipped, resumed at {part}: {resumed['summary']['skipped']}", resumed["summary"]["skipped"] == whole["summary"]["skipped"])
        expect(f"the journal is whole again at {part}", journal.read_bytes() == data)
    os.utime(packed / "a.rar")
    expect("a changed archive is read again", check("--journal", journal, "--resume", packed)["files"] == whole["files"])
    cache = folder / "cache"
    expect("filling", check("--cache", cache, packed)["files"] == whole["files"])
    kept = sum(1 for path in cache.rglob("*") if path.is_file())
    expect(f"one record a content and name: {kept}", 5 < kept <= 8)
    expect("kept", check("--cache", cache, packed)["files"] == whole["files"])
    shards = []
    for number in 1, 2, 3:
        shards.append(folder / f"shard{number}")
        log = folder / f"log{number}"
        run("check", "--shard", f"{number}/3", "-o", shards[-1], "--journal", log, packed)
        again = folder / "again"
        run("check", "--shard", f"{number}/3", "-o", again, "--journal", log, "--resume", packed)
        expect(f"shard {number} again", again.read_bytes() == shards[-1].read_bytes())
    merged = json.loads(run("merge", "--format", "json", *shards).stdout)
    expect("merged", merged == whole)
    expect("shards share a zip", sum(b"gbk.zip!/" in shard.read_bytes() for shard in shards) > 1)
    expect("and no rar", sum(b"a.rar!/" in shard.read_bytes() for shard in shards) == 1)


def kept(folder, packed):
    """An archive of forms takes what is in archives, original and all."""
    base = folder / "forms.db"
    run("archive", "add", packed / "gbk.zip", packed / "a.7z", "--db", base)
    run("archive", "verify", "--db", base, code=0)
    done = run("archive", "query", "--db", base, "--to", "csv", "SELECT count(*) AS n FROM document", code=0)
    expect(f"documents: {done}", done.stdout.split() == [b"n", b"5"])


def watched(folder):
    """An archive that arrives is read."""
    place = folder / "watched"
    place.mkdir()
    with subprocess.Popen([ziping, "watch", "--format", "ndjson", place], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as watch:
        time.sleep(1)
        (folder / "in.zip").write_bytes(make.zip_of([("表.txt", TEXT)]))
        shutil.move(folder / "in.zip", place / "in.zip")
        line = watch.stdout.readline()
        watch.terminate()
    expect(f"watch: {line[:80]}", json.loads(line)["path"].endswith("in.zip!/表.txt"))


def main():
    warnings.simplefilter("ignore") # zipfile on names that are there twice
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        packed = kinds(folder)
        named(folder, packed)
        inside(folder)
        names(folder)
        hostile(folder)
        going_on(folder, packed)
        kept(folder, packed)
        watched(folder)
    print(*wrong[:60], f"{len(wrong)} wrong", sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
