#!/usr/bin/env python3
"""A workbook of 100,000 forms keeps the parent under 60 MB.

usage: workbook_memory.py PROGRAM

The most memory that the parent has had is asked for after 4,000 and after 8,000 forms; what the further 4,000 cost is what every
further 4,000 do.
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

BOUND, FORMS = 60_000_000, 100_000
COUNTS = 4_000, 8_000
A_FILE = 50
FORM = """项目支出绩效自评表
（2022年度）
项目名称\t项目%d
主管部门\t某局\t实施单位\t某所
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t\t10\t5\t10\t50%%\t5
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因
\t产出指标\t数量指标\t次数\t≥3次\t待定\t90\t90\t
总分\t100\t95

"""


def peak(program, count):
    """The most bytes of memory that the parent had at once."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "in")
        folder.mkdir()
        for file in range(count // A_FILE):
            forms = (FORM % (file * A_FILE + k) for k in range(A_FILE))
            Path(folder, f"{file:05}.txt").write_text("".join(forms), encoding="utf-8")
        run = subprocess.Popen([program, "check", "--no-config", "--no-progress", "--quiet", "--fail-on", "never",
                                "--format", f"xlsx={scratch}/book.xlsx", folder])
        most = 0
        while run.poll() is None:
            found = re.search(r"VmHWM:\s*(\d+)", Path(f"/proc/{run.pid}/status").read_text())
            most = max(most, int(found[1]) * 1024 if found else 0)
            try:
                run.wait(0.02)
            except subprocess.TimeoutExpired:
                pass
        assert run.returncode == 0 and most > 0, run.returncode
        return most


def main():
    few, many = (peak(sys.argv[1], count) for count in COUNTS)
    whole = many + max(0, many - few) * (FORMS - COUNTS[1]) / (COUNTS[1] - COUNTS[0])
    print(f"{COUNTS[0]} forms: {few / 1e6:.1f} MB, {COUNTS[1]}: {many / 1e6:.1f} MB, {FORMS}: {whole / 1e6:.0f} MB")
    sys.exit(whole > BOUND)


main()
