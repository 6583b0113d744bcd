/*
 * cells.c - the text of a cell of a sheet, and another in its place.
 *
 *     <c r="H22" s="5" t="s">│<v>12</v></c>│          a shared string is others' too: the cell gets its own
 *     <c r="H22" s="5" t="inlineStr"><is>…</is></c>   (with the runs that it had)
 *     <c r="H23" s="7"><v>8</v></c>                   a number stays one, as its format shows it
 *     <c r="H24"><f>SUM(H2:H23)</f><v>90</v></c>      a formula is never written over
 *
 * Only the sheet's part changes, and of it only the cell.  A number is written where its format then shows
 * what is meant: 9.44 under the format 0 would be shown as 9.
 *
 * Source: ECMA-376 part 1, 18.3.1.4.
 */
#include "parsers/ooxml/cells.h"
#include "base/decimal.h"
#include "parsers/ooxml/xml.h"
#include "parsers/xlsx/private.h"
#include "parsers/xlsx/xlsx.h"

#include <string.h>

static const ZpRunsName NAMES[] = {
    {"t", ZP_RUNS_TEXT},          {"r", ZP_RUNS_ENTER},  {"rPr", ZP_RUNS_PASS},
    {"phoneticPr", ZP_RUNS_PASS}, {"rPh", ZP_RUNS_PASS}, {NULL, ZP_RUNS_PASS},
};

struct ZpOriginal {
    ZpPackage *package;
    GBytes *input;
    ZpXlsxBook book;
    GArray *parts;   /* of ZpPartText, one a sheet */
    GArray *strings; /* of ZpPlace: the shared ones, in their part */
    ZpPartText shared;
    ZpXlsxStyles *styles;
};

static void close_xlsx(ZpOriginal *original)
{
    if (!original)
        return;
    zp_xlsx_styles_free(original->styles);
    g_array_unref(original->parts);
    g_array_unref(original->strings);
    zp_xlsx_book_clear(&original->book);
    zp_package_free(original->package);
    g_bytes_unref(original->input);
    g_free(original);
}

/* --- what is opened --- */

/* Where the shared strings are. */
typedef struct {
    GArray *strings;
    guint32 byte;
    ZpPlace at;
} StringPlaces;

static bool start_string(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    StringPlaces *places = data;
    (void)token, (void)attributes;
    places->at.byte_start = places->byte;
    return true;
}

static void end_string(gpointer data, guint token)
{
    StringPlaces *places = data;
    (void)token;
    places->at.byte_end = places->byte;
    g_array_append_val(places->strings, places->at);
}

static void take_byte(gpointer data, guint32 byte)
{
    ((StringPlaces *)data)->byte = byte;
}

static ZpPartText part_of(const ZpOriginal *original, const char *name)
{
    ZpPartText text = {.name = name};
    GBytes *part = name ? zp_package_part(original->package, name) : NULL;
    if (part)
        text.xml = g_bytes_get_data(part, &text.size);
    return text;
}

static const char *related(const ZpOriginal *original, const char *type)
{
    return zp_package_related(original->package, original->book.name, type);
}

static bool open_strings(ZpOriginal *original, GError **error)
{
    static const ZpXmlName STRING[] = {{ZP_XML_SHEET, "si", 1}, {0}};
    static const ZpXmlHandler HANDLER = {
        .names = STRING, .start = start_string, .end = end_string, .place = take_byte};
    const char *name = related(original, "sharedStrings");
    StringPlaces places = {.strings = original->strings};
    original->shared = part_of(original, name);
    return !original->shared.xml ||
           zp_xml_parse(zp_package_part(original->package, name), name, &HANDLER, &places, error);
}

static bool open_parts(ZpOriginal *original, GError **error)
{
    const char *styles = related(original, "styles"), *theme = related(original, "theme");
    for (guint k = 0; k < original->book.sheets->len; k++) {
        ZpPartText text =
            part_of(original, g_array_index(original->book.sheets, ZpXlsxSheetRow, k).part);
        g_array_append_val(original->parts, text);
    }
    original->styles =
        zp_xlsx_styles_new(styles ? zp_package_part(original->package, styles) : NULL, styles,
                           theme ? zp_package_part(original->package, theme) : NULL, theme, error);
    return original->styles && open_strings(original, error);
}

static ZpOriginal *open_xlsx(GBytes *input, GError **error)
{
    ZpOriginal *original = g_new0(ZpOriginal, 1);
    original->input = g_bytes_ref(input);
    original->parts = g_array_new(FALSE, FALSE, sizeof(ZpPartText));
    original->strings = g_array_new(FALSE, FALSE, sizeof(ZpPlace));
    original->package =
        zp_package_open(input, "Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)", error);
    bool done = original->package && zp_xlsx_book_load(original->package, &original->book, error) &&
                open_parts(original, error);
    if (done)
        return original;
    close_xlsx(original);
    return NULL;
}

/* --- one cell --- */

/* A stretch of a part. */
typedef struct {
    const char *start, *end; /* start NULL: there is none */
} Stretch;

typedef struct {
    const ZpPartText *part;
    ZpOoxmlRange range;
    Stretch tag;     /* from its `<` to its `>` */
    Stretch type;    /* the value of its `t` */
    Stretch value;   /* what <v> holds */
    Stretch string;  /* what <is> holds */
    char prefix[32]; /* of its names: "" or "x:" */
    guint style;
    bool has_formula, is_strange;
} Cell;

/* The value of an attribute of a tag. */
static Stretch attribute(const Stretch *tag, const char *name)
{
    gsize length = strlen(name);
    for (const char *at = tag->start; at + length + 2 < tag->end; at++) {
        if (*at == '"' || *at == '\'') { /* a value */
            const char *close = memchr(at + 1, *at, (gsize)(tag->end - at - 1));
            if (!close)
                break;
            at = close;
            continue;
        }
        if (!g_ascii_isspace(*at) || memcmp(at + 1, name, length) != 0 || at[length + 1] != '=')
            continue;
        const char *value = at + length + 3;
        const char *close =
            value < tag->end ? memchr(value, value[-1], (gsize)(tag->end - value)) : NULL;
        return close ? (Stretch){value, close} : (Stretch){0};
    }
    return (Stretch){0};
}

static bool says(const Stretch *stretch, const char *text)
{
    gsize length = strlen(text);
    return stretch->start && (gsize)(stretch->end - stretch->start) == length &&
           memcmp(stretch->start, text, length) == 0;
}

/* Whether a tag's name, behind its `<`, is the cell's prefix and @name. */
static bool is_tag(const Cell *cell, const char *at, const char *end, const char *name)
{
    g_autofree char *whole = g_strconcat(cell->prefix, name, NULL);
    gsize length = strlen(whole);
    return (gsize)(end - at) > length && memcmp(at, whole, length) == 0 &&
           strchr(" \t\r\n/>", at[length]);
}

/* What an element of the cell holds; *at ends behind it. */
static bool read_child(Cell *cell, const char **at, const char *end, const char *name,
                       Stretch *stretch)
{
    const char *tag = *at, *close = memchr(tag, '>', (gsize)(end - tag));
    if (!close)
        return false;
    *stretch = (Stretch){close + 1, close + 1};
    *at = close + 1;
    if (close[-1] == '/')
        return true;
    g_autofree char *ending = g_strconcat("</", cell->prefix, name, ">", NULL);
    const char *over = g_strstr_len(close + 1, end - close - 1, ending);
    if (!over)
        return false;
    stretch->end = over;
    *at = over + strlen(ending);
    return true;
}

static bool read_children(Cell *cell)
{
    const char *at = cell->part->xml + cell->range.inner,
               *end = cell->part->xml + cell->range.close;
    while (at < end) {
        Stretch formula;
        if (g_ascii_isspace(*at)) {
            at++;
            continue;
        }
        if (*at != '<')
            return false;
        if (is_tag(cell, at + 1, end, "f")) {
            cell->has_formula = true;
            if (!read_child(cell, &at, end, "f", &formula))
                return false;
        } else if (is_tag(cell, at + 1, end, "v")) {
            if (!read_child(cell, &at, end, "v", &cell->value))
                return false;
        } else if (!is_tag(cell, at + 1, end, "is") ||
                   !read_child(cell, &at, end, "is", &cell->string)) {
            return false;
        }
    }
    return true;
}

static bool find_cell(const ZpOriginal *original, const ZpPlace *at, Cell *cell)
{
    *cell = (Cell){0};
    if (!at->table || at->table > original->parts->len)
        return false;
    cell->part = &g_array_index(original->parts, ZpPartText, at->table - 1);
    if (!cell->part->xml ||
        !zp_ooxml_range(cell->part->xml, cell->part->size, at, "c", &cell->range))
        return false;
    const char *tag = cell->part->xml + cell->range.tag;
    cell->tag = (Stretch){tag, cell->part->xml + cell->range.inner};
    const char *colon = memchr(tag, ':', strcspn(tag, " \t\r\n/>"));
    gsize length = colon ? (gsize)(colon + 1 - (tag + 1)) : 0;
    if (length >= sizeof cell->prefix)
        return false;
    memcpy(cell->prefix, tag + 1, length);
    Stretch style = attribute(&cell->tag, "s");
    cell->style = style.start ? (guint)g_ascii_strtoull(style.start, NULL, 10) : 0;
    cell->type = attribute(&cell->tag, "t");
    return read_children(cell);
}

static bool is_number(const Cell *cell)
{
    return cell->value.start && (!cell->type.start || says(&cell->type, "n"));
}

/* The runs of a cell's string, in the cell or shared; @is_shared: (out). */
static ZpRuns *runs_of(const ZpOriginal *original, const Cell *cell, bool *is_shared)
{
    ZpOoxmlRange range;
    *is_shared = says(&cell->type, "s");
    if (!*is_shared)
        return says(&cell->type, "inlineStr") && cell->string.start
                   ? zp_runs_new(cell->string.start, (gsize)(cell->string.end - cell->string.start),
                                 NAMES)
                   : NULL;
    guint64 index = cell->value.start && g_ascii_isdigit(*cell->value.start)
                        ? g_ascii_strtoull(cell->value.start, NULL, 10)
                        : G_MAXUINT64;
    const ZpPartText *shared = &original->shared;
    if (index >= original->strings->len ||
        !zp_ooxml_range(shared->xml, shared->size,
                        &g_array_index(original->strings, ZpPlace, index), "si", &range))
        return NULL;
    /* Its names must mean the same in the sheet. */
    gsize length = strlen(cell->prefix);
    if (memcmp(shared->xml + range.tag + 1, cell->prefix, length) != 0 ||
        strncmp(shared->xml + range.tag + 1 + length, "si", 2) != 0)
        return NULL;
    return zp_runs_new(shared->xml + range.inner, range.close - range.inner, NAMES);
}

/* --- numbers --- */

/* As the cell's format shows a stored number, without the blanks that a format puts around it. */
static char *show_number(const ZpOriginal *original, const Cell *cell, const char *stored)
{
    const GArray *styles = original->styles->styles;
    const ZpNumberFormat *format =
        cell->style < styles->len ? g_array_index(styles, ZpXlsxStyle, cell->style).format : NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    if (!zp_number_format_apply(format, stored, strlen(stored), original->book.is_1904, out))
        return NULL;
    return g_strstrip(g_strdup(out->str));
}

/* A text as a number and what stands behind it; false where none begins it. */
static bool split_number(const char *text, ZpDecimal *number, char **unit)
{
    g_autofree char *plain = g_strdelimit(g_strdup(text), ",", ' ');
    g_autoptr(GString) digits = g_string_new(NULL);
    const char *at = plain;
    for (; *at == ' ' || *at == '-' || *at == '.' || g_ascii_isdigit(*at); at++)
        if (*at != ' ')
            g_string_append_c(digits, *at);
    if (!zp_decimal_parse(digits->str, digits->len, number))
        return false;
    *unit = g_strstrip(g_strdup(at));
    return true;
}

static bool is_same_number(const char *one, const char *other)
{
    ZpDecimal a, b;
    g_autofree char *unit_a = NULL, *unit_b = NULL;
    return split_number(one, &a, &unit_a) && split_number(other, &b, &unit_b) &&
           zp_decimal_compare(a, b) == 0 && strcmp(unit_a, unit_b) == 0;
}

/* What to store so that the cell shows a text: the number, or its hundredth under a format of per cent. */
static char *stored_for(const ZpOriginal *original, const Cell *cell, const char *text,
                        char **shown)
{
    ZpDecimal number;
    g_autofree char *unit = NULL;
    if (!split_number(text, &number, &unit))
        return NULL;
    while (number.scale > 0 && number.coefficient % 10 == 0) { /* as Excel stores it */
        number.coefficient /= 10;
        number.scale--;
    }
    for (int places = 0; places <= 2; places += 2) {
        char buffer[ZP_DECIMAL_TEXT_MAX];
        ZpDecimal stored = number;
        if (stored.scale + places > ZP_DECIMAL_SCALE_MAX)
            return NULL;
        stored.scale += places;
        zp_decimal_print(stored, buffer);
        g_autofree char *look = show_number(original, cell, buffer);
        if (look && is_same_number(look, text)) {
            *shown = g_steal_pointer(&look);
            return g_strdup(buffer);
        }
    }
    return NULL;
}

/* --- the calls --- */

static char *decode(const ZpOriginal *original, const ZpPlace *at)
{
    Cell cell;
    bool is_shared;
    if (!find_cell(original, at, &cell))
        return NULL;
    if (is_number(&cell)) {
        g_autofree char *stored =
            g_strndup(cell.value.start, (gsize)(cell.value.end - cell.value.start));
        return show_number(original, &cell, stored);
    }
    if (cell.has_formula) /* what it results in; it is not written over */
        return g_strndup(cell.value.start ? cell.value.start : "",
                         cell.value.start ? (gsize)(cell.value.end - cell.value.start) : 0);
    g_autoptr(ZpRuns) runs = runs_of(original, &cell, &is_shared);
    return runs ? g_strdup(zp_runs_text(runs)) : NULL;
}

static bool encode_number(const ZpOriginal *original, const Cell *cell, const char *text,
                          ZpCellEdit *edit, const ZpCellSaying **why)
{
    static const ZpCellSaying FORMAT = {"单元格的数字格式显示不出这个数，请改格式",
                                        "the cell's number format would show it otherwise; change "
                                        "the format"};
    g_autofree char *old =
        g_strndup(cell->value.start, (gsize)(cell->value.end - cell->value.start));
    g_autofree char *before = show_number(original, cell, old);
    if (before && strcmp(before, text) == 0)
        return true;
    g_autofree char *stored = stored_for(original, cell, text, &edit->text);
    *why = &FORMAT;
    if (!stored)
        return false;
    const char *xml = cell->part->xml;
    GString *bytes = g_string_new_len(cell->tag.start, cell->value.start - cell->tag.start);
    g_string_append(bytes, stored);
    g_string_append_len(bytes, cell->value.end, xml + cell->range.end - cell->value.end);
    edit->old = g_steal_pointer(&before);
    edit->bytes = g_string_free(bytes, FALSE);
    return true;
}

/* The cell with the string in it that it referred to. */
static char *own_string(const Cell *cell, const char *inner)
{
    GString *out = g_string_new_len(cell->tag.start, cell->type.start - cell->tag.start);
    const char *prefix = cell->prefix;
    g_string_append(out, "inlineStr");
    g_string_append_len(out, cell->type.end, cell->tag.end - cell->type.end);
    g_string_append_printf(out, "<%sis>%s</%sis></%sc>", prefix, inner, prefix, prefix);
    return g_string_free(out, FALSE);
}

static char *in_place(const Cell *cell, const char *inner)
{
    GString *out = g_string_new_len(cell->tag.start, cell->string.start - cell->tag.start);
    g_string_append(out, inner);
    g_string_append_len(out, cell->string.end,
                        cell->part->xml + cell->range.end - cell->string.end);
    return g_string_free(out, FALSE);
}

static bool encode_string(const ZpOriginal *original, const Cell *cell, const char *text,
                          ZpCellEdit *edit)
{
    bool is_shared;
    g_autoptr(ZpRuns) runs = runs_of(original, cell, &is_shared);
    if (!runs)
        return false;
    if (strcmp(zp_runs_text(runs), text) == 0)
        return true;
    g_autofree char *inner = zp_runs_write(runs, text);
    if (!inner)
        return false;
    edit->bytes = is_shared ? own_string(cell, inner) : in_place(cell, inner);
    edit->old = g_strdup(zp_runs_text(runs));
    edit->text = g_strdup(text);
    return true;
}

static bool encode(const ZpOriginal *original, const ZpPlace *at, const char *text,
                   ZpCellEdit *edit, const ZpCellSaying **why)
{
    static const ZpCellSaying FORMULA = {"单元格里是公式，不覆盖",
                                         "the cell holds a formula, which is not written over"};
    Cell cell;
    *why = &ZP_CELL_NO_PLAIN_TEXT;
    if (!find_cell(original, at, &cell))
        return false;
    if (cell.has_formula) {
        *why = &FORMULA;
        return false;
    }
    *edit = (ZpCellEdit){
        .part = at->table - 1, .start = (guint32)cell.range.tag, .end = (guint32)cell.range.end};
    return is_number(&cell) ? encode_number(original, &cell, text, edit, why)
                            : encode_string(original, &cell, text, edit);
}

static GBytes *save(const ZpOriginal *original, const GArray *edits, GError **error)
{
    return zp_ooxml_save(original->input, (const ZpPartText *)(const void *)original->parts->data,
                         original->parts->len, edits, error);
}

/* Whether some sheet computes something. */
static bool has_formulas(const ZpOriginal *original)
{
    static const char *const BEGINNINGS[] = {"<f>", "<f ", ":f>", ":f "};
    for (guint k = 0; k < original->parts->len; k++) {
        const ZpPartText *part = &g_array_index(original->parts, ZpPartText, k);
        for (gsize i = 0; part->xml && i < G_N_ELEMENTS(BEGINNINGS); i++) {
            if (g_strstr_len(part->xml, (gssize)part->size, BEGINNINGS[i]))
                return true;
        }
    }
    return false;
}

static void remark(const ZpOriginal *original, const GArray *edits,
                   void (*say)(const ZpCellSaying *saying, gpointer data), gpointer data)
{
    static const ZpCellSaying STALE = {"工作簿里有公式，它们存着的结果还是原来的；请在 Excel "
                                       "中打开副本重新计算（Ctrl+Alt+F9）再保存",
                                       "the workbook has formulas whose stored results are those "
                                       "of before; open the copy in Excel, "
                                       "compute it anew (Ctrl+Alt+F9) and save it"};
    zp_ooxml_remark(original->package, original->book.name, edits, say, data);
    if (edits->len && has_formulas(original))
        say(&STALE, data);
}

const ZpCellWriter zp_xlsx_cells = {.open = open_xlsx,
                                    .close = close_xlsx,
                                    .decode = decode,
                                    .encode = encode,
                                    .save = save,
                                    .remark = remark};
