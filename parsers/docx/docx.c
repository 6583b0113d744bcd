/*
 * docx.c - what a Word document is told by, and who reads and writes it.
 */
#include "parsers/docx/docx.h"

#include "parsers/kinds.h"
#include "parsers/mark.h"

static int probe_docx(GBytes *head)
{
    return zp_kind_is(head, "docx") ? 90 : zp_kind_is(head, "ooxml") ? ZP_PROBE_SURE : 0;
}

static const char *const SUFFIXES[] = {".docx", ".docm", ".dotx", NULL};

const ZpParser zp_docx_parser = {
    .name = "docx",
    .zh = "Word（.docx）",
    .en = "Word (.docx)",
    .suffixes = SUFFIXES,
    .probe = probe_docx,
    .read = zp_docx_read,
    .write_cell = &zp_docx_cells,
    .mark = zp_mark_docx,
    .cost = {550, 380},
};
