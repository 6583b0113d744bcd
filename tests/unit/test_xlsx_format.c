/*
 * test_xlsx_format.c - stored numbers as a sheet shows them: one row a number and a format code.
 */
#include "parsers/xlsx/format.h"
#include "table.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct {
    const char *code; /* NULL: no format, as General */
    const char *stored, *shown;
} ROWS[] = {
    {NULL, "100", "100"},
    {NULL, "0", "0"},
    {NULL, "-0", "0"},
    {NULL, "-9.98", "-9.98"},
    {NULL, "558822.6", "558822.6"},
    {NULL, "558822.59999999998", "558822.6"},
    {NULL, "0.99789750000000005", "0.9978975"},
    {NULL, "5.588226E5", "558822.6"},
    {NULL, "1E-3", "0.001"},
    {NULL, "123456789012345678", "123456789012346000"},
    {NULL, "1E+20", "100000000000000000000"},
    {NULL, "1.5E+21", "1.5E+21"},
    {NULL, "1E-10", "1E-10"},
    {NULL, "0.1234567890123456", "0.123456789012346"},
    {NULL, "999999999999999.9", "1000000000000000"},
    {"General", "12.50", "12.5"},
    {"G/通用格式\"次\"", "300", "300次"},
    {"General\"次\"", "-3", "-3次"},
    {"0", "9.5", "10"},
    {"0", "-0.4", "0"},
    {"0", "8.4999999999999996", "9"},
    {"0.00", "1.0049999999999999", "1.01"},
    {"0.00", "9.98", "9.98"},
    {"0.00", "9.995", "10.00"},
    {"0.00", "-1.005", "-1.01"},
    {"0.0#", "1.5", "1.5"},
    {"0.0#", "1.25", "1.25"},
    {"0.##", "3", "3."},
    {"#.00", "0.5", ".50"},
    {".00", "12.5", "12.50"},
    {"#,##0", "1234567", "1,234,567"},
    {"#,##0.00", "558822.6", "558,822.60"},
    {"#,##0.00", "999.999", "1,000.00"},
    {"#,##0.00", "12", "12.00"},
    {"0,000", "12", "0,012"},
    {"0.00,", "12345", "12.35"},
    {"#,##0,,", "12345678", "12"},
    {"0%", "0.9979", "100%"},
    {"0%", "1", "100%"},
    {"0.00%", "0.9979", "99.79%"},
    {"0.00%", "0.99789750000000005", "99.79%"},
    {"0.00%", "0.88810799999999996", "88.81%"},
    {"0.0%", "-0.055", "-5.5%"},
    {"0\"次\"", "1700", "1700次"},
    {"0\\次", "5", "5次"},
    {"\"≥\"0\"次\"", "300", "≥300次"},
    {"0.00\"万元\"", "620.82", "620.82万元"},
    {"000-0000", "1234567", "123-4567"},
    {"00000", "42", "00042"},
    {"#,##0.00;[Red]-#,##0.00", "-5", "-5.00"},
    {"#,##0.00_);(#,##0.00)", "-5", "(5.00)"},
    {"0;-0;\"—\"", "0", "—"},
    {"0;-0;\"—\";@", "7", "7"},
    {"0;@", "-7", "-7"},
    {"[$¥-804]#,##0.00", "12.5", "¥12.50"},
    {"[>=100]0", "150", "150"},
    {"0.00E+00", "12345", "1.23E+04"},
    {"0.00E+00", "9.996", "1.00E+01"},
    {"0.0E-0", "0.00012", "1.2E-4"},
    {"@", "12.5", "12.5"},
    {"# ?/?", "0.5", " 1/2"},
    {"# ?/?", "3.5", "3 1/2"},
    {"# ?/?", "3", "3 "},
    {"# ?/?", "0.99", "1 "},
    {"# ?/?", "-0.25", "- 1/4"},
    {"?/?", "3.5", "7/2"},
    {"# ?\?/??", "0.3333333333333333", " 1/3"},
    {"# ?\?/??", "3.14159265358979", "3 14/99"},
    {"# ?\?\?/?\?\?", "3.14159265358979", "3 16/113"},
    {"0 ?/8", "0.5", "0 4/8"},
    {"#\" \"0/100\"份\"", "2.25", "2 25/100份"},
    {"# ?/?", "1E-300", "1E-300"},
    {"# ?/?", "1E+200", "1E+200"},
    {"[>=10000]0!.0,\"万\";0", "500", "500"},
    {"[>=10000]0!.0,\"万\";0", "12345", "1.2万"},
    {"[<1]0.0%;0.00", "0.5", "50.0%"},
    {"[<1]0.0%;0.00", "2", "2.00"},
    {"[<1]0.0%;0.00", "-2", "-200.0%"},
    {"[<0]\"减\"0;0", "-2", "减2"},
    {"[=0]\"无\";0", "0", "无"},
    {"[=0]\"无\";0", "-3", "-3"},
    {"[>100]\"多\";[<10]\"少\";0", "50", "50"},
    {"[>100]\"多\";[<10]\"少\";0", "5", "少"},
    {"[>100]\"多\";[<=10]\"少\"", "50", "50"},
    {"[<>3]0;\"三\"", "3", "三"},
    {"[Red]", "5", "5"},
    {"[Red][>=60]0;[Blue]0.0", "59.5", "59.5"},
    {"0;[Red]", "-5", "-5"},
    {";;;", "5", ""},
    {"0;-0;;@", "0", ""},
    {"0.00e", "5", "5"},
    {"e", "44895", "2022"},
    {"e\"年\"m\"月\"", "44895", "2022年11月"},
    {"yyyy-mm-dd aaaa", "44895", "2022-11-30 星期三"},
    {"aaa", "44895", "周三"},
    {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "44895", "2022年11月30日"},
    {"[$-F400]h:mm:ss\\ AM/PM;@", "0.75", "18:00:00"},
    {"yyyy/m/d", "44895", "2022/11/30"},
    {"yyyy-mm-dd", "1", "1900-01-01"},
    {"yyyy-mm-dd", "59", "1900-02-28"},
    {"yyyy-mm-dd", "60", "1900-02-29"},
    {"yyyy-mm-dd", "61", "1900-03-01"},
    {"yyyy\"年\"m\"月\"d\"日\"", "44895", "2022年11月30日"},
    {"yyyy\"年\"m\"月\";@", "45261", "2023年12月"},
    {"[$-804]yyyy\"年\"m\"月\"d\"日\";@", "44895.5", "2022年11月30日"},
    {"yyyy/m/d h:mm", "44895.75", "2022/11/30 18:00"},
    {"yyyy/m/d h:mm:ss", "44895.99998842593", "2022/11/30 23:59:59"},
    {"h:mm AM/PM", "0.75", "6:00 下午"},
    {"上午/下午h\"时\"mm\"分\"", "0.25", "上午6时00分"},
    {"mm:ss", "0.5006944444444444", "01:00"},
    {"[h]:mm:ss", "1.5", "36:00:00"},
    {"d-mmm-yy", "44895", "30-Nov-22"},
    {"yyyy-mm-dd", "-1", "-1"},
    {"yyyy-mm-dd", "9999999", "9999999"},
};

TableRows(xlsx_format, shown)
{
    static int rows[G_N_ELEMENTS(ROWS)];
    for (gsize k = 0; k < G_N_ELEMENTS(ROWS); k++)
        rows[k] = (int)k;
    return cr_make_param_array(int, rows, G_N_ELEMENTS(ROWS));
}

TableTest(int *row, xlsx_format, shown)
{
    ZpNumberFormat *format = ROWS[*row].code ? zp_number_format_new(ROWS[*row].code) : NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    const char *stored = ROWS[*row].stored;
    cr_assert(zp_number_format_apply(format, stored, strlen(stored), false, out));
    cr_assert_str_eq(out->str, ROWS[*row].shown, "row %d: %s as %s: %s, expected %s", *row, stored,
                     ROWS[*row].code ? ROWS[*row].code : "General", out->str, ROWS[*row].shown);
    zp_number_format_free(format);
}

Test(xlsx_format, days_from_1904)
{
    ZpNumberFormat *format = zp_number_format_new("yyyy-mm-dd");
    g_autoptr(GString) out = g_string_new(NULL);
    cr_assert(zp_number_format_apply(format, "43433", 5, true, out));
    cr_assert_str_eq(out->str, "2022-11-30");
    zp_number_format_free(format);
}

Test(xlsx_format, no_numbers)
{
    static const char *const TEXTS[] = {"",   "-",    ".",   "1E",  "1E+",
                                        "1x", "0x10", "1 2", "NaN", "1E999"};
    for (gsize k = 0; k < G_N_ELEMENTS(TEXTS); k++) {
        g_autoptr(GString) out = g_string_new(NULL);
        cr_assert_not(zp_number_format_apply(NULL, TEXTS[k], strlen(TEXTS[k]), false, out), "%s",
                      TEXTS[k]);
        cr_assert_eq(out->len, 0u);
    }
}

/* Codes cut off anywhere, and codes of nothing but marks, are taken apart without a fault. */
Test(xlsx_format, strange_codes)
{
    static const char *const CODES[] = {"[",  "[$", "\"",     "\\", "_",       "*",
                                        "E",  "E+", ";;;;;;", "[h", "0.0.0.0", ",,,",
                                        "年", "[]", "%%%",    "//", ""};
    for (gsize k = 0; k < G_N_ELEMENTS(CODES); k++) {
        ZpNumberFormat *format = zp_number_format_new(CODES[k]);
        g_autoptr(GString) out = g_string_new(NULL);
        cr_assert(zp_number_format_apply(format, "-12.5", 5, false, out), "%s", CODES[k]);
        zp_number_format_text(format, "次", out);
        zp_number_format_free(format);
    }
}

Test(xlsx_format, texts)
{
    ZpNumberFormat *format = zp_number_format_new("0;-0;0;@\"次\"");
    g_autoptr(GString) out = g_string_new(NULL);
    zp_number_format_text(format, "三百", out);
    cr_assert_str_eq(out->str, "三百次");
    zp_number_format_free(format);
}
