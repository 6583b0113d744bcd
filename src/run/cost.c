/*
 * cost.c - one table, measured by bench/cost.py: copies of the golden documents of a format, the smaller half and the
 * larger half, so that two equations give what a document and what a byte takes.
 *
 * What a byte means differs within a format (a scanned page, a form in columns of spaces takes twenty times as long),
 * and no name tells; so shards take about as long, not exactly.
 */
#include "run/cost.h"

#include "parsers/parser.h"

#include <string.h>

/* A row a parser; the last is of names that say nothing, which are mostly looked at and passed over. */
static const struct {
    const char *parser; /* (nullable) */
    guint us;           /* that a document takes, however small */
    guint ns;           /* for each byte of it */
} COSTS[] = {
    {"text", 600, 250}, {"html", 600, 130}, {"markdown", 600, 210}, {"pdf", 1900, 200},
    {"docx", 550, 380}, {"xlsx", 620, 370}, {"ofd", 780, 370},      {NULL, 130, 1},
};

guint64 zp_cost_of(const char *path, guint64 bytes)
{
    const ZpParser *parser = zp_parser_by_suffix(path);
    gsize row = 0;
    while (COSTS[row].parser && (!parser || strcmp(COSTS[row].parser, parser->name) != 0))
        row++;
    return COSTS[row].us + bytes / 1000 * COSTS[row].ns;
}
