/*
 * counter.c - numbers of lists: 1, 一, ①, a, iv, 甲.
 *
 * A format writes the numbers it has signs for; any other is written in plain digits.
 *
 * Source: ECMA-376 part 1, 17.18.59 (ST_NumberFormat).
 */
#include "parsers/docx/list.h"

#include <string.h>

/* Where letters and Roman numerals end: Word repeats letters, aa after z. */
#define LETTERS_MAX 780
#define ROMAN_MAX   3999
#define CHINESE_MAX 9999

static bool append_letters(GString *out, guint number, char first)
{
    if (number > LETTERS_MAX)
        return false;
    for (guint k = 0; k <= (number - 1) / 26; k++)
        g_string_append_c(out, (char)(first + (number - 1) % 26));
    return true;
}

static bool append_roman(GString *out, guint number, bool is_upper)
{
    static const struct {
        guint value;
        const char *upper, *lower;
    } SIGNS[] = {
        {1000, "M", "m"}, {900, "CM", "cm"}, {500, "D", "d"},  {400, "CD", "cd"}, {100, "C", "c"},
        {90, "XC", "xc"}, {50, "L", "l"},    {40, "XL", "xl"}, {10, "X", "x"},    {9, "IX", "ix"},
        {5, "V", "v"},    {4, "IV", "iv"},   {1, "I", "i"},
    };
    if (number > ROMAN_MAX)
        return false;
    for (guint k = 0; k < G_N_ELEMENTS(SIGNS); k++) {
        for (; number >= SIGNS[k].value; number -= SIGNS[k].value)
            g_string_append(out, is_upper ? SIGNS[k].upper : SIGNS[k].lower);
    }
    return true;
}

/* 一十二 is written 十二; 一百零五. */
static bool append_chinese(GString *out, guint number, const char *const digits[10],
                           const char *const units[4])
{
    bool has_begun = false, has_gap = false;
    if (number > CHINESE_MAX)
        return false;
    for (guint unit = 1000, k = 3; unit; unit /= 10, k--) {
        guint digit = number / unit % 10;
        has_gap |= has_begun && !digit;
        if (!digit)
            continue;
        if (has_gap)
            g_string_append(out, digits[0]);
        if (has_begun || digit != 1 || k != 1)
            g_string_append(out, digits[digit]);
        g_string_append(out, units[k]);
        has_begun = true;
        has_gap = false;
    }
    return true;
}

static bool append_counting(GString *out, guint number)
{
    static const char *const DIGITS[] = {"零", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};
    static const char *const UNITS[] = {"", "十", "百", "千"};
    return append_chinese(out, number, DIGITS, UNITS);
}

static bool append_legal(GString *out, guint number)
{
    static const char *const DIGITS[] = {"零", "壹", "贰", "叁", "肆",
                                         "伍", "陆", "柒", "捌", "玖"};
    static const char *const UNITS[] = {"", "拾", "佰", "仟"};
    return append_chinese(out, number, DIGITS, UNITS);
}

static bool append_zero(GString *out, guint number)
{
    g_string_append_printf(out, "%02u", number);
    return true;
}

static bool append_wide(GString *out, guint number)
{
    g_autofree char *digits = g_strdup_printf("%u", number);
    for (const char *p = digits; *p; p++)
        g_string_append_unichar(out, 0xFF10 + (gunichar)(*p - '0'));
    return true;
}

static bool append_none(GString *out, guint number)
{
    (void)out, (void)number;
    return true;
}

static bool append_upper_letters(GString *out, guint number)
{
    return append_letters(out, number, 'A');
}

static bool append_lower_letters(GString *out, guint number)
{
    return append_letters(out, number, 'a');
}

static bool append_upper_roman(GString *out, guint number)
{
    return append_roman(out, number, true);
}

static bool append_lower_roman(GString *out, guint number)
{
    return append_roman(out, number, false);
}

static const struct {
    const char *name;
    bool (*append)(GString *out, guint number);
} FORMATS[] = {
    {"decimalZero", append_zero},
    {"decimalFullWidth", append_wide},
    {"decimalFullWidth2", append_wide},
    {"upperLetter", append_upper_letters},
    {"lowerLetter", append_lower_letters},
    {"upperRoman", append_upper_roman},
    {"lowerRoman", append_lower_roman},
    {"chineseCounting", append_counting},
    {"chineseCountingThousand", append_counting},
    {"taiwaneseCounting", append_counting},
    {"taiwaneseCountingThousand", append_counting},
    {"japaneseCounting", append_counting},
    {"chineseLegalSimplified", append_legal},
    {"none", append_none},
};

/* Formats with a sign of its own for each number from 1 on, as far as they go. */
static const struct {
    const char *name, *signs;
} ROWS[] = {
    {"decimalEnclosedCircle", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"},
    {"decimalEnclosedCircleChinese", "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"},
    {"decimalEnclosedParen", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"},
    {"decimalEnclosedFullstop", "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"},
    {"ideographEnclosedCircle", "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"},
    {"ideographTraditional", "甲乙丙丁戊己庚辛壬癸"},
    {"ideographZodiac", "子丑寅卯辰巳午未申酉戌亥"},
};

static bool append_sign(GString *out, const char *signs, guint number)
{
    if (!number || number > (guint)g_utf8_strlen(signs, -1))
        return false;
    g_string_append_unichar(out, g_utf8_get_char(g_utf8_offset_to_pointer(signs, number - 1)));
    return true;
}

void zp_docx_counter(GString *out, const char *format, guint number)
{
    bool done = false;
    for (guint k = 0; number && format && k < G_N_ELEMENTS(FORMATS); k++) {
        if (strcmp(FORMATS[k].name, format) == 0)
            done = FORMATS[k].append(out, number);
    }
    for (guint k = 0; format && k < G_N_ELEMENTS(ROWS); k++) {
        if (strcmp(ROWS[k].name, format) == 0)
            done = append_sign(out, ROWS[k].signs, number);
    }
    if (!done)
        g_string_append_printf(out, "%u", number);
}
