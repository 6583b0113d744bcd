/*
 * cell.c - what one cell of a sheet shows, and whether it can be seen.
 *
 *     t="n"  a number by its format      t="s", "inlineStr"  a string, perhaps in runs that look differently
 *     t="b"  TRUE    t="e"  #DIV/0!      t="d"  an ISO date  t="str"  a formula's text
 *
 * A type is what the file says it is.  A cell whose column is too narrow to show its number (####) is read as
 * its number: it can be seen by making the column wider.
 */
#include "parsers/xlsx/cell.h"

#include "parsers/ooxml/raised.h"

#include <string.h>

/* U+202E turns the order of what follows. */
#define REVERSING "\xE2\x80\xAE"

static const ZpXlsxStyle *style_of(const ZpXlsxSheet *sheet)
{
    static const ZpXlsxStyle PLAIN;
    const GArray *styles = sheet->workbook->styles->styles;
    return sheet->style < styles->len ? &g_array_index(styles, ZpXlsxStyle, sheet->style) : &PLAIN;
}

void zp_xlsx_cell_say(ZpXlsxSheet *sheet, ZpXlsxSight sight, const char *text, gsize length)
{
    const char *kept =
        g_string_chunk_insert_len(sheet->workbook->document->strings, text, (gssize)length);
    zp_xlsx_list_text(&sheet->remarks.unseen[sight], sheet->row, sheet->col, kept);
}

static void show_text(ZpXlsxSheet *sheet, const char *text)
{
    g_string_assign(sheet->stored, text);
    sheet->has_text = !zp_text_is_blank(text, strlen(text));
    zp_number_format_text(style_of(sheet)->format, text, sheet->shown);
}

/* A run of a string; one that is raised is part of the text before it, or a mark. */
static void add_run(ZpXlsxSheet *sheet, const ZpXlsxRun *run, GString *out, const char *text,
                    gsize length)
{
    const ZpXlsxStyle *style = style_of(sheet);
    const ZpXlsxFont *font = run->has_font ? &run->font : &style->font;
    ZpXlsxSight sight = zp_xlsx_font_sight(font, &sheet->workbook->styles->colours, style->ground);
    ZpRaised raised = run->has_font && font->is_raised
                          ? zp_raised_tell(out->str, out->len, text, length)
                          : ZP_RAISED_TEXT;
    if (sight == ZP_XLSX_SEEN && raised == ZP_RAISED_MARK)
        sight = ZP_XLSX_MARK;
    if (sight != ZP_XLSX_SEEN && !zp_text_is_blank(text, length)) {
        zp_xlsx_cell_say(sheet, sight, text, length);
        return;
    }
    if (raised == ZP_RAISED_POWER)
        g_string_append_c(out, '^');
    g_string_append_len(out, text, (gssize)length);
}

/* Whether a string begins with a mark: what is raised there, and other text follows. */
static bool begins_with_mark(const ZpXlsxString *string)
{
    const ZpXlsxRun *run = &g_array_index(string->runs, ZpXlsxRun, 0);
    return run->has_font && run->font.is_raised && run->end < strlen(string->text) &&
           zp_raised_could_be_mark(string->text, run->end);
}

/* Text in runs: what can be seen of it; the cell's own font is that of the others. */
static void show_runs(ZpXlsxSheet *sheet, const ZpXlsxString *string)
{
    g_autoptr(GString) out = g_string_new(NULL);
    gsize start = 0;
    for (guint i = 0; i < string->runs->len; i++) {
        const ZpXlsxRun *run = &g_array_index(string->runs, ZpXlsxRun, i);
        if (i == 0 && begins_with_mark(string))
            zp_xlsx_cell_say(sheet, ZP_XLSX_MARK, string->text, run->end);
        else
            add_run(sheet, run, out, string->text + start, run->end - start);
        start = run->end;
    }
    sheet->sight = ZP_XLSX_SEEN;
    show_text(sheet, out->str);
}

static bool is_zero(const char *text)
{
    gsize end = strcspn(text, "eE");
    return strcspn(text, "123456789") >= end && strcspn(text, "0") < end;
}

/* What a conditional format makes of the cell's look; a condition that is not worked out is said. */
static void condition(ZpXlsxSheet *sheet, const ZpXlsxCondition *found, bool is_number)
{
    sheet->sight = found->sight;
    if ((found->may_format && is_number) || (found->may_hide && found->sight == ZP_XLSX_SEEN))
        zp_xlsx_list_text(&sheet->remarks.conditional, sheet->row, sheet->col, NULL);
}

static void show_rich(ZpXlsxSheet *sheet, const ZpXlsxString *string)
{
    const ZpXlsxStyle *style = style_of(sheet);
    sheet->sight = style->sight;
    if (sheet->conditions) {
        ZpXlsxCondition found =
            zp_xlsx_conditions_find(sheet->conditions, sheet->row, sheet->col, "", 0, style);
        condition(sheet, &found, false);
    }
    if (string->runs)
        show_runs(sheet, string);
    else
        show_text(sheet, string->text);
}

static bool parse_index(const char *text, guint64 *index)
{
    char *end;
    *index = g_ascii_strtoull(text, &end, 10);
    bool is_number = end > text && g_ascii_isdigit(end[-1]) && !strchr(text, '-');
    return is_number && end[strspn(end, " \t\r\n")] == '\0';
}

/* The string that a number refers to. */
static void show_shared(ZpXlsxSheet *sheet)
{
    const GArray *strings = sheet->workbook->strings;
    guint64 index;
    if (parse_index(sheet->value->str, &index) && index < strings->len)
        show_rich(sheet, &g_array_index(strings, ZpXlsxString, index));
    else
        zp_xlsx_list_add(&sheet->remarks.astray, sheet->row, sheet->col);
}

static void show_string(ZpXlsxSheet *sheet)
{
    ZpXlsxString string = {0};
    if (!sheet->value->len) { /* it stands in the cell itself */
        zp_xlsx_rich_string(&sheet->rich, &string);
        show_rich(sheet, &string);
        zp_xlsx_string_clear(&string);
        return;
    }
    g_autoptr(GString) text = g_string_sized_new(sheet->value->len);
    zp_xlsx_append_text(text, sheet->value->str, sheet->value->len);
    string.text = text->str;
    show_rich(sheet, &string);
}

static void show_boolean(ZpXlsxSheet *sheet)
{
    g_string_append(sheet->shown, sheet->value->str[0] == '1' ? "TRUE" : "FALSE");
}

/* An ISO date: midnight is not shown. */
static void show_date(ZpXlsxSheet *sheet)
{
    const char *midnight = strstr(sheet->value->str, "T00:00:00");
    gsize length = midnight ? (gsize)(midnight - sheet->value->str) : sheet->value->len;
    g_string_append_len(sheet->shown, sheet->value->str, (gssize)length);
}

static void show_error(ZpXlsxSheet *sheet)
{
    g_string_append(sheet->shown, sheet->value->str);
}

static void show_number(ZpXlsxSheet *sheet)
{
    const ZpXlsxStyle *style = style_of(sheet);
    const ZpNumberFormat *format = style->format;
    const GString *value = sheet->value;
    sheet->has_text = true;
    sheet->sight = style->sight;
    if (sheet->conditions) {
        ZpXlsxCondition found = zp_xlsx_conditions_find(sheet->conditions, sheet->row, sheet->col,
                                                        value->str, value->len, style);
        format = found.format ? found.format : format;
        condition(sheet, &found, true);
    }
    if (!zp_number_format_apply(format, value->str, value->len, sheet->workbook->is_1904,
                                sheet->shown))
        g_string_append(sheet->shown, value->str);
    g_string_assign(sheet->stored, value->str);
    /* A section may give its numbers a colour of its own: [White]. */
    guint colour = zp_number_format_colour(format, value->str, value->len);
    if (colour && (sheet->sight == ZP_XLSX_SEEN || sheet->sight == ZP_XLSX_PALE))
        sheet->sight = zp_xlsx_font_sight(&(ZpXlsxFont){.colour = zp_xlsx_colour_numbered(colour)},
                                          &sheet->workbook->styles->colours, style->ground);
    if (sheet->shows_no_zero && is_zero(value->str))
        sheet->sight = ZP_XLSX_MASKED;
}

static const struct {
    const char *type;
    void (*show)(ZpXlsxSheet *sheet);
} TYPES[] = {
    {"", show_number},    {"n", show_number},  {"s", show_shared}, {"inlineStr", show_string},
    {"str", show_string}, {"b", show_boolean}, {"d", show_date},   {"e", show_error},
};

/* A type that is not known is taken as a string. */
void zp_xlsx_cell_show(ZpXlsxSheet *sheet)
{
    g_string_truncate(sheet->shown, 0);
    g_string_truncate(sheet->stored, 0);
    sheet->sight = style_of(sheet)->sight;
    for (guint i = 0; i < G_N_ELEMENTS(TYPES); i++) {
        if (strcmp(TYPES[i].type, sheet->type) == 0) {
            TYPES[i].show(sheet);
            return;
        }
    }
    show_string(sheet);
}

void zp_xlsx_cell_begin(ZpXlsxSheet *sheet, guint style, const char *type, gsize length)
{
    length = MIN(length, sizeof sheet->type - 1);
    if (length)
        memcpy(sheet->type, type, length);
    sheet->type[length] = '\0';
    sheet->style = style;
    sheet->has_value = sheet->has_formula = sheet->has_text = sheet->has_picture = false;
    sheet->sight = ZP_XLSX_SEEN;
    g_string_truncate(sheet->value, 0);
    zp_xlsx_rich_begin(&sheet->rich);
    sheet->cell_byte = sheet->byte;
    sheet->in_cell = true;
}

/* A formula whose result is the empty string has a value of that type. */
static bool is_uncomputed(const ZpXlsxSheet *sheet)
{
    return sheet->has_formula && !(sheet->has_value && strcmp(sheet->type, "str") == 0);
}

static void add_cell(ZpXlsxSheet *sheet)
{
    const ZpDocument *document = sheet->workbook->document;
    ZpXlsxCell cell = {.row = sheet->row,
                       .col = sheet->col,
                       .text = g_string_chunk_insert_len(document->strings, sheet->shown->str,
                                                         (gssize)sheet->shown->len),
                       .length = (guint32)sheet->shown->len,
                       .sight = sheet->sight,
                       .byte_start = sheet->cell_byte,
                       .byte_end = sheet->cell_byte ? sheet->byte : 0};
    if (strstr(sheet->shown->str, REVERSING))
        cell.sight = ZP_XLSX_REVERSED;
    g_array_append_val(sheet->lay->cells, cell);
    if (sheet->lay->cells->len > zp_limits_get(&document->limits, ZP_BOUND_CELLS))
        zp_document_set_full(document, sheet->error);
}

/* A picture in a cell has an error for its value. */
static bool is_picture(const ZpXlsxSheet *sheet)
{
    return sheet->has_picture && strcmp(sheet->type, "e") == 0;
}

void zp_xlsx_cell_end(ZpXlsxSheet *sheet)
{
    sheet->in_cell = sheet->in_value = false;
    if (!sheet->value->len && !sheet->rich.text->len && !sheet->rich.raw->len) {
        if (is_uncomputed(sheet))
            zp_xlsx_list_add(&sheet->remarks.uncomputed, sheet->row, sheet->col);
        return;
    }
    if (is_picture(sheet)) {
        zp_xlsx_list_add(&sheet->remarks.pictures, sheet->row, sheet->col);
        return;
    }
    zp_xlsx_cell_show(sheet);
    sheet->remarks.formulas += sheet->has_formula;
    if (!zp_text_is_blank(sheet->shown->str, sheet->shown->len))
        add_cell(sheet);
    else if (sheet->has_text)
        zp_xlsx_cell_say(sheet, ZP_XLSX_MASKED, sheet->stored->str, sheet->stored->len);
}
