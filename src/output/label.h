/*
 * label.h - the printed label of the place that a JSON Pointer names, and where to find it.
 *
 * "/indicators/3/score" is for programs; a reader looks for 产出指标 / 数量指标 / 调研次数 · 得分.
 * The terms of the columns are the forms' own, in both languages.
 */
#pragma once

#include "output/writer.h"

/**
 * zp_label_append: append the label of a pointer, made safe for a terminal.
 * @form: (nullable) the form the pointer leads into; without it, and for a pointer that leads
 * nowhere, the pointer itself is appended
 * @pointer: as in a finding; "" is the form as a whole
 */
void zp_label_append(GString *out, const ZpForm *form, const char *pointer, ZpLang lang);

/**
 * zp_place_append: where to look, in the reader's words: 自评表!H22 of a workbook; the page; table, row and column
 * of a Word file, of a web page beside the line of its source; the line of a text.
 * @result: the file
 * @pointer: (nullable) what stands there: where it names a row of the form, that row's printed label is taken to
 * stand beside the place, and of a page no row is counted
 *
 * Returns: false when nothing is known, and nothing was appended.
 */
bool zp_place_append(GString *out, const ZpResult *result, const ZpPlace *at, const char *pointer,
                     ZpLang lang);

/**
 * zp_where_append: what a message begins with in a report that has a field for the line: the label, then the place
 * except for that line, then a colon: "年度资金总额 · 执行率（自评表!H6）：".
 */
void zp_where_append(GString *out, const ZpResult *result, const ZpFinding *finding, ZpLang lang);

/** zp_habit_name: a rounding habit in the reader's words (进位); in English its own name. */
const char *zp_habit_name(const char *habit, ZpLang lang);

/** zp_severity_word: a severity in the reader's language: "错误" or "error". */
const char *zp_severity_word(ZpSeverity severity, ZpLang lang);
