#!/usr/bin/env python3
"""Text whose columns can only be guessed: every printed word is read somewhere, or said to be in doubt or unread.

usage: guessed.py ZIPING

Says nothing of how well such a text is read, so it holds whatever the reader learns: each word of the form stands in a
field, in what is kept beside the fields, or in the message of a D05, as far as those are listed one by one; two figures of two columns are never taken for
one that is malformed (F09). Prints of invented templates, as `pdftotext -layout` gives them.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# Rows behind the last one that fits the columns.
ROWS_LEFT = """
                                        预算项目支出绩效自评表
项目名称         城区道路日常养护经费
主管部门         某市生态环境局      评价年度                           2021年       实施单位        某区园林绿化所
                                                                                 预算
                          年初预算数（万元）                      预算数(万元)     执行数（万元）
                                                                                 执行率
项目资          年度资金总额       875.23                         851.23      739.63      86.89
金情况
             其中：当年财政拨款    293.67                         293.67      182.07      —
             省级资金         581.56                         557.56      557.56      —
                                                         目标
                          年初设定目标
年度总体目标                                                   实际完成情况
                          保障单位正常运转，按时足额发放各项补助，覆盖21个乡镇。   各项补助已按时足额发放，覆盖30个乡镇，未发生拖欠。
             一级指标         二级指标                           三级指标名称      本年度指标值      全年完成值
                                                         开展业务培训场次    不少于2104场    2104场
                          数量指标
                                                         巡查河道里程      2229公里      2230公里
             产出                                          培训合格率       ≥98%        100%
                          产出质量
                                                         规划评审通过率     ≥98%        100%
年度绩效目标完成情况
                          时效指标                           报告提交时间      10月底前       2021年9月
             成本指标         成本控制指标                         设备采购成本      ≤168万元      166万元
             效益指标         社会效益                           提升公共服务水平    有所提高        基本达成
                                                         服务对象满意度     100%        100%
             满意度指标        服务对象满意度
                                                         参训人员满意度     100%        100%
"""

# Columns so near to each other that two figures may be taken for one cell, and a block of words behind the total.
PILES = """
                                 项目支出绩效自评表
项目名称    基层服务能力提升           实施单位    某县卫生健康局       年度    2024年
一级指标        二级指标      三级指标              核查情况   是否核心指标       指标类别   目标值          实际完成值     分值   实得分
                      资助困难学生人数          已核查    是            定量指标   =2424人       2424人     6    6
            产出数量
                      举办招聘会次数           属实     是            定量指标   ≥3489次       3489次     6    6
                      检测报告合格率           属实     否            定量指标   ≥85%         96%       2    2
            产出质量
产出指标（32分）             设备质量合格率           已核查    否            定量指标   =100%        100%      7    7
                      任务完成及时率           已核查    否            定量指标   =90%         92%       6    6
            时效指标      报告提交时间            属实     否            定量指标   10月底前        2024年9月   1    1
                      项目完工时间            属实     是            定量指标   7月底前         2024年6月   4    4
          生态环境效益   改善水环境质量    属实   否   定性指标    显著改善   显著改善   7     7
合计                                                           39   39
                   内容                  情况说明                               存在问题和改进措施
                   分配科学性               资金分配办法健全，按因素法分配。                   未发现问题。
管理情况               执行准确性               按照批复的预算执行。                         已按要求执行。
"""

# Heads that the two halves of this template do not share, weights of every level.
LEVEL_WEIGHTS = """
                                 项目支出绩效自评表
项目名称    基层服务能力提升           实施单位    某县卫生健康局       年度    2024年
年度绩效指标
                                                                                                  未完成
一级指标         一级权重     二级指标        二级权重        三级指标         年度指标值       完成值      三级权重   得分
                                                                                                  原因分析及改进措施
                      产出数量        20          资助困难学生人数     =2人         2人       20     20
                                              检测报告合格率      85%         99%      3      3          无
                      质量指标        9
产出指标         35                               工程验收合格率      =100%       100%     6      6
                                              任务完成及时率      ≥90%        96%      2      2
                      时效指标        6
                                              补助发放及时性      及时          基本达成     4      4
                                              受益群众满意率      95%         95%      10     10
满意度指标        20       社会公众满意度指标   20
                                              参训人员满意度      100%        100%     10     10
总分                                                                              100    99.8
"""

# A cell a line: the caption of what follows reads like the last row's reason.
CELLS_LOST = """
项目支出绩效目标完成情况自评表（2021）金额单位:万元
项目名称
农村饮水安全巩固提升工程
主管部门
某市教育局
实施单位
某市信息中心
资金情况
资金来源
年初预算数
全年预算数
全年执行数
分值
执行率
得分
年度资金总额
679.60
679.60
679.60
10
100%
10
绩效指标
一级指标
二级指标
三级指标
年度指标值
实际完成值
分值
得分
偏差原因分析
产出指标
数量指标
举办招聘会次数
≥24次
24次
40
40
无
效益指标
社会效益指标
带动就业人数
≥90人
95人
50
50
联系方式
部门
联系人
电话
邮箱
办公室
李明
0871-6000000
bgs@example.org
"""

# A goal's line in the other's column, a target where what was reached stands.
COLUMNS_MOVED = """
                                 项目支出绩效自评表
项目名称    基层服务能力提升           实施单位    某县卫生健康局       年度    2024年
                 年度预期目标                                实际完成情况
年度总体目标     保障单位正常运转，按时足额                  发放各项补助，覆盖46个乡镇。各项补助已按时足额发放，未发生拖欠。
一级指标        二级指标      三级指标              目标值          实际完成值     分值   得分
产出指标        数量指标      资助困难学生人数      ≥2424人         2424人         50     50
满意度指标      满意度        受益群众满意率        受益群众        =85%           40     40
"""

# What is odd in how a form came out, and texts that must be in doubt for it.
DOUBTED = {
    "cells-lost": (CELLS_LOST, ["联系方式"]),
    "columns-moved": (COLUMNS_MOVED, ["保障单位正常运转，按时足额", "=85%"]),
}


def plain(text):
    """Without white space and the punctuation that labels lose."""
    return re.sub(r"[\s:：]+", "", text)


def texts_of(node):
    if isinstance(node, dict):
        for key, item in node.items():
            if key not in ("at", "repairs"):
                yield from texts_of(item)
    elif isinstance(node, list):
        for item in node:
            yield from texts_of(item)
    elif isinstance(node, str):
        yield node


# Words of heads: what they say is the name of a key, not a value.
HEADS = {plain(word) for word in """
项目名称 主管部门 实施单位 评价年度 年度 项目资 金情况 项目资金情况 预算 年初预算数（万元） 预算数(万元) 执行数（万元） 执行率 目标 年初设定目标 年度总体目标 实际完成情况 一级指标 二级指标 三级指标 三级指标名称
本年度指标值 全年完成值 年度绩效指标 年度绩效目标完成情况 核查情况 是否核心指标 指标类别 目标值 实际完成值 分值 实得分 一级权重 二级权重 三级权重 年度指标值 完成值 得分 未完成 原因分析及改进措施 合计 总分 内容 情况说明
存在问题和改进措施 管理情况 2021年 2024年 年度资金总额 产出 效益 产出指标（32分） 无
""".split()}


def check(ziping, name, text, folder):
    path = Path(folder) / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    answers = []
    for command in (["convert"], ["check", "--format", "json"]):
        done = subprocess.run([ziping, *command, path], capture_output=True, check=False, timeout=60)
        answers.append(json.loads(done.stdout)["files"][0])
    findings = answers[1]["findings"]
    said = plain(" ".join(finding["message"] for finding in findings if finding["code"] in ("D04", "D05")))
    read = plain(" ".join(texts_of(answers[0]["forms"])))
    wrong = []
    if any(finding["code"] == "D05" and "further texts" in finding["message"] for finding in findings):
        text = ""  # said by their number
    for number, line in enumerate(text.splitlines(), 1):
        for word in re.split(r" {2,}", line.strip()):
            if word and plain(word) not in HEADS and plain(word) not in read and plain(word) not in said:
                wrong.append(f"{name}, line {number}: {word!r} is nowhere")
    wrong += [f"{name}: {finding['message']}" for finding in findings if finding["code"] == "F09"]
    return wrong


def check_doubts(ziping, name, folder):
    text, words = DOUBTED[name]
    path = Path(folder) / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    done = subprocess.run([ziping, "check", "--format", "json", path], capture_output=True, check=False, timeout=60)
    stated = [finding["stated"] for finding in json.loads(done.stdout)["files"][0]["findings"] if finding["code"] == "D05"]
    read = subprocess.run([ziping, "convert", path], capture_output=True, check=False, timeout=60)
    currency = json.loads(read.stdout)["files"][0]["forms"][0]["currency_unit"]
    if "单位:万元" in text and currency != "万元":
        return [f"{name}: the currency behind the title is {currency}"]
    return [f"{name}: {word} is not in doubt, but only {stated}" for word in words if word not in stated]


def main():
    with tempfile.TemporaryDirectory() as folder:
        wrong = [line for name, text in (("rows-left", ROWS_LEFT), ("piles", PILES), ("level-weights", LEVEL_WEIGHTS))
                 for line in check(sys.argv[1], name, text, folder)]
        wrong += [line for name in DOUBTED for line in check_doubts(sys.argv[1], name, folder)]
    print("\n".join(wrong) if wrong else "every word is read or said")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
