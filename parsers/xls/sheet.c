/*
 * sheet.c - one sheet of the stream: its cells, rows, columns and merged ranges.
 *
 *     ROW        0x0208   height, hidden          COLINFO    0x007D   columns: width, hidden
 *     NUMBER     0x0203   RK 0x027E, MULRK 0x00BD: numbers, short, several in a row
 *     LABELSST   0x00FD   a string of the workbook     LABEL      0x0204   one of its own
 *     BOOLERR    0x0205   TRUE, #DIV/0!
 *     FORMULA    0x0006   with its result; a text comes behind it (STRING 0x0207)
 *     MERGECELLS 0x00E5   ranges
 *     WINDOW2    0x023E   whether zeros are shown: behind the cells, so the part is gone through twice
 *
 * A record is put into the words of the newer workbooks, and cell.c of those says what its cell shows: a number is shown by the same formats,
 * hidden the same way, and told with the same sentences.  Charts have parts of their own inside, which are passed over.
 *
 * Source: MS-XLS 2.4.
 */
#include "base/error.h"
#include "parsers/ooxml/beside.h"
#include "parsers/xls/private.h"

#include <string.h>

enum {
    FORMULA = 0x0006,
    HEADER = 0x0014,
    FOOTER = 0x0015,
    OBJECT = 0x005D,
    DEFAULT_WIDTH = 0x0055,
    UNCALCULATED = 0x005E,
    COLUMNS = 0x007D,
    STANDARD_WIDTH = 0x0099,
    MANY_NUMBERS = 0x00BD,
    RICH_LABEL = 0x00D6,
    MERGED = 0x00E5,
    DRAWING = 0x00EC,
    SHARED_LABEL = 0x00FD,
    CONDITION_RANGES = 0x01B0,
    CONDITION = 0x01B1,
    DRAWN_TEXT = 0x01B6,
    NUMBER = 0x0203,
    LABEL = 0x0204,
    BOOLEAN_OR_ERROR = 0x0205,
    FORMULA_TEXT = 0x0207,
    ROW = 0x0208,
    DEFAULT_HEIGHT = 0x0225,
    WINDOW = 0x023E,
    SHORT_NUMBER = 0x027E,
    NEW_CONDITION_RANGES = 0x0879,
    NEW_CONDITION = 0x087A,
};

#define ROWS_MAX 65536

typedef struct {
    ZpXlsBook *book;
    ZpXlsxSheet sheet;
    ZpXlsxLay lay;
    ZpXlsConditions conditions;
    ZpXlsDrawn drawn;
    ZpBiff biff;
    guint8 is_row[ROWS_MAX / 8]; /* rows that say how high they are */
    bool is_waiting;             /* the text of a formula is still to come */
    bool columns_are_flat;       /* those that do not say their width */
} Reader;

/* ------------------------------------------------------------------ before the cells */

static void read_window(Reader *reader)
{
    static const guint FORMULAS = 1, ZEROS = 16;
    guint flags = zp_biff_16(reader->biff.data);
    reader->sheet.remarks.shows_formulas = flags & FORMULAS;
    reader->sheet.shows_no_zero = !(flags & ZEROS);
}

static void read_default_height(Reader *reader)
{
    static const guint ZERO = 2;
    const guint8 *data = reader->biff.data;
    reader->sheet.rows_are_flat =
        zp_biff_16(data) & ZERO || zp_biff_16(data + 2) * 5 <= ZP_XLSX_HEIGHT_MIN;
}

/* In characters. */
static void read_default_width(Reader *reader)
{
    reader->columns_are_flat = zp_biff_16(reader->biff.data) == 0;
}

static bool is_no_width(const guint8 *at)
{
    return zp_biff_16(at) * 100 / 256 <= ZP_XLSX_WIDTH_MIN;
}

/* In parts of a character. */
static void read_standard_width(Reader *reader)
{
    reader->columns_are_flat = is_no_width(reader->biff.data);
}

static void read_uncalculated(Reader *reader)
{
    reader->book->workbook.is_computed_anew = true;
}

static void read_condition_ranges(Reader *reader)
{
    bool is_new = reader->biff.id == NEW_CONDITION_RANGES;
    if (!zp_xls_condition_ranges(&reader->conditions, &reader->biff, is_new))
        reader->book->damaged++;
}

static void read_condition(Reader *reader)
{
    bool is_new = reader->biff.id == NEW_CONDITION;
    if (!zp_xls_condition_add(&reader->conditions, reader->book, &reader->biff, is_new))
        reader->book->damaged++;
}

/* ------------------------------------------------------------------ cells */

/* The cell that the record is of: all begin with row, column and look. */
static void begin_cell(Reader *reader, guint col, guint style, const char *type, bool is_formula)
{
    ZpXlsxSheet *sheet = &reader->sheet;
    sheet->row = zp_biff_16(reader->biff.data);
    sheet->col = col;
    reader->is_waiting = false;
    zp_xlsx_cell_begin(sheet, style, type, strlen(type));
    sheet->has_value = true;
    sheet->has_formula = is_formula;
    if (sheet->rows_are_flat && !(reader->is_row[sheet->row / 8] & 1 << sheet->row % 8))
        g_array_append_val(reader->lay.hidden_rows, sheet->row);
}

static void begin_single(Reader *reader, const char *type)
{
    const guint8 *data = reader->biff.data;
    begin_cell(reader, zp_biff_16(data + 2), zp_biff_16(data + 4), type,
               reader->biff.id == FORMULA);
}

static void end_cell(Reader *reader)
{
    zp_xlsx_cell_end(&reader->sheet);
}

static void read_number(Reader *reader)
{
    begin_single(reader, "n");
    zp_xls_number(reader->biff.data + 6, reader->sheet.value);
    end_cell(reader);
}

/* The upper thirty bits of a number, or a whole one; perhaps of hundredths. */
static void take_short(Reader *reader, const guint8 *at)
{
    static const guint32 HUNDREDTHS = 1, WHOLE = 2;
    guint32 bits = zp_biff_32(at), kept = bits & ~(guint32)3;
    guint8 bytes[8] = {0};
    memcpy(bytes + 4, &(guint32){GUINT32_TO_LE(kept)}, 4);
    if (bits & WHOLE)
        g_string_printf(reader->sheet.value, "%d", (gint32)bits >> 2);
    else
        zp_xls_number(bytes, reader->sheet.value);
    if (!(bits & HUNDREDTHS))
        return;
    /* digits and a point, perhaps an exponent: two places less */
    char *exponent = strpbrk(reader->sheet.value->str, "eE");
    gint64 power = exponent ? g_ascii_strtoll(exponent + 1, NULL, 10) : 0;
    if (exponent)
        g_string_truncate(reader->sheet.value, (gsize)(exponent - reader->sheet.value->str));
    g_string_append_printf(reader->sheet.value, "E%" G_GINT64_FORMAT, power - 2);
}

static void read_short_number(Reader *reader)
{
    begin_single(reader, "n");
    take_short(reader, reader->biff.data + 6);
    end_cell(reader);
}

/* Row and first column, then look and number of each, and the last column. */
static void read_many_numbers(Reader *reader)
{
    const guint8 *data = reader->biff.data;
    guint first = zp_biff_16(data + 2);
    for (guint k = 0; 4 + 6 * (k + 1) + 2 <= reader->biff.length; k++) {
        const guint8 *at = data + 4 + (gsize)6 * k;
        begin_cell(reader, first + k, zp_biff_16(at), "n", false);
        take_short(reader, at + 2);
        end_cell(reader);
    }
}

static void read_shared_label(Reader *reader)
{
    begin_single(reader, "s");
    g_string_printf(reader->sheet.value, "%u", zp_biff_32(reader->biff.data + 6));
    end_cell(reader);
}

/* A string of the cell's own joins those of the workbook, so that all are shown the same way. */
static void take_own_string(Reader *reader, guint offset)
{
    ZpXlsBook *book = reader->book;
    ZpBiffCursor cursor = zp_biff_cursor(&reader->biff, offset);
    ZpXlsxString string;
    zp_biff_string(&cursor, 2, book->fonts, &string);
    book->damaged += cursor.is_cut;
    g_string_printf(reader->sheet.value, "%u", book->strings->len);
    g_array_append_val(book->strings, string);
}

static void read_label(Reader *reader)
{
    begin_single(reader, "s");
    take_own_string(reader, 6);
    end_cell(reader);
}

static void take_truth(Reader *reader, guint value)
{
    g_string_assign(reader->sheet.value, value ? "1" : "0");
}

static void take_error(Reader *reader, guint code)
{
    static const struct {
        guint code;
        const char *shown;
    } ERRORS[] = {{0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0F, "#VALUE!"}, {0x17, "#REF!"},
                  {0x1D, "#NAME?"}, {0x24, "#NUM!"},   {0x2A, "#N/A"}};
    g_string_assign(reader->sheet.value, "#N/A");
    for (guint k = 0; k < G_N_ELEMENTS(ERRORS); k++) {
        if (ERRORS[k].code == code)
            g_string_assign(reader->sheet.value, ERRORS[k].shown);
    }
}

static void read_boolean_or_error(Reader *reader)
{
    const guint8 *data = reader->biff.data;
    bool is_error = data[7];
    begin_single(reader, is_error ? "e" : "b");
    if (is_error)
        take_error(reader, data[6]);
    else
        take_truth(reader, data[6]);
    end_cell(reader);
}

/* A result is a number, or says by its last bytes that it is none, and by its first what it is. */
static void read_formula(Reader *reader)
{
    enum { TEXT, TRUTH, MISTAKE, BLANK };
    static const char *const TYPES[] = {
        [TEXT] = "s", [TRUTH] = "b", [MISTAKE] = "e", [BLANK] = "str"};
    const guint8 *result = reader->biff.data + 6;
    bool is_number = zp_biff_16(result + 6) != 0xFFFF;
    guint kind = MIN(result[0], BLANK);
    begin_single(reader, is_number ? "n" : TYPES[kind]);
    if (is_number)
        zp_xls_number(result, reader->sheet.value);
    else if (kind == TRUTH)
        take_truth(reader, result[2]);
    else if (kind == MISTAKE)
        take_error(reader, result[2]);
    reader->is_waiting = !is_number && kind == TEXT;
    if (!reader->is_waiting)
        end_cell(reader);
}

static void read_formula_text(Reader *reader)
{
    if (!reader->is_waiting)
        return;
    reader->is_waiting = false;
    take_own_string(reader, 0);
    end_cell(reader);
}

/* ------------------------------------------------------------------ rows, columns, ranges */

static void read_row(Reader *reader)
{
    static const guint HIDDEN = 32, USUAL = 0x8000;
    const guint8 *data = reader->biff.data;
    guint32 row = zp_biff_16(data);
    guint height = zp_biff_16(data + 6);
    bool is_flat = height & USUAL ? reader->sheet.rows_are_flat : height * 5 <= ZP_XLSX_HEIGHT_MIN;
    reader->is_row[row / 8] |= (guint8)(1 << row % 8);
    if (zp_biff_16(data + 12) & HIDDEN || is_flat)
        g_array_append_val(reader->lay.hidden_rows, row);
}

static void read_columns(Reader *reader)
{
    static const guint HIDDEN = 1;
    const guint8 *data = reader->biff.data;
    bool is_hidden = zp_biff_16(data + 8) & HIDDEN || is_no_width(data + 4);
    zp_xlsx_lay_hide_columns(&reader->lay, zp_biff_16(data), zp_biff_16(data + 2) + 1, is_hidden);
}

static void read_merged(Reader *reader)
{
    const guint8 *data = reader->biff.data;
    guint count = zp_biff_16(data);
    if (2 + (gsize)8 * count > reader->biff.length) {
        reader->book->damaged++;
        count = (reader->biff.length - 2) / 8;
    }
    for (guint k = 0; k < count; k++) {
        const guint8 *at = data + 2 + (gsize)8 * k;
        ZpXlsxRange range = {.row = zp_biff_16(at),
                             .last_row = zp_biff_16(at + 2),
                             .col = zp_biff_16(at + 4),
                             .last_col = zp_biff_16(at + 6)};
        if (range.last_row >= range.row && range.last_col >= range.col)
            g_array_append_val(reader->lay.merges, range);
    }
}

/* ------------------------------------------------------------------ beside the cells */

static void read_page_text(Reader *reader)
{
    ZpBiffCursor cursor = zp_biff_cursor(&reader->biff, 0);
    ZpXlsxString text;
    bool is_header = reader->biff.id == HEADER;
    if (!reader->biff.length)
        return;
    zp_biff_string(&cursor, 2, NULL, &text);
    zp_xlsx_page_text(&reader->sheet, text.text, is_header);
    zp_xlsx_string_clear(&text);
}

static void read_drawing(Reader *reader)
{
    zp_xls_drawn_anchor(&reader->drawn, &reader->biff);
}

static void read_object(Reader *reader)
{
    zp_xls_drawn_object(&reader->drawn, &reader->biff);
}

static void read_drawn_text(Reader *reader)
{
    zp_xls_drawn_text(&reader->drawn, &reader->biff);
}

/* ------------------------------------------------------------------ the part */

typedef struct {
    guint id, length; /* at least */
    void (*read)(Reader *reader);
} Record;

static const Record BEFORE[] = {
    {WINDOW, 2, read_window},
    {DEFAULT_HEIGHT, 4, read_default_height},
    {DEFAULT_WIDTH, 2, read_default_width},
    {STANDARD_WIDTH, 2, read_standard_width},
    {UNCALCULATED, 0, read_uncalculated},
    {CONDITION_RANGES, 0, read_condition_ranges},
    {CONDITION, 0, read_condition},
    {NEW_CONDITION_RANGES, 0, read_condition_ranges},
    {NEW_CONDITION, 0, read_condition},
    {0},
};
static const Record CELLS[] = {
    {ROW, 14, read_row},
    {COLUMNS, 10, read_columns},
    {NUMBER, 14, read_number},
    {SHORT_NUMBER, 10, read_short_number},
    {MANY_NUMBERS, 12, read_many_numbers},
    {SHARED_LABEL, 10, read_shared_label},
    {LABEL, 9, read_label},
    {RICH_LABEL, 9, read_label},
    {BOOLEAN_OR_ERROR, 8, read_boolean_or_error},
    {FORMULA, 14, read_formula},
    {FORMULA_TEXT, 3, read_formula_text},
    {MERGED, 2, read_merged},
    {HEADER, 0, read_page_text},
    {FOOTER, 0, read_page_text},
    {DRAWING, 0, read_drawing},
    {OBJECT, 0, read_object},
    {DRAWN_TEXT, 14, read_drawn_text},
    {0},
};

/* A formula whose text does not come has no result. */
static void end_waiting(Reader *reader)
{
    if (!reader->is_waiting)
        return;
    reader->is_waiting = false;
    reader->sheet.has_value = false;
    end_cell(reader);
}

static void read_record(Reader *reader, const Record *records)
{
    const ZpBiff *biff = &reader->biff;
    for (; records->read; records++) {
        if (records->id != biff->id)
            continue;
        if (biff->length < records->length) {
            reader->book->damaged++;
            return;
        }
        if (records->read != read_formula_text && records->length >= 8)
            end_waiting(reader);
        records->read(reader);
        return;
    }
}

/* Once through the part; what stands in parts inside it is theirs. */
static bool read_part(Reader *reader, const ZpBiff *part, const Record *records)
{
    ZpBiff *biff = &reader->biff;
    guint depth = 0;
    *biff = *part;
    while (zp_biff_next(biff)) {
        if (biff->id == ZP_BIFF_EOF && depth-- <= 1)
            return true;
        if (biff->id == ZP_BIFF_BOF)
            depth++;
        else if (depth == 1)
            read_record(reader, records);
        if (*reader->sheet.error)
            return true;
    }
    return false;
}

/* Comments: of a sheet that is hidden nobody sees any. */
static void emit_drawn(Reader *reader, const ZpXlsSheetRow *row)
{
    static const ZpBesideKind COMMENTS = {"", "批注", "a comment"};
    ZpDocument *document = reader->book->workbook.document;
    const ZpPlace at = {.table = document->n_tables};
    if (!row->is_hidden)
        zp_beside_note(&COMMENTS, reader->drawn.comments->str, reader->drawn.comments->len, &at,
                       document);
    zp_xls_drawn_emit(&reader->drawn, document, &reader->lay, reader->sheet.error);
}

static bool read_sheet(Reader *reader, const ZpXlsSheetRow *row, const ZpBiff *part, ZpTable *table)
{
    ZpXlsxSheet *sheet = &reader->sheet;
    bool is_whole = read_part(reader, part, BEFORE);
    sheet->conditions = g_steal_pointer(&reader->conditions.conditions);
    if (reader->columns_are_flat)
        zp_xlsx_lay_hide_columns(&reader->lay, 0, ZP_LIMIT_COLUMNS, true);
    read_part(reader, part, CELLS);
    end_waiting(reader);
    reader->book->damaged += !is_whole;
    if (*sheet->error || !zp_xlsx_sheet_lay(sheet, table))
        return false;
    emit_drawn(reader, row);
    return !*sheet->error;
}

bool zp_xls_sheet(ZpXlsBook *book, const ZpXlsSheetRow *row, gsize end, GError **error)
{
    g_autofree Reader *reader = g_new0(Reader, 1);
    ZpBiff part = {.bytes = book->bytes, .next = row->start, .end = end}, head = part;
    bool is_new = book->workbook.is_computed_anew;
    reader->book = book;
    reader->lay.sheet_is_hidden = row->is_hidden;
    zp_xlsx_lay_init(&reader->lay);
    ZpTable *table =
        zp_xlsx_sheet_begin(&reader->sheet, &reader->lay, &book->workbook, row->title, error);
    reader->conditions.ranges = g_array_new(FALSE, FALSE, sizeof(ZpXlsxRange));
    zp_xls_drawn_init(&reader->drawn);
    bool is_sheet = zp_biff_next(&head) && head.id == ZP_BIFF_BOF && head.length >= 4 &&
                    zp_biff_16(head.data + 2) == ZP_BIFF_SHEET;
    if (!is_sheet)
        zp_error_set(error, ZP_ERROR_DAMAGED, "工作表“%s”不在文件里；请用原来的软件打开后另存",
                     "the sheet \"%s\" is not in the file; open and save the file anew",
                     row->title);
    bool done = is_sheet && read_sheet(reader, row, &part, table);
    book->workbook.is_computed_anew = is_new; /* it was of this sheet */
    zp_xlsx_conditions_free(reader->conditions.conditions);
    g_array_unref(reader->conditions.ranges);
    zp_xls_drawn_clear(&reader->drawn);
    zp_xlsx_sheet_clear(&reader->sheet);
    zp_xlsx_lay_clear(&reader->lay);
    return done;
}
