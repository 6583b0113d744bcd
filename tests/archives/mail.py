#!/usr/bin/env python3
"""Mails and saved web pages are read as archives are: what is attached, what they say, and hostile ones.

usage: mail.py ZIPING
"""
import base64
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import make

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
TEXT = (GOLDEN / "seed-1/input.txt").read_bytes()
PAGE = (GOLDEN / "seed-1/input.site.html").read_bytes()
DOCX = (GOLDEN / "seed-1/input.docx").read_bytes()
XLSX = (GOLDEN / "seed-1/input.xlsx").read_bytes()
HEAD = b"From: =?gb2312?B?vNfM/A==?= <a@example.org>\r\nSubject: =?utf-8?B?6Ieq6K+E6KGo?=\r\n"
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8"}
wrong = []
ziping = os.path.realpath(sys.argv[1])


def expect(what, is_so):
    if not is_so:
        wrong.append(what)


def b64(data, charset=None):
    made = base64.encodebytes(data).replace(b"\n", b"\r\n")
    return made if charset is None else b"=?%s?B?%s?=" % (charset.encode(), base64.b64encode(data))


def part(kind, data=b"", disposition=b"", more=b""):
    head = b"Content-Type: " + kind + (b"\r\nContent-Disposition: " + disposition if disposition else b"") + more
    return head + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b64(data)


def many(kind, parts, boundary=b"=_b", more=b""):
    return b"Content-Type: multipart/" + kind + b"; boundary=\"" + boundary + b"\"" + more + b"\r\n\r\n" + \
        b"".join(b"--" + boundary + b"\r\n" + one + b"\r\n" for one in parts) + b"--" + boundary + b"--\r\n"


def mail(body, head=HEAD):
    return head + b"MIME-Version: 1.0\r\n" + body


def octets(data, disposition):
    return part(b"application/octet-stream", data, disposition)


def check(folder, *options, code=None):
    done = subprocess.run([ziping, "check", "--format", "json", *options, str(folder)], env=ENVIRONMENT, capture_output=True, check=False, timeout=250)
    if code is not None and done.returncode != code:
        wrong.append(f"{folder}: exit {done.returncode}, not {code}: {done.stderr[:300]}")
    try:
        return json.loads(done.stdout)
    except ValueError:
        wrong.append(f"{folder}: {done.returncode} {done.stderr[:300]}")
        return {"files": [], "summary": {"unread": [], "skipped": 0}}


def seen(report, prefix):
    """Path below a prefix -> whether it has a form, or what is said in its stead."""
    rows = {}
    for file in report["files"]:
        if file["path"].startswith(prefix):
            rows[file["path"][len(prefix):]] = True if file["forms"] else file["error"]["message"]
    return rows


def attached(folder):
    """Names in every way that mail programs write them; the content is the file's, byte for byte."""
    names = {
        "rfc2047 朱镕.docx": b"attachment; filename=\"" + b64("rfc2047 朱镕.docx".encode("gb18030"), "gb2312") + b"\"",
        "rfc2231 甲.docx": b"attachment; filename*=utf-8''rfc2231%20%E7%94%B2.docx",
        "续 甲单位.docx": b"attachment; filename*0*=GB18030''%D0%F8%20%BC%D7;\r\n filename*1*=%B5%A5; filename*2*=%CE%BB.docx",
        "raw 镕.docx": b"attachment; filename=\"" + "raw 镕.docx".encode("gb18030") + b"\"",
        "utf8 乙.docx": b"attachment; filename=\"" + "utf8 乙.docx".encode() + b"\"",
        "etc/up.docx": b"attachment; filename=\"../../etc/up.docx\"",
    }
    parts = [octets(DOCX, disposition) for disposition in names.values()]
    parts.append(part(b"application/octet-stream; name=\"same.docx\"", DOCX))
    parts.append(part(b"application/octet-stream; name=\"same.docx\"", DOCX))
    parts.append(part(b"application/octet-stream", XLSX))
    path = folder / "names.eml"
    path.write_bytes(mail(many(b"mixed", [part(b"text/plain; charset=gb2312", "您好，见附件。".encode("gb18030")), *parts])))
    report = check(path)
    rows = seen(report, f"{path}!/")
    expect(f"names: {rows}", [name for name in rows if rows[name] is True] == [*names, "same.docx", "same (2).docx", "附件"])
    expect("a body without a form", "正文.txt" in rows and rows["正文.txt"] is not True)
    plain = folder / "plain"
    plain.mkdir()
    (plain / "a.docx").write_bytes(DOCX)
    expect("content", {file["sha256"] for file in report["files"] if file["path"].endswith(".docx")} == {check(plain)["files"][0]["sha256"]})


def bodies(folder):
    """A form in the body is read once, in the letter's character set; pictures pasted in are said, those of a page are none."""
    place = folder / "bodies"
    place.mkdir()
    text = TEXT.decode()
    page = "<p>您好</p>" + PAGE.decode()
    chosen = many(b"alternative", [part(b"text/plain; charset=utf-8", text.encode()), part(b"text/html; charset=utf-8", page.encode())], b"=_alt")
    (place / "choice.eml").write_bytes(mail(chosen))
    picture = part(b"image/png", b"\x89PNG\r\n\x1a\n" + bytes(50), b"inline; filename=\"scan.png\"", b"\r\nContent-ID: <p1>")
    related = many(b"related", [part(b"text/html; charset=big5", "<p>無</p>".encode("big5")), picture], b"=_rel")
    (place / "pasted.eml").write_bytes(mail(many(b"mixed", [many(b"alternative", [part(b"text/plain", b"x"), related], b"=_alt"), octets(TEXT, b"attachment; filename=a.txt")])))
    # Its own <meta> says otherwise, as a page does that a program has recoded.
    saved = page.replace("<html", "<!-- --><html", 1).encode("utf-16-le")
    resources = [part(b"image/gif", b"GIF89a", more=b"\r\nContent-Location: http://example.org/a.gif"), part(b"text/css", b"p{}", more=b"\r\nContent-Location: a.css")]
    mht = many(b"related", [resources[0], part(b"text/html; charset=\"utf-16le\"", saved, more=b"\r\nContent-ID: <main>\r\nContent-Location: http://example.org/"), resources[1]], more=b"; type=\"text/html\"; start=\"<main>\"")
    (place / "page.mht").write_bytes(mail(mht, b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://example.org/\r\nSubject: x\r\n"))
    (place / "old.doc").write_bytes(mail(mht, b"")) # a program that exports for Word
    report = check(place, code=3)
    rows = {path: said for path, said in seen(report, f"{place}/").items() if said is True}
    expect(f"bodies: {seen(report, f'{place}/')}", sorted(rows) == ["choice.eml!/正文.html", "old.doc!/正文.html", "page.mht!/正文.html", "pasted.eml!/a.txt"])
    expect(f"pasted: {report['summary']['unread']}", report["summary"]["unread"] == [{"path": f"{place}/pasted.eml!/scan.png", "kind": "png"}])
    expect(f"passed over: {report['summary']['skipped']}", report["summary"]["skipped"] == 7) # two plain texts, two resources of each page, the picture
    # What a text begins with does not make it a letter, and a letter by any name is one.
    other = folder / "other"
    other.mkdir()
    (other / "form.txt").write_bytes(b"From: a\nSubject: b\n\n" + TEXT)
    (other / "noname").write_bytes(b"X-Long: " + b"y" * 900 + b"\r\n" + mail(part(b"text/plain; charset=utf-8", TEXT)))
    (other / "box.eml").write_bytes(b"From a@b Mon Jan  1 00:00:00 2024\n" + mail(part(b"text/plain; charset=utf-8", TEXT)))
    rows = seen(check(other), f"{other}/")
    expect(f"told: {rows}", rows == {"box.eml!/正文.txt": True, "form.txt": True, "noname!/正文.txt": True})


def inside(folder):
    """Letters in archives, archives in letters, letters in letters, two deep."""
    inner = mail(many(b"mixed", [octets(XLSX, b"attachment; filename=\"x.xlsx\""), octets(make.zip_of([("表.txt", TEXT)]), b"attachment; filename=\"z.zip\"")]))
    deep = b"Content-Type: message/rfc822\r\n\r\n"
    outer = mail(many(b"mixed", [deep + inner, deep + mail(deep + mail(deep + inner)), octets(DOCX, b"attachment; filename=\"last.docx\"")]))
    path = folder / "letters.zip"
    path.write_bytes(make.zip_of([("信/a.eml", outer), ("b.txt", TEXT)]))
    rows = seen(check(path, code=3), f"{path}!/")
    name = "自评表.eml"
    expect(f"inside: {rows}", [one for one in rows if rows[one] is True] == [f"信/a.eml!/{name}!/x.xlsx", "信/a.eml!/last.docx", "b.txt"])
    expect("deeper is said", sum("ZP_LIMIT_ARCHIVE_DEPTH" in str(said) for said in rows.values()) == 2)
    path = folder / "letter.eml"
    path.write_bytes(outer)
    rows = seen(check(path, code=3), f"{path}!/")
    expect(f"a letter: {rows}", [one for one in rows if rows[one] is True] == [f"{name}!/x.xlsx", f"{name}!/z.zip!/表.txt", "last.docx"])
    whole = check(path)
    for jobs in "1", "2":
        expect(f"{jobs} jobs", check(path, "--jobs", jobs)["files"] == whole["files"])
    done = subprocess.run([ziping, "check", "--format", "json", "-"], env=ENVIRONMENT, input=outer, capture_output=True, check=False)
    expect("standard input", len(json.loads(done.stdout)["files"]) == len(whole["files"]))


def hostile(folder):
    """What cannot be had is said; nothing ends the run."""
    bad = folder / "bad"
    bad.mkdir()
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (k, k) for k in range(3000))
    letters = b"Content-Type: message/rfc822\r\n\r\n" * 20000
    (bad / "deep.eml").write_bytes(mail(deep + part(b"text/plain", TEXT))) # ZP_LIMIT_LETTER_DEPTH
    (bad / "letters.eml").write_bytes(mail(letters + part(b"text/plain", TEXT)))
    (bad / "many.eml").write_bytes(mail(b"Content-Type: multipart/related; boundary=b\r\n\r\n" + b"--b\r\nContent-Type: image/gif\r\nContent-Location: x\r\n\r\n\r\n" * 200001 + b"--b--\r\n"))
    (bad / "locked.eml").write_bytes(mail(many(b"encrypted", [part(b"application/pgp-encrypted", b"Version: 1"), octets(b"x", b"")], more=b"; protocol=\"application/pgp-encrypted\"")))
    (bad / "smime.eml").write_bytes(mail(many(b"mixed", [part(b"application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", b"x"), octets(TEXT, b"attachment; filename=a.txt")])))
    (bad / "signed.eml").write_bytes(mail(many(b"signed", [octets(TEXT, b"attachment; filename=a.txt"), part(b"application/pgp-signature; name=signature.asc", b"x")])))
    (bad / "bomb.eml").write_bytes(mail(many(b"mixed", [octets(make.zip_of([(f"{n}.bin", bytes(16 << 20)) for n in range(18)]), b"attachment; filename=bomb.zip")])))
    (bad / "endless.eml").write_bytes(mail(many(b"mixed", [octets(TEXT, b"attachment; filename=a.txt")])[:-12])) # no last boundary
    (bad / "odd.eml").write_bytes(HEAD + b"Content-Type: multipart/mixed\r\n\r\n--\r\n--x--\r\n\0\xff")
    (bad / "charset.eml").write_bytes(mail(part(b"text/plain; charset=\"no such set\"", TEXT)))
    (bad / "large.eml").write_bytes(mail(part(b"text/plain", b"")) + b"x" * (128 << 20))
    (bad / "tail.txt").write_bytes(TEXT)
    rows = seen(check(bad, code=3), f"{bad}/")
    for path, word in {"deep.eml": "ZP_LIMIT_LETTER_DEPTH", "letters.eml!/邮件.eml!/邮件.eml!/邮件.eml": "ZP_LIMIT_ARCHIVE_DEPTH", "many.eml": "ZP_LIMIT_ARCHIVE_ENTRIES", "locked.eml!/附件": "encrypted",
                       "smime.eml!/smime.p7m": "encrypted", "bomb.eml": "ZP_LIMIT_ARCHIVE_RATIO", "large.eml": "ZP_LIMIT_INPUT_BYTES"}.items():
        expect(f"{path}: {rows.get(path)}", word in str(rows.get(path)))
    for path in "smime.eml!/a.txt", "signed.eml!/a.txt", "endless.eml!/a.txt", "charset.eml!/正文.txt", "tail.txt":
        expect(f"{path}: {rows.get(path)}", rows.get(path) is True)
    expect(f"{len(rows)} rows: {list(rows)}", len(rows) < 20)


def main():
    with tempfile.TemporaryDirectory() as name:
        for step in attached, bodies, inside, hostile:
            step(Path(name))
    print(*wrong[:60], f"{len(wrong)} wrong", sep="\n")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
