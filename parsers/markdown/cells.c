/*
 * cells.c - the text of a cell of Markdown, as long as nothing in it may be mark-up.
 */
#include "parsers/markdown/markdown.h"
#include "parsers/shared/plain_cells.h"

#include <string.h>

/* A tag or an entity is one there, too. */
static char *decode(const char *bytes)
{
    return strpbrk(bytes, "<&\\") ? NULL : g_strdup(bytes);
}

/* Some characters mean something by what stands around them. */
static char *encode(const char *text)
{
    return strpbrk(text, "\\`*_[]<>&|~$\t\r\n") ? NULL : g_strdup(text);
}

static ZpOriginal *open_markdown(GBytes *input, GError **error)
{
    static const ZpCellDialect DIALECT = {.decode = decode, .encode = encode};
    return zp_plain_open(input, &DIALECT, error);
}

const ZpCellWriter zp_markdown_cells = {.open = open_markdown, ZP_PLAIN_CELLS};
