/*
 * book.c - the workbook's own part of the stream: which sheets there are, and what they have in common.
 *
 *     BOF          0x0809   0x0600 Excel 97 to 2003, what is less is older
 *     FILEPASS     0x002F   what follows is encrypted
 *     DATEMODE     0x0022   1: days count from 1904
 *     FONT         0x0031   numbered from 0, without a number 4
 *     FORMAT       0x041E   the number of a number format and its code
 *     XF           0x00E0   a cell's look: numbers of font and format, fill; numbered from 0
 *     PALETTE      0x0092   colours 8 to 63
 *     BOUNDSHEET   0x0085   a sheet: where its part begins, whether it is hidden, its name
 *     SST          0x00FC   the strings that cells refer to
 *
 * A cell's own XF says all that its style says.  Colours are of the palette; what Excel 2007 adds to them (XFEXT) comes nearest to
 * one of it, and older programs show that.
 *
 * Source: MS-XLS 2.4.
 */
#include "base/error.h"
#include "parsers/shared/tiny.h"
#include "parsers/xls/private.h"

#include <math.h>
#include <string.h>

enum {
    DATEMODE = 0x0022,
    FILEPASS = 0x002F,
    FONT = 0x0031,
    BOUNDSHEET = 0x0085,
    PALETTE = 0x0092,
    XF = 0x00E0,
    SST = 0x00FC,
    FORMAT = 0x041E,
};

#define BIFF8 0x0600
/* Colours of the palette that no workbook changes, and those that it may. */
#define PALETTE_FIRST 8
#define PALETTE_COUNT 56
/* Characters of a format's code that Excel takes. */
#define CODE_MAX 255
/* A color that is none of the palette: as the window's text has it. */
#define COLOUR_AUTO 0x7FFF

/* A cell's look as it is numbered; the palette may come behind it. */
typedef struct {
    guint font, format, pattern, front;
} Look;

typedef struct {
    ZpXlsBook *book;
    ZpBiff biff;
    GArray *looks;         /* of Look */
    const guint8 *palette; /* (nullable) of n_colours, four bytes each */
    guint n_colours;
    GError **error;
} Reader;

/* ------------------------------------------------------------------ values */

void zp_xls_number(const guint8 *at, GString *out)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    guint64 bits = zp_biff_32(at) | (guint64)zp_biff_32(at + 4) << 32;
    double number;
    memcpy(&number, &bits, sizeof number);
    g_string_assign(out, isfinite(number) ? g_ascii_formatd(digits, sizeof digits, "%.17g", number)
                                          : "#NUM!");
}

static ZpXlsxColour colour_of(guint index)
{
    return zp_xlsx_colour_indexed(index == COLOUR_AUTO ? G_MAXUINT : index);
}

ZpXlsxFont zp_xls_font(const guint8 *data)
{
    static const guint STRUCK = 8, TWENTIETHS = 20;
    return (ZpXlsxFont){.colour = colour_of(zp_biff_16(data + 4)),
                        .is_struck = zp_biff_16(data + 2) & STRUCK,
                        .is_raised = zp_biff_16(data + 8) != 0,
                        .is_tiny = zp_biff_16(data) < ZP_TINY_POINTS * TWENTIETHS};
}

/* ------------------------------------------------------------------ records */

static void read_datemode(Reader *reader)
{
    reader->book->workbook.is_1904 = zp_biff_16(reader->biff.data) == 1;
}

static void read_font(Reader *reader)
{
    ZpXlsxFont font = zp_xls_font(reader->biff.data);
    g_array_append_val(reader->book->fonts, font);
}

static void read_format(Reader *reader)
{
    ZpBiffCursor cursor = zp_biff_cursor(&reader->biff, 2);
    guint number = zp_biff_16(reader->biff.data);
    ZpXlsxString code;
    zp_biff_string(&cursor, 2, NULL, &code);
    if (cursor.is_cut || g_utf8_strlen(code.text, -1) > CODE_MAX)
        reader->book->damaged++;
    else
        g_hash_table_insert(reader->book->codes, GUINT_TO_POINTER(number), g_strdup(code.text));
    zp_xlsx_string_clear(&code);
}

static void read_look(Reader *reader)
{
    const guint8 *data = reader->biff.data;
    Look look = {.font = zp_biff_16(data),
                 .format = zp_biff_16(data + 2),
                 .pattern = data[17] >> 2,
                 .front = zp_biff_16(data + 18) & 0x7F};
    if (reader->looks->len < ZP_LIMIT_XLS_STYLES)
        g_array_append_val(reader->looks, look);
    else
        reader->book->damaged++;
}

static void read_palette(Reader *reader)
{
    guint count = MIN(zp_biff_16(reader->biff.data), PALETTE_COUNT);
    reader->palette = reader->biff.data + 2;
    reader->n_colours = MIN(count, (reader->biff.length - 2) / 4);
}

static void read_sheet_row(Reader *reader)
{
    static const guint HIDDEN = 3, CELLS = 0;
    const guint8 *data = reader->biff.data;
    ZpBiffCursor cursor = zp_biff_cursor(&reader->biff, 6);
    ZpXlsxString name;
    if (reader->book->sheets->len >= ZP_LIMIT_XLS_SHEETS) {
        zp_error_set(reader->error, ZP_ERROR_LIMIT, "超过 ZP_LIMIT_XLS_SHEETS（%u 个工作表）的上限",
                     "over ZP_LIMIT_XLS_SHEETS (%u sheets)", ZP_LIMIT_XLS_SHEETS);
        return;
    }
    zp_biff_string(&cursor, 1, NULL, &name);
    ZpXlsSheetRow row = {.title = g_steal_pointer(&name.text),
                         .start = zp_biff_32(data),
                         .is_hidden = data[4] & HIDDEN,
                         .is_cells = data[5] == CELLS};
    zp_xlsx_string_clear(&name);
    g_array_append_val(reader->book->sheets, row);
}

static void read_strings(Reader *reader)
{
    ZpXlsBook *book = reader->book;
    const ZpDocument *document = book->workbook.document;
    guint64 most = zp_limits_get(&document->limits, ZP_BOUND_CELLS);
    ZpBiffCursor cursor = zp_biff_cursor(&reader->biff, 8);
    for (guint32 left = zp_biff_32(reader->biff.data + 4); left > 0; left--) {
        ZpXlsxString string;
        zp_biff_string(&cursor, 2, book->fonts, &string);
        g_array_append_val(book->strings, string);
        if (cursor.is_cut) {
            book->damaged++;
            return;
        }
        if (book->strings->len > most) {
            zp_document_set_full(document, reader->error);
            return;
        }
    }
}

static const struct {
    guint id, length; /* at least */
    void (*read)(Reader *reader);
} RECORDS[] = {
    {DATEMODE, 2, read_datemode}, {FONT, 14, read_font}, {BOUNDSHEET, 8, read_sheet_row},
    {PALETTE, 2, read_palette},   {XF, 20, read_look},   {SST, 8, read_strings},
    {FORMAT, 5, read_format},
};

/* ------------------------------------------------------------------ looks */

static void set_palette(const Reader *reader)
{
    ZpXlsxColours *colours = &reader->book->workbook.styles->colours;
    guint32 usual[PALETTE_FIRST + PALETTE_COUNT];
    for (guint k = 0; k < G_N_ELEMENTS(usual); k++) {
        ZpXlsxColour colour = zp_xlsx_colour_indexed(k);
        usual[k] = zp_xlsx_colour(colours, &colour);
    }
    for (guint k = 0; k < reader->n_colours; k++) {
        const guint8 *at = reader->palette + (gsize)4 * k;
        usual[PALETTE_FIRST + k] =
            ZP_COLOUR_SAID | (guint32)at[0] << 16 | (guint32)at[1] << 8 | at[2];
    }
    if (reader->n_colours)
        g_array_append_vals(colours->palette, usual, G_N_ELEMENTS(usual));
}

/* A solid fill shows its front colour; one of a pattern is no ground that could be known. */
static guint32 ground_of(ZpXlsxColours *colours, const Look *look)
{
    static const guint NONE = 0, SOLID = 1, WINDOW = 64;
    ZpXlsxColour front = colour_of(look->front);
    if (look->pattern == NONE || (look->pattern == SOLID && look->front > WINDOW))
        return ZP_COLOUR_UNSAID;
    guint32 colour = look->pattern == SOLID ? zp_xlsx_colour(colours, &front) : ZP_COLOUR_UNKNOWN;
    return colour & ZP_COLOUR_SAID ? colour : ZP_COLOUR_UNKNOWN;
}

static void add_style(const Reader *reader, const Look *look)
{
    ZpXlsBook *book = reader->book;
    ZpXlsxStyles *styles = book->workbook.styles;
    const char *code = g_hash_table_lookup(book->codes, GUINT_TO_POINTER(look->format));
    guint font = look->font > 4 ? look->font - 1 : look->font;
    ZpXlsxStyle style = {.ground = ground_of(&styles->colours, look)};
    if (!code)
        code = zp_number_format_builtin(look->format);
    style.format = code ? zp_number_format_new(code) : NULL;
    if (font < book->fonts->len)
        style.font = g_array_index(book->fonts, ZpXlsxFont, font);
    style.sight = zp_xlsx_font_sight(&style.font, &styles->colours, style.ground);
    g_array_append_val(styles->styles, style);
}

/* ------------------------------------------------------------------ the part */

static bool set_encrypted(GError **error)
{
    zp_error_set(
        error, ZP_ERROR_ENCRYPTED,
        "这是加密的，或受保护的老版 Excel 工作簿（.xls）；只是受保护而不需要密码的，可加 --office "
        "读取（需要装有 LibreOffice）；需要密码的，请在原来的软件中去掉密码后另存为 .xlsx",
        "this is an old Excel workbook (.xls) that is encrypted or protected; where it is "
        "protected "
        "and needs no password, add --office to read it with LibreOffice; else save it as .xlsx "
        "without its password");
    return false;
}

static bool set_older(GError **error)
{
    zp_error_set(error, ZP_ERROR_KIND,
                 "这是 Excel 5.0/95 或更早的工作簿（.xls），本程序不能直接读取；可加 --office "
                 "读取（需要装有 LibreOffice），或用原来的软件另存为 .xlsx",
                 "this is a workbook of Excel 5.0/95 or before (.xls), which is not read as it is; "
                 "add --office to read it with LibreOffice, or save it as .xlsx");
    return false;
}

static bool read_record(Reader *reader)
{
    const ZpBiff *biff = &reader->biff;
    if (biff->id == FILEPASS)
        return set_encrypted(reader->error);
    for (guint k = 0; k < G_N_ELEMENTS(RECORDS); k++) {
        if (RECORDS[k].id != biff->id)
            continue;
        if (biff->length < RECORDS[k].length)
            reader->book->damaged++;
        else
            RECORDS[k].read(reader);
        return !*reader->error;
    }
    return true;
}

static bool read_book(Reader *reader)
{
    ZpBiff *biff = &reader->biff;
    bool is_over = false;
    if (!zp_biff_next(biff) || biff->id != ZP_BIFF_BOF || biff->length < 4 ||
        zp_biff_16(biff->data) < BIFF8)
        return set_older(reader->error);
    while (!is_over && zp_biff_next(biff)) {
        if (!read_record(reader))
            return false;
        is_over = biff->id == ZP_BIFF_EOF;
    }
    reader->book->damaged += !is_over;
    set_palette(reader);
    for (guint k = 0; k < reader->looks->len; k++)
        add_style(reader, &g_array_index(reader->looks, Look, k));
    return true;
}

static void sheet_clear(gpointer data)
{
    g_free(((ZpXlsSheetRow *)data)->title);
}

ZpXlsBook *zp_xls_book_open(const guint8 *bytes, gsize size, const ZpLimits *limits, GError **error)
{
    g_autoptr(ZpXlsBook) book = g_new0(ZpXlsBook, 1);
    g_autoptr(GArray) looks = g_array_new(FALSE, FALSE, sizeof(Look));
    g_autoptr(GError) own = NULL;
    book->bytes = bytes;
    book->size = size;
    book->strings = g_array_new(FALSE, FALSE, sizeof(ZpXlsxString));
    g_array_set_clear_func(book->strings, zp_xlsx_string_clear);
    book->sheets = g_array_new(FALSE, FALSE, sizeof(ZpXlsSheetRow));
    g_array_set_clear_func(book->sheets, sheet_clear);
    book->fonts = g_array_new(FALSE, FALSE, sizeof(ZpXlsxFont));
    book->codes = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    book->workbook.document = zp_document_new_within(limits);
    book->workbook.strings = book->strings;
    book->workbook.styles = zp_xlsx_styles_new(NULL, NULL, NULL, NULL, NULL);
    Reader reader = {
        .book = book, .biff = {.bytes = bytes, .end = size}, .looks = looks, .error = &own};
    if (read_book(&reader))
        return g_steal_pointer(&book);
    g_propagate_error(error, g_steal_pointer(&own));
    return NULL;
}

void zp_xls_book_free(ZpXlsBook *book)
{
    if (!book)
        return;
    zp_document_free(book->workbook.document);
    zp_xlsx_styles_free(book->workbook.styles);
    g_array_unref(book->strings);
    g_array_unref(book->sheets);
    g_array_unref(book->fonts);
    g_hash_table_unref(book->codes);
    g_free(book);
}
