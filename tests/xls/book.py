"""Old Excel workbooks (.xls) made by hand, record by record: what a writer of such files does, and what none should.

A container of streams (OLE2) holds the stream `Workbook`: records of an id, a length and data.
"""
import struct

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def container(streams):
    """Streams by their names, each in sectors of its own."""
    contents = [bytes(data).ljust(max(4096, -len(data) % SECTOR + len(data)), b"\0") for data in streams.values()]
    counts = [len(data) // SECTOR for data in contents]
    n_directory = (len(streams) + 1 + 3) // 4
    n_fat = 1
    while n_fat * (SECTOR // 4) < sum(counts) + n_directory + n_fat:
        n_fat += 1
    chain = [FAT] * n_fat + [*range(n_fat + 1, n_fat + n_directory), END]
    starts = []
    for count in counts:
        starts.append(len(chain))
        chain += [*range(len(chain) + 1, len(chain) + count), END]
    chain += [FREE] * (n_fat * SECTOR // 4 - len(chain))
    rows = [("Root Entry", 5, FREE, FREE, 1, END, 0)]
    rows += [(name, 2, FREE, k + 2 if k + 1 < len(streams) else FREE, FREE, starts[k], len(contents[k])) for k, name in enumerate(streams)]
    directory = b"".join(name.encode("utf-16le").ljust(64, b"\0") + struct.pack("<HBBIII", 2 * len(name) + 2, kind, 1, left, right, child) + bytes(36)
                         + struct.pack("<III", start, size, 0) for name, kind, left, right, child, start, size in rows)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, n_fat, n_fat, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", *range(n_fat), *[FREE] * (109 - n_fat))
    return head + struct.pack(f"<{len(chain)}I", *chain) + directory.ljust(n_directory * SECTOR, b"\0") + b"".join(contents)


def record(number, *parts):
    data = b"".join(parts)
    return struct.pack("<HH", number, len(data)) + data


def words(*numbers):
    return struct.pack(f"<{len(numbers)}H", *numbers)


def string(text, count="<H", runs=(), wide=True):
    """A string; runs are (character, font)."""
    data = text.encode("utf-16le" if wide else "latin-1")
    length = len(text.encode("utf-16le")) // 2
    return struct.pack(count, length) + bytes([wide | 8 * bool(runs)]) + (words(len(runs)) if runs else b"") + data + b"".join(words(*run) for run in runs)


def font(size=10, struck=False, colour=0x7FFF, raised=0):
    return record(0x31, words(20 * size, 8 * struck, colour, 400, raised), bytes(4), string("Arial", "<B", wide=False))


def look(format_=0, font_=0, pattern=0, front=64):
    return record(0xE0, words(font_, format_, 0), bytes(11), bytes([pattern << 2]), words(front))


BOF_BOOK = record(0x809, words(0x600, 5, 0, 0), bytes(8))
BOF_SHEET = record(0x809, words(0x600, 0x10, 0, 0), bytes(8))
EOF = record(0xA)
WINDOW = record(0x23E, words(0x6B6), bytes(16))


class Sheet:
    """The records of a sheet, and the strings that its cells refer to."""

    def __init__(self, texts=None):
        self.texts = [] if texts is None else texts
        self.records = b""

    def add(self, number, *parts):
        self.records += record(number, *parts)
        return self

    def text(self, row, col, text, look_=0):
        self.texts.append(text)
        return self.add(0xFD, words(row, col, look_), struct.pack("<I", len(self.texts) - 1))

    def number(self, row, col, number, look_=0):
        return self.add(0x203, words(row, col, look_), struct.pack("<d", number))

    def short(self, row, col, bits, look_=0):
        return self.add(0x27E, words(row, col, look_), struct.pack("<I", bits))

    def formula(self, row, col, result, look_=0):
        return self.add(0x6, words(row, col, look_), result, bytes(6), words(0))

    def merge(self, *ranges):
        return self.add(0xE5, words(len(ranges)), *(words(*one) for one in ranges))


def book(sheets, globals_=b"", fonts=None, formats=(), looks=None, palette=b"", sst=None, stream=False, bof=BOF_BOOK, window=WINDOW):
    """`sheets`: (name, hidden, Sheet), all of one list of texts."""
    texts = sheets[0][2].texts if sheets else []
    shared = sst if sst is not None else record(0xFC, struct.pack("<II", len(texts), len(texts)), *(t if isinstance(t, bytes) else string(t) for t in texts))
    head = bof + globals_ + b"".join(fonts or [font()] * 4)
    head += b"".join(record(0x41E, words(number), string(code)) for number, code in formats) + b"".join(looks or [look()]) + palette
    rows = [string(name, "<B") for name, _, _ in sheets]
    parts = [BOF_SHEET + sheet.records + window + EOF if isinstance(sheet, Sheet) else sheet for _, _, sheet in sheets]
    at = len(head) + sum(10 + len(row) for row in rows) + len(shared) + len(EOF)
    listed = b""
    for row, part, (_, hidden, _) in zip(rows, parts, sheets):
        listed += record(0x85, struct.pack("<IBB", at, hidden, 0), row)
        at += len(part)
    data = head + listed + shared + EOF + b"".join(parts)
    return data if stream else container({"Workbook": data})


def form(sheet, *indicators, title="项目支出绩效自评表"):
    """A form small enough to see through: a project and its indicators from row 4 on."""
    sheet.text(0, 0, title).text(1, 0, "（2022年度）").text(2, 0, "项目名称").text(2, 1, "机关服务费")
    for col, head in enumerate(("一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因")):
        sheet.text(3, col, head)
    for row, cells in enumerate(indicators, 4):
        for col, cell in enumerate(("产出指标", *cells)):
            if isinstance(cell, str):
                sheet.text(row, col, cell)
            elif cell is not None:
                cell(row, col)
    return sheet
