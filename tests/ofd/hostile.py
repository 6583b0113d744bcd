#!/usr/bin/env python3
"""Hostile and odd OFD packages: each is answered, by what it says and without hanging.

usage: hostile.py ZIPING
"""
import io
import json
import random
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import writer

BLOCKS = [("text", "项目支出绩效自评表"), ("table", {"rows": 2, "cols": 2, "cells": [[0, 0, 1, 1, "项目名称"], [0, 1, 1, 1, "甲项目"], [1, 0, 1, 1, "实施单位"], [1, 1, 1, 1, "乙单位"]]})]
ROOT, DOCUMENT, RES, PAGE = "OFD.xml", "Doc_0/Document.xml", "Doc_0/PublicRes.xml", "Doc_0/Pages/Page_0/Content.xml"


def parts(way="line"):
    return writer.Way(way, writer.Layout(BLOCKS)).parts()


def put(name, old, new, way="line"):
    """The package with some bytes of one part replaced."""
    all_parts = parts(way)
    assert old in all_parts[name], (name, old)
    all_parts[name] = all_parts[name].replace(old, new)
    return writer.package(all_parts)


def without(name):
    return writer.package({other: data for other, data in parts().items() if other != name})


def content(objects, units=b""):
    """A page of one layer, and composite units."""
    all_parts = parts()
    space = b'xmlns:ofd="http://www.ofdspec.org/2016"'
    all_parts[PAGE] = b"<ofd:Page %s><ofd:Content><ofd:Layer>%s</ofd:Layer></ofd:Content></ofd:Page>" % (space, objects)
    if units:
        all_parts[RES] = b"<ofd:Res %s><ofd:CompositeGraphicUnits>%s</ofd:CompositeGraphicUnits></ofd:Res>" % (space, units)
    return writer.package(all_parts)


def unit(number, inside):
    return b'<ofd:CompositeGraphicUnit ID="%d"><ofd:Content>%s</ofd:Content></ofd:CompositeGraphicUnit>' % (number, inside)


def use(number):
    return b'<ofd:CompositeObject ResourceID="%d" Boundary="0 0 9 9"/>' % number


def text(attributes, code="甲乙丙", more=""):
    return f'<ofd:TextObject Boundary="20 20 9 9" Size="4" {more}><ofd:TextCode X="0" Y="4" {attributes}>{code}</ofd:TextCode></ofd:TextObject>'.encode()


CHAIN = b"".join(unit(k, use(k + 1)) for k in range(1, 100))
TEN_BY_TEN = b"".join(unit(k, use(k + 1) * 10) for k in range(1, 11)) + unit(11, b'<ofd:PathObject Boundary="0 0 9 9"/>' * 10)
PARAMS = b'<ofd:DrawParams><ofd:DrawParam ID="13" Relative="14"/><ofd:DrawParam ID="14" Relative="13"/></ofd:DrawParams></ofd:Res>'
SOUND = writer.document(BLOCKS)
CASES = [
    # what, its bytes, the words that the answer's findings hold, and some text that is still read (of convert)
    ("a byte is missing, so that every place is off by one", SOUND[:40] + SOUND[41:], "D01", ""),  # first: a fresh process
    ("sound", SOUND, "", "甲项目"),
    ("a bomb", put(PAGE, b"<ofd:Content>", b"<!--" + b" " * 60_000_000 + b"--><ofd:Content>"), "ZP_LIMIT_PACKAGE_RATIO", ""),
    ("no OFD.xml", without(ROOT), "D01", ""),
    ("no Document.xml", without(DOCUMENT), "Document.xml", ""),
    ("no page", without(PAGE), "D05", ""),
    ("no resources", without(RES), "D05", "甲项目"),
    ("OFD.xml is no XML", put(ROOT, b"<ofd:DocBody>", b"<"), "D01", ""),
    ("a document type", put(ROOT, b"<ofd:OFD", b"<!DOCTYPE a><ofd:OFD"), "DOCTYPE", ""),
    ("a path out of the package", put(ROOT, b">Doc_0/", b">../../../../Doc_0/./x/../"), "", "甲项目"),
    ("a path to nowhere", put(ROOT, b">Doc_0/Document.xml", b">/etc/passwd"), "D01", ""),
    ("white space in a path", put(ROOT, b">Doc_0/Document.xml", b"> \n /Doc_0/Document.xml "), "", "甲项目"),
    ("a negative page", put(DOCUMENT, b" 0 0 297", b"0 0 -297"), "", None),
    ("a huge page", put(DOCUMENT, b" 0 0 297", b"0 0 1e30"), "", None),
    ("pages 30,000 times", put(DOCUMENT, b"<ofd:Pages>", b"<ofd:Pages>" + b'<ofd:Page ID="1" BaseLoc="Pages/Page_0/none.xml"/>' * 30_000), "ZP_LIMIT_PAGES", ""),
    ("a template that is itself", put(PAGE, b"<ofd:Content>", b'<ofd:Template TemplateID="50"/>' * 3 + b"<ofd:Content>"), "", "甲项目"),
    ("parameters that build on each other", put(RES, b"</ofd:Res>", PARAMS), "", "甲项目"),
    ("ZP_LIMIT_OFD_DEPTH: units inside each other", content(use(1), CHAIN), "D05", ""),
    ("a unit of itself", content(use(1), unit(1, use(1) * 2)), "D05", ""),
    ("ZP_LIMIT_OFD_OBJECTS: ten units of ten, ten deep", content(use(1), TEN_BY_TEN), "D05", ""),
    ("half a million objects", content(b'<ofd:PathObject Boundary="0 0 9 9"/>' * 500_000), "D02", ""),
    ("ZP_LIMIT_XML_DEPTH: blocks inside each other", content(b"<ofd:PageBlock>" * 2000 + b"</ofd:PageBlock>" * 2000), "ZP_LIMIT_XML_DEPTH", ""),
    ("a huge count of steps", content(text('DeltaX="g 1000000000 5"')), "", None),
    ("a huge count of nothing", content(text('DeltaX="g 99999999999999999999 1e99 g g g 0 0 -"')), "", None),
    ("steps that are no numbers", content(text('DeltaX="nan inf , ,, 4 \\ g"')), "", None),
    ("no steps at all", content(text("")), "", None),
    ("a huge CGTransform", content(text('DeltaX="4"').replace(b"<ofd:TextCode", b'<ofd:CGTransform CodePosition="0" CodeCount="4000000000" GlyphCount="4000000000"/><ofd:TextCode')), "", None),
    ("a size of nothing", content(text('DeltaX="4"', more='CTM="0 0 0 0 0 0"')), "", None),
    ("a path of nonsense", content(b'<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>L 1 M1,2L3-4C5 A 1 B 2 x</ofd:AbbreviatedData></ofd:PathObject>'), "", None),
    ("encrypted", writer.package({"Encryptions.xml": b"<x/>", "decryptseed.dat": b"x", "entriesmap.dat": b"x"}), "GM/T 0099", ""),
    ("nothing but a zip", writer.package({"a.txt": b"x"}), "zip", ""),
]


def gbk_names():
    """Names in GBK that do not say so, as Windows programs write them."""
    all_parts = parts("template")
    data = bytearray(writer.package({name.replace("模板", "MMMM"): part for name, part in all_parts.items()}))
    return bytes(data).replace(b"MMMM", "模板".encode("gbk"))


def two_documents():
    all_parts = parts()
    body = all_parts[ROOT].partition(b"<ofd:DocBody>")[2].partition(b"</ofd:OFD>")[0]
    all_parts[ROOT] = all_parts[ROOT].replace(b"</ofd:OFD>", b"<ofd:DocBody>" + body.replace(b"Doc_0", b"Doc_1") + b"</ofd:OFD>")
    other = {name.replace("Doc_0", "Doc_1"): part for name, part in all_parts.items() if name != ROOT}
    page = PAGE.replace("Doc_0", "Doc_1")
    other[page] = other[page].replace("甲".encode(), "丁".encode())
    return writer.package({**all_parts, **other})


def signed():
    all_parts = parts()
    all_parts[ROOT] = all_parts[ROOT].replace(b"</ofd:DocBody>", b"<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody>")
    all_parts["Doc_0/Signs/Signatures.xml"] = b'<Signatures><Signature ID="1" Type="Seal" BaseLoc="a.xml"/></Signatures>'
    all_parts[DOCUMENT] = all_parts[DOCUMENT].replace(b"<ofd:Pages>", b"<ofd:Attachments>Attachments.xml</ofd:Attachments><ofd:CustomTags>T.xml</ofd:CustomTags><ofd:Pages>")
    all_parts["Doc_0/Attachments.xml"] = '<Attachments><Attachment ID="1" Name="原表.xlsx"/></Attachments>'.encode()
    return writer.package(all_parts)


def scan():
    picture = b'<ofd:ImageObject ResourceID="9" Boundary="0 0 297 200" CTM="297 0 0 200 0 0"/>'
    return content(picture)


def current_version():
    all_parts = parts()
    root = b'<ofd:Versions><ofd:Version ID="1" BaseLoc="Doc_0/Old.xml"/><ofd:Version ID="2" Current="true" BaseLoc="Doc_0/V.xml"/></ofd:Versions>'
    all_parts[ROOT] = all_parts[ROOT].replace(b"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>", root)
    all_parts["Doc_0/V.xml"] = b"<DocVersion><DocRoot>Document.xml</DocRoot></DocVersion>"
    return writer.package(all_parts)


def twins(name, *others):
    """The package with parts that differ from one in case only, before it and behind it; these speak of another project."""
    all_parts = parts()
    other = all_parts[name].replace("甲项目".encode(), "丁项目".encode())
    first, *behind = [(spelled, other) for spelled in others]
    return writer.package({**dict([first]), **all_parts, **dict(behind)})


def renamed(*names):
    """The page under other names than the one that Document.xml has."""
    all_parts = parts()
    page = all_parts.pop(PAGE)
    return writer.package({**all_parts, **dict.fromkeys(names, page)})


def same_name():
    data = bytearray(twins(PAGE, "Doc_0/Pages/Page_0/Xontent.xml"))
    return bytes(data).replace(b"Xontent.xml", b"Content.xml")


def unlisted():
    """Before the package another page under the page's name, which the list at the zip's end does not have."""
    other = parts()[PAGE].replace("甲项目".encode(), "丁项目".encode())
    hidden = writer.package({PAGE: other})
    hidden = hidden[:hidden.index(b"PK\1\2")]
    out = io.BytesIO(hidden)
    with zipfile.ZipFile(out, "a") as target:  # places count from the beginning of the file
        for name, data in parts().items():
            target.writestr(name, data)
    return out.getvalue()


def beside(name, data, damaged=False):
    """The package and, before all of it, a part that nothing leads to."""
    whole = writer.package({name: data, **parts()})
    if damaged:
        at = 30 + len(name)
        whole = whole[:at] + b"\xff" * 20 + whole[at + 20:]
    return whole


TWIN, TWINS = "Doc_0/pages/Page_0/content.xml", "Doc_0/PAGES/Page_0/Content.xml"
CASES += [
    ("parts that differ in case", twins(PAGE, TWIN, TWINS), "in case only", "甲项目"),
    ("two OFD.xml", twins(ROOT, "ofd.xml", "Ofd.XML"), "in case only", "甲项目"),
    ("a part written in another case", renamed(TWIN), "", "甲项目"),
    ("parts written in two other cases", renamed(TWIN, TWINS), "two parts named", ""),
    ("two parts of one name", same_name(), "two parts named", ""),
    ("an entry that the zip's list lacks", unlisted(), "", "甲项目"),
    ("escapes in a path", put(DOCUMENT, b"Pages/Page_0/Content.xml", b"Pages/Page_0/%43ontent.xml"), "", "甲项目"),
    ("ZP_LIMIT_OFD_EARLY_BYTES: more XML than is unpacked at once", beside("a.xml", b"<a>" + random.Random(1).randbytes(2_300_000).hex().encode() + b"</a>"), "", "甲项目"),
    ("a part of XML that nothing leads to is damaged", beside("a.xml", b"<a>" + b"0123456789" * 100 + b"</a>", True), "", "甲项目"),
    ("names in GBK", gbk_names(), "", "甲项目"),
    ("two documents", two_documents(), "", "丁项目"),
    ("signed, with attachments", signed(), "原表.xlsx", "甲项目"),
    ("a current version", current_version(), "", "甲项目"),
    ("a page that is a picture", scan(), "D03", ""),
]


def answers(ziping, folder, packages):
    """For each package its findings and its forms as text; all are read in one run."""
    paths = []
    for number, data in enumerate(packages):
        paths.append(Path(folder) / f"case{number}.zip")  # the name decides nothing
        paths[-1].write_bytes(data)
    out = []
    for words in (["check", "--format", "json", "--show", "note", "--lang", "en"], ["convert"]):
        done = subprocess.run([ziping, *words, *paths], capture_output=True, timeout=300, check=False)
        if done.returncode not in (0, 1, 3):
            sys.exit(f"exit {done.returncode}: {done.stderr.decode(errors='replace')}")
        out.append(json.loads(done.stdout)["files"])
    for checked, converted in zip(*out, strict=True):
        yield json.dumps(checked, ensure_ascii=False), json.dumps(converted.get("forms"), ensure_ascii=False)


def main():
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for (name, _, says, reads), (findings, forms) in zip(CASES, answers(sys.argv[1], folder, [data for _, data, *_ in CASES]), strict=True):
            if says not in findings or (reads and reads not in forms) or "worker" in findings:
                bad += 1
                print(f"{name}: {says!r} or {reads!r} is not in {findings[:600]} {forms[:300]}")
    print(f"{len(CASES)} packages, {bad} not answered as they should be")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
