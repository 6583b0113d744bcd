/*
 * word.c - where the reading of a Word text stands: its table, its cell, its run.
 */
#include "parsers/docx/word.h"

ZpDocxTable *zp_docx_innermost(const ZpDocxWord *word)
{
    return word->open->len ? g_ptr_array_index(word->open, word->open->len - 1) : NULL;
}

ZpPlace zp_docx_place(const ZpDocxWord *word)
{
    const ZpDocxTable *table = zp_docx_innermost(word);
    if (!table || !table->in_cell)
        return (ZpPlace){0};
    return (ZpPlace){.table = table->table->number, .row = table->row + 1, .col = table->col + 1};
}

ZpDocxRun *zp_docx_run(const ZpDocxWord *word)
{
    GArray *open = word->runs;
    return open->len ? &g_array_index(open, ZpDocxRun, open->len - 1) : NULL;
}
