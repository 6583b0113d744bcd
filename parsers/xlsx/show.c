/*
 * show.c - a number's digits put to the parts of a format's section.
 *
 * Digits are put to the placeholders from the right, so that literals inside stay where they are;
 * the first placeholder takes what is left over.  A date counts days from 1899-12-30 (with the
 * 29 February 1900 that never was) or from 1904-01-01.
 */
#include "parsers/xlsx/format_private.h"
#include "parsers/xlsx/number.h"

#include <string.h>

/* Days that are dates: to the end of 9999. */
#define DAYS_MAX    2958465
#define DAY_SECONDS 86400

/* A moment taken apart. */
typedef struct {
    int year, month, day, hour, minute, second;
    gint64 seconds; /* since the beginning of counting */
} Moment;

/* Days of 1900-01-01 = 1; 60 is the 29 February 1900 that never was. */
static void set_day(Moment *moment, int serial, bool is_1904)
{
    static const guint32 DAY_0 = 693594; /* of GDate: 1899-12-30 */
    if (serial == 60 && !is_1904) {
        moment->year = 1900, moment->month = 2, moment->day = 29;
        return;
    }
    if (is_1904)
        serial += 1462;
    else if (serial < 60)
        serial++;
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_julian(&date, DAY_0 + (guint32)serial);
    moment->year = g_date_get_year(&date);
    moment->month = (int)g_date_get_month(&date);
    moment->day = g_date_get_day(&date);
}

/* Whole seconds of a count of days, rounded half up; the digits are exact up to there. */
static bool set_moment(Moment *moment, const ZpXlsxNumber *number, bool is_1904)
{
    static const gint64 PARTS = 1000000000000; /* of a day */
    gint64 days = 0, parts = 0;
    if (number->is_negative || number->point > 7)
        return false;
    for (int weight = number->point - 1; weight >= 0; weight--)
        days = days * 10 + (zp_xlsx_number_digit(number, weight) - '0');
    for (int weight = -1; weight >= -12; weight--)
        parts = parts * 10 + (zp_xlsx_number_digit(number, weight) - '0');
    gint64 seconds = (parts * DAY_SECONDS + PARTS / 2) / PARTS;
    moment->seconds = days * DAY_SECONDS + seconds;
    days = moment->seconds / DAY_SECONDS;
    int of_day = (int)(moment->seconds % DAY_SECONDS);
    if (days > DAYS_MAX - (is_1904 ? 1462 : 0))
        return false;
    set_day(moment, (int)days, is_1904);
    moment->hour = of_day / 3600;
    moment->minute = of_day / 60 % 60;
    moment->second = of_day % 60;
    return true;
}

static bool has_half(const Section *section)
{
    for (guint i = 0; i < section->parts->len; i++) {
        if (g_array_index(section->parts, Part, i).kind == PART_HALF)
            return true;
    }
    return false;
}

static void append_month(const Moment *moment, int letters, GString *out)
{
    static const char *const MONTHS[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    const char *name = MONTHS[moment->month - 1];
    if (letters <= 2)
        g_string_append_printf(out, "%0*d", letters, moment->month);
    else
        g_string_append_len(out, name, letters == 3 ? 3 : letters == 5 ? 1 : (gssize)strlen(name));
}

/* 0: Monday; below 0 for the 29 February 1900. */
static int weekday_of(const Moment *moment)
{
    GDateDay day = (GDateDay)moment->day;
    GDateMonth month = (GDateMonth)moment->month;
    GDateYear year = (GDateYear)moment->year;
    if (!g_date_valid_dmy(day, month, year))
        return -1;
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, day, month, year);
    return (int)g_date_get_weekday(&date) - 1;
}

static void append_weekday(const Moment *moment, int letters, GString *out)
{
    static const char *const DAYS[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
    int day = weekday_of(moment);
    if (day >= 0)
        g_string_append_len(out, DAYS[day], letters == 3 ? 3 : (gssize)strlen(DAYS[day]));
}

/* aaa: 周三; aaaa: 星期三 */
static void append_chinese_weekday(const Moment *moment, int letters, GString *out)
{
    static const char *const DAYS[] = {"一", "二", "三", "四", "五", "六", "日"};
    int day = weekday_of(moment);
    if (day >= 0)
        g_string_append_printf(out, "%s%s", letters == 3 ? "周" : "星期", DAYS[day]);
}

static void append_date_part(const Part *part, const Moment *moment, bool half, GString *out)
{
    int width = MIN(part->count, 2);
    int hour = half ? (moment->hour + 11) % 12 + 1 : moment->hour;
    if (part->letter == 'y')
        g_string_append_printf(out, part->count > 2 ? "%04d" : "%02d",
                               part->count > 2 ? moment->year : moment->year % 100);
    else if (part->letter == 'm' && part->is_minute)
        g_string_append_printf(out, "%0*d", width, moment->minute);
    else if (part->letter == 'm')
        append_month(moment, part->count, out);
    else if (part->letter == 'd' && part->count > 2)
        append_weekday(moment, part->count, out);
    else if (part->letter == 'a')
        append_chinese_weekday(moment, part->count, out);
    else
        g_string_append_printf(out, "%0*d", width,
                               part->letter == 'd'   ? moment->day
                               : part->letter == 'h' ? hour
                                                     : moment->second);
}

static void append_elapsed(const Part *part, const Moment *moment, GString *out)
{
    gint64 unit = part->letter == 'h' ? 3600 : part->letter == 'm' ? 60 : 1;
    g_string_append_printf(out, "%0*" G_GINT64_FORMAT, MIN(part->count, 2), moment->seconds / unit);
}

static bool append_date(const Section *section, const ZpXlsxNumber *number, bool is_1904,
                        GString *out)
{
    Moment moment;
    bool half = has_half(section);
    if (!set_moment(&moment, number, is_1904))
        return false;
    for (guint i = 0; i < section->parts->len; i++) {
        const Part *part = &g_array_index(section->parts, Part, i);
        if (part->kind == PART_DATE)
            append_date_part(part, &moment, half, out);
        else if (part->kind == PART_ELAPSED)
            append_elapsed(part, &moment, out);
        else if (part->kind == PART_HALF)
            g_string_append(out, moment.hour < 12 ? "上午" : "下午");
        else if (part->kind == PART_LITERAL)
            g_string_append(out, part->text);
        else if (part->kind == PART_POINT)
            g_string_append_c(out, '.');
    }
    return true;
}

/* Where the walk over a section's placeholders stands. */
typedef struct {
    const Section *section;
    ZpXlsxNumber number;
    int left;  /* integer placeholders not yet filled */
    int place; /* decimals written */
    bool after_point, has_begun;
    GString *out;
} Filling;

static void put_integer_digit(Filling *filling, int weight)
{
    g_string_append_c(filling->out, zp_xlsx_number_digit(&filling->number, weight));
    filling->has_begun = true;
    if (filling->section->is_grouped && weight > 0 && weight % 3 == 0)
        g_string_append_c(filling->out, ',');
}

/* A placeholder before the point; the first takes all digits that have none. */
static void fill_integer(Filling *filling, char letter)
{
    int weight = --filling->left;
    if (weight == filling->section->integer_digits - 1) {
        for (int more = filling->number.point - 1; more > weight; more--)
            put_integer_digit(filling, more);
    }
    if (filling->has_begun || letter == '0' || weight < filling->number.point)
        put_integer_digit(filling, weight);
}

/* A placeholder behind the point: `#` shows no final zeros. */
static void fill_place(Filling *filling, char letter)
{
    int weight = -++filling->place;
    bool is_over = weight < filling->number.point - filling->number.count;
    if (letter == '0' || !is_over)
        g_string_append_c(filling->out, zp_xlsx_number_digit(&filling->number, weight));
}

static void fill_part(Filling *filling, const Part *part, int exponent)
{
    switch (part->kind) {
    case PART_DIGIT:
        if (filling->after_point)
            fill_place(filling, part->letter);
        else
            fill_integer(filling, part->letter);
        break;
    case PART_POINT:
        if (!filling->section->integer_digits) /* .00 */
            for (int weight = filling->number.point - 1; weight >= 0; weight--)
                put_integer_digit(filling, weight);
        filling->after_point = true;
        g_string_append_c(filling->out, '.');
        break;
    case PART_PERCENT:
        g_string_append_c(filling->out, '%');
        break;
    case PART_EXPONENT:
        g_string_append_printf(filling->out, "E%s%0*d",
                               exponent < 0          ? "-"
                               : part->letter == '+' ? "+"
                                                     : "",
                               part->count, ABS(exponent));
        break;
    case PART_GENERAL:
    case PART_TEXT:
        zp_xlsx_number_general(&filling->number, filling->out);
        break;
    case PART_LITERAL:
        g_string_append(filling->out, part->text);
        break;
    default:
        break;
    }
}

static bool has_exponent(const Section *section)
{
    for (guint i = 0; i < section->parts->len; i++) {
        if (g_array_index(section->parts, Part, i).kind == PART_EXPONENT)
            return true;
    }
    return false;
}

/* The mantissa has as many digits before the point as the code has places for. */
static int take_exponent(ZpXlsxNumber *number, const Section *section)
{
    if (!number->count)
        return 0;
    int wanted = MAX(section->integer_digits, 1);
    int exponent = number->point - wanted;
    number->point = wanted;
    zp_xlsx_number_round(number, section->places);
    if (number->point > wanted) { /* 9.99 became 10.0 */
        number->point = wanted;
        exponent++;
    }
    return exponent;
}

static void append_number(const Section *section, ZpXlsxNumber number, bool sign, GString *out)
{
    int exponent = 0;
    bool has_digits = section->integer_digits + section->places > 0;
    if (number.count)
        number.point += 2 * section->percents - 3 * section->thousands;
    if (has_exponent(section))
        exponent = take_exponent(&number, section);
    else if (has_digits)
        zp_xlsx_number_round(&number, section->places);
    if (sign && number.is_negative)
        g_string_append_c(out, '-');
    number.is_negative = false;
    Filling filling = {
        .section = section, .number = number, .left = section->integer_digits, .out = out};
    for (guint i = 0; i < section->parts->len; i++)
        fill_part(&filling, &g_array_index(section->parts, Part, i), exponent);
}

/* The numbers that a section of @n numeric ones is for: as it says, else by its place. */
static Condition condition_of(const ZpNumberFormat *format, int s, int n)
{
    Condition condition = format->sections[s].condition;
    if (condition.kind == CONDITION_NONE && s < n - 1)
        condition.kind = s == 1 ? CONDITION_LESS : n == 2 ? CONDITION_AT_LEAST : CONDITION_MORE;
    return condition;
}

static bool fits(const Condition *condition, const ZpXlsxNumber *number)
{
    int order = zp_xlsx_number_compare(number, &condition->limit);
    switch (condition->kind) {
    case CONDITION_LESS:
        return order < 0;
    case CONDITION_AT_MOST:
        return order <= 0;
    case CONDITION_EQUAL:
        return order == 0;
    case CONDITION_UNEQUAL:
        return order != 0;
    case CONDITION_AT_LEAST:
        return order >= 0;
    case CONDITION_MORE:
        return order > 0;
    default:
        return true;
    }
}

/* Whether only numbers below zero come to a section: it then says their sign itself. */
static bool is_negative_only(const ZpNumberFormat *format, int s, int n)
{
    Condition own = condition_of(format, s, n), first = condition_of(format, 0, n);
    if (own.kind == CONDITION_LESS || own.kind == CONDITION_AT_MOST)
        return !own.limit.count || own.limit.is_negative;
    bool leaves_negative = first.kind == CONDITION_AT_LEAST || first.kind == CONDITION_MORE;
    return n == 2 && s == 1 && own.kind == CONDITION_NONE && leaves_negative && !first.limit.count;
}

/* The section for a number; *sign: it does not say the sign itself.  NULL: none is for it. */
static const Section *choose(const ZpNumberFormat *format, const ZpXlsxNumber *number, bool *sign)
{
    int n = format->count;
    if (n > 1 && format->sections[n - 1].has_text)
        n--;
    n = MIN(n, 3);
    for (int s = 0; s < n; s++) {
        Condition condition = condition_of(format, s, n);
        if (!fits(&condition, number))
            continue;
        *sign = !is_negative_only(format, s, n);
        return &format->sections[s];
    }
    return NULL;
}

/* An empty code is General, and so is a colour alone; an empty section beside others hides. */
static bool is_general(const ZpNumberFormat *format, const Section *section)
{
    return !section || !section->is_known ||
           (section->parts->len == 0 && (format->count == 1 || section->has_bracket));
}

static bool append_fraction(const Section *section, ZpXlsxNumber number, bool sign, GString *out)
{
    gsize start = out->len;
    if (sign && number.is_negative)
        g_string_append_c(out, '-');
    bool done = zp_xlsx_fraction_append(section, &number, out);
    if (!done)
        g_string_truncate(out, start);
    return done;
}

static bool append_by(const Section *section, const ZpXlsxNumber *number, bool sign, bool is_1904,
                      GString *out)
{
    if (section->is_date)
        return append_date(section, number, is_1904, out);
    if (section->is_fraction)
        return append_fraction(section, *number, sign, out);
    append_number(section, *number, sign, out);
    return true;
}

bool zp_number_format_apply(const ZpNumberFormat *format, const char *text, gsize length,
                            bool is_1904, GString *out)
{
    ZpXlsxNumber number;
    bool sign = true;
    if (!zp_xlsx_number_parse(text, length, &number))
        return false;
    const Section *section = format ? choose(format, &number, &sign) : NULL;
    if (is_general(format, section) || !append_by(section, &number, sign, is_1904, out))
        zp_xlsx_number_general(&number, out);
    return true;
}

guint zp_number_format_colour(const ZpNumberFormat *format, const char *text, gsize length)
{
    ZpXlsxNumber number;
    bool sign = true;
    if (!format || !format->has_colour || !zp_xlsx_number_parse(text, length, &number))
        return 0;
    const Section *section = choose(format, &number, &sign);
    return section ? section->colour : 0;
}

void zp_number_format_text(const ZpNumberFormat *format, const char *text, GString *out)
{
    bool is_full = format && format->count == ZP_FORMAT_SECTIONS; /* the fourth is for texts */
    const Section *section = is_full ? &format->sections[ZP_FORMAT_SECTIONS - 1] : NULL;
    for (int s = 0; format && !is_full && s < format->count; s++) {
        if (format->sections[s].has_text)
            section = &format->sections[s];
    }
    if (!section) {
        g_string_append(out, text);
        return;
    }
    for (guint i = 0; i < section->parts->len; i++) {
        const Part *part = &g_array_index(section->parts, Part, i);
        if (part->kind == PART_TEXT || part->kind == PART_GENERAL)
            g_string_append(out, text);
        else if (part->kind == PART_LITERAL)
            g_string_append(out, part->text);
    }
}
