/*
 * cost.c - what the parser of a suffix takes, as its row says.
 *
 * What a byte means differs within a format (a scanned page, a form in columns of spaces takes twenty times as long),
 * and no name tells; so shards take about as long, not exactly.
 */
#include "run/cost.h"

#include "parsers/parser.h"

/* Of names that say nothing, which are mostly looked at and passed over, and of what nobody measured. */
#define OTHER_US 130
#define OTHER_NS 1

guint64 zp_cost_of(const char *path, guint64 bytes)
{
    const ZpParser *parser = zp_parser_by_suffix(path);
    if (!parser || !parser->cost.us)
        return OTHER_US + bytes / 1000 * OTHER_NS;
    return parser->cost.us + bytes / 1000 * parser->cost.ns;
}
