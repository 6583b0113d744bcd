/*
 * test_text.c - white space, folding, escaping, widths, the language, and errors in both.
 *
 * Characters that cannot be seen are written as \u escapes, so that the tables can be read.
 */
#include "base/error.h"
#include "base/fold_table.h"
#include "base/text.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

#define ROWS_OF(table, name)                                                                       \
    TableRows(text, name)                                                                          \
    {                                                                                              \
        static size_t rows[G_N_ELEMENTS(table)];                                                   \
        for (size_t k = 0; k < G_N_ELEMENTS(table); k++)                                           \
            rows[k] = k;                                                                           \
        return cr_make_param_array(size_t, rows, G_N_ELEMENTS(table));                             \
    }                                                                                              \
    TableTest(size_t *row, text, name)

typedef void (*Append)(GString *out, const char *text, gsize length);

/*
 * Run on a copy in a block of exactly the text's length, behind a text that must stay: under
 * the sanitizers a look past the end is an error.
 */
static void check_append(Append append, const char *text, gsize length, const char *want)
{
    g_autofree char *exact = g_malloc(length + (length == 0));
    memcpy(exact, text, length);
    g_autoptr(GString) out = g_string_new("[");
    append(out, exact, length);
    cr_assert_eq(out->str[0], '[');
    cr_assert_str_eq(out->str + 1, want, "\"%s\" gives \"%s\", not \"%s\"", text, out->str + 1,
                     want);
    cr_assert_eq(out->len, strlen(want) + 1);
}

typedef struct {
    const char *text, *want;
} Pair;

static const Pair CLEANED[] = {
    {"", ""},
    {" \t\r\n", ""},
    {"\u3000\u00A0\uFEFF", ""},
    {"年度 指标值", "年度指标值"},
    {"年度\n总体\r\n目标", "年度总体目标"},
    {"产\u3000出\u3000指\u3000标", "产出指标"},
    {"全市 AI  平台", "全市 AI 平台"},
    {"  AI \t\n platform ", "AI platform"},
    {"( 2023年度 )", "( 2023年度)"}, /* only the second space has two such neighbours */
    {"执行率 （B/A）", "执行率（B/A）"},
    {"年度 (元)", "年度(元)"},
    {"100 %", "100 %"},
    {"%  (百分比)", "%(百分比)"},
    {"— —", "——"},
    {"年度 ≥ 3", "年度 ≥ 3"}, /* ≥ is a symbol, no punctuation */
    {"≥ 100", "≥ 100"},
    {"上年结转\u200B资金", "上年结转资金"},
    {"1\u200B000\u2060.5", "1000.5"}, /* what cannot be seen cuts no number in two */
    {"a\u200B b", "a b"},
    {"A\u00A0B", "A B"},
    {"A\u1680B", "A B"},
    {"A\u2028B\u2029", "A B"},
    {"A\xC2\x85"
     "B",
     "A B"},
    {"无 。", "无。"},
    {"𠘨 年", "𠘨年"}, /* four bytes */
    {"é é", "é é"},
    {"指标 <p>", "指标 <p>"}, /* < is a symbol too */
};

ROWS_OF(CLEANED, clean)
{
    const Pair *pair = &CLEANED[*row];
    check_append(zp_text_append_clean, pair->text, strlen(pair->text), pair->want);
    check_append(zp_text_append_clean, pair->want, strlen(pair->want), pair->want);
}

static const Pair FOLDED[] = {
    {"", ""},
    {"年度 总体\n目标", "年度总体目标"},
    {"执行率（Ｂ／Ａ）：", "执行率(b/a):"},
    {"１００％", "100%"},
    {"Ａｚ～！", "az~!"},
    {"A B\u3000C", "abc"},
    {"@AZ[", "@az["},
    {"\u2FA6额", "金额"},     /* Kangxi */
    {"\u2F00\u2FD5", "一龠"}, /* the first and the last of them */
    {"\u2ED3期", "长期"},     /* radicals without NFKC */
    {"部\u2ED4", "部门"},
    {"\u2ECB辆", "车辆"},
    {"\u2EC5\u2EC9\u2EDA\u2EDB\u2EDC\u2EDD", "见贝页风飞食"},
    {"\u2EE2\u2EE5\u2EE6\u2EE8\u2EE9\u2EEC\u2EF0\u2EF3", "马鱼鸟麦黄齐龙龟"},
    {"\u2E87", "𠘨"}, /* three bytes become four */
    {"\u2E87\u2E87\u2E87\u2E87\u2E87\u2E87\u2E87", "𠘨𠘨𠘨𠘨𠘨𠘨𠘨"},
    {"\u2E80\u2E9A\u2EF4", "\u2E80\u2E9A\u2EF4"}, /* nothing to become */
    {"≥95%", "≥95%"},
    {"｟￠", "｟￠"}, /* full-width, but no ASCII behind it */
    {"É", "É"},       /* only ASCII letters lose their case */
    {"a\u200Db", "ab"},
};

ROWS_OF(FOLDED, fold)
{
    const Pair *pair = &FOLDED[*row];
    check_append(zp_text_append_folded, pair->text, strlen(pair->text), pair->want);
    check_append(zp_text_append_folded, pair->want, strlen(pair->want), pair->want);
}

Test(text, every_kangxi_radical_folds_as_unicode_says)
{
    for (gunichar c = 0x2F00; c <= ZP_RADICAL_LAST; c++) {
        char bytes[6];
        int length = g_unichar_to_utf8(c, bytes);
        g_autofree char *want = g_utf8_normalize(bytes, length, G_NORMALIZE_ALL_COMPOSE);
        g_autofree char *text = g_strndup(bytes, (gsize)length);
        check_append(zp_text_append_folded, text, (gsize)length, want);
    }
}

static const struct {
    const char *text;
    gsize length;
    const char *want;
} VISIBLE[] = {
    {"年度 100%", 11, "年度 100%"},
    {"a\tb\n", 4, "a\\u{0009}b\\u{000A}"},
    {"\x1b[31m", 5, "\\u{001B}[31m"},
    {"a\0b", 3, "a\\u{0000}b"},
    {"\x7f", 1, "\\u{007F}"},
    {"\xC2\x85", 2, "\\u{0085}"},
    {"\u202E税\u202C", 9, "\\u{202E}税\\u{202C}"},
    {"\u2066\u2069\u061C", 8, "\\u{2066}\\u{2069}\\u{061C}"},
    {"\u200B\uFEFF", 6, "\\u{200B}\\u{FEFF}"},
    {"\u2028", 3, "\\u{2028}"},
    {"\U000E0041", 4, "\\u{E0041}"},
    {"\xff年", 4, "\\xFF年"},
    {"\xe5\xb9", 2, "\\xE5\\xB9"},          /* cut off */
    {"\xc0\xaf", 2, "\\xC0\\xAF"},          /* overlong */
    {"\xed\xa0\x80", 3, "\\xED\\xA0\\x80"}, /* a surrogate */
    {"e\u0301", 3, "e\u0301"},              /* an accent is text */
};

ROWS_OF(VISIBLE, visible)
{
    check_append(zp_text_append_visible, VISIBLE[*row].text, VISIBLE[*row].length,
                 VISIBLE[*row].want);
}

static const struct {
    const char *bytes;
    gsize length;
    const char *want;
    gsize replaced;
} BYTES[] = {
    {"", 0, "", 0},
    {"年度", 6, "年度", 0},
    {"a\0b", 3, "a\uFFFDb", 1},
    {"\xff年\xfe", 5, "\uFFFD年\uFFFD", 2},
    {"\xe5\xb9", 2, "\uFFFD\uFFFD", 2},
    {"\0\0", 2, "\uFFFD\uFFFD", 2},
};

ROWS_OF(BYTES, valid)
{
    gsize replaced = 99;
    g_autofree char *text = zp_text_valid(BYTES[*row].bytes, BYTES[*row].length, &replaced);
    cr_assert_str_eq(text, BYTES[*row].want);
    cr_assert_eq(replaced, BYTES[*row].replaced);
    cr_assert(g_utf8_validate(text, -1, NULL));
    g_autofree char *again = zp_text_valid(BYTES[*row].bytes, BYTES[*row].length, NULL);
    cr_assert_str_eq(again, text);
}

/* Broken UTF-8 must pass through cleaning and folding without a look past its end. */
static const Pair BROKEN[] = {
    {"a\xe3\x80", "a\xe3\x80"}, {"\xef\xbc", "\xef\xbc"},   {"\xe2", "\xe2"},
    {"\x80 \x80", "\x80 \x80"}, {"\xc2 \xc2", "\xc2 \xc2"}, {"年 \xe5\xb9", "年 \xe5\xb9"},
};

ROWS_OF(BROKEN, broken_bytes_are_copied)
{
    const char *text = BROKEN[*row].text;
    check_append(zp_text_append_clean, text, strlen(text), BROKEN[*row].want);
    g_autofree char *exact = g_memdup2(text, strlen(text));
    g_autoptr(GString) out = g_string_new(NULL);
    zp_text_append_folded(out, exact, strlen(text));
    cr_assert_leq(out->len, strlen(text));
}

static const struct {
    gunichar c;
    bool is_space, is_cjk;
} CHARACTERS[] = {
    {' ', true, false},    {'\t', true, false},    {'\r', true, false},    {0x85, true, false},
    {0xA0, true, false},   {0x1680, true, false},  {0x200A, true, false},  {0x200B, true, false},
    {0x200D, true, false}, {0x200E, false, false}, {0x2028, true, false},  {0x2060, true, false},
    {0x3000, true, false}, {0xFEFF, true, false},  {0x2E7F, false, false}, {0x2E80, false, true},
    {0x3001, false, true}, {0x9FFF, false, true},  {0xA000, false, false}, {0xF900, false, true},
    {0xFF01, false, true}, {0xFFEF, false, true},  {0x20000, false, true}, {0x40000, false, false},
    {'A', false, false},   {0x2014, false, false}, {0, false, false},      {0x1C, false, false},
};

ROWS_OF(CHARACTERS, characters)
{
    gunichar c = CHARACTERS[*row].c;
    cr_assert_eq(zp_char_is_space(c), CHARACTERS[*row].is_space, "U+%04X", c);
    cr_assert_eq(zp_char_is_cjk(c), CHARACTERS[*row].is_cjk, "U+%04X", c);
}

Test(text, blank)
{
    cr_assert(zp_text_is_blank("", 0));
    cr_assert(zp_text_is_blank(" \u3000\u200B\t", 8));
    cr_assert_not(zp_text_is_blank(" 无", 4));
    cr_assert(zp_text_is_blank(" 无", 1)); /* the length counts */
    cr_assert_not(zp_text_is_blank("\0", 1));
}

Test(text, cut_between_characters)
{
    cr_expect_eq(zp_text_cut("年度", 6, 6), 6);
    cr_expect_eq(zp_text_cut("年度", 6, 5), 3);
    cr_expect_eq(zp_text_cut("年度", 6, 3), 3);
    cr_expect_eq(zp_text_cut("年度", 6, 2), 0);
    cr_expect_eq(zp_text_cut("a😀b", 6, 4), 1);
    cr_expect_eq(zp_text_cut("a😀b", 6, 5), 5);
    g_autoptr(GString) quote = g_string_new("“");
    zp_text_append_quote(quote, "一 二三", 10, 6);
    cr_expect_str_eq(quote->str, "“一…");
    g_string_truncate(quote, 0);
    zp_text_append_quote(quote, "一 二三", 10, 10);
    cr_expect_str_eq(quote->str, "一二三");
}

Test(text, columns)
{
    cr_assert_eq(zp_text_columns(""), 0);
    cr_assert_eq(zp_text_columns("abc"), 3);
    cr_assert_eq(zp_text_columns("年度：１"), 8);
    cr_assert_eq(zp_text_columns("e\u0301\u200B"), 1);
    cr_assert_eq(zp_text_columns("≥95%"), 4);
    cr_assert_eq(zp_text_columns("𠘨"), 2);
}

static const struct {
    const char *all, *messages, *lang; /* NULL: not set */
    ZpLang want;
} ENVIRONMENTS[] = {
    {NULL, NULL, NULL, ZP_LANG_EN},
    {NULL, NULL, "zh_CN.UTF-8", ZP_LANG_ZH},
    {NULL, "zh", "en_US.UTF-8", ZP_LANG_ZH},
    {"C", "zh_CN", "zh_CN", ZP_LANG_EN},
    {"zh_TW", "en", "en", ZP_LANG_ZH},
    {"", "", "zh_CN", ZP_LANG_ZH}, /* an empty one counts as not set */
    {NULL, "de_DE", "zh_CN", ZP_LANG_EN},
};

static void set_or_unset(const char *name, const char *value)
{
    if (value)
        g_setenv(name, value, TRUE);
    else
        g_unsetenv(name);
}

ROWS_OF(ENVIRONMENTS, language)
{
    set_or_unset("LC_ALL", ENVIRONMENTS[*row].all);
    set_or_unset("LC_MESSAGES", ENVIRONMENTS[*row].messages);
    set_or_unset("LANG", ENVIRONMENTS[*row].lang);
    cr_assert_eq(zp_lang_from_environment(), ENVIRONMENTS[*row].want);
}

Test(text, pick)
{
    cr_assert_str_eq(zp_lang_pick(ZP_LANG_ZH, "错误", "error"), "错误");
    cr_assert_str_eq(zp_lang_pick(ZP_LANG_EN, "错误", "error"), "error");
}

Test(error, holds_both_languages)
{
    g_autoptr(GError) error = NULL;
    zp_error_set(&error, ZP_ERROR_LIMIT, "第 %d 行：%s", "line %d: %s", 7, "x");
    cr_assert(g_error_matches(error, ZP_ERROR, ZP_ERROR_LIMIT));
    cr_assert_str_eq(zp_error_text(error, ZP_LANG_ZH), "第 7 行：x");
    cr_assert_str_eq(zp_error_text(error, ZP_LANG_EN), "line 7: x");
    cr_assert_str_eq(error->message, "line 7: x");

    g_autoptr(GError) copy = g_error_copy(error);
    g_clear_error(&error);
    cr_assert_str_eq(zp_error_text(copy, ZP_LANG_ZH), "第 7 行：x");
}

Test(error, takes_no_place_to_put_it)
{
    zp_error_set(NULL, ZP_ERROR_IO, "读不了", "cannot read");
}

Test(error, foreign_errors_have_one_message)
{
    g_autoptr(GError) error = g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_NOENT, "gone");
    cr_assert_str_eq(zp_error_text(error, ZP_LANG_ZH), "gone");
    cr_assert_str_eq(zp_error_text(error, ZP_LANG_EN), "gone");
}

/* An error of our domain that someone made with g_set_error has no Chinese text. */
Test(error, made_without_chinese)
{
    g_autoptr(GError) error = g_error_new_literal(ZP_ERROR, ZP_ERROR_IO, "gone");
    cr_assert_str_eq(zp_error_text(error, ZP_LANG_ZH), "gone");
}
