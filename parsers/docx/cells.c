/*
 * cells.c - the text of a cell of a Word table, and another in its place.
 *
 *     <w:tc>│<w:tcPr/><w:p><w:r><w:t>8 </w:t></w:r></w:p></w:tc>│
 *           └ where a cell's place begins                      └ and ends, in the part of the text
 *
 * Only text in plain runs of one line is written; whatever else a cell holds (a picture, a field, a tracked
 * change, a table, several lines) leaves it as it is.  All other parts of the package stay byte for byte.
 */
#include "parsers/ooxml/cells.h"
#include "parsers/docx/docx.h"

#include <string.h>

static const ZpRunsName NAMES[] = {
    {"p", ZP_RUNS_LINE},           {"r", ZP_RUNS_ENTER},
    {"t", ZP_RUNS_TEXT},           {"tcPr", ZP_RUNS_PASS},
    {"pPr", ZP_RUNS_PASS},         {"rPr", ZP_RUNS_PASS},
    {"proofErr", ZP_RUNS_PASS},    {"bookmarkStart", ZP_RUNS_PASS},
    {"bookmarkEnd", ZP_RUNS_PASS}, {"lastRenderedPageBreak", ZP_RUNS_PASS},
    {NULL, ZP_RUNS_PASS},
};

struct ZpOriginal {
    ZpPackage *package;
    GBytes *input;
    const char *name; /* of the part with the text */
    const char *xml;
    gsize size;
};

static void close_docx(ZpOriginal *original)
{
    if (!original)
        return;
    zp_package_free(original->package);
    g_bytes_unref(original->input);
    g_free(original);
}

static ZpOriginal *open_docx(GBytes *input, GError **error)
{
    ZpOriginal *original = g_new0(ZpOriginal, 1);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    original->input = g_bytes_ref(input);
    original->package =
        zp_package_open(input, "Word 文档（.docx）", "a Word document (.docx)", error);
    original->name =
        original->package ? zp_package_related(original->package, "", "officeDocument") : NULL;
    if (original->name)
        g_ptr_array_add(names, (gpointer)original->name);
    GBytes *part = original->package && zp_package_load(original->package, names, error)
                       ? zp_package_require(original->package, original->name, error)
                       : NULL;
    if (!part) {
        close_docx(original);
        return NULL;
    }
    original->xml = g_bytes_get_data(part, &original->size);
    return original;
}

/* What stands between a cell's tags. */
static ZpRuns *runs_at(const ZpOriginal *original, const ZpPlace *at, ZpOoxmlRange *range)
{
    if (!zp_ooxml_range(original->xml, original->size, at, "tc", range))
        return NULL;
    return zp_runs_new(original->xml + range->inner, range->close - range->inner, NAMES);
}

static char *decode(const ZpOriginal *original, const ZpPlace *at)
{
    ZpOoxmlRange range;
    g_autoptr(ZpRuns) runs = runs_at(original, at, &range);
    return runs ? g_strdup(zp_runs_text(runs)) : NULL;
}

static bool encode(const ZpOriginal *original, const ZpPlace *at, const char *text,
                   ZpCellEdit *edit, const ZpCellSaying **why)
{
    ZpOoxmlRange range;
    g_autoptr(ZpRuns) runs = runs_at(original, at, &range);
    *why = &ZP_CELL_NO_PLAIN_TEXT;
    if (!runs)
        return false;
    *edit = (ZpCellEdit){.start = (guint32)range.inner, .end = (guint32)range.close};
    if (strcmp(zp_runs_text(runs), text) == 0)
        return true;
    edit->bytes = zp_runs_write(runs, text);
    if (!edit->bytes)
        return false;
    edit->old = g_strdup(zp_runs_text(runs));
    edit->text = g_strdup(text);
    return true;
}

static GBytes *save(const ZpOriginal *original, const GArray *edits, GError **error)
{
    const ZpPartText part = {original->name, original->xml, original->size};
    return zp_ooxml_save(original->input, &part, 1, edits, error);
}

static void remark(const ZpOriginal *original, const GArray *edits,
                   void (*say)(const ZpCellSaying *saying, gpointer data), gpointer data)
{
    zp_ooxml_remark(original->package, original->name, edits, say, data);
}

const ZpCellWriter zp_docx_cells = {.open = open_docx,
                                    .close = close_docx,
                                    .decode = decode,
                                    .encode = encode,
                                    .save = save,
                                    .remark = remark};
