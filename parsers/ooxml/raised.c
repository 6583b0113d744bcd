/*
 * raised.c - superscripts and subscripts: note marks, or part of a unit.
 *
 *     8 ¹   100% *   预算数 [2]     marks: they stand behind a figure or a word, and hold no letter
 *     m ²   万m ²    CO ₂           part of the text: they stand behind a letter, or a sign of measure
 *
 * A mark that were read into its figure would make 81 of 8.
 */
#include "parsers/ooxml/raised.h"

#include "base/text.h"

/* What note marks are written with, beside digits and circled numbers. */
static const char MARKS[] = "*＊※†‡#()[]（）［］〔〕【】,，、注";
/* Signs that an exponent belongs to, beside letters: 平方米, 里, 尺, 度. */
static const char POWERED[] = "米里尺寸°℃Ωμ";

static bool is_one_of(const char *set, gunichar c)
{
    for (const char *p = set; *p; p = g_utf8_next_char(p)) {
        if (g_utf8_get_char(p) == c)
            return true;
    }
    return false;
}

static bool is_mark_sign(gunichar c)
{
    return g_unichar_isdigit(c) || (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2776 && c <= 0x2793) ||
           is_one_of(MARKS, c);
}

bool zp_raised_could_be_mark(const char *text, gsize length)
{
    bool has_sign = false;
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (!zp_char_is_space(c) && !is_mark_sign(c))
            return false;
        has_sign |= !zp_char_is_space(c);
    }
    return has_sign;
}

/* ×10 */
static bool is_power_of_ten(const char *start, const char *end)
{
    if (end - start < 3 || end[-1] != '0' || end[-2] != '1')
        return false;
    end -= 2;
    while (end > start && end[-1] == ' ')
        end--;
    const char *sign = end > start ? g_utf8_find_prev_char(start, end) : NULL;
    return sign && is_one_of("×✕*xX·", g_utf8_get_char(sign));
}

ZpRaised zp_raised_tell(const char *before, gsize before_length, const char *text, gsize length)
{
    const char *start = before, *end = before + before_length;
    if (!zp_raised_could_be_mark(text, length))
        return ZP_RAISED_TEXT;
    zp_text_trim(&start, &end);
    const char *last = end > start ? g_utf8_find_prev_char(start, end) : NULL;
    if (!last)
        return ZP_RAISED_TEXT;
    gunichar c = g_utf8_get_char(last);
    bool is_letter = g_unichar_isalpha(c) && !zp_char_is_cjk(c);
    if (is_letter || is_one_of(POWERED, c))
        return ZP_RAISED_TEXT;
    return is_power_of_ten(start, end) ? ZP_RAISED_POWER : ZP_RAISED_MARK;
}
