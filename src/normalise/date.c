/*
 * date.c - the calendar behind 11月底前.
 */
#include "normalise/date.h"

/* GDate takes years from 1; a form's are four digits. */
static bool is_month(int month)
{
    return month >= 1 && month <= 12;
}

static int days_in(int month, int year)
{
    return g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
}

static bool complete_month(const ZpPrintedDate *printed, int year, ZpDate *out)
{
    if (!is_month(printed->month))
        return false;
    int last = days_in(printed->month, year);
    if (printed->has_day && (printed->day < 1 || printed->day > last))
        return false;
    *out = (ZpDate){.year = year, .month = printed->month, .day = printed->day};
    if (printed->is_month_end)
        out->day = last;
    return true;
}

bool zp_date_complete(const ZpPrintedDate *printed, int year, ZpDate *out)
{
    int known = printed->year ? printed->year : year;
    if (known <= 0)
        return false;
    if (printed->is_year_end) {
        *out = (ZpDate){.year = known, .month = 12, .day = 31};
        return true;
    }
    if (printed->has_month)
        return complete_month(printed, known, out);
    if (!printed->year)
        return false;
    *out = (ZpDate){.year = known};
    return true;
}
