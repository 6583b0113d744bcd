#!/usr/bin/env python3
"""Old Excel workbooks from their bare records: what is shown, what is left out and said, and hostile ones.

usage: features.py ZIPING
"""
import json
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from book import BOF_BOOK, EOF, Sheet, book, container, font, form, look, record, string, words

ZIPING = sys.argv[1]
BAD = []


def expect(what, truth):
    if not truth:
        BAD.append(what)
        print("FAILED:", what)


def run(*arguments):
    return subprocess.run([ZIPING, *arguments, "--no-config", "--lang", "en"], capture_output=True, text=True)


def plain():
    sheet = Sheet()
    return form(sheet, ("次数", "≥300次", "300次", lambda r, c: sheet.number(r, c, 20), lambda r, c: sheet.number(r, c, 20), ""))


def simple(sheet):
    return form(sheet, ("次数", "≥300次", "300次", "20", "20"))


def numbers():
    """Every way in which a number is stored, shown by its look: 1 a percentage, 2 with a unit, 3 a date, 4 thousands."""
    sheet = Sheet()
    many = lambda r, c: sheet.add(0xBD, words(r, c), words(0), struct.pack("<I", 20 << 2 | 2), words(0), struct.pack("<I", 1995 << 2 | 3), words(c + 1))
    tenth = struct.unpack("<Q", struct.pack("<d", 50.0))[0] >> 32 | 1
    form(sheet,
         ("率", lambda r, c: sheet.number(r, c, 0.99789750000000005, 1), lambda r, c: sheet.number(r, c, 0.9979, 1), many),
         ("次数", lambda r, c: sheet.short(r, c, 300 << 2 | 2, 2), lambda r, c: sheet.short(r, c, 170000 << 2 | 3, 2), lambda r, c: sheet.short(r, c, 20 << 2 | 2), lambda r, c: sheet.short(r, c, tenth)),
         ("日期", lambda r, c: sheet.number(r, c, 44895, 3), lambda r, c: sheet.number(r, c, 44895, 5), "10", "10"),
         ("金额", lambda r, c: sheet.number(r, c, 6998185.82, 4), lambda r, c: sheet.number(r, c, 1e20), lambda r, c: sheet.short(r, c, (-5 << 2 & 0xFFFFFFFF) | 2), "10"))
    return book([("表", 0, sheet)], formats=((164, "0.00%"), (165, '0"次"'), (166, 'yyyy"年"m"月"d"日"')),
                looks=[look(), look(164), look(165), look(166), look(4), look(14)])


def formulas():
    sheet = Sheet()
    result = lambda kind, value=0: bytes([kind, 0, value, 0, 0, 0, 0xFF, 0xFF])

    def text(r, c):
        sheet.formula(r, c, result(0)).add(0x4BC, bytes(10)).add(0x207, string("≥300次"))

    form(sheet, ("次数", text, lambda r, c: sheet.formula(r, c, result(3)), lambda r, c: sheet.formula(r, c, struct.pack("<d", 20)), lambda r, c: sheet.formula(r, c, result(2, 7))),
         ("真假", lambda r, c: sheet.formula(r, c, result(1, 1)), lambda r, c: sheet.add(0x205, words(r, c, 0), bytes([0x2A, 1])), lambda r, c: sheet.formula(r, c, result(0)), "20"))
    return book([("表", 0, sheet)])


def hidden():
    """A row of no height, one that is hidden, columns, text that is struck out, pale, small or masked; a sheet."""
    sheet = Sheet()
    form(sheet, ("次数", "≥300次", "300次", "20", "20"), ("低", "≥1次", "1次", "5", "5"), ("隐", "≥1次", "1次", "6", "6"), ("见", "≥90%", "95%", "10", "10"))
    for row, height, flags in ((4, 255, 0), (5, 20, 0), (6, 255, 0x20), (7, 255, 0)):
        sheet.add(0x208, words(row, 0, 9, height, 0, 0, flags, 0))
    for col, (text, style) in enumerate((("划去", 1), ("白", 2), ("小", 3), ("末", 4), ("深", 6)), 8):
        sheet.text(7, col, text, style)
    sheet.number(7, 13, 7, 5).add(0x7D, words(14, 20, 2304, 0, 1, 0)).text(7, 15, "隐列")
    other = Sheet(sheet.texts).text(0, 0, "暗处")
    palette = record(0x92, words(56), b"".join(bytes((0, 0, 128 + k, 0)) for k in range(56)))
    fonts = [font(), font(struck=True), font(colour=1), font(size=1), font(colour=10)]  # numbers 0 to 3 and 5
    looks = [look(), look(font_=1), look(font_=2), look(font_=3), look(font_=2, pattern=1, front=8), look(164), look(font_=5, pattern=1, front=10)]
    return book([("表", 0, sheet), ("暗", 2, other)], fonts=fonts, looks=looks, formats=((164, ";;;"),), palette=palette)


def conditions():
    """Numbers below 10 are white; a formula may strike others out."""
    sheet = Sheet()
    form(sheet, ("次数", lambda r, c: sheet.number(r, c, 5), lambda r, c: sheet.number(r, c, 50), "20", lambda r, c: sheet.number(r, c, 20)))
    unsaid = struct.pack("<I", 0xFFFFFFFF)

    def change(colour=unsaid, struck=0):
        block = bytes(64) + struct.pack("<II", 200, struck) + bytes(8) + colour + bytes(4) + struct.pack("<I", 0 if struck else 0x80) + bytes(26)
        return struct.pack("<IH", 1 << 26, 0) + block.ljust(118, b"\0")

    for ranges, head, one, formula in (((4, 4, 2, 3), b"\x01\x06", change(struct.pack("<I", 9)), b"\x1e\x0a\x00"),
                                       ((4, 4, 5, 5), b"\x02\x00", change(struck=0x80), b"\x1d\x01")):
        sheet.add(0x1B0, words(1, 0), words(*ranges), words(1), words(*ranges)).add(0x1B1, head, words(len(formula), 0), one, formula)
    return book([("表", 0, sheet)])


def merged():
    sheet = simple(Sheet())
    sheet.text(5, 0, "压住").text(5, 1, "质量").text(5, 2, "100%").text(5, 3, "100%").text(5, 4, "20").text(5, 5, "20")
    return book([("表", 0, sheet.merge((0, 0, 0, 6), (4, 5, 0, 0), (5, 4, 9, 9)))])


def cut_strings():
    """Strings that go on in the next record, inside a text, with another width of characters."""
    sheet = form(Sheet(), ("次数", "≥300次", "300次", "20", "20"), ("质量", "≥300次", "300次", "20", "20"))
    texts, data = sheet.texts, b""
    sheet.text(5, 6, "甲乙丙丁abcd")
    for text in texts[:-1]:
        data += string(text)
    first = words(8) + b"\1" + "甲乙丙丁".encode("utf-16le")
    runs = string("80②90%", runs=((2, 1), (3, 0)))
    texts.append("")
    sheet.add(0xFD, words(4, 6, 0), struct.pack("<I", len(texts) - 1))
    sst = record(0xFC, struct.pack("<II", len(texts), len(texts)), data, first) + record(0x3C, b"\0abcd", runs[:9]) + record(0x3C, b"\1", runs[9:])
    return book([("表", 0, sheet)], sst=sst, fonts=[font(), font(raised=1), font(), font()])


def drawn():
    """A text box over cells, a picture, a comment, a header of the printed page; a text box of a hidden sheet, a hidden one, one in a hidden row."""
    sheet = simple(Sheet())
    dark = Sheet(sheet.texts)

    def box(kind, text, sheet=sheet, rows=(8, 12), properties=b""):
        anchor = struct.pack("<HHI", 0, 0xF010, 18) + words(0, 8, 0, rows[0], 0, 9, 0, rows[1], 0)
        inside = struct.pack("<HHI", 2, 0xF00A, 8) + bytes(8) + properties + anchor
        inside = struct.pack("<HHI", 0x0F, 0xF004, len(inside)) + inside
        sheet.add(0xEC, inside).add(0x5D, words(0x15, 18, kind, 1), bytes(14))
        if text:
            sheet.add(0x1B6, words(0, 0, 0, 0, 0, len(text), 16, 0, 0)).add(0x3C, b"\1", text[:2].encode("utf-16le")).add(0x3C, b"\1", text[2:].encode("utf-16le")).add(0x3C, bytes(16))

    box(0x06, "自评得分：40")
    box(0x08, "")
    box(0x19, "批注一句")
    hidden = struct.pack("<HHI", 0x23, 0xF00B, 12) + struct.pack("<HIHI", 0x0181, 0, 0x03BF, 0x00020002)
    seen = struct.pack("<HHI", 0x13, 0xF00B, 6) + struct.pack("<HI", 0x03BF, 0x00020000)
    box(0x06, "自评得分：41", rows=(30, 31), properties=hidden)
    box(0x06, "实施单位：在外", rows=(30, 31), properties=seen)
    box(0x06, "自评得分：42", rows=(40, 41))
    box(0x08, "", rows=(60, 61), properties=hidden)
    sheet.add(0x0208, words(40, 0, 9, 255, 0, 0, 0x20, 0))
    box(0x06, "总分：7", dark)
    sheet.text(9, 8, "x").add(0x14, string("&C页眉句 &P"))
    return book([("表", 0, sheet), ("暗", 1, dark)])


def days():
    sheet = Sheet()
    form(sheet, ("日期", lambda r, c: sheet.number(r, c, 43433, 1), lambda r, c: sheet.number(r, c, 43433, 1), "10", "10"))
    return book([("表", 0, sheet)], globals_=record(0x22, words(1)), looks=[look(), look(14)])


def zeros():
    sheet = Sheet()
    form(sheet, ("次数", "0", lambda r, c: sheet.number(r, c, 0), "20", lambda r, c: sheet.number(r, c, 20)))
    return book([("表", 0, sheet)], window=record(0x23E, words(0x6A6), bytes(16)))


def many_sheets(count):
    return book([("s", 0, Sheet([]))] * count)


def circle():
    """Sheets that claim to begin where the workbook does, and in the middle of another."""
    data = bytearray(book([("表", 0, simple(Sheet())), ("二", 0, Sheet([])), ("三", 0, Sheet([]))], stream=True))
    at = data.find(struct.pack("<H", 0x85))
    second = at + 4 + struct.unpack_from("<H", data, at + 2)[0]
    struct.pack_into("<I", data, second + 4, 0)
    return container({"Workbook": bytes(data)})


def long_style():
    sheet = simple(Sheet())
    return book([("表", 0, sheet)], looks=[look()] * 5000, formats=((164, "0" * 4000),))


def deep():
    """A chart without an end."""
    return book([("表", 0, Sheet([]).add(0x809, words(0x600, 0x20), bytes(12)))])


FILES = {
    "plain": book([("表", 0, plain())]), "numbers": numbers(), "formulas": formulas(), "hidden": hidden(), "conditions": conditions(),
    "merged": merged(), "strings": cut_strings(), "drawn": drawn(), "days": days(), "zeros": zeros(), "circle": circle(), "styles": long_style(), "deep": deep(),
    "empty": book([("表", 0, Sheet())]), "no-book": container({"Other": b"x", "WorkbookX": b""}),
    "older": container({"Book": record(0x809, words(0x500, 5), bytes(4)) + EOF}),
    "locked": book([("表", 0, plain())], globals_=record(0x2F, words(1), bytes(52))),
    "sheets": many_sheets(10_001),
    "cut": container({"Workbook": book([("表", 0, plain())], stream=True)[:-30]}),
    "promise": container({"Workbook": BOF_BOOK + record(0xFC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF)) + EOF}),
}


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for one, data in FILES.items():
            (folder / f"{one}.xls").write_bytes(data)
        paths = [str(folder / f"{one}.xls") for one in FILES]
        began = time.monotonic()
        converted = {Path(f["path"]).stem: f for f in json.loads(run("convert", *paths).stdout)["files"]}
        expect("quick", time.monotonic() - began < 60)
        checked = {Path(f["path"]).stem: f for f in json.loads(run("check", "--format", "json", *paths).stdout)["files"]}
        judge(converted, checked)
        (folder / "plain.et").write_bytes(FILES["plain"])
        (folder / "named.doc").write_bytes(FILES["plain"])
        for name in ("plain.et", "named.doc"):
            expect(name, json.loads(run("convert", str(folder / name)).stdout)["files"][0]["format"] == "xls")
        said = subprocess.run([ZIPING, "check", "--lang", "en", "--no-config", paths[0]], capture_output=True, text=True).stdout
        expect(f"the place as a reader looks for it: {said}", "(表!" in said)


def judge(converted, checked):
    def texts(one, row=0):
        return [converted[one]["forms"][0]["indicators"][row][key]["text"] for key in ("target", "actual", "weight", "score")]

    def notes(one):
        return [f["message"] for f in checked[one]["findings"] if f["code"] == "D05"]

    def says(one, *all_words):
        for each in all_words:
            expect(f"{one} says {each!r}: {notes(one)}", any(each in message for message in notes(one)))

    def fails(one, each):
        error = checked[one]["error"]
        expect(f"{one} fails with {each!r}: {error}", error and error["code"] == "D01" and each in error["message"])

    expect(f"plain: {texts('plain')}", texts("plain") == ["≥300次", "300次", "20", "20"])
    at = converted["plain"]["forms"][0]["indicators"][0]["target"]["at"]
    expect(f"a place: {at}", (at["table"], at["row"], at["col"]) == (1, 5, 3))
    expect(f"nothing to say of it: {notes('plain')}", not notes("plain"))
    expect(f"numbers: {[texts('numbers', k) for k in range(4)]}", [texts("numbers", k) for k in range(4)] == [
        ["99.79%", "99.79%", "20", "19.95"], ["300次", "1700次", "20", "0.5"], ["2022年11月30日", "2022/11/30", "10", "10"], ["6,998,185.82", "100000000000000000000", "-5", "10"]])
    expect(f"formulas: {texts('formulas')}, {texts('formulas', 1)}", texts("formulas") == ["≥300次", "", "20", "#DIV/0!"] and texts("formulas", 1) == ["TRUE", "#N/A", "", "20"])
    says("formulas", "formulas without a stored result, which were read as blank: E6")
    names = [i["level3"] for i in converted["hidden"]["forms"][0]["indicators"]]
    expect(f"hidden: {names}", names == ["次数", "见"])
    says("hidden", 'hidden rows, which were left out: A6', 'struck out, which was left out: I8 "划去"', 'cannot be seen and was left out: J8 "白", M8 "深"', 'too small to be seen, which was left out: K8 "小"',
         'number formats do not show; it was left out: N8 "7"', 'hidden columns, which were left out: P8 "隐列"', '"暗" is hidden and was left out: A1 "暗处"')
    expect("a dark ground shows white", not any("L8" in message for message in notes("hidden")))
    expect(f"conditions: {texts('conditions')}", texts("conditions") == ["", "50", "20", "20"])
    says("conditions", 'cannot be seen and was left out: C5 "5"', "these may be shown otherwise: F5")
    expect("merged", [i["level1"] for i in converted["merged"]["forms"][0]["indicators"]] == ["产出指标"] * 2)
    says("merged", '压住')
    expect(f"strings: {converted['strings']['forms']}", [i["reason"] for i in converted["strings"]["forms"][0]["indicators"]] == ["8090%", "甲乙丙丁abcd"])
    says("strings", 'raised texts, which were taken for note marks and left out: G5 "②"')
    says("drawn", "a comment was not read: \"批注一句\"", "页眉句", "text boxes lie over cells that hold text, and may cover it, from: I9", "pictures on the sheet were not read, and may cover cells, from: I9",
         'text boxes of a hidden sheet were left out, from: I9 "总分：7"',
         'text boxes that are hidden, or lie in hidden rows or columns, were left out, from: I31 "自评得分：41", I41 "自评得分：42"')
    expect("the text of a box", (converted["drawn"]["forms"][0]["headline"] or {}).get("value") == "40")
    expect("days from 1904", converted["days"]["forms"][0]["indicators"][0]["target"]["date"] == "2022-11-30")
    expect(f"zeros: {texts('zeros')}", texts("zeros") == ["0", "", "20", "20"])
    # ZP_LIMIT_XLS_STYLES: 4,096 of 5,000, and a format that is too long.
    says("styles", "the workbook is damaged in 905 places")
    says("cut", "the workbook is damaged in")
    expect("cut: the rest is read", texts("cut")[0] == "≥300次" and converted["cut"]["status"] == "partial")
    fails("circle", "is not in the file")
    fails("older", "Excel 5.0/95 or before (.xls), which is not read as it is; add --office")
    fails("locked", "encrypted or protected")
    fails("sheets", "ZP_LIMIT_XLS_SHEETS")
    expect("no workbook", checked["no-book"]["error"] and "damaged" in checked["no-book"]["error"]["message"])
    expect("nothing in it", checked["empty"]["findings"][0]["code"] == "D02" and checked["promise"]["findings"][0]["code"] in ("D01", "D02", "D05"))


main()
sys.exit(1 if BAD else 0)
