#!/usr/bin/env python3
"""Archives of a plan's shards, merged: the archive that one `add` makes, whatever was there before, is damaged or is killed.

usage: archive_merge.py ZIPING
"""
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
SHARDS = 3
# Without dates, and with what a number points to instead of the number.
CONTENT = [
    "SELECT document.id, sha256, size, format, status, encrypted, data_sha256, program, rulebook FROM document JOIN version v ON v.id = version_id ORDER BY document.id",
    "SELECT path, path_bytes, document_id FROM name ORDER BY id",
    "SELECT * FROM original ORDER BY document_id",
    "SELECT * FROM form ORDER BY id",
    "SELECT * FROM fund", "SELECT * FROM indicator", "SELECT * FROM repair", "SELECT * FROM outcome",
    "SELECT form_id, number, rule, pointer, zh, en FROM unjudged JOIN reason ON reason.id = reason_id ORDER BY form_id, number",
    "SELECT document_id, form_id, rule, name, severity, kind, pointer, at, stated, expected, habit, message_zh, message_en, related_path, related_form, fingerprint "
    "FROM finding ORDER BY document_id, form_id, rule, pointer, message_zh",
    "SELECT project_key, unit_key, to_project_key, to_unit_key, linked_at FROM link ORDER BY id",
]


def form(year, carried):
    return f"""项目支出绩效自评表
({year}年度)
| 项目名称 | 技能培训 | | 实施单位 | 培训中心 |
| 项目资金(万元) | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| | 年度资金总额 | 100 | 100 | 90 | 10 | 90% | 9 |
| | 其中：当年财政拨款 | 100 | 100 | 90 | - | - | - |
| | 上年结转资金 | {carried} | {carried} | {carried} | - | - | - |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| | 产出指标 | 数量指标 | 培训次数 | ≥10次 | 10次 | 90 | 90 |  |
| 总分 | | | | | | 100 | 99 |
"""


class Trial:
    def __init__(self, ziping, folder):
        self.ziping, self.folder = ziping, folder

    def run(self, *words, exit_code=0):
        done = subprocess.run([self.ziping, "--lang", "en", *map(str, words)], cwd=self.folder, capture_output=True, text=True)
        assert done.returncode == exit_code, f"{words}: exit {done.returncode}: {done.stdout}{done.stderr}"
        return done

    def content(self, name):
        db = sqlite3.connect(self.folder / name)
        found = [db.execute(sql).fetchall() for sql in CONTENT]
        db.close()
        return found

    def query(self, name, sql):
        db = sqlite3.connect(self.folder / name)
        found = db.execute(sql).fetchall()
        db.commit()
        db.close()
        return found

    def same(self, name, other, why):
        for sql, one, two in zip(CONTENT, self.content(name), self.content(other)):
            assert one == two, f"{why}: {sql}: {[pair for pair in zip(one, two) if pair[0] != pair[1]][:1] or (len(one), len(two))}"

    def make(self):
        """Documents of several formats, a project of two years in different shards, one document twice."""
        (self.folder / "in").mkdir()
        names = ["seed-2/input.txt", "form-hubei-2021/input.txt", "form-wuhan-2021/input.txt", "form-sichuan-2023/input.txt", "seed-2/input.word.html",
                 "sound-shanghai/input.txt", "seed-3/input.txt", "seed-4/input.txt"]
        for k, name in enumerate(names):
            path = GOLDEN / name
            shutil.copy(path, self.folder / f"in/{k}{path.suffix}")
        (self.folder / "in/00.txt").write_text(form(2021, 0), encoding="utf-8")
        (self.folder / "in/z.txt").write_text(form(2022, 15), encoding="utf-8")
        shutil.copy(self.folder / "in/0.txt", self.folder / "in/zz.txt")
        self.run("plan", "in", "--shard-size", 4, "-o", "p")
        self.run("archive", "add", "in", "--db", "whole.db")
        for k in range(1, SHARDS + 1):
            self.run("archive", "add", "--shard-of", f"p:{k}", "--db", f"{k}.db")
            self.run("archive", "verify", "--db", f"{k}.db")
        assert sum(self.query(f"{k}.db", "SELECT count(*) FROM document")[0][0] for k in range(1, SHARDS + 1)) == 11
        assert not self.query("1.db", "SELECT 1 FROM finding WHERE rule = 'X04'")

    def rich(self):
        """The shard with most documents, and another."""
        by_size = sorted(self.shards(), key=lambda name: self.query(name, "SELECT count(*) FROM document")[0][0])
        return by_size[-1], by_size[0]

    def shards(self):
        return [f"{k}.db" for k in range(1, SHARDS + 1)]

    def try_equal(self):
        said = self.run("archive", "merge", *self.shards(), "--db", "m.db")
        assert "10 documents" in said.stderr and "1 more were there already" in said.stderr, said.stderr
        self.same("whole.db", "m.db", "merged shards are no single archive")
        assert self.query("m.db", "SELECT f.year FROM finding JOIN form f ON f.id = form_id WHERE rule = 'X04'") == [(2022,)]
        self.run("archive", "verify", "--db", "m.db")
        for word in ("培训", "资", "政府采购"):
            one, two = (self.run("archive", "search", word, "--db", name).stdout for name in ("whole.db", "m.db"))
            assert one == two, f"search {word}: {one} {two}"
        self.run("archive", "merge", *reversed(self.shards()), "--db", "m.db")
        self.same("whole.db", "m.db", "merging again changes something")

    def try_history(self):
        """Into an archive that has something; links and former results come along."""
        rich, poor = self.rich()
        forms = [row[0] for row in self.query(rich, "SELECT id FROM form ORDER BY id LIMIT 2")]
        shutil.copy(self.folder / rich, self.folder / "old.db")
        self.run("archive", "link", *forms, "--db", "old.db")
        self.query("old.db", "INSERT INTO former (document_id, version_id, checked_at, replaced_at, findings) SELECT id, version_id, 'then', 'now', '[]' FROM document LIMIT 1")
        self.run("archive", "add", "in/0.txt", "--db", "some.db", "--no-originals")
        self.run("archive", "merge", "old.db", poor, "--db", "some.db")
        assert self.query("some.db", "SELECT count(*) FROM link") == [(1,)]
        wanted = self.query("old.db", "SELECT sha256, replaced_at FROM former JOIN document d ON d.id = document_id")
        assert self.query("some.db", "SELECT sha256, replaced_at FROM former JOIN document d ON d.id = document_id") == wanted
        assert self.query("some.db", "SELECT count(*) = (SELECT count(*) FROM document) FROM original") == [(1,)], "an original that was not kept comes with the other"
        self.run("archive", "verify", "--db", "some.db")

    def try_damaged(self):
        """A document whose rows or original are not what they were is named and left out; an archive that is none keeps no other from it."""
        rich, poor = self.rich()
        shutil.copy(self.folder / rich, self.folder / "bad.db")
        first, second = (row[0] for row in self.query("bad.db", "SELECT id FROM document ORDER BY id LIMIT 2"))
        self.query("bad.db", f"UPDATE indicator SET weight = '7' WHERE form_id IN (SELECT id FROM form WHERE document_id = {first})")
        self.query("bad.db", f"UPDATE original SET bytes = x'00' WHERE document_id = {second}")
        (self.folder / "none.db").write_text("none")
        said = self.run("archive", "merge", "none.db", "bad.db", poor, "--db", "d.db", exit_code=3).stderr
        assert "none.db is no archive" in said and f"bad.db: document {first} (" in said and f"document {second} (" in said and "2 are damaged" in said, said
        lost = {row[0] for row in self.query("bad.db", f"SELECT sha256 FROM document WHERE id IN ({first}, {second})")}
        there = {row[0] for row in self.query("d.db", "SELECT sha256 FROM document")}
        wanted = {row[0] for name in ("bad.db", poor) for row in self.query(name, "SELECT sha256 FROM document")} - lost
        assert there == wanted, (there ^ wanted)
        self.run("archive", "verify", "--db", "d.db")

    def try_words(self):
        before = self.content("1.db")
        assert "both" in self.run("archive", "merge", "2.db", "./1.db", "--db", "1.db", exit_code=2).stderr.replace("is to be read and to be written", "both")
        assert before == self.content("1.db")
        assert "usage" in self.run("archive", "merge", "--db", "x.db", exit_code=2).stderr
        assert not (self.folder / "x.db").exists()

    def try_killed(self):
        """What was committed stays; merging again completes it. One killed before its first commit is an archive with nothing in it, once its journal was rolled back."""
        with closing(sqlite3.connect(self.folder / "k.db")) as db:
            db.execute("PRAGMA application_id=0x7a697069")
        said = self.run("archive", "list", "--db", "k.db", exit_code=2).stderr
        assert "broken off" in said, said
        self.run("archive", "merge", *self.shards(), "--db", "k.db")
        self.same("whole.db", "k.db", "what was broken off is not made again")
        for wait in (0.0, 0.005, 0.01, 0.015, 0.02, 0.05, 0.1):
            for path in self.folder.glob("k.db*"):
                path.unlink()
            process = subprocess.Popen([self.ziping, "archive", "merge", *self.shards(), "--db", "k.db"], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(wait)
            process.kill()
            process.wait()
            if (self.folder / "k.db").exists() and (self.folder / "k.db").stat().st_size:
                said = subprocess.run([self.ziping, "--lang", "en", "archive", "list", "--db", "k.db"], cwd=self.folder, capture_output=True, text=True)
                assert said.returncode in (0, 2) and "readonly" not in said.stderr, said
            self.run("archive", "merge", *self.shards(), "--db", "k.db")
            self.same("whole.db", "k.db", f"killed after {wait} s")


with tempfile.TemporaryDirectory() as path:
    trial = Trial(str(Path(sys.argv[1]).resolve()), Path(path))
    trial.make()
    for name in ("equal", "history", "damaged", "words", "killed"):
        getattr(trial, f"try_{name}")()
        print(f"{name}: ok", flush=True)
