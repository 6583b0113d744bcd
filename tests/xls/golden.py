#!/usr/bin/env python3
"""Every workbook of the golden cases as LibreOffice saves it for Excel 97 to 2003: the same forms, the same findings.  Exit 77 without it.

usage: golden.py ZIPING
"""
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ZIPING = Path(sys.argv[1]).resolve()
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def asked(command, folder, *options):
    """Of one folder: messages name files, and the content tells the format."""
    names = sorted(path.name for path in folder.iterdir())
    done = subprocess.run([ZIPING, command, *names, "--no-config", "--lang", "en", *options], cwd=folder, capture_output=True, text=True)
    return {Path(each["path"]).stem: each for each in json.loads(done.stdout)["files"]}


def told(value):
    """All but what is of the file's own: its digest and format."""
    if isinstance(value, dict):
        return {key: told(one) for key, one in value.items() if key not in ("sha256", "format")}
    return [told(one) for one in value] if isinstance(value, list) else value


def main():
    if not OFFICE:
        sys.exit(77)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        new, old = folder / "new", folder / "old"
        new.mkdir()
        for book in sorted(ROOT.glob("tests/golden/*/input.xlsx")):
            shutil.copy(book, new / f"{book.parent.name}.xlsx")
        subprocess.run([OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xls:MS Excel 97", "--outdir", old, *sorted(new.iterdir())],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for book in old.iterdir():
            book.rename(book.with_suffix(".xlsx"))
        bad, count = 0, len(list(new.iterdir()))
        for command, options in (("convert", ()), ("check", ("--format", "json", "--repairs"))):
            new_told, old_told = asked(command, new, *options), asked(command, old, *options)
            for book in new_told:
                if told(new_told[book]) != told(old_told.get(book)) or old_told[book]["format"] != "xls":
                    bad += 1
                    print(f"{book}: {command} says something else of the .xls")
        print(f"{count} workbooks")
        sys.exit(1 if bad or count < 80 else 0)


main()
