/*
 * format.c - format codes taken apart.
 *
 *     #,##0.00"元";[Red]-#,##0.00;"—";@
 *     positive     negative       zero text      one to four sections
 *
 * A section is a list of parts; show.c puts a number's digits to them.  A section with y, d,
 * h, s or m is a date, one with a slash between digits a fraction.  `[>=100]` says for which
 * numbers a section is; without it the sign does.
 *
 * Source: ECMA-376 part 1, 18.8.31.
 */
#include "parsers/xlsx/format.h"

#include "base/text.h"
#include "parsers/xlsx/format_private.h"

#include <string.h>

/* Bytes of a code that are looked at. */
#define CODE_BYTES_MAX 1024

static void add_part(Section *section, Part part)
{
    g_array_append_val(section->parts, part);
}

static void add_literal(Section *section, const char *text, gsize length)
{
    add_part(section, (Part){.kind = PART_LITERAL, .text = g_strndup(text, length)});
}

static const struct {
    const char *sign; /* longer ones first */
    ConditionKind kind;
} CONDITIONS[] = {
    {"<=", CONDITION_AT_MOST}, {">=", CONDITION_AT_LEAST}, {"<>", CONDITION_UNEQUAL},
    {"<", CONDITION_LESS},     {">", CONDITION_MORE},      {"=", CONDITION_EQUAL},
};

/* What stands between brackets as a condition, if it is one. */
static bool read_condition(Section *section, const char *p, const char *end)
{
    for (guint i = 0; i < G_N_ELEMENTS(CONDITIONS); i++) {
        gsize length = strlen(CONDITIONS[i].sign);
        if (strncmp(p, CONDITIONS[i].sign, length) != 0)
            continue;
        p += length;
        if (zp_xlsx_number_parse(p, (gsize)(end - p), &section->condition.limit))
            section->condition.kind = CONDITIONS[i].kind;
        else
            section->is_known = false;
        return true;
    }
    return false;
}

/* Formats whose brackets stand for the system's own: a long date, a time. */
static const struct {
    const char *bracket, *code;
} SYSTEM[] = {
    {"[$-F800]", "yyyy\"年\"m\"月\"d\"日\""},
    {"[$-x-sysdate]", "yyyy\"年\"m\"月\"d\"日\""},
    {"[$-F400]", "h:mm:ss"},
    {"[$-x-systime]", "h:mm:ss"},
};

static const struct {
    const char *name;
    guint number;
} COLOURS[] = {
    {"[Black]", 1},   {"[White]", 2}, {"[Red]", 3},  {"[Green]", 4}, {"[Blue]", 5}, {"[Yellow]", 6},
    {"[Magenta]", 7}, {"[Cyan]", 8},  {"[黑色]", 1}, {"[白色]", 2},  {"[红色]", 3}, {"[绿色]", 4},
    {"[蓝色]", 5},    {"[黄色]", 6},  {"[洋红]", 7}, {"[青色]", 8},
};

/* [White], [白色], [Color 2], [颜色2] */
static guint read_colour(const char *p)
{
    static const char *const NUMBERED[] = {"[Color", "[颜色"};
    for (guint i = 0; i < G_N_ELEMENTS(COLOURS); i++) {
        if (g_ascii_strncasecmp(p, COLOURS[i].name, strlen(COLOURS[i].name)) == 0)
            return COLOURS[i].number;
    }
    for (guint i = 0; i < G_N_ELEMENTS(NUMBERED); i++) {
        gsize length = strlen(NUMBERED[i]);
        guint64 number = g_ascii_strncasecmp(p, NUMBERED[i], length) == 0
                             ? g_ascii_strtoull(p + length, NULL, 10)
                             : 0;
        if (number >= 1 && number <= 56)
            return (guint)number;
    }
    return 0;
}

/* Everything in brackets: a language says nothing here; a colour, a condition, a currency sign and
 * elapsed time do. */
static const char *read_bracket(Section *section, const char *p)
{
    const char *end = strchr(p, ']');
    if (!end) {
        section->is_known = false;
        return p + strlen(p);
    }
    char letter = g_ascii_tolower(p[1]);
    gsize run = strspn(p + 1, letter == 'h' ? "hH" : letter == 'm' ? "mM" : "sS");
    if (p[1] == '$') {
        gsize length = strcspn(p + 2, "-]");
        add_literal(section, p + 2, length);
    } else if (run && p + 1 + run == end) {
        add_part(section, (Part){.kind = PART_ELAPSED, .letter = letter, .count = (int)run});
        section->is_date = true;
    } else if (read_condition(section, p + 1, end)) {
        return end + 1;
    }
    section->has_bracket = true;
    section->colour = section->colour ? section->colour : read_colour(p);
    return end + 1;
}

static const char *read_quoted(Section *section, const char *p)
{
    gsize length = strcspn(p + 1, "\"");
    add_literal(section, p + 1, length);
    return p + 1 + length + (p[1 + length] == '"');
}

static const char *read_digits(Section *section, const char *p, bool *after_point)
{
    if (*p == '.') {
        *after_point = true;
        add_part(section, (Part){.kind = PART_POINT});
        return p + 1;
    }
    add_part(section, (Part){.kind = PART_DIGIT, .letter = *p});
    section->places += *after_point;
    section->integer_digits += !*after_point;
    return p + 1;
}

/* A comma between digits groups; behind them it divides by a thousand. */
static const char *read_comma(Section *section, const char *p)
{
    const char *next = p + strspn(p, ",");
    if (*next && strchr("0#?", *next))
        section->is_grouped = true;
    else if (section->integer_digits)
        section->thousands += (int)(next - p);
    else
        add_literal(section, ",", 1);
    return next;
}

static const char *read_date_letters(Section *section, const char *p)
{
    char letter = g_ascii_tolower(*p);
    const char *start = p;
    while (g_ascii_tolower(*p) == letter)
        p++;
    add_part(section, (Part){.kind = PART_DATE, .letter = letter, .count = (int)(p - start)});
    section->is_date = true;
    return p;
}

static const char *read_exponent(Section *section, const char *p)
{
    gsize digits = p[1] == '+' || p[1] == '-' ? strspn(p + 2, "0#?") : 0;
    if (!digits && section->integer_digits + section->places) {
        section->is_known = false;
        return p + 1;
    }
    if (!digits) { /* e"年": a year, as in yyyy */
        const char *behind = p + strspn(p, "eE");
        add_part(section, (Part){.kind = PART_DATE, .letter = 'y', .count = 4});
        section->is_date = true;
        return behind;
    }
    add_part(section, (Part){.kind = PART_EXPONENT, .letter = p[1], .count = (int)digits});
    return p + 2 + digits;
}

/* aaa and aaaa are days of the week in Chinese. */
static const char *read_weekday(Section *section, const char *p)
{
    gsize length = strspn(p, "aA");
    if (length < 3)
        return NULL;
    add_part(section, (Part){.kind = PART_DATE, .letter = 'a', .count = (int)length});
    section->is_date = true;
    return p + length;
}

/* Behind a slash: `?` and the like, or the denominator itself. */
static const char *read_slash(Section *section, const char *p)
{
    gsize whole = 0;
    if (!section->integer_digits || section->places || section->is_fraction)
        return NULL;
    for (guint i = section->parts->len; i > 0; i--) {
        if (g_array_index(section->parts, Part, i - 1).kind != PART_DIGIT)
            break;
        whole++;
    }
    const char *behind = p + 1 + strspn(p + 1, "0123456789");
    bool is_fixed = p[1] >= '1' && p[1] <= '9' && behind - p <= 10;
    if (!whole || (!is_fixed && !strchr("0#?", p[1])))
        return NULL;
    add_part(section, (Part){.kind = PART_SLASH});
    section->is_fraction = true;
    section->whole_digits = section->integer_digits - (int)whole;
    section->denominator = is_fixed ? (int)g_ascii_strtoull(p + 1, NULL, 10) : 0;
    return is_fixed ? behind : p + 1;
}

/* Words that stand for something; longer ones first. */
static const struct {
    const char *word;
    PartKind kind;
} WORDS[] = {
    {"General", PART_GENERAL}, {"G/通用格式", PART_GENERAL}, {"AM/PM", PART_HALF},
    {"上午/下午", PART_HALF},  {"A/P", PART_HALF},
};

static const char *read_word(Section *section, const char *p)
{
    for (guint i = 0; i < G_N_ELEMENTS(WORDS); i++) {
        gsize length = strlen(WORDS[i].word);
        if (g_ascii_strncasecmp(p, WORDS[i].word, length) != 0)
            continue;
        add_part(section, (Part){.kind = WORDS[i].kind});
        section->is_date |= WORDS[i].kind == PART_HALF;
        return p + length;
    }
    return NULL;
}

/* One token of a code; what nothing else takes is shown as it is. */
static const char *read_part(Section *section, const char *p, bool *after_point)
{
    const char *behind = read_word(section, p);
    if (!behind)
        behind = read_weekday(section, p);
    if (behind)
        return behind;
    switch (*p) {
    case '"':
        return read_quoted(section, p);
    case '[':
        return read_bracket(section, p);
    case '\\':
    case '!':
        behind = p[1] ? g_utf8_next_char(p + 1) : p + 1;
        add_literal(section, p + 1, (gsize)(behind - p - 1));
        return behind;
    case '_': /* as wide as the next character; filled with it */
    case '*':
        return p[1] ? g_utf8_next_char(p + 1) : p + 1;
    case '0':
    case '#':
    case '?':
    case '.':
        return read_digits(section, p, after_point);
    case ',':
        return read_comma(section, p);
    case '%':
        section->percents++;
        add_part(section, (Part){.kind = PART_PERCENT});
        return p + 1;
    case '@':
        section->has_text = true;
        add_part(section, (Part){.kind = PART_TEXT});
        return p + 1;
    case '/': /* between digits a fraction, else the sign of a date */
        behind = read_slash(section, p);
        if (behind)
            return behind;
        section->is_known = section->is_known && section->integer_digits == 0;
        break;
    case 'E':
    case 'e':
        return read_exponent(section, p);
    default:
        if (strchr("yYmMdDhHsS", *p))
            return read_date_letters(section, p);
        break;
    }
    behind = g_utf8_next_char(p);
    add_literal(section, p, (gsize)(behind - p));
    return behind;
}

/* m beside h or s is a minute. */
static void tell_minutes(Section *section)
{
    char before = 0;
    for (guint i = 0; i < section->parts->len; i++) {
        Part *part = &g_array_index(section->parts, Part, i);
        if (part->kind != PART_DATE && part->kind != PART_ELAPSED)
            continue;
        part->is_minute = part->letter == 'm' && before == 'h';
        for (guint k = i; k > 0 && part->letter == 's'; k--) {
            Part *other = &g_array_index(section->parts, Part, k - 1);
            if (other->kind == PART_DATE && other->letter != 's') {
                other->is_minute |= other->letter == 'm';
                break;
            }
        }
        before = part->letter;
    }
}

/* The code that the system's own formats stand for, in place of all the section says. */
static const char *system_code(const char *p)
{
    for (guint i = 0; i < G_N_ELEMENTS(SYSTEM); i++) {
        if (g_ascii_strncasecmp(p, SYSTEM[i].bracket, strlen(SYSTEM[i].bracket)) == 0)
            return SYSTEM[i].code;
    }
    return NULL;
}

static const char *read_section(Section *section, const char *p)
{
    bool after_point = false;
    section->parts = g_array_new(FALSE, FALSE, sizeof(Part));
    section->is_known = true;
    const char *code = system_code(p), *end = p + strcspn(p, ";");
    const char *at = code ? code : p;
    while (*at && *at != ';')
        at = read_part(section, at, &after_point);
    tell_minutes(section);
    return code ? end : at;
}

ZpNumberFormat *zp_number_format_new(const char *code)
{
    ZpNumberFormat *format = g_new0(ZpNumberFormat, 1);
    g_autofree char *valid = zp_text_valid(code, strnlen(code, CODE_BYTES_MAX), NULL);
    const char *p = valid;
    while (format->count < ZP_FORMAT_SECTIONS) {
        Section *section = &format->sections[format->count++];
        p = read_section(section, p);
        format->has_colour |= section->colour != 0;
        if (*p++ != ';')
            break;
    }
    return format;
}

void zp_number_format_free(ZpNumberFormat *format)
{
    if (!format)
        return;
    for (int s = 0; s < format->count; s++) {
        GArray *parts = format->sections[s].parts;
        for (guint i = 0; i < parts->len; i++)
            g_free(g_array_index(parts, Part, i).text);
        g_array_unref(parts);
    }
    g_free(format);
}

static const struct {
    guint id;
    const char *code;
} BUILTINS[] = {
    {1, "0"},
    {2, "0.00"},
    {3, "#,##0"},
    {4, "#,##0.00"},
    {5, "¥#,##0;¥-#,##0"},
    {6, "¥#,##0;¥-#,##0"},
    {7, "¥#,##0.00;¥-#,##0.00"},
    {8, "¥#,##0.00;¥-#,##0.00"},
    {9, "0%"},
    {10, "0.00%"},
    {11, "0.00E+00"},
    {12, "# ?/?"},
    {13, "# ?\?/??"},
    {14, "yyyy/m/d"},
    {15, "d-mmm-yy"},
    {16, "d-mmm"},
    {17, "mmm-yy"},
    {18, "h:mm AM/PM"},
    {19, "h:mm:ss AM/PM"},
    {20, "h:mm"},
    {21, "h:mm:ss"},
    {22, "yyyy/m/d h:mm"},
    {27, "yyyy\"年\"m\"月\""},
    {28, "m\"月\"d\"日\""},
    {29, "m\"月\"d\"日\""},
    {30, "m-d-yy"},
    {31, "yyyy\"年\"m\"月\"d\"日\""},
    {32, "h\"时\"mm\"分\""},
    {33, "h\"时\"mm\"分\"ss\"秒\""},
    {34, "上午/下午h\"时\"mm\"分\""},
    {35, "上午/下午h\"时\"mm\"分\"ss\"秒\""},
    {36, "yyyy\"年\"m\"月\""},
    {37, "#,##0;-#,##0"},
    {38, "#,##0;-#,##0"},
    {39, "#,##0.00;-#,##0.00"},
    {40, "#,##0.00;-#,##0.00"},
    {41, "#,##0;-#,##0;\"-\""},
    {42, "¥#,##0;¥-#,##0;\"-\""},
    {43, "#,##0.00;-#,##0.00;\"-\""},
    {44, "¥#,##0.00;¥-#,##0.00;\"-\""},
    {45, "mm:ss"},
    {46, "[h]:mm:ss"},
    {47, "mm:ss"},
    {48, "0.0E+0"},
    {49, "@"},
    {50, "yyyy\"年\"m\"月\""},
    {51, "m\"月\"d\"日\""},
    {52, "yyyy\"年\"m\"月\""},
    {53, "m\"月\"d\"日\""},
    {54, "m\"月\"d\"日\""},
    {55, "上午/下午h\"时\"mm\"分\""},
    {56, "上午/下午h\"时\"mm\"分\"ss\"秒\""},
    {57, "yyyy\"年\"m\"月\""},
    {58, "m\"月\"d\"日\""},
};

const char *zp_number_format_builtin(guint id)
{
    for (guint i = 0; i < G_N_ELEMENTS(BUILTINS); i++) {
        if (BUILTINS[i].id == id)
            return BUILTINS[i].code;
    }
    return NULL;
}
