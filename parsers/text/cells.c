/*
 * cells.c - the text of a cell of separated text is its bytes.
 */
#include "parsers/shared/plain_cells.h"
#include "parsers/text/text.h"

#include <string.h>

static char *decode(const char *bytes)
{
    return g_strdup(bytes);
}

/* A cell ends at a tab, a bar or a line end, and a quote may begin one. */
static char *encode(const char *text)
{
    return strpbrk(text, "\t|\r\n\"") ? NULL : g_strdup(text);
}

static ZpOriginal *open_text(GBytes *input, GError **error)
{
    static const ZpCellDialect DIALECT = {.decode = decode, .encode = encode};
    return zp_plain_open(input, &DIALECT, error);
}

const ZpCellWriter zp_text_cells = {.open = open_text, ZP_PLAIN_CELLS};
