/*
 * label.h - the printed label of the place that a JSON Pointer names.
 *
 * "/indicators/3/score" is for programs; a reader looks for 产出指标 / 数量指标 / 调研次数 · 得分.
 * The terms of the columns are the forms' own, in both languages.
 *
 * Layer: output.
 */
#pragma once

#include "base/text.h"
#include "model/form.h"

/**
 * zp_label_append: append the label of a pointer, made safe for a terminal.
 * @form: (nullable) the form the pointer leads into; without it, and for a pointer that leads
 * nowhere, the pointer itself is appended
 * @pointer: as in a finding; "" is the form as a whole
 */
void zp_label_append(GString *out, const ZpForm *form, const char *pointer, ZpLang lang);

/**
 * zp_place_append: where to look: the line where the source has lines, else page, table, row and
 * column.
 *
 * Returns: false when nothing is known, and nothing was appended.
 */
bool zp_place_append(GString *out, const ZpPlace *at, ZpLang lang);
