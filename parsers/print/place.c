/*
 * place.c - places on a page, and its texts as a finding quotes them.
 */
#include "parsers/print/page.h"

/* Characters of a text that a finding quotes. */
#define QUOTED 60

ZpPlace page_place(const Page *page)
{
    return (ZpPlace){.page = page->number};
}

ZpPlace page_place_of(const Page *page, const ZpBox *box)
{
    ZpPlace at = page_place(page);
    at.box = *box;
    return at;
}

char *page_quote(const char *text)
{
    if (g_utf8_strlen(text, -1) <= QUOTED)
        return g_strdup(text);
    g_autofree char *cut = g_utf8_substring(text, 0, QUOTED);
    return g_strconcat(cut, "…", NULL);
}
