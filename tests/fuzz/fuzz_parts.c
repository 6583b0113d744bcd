/*
 * fuzz_parts.c - any tree of elements as the text of a Word file and as a sheet of an Excel file.
 *
 * Bytes that are mutated as text seldom stay well-formed, so here they say the tree itself: below 0x60 an
 * element of the table below begins, with as many attributes as the next byte says; from 0x60 to 0x7F one
 * ends; anything else is text.  Elements stand inside whatever is open, most of them where no program would
 * put them.
 */
#include "base/limits.h"
#include "fuzz_grid.h"
#include "parsers/docx/private.h"
#include "parsers/xlsx/private.h"
#include "recognise/recognise.h"

#define WORD  "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define SHEET "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

enum { ELEMENT_END = 0x60, TEXT_BEGIN = 0x80 };

typedef struct {
    const char *space, *root;
    const char *const *elements, *const *attributes, *const *values;
} Kind;

static const char *const SHEET_ELEMENTS[] = {"row", "c",         "v",   "is",  "t",
                                             "f",   "mergeCell", "col", "rPh", "sheetData",
                                             "r",   "worksheet", NULL};
static const char *const SHEET_ATTRIBUTES[] = {"r", "t", "s", "ref", "min", "max", "hidden", NULL};
static const char *const SHEET_VALUES[] = {"1",
                                           "2",
                                           "0",
                                           "A1",
                                           "B2",
                                           "C1",
                                           "A0",
                                           "XFD1048576",
                                           "A1:B2",
                                           "B2:A1",
                                           "A1:XFD1048576",
                                           "1048576",
                                           "1048577",
                                           "4294967295",
                                           "s",
                                           "str",
                                           "inlineStr",
                                           "b",
                                           "d",
                                           "e",
                                           "",
                                           NULL};
static const char *const WORD_ELEMENTS[] = {
    "p",       "r",      "t",        "tbl",        "tr",          "tc",      "tcPr",    "trPr",
    "pPr",     "rPr",    "gridSpan", "gridBefore", "vMerge",      "hMerge",  "del",     "ins",
    "delText", "vanish", "fldChar",  "instrText",  "txbxContent", "cellDel", "cellIns", "cellMerge",
    "sdt",     "numPr",  "numId",    "ilvl",       "sym",         "br",      "body",    NULL};
static const char *const WORD_ATTRIBUTES[] = {"val", "fldCharType", "font", "char", NULL};
static const char *const WORD_VALUES[] = {
    "1",        "0",     "2",        "999", "1000",   "65536", "4294967295", "restart",
    "continue", "begin", "separate", "end", "Symbol", "F0B3",  "",           NULL};
static const char *const TEXTS[] = {
    "产出指标", "项目支出绩效自评表", "20", "0.99", "≥300次", "删", "a", " ", "\n", "_x000D_",
    NULL};

static const Kind KINDS[] = {
    {SHEET, "worksheet", SHEET_ELEMENTS, SHEET_ATTRIBUTES, SHEET_VALUES},
    {WORD, "document", WORD_ELEMENTS, WORD_ATTRIBUTES, WORD_VALUES},
};

static const char *pick(const char *const *words, uint8_t byte)
{
    return words[byte % g_strv_length((char **)words)];
}

static void end_element(GString *out, GPtrArray *open)
{
    g_string_append_printf(out, "</%s>", (const char *)open->pdata[open->len - 1]);
    g_ptr_array_set_size(open, (gint)open->len - 1);
}

/* Appends the element that begins at the k-th byte; returns the byte behind it. */
static size_t begin_element(GString *out, GPtrArray *open, const Kind *kind, const uint8_t *data,
                            size_t size, size_t k)
{
    const char *name = pick(kind->elements, data[k++]);
    g_string_append_printf(out, "<%s", name);
    size_t count = k < size ? data[k++] % 4 : 0;
    for (size_t i = 0; i < count && k + 1 < size; i++, k += 2) {
        bool is_first = i == 0;
        const char *attribute = pick(kind->attributes, data[k]);
        for (size_t j = 1; !is_first && j <= i; j++)
            is_first |= pick(kind->attributes, data[k - 2 * j]) == attribute; /* twice is no XML */
        if (i == 0 || !is_first)
            g_string_append_printf(out, " %s=\"%s\"", attribute, pick(kind->values, data[k + 1]));
    }
    g_string_append_c(out, '>');
    g_ptr_array_add(open, (gpointer)name);
    return k;
}

static GBytes *tree_of(const Kind *kind, const uint8_t *data, size_t size)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GPtrArray) open = g_ptr_array_new();
    g_string_append_printf(out, "<%s xmlns=\"%s\">", kind->root, kind->space);
    for (size_t k = 0; k < size;) {
        if (data[k] < ELEMENT_END && open->len < 100) {
            k = begin_element(out, open, kind, data, size, k);
            continue;
        }
        if (data[k] >= ELEMENT_END && data[k] < TEXT_BEGIN && open->len)
            end_element(out, open);
        else if (data[k] >= TEXT_BEGIN)
            g_string_append(out, pick(TEXTS, data[k]));
        k++;
    }
    while (open->len)
        end_element(out, open);
    g_string_append_printf(out, "</%s>", kind->root);
    return g_string_free_to_bytes(out);
}

static ZpDocument *read_sheet(GBytes *bytes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    g_autoptr(GArray) strings = zp_xlsx_strings(NULL, "strings", NULL);
    g_autoptr(ZpXlsxStyles) styles = zp_xlsx_styles_new(NULL, "styles", NULL, "theme", NULL);
    ZpWorkbook workbook = {.document = document, .strings = strings, .styles = styles};
    g_auto(ZpXlsxLay) lay = {0};
    zp_xlsx_lay_init(&lay);
    bool done = zp_xlsx_sheet(&workbook, bytes, "sheet", "表", &lay, &error);
    g_assert(done == !error);
    return done ? g_steal_pointer(&document) : NULL;
}

static ZpDocument *read_word(GBytes *bytes)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpDocument) document = zp_document_new_within(NULL);
    g_autoptr(ZpDocxStyles) styles = zp_docx_styles_new(NULL, "styles", NULL, "theme", NULL);
    g_autoptr(ZpDocxLists) lists = zp_docx_lists_new(NULL, "numbering", NULL);
    bool done = zp_docx_body(document, styles, lists, bytes, "document", &error);
    g_assert(done == !error);
    return done ? g_steal_pointer(&document) : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ZpRulebook *rulebook;
    if (!rulebook)
        rulebook = zp_rulebook_open(NULL, NULL);
    if (!size)
        return 0;
    bool is_sheet = data[0] % 2 == 0;
    g_autoptr(GBytes) bytes = tree_of(&KINDS[data[0] % 2], data + 1, size - 1);
    g_autoptr(ZpDocument) document = is_sheet ? read_sheet(bytes) : read_word(bytes);
    if (!document)
        return 0;
    expect_sound_document(document, g_bytes_get_size(bytes));
    g_autoptr(GPtrArray) forms = zp_recognise(rulebook, document, NULL);
    return 0;
}
