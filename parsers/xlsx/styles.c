/*
 * styles.c - the styles of a workbook: how a cell's number is shown, and how its text looks.
 *
 *     cellXfs/xf[s]/@numFmtId → numFmts/numFmt/@formatCode, or a code that is built in
 *                  /@fontId   → fonts/font         /@fillId → fills/fill
 *     dxfs/dxf[n]                                  what a conditional format, or a table style, changes
 */
#include "parsers/xlsx/private.h"

enum {
    FORMAT = 1,
    CELL_STYLES,
    STYLE,
    FONTS,
    FONT,
    FILLS,
    FILL,
    CHANGES,
    CHANGE,
    PALETTE,
    PALETTE_COLOUR,
    LIST_STYLE,
    LIST_PART,
};

typedef struct {
    guint format, font, fill;
} Row;

typedef struct {
    ZpXlsxStyles *out;
    GHashTable *codes; /* id → code */
    GArray *fonts;     /* of ZpXlsxFont */
    GArray *fills;     /* of Fill */
    GArray *rows;      /* of Row: the cell styles */
    guint in;          /* the list under way: a token */
    ZpXlsxFill fill;   /* of the change under way */
    char *list_style;  /* (nullable) the name of the table style under way */
} Reader;

static char *code_of(const ZpXmlAttributes *attributes)
{
    char *code = zp_xml_dup(attributes, "formatCode");
    return code ? code : g_strdup("General");
}

static void read_format(Reader *reader, const ZpXmlAttributes *attributes)
{
    ZpXlsxStyles *out = reader->out;
    if (reader->in == CHANGES && out->changes->len) {
        ZpXlsxChange *change = &g_array_index(out->changes, ZpXlsxChange, out->changes->len - 1);
        g_autofree char *code = code_of(attributes);
        zp_number_format_free(change->format);
        change->format = zp_number_format_new(code);
        return;
    }
    g_hash_table_insert(reader->codes, GUINT_TO_POINTER(zp_xml_number(attributes, "numFmtId", 0)),
                        code_of(attributes));
}

static ZpXlsxFill *fill_of(Reader *reader)
{
    GArray *fills = reader->fills;
    if (reader->in == CHANGES)
        return &reader->fill;
    return reader->in == FILLS && fills->len ? &g_array_index(fills, ZpXlsxFill, fills->len - 1)
                                             : NULL;
}

guint32 zp_xlsx_change_ground(const ZpXlsxFill *fill, ZpXlsxColours *colours)
{
    if (!fill->is_said)
        return ZP_COLOUR_UNSAID;
    guint32 back = zp_xlsx_colour(colours, &fill->back);
    return !fill->is_mixed && back & ZP_COLOUR_SAID ? back : ZP_COLOUR_UNKNOWN;
}

static ZpXlsxFont *font_of(Reader *reader)
{
    GArray *changes = reader->out->changes, *fonts = reader->fonts;
    if (reader->in == CHANGES)
        return changes->len ? &g_array_index(changes, ZpXlsxChange, changes->len - 1).font : NULL;
    return reader->in == FONTS && fonts->len ? &g_array_index(fonts, ZpXlsxFont, fonts->len - 1)
                                             : NULL;
}

static void start_item(Reader *reader, guint token, const ZpXmlAttributes *attributes)
{
    ZpXlsxFont font = {0};
    ZpXlsxFill fill = {0};
    Row row = {zp_xml_number(attributes, "numFmtId", 0), zp_xml_number(attributes, "fontId", 0),
               zp_xml_number(attributes, "fillId", 0)};
    ZpXlsxChange change = {0};
    if (token == STYLE && reader->in == CELL_STYLES) {
        g_array_append_val(reader->rows, row);
    } else if (token == FONT && reader->in == FONTS) {
        g_array_append_val(reader->fonts, font);
    } else if (token == FILL && reader->in == FILLS) {
        g_array_append_val(reader->fills, fill);
    } else if (token == CHANGE && reader->in == CHANGES) {
        g_array_append_val(reader->out->changes, change);
        reader->fill = fill;
    } else if (token == PALETTE_COLOUR && reader->in == PALETTE) {
        gsize length;
        const char *value = zp_xml_attribute(attributes, "rgb", &length);
        guint32 colour = value ? zp_colour_parse(value, length) : ZP_COLOUR_UNSAID;
        colour = colour ? colour : ZP_COLOUR_UNKNOWN;
        if (reader->out->colours.palette->len < 256)
            g_array_append_val(reader->out->colours.palette, colour);
    }
}

/* What a style changes of a part of a table: headers, stripes. */
static void read_list_part(Reader *reader, const ZpXmlAttributes *attributes)
{
    ZpXlsxStyles *out = reader->out;
    guint index = zp_xml_number(attributes, "dxfId", G_MAXUINT);
    if (!reader->list_style || index >= out->changes->len)
        return;
    const ZpXlsxChange *change = &g_array_index(out->changes, ZpXlsxChange, index);
    if (change->font.colour.kind &&
        zp_xlsx_font_sight(&change->font, &out->colours, change->ground) != ZP_XLSX_SEEN)
        g_hash_table_add(out->hiding, g_strdup(reader->list_style));
}

static bool start(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Reader *reader = data;
    switch (token) {
    case CELL_STYLES:
    case FONTS:
    case FILLS:
    case CHANGES:
    case PALETTE:
        reader->in = token;
        break;
    case FORMAT:
        read_format(reader, attributes);
        break;
    case LIST_STYLE:
        g_free(reader->list_style);
        reader->list_style = zp_xml_dup(attributes, "name");
        break;
    case LIST_PART:
        read_list_part(reader, attributes);
        break;
    default:
        if (token >= ZP_XLSX_FILL_PATTERN && fill_of(reader))
            zp_xlsx_fill_read(fill_of(reader), token, attributes);
        else if (token >= ZP_XLSX_FONT_COLOUR && font_of(reader))
            zp_xlsx_font_read(font_of(reader), token, attributes);
        else
            start_item(reader, token, attributes);
        break;
    }
    return true;
}

static void end(gpointer data, guint token)
{
    Reader *reader = data;
    GArray *changes = reader->out->changes;
    if (token == reader->in)
        reader->in = 0;
    if (token == CHANGE && reader->in == CHANGES && changes->len)
        g_array_index(changes, ZpXlsxChange, changes->len - 1).ground =
            zp_xlsx_change_ground(&reader->fill, &reader->out->colours);
}

/* The ground that a fill makes; a solid one shows its front colour. */
static guint32 ground_of(const Reader *reader, guint index)
{
    if (index >= reader->fills->len)
        return ZP_COLOUR_UNSAID;
    const ZpXlsxFill *fill = &g_array_index(reader->fills, ZpXlsxFill, index);
    if (fill->is_mixed)
        return ZP_COLOUR_UNKNOWN;
    guint32 front = zp_xlsx_colour(&reader->out->colours, &fill->front);
    if (!fill->is_solid)
        return ZP_COLOUR_UNSAID;
    return front & ZP_COLOUR_SAID ? front : ZP_COLOUR_UNKNOWN;
}

static void add_style(Reader *reader, const Row *row)
{
    const char *code = g_hash_table_lookup(reader->codes, GUINT_TO_POINTER(row->format));
    ZpXlsxStyle style = {.ground = ground_of(reader, row->fill)};
    if (!code)
        code = zp_number_format_builtin(row->format);
    style.format = code ? zp_number_format_new(code) : NULL;
    if (row->font < reader->fonts->len)
        style.font = g_array_index(reader->fonts, ZpXlsxFont, row->font);
    style.sight = zp_xlsx_font_sight(&style.font, &reader->out->colours, style.ground);
    g_array_append_val(reader->out->styles, style);
}

static void style_clear(gpointer data)
{
    zp_number_format_free(((ZpXlsxStyle *)data)->format);
}

static void change_clear(gpointer data)
{
    zp_number_format_free(((ZpXlsxChange *)data)->format);
}

static ZpXlsxStyles *new_styles(GBytes *theme, const char *theme_name)
{
    ZpXlsxStyles *out = g_new0(ZpXlsxStyles, 1);
    out->styles = g_array_new(FALSE, TRUE, sizeof(ZpXlsxStyle));
    out->changes = g_array_new(FALSE, TRUE, sizeof(ZpXlsxChange));
    g_array_set_clear_func(out->styles, style_clear);
    g_array_set_clear_func(out->changes, change_clear);
    out->hiding = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    out->colours.palette = g_array_new(FALSE, FALSE, sizeof(guint32));
    out->colours.theme.part = theme ? g_bytes_ref(theme) : NULL;
    out->colours.theme.name = theme_name;
    return out;
}

void zp_xlsx_styles_free(ZpXlsxStyles *styles)
{
    if (!styles)
        return;
    g_array_unref(styles->styles);
    g_array_unref(styles->changes);
    g_hash_table_unref(styles->hiding);
    g_array_unref(styles->colours.palette);
    g_clear_pointer(&styles->colours.theme.part, g_bytes_unref);
    g_free(styles);
}

static bool read_part(Reader *reader, GBytes *part, const char *name, GError **error)
{
    static const ZpXmlName NAMES[] = {{ZP_XML_SHEET, "numFmt", FORMAT},
                                      {ZP_XML_SHEET, "cellXfs", CELL_STYLES},
                                      {ZP_XML_SHEET, "xf", STYLE},
                                      {ZP_XML_SHEET, "fonts", FONTS},
                                      {ZP_XML_SHEET, "font", FONT},
                                      {ZP_XML_SHEET, "fills", FILLS},
                                      {ZP_XML_SHEET, "fill", FILL},
                                      {ZP_XML_SHEET, "dxfs", CHANGES},
                                      {ZP_XML_SHEET, "dxf", CHANGE},
                                      {ZP_XML_SHEET, "indexedColors", PALETTE},
                                      {ZP_XML_SHEET, "rgbColor", PALETTE_COLOUR},
                                      {ZP_XML_SHEET, "tableStyle", LIST_STYLE},
                                      {ZP_XML_SHEET, "tableStyleElement", LIST_PART},
                                      ZP_XLSX_FILL_NAMES,
                                      ZP_XLSX_FONT_NAMES,
                                      {0}};
    static const ZpXmlHandler HANDLER = {.names = NAMES, .start = start, .end = end};
    bool done = !part || zp_xml_parse(part, name, &HANDLER, reader, error);
    g_clear_pointer(&reader->list_style, g_free);
    if (!done)
        return false;
    for (guint i = 0; i < reader->rows->len; i++)
        add_style(reader, &g_array_index(reader->rows, Row, i));
    return true;
}

ZpXlsxStyles *zp_xlsx_styles_new(GBytes *part, const char *name, GBytes *theme,
                                 const char *theme_name, GError **error)
{
    g_autoptr(ZpXlsxStyles) out = new_styles(theme, theme_name);
    g_autoptr(GHashTable) codes = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    g_autoptr(GArray) fonts = g_array_new(FALSE, TRUE, sizeof(ZpXlsxFont));
    g_autoptr(GArray) fills = g_array_new(FALSE, TRUE, sizeof(ZpXlsxFill));
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(Row));
    Reader reader = {.out = out, .codes = codes, .fonts = fonts, .fills = fills, .rows = rows};
    return read_part(&reader, part, name, error) ? g_steal_pointer(&out) : NULL;
}
