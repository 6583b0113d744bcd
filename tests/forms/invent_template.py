"""Draws a template nobody has printed, fills it, and says what it means.

`Document(seed)` has `items`, what is printed in its order, and `forms`, the truth of each form in it:

    items   ("text", line, heading level or 0), ("table", Table), ("sheet", name)
    forms   {path: Want}; a path is project, funds/0/budget, indicators/3/level1, goals/expected, total/score, extra/2, …

A `Want` has the texts that are right (where the contract leaves it open several), and the cell that prints it, so a
comparison can say where in a rendition a field stands. Rows are counted by `funds` and `indicators`.
"""
import random
from dataclasses import dataclass, field

import invent_words as words


@dataclass
class Want:
    texts: list          # the right answers; None: the key is null
    item: object = None  # the cell that prints it
    figure: tuple = ()   # (value,) where it is a plain number
    hint: str = ""       # the line around the tables, or the row, that says it where no cell of its own does


@dataclass
class Item:
    text: str
    cs: int = 1
    rs: int = 1
    tags: list = field(default_factory=list)
    head: bool = False   # a label of its block: a doubt here names the whole block
    table: int = 0       # where it came to stand, from 0
    row: int = 0
    col: int = 0


@dataclass
class Table:
    rows: int
    cols: int
    cells: list          # Item, placed
    block: str = ""
    blocks: list = field(default_factory=list)  # (block name, first row, last row)


@dataclass
class Block:
    name: str
    width: int
    rows: list           # of lists of Item, laid as HTML lays them
    caption: str = ""    # a heading above it, where it has a table of its own


def bracket_free(currency):
    """What every way to print the unit in a label holds."""
    return {"万元": "万元)", "元": "(元)"}[currency]


def bracket(rng, text):
    return rng.choice(["（%s）", "(%s)"]) % text


class Drawer:
    """One template: its habits are drawn first, so that two forms of it look alike."""

    def __init__(self, seed):
        self.seed, self.rng = seed, random.Random(seed)
        chance = self.chance
        self.odd = self.rng.choice([0.05, 0.25, 0.5, 0.9])
        self.whole = chance(0.08)
        self.year = self.rng.choice([2019, 2020, 2021, 2022, 2023, 2024])
        self.currency = self.rng.choice(["万元", "万元", "万元", "元"])
        self.letters = chance(0.35)
        self.breaks = chance(0.3)
        self.merge = self.rng.choice(["span"] * 7 + ["copies", "blank", "blank"])
        self.scored = chance(0.8)
        self.verb = self.rng.choice(list(words.EXECUTED_HEADS) + ["执行"] * 4)
        self.single = chance(0.65)
        self.index_row = chance(0.1)
        self.vertical = chance(0.2)

    def chance(self, share):
        return self.rng.random() < share

    def pick(self, texts):
        return self.rng.choice(texts)

    def word(self, name, texts):
        """A label that most print, or by the template's oddness one of the composed."""
        return self.pick(texts if self.chance(self.odd) else words.COMMON[name])

    def label(self, text, tail=""):
        """A label as a cell prints it: a tail, a break where the column is narrow."""
        if self.breaks and len(text) > 3 and self.chance(0.25):
            cut = self.rng.randrange(2, len(text) - 1)
            text = text[:cut] + self.pick(["\n", " ", "\n"]) + text[cut:]
        return text + (bracket(self.rng, tail) if tail else "")

    def side(self, text):
        """A block's label at the table's edge, perhaps a character a line."""
        return "\n".join(text) if self.vertical and len(text) <= 8 and "\n" not in text else self.label(text)

    def head(self, text, **more):
        return Item(text, head=True, **more)


class Form:
    """One form of a template: its blocks, and its truth."""

    def __init__(self, drawer, habits, number):
        self.d, self.h, self.number = drawer, habits, number
        self.want, self.n_funds, self.n_indicators = {}, 0, 0
        for name in ("project", "unit", "department", "headline", "funds_weight", "goals"):
            self.want[name] = Want([None])
        self.want["year"] = Want([None])
        self.want["currency_unit"] = Want([None])
        self.extras = 0

    def put(self, path, item, *texts, figure=()):
        self.want[path] = Want(list(texts) or [item.text], item, figure)
        return item

    def extra(self, item):
        self.put(f"extra/{self.extras}", item)
        self.extras += 1
        return item

    # ---- the head

    def title_lines(self):
        d, h = self.d, self.h
        title, year = h.title, d.year
        lines = []
        if h.year_at == "title":
            title = h.year_form % (title, year) if "%s" == h.year_form[:2] else h.year_form % (year, title)
        lines.append(title)
        if h.year_at == "line":
            lines.append(h.year_line % year)
        if h.currency_at == "line":
            lines.append(h.currency_line % d.currency)
        self.want["title"] = Want([title, h.title, "".join(lines)])
        if h.year_at != "none":
            self.want["year"] = Want([str(year)], hint={"title": title, "line": h.year_line % year}.get(h.year_at, ""))
        else:
            del self.want["year"]  # a date beside some label may say it
        if h.currency_at == "cells":
            del self.want["currency_unit"]
        elif h.has_funds or h.currency_at == "line":
            self.want["currency_unit"] = Want([d.currency], hint=h.currency_line % d.currency if h.currency_at == "line" else bracket_free(d.currency))
        return lines

    def pairs(self):
        """(label, value, role) of the head."""
        d, h = self.d, self.h
        out = []
        project = words.PROJECTS[(h.project + self.number) % len(words.PROJECTS)]
        if "代码" in h.labels["project"] or "编码" in h.labels["project"]:
            project = d.pick(["53010021T000000012%d-" % (300 + self.number), ""]) + project
        unit, department = d.pick(words.UNITS), d.pick(words.DEPARTMENTS)
        if d.whole:
            out.append((h.labels["whole"], unit, "unit"))
        else:
            out.append((h.labels["project"], project, "project"))
            if h.has_department:
                out.append((h.labels["department"], department, "department"))
            if "负责人" in h.labels["unit"]:
                out.append((h.labels["unit"], unit + d.pick(["/", "（"]) + "李明", "joint"))
                if out[-1][1].find("（") > 0:
                    out[-1] = (out[-1][0], out[-1][1] + "）", "joint")
            else:
                out.append((h.labels["unit"], unit, "unit"))
        for label, values in h.extra_pairs:
            if values:
                out.append((label, d.pick(values), "extra"))
        if h.year_at == "pair":
            out.insert(d.rng.randrange(1, len(out) + 1), (h.year_label, d.pick(["%d", "%d年", "%d年度"]) % d.year, "year"))
        if h.has_headline:
            out.append((h.headline_label, h.score_text(self.total_score), "headline"))
        return out

    def pair_items(self, label, text, role):
        key, cell = self.d.head(label), Item(text)
        if role == "extra":
            self.extra(cell)
        elif role == "joint":
            self.put("unit", cell, text, text.split("/")[0].split("（")[0])
        elif role == "unit" and self.d.whole:
            self.put("unit or department", cell)
            del self.want["unit"], self.want["department"]
        elif role == "headline":
            self.put("headline", cell, figure=(text.rstrip("分"), None))
        elif role == "year":
            self.want["year"].item = cell
        else:
            self.put(role, cell)
        return key, cell

    def head_block(self):
        d, h = self.d, self.h
        rows, pairs = [], self.pairs()
        if h.inline:
            per = h.per_row
            for k in range(0, len(pairs), per):
                row = []
                for label, text, role in pairs[k:k + per]:
                    _, cell = self.pair_items(label, text, role)
                    cell.text, cell.head = label + d.pick(["：", "：", ":"]) + text, True
                    row.append(cell)
                row[-1].cs = per - len(row) + 1
                rows.append(row)
            return Block("head", per, rows)
        k = 0
        while k < len(pairs):
            n = 1 if k == 0 and h.first_alone else h.per_row
            row = []
            for pair in pairs[k:k + n]:
                row += self.pair_items(*pair)
            row[-1].cs = 2 * h.per_row - len(row) + 1
            rows.append(row)
            k += n
        return Block("head", 2 * h.per_row, rows)

    # ---- funds

    def money(self, cents):
        d = self.d
        amount = cents / 100
        text = f"{amount:,.2f}" if self.h.grouped else f"{amount:.2f}"
        if self.h.trim and text.endswith(".00"):
            text = text[:-3]
        return text + (d.currency if self.h.currency_at == "cells" else "")

    def draw_money(self):
        """Figures of each row in hundredths, the total their sum."""
        d, h = self.d, self.h
        scale = 1 if d.currency == "万元" else 10000
        parts = []
        for source, label in h.sources:
            budget = d.rng.randrange(200, 90000) * scale if d.chance(0.75) or not parts else None
            executed = None if budget is None else budget if d.chance(0.6) else budget * d.rng.randrange(60, 100) // 100
            initial = None if budget is None else budget if d.chance(0.5) else budget + d.rng.randrange(1, 50) * 100 * scale
            parts.append((source, label, initial, budget, executed))
        if parts:
            sums = [sum(part[k] or 0 for part in parts) for k in (2, 3, 4)]
        else:
            budget = d.rng.randrange(200, 90000) * scale
            sums = [budget if d.chance(0.5) else budget + 1000 * scale, budget, budget if d.chance(0.5) else budget * d.rng.randrange(60, 100) // 100]
        self.sums, self.parts = sums, parts
        rate = (sums[2] * 20000 // sums[1] + 1) // 2  # hundredths of a per cent, half up
        self.rate = rate
        self.rate_text = (f"{rate / 100:.2f}" if rate != 10000 or not h.short_rate else "100") + ("%" if h.percent else "")
        self.fund_score = (rate * h.fund_weight + 500) // 1000 / 10 if h.fund_weight else 0

    def fund_texts(self, source, figures, is_total):
        h, blank = self.h, self.h.no_value
        initial, budget, executed = figures
        texts = {"initial": initial, "budget": budget, "executed": executed}
        texts = {name: blank if amount is None else self.money(amount) for name, amount in texts.items()}
        if is_total:
            texts |= {"rate": self.rate_text, "weight": str(h.fund_weight), "score": h.score_text(self.fund_score)}
        else:
            part = "" if budget is None else self.rate_text_of(executed, budget)
            texts |= {"rate": part if h.part_rates else h.not_scored, "weight": h.not_scored, "score": h.not_scored}
        texts |= {"reason": self.d.pick(words.REASONS) if is_total and self.rate != 10000 else "",
                  "arrived": texts["budget"], "other": self.d.pick(["0", "0.00"]), "merged": "0"}
        return texts

    def rate_text_of(self, executed, budget):
        rate = (executed * 20000 // budget + 1) // 2
        return (f"{rate / 100:.2f}" if rate != 10000 or not self.h.short_rate else "100") + ("%" if self.h.percent else "")

    def fund_row(self, source, label, figures, is_total):
        d, h = self.d, self.h
        texts, row, k = self.fund_texts(source, figures, is_total), [], self.n_funds
        self.n_funds += 1
        name = Item(label, head=False)
        row.append(self.put(f"funds/{k}/label", name, label.rstrip("：:"), label.rstrip("：:").removeprefix("其中：").removeprefix("其中:")))
        self.want[f"funds/{k}/source"] = Want([source], name)
        for role in ("initial", "budget", "executed", "weight", "rate", "score", "reason"):
            if role not in h.fund_roles:
                self.want[f"funds/{k}/{role}"] = Want([None], name)
        for role in h.fund_roles:
            cell = Item(texts[role])
            row.append(cell)
            if role in ("arrived", "other", "merged"):
                if cell.text:
                    self.extra(cell)
                continue
            self.put(f"funds/{k}/{role}", cell, figure=figure(cell.text))
        return row

    def fund_block(self):
        d, h = self.d, self.h
        self.draw_money()
        if h.funds_as_pairs:
            return self.fund_pairs()
        rows, tail = [], []
        caption = h.fund_block_label
        if h.currency_at == "block":
            tail.append(d.currency)
        if h.block_weight:
            tail.append(f"{h.fund_weight}分")
            self.want["funds_weight"] = Want([f"{h.fund_weight}分", str(h.fund_weight)])
        tails = "".join(bracket(d.rng, text) for text in tail)
        captioned = h.fund_caption
        header = [] if captioned else [d.head(h.fund_side + tails)]
        header.append(d.head(h.fund_row_head))
        header += [d.head(h.fund_heads[role]) for role in h.fund_roles]
        rows.append(header)
        if d.index_row:
            rows.append([Item(h.index_name)] + [Item(str(n)) for n in range(1, len(h.fund_roles) + 1)])
        body = [("total", h.total_fund_label, tuple(self.sums), True)] if not h.total_fund_last or not self.parts else []
        body += [(source, label, (a, b, c), False) for source, label, a, b, c in self.parts]
        if not body or not body[0][3]:
            body.append(("total", h.total_fund_label, tuple(self.sums), True))
        for row in body:
            rows.append(self.fund_row(*row))
        if not captioned:
            rows[0][0].rs = len(rows)
        width = len(h.fund_roles) + (1 if captioned else 2)
        return Block("funds", width, rows, caption=caption + tails if captioned else "")

    def second_fund_block(self):
        """A block of its own for last year's money, with the same columns."""
        d, h = self.d, self.h
        budget = d.rng.randrange(200, 9000) * (1 if d.currency == "万元" else 10000)
        tail = bracket(d.rng, d.currency) if h.currency_at == "block" else ""
        header = [d.head(h.second_label + tail, rs=2), d.head(h.fund_row_head)] + [d.head(h.fund_heads[role]) for role in h.fund_roles]
        return Block("funds2", len(header), [header, self.fund_row("carryover", "上年结转资金", (budget, budget, budget), False)])

    def fund_pairs(self):
        """The total alone, as labels with the value beside each."""
        d, h = self.d, self.h
        texts = self.fund_texts("total", tuple(self.sums), True)
        self.n_funds = 1
        self.want["funds/0/source"] = Want(["total"])
        pairs = []
        for role in ("initial", "budget", "executed", "weight", "rate", "score", "reason"):
            if role not in h.fund_roles:
                self.want[f"funds/0/{role}"] = Want([None])
        for role in h.fund_roles:
            label = h.fund_heads[role]
            if role in ("initial", "budget", "executed") and h.currency_at == "block":
                label += bracket(d.rng, d.currency)
            cell = Item(texts[role])
            if role in ("arrived", "other", "merged"):
                self.extra(cell)
            else:
                self.put(f"funds/0/{role}", cell, figure=figure(cell.text))
            pairs.append((d.head(label), cell))
        rows = []
        for k in range(0, len(pairs), 2):
            row = [item for pair in pairs[k:k + 2] for item in pair]
            row[-1].cs = 4 - len(row) + 1
            rows.append(row)
        return Block("funds", 4, rows)

    # ---- goals

    def goal_text(self, texts):
        d = self.d
        return d.pick(texts).format(n=d.rng.randrange(3, 90), m=d.rng.randrange(100, 9000), p=d.rng.choice([90, 95, 98, 100]))

    def goal_block(self):
        d, h = self.d, self.h
        expected, actual = Item(self.goal_text(words.GOALS)), Item(self.goal_text(words.RESULTS))
        self.want.pop("goals")
        self.put("goals/expected", expected)
        self.put("goals/actual", actual)
        side = d.head(h.goal_side)
        if h.goal_kind == "rows":
            return Block("goals", 2, [[d.head(h.goal_labels[0]), expected], [d.head(h.goal_labels[2]), actual]])
        if h.goal_kind == "side rows":
            side.rs = 2
            return Block("goals", 3, [[side, d.head(h.goal_labels[0]), expected], [d.head(h.goal_labels[2]), actual]])
        heads, cells = [h.goal_labels[0], h.goal_labels[2]], [expected, actual]
        if h.goal_kind == "three":
            middle = Item(self.goal_text(words.GOALS))
            heads.insert(1, h.goal_labels[1])
            cells.insert(1, middle)
            self.want["goals/expected"].texts.append(middle.text)
            self.put(f"extra/{self.extras}", middle, middle.text, None)
            self.extras += 1
        if h.goal_kind == "caption":
            return Block("goals", 2, [[d.head(text) for text in heads], cells], caption=h.goal_block_label)
        side.rs = 2
        return Block("goals", 1 + len(heads), [[side] + [d.head(text) for text in heads], cells])

    # ---- indicators

    def draw_indicators(self):
        """(level 1 key, its label, level 2 label, name, kind) in their order."""
        d, h = self.d, self.h
        out = [(h.rate_level, h.rate_level, "预算执行率", "预算执行率", "执行率")] if h.rate_row else []
        for level1, kinds in h.levels:
            for kind in kinds:
                names = d.rng.sample(words.NAMES[kind], min(len(words.NAMES[kind]), d.rng.choice([1, 1, 2, 2, 3])))
                for name in names + ([h.placeholder] if h.placeholder and kind in ("质量", "社会") else []):
                    out.append((level1, h.level1_labels[level1], h.level2_labels[kind], name, kind))
        return out

    def target_of(self, name, kind):
        """(comparator, value, unit, actual) as words; no comparator for what is no number."""
        d = self.d
        if name.endswith(("率", "满意度")):
            goal = d.rng.choice([85, 90, 95, 98, 100])
            return d.pick(["≥", "≥", "=", "≥", ""]) if goal < 100 else d.pick(["=", ""]), str(goal), "%", str(d.rng.randrange(goal, 101)) + "%"
        if name.endswith(("时间",)):
            month = d.rng.randrange(6, 13)
            return "", d.pick([f"{self.d.year}年{month}月底前", f"{month}月底前"]), "", f"{self.d.year}年{month - 1}月"
        if kind == "成本" or name.endswith(("金额", "成本")):
            goal = d.rng.randrange(5, 400)
            return "≤", str(goal), "万元", f"{goal - d.rng.randrange(0, 3)}万元"
        units = {"户数": "户", "场次": "场", "台数": "台", "里程": "公里", "份数": "份", "个数": "个", "人数": "人", "长度": "公里", "次数": "次", "批次": "批次", "数量": "个", "增长": "%", "面积": "亩", "排放量": "吨", "年限": "年"}
        unit = next((unit for tail, unit in units.items() if name.endswith(tail)), None)
        if unit:
            goal = d.rng.randrange(2, 9) if unit == "年" else d.rng.randrange(3, 40) if unit == "%" else d.rng.choice([d.rng.randrange(1, 60), d.rng.randrange(60, 5000)])
            return d.pick(["≥", "≥", "=", "", "不少于"]), str(goal), unit, f"{goal + d.rng.choice([0, 0, 0, 1, 3])}{unit}"
        goal = "及时" if name.endswith("及时性") else d.pick(["有效提升", "显著改善", "健全", "良好", "有所提高", "保障到位"])
        return "", goal, "", d.pick([goal, "达成预期指标", "基本达成"])

    def indicator(self, k, entry, weight, is_empty):
        """The cells of a row by role, levels not among them."""
        d, h = self.d, self.h
        _, level1, level2, name, kind = entry
        op, number, unit, actual = self.target_of(name, kind) if kind != "执行率" else ("", "100", "%", self.rate_text.rstrip("%") + "%")
        if is_empty and name == h.placeholder:
            op = number = unit = actual = ""
        elif is_empty:
            name = op = number = unit = actual = ""
        texts = {"level3": name, "target": op + number + unit, "op": op if op not in ("不少于",) else "≥", "value": number, "unit": unit, "actual": actual,
                 "weight": "" if is_empty else str(weight), "score": "" if is_empty else h.score_text(self.score_of(weight)),
                 "reason": "" if is_empty or d.chance(0.75) else d.pick(words.REASONS), "index": str(k + 1),
                 "kind": "" if is_empty else "定量指标" if number[:1].isdigit() else "定性指标"}
        if h.bare_actual and unit and "unit" in h.columns and not is_empty:
            texts["actual"] = actual.removesuffix(unit)
        for role in h.columns:
            if role.startswith("other:"):
                texts[role] = "" if is_empty else d.pick(words.OTHER_HEADS[role[6:]])
        self.last_score = 0 if is_empty else self.score_of(weight)
        return texts

    def score_of(self, weight):
        return weight if self.d.chance(0.85) else weight - self.d.pick([0.5, 1, 0.2])

    def indicator_rows(self):
        d, h = self.d, self.h
        entries = self.draw_indicators()
        shares = [d.rng.randrange(2, 13) for _ in entries]
        out = []
        empty = {k for k in range(1, len(entries)) if h.has_empty and entries[k][4] in ("经济", "生态") and entries[k - 1][2] != entries[k][2] and (k + 1 == len(entries) or entries[k + 1][2] != entries[k][2])}
        empty |= {k for k, entry in enumerate(entries) if entry[3] == h.placeholder}
        weights = self.to_hundred([0 if k in empty else share for k, share in enumerate(shares)])
        self.total_weight, self.total_score = (h.fund_weight if h.has_funds else 0) + sum(weights), self.fund_score
        for k, (entry, weight) in enumerate(zip(entries, weights)):
            is_empty = k in empty
            texts = self.indicator(k, entry, weight, is_empty)
            self.total_score += self.last_score
            out.append((entry, texts, is_empty))
        return out

    def to_hundred(self, shares):
        """Weights in these shares that make 100 with that of the funds."""
        rest = 100 - (self.h.fund_weight if self.h.has_funds else 0)
        weights = [share * rest // sum(shares) for share in shares]
        weights[shares.index(max(shares))] += rest - sum(weights)
        return weights

    def indicator_block(self):
        d, h = self.d, self.h
        rows, body = self.indicator_head(), self.indicator_rows()
        if d.index_row and h.head_rows == 1:
            n = len(h.columns)
            rows.append([Item(h.index_name)] + [Item(str(k)) for k in range(1, n)])
        spans = {}
        sums = {}
        weights = [int(texts["weight"] or 0) for _, texts, _ in body]
        for k, (entry, _, _) in enumerate(body):
            for key in ((entry[0],), (entry[0], entry[2])):
                spans[key] = spans.get(key, 0) + 1
                sums[key] = sums.get(key, 0) + weights[k]
        seen = set()
        for k, (entry, texts, is_empty) in enumerate(body):
            rows.append(self.indicator_line(k, entry, texts, is_empty, spans, sums, seen))
        self.n_indicators = len(body)
        width = len(h.columns)
        if h.total_at == "row":
            rows.append(self.total_row(len(h.columns)))
        caption = ""
        if h.indicator_side == "column":
            rows[0].insert(0, self.d.head(h.indicator_side_label, rs=len(rows) - (h.total_at == "row" and not h.side_covers_total)))
            width += 1
            if h.total_at == "row" and not h.side_covers_total:
                rows[-1][0].cs += 1
        elif h.indicator_side == "row":
            rows.insert(0, [self.d.head(h.indicator_block_label, cs=width)])
        elif h.indicator_side == "caption":
            caption = h.indicator_block_label
        return Block("indicators", width, rows, caption=caption)

    def indicator_head(self):
        d, h = self.d, self.h
        if h.head_rows == 1:
            return [[d.head(h.heads[role]) for role in h.columns]]
        upper, lower = [], []
        for role in h.columns:
            if role == "op":
                upper.append(d.head(h.target_over, cs=3))
            if role in ("op", "value", "unit"):
                lower.append(d.head(h.heads[role]))
            else:
                upper.append(d.head(h.heads[role], rs=2))
        return [upper, lower]

    def indicator_line(self, k, entry, texts, is_empty, spans, sums, seen):
        d, h = self.d, self.h
        row, prefix = [], f"indicators/{k}/"
        key1, key2 = (entry[0],), (entry[0], entry[2])
        for role in h.columns:
            if role in ("level1", "level1_weight"):
                if ("1", role, key1) in seen:
                    continue
                seen.add(("1", role, key1))
                text = h.level1_cell(entry, sums[key1]) if role == "level1" else str(sums[key1])
                row.append(Item(text, rs=spans[key1], head=role == "level1"))
                self.levels[(role, key1)] = row[-1]
            elif role in ("level2", "level2_weight"):
                if ("2", role, key2) in seen:
                    continue
                seen.add(("2", role, key2))
                text = h.level2_cell(entry, sums[key2]) if role == "level2" else str(sums[key2])
                row.append(Item(text, rs=spans[key2], head=False))
                self.levels[(role, key2)] = row[-1]
            else:
                cell = Item(texts[role])
                row.append(cell)
                if role.startswith("other:") or role == "kind":
                    if cell.text:
                        self.put(prefix + "other/" + (h.heads[role]), cell)
                elif role in ("target", "actual", "weight", "score"):
                    self.put(prefix + role, cell, figure=figure(cell.text))
                elif role in ("level3", "reason"):
                    self.put(prefix + role, cell)
                elif role == "value":
                    self.put(prefix + "target", cell, texts["op"] + texts["value"] + texts["unit"])
        self.want[prefix + "level1"] = Want([entry[0], entry[1]], self.levels.get(("level1", key1)))
        self.want[prefix + "level2"] = Want([entry[2] if "level2" in h.columns else ""], self.levels.get(("level2", key2)))
        for level, key in (("level1", key1), ("level2", key2)):
            shown = f"{level}_weight" in h.columns or (level == "level1" and h.level1_weighted) or (level == "level2" and h.level2_weighted)
            self.want[prefix + level + "_weight"] = Want([f"{sums[key]}", f"{sums[key]}分"] if shown else [None], self.levels.get((level + "_weight", key)) or self.levels.get((level, key)))
        for role in ("weight", "score", "reason"):
            if role not in h.columns:
                self.want[prefix + role] = Want([None])
        if entry[4] == "执行率":  # three times the same name: also what copies of one merged cell look like
            self.want[prefix + "level2"].texts.append("")
            self.want[prefix + "level3"].texts.append("")
        if is_empty:
            self.want[prefix + "empty"] = Want(["true"])
        return row

    levels = None

    # ---- total

    def total_cells(self, weight_item=True):
        h = self.h
        weight, score = Item(str(self.total_weight)), Item(h.score_text(self.total_score))
        self.put("total/weight", weight, figure=figure(weight.text))
        self.put("total/score", score, figure=figure(score.text))
        return weight, score

    def total_row(self, width):
        """By the columns of the indicators: the label reaches to the weight."""
        d, h = self.d, self.h
        weight, score = self.total_cells()
        first = min(h.columns.index("weight"), h.columns.index("score"))
        row, col = [d.head(h.total_label, cs=first)], first
        while col < width:
            role = h.columns[col]
            cell = weight if role == "weight" else score if role == "score" else Item("")
            if h.has_grade and col == width - 1:
                cell = self.put("total/grade", Item(self.grade()))
            if cell.text == "" and row[-1].text == "" and col > first:
                row[-1].cs += 1
            else:
                row.append(cell)
            col += 1
        return row

    def total_block(self):
        d, h = self.d, self.h
        weight, score = self.total_cells()
        row = [d.head(h.total_label), weight, score]
        if h.has_grade:
            grade = Item(self.grade())
            self.put("total/grade", grade)
            row.append(grade)
        return Block("total", len(row), [row])

    def grade(self):
        return next(name for limit, name in ((90, "优"), (80, "良"), (60, "中"), (-1e9, "差")) if self.total_score >= limit)

    # ---- prose

    def management_block(self):
        d, h = self.d, self.h
        rows = []
        for label, text in h.management:
            cells = [self.extra(Item(text))]
            if h.management_columns == 2:
                cells.append(self.extra(Item(d.pick(["已按要求执行。", "未发现问题。", "制度执行到位，档案齐全。"]))))
            rows.append([d.head(label)] + cells)
        if h.management_columns == 2:
            rows.insert(0, [d.head("内容"), d.head("情况说明"), d.head(h.management_second)])
        rows[0].insert(0, d.head(h.management_side, rs=len(rows)))
        return Block("management", 2 + h.management_columns, rows)

    def closing_block(self):
        d = self.d
        return Block("closing", 2, [[d.head(label), self.extra(Item(d.pick(texts)))] for label, texts in self.h.closing])

    def blocks(self):
        self.levels = {}
        self.fund_score, self.total_score = 0, 0
        made = {}
        if self.h.has_funds:
            made["funds"] = self.fund_block()
        if self.h.second_block:
            made["funds2"] = self.second_fund_block()
        if self.h.goal_kind:
            made["goals"] = self.goal_block()
        made["indicators"] = self.indicator_block()
        if self.h.total_at == "block":
            made["total"] = self.total_block()
        elif self.h.total_at is None:
            self.want["total"] = Want([None])
        if self.h.management:
            made["management"] = self.management_block()
        if self.h.closing:
            made["closing"] = self.closing_block()
        made["head"] = self.head_block()
        return [made[name] for name in self.h.order if name in made]


def figure(text):
    """(value,) of a text that is a plain number with a plain unit, else ()."""
    digits = text.lstrip("≥≤=").replace(",", "")
    number = digits.rstrip("%万元个次户台份人亩吨年场里公批分")
    return (number,) if number and number.replace(".", "", 1).isdigit() else ()


class Habits:
    """What one template always does; drawn once a document."""

    def __init__(self, d):
        self.d = d
        chance, pick, rng = d.chance, d.pick, d.rng
        self.project = rng.randrange(99)
        self.title = pick(words.WHOLE_TITLES if d.whole else words.TITLES)
        self.year_at = pick(["title", "title", "line", "line", "line", "pair", "none"] if not d.whole else ["title", "line"])
        self.year_form = pick(["%s（%d年度）", "%s(%d年度)", "%s（%d年）", "%s（%d）"]) if chance(0.5) else pick(["%d年度%s", "%d年%s"])
        self.year_line = pick(["（%d年度）", "(%d年度)", "%d年度", "（ %d 年度）", "（%d年）"])
        self.year_label = pick(["预算年度", "年度", "评价年度", "项目年度"])
        self.currency_at = pick(["block", "block", "block", "line", "heads", "cells"])
        self.currency_line = pick(["单位：%s", "金额单位：%s", "（单位：%s）", "金额单位:%s", "单位:%s"])
        self.grouped, self.trim, self.percent, self.short_rate = chance(0.3), chance(0.3), chance(0.85), chance(0.5)
        self.no_value, self.not_scored, self.part_rates = pick(["", "0", "—", "/", "0.00"]), pick(["", "—", "/", "-"]), chance(0.4)
        self.score_decimals = pick([0, 2])
        self.has_funds = chance(0.94)
        self.has_department = chance(0.85)
        self.draw_head()
        self.draw_funds()
        self.draw_goals()
        self.draw_indicators()
        self.draw_rest()
        self.draw_more()

    def score_text(self, score):
        text = f"{score:.2f}"
        return text if self.score_decimals == 2 else text.rstrip("0").rstrip(".")

    def draw_head(self):
        d = self.d
        self.labels = {"project": d.word("project", words.PROJECT_LABELS), "department": d.word("department", words.DEPARTMENT_LABELS),
                       "unit": d.word("unit_label", words.UNIT_LABELS) if d.chance(0.93) else d.pick(words.JOINT_UNIT_LABELS), "whole": d.pick(["单位名称", "部门名称", "部门（单位）名称", "预算单位名称"])}
        self.extra_pairs = d.rng.sample(words.PAIRS, d.rng.choice([0, 0, 1, 2, 3, 5]))
        if "负责人" in self.labels["unit"]:
            self.extra_pairs = [pair for pair in self.extra_pairs if pair[0] != "项目负责人"]
        self.inline = d.chance(0.12)
        self.per_row = d.pick([1, 2, 2, 2, 2, 3])
        self.first_alone = d.chance(0.7)
        self.has_headline = d.scored and d.chance(0.12)
        self.headline_label = d.pick(["自评得分", "自评总分", "项目自评得分", "自评总得分"])

    def draw_funds(self):
        d = self.d
        roles = ["budget", "executed"] + [role for role, share in (("initial", 0.55), ("rate", 0.9)) if d.chance(share)]
        self.fund_weight = d.rng.choice([10, 10, 10, 20, 15]) if d.scored and self.has_funds and d.chance(0.85) else 0
        self.funds_as_pairs = d.chance(0.08)
        self.block_weight = bool(self.fund_weight) and not self.funds_as_pairs and d.chance(0.2)
        if self.fund_weight:
            roles += ["score"] if self.block_weight else ["weight", "score"]
        roles.sort(key=["initial", "budget", "executed", "weight", "rate", "score"].index)
        if d.chance(0.25):
            figures = [role for role in roles if role in ("initial", "budget", "executed")]
            rest = [role for role in roles if role not in figures]
            d.rng.shuffle(rest)
            roles = figures + rest
        if not self.funds_as_pairs:
            if d.chance(0.1):
                roles.insert(roles.index("budget") + 1, "arrived")
            if d.letters and d.chance(0.15):
                roles.insert(roles.index("budget") + 1, "merged")
            if d.chance(0.08):
                roles.append("other")
            if d.chance(0.1):
                roles.append("reason")
        self.fund_roles = roles
        self.name_funds()
        self.fund_block_label = d.word("fund_block", words.FUND_BLOCKS)
        self.fund_side = d.side(self.fund_block_label)
        self.fund_row_head = d.pick(words.FUND_ROW_HEADS)
        self.total_fund_label = d.word("total_fund", words.TOTAL_FUND_LABELS)
        self.total_fund_last = d.chance(0.08)
        self.sources = [(source, d.pick(labels)) for source, labels in sorted(d.rng.sample(words.SOURCES, d.rng.choice([0, 1, 2, 3, 3, 4])), key=words.SOURCES.index)]
        if d.whole:
            self.sources = [("other", "基本支出"), ("other", "项目支出")]
        self.fund_caption = not d.single and d.chance(0.4)
        self.index_name = d.pick(["行次", "栏次", "序号", "列次"])

    def name_funds(self):
        d = self.d
        letters = dict(zip([role for role in self.fund_roles if role in ("initial", "budget", "merged", "arrived", "executed")], "ABCDEF"))
        if "initial" in letters and d.chance(0.5):
            letters = dict(zip([role for role in self.fund_roles if role in ("budget", "merged", "arrived", "executed")], "ABCDEF"))
        base = letters["budget"] if "merged" not in letters else f"({letters['budget']}-{letters['merged']})"
        tails = {role: letter for role, letter in letters.items()} | {"rate": d.pick([f"{letters['executed']}/{base}", f"{letters['executed']}/{base}×100%", f"{letters['executed']}÷{base}"])}
        if not d.letters:
            tails = {}
        if self.fund_weight and d.chance(0.2):
            tails["score"] = d.pick([f"{self.fund_weight}分×执行率", f"{self.fund_weight}分*执行率"])
        names = {"initial": words.INITIAL_HEADS, "budget": words.BUDGET_HEADS, "executed": words.EXECUTED_HEADS[d.verb], "rate": words.RATE_HEADS[d.verb],
                 "weight": words.WEIGHT_HEADS, "score": words.SCORE_HEADS, "reason": words.REASON_HEADS, "arrived": words.ARRIVED_HEADS,
                 "other": words.OTHER_FUND_HEADS, "merged": ["统筹整合数", "其中：统筹整合资金"]}
        if "initial" not in self.fund_roles:
            names["budget"] = [text for text in words.BUDGET_HEADS if "调整" not in text or d.chance(0.5)]
        self.fund_heads = {role: d.label(d.word(role, names[role]) if role in words.COMMON else d.pick(names[role]), tails.get(role, "")) for role in self.fund_roles}
        if self.currency_at == "heads":
            for role in ("initial", "budget", "executed"):
                if role in self.fund_heads:
                    self.fund_heads[role] += bracket(d.rng, d.currency)

    def draw_goals(self):
        d = self.d
        self.goal_kind = d.pick(["columns"] * 6 + ["rows", "side rows", "three", None] + ([] if d.single else ["caption"]))
        self.goal_block_label = d.word("goal_block", words.GOAL_BLOCKS)
        self.goal_side = d.side(self.goal_block_label)
        self.goal_labels = [d.label(d.word("goal_expected", words.GOAL_EXPECTED)), d.label(d.pick(words.GOAL_ADJUSTED)), d.label(d.word("goal_actual", words.GOAL_ACTUAL))]

    def draw_indicators(self):
        d = self.d
        target = ["target"] if d.chance(0.7) else ["op", "value", "unit"]
        groups = [target, ["actual"]]
        if d.scored:
            groups += [["weight"], ["score"]]
            if d.chance(0.25):
                groups.insert(0, groups.pop(2))  # the weight in front of the target
        if d.chance(0.08):
            groups[0], groups[1] = groups[1], groups[0]
        if d.chance(0.12) and target == ["target"]:
            groups.insert(0, ["kind"])
        others = d.rng.sample([name for name in words.OTHER_HEADS], d.rng.choice([0, 0, 0, 1, 1, 2]))
        for name in others:
            groups.insert(d.rng.randrange(0, len(groups) + 1), [f"other:{name}"])
        if d.chance(0.65):
            groups.append(["reason"])
        levels = ["level1", "level2", "level3"]
        if d.scored and d.chance(0.08):
            levels = ["level1", "level1_weight", "level2", "level2_weight", "level3"]
        if d.chance(0.1):
            levels.insert(levels.index("level3"), "index")
        self.columns = levels + [role for group in groups for role in group]
        if [role for role in self.columns if role in ("op", "value", "unit")] != (target if target != ["target"] else []):
            raise AssertionError(self.columns)
        self.bare_actual = d.chance(0.5)
        self.head_rows = 2 if "op" in self.columns and d.chance(0.4) else 1
        self.target_over = d.pick(["年度指标值", "年度目标", "绩效目标值", "年初设定指标"])
        self.name_indicators()
        self.levels = [("产出指标", [kind for kind in ("数量", "质量", "时效") if d.chance(0.9)] or ["数量"])]
        if d.chance(0.5):
            self.levels.append(("成本指标", ["成本"]))
        if d.chance(0.9):
            self.levels.append(("效益指标", [kind for kind in ("经济", "社会", "生态", "持续") if d.chance(0.5)] or ["社会"]))
        if d.chance(0.9):
            self.levels.append(("满意度指标", ["满意"]))
        if d.chance(0.15) and self.levels[0][0] == "产出指标":
            self.levels.insert(0, self.levels.pop(1)) if len(self.levels) > 1 and self.levels[1][0] == "成本指标" else None
        self.level1_labels = {name: d.pick(texts) for name, texts in words.LEVEL1_WORDS.items()}
        self.level2_labels = {kind: d.pick(texts) for kind, texts in words.LEVEL2_WORDS.items()}
        self.level1_weighted = d.scored and "level1_weight" not in self.columns and d.chance(0.2)
        self.level2_weighted = d.scored and "level2_weight" not in self.columns and d.chance(0.05)
        self.has_empty = d.chance(0.15)
        self.indicator_side = d.pick(["column"] * 6 + ["none", "row"] + ([] if d.single else ["caption"] * 3))
        self.indicator_block_label = d.word("indicator_block", words.INDICATOR_BLOCKS)
        self.indicator_side_label = d.side(self.indicator_block_label)
        self.side_covers_total = d.chance(0.2)
        self.total_label = d.word("total", words.TOTAL_LABELS)
        self.total_at = d.pick(["row"] * 8 + ["block", None]) if d.scored else None
        if d.single and self.total_at == "block":
            self.total_at = "row"
        self.has_grade = d.chance(0.3) if self.total_at == "block" else self.total_at == "row" and self.columns[-1] == "reason" and d.chance(0.15)

    def name_indicators(self):
        d = self.d
        three = d.word("levels", words.LEVEL_HEADS)
        names = dict(zip(("level1", "level2", "level3"), three)) | dict(zip(("level1_weight", "level2_weight", "weight3"), d.pick(words.LEVEL_WEIGHTS)))
        tail = {"target": "A", "actual": "B"} if d.letters and d.chance(0.5) else {}
        names |= {"target": d.label(d.word("target", words.TARGET_HEADS), tail.get("target", "")), "actual": d.label(d.word("actual", words.ACTUAL_HEADS), tail.get("actual", "")),
                  "weight": d.label(d.word("weight", words.WEIGHT_HEADS)), "score": d.label(d.word("score", words.SCORE_HEADS)), "reason": d.label(d.word("reason", words.REASON_HEADS)),
                  "op": d.word("op", words.OP_HEADS), "value": d.word("value", words.VALUE_HEADS), "unit": d.word("unit", words.UNIT_HEADS), "kind": d.pick(words.KIND_HEADS), "index": d.pick(["序号", "编号"])}
        if "level1_weight" in self.columns:
            names["weight"] = names["weight3"]
        if self.head_rows == 2:
            names["value"] = d.pick(["指标值", "目标值", "值"])
        for role in self.columns:
            if role.startswith("other:"):
                names[role] = role[6:]
        self.heads = names

    def level1_cell(self, entry, weight):
        text = entry[1]
        text = "\n".join(text) if self.d.vertical and len(text) < 6 and not self.level1_weighted else text
        return text + (self.weight_tail % weight if self.level1_weighted else "")

    def level2_cell(self, entry, weight):
        return entry[2] + (self.weight_tail % weight if self.level2_weighted else "")

    def draw_rest(self):
        d = self.d
        self.weight_tail = d.pick(["（%d分）", "(%d分)", "（%d）分"][:2])
        self.management = d.rng.sample(words.MANAGEMENT, d.rng.choice([2, 3, 4])) if d.chance(0.1) else []
        self.management_columns = d.pick([1, 1, 2])
        self.management_side = d.side(d.pick(words.MANAGEMENT_HEADS))
        self.management_second = d.pick(["存在问题和改进措施", "存在问题", "整改情况"])
        self.closing = d.rng.sample(words.CLOSING, d.rng.choice([0, 0, 0, 1, 2]))
        order = ["funds", "goals", "indicators", "total"]
        if d.chance(0.25):
            order = d.pick([["goals", "funds", "indicators", "total"], ["goals", "indicators", "funds", "total"], ["goals", "indicators", "total", "funds"], ["indicators", "total", "funds", "goals"]])
        if self.management:
            order.insert(d.rng.randrange(1, len(order) + 1), "management")
        self.order = ["head"] + order + ["closing"]
        self.title_at = d.pick(["row", "row", "text", "text", "cell"])
        self.foreign = d.pick([None] * 6 + ["contact", "glossary", "economic", "history", "titles"])
        self.sheets = not d.single and d.chance(0.3)
        self.captions = [f"{number}、{name}" for number, name in zip("一二三四五六七", ("项目基本情况", "预算执行情况", "绩效目标完成情况", "绩效指标完成情况", "自评结果", "资金管理", "其他"))] if not d.single and d.chance(0.4) else []


    def draw_more(self):
        """What later versions of this file draw; by a generator of its own, so that the seeds before keep their templates."""
        d, rng = self.d, random.Random(f"{self.d.seed} more")
        self.second_block = self.has_funds and not self.funds_as_pairs and not d.whole and all(source != "carryover" for source, _ in self.sources) and rng.random() < 0.06
        self.second_label = rng.choice(["上年结转资金使用情况", "上年结转资金", "结转资金执行情况"])
        self.rate_row = d.scored and not self.fund_weight and self.has_funds and "rate" in self.fund_roles and "level1_weight" not in self.columns and rng.random() < 0.5
        self.rate_level = rng.choice(["预算执行率", "预算执行率指标", "项目管理"])
        self.placeholder = rng.choice([None] * 14 + ["……", "…"])
        if self.second_block:
            self.order.insert(self.order.index("funds") + 1 if rng.random() < 0.7 else len(self.order) - 1, "funds2")
        if self.foreign in ("history", "economic") and rng.random() < 0.5:
            self.foreign += " of figures"


FOREIGN = {
    "contact": ("联系方式", [["部门", "联系人", "电话", "邮箱"], ["办公室", "李明", "0871-6000000", "bgs@example.org"], ["财务科", "王芳", "0871-6000001", "cwk@example.org"]]),
    "glossary": ("名词解释", [["名词", "解释"], ["绩效目标", "预算资金计划在一定期限内达到的产出和效果"], ["执行率", "执行数占预算数的比例"], ["满意度指标", "服务对象对项目的认可程度"]]),
    "economic": ("支出经济分类明细", [["经济科目编码", "科目名称", "金额（万元）"], ["30201", "办公费", "12.30"], ["30213", "维修（护）费", "8.00"], ["", "小计", "20.30"]]),
    "history": ("历年预算安排", [["年份", "安排金额", "备注"], ["2019", "30.00", "结转"], ["2020", "35.50", ""], ["2021", "41.20", "新增"]]),
    "history of figures": ("近三年预算执行情况", [["年度", "预算数（万元）", "执行数（万元）", "执行率"], ["2019", "30.00", "28.50", "95.00%"], ["2020", "35.50", "35.50", "100.00%"]]),
    "economic of figures": ("按支出经济分类", [["科目名称", "预算数", "支出数", "结余"], ["办公费", "12.30", "12.30", "0.00"], ["委托业务费", "8.00", "7.50", "0.50"], ["合计", "20.30", "19.80", "0.50"]]),
    "titles": ("附件目录", [["序号", "材料名称", "页码"], ["1", "项目支出绩效自评表", "1"], ["2", "资金支付凭证", "5"], ["3", "绩效评价报告", "9"]]),
}


def spread(rng, parts, width):
    """`width` grid columns among `parts`, at least one each."""
    cuts = sorted(rng.sample(range(1, width), parts - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, width])]


def lay(block_rows, spans, top, into):
    """Rows of items as HTML lays them, on columns of `spans` grid places; returns the rows used."""
    taken, starts = set(), [0]
    for span in spans:
        starts.append(starts[-1] + span)
    for r, row in enumerate(block_rows):
        col = 0
        for item in row:
            while (r, col) in taken:
                col += 1
            taken |= {(y, x) for y in range(r, r + item.rs) for x in range(col, col + item.cs)}
            item.row, item.col = top + r, starts[col]
            item.cs, col = starts[min(col + item.cs, len(spans))] - starts[col], col + item.cs
            into.append(item)
    return len(block_rows)


class Document:
    def __init__(self, seed):
        self.seed = seed
        d = Drawer(seed)
        h = Habits(d)
        self.merge, self.habits, self.drawer = d.merge, h, d
        self.items, self.forms = [], []
        if h.foreign and d.chance(0.4):
            self.foreign(h.foreign)
        for number in range(2 if d.chance(0.1) else 1):
            self.form(Form(d, h, number))
        if h.foreign and not any(item[0] == "table" and item[1].block == "foreign" for item in self.items):
            self.foreign(h.foreign)

    def foreign(self, name):
        caption, rows = FOREIGN[name]
        self.items.append(("text", caption, 0))
        cells = []
        for r, row in enumerate(rows):
            cells += [Item(text, row=r, col=c) for c, text in enumerate(row)]
        self.table(Table(len(rows), len(rows[0]), cells, "foreign"))

    def table(self, table):
        number = sum(item[0] == "table" for item in self.items)
        for item in table.cells:
            item.table = number
        self.items.append(("table", table))

    def form(self, form):
        d, h = self.drawer, self.habits
        blocks = form.blocks()
        lines = form.title_lines()
        if self.forms and h.sheets:
            self.items.append(("sheet", f"表{len(self.forms) + 1}"))
        if h.title_at == "text" or h.captions:
            self.items += [("text", line, 1 if k == 0 else 0) for k, line in enumerate(lines)]
            lines = []
        elif h.title_at == "cell":
            lines = ["\n".join(lines)]
        if d.single:
            self.single(blocks, lines)
        else:
            self.apart(blocks, lines)
        self.forms.append(form)
        form.block_places = [(block.name, item) for block in blocks for row in block.rows for item in row]
        form.lines = lines

    def single(self, blocks, lines):
        """All blocks in one table, on one grid."""
        d = self.drawer
        width = max(block.width for block in blocks)
        cells, places, top = [], [], 0
        for line in lines:
            cells.append(Item(line, cs=width, row=top, head=True))
            top += 1
        for block in blocks:
            if block.caption:
                cells.append(Item(block.caption, cs=width, row=top, head=True))
                top += 1
            used = lay(block.rows, self.spans(block, width), top, cells)
            places.append((block.name, top, top + used - 1))
            top += used
        self.table(Table(top, width, cells, "form", places))

    def spans(self, block, width):
        """How the columns of a block lie on the table's grid; the same for all forms of a template."""
        return spread(random.Random(f"{self.seed} {block.name} {block.width}"), block.width, width)

    def apart(self, blocks, lines):
        d, h = self.drawer, self.habits
        for k, block in enumerate(blocks):
            if h.sheets and k and block.name == "indicators" and len(self.forms) == 0 and not d.whole:
                self.items.append(("sheet", "指标"))
            if block.caption:
                self.items.append(("text", block.caption, 2))
            elif k < len(h.captions) and block.name in ("head", "funds", "goals", "indicators"):
                name = dict(head="项目基本情况", funds="预算执行情况", goals="绩效目标完成情况", indicators="绩效指标完成情况")[block.name]
                self.items.append(("text", f"{'一二三四五六七'[k]}、{name}", 2))
            elif k:
                self.items.append(("text", "", 0))
            cells, top = [], 0
            for line in lines if k == 0 else []:
                cells.append(Item(line, cs=block.width, row=top, head=True))
                top += 1
            used = lay(block.rows, [1] * block.width, top, cells)
            self.table(Table(top + used, block.width, cells, "form", [(block.name, top, top + used - 1)]))
