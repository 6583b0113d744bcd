"""What was printed against what was read: `judge` gives a Verdict of a document in one rendition."""
import collections
import difflib
import re
import unicodedata
from dataclasses import dataclass, field

V_FIELDS = {"initial", "budget", "executed", "weight", "rate", "score", "target", "actual", "level1_weight", "level2_weight", "headline", "funds_weight"}
LABEL_FIELDS = {"label", "source"}


@dataclass
class Wrong:
    path: str
    expected: str
    read: str
    said: bool = False
    mended: bool = False


@dataclass
class Verdict:
    kind: str = "exact"
    n_fields: int = 0
    wrong: list = field(default_factory=list)
    no_form: bool = False


def plain(text):
    """A text without white space, width folded: how two prints of one cell are the same."""
    return None if text is None else re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text)))


def text_of(value):
    if isinstance(value, dict):
        return value["text"] if "text" in value else " ".join(filter(None, map(text_of, value.values()))) or None
    return value


def is_right(path, want, got):
    """Whether a field is one of the texts that are right, and its number the printed one."""
    name = path.split("/")[-1]
    if name == "empty":
        return bool(got)
    if plain(text_of(got)) not in [plain(text) for text in want.texts]:
        return name in ("grade", "weight") and path.startswith("total/") and want.texts == [None] and text_of(got) in (None, "")
    return not (want.figure and isinstance(got, dict)) or got["value"] == want.figure[0]


def align(wanted, got):
    """Rows of the truth with the read rows that are theirs: by the texts of each row, in order."""
    matcher = difflib.SequenceMatcher(None, wanted, got, autojunk=False)
    pairs = [None] * len(wanted)
    for tag, a, b, c, e in matcher.get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == e - c):
            for k in range(b - a):
                pairs[a + k] = c + k
        elif tag == "replace":
            for k in range(min(b - a, e - c)):
                pairs[a + k] = c + k
    return pairs


def rows_read(form, truth, block, key):
    """(index of the truth's rows in what was read, those that were read and not printed)"""
    count = {"funds": truth.n_funds, "indicators": truth.n_indicators}[block]
    got = form.get(block) or []
    if len(got) == count:
        return list(range(count)), []
    wanted = [plain(truth.want[f"{block}/{k}/{key}"].texts[0]) if f"{block}/{k}/{key}" in truth.want else None for k in range(count)]
    pairs = align(wanted, [plain(row[key]) for row in got])
    return pairs, [k for k in range(len(got)) if k not in pairs]


class Reader:
    """Looks a path of the truth up in the form that was read."""

    def __init__(self, form, truth):
        self.form = form
        self.funds, self.more_funds = rows_read(form, truth, "funds", "label")
        self.indicators, self.more_indicators = rows_read(form, truth, "indicators", "level3")
        self.extras = [plain(row["text"]) for row in form["extra"]]
        self.others = [[plain(text_of(value)) for value in (row.get("other") or {}).values()] for row in form["indicators"] or []]

    def get(self, path, want):
        parts = path.split("/")
        if parts[0] == "extra":
            return self.extra(want)
        if path == "unit or department":
            return self.form["unit"] or self.form["department"]
        if parts[0] in ("funds", "indicators"):
            return self.cell(parts, want)
        node = self.form
        for part in parts:
            node = node.get(part) if isinstance(node, dict) else None
        return str(node) if isinstance(node, int) else node

    def extra(self, want):
        """Beside a label, or in `other` of a row; it may have been joined with its neighbours."""
        text = plain(want.texts[0])
        if any(text in extra for extra in self.extras) or any(text in row for row in self.others) or None in want.texts:
            return want.texts[0]
        fields = [self.form.get(name) for name in ("project", "department", "unit")]
        fields += [self.form["goals"].get("expected")] if self.form["goals"] else []
        return None if text not in [plain(one) for one in fields] else want.texts[0]

    def cell(self, parts, want):
        row = (self.funds if parts[0] == "funds" else self.indicators)[int(parts[1])]
        if row is None:
            return "(no such row)"
        if parts[2] == "other":
            text = plain(want.texts[0])
            if text in self.others[row] or any(text in extra for extra in self.extras):
                return want.texts[0]
            return ""
        return self.form[parts[0]][row].get(parts[2])


class Sayings:
    """What D04, D05 and the repairs name of a form."""

    def __init__(self, findings, repairs, where):
        self.blocks = {finding["pointer"].split("/")[1] for finding in findings if finding["code"] == "D04" and "/" in (finding["pointer"] or "")}
        doubts = [finding for finding in findings if finding["code"] == "D05" and finding["severity"] == "warning"]
        self.messages = [plain(finding["message"]) for finding in doubts]
        self.messages += [plain(finding["stated"]) for finding in doubts if finding["stated"]]
        self.places = {key for finding in doubts for key in keys_of(finding["at"])}
        self.repaired = {repair["pointer"].split("/")[1] for repair in repairs if repair["code"] in ("R06", "R07") and "/" in repair["pointer"]}
        self.where = where

    def names(self, wrong, want, block, heads, row=(), near=()):
        """Whether a field is named: its block by D04; its row, its neighbours' or its block's heads by D05; or its text.
        Where nobody knows the place of a printed cell, `row` are the texts of its row and `near` lines where it was read."""
        top = wrong.path.split("/")[0]
        if block in self.blocks or top in self.blocks:
            return True
        if want.item is not None and self.at(want.item.table, want.item.row, want.item.rs):
            return True
        if any(self.at(item.table, item.row, 1, 0) for item in heads):
            return True
        texts = [plain(text) for text in (wrong.expected, wrong.read, want.hint) if text]
        if any(("line", line) in self.places for line in near):
            return True
        texts += [plain(text) for text in row if text and len(text) > 2 and not text[:1].isdigit()]
        return any(len(text) > 1 and text in message for text in texts for message in self.messages)

    def at(self, table, row, rows, near=1):
        if any(self.where.get((table, r)) in self.places for r in range(row - near, row + rows + near)):
            return True
        first, last = self.where.get((table, row)), self.where.get((table, row + rows))
        if not first or first[0] != "line":
            return False
        end = last[1] if last else first[1] + 4
        return any(kind == "line" and first[1] <= line < end for kind, line, *_ in self.places)


def keys_of(at):
    if not at:
        return
    if at.get("line"):
        yield "line", at["line"]
    if at.get("table") and at.get("row"):
        yield "row", at["table"], at["row"]


def surroundings(truth, path, got):
    """The printed texts of a field's row, and the lines at which it was read."""
    parts = path.split("/")
    prefix = "/".join(parts[:2]) + "/" if parts[0] in ("funds", "indicators") else path
    row = [text for other, want in truth.want.items() if other.startswith(prefix) for text in want.texts]
    line = (got.get("at") or {}).get("line") if isinstance(got, dict) else None
    return row, (line - 1, line, line + 1) if line else ()


def compare(truth, form, findings, repairs, where, verdict):
    reader, sayings = Reader(form, truth), Sayings(findings, repairs, where)
    heads = collections.defaultdict(list)
    for name, item in truth.block_places:
        if item.head:
            heads[name].append(item)
    block_of = {"project": "head", "unit": "head", "department": "head", "unit or department": "head", "headline": "head", "year": "head", "currency_unit": "funds", "funds_weight": "funds", "title": "head", "total": "total"}
    item_blocks = {id(item): name for name, item in truth.block_places}
    for path, want in truth.want.items():
        got = reader.get(path, want)
        verdict.n_fields += 1
        if is_right(path, want, got):
            continue
        top = path.split("/")[0]
        block = item_blocks.get(id(want.item)) or block_of.get(top, top)
        read = text_of(got)
        wrong = Wrong(path, want.texts[0], read if isinstance(read, (str, type(None))) else str(read))
        row, near = ((), ()) if where else surroundings(truth, path, got)
        wrong.said = sayings.names(wrong, want, block, heads[block], row, near)
        wrong.mended = block in sayings.repaired or top in sayings.repaired
        verdict.wrong.append(wrong)
    for block, more in (("funds", reader.more_funds), ("indicators", reader.more_indicators)):
        for k in more:
            row = form[block][k]
            name = row["label"] if block == "funds" else row["level3"] or row["level2"]
            wrong = Wrong(f"{block}/+{k}", None, name)
            at = next((value["at"] for value in row.values() if isinstance(value, dict) and value.get("at")), None)
            wrong.said = block in sayings.blocks or any(key in sayings.places for key in keys_of(at)) or any(plain(name) and plain(name) in message for message in sayings.messages)
            verdict.wrong.append(wrong)


def judge(document, where, file, findings):
    verdict = Verdict()
    forms = file["forms"]
    for k, truth in enumerate(document.forms):
        if k >= len(forms):
            said = file["status"] == "failed" or any(finding["code"] in ("D01", "D02", "D03") for finding in findings)
            verdict.no_form |= said
            verdict.n_fields += len(truth.want)
            verdict.wrong += [Wrong(path, want.texts[0], "(no such form)", said) for path, want in truth.want.items()]
            continue
        compare(truth, forms[k], [finding for finding in findings if finding["form"] in (k, None)], forms[k]["repairs"], where, verdict)
    for k in range(len(document.forms), len(forms)):
        said = any(finding["code"] in ("D04", "D05") and finding["form"] == k for finding in findings)
        verdict.wrong.append(Wrong(f"forms/+{k}", None, str(forms[k]["project"]), said))
    if not verdict.wrong:
        verdict.kind = "needless" if any(f["code"] == "D05" and f["severity"] == "warning" for f in findings) else "exact"
    elif all(wrong.said for wrong in verdict.wrong):
        verdict.kind = "said"
    else:
        verdict.kind = "mended" if all(wrong.said or wrong.mended for wrong in verdict.wrong) else "silent"
    return verdict
