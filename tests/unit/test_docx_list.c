/*
 * test_docx_list.c - numbers of lists as their formats show them.
 */
#include "parsers/docx/list.h"
#include "table.h"

#include <criterion/criterion.h>

static const struct {
    const char *format;
    guint number;
    const char *shown;
} ROWS[] = {
    {"decimal", 12, "12"},
    {NULL, 3, "3"},
    {"somethingElse", 3, "3"},
    {"decimalZero", 7, "07"},
    {"decimalFullWidth", 12, "１２"},
    {"upperLetter", 1, "A"},
    {"lowerLetter", 27, "aa"},
    {"lowerLetter", 4000000000, "4000000000"},
    {"upperRoman", 1994, "MCMXCIV"},
    {"lowerRoman", 4, "iv"},
    {"upperRoman", 4000000, "4000000"},
    {"chineseCounting", 1, "一"},
    {"chineseCounting", 10, "十"},
    {"chineseCounting", 12, "十二"},
    {"chineseCounting", 20, "二十"},
    {"chineseCountingThousand", 105, "一百零五"},
    {"chineseCountingThousand", 110, "一百一十"},
    {"chineseCountingThousand", 1005, "一千零五"},
    {"chineseCountingThousand", 9999, "九千九百九十九"},
    {"chineseCountingThousand", 10000, "10000"},
    {"chineseLegalSimplified", 23, "贰拾叁"},
    {"decimalEnclosedCircle", 20, "⑳"},
    {"decimalEnclosedCircle", 21, "21"},
    {"decimalEnclosedParen", 3, "⑶"},
    {"ideographTraditional", 3, "丙"},
    {"ideographZodiac", 12, "亥"},
    {"none", 5, ""},
    {"chineseCounting", 0, "0"},
};

TableRows(docx_list, counter)
{
    static int rows[G_N_ELEMENTS(ROWS)];
    for (gsize k = 0; k < G_N_ELEMENTS(ROWS); k++)
        rows[k] = (int)k;
    return cr_make_param_array(int, rows, G_N_ELEMENTS(ROWS));
}

TableTest(int *row, docx_list, counter)
{
    g_autoptr(GString) out = g_string_new(NULL);
    zp_docx_counter(out, ROWS[*row].format, ROWS[*row].number);
    cr_assert_str_eq(out->str, ROWS[*row].shown, "row %d", *row);
}
