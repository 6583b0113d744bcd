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

/* Without printf: an archive prints some hundred places a form. */
static char *append_number(char *end, guint32 number)
{
    char digits[10];
    gsize n = 0;
    do
        digits[n++] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    while (n > 0)
        *end++ = digits[--n];
    return end;
}

const char *zp_place_print(const ZpPlace *at, char buffer[ZP_PLACE_TEXT_MAX])
{
    const struct {
        char letter;
        guint32 number;
    } parts[] = {
        {'p', at->page}, {'t', at->table}, {'r', at->row}, {'c', at->col}, {'l', at->line}};
    char *end = buffer;
    for (gsize k = 0; k < G_N_ELEMENTS(parts); k++) {
        if (!parts[k].number)
            continue;
        if (end > buffer)
            *end++ = ' ';
        *end++ = parts[k].letter;
        end = append_number(end, parts[k].number);
    }
    *end = '\0';
    return buffer;
}
