/*
 * print.c - a date and a place as text.
 */
#include "model/print.h"

const char *zp_date_print(ZpDate date, char buffer[ZP_DATE_TEXT_MAX])
{
    if (date.year == 0)
        return NULL;
    if (date.month == 0)
        g_snprintf(buffer, ZP_DATE_TEXT_MAX, "%04d", date.year);
    else if (date.day == 0)
        g_snprintf(buffer, ZP_DATE_TEXT_MAX, "%04d-%02d", date.year, date.month);
    else
        g_snprintf(buffer, ZP_DATE_TEXT_MAX, "%04d-%02d-%02d", date.year, date.month, date.day);
    return buffer;
}

const char *zp_place_print(const ZpPlace *at, char buffer[ZP_PLACE_TEXT_MAX])
{
    const struct {
        char letter;
        guint32 number;
    } parts[] = {
        {'p', at->page}, {'t', at->table}, {'r', at->row}, {'c', at->col}, {'l', at->line}};
    gsize length = 0;
    buffer[0] = '\0';
    for (gsize k = 0; k < G_N_ELEMENTS(parts); k++) {
        if (parts[k].number)
            length +=
                (gsize)g_snprintf(buffer + length, ZP_PLACE_TEXT_MAX - (gulong)length, "%s%c%u",
                                  length ? " " : "", parts[k].letter, parts[k].number);
    }
    return buffer;
}
