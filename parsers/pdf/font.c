/*
 * font.c - a font's widths and characters by code, in pages of 256 codes that are made as needed.
 *
 *     simple font      one byte a code; /Widths
 *     Type 0           two bytes a code, or as its character map says; /W of the descendant
 *     Type 3           one byte a code; /Widths in the units of its own matrix
 *
 * Predefined character maps for Unicode and GBK say what a code stands for, but not under which
 * number /W counts it; half-width ASCII is found there by its usual place, all else is one em wide.
 *
 * Source: ISO 32000-1, 9.5 to 9.7.
 */
#include "parsers/pdf/font.h"

#include "parsers/pdf/font_text.h"
#include "parsers/pdf/lexer.h"
#include "parsers/pdf/unpack.h"
#include "parsers/pdf/walk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Numbers of ASCII's space in Adobe's collections: proportional, and half an em wide. */
#define CID_SPACE      1
#define CID_HALF_SPACE 814

typedef enum { CODES_BYTE, CODES_TWO, CODES_UTF16, CODES_GBK, CODES_MIXED } CodeKind;

/* The characters of a code: itself, or several as the index of their first in `texts`. */
#define SEVERAL 0x80000000u

typedef struct {
    float width; /* below 0: not said */
    guint32 text;
} Entry;

struct Font {
    CodeKind codes;
    bool is_type3, is_vertical;
    float width, em; /* of codes whose width is not said; of the font size */
    double unit;     /* of a width, in em */
    Entry *pages[256];
    GArray *texts; /* of gunichar, FONT_CHARS each */
};

static Entry *entry_at(Font *font, guint code)
{
    if (code > 0xFFFF)
        return NULL;
    Entry **page = &font->pages[code >> 8];
    if (!*page) {
        *page = g_new0(Entry, 256);
        for (guint k = 0; k < 256; k++)
            (*page)[k].width = -1;
    }
    return &(*page)[code & 0xFF];
}

static void keep_text(gpointer data, guint code, const gunichar *chars, guint n)
{
    Font *font = data;
    Entry *entry = entry_at(font, code);
    if (!entry)
        return;
    entry->text = n ? chars[0] : 0;
    if (n < 2)
        return;
    gunichar all[FONT_CHARS] = {0};
    memcpy(all, chars, MIN(n, FONT_CHARS) * sizeof *chars);
    entry->text = SEVERAL | font->texts->len;
    g_array_append_vals(font->texts, all, FONT_CHARS);
}

static void keep_width(Font *font, guint code, double width)
{
    Entry *entry = entry_at(font, code);
    if (entry && isfinite(width))
        entry->width = (float)CLAMP(width * font->unit, 0, 100);
}

static void read_simple_widths(Font *font, qpdf_data qpdf, qpdf_oh dictionary)
{
    qpdf_oh widths = qpdf_oh_get_key(qpdf, dictionary, "/Widths");
    qpdf_oh first = qpdf_oh_get_key(qpdf, dictionary, "/FirstChar");
    if (!qpdf_oh_is_array(qpdf, widths))
        return;
    const char *text = qpdf_oh_unparse_resolved(qpdf, widths);
    ContentLexer lexer = {.at = text, .end = text + strlen(text)};
    int code = qpdf_oh_is_integer(qpdf, first) ? qpdf_oh_get_int_value_as_int(qpdf, first) : 0;
    for (; code >= 0 && code < 256 && content_next(&lexer) == CONTENT_NUMBER; code++)
        keep_width(font, (guint)code, lexer.number);
}

/* /W: `first [width…]` and `first last width`. */
static void read_cid_widths(Font *font, const char *text)
{
    ContentLexer lexer = {.at = text, .end = text + strlen(text), .brackets = true};
    double numbers[2] = {0};
    guint n = 0;
    ContentKind kind = content_next(&lexer);
    while ((kind = content_next(&lexer)) == CONTENT_NUMBER || kind == CONTENT_OPEN) {
        guint first = (guint)CLAMP(numbers[0], 0, 0x10000);
        if (kind == CONTENT_OPEN) {
            while (content_next(&lexer) == CONTENT_NUMBER)
                keep_width(font, first++, lexer.number);
            n = 0;
        } else if (n < 2) {
            numbers[n++] = lexer.number;
        } else {
            guint last = (guint)CLAMP(numbers[1], 0, 0xFFFF);
            for (; first <= last; first++)
                keep_width(font, first, lexer.number);
            n = 0;
        }
    }
}

static double number_of(qpdf_data qpdf, qpdf_oh dictionary, const char *key, double otherwise)
{
    qpdf_oh value = qpdf_oh_get_key(qpdf, dictionary, key);
    return qpdf_oh_is_number(qpdf, value) ? qpdf_oh_get_numeric_value(qpdf, value) : otherwise;
}

static void read_descendant(Font *font, qpdf_data qpdf, qpdf_oh dictionary)
{
    qpdf_oh list = qpdf_oh_get_key(qpdf, dictionary, "/DescendantFonts");
    if (!qpdf_oh_is_array(qpdf, list) || qpdf_oh_get_array_n_items(qpdf, list) < 1)
        return;
    qpdf_oh descendant = qpdf_oh_get_array_item(qpdf, list, 0);
    if (!qpdf_oh_is_dictionary(qpdf, descendant))
        return;
    font->width = (float)CLAMP(number_of(qpdf, descendant, "/DW", 1000) / 1000, 0, 100);
    qpdf_oh widths = qpdf_oh_get_key(qpdf, descendant, "/W");
    if (qpdf_oh_is_array(qpdf, widths))
        read_cid_widths(font, qpdf_oh_unparse_resolved(qpdf, widths));
}

/* How many bytes a code has, by the name of a predefined map; others mostly count as Identity does. */
static CodeKind kind_of_map(const char *name)
{
    if (strstr(name, "UCS2") || strstr(name, "UTF16"))
        return CODES_UTF16;
    if (strstr(name, "GBK") || g_str_has_prefix(name, "/GB"))
        return CODES_GBK;
    return g_str_has_prefix(name, "/Identity") || strcmp(name, "/H") == 0 || strcmp(name, "/V") == 0
               ? CODES_TWO
               : CODES_MIXED;
}

/* The widths of the fonts that every viewer has, where a file leaves them out; digits are right. */
static float usual_width(qpdf_data qpdf, qpdf_oh dictionary)
{
    qpdf_oh base = qpdf_oh_get_key(qpdf, dictionary, "/BaseFont");
    const char *name = qpdf_oh_is_name(qpdf, base) ? qpdf_oh_get_name(qpdf, base) : "";
    return strstr(name, "Courier") ? 0.6f : strstr(name, "Times") ? 0.5f : 0.556f;
}

Font *font_read(qpdf_data qpdf, qpdf_oh dictionary, GHashTable *fitting)
{
    Font *font = g_new0(Font, 1);
    font->texts = g_array_new(FALSE, TRUE, sizeof(gunichar));
    font->unit = 0.001;
    font->em = 1;
    qpdf_oh kind = qpdf_oh_get_key(qpdf, dictionary, "/Subtype");
    if (qpdf_oh_is_name_and_equals(qpdf, kind, "/Type0")) {
        qpdf_oh map = qpdf_oh_get_key(qpdf, dictionary, "/Encoding");
        font->codes = CODES_TWO;
        if (qpdf_oh_is_name(qpdf, map)) {
            const char *name = qpdf_oh_get_name(qpdf, map);
            font->codes = kind_of_map(name);
            font->is_vertical = g_str_has_suffix(name, "V");
        }
        read_descendant(font, qpdf, dictionary);
    } else {
        font->width = usual_width(qpdf, dictionary);
        if (qpdf_oh_is_name_and_equals(qpdf, kind, "/Type3")) {
            double m[6] = {0.001, 0, 0, 0.001, 0, 0}, box[4] = {0};
            walk_read_numbers(qpdf, qpdf_oh_get_key(qpdf, dictionary, "/FontMatrix"), 6, m);
            walk_read_numbers(qpdf, qpdf_oh_get_key(qpdf, dictionary, "/FontBBox"), 4, box);
            double height = fabs(box[3] - box[1]);
            font->is_type3 = true;
            font->unit = fabs(m[0]);
            font->em = (float)CLAMP(m[3] * (height > 0 ? height : 1000), -100, 100);
        }
        read_simple_widths(font, qpdf, dictionary);
    }
    qpdf_oh map = qpdf_oh_get_key(qpdf, dictionary, "/ToUnicode");
    if (qpdf_oh_is_stream(qpdf, map)) {
        unsigned char *bytes = NULL;
        size_t length = 0;
        QPDF_BOOL is_filtered;
        if (unpack_fits(qpdf, map, fitting) &&
            qpdf_oh_get_stream_data(qpdf, map, qpdf_dl_generalized, &is_filtered, &bytes,
                                    &length) == 0)
            font_text_map((const char *)bytes, length, keep_text, font);
        free(bytes);
        walk_forget_errors(qpdf);
    } else if (font->codes == CODES_BYTE) {
        font_text_encoding(qpdf, dictionary, keep_text, font);
    }
    return font;
}

void font_free(Font *font)
{
    if (!font)
        return;
    for (guint k = 0; k < G_N_ELEMENTS(font->pages); k++)
        g_free(font->pages[k]);
    g_array_unref(font->texts);
    g_free(font);
}

static const Entry *find(const Font *font, guint code)
{
    static const Entry NONE = {-1, 0};
    const Entry *page = code <= 0xFFFF ? font->pages[code >> 8] : NULL;
    return page ? &page[code & 0xFF] : &NONE;
}

/* Where /W counts a code that is no number of its collection. */
static float width_of(const Font *font, guint code)
{
    bool is_ascii = code >= ' ' && code < 0x7F;
    guint space = font->codes == CODES_GBK ? CID_HALF_SPACE : CID_SPACE;
    if (font->codes == CODES_BYTE || font->codes == CODES_TWO)
        return find(font, code)->width;
    return is_ascii ? find(font, code - ' ' + space)->width : -1;
}

static guint take_code(const Font *font, const guint8 **at, const guint8 *end)
{
    guint code = *(*at)++;
    bool is_two = font->codes == CODES_TWO || font->codes == CODES_UTF16 ||
                  (font->codes != CODES_BYTE && code >= 0x80);
    if (is_two && *at < end)
        code = code << 8 | *(*at)++;
    return code;
}

bool font_next(const Font *font, const guint8 **at, const guint8 *end, FontCode *out)
{
    if (*at >= end)
        return false;
    const guint8 *from = *at;
    *out = (FontCode){.width = 0.5f};
    if (!font) {
        (*at)++;
        return true;
    }
    guint code = take_code(font, at, end);
    float width = font->is_vertical ? 1 : width_of(font, code);
    out->width = width >= 0 ? width : font->width;
    out->is_space = *at == from + 1 && code == ' ';
    guint32 text = find(font, code)->text;
    if (text & SEVERAL)
        memcpy(out->c, &g_array_index(font->texts, gunichar, text & ~SEVERAL), sizeof out->c);
    else
        out->c[0] = text;
    if (!text && font->codes == CODES_UTF16)
        out->c[0] = code;
    if (!text && font->codes == CODES_GBK)
        out->c[0] = font_text_gbk(code);
    return true;
}

bool font_is_vertical(const Font *font)
{
    return font && font->is_vertical;
}

bool font_is_type3(const Font *font)
{
    return font && font->is_type3;
}

float font_em(const Font *font)
{
    return font ? font->em : 1;
}
