#!/usr/bin/env python3
"""Bytes of an archive that flipped, anywhere in the file: verify names every document that is hit, or says which page or table is; the
others can be read, and recover saves them.

usage: archive_damage.py ZIPING [FLIPS [SEED]]

What is hit is found here without ziping, by comparing the rows of the damaged file with those of the sound one.  Dates, former results, the
program's version and findings over years have no digest; a flip that touches these alone is passed over.
"""
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
FLIPS = 12
# What verify answers for, by document: tables of a form, then those of the document itself.
BY_FORM = ("fund", "indicator", "repair", "outcome", "unjudged")
FREE = {"document": ("added_at", "checked_at", "version_id", "data_sha256"), "name": ("added_at",), "finding": ("related_path", "related_form")}


def rows_of(db, table, document):
    """Rows as a list, or None where they cannot be read."""
    where = f"form_id IN (SELECT id FROM form WHERE document_id = {document})" if table in BY_FORM else \
        f"id = {document}" if table == "document" else f"document_id = {document}"
    if table == "finding":
        where += " AND rule NOT LIKE 'X%'"
    try:
        cursor = db.execute(f"SELECT * FROM {table} NOT INDEXED WHERE {where}")
        names = [column[0] for column in cursor.description]
        return [[value for name, value in zip(names, row) if name not in FREE.get(table, ())] for row in cursor]
    except (sqlite3.DatabaseError, OverflowError, UnicodeDecodeError):
        return None


def contents(path, documents):
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    db.text_factory = bytes
    found = {}
    for document in documents:
        found[document] = {table: rows_of(db, table, document) for table in ("document", "name", "original", "form", "finding", *BY_FORM)}
    db.close()
    return found


class Trial:
    def __init__(self, ziping, folder):
        self.ziping, self.folder = ziping, folder
        names = ("seed-2", "form-hubei-2021", "form-wuhan-2021", "form-sichuan-2023", "sound-shanghai")
        sources = [GOLDEN / name / "input.txt" for name in names] + [GOLDEN / "seed-2/input.word.html"]
        added = self.run("archive", "add", *sources, "--db", "sound.db")
        assert added.returncode == 0, added.stderr
        db = sqlite3.connect(folder / "sound.db")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.documents = [row[0] for row in db.execute("SELECT id FROM document")]
        db.close()
        self.sound = contents(folder / "sound.db", self.documents)
        self.bytes = (folder / "sound.db").read_bytes()
        self.shown = {document: self.original("sound.db", document) for document in self.documents}

    def run(self, *arguments):
        return subprocess.run([self.ziping, *arguments], cwd=self.folder, env={**os.environ, "LC_ALL": "C.UTF-8"}, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)

    def original(self, db, document):
        sha256 = self.sound[document]["document"][0][1].decode()
        return self.run("archive", "show", sha256, "--db", db, "--format", "original").stdout

    def flip(self, at, bit):
        """What is wrong with what ziping says of this flip; None: nothing."""
        data = bytearray(self.bytes)
        data[at] ^= 1 << bit
        for name in ("hit.db-wal", "hit.db-shm"):
            (self.folder / name).unlink(missing_ok=True)
        (self.folder / "hit.db").write_bytes(data)
        now = contents(self.folder / "hit.db", self.documents)
        hit = {document for document in self.documents if now[document] != self.sound[document]}
        verified = self.run("archive", "verify", "--db", "hit.db", "--format", "json")
        said = verified.stderr.decode()
        if verified.returncode in (2, 3):  # the schema, or the list of documents, cannot be read
            return None if "hit.db" in said else f"exit {verified.returncode}: {said}"
        try:
            named = {row["document"] for row in json.loads(verified.stdout)}
        except ValueError:
            return f"exit {verified.returncode}, no list: {said}"
        is_told = "damaged" in said and verified.returncode == 1
        if hit - named and not is_told:
            return f"documents {hit - named} are hit and not named: {said}"
        if named and verified.returncode != 1:
            return f"exit {verified.returncode} with {named}"
        for document in [document for document in self.documents if document not in hit | named][:2]:
            if self.original("hit.db", document) != self.shown[document]:
                return f"document {document} is sound and cannot be read"
        return self.recover(now) if hit | named else None

    def recover(self, now):
        (self.folder / "saved.db").unlink(missing_ok=True)
        saved = self.run("archive", "recover", "--db", "hit.db", "--to", "saved.db")
        if saved.returncode not in (0, 3):
            return f"recover: exit {saved.returncode}: {saved.stderr.decode()}"
        db = sqlite3.connect(self.folder / "saved.db")
        there = {row[0] for row in db.execute("SELECT sha256 FROM document")}
        db.close()
        for document in self.documents:
            before = self.sound[document]
            is_sound = all(now[document][table] == before[table] for table in ("document", "original"))
            if is_sound and before["document"][0][1].decode() not in there:
                return f"document {document} has a sound original and was not saved: {saved.stderr.decode()}"
        return None


def main():
    flips = int(sys.argv[2]) if len(sys.argv) > 2 else FLIPS
    chosen = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 2022)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(os.path.realpath(sys.argv[1]), Path(folder))
        for _ in range(flips):
            at, bit = chosen.randrange(100, len(trial.bytes)), chosen.randrange(8)
            wrong = trial.flip(at, bit)
            if wrong:
                bad += 1
                print(f"FAILED: byte {at}, bit {bit}: {wrong[:400]}")
    print(f"{flips} flips, {bad} failed")
    return bad != 0


if __name__ == "__main__":
    sys.exit(main())
