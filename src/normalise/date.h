/*
 * date.h - a date as printed, completed by the form's year and checked against the calendar.
 */
#pragma once

#include "model/form.h"

/* What a cell prints of a date. */
typedef struct {
    int year; /* 0: none */
    int month, day;
    bool has_month, has_day;
    bool is_month_end, is_year_end; /* 11月底, 年底 */
} ZpPrintedDate;

/**
 * zp_date_complete: 11月底 of a form of 2022 is 2022-11-30.
 * @year: the form's; 0: unknown
 * @out: set only on success; a month has day 0, a year alone month 0 as well
 *
 * Returns: false for a date that no calendar has (2022年13月, 2月30日), for one whose year is not
 * known, and when nothing is printed.
 */
bool zp_date_complete(const ZpPrintedDate *printed, int year, ZpDate *out);
