/*
 * print.h - a date and a place as text.
 */
#pragma once

#include "model/value.h"

/**
 * zp_date_print: as much of YYYY-MM-DD as is known: a year alone, a month, a day.
 *
 * Returns: @buffer, or NULL without a year.
 */
#define ZP_DATE_TEXT_MAX 16
const char *zp_date_print(ZpDate date, char buffer[ZP_DATE_TEXT_MAX]);

/**
 * zp_place_print: "p1 t1 r13 c4 l12": page, table, row, column, line, each only where there is one.
 *
 * Returns: @buffer; "" for nowhere.
 */
#define ZP_PLACE_TEXT_MAX 80
const char *zp_place_print(const ZpPlace *at, char buffer[ZP_PLACE_TEXT_MAX]);
