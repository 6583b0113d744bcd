/*
 * format.h - a stored number as its sheet shows it: number formats.
 *
 * Knows format codes and decimals; nothing of cells.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct ZpNumberFormat ZpNumberFormat;

/**
 * zp_number_format_new: a format code taken apart.
 * @code: `0.00%`, `#,##0.00;[Red]-#,##0.00`, `yyyy"年"m"月"d"日"`, `General`
 *
 * A code with parts that are not known here shows numbers as General does.
 */
ZpNumberFormat *zp_number_format_new(const char *code);
void zp_number_format_free(ZpNumberFormat *format);

/**
 * zp_number_format_builtin: the code of a format that files only number (ECMA-376 part 1,
 * 18.8.30), those of a Chinese system included.
 *
 * Returns: (nullable) NULL when the number has no meaning of its own.
 */
const char *zp_number_format_builtin(guint id);

/**
 * zp_number_format_apply: a stored number as shown.
 * @format: (nullable) NULL: General
 * @text, @length: as the file stores it: `0.9979`, `5.5882E5`
 * @is_1904: the workbook counts days from 1904
 * @out: what is shown is appended
 *
 * The number is first rounded to the 15 digits that Excel keeps, which drops the tail that binary
 * numbers have (0.99789750000000005 is 0.9978975), then once, half away from zero, to the
 * format's places; never by way of a binary number.
 *
 * Returns: false, nothing appended, when @text is no number.
 */
bool zp_number_format_apply(const ZpNumberFormat *format, const char *text, gsize length,
                            bool is_1904, GString *out);

/**
 * zp_number_format_colour: the colour that a format gives a stored number: [White], [Color2].
 * @format: (nullable)
 *
 * Returns: its number from 1; 0: none.
 */
guint zp_number_format_colour(const ZpNumberFormat *format, const char *text, gsize length);

/** zp_number_format_text: a cell's text by the format's section for texts (`@"次"`). */
void zp_number_format_text(const ZpNumberFormat *format, const char *text, GString *out);
