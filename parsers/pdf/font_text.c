/*
 * font_text.c - codes of a font as characters.
 *
 *     3 beginbfrange <0041> <0043> <0061>  <0050> <0051> [<0031> <0032>] endbfrange
 *
 * A /ToUnicode map is read with the tokens of a content stream, which are the same.  Without one an
 * encoding names its characters; only names of ASCII characters are known, which figures are made of.
 *
 * Source: ISO 32000-1, 9.6.6 and 9.10.
 */
#include "parsers/pdf/font_text.h"

#include "base/limits.h"
#include "parsers/pdf/lexer.h"

#include <string.h>

/* The longest text of one code that is taken, in UTF-16 bytes. */
#define TEXT_BYTES 16

typedef struct {
    ContentLexer lexer;
    GByteArray *bytes;
    FontTextFunc found;
    gpointer data;
    guint n_codes; /* so far, within ZP_LIMIT_PDF_FONT_CODES */
} MapReader;

static bool next_code(MapReader *reader, guint *code)
{
    if (content_next(&reader->lexer) != CONTENT_STRING)
        return false;
    g_byte_array_set_size(reader->bytes, 0);
    content_append_string(reader->bytes, &reader->lexer);
    *code = 0;
    for (guint k = 0; k < reader->bytes->len && k < 4; k++)
        *code = *code << 8 | reader->bytes->data[k];
    return true;
}

/* Tells of one code; the text is big-endian UTF-16 whose last unit is `step` more than it says. */
static void tell(MapReader *reader, guint code, guint step)
{
    gunichar chars[FONT_CHARS] = {0};
    const guint8 *at = reader->bytes->data;
    guint n = 0, length = MIN(reader->bytes->len, TEXT_BYTES);
    if (++reader->n_codes > ZP_LIMIT_PDF_FONT_CODES)
        return;
    for (guint k = 0; k + 1 < length && n < FONT_CHARS; k += 2) {
        gunichar unit = (gunichar)(at[k] << 8 | at[k + 1]);
        if (unit >= 0xD800 && unit < 0xDC00 && k + 3 < length) {
            gunichar low = (gunichar)(at[k + 2] << 8 | at[k + 3]);
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            k += 2;
        }
        chars[n++] = unit;
    }
    if (length == 1)
        chars[n++] = at[0];
    if (n)
        chars[n - 1] += step;
    reader->found(reader->data, code, chars, n);
}

static void read_chars(MapReader *reader)
{
    guint code;
    while (next_code(reader, &code) && content_next(&reader->lexer) == CONTENT_STRING) {
        g_byte_array_set_size(reader->bytes, 0);
        content_append_string(reader->bytes, &reader->lexer);
        tell(reader, code, 0);
    }
}

/* The texts of a range: one for its first code, or a list. */
static bool read_range(MapReader *reader, guint first, guint last)
{
    ContentKind kind = content_next(&reader->lexer);
    bool is_list = kind == CONTENT_OPEN;
    if (is_list)
        kind = content_next(&reader->lexer);
    for (guint code = first; kind == CONTENT_STRING && (is_list || code == first); code++) {
        g_byte_array_set_size(reader->bytes, 0);
        content_append_string(reader->bytes, &reader->lexer);
        for (guint k = 0; k <= (is_list ? 0 : MIN(last - first, 0xFFFF)); k++)
            tell(reader, code + k, k);
        if (is_list)
            kind = content_next(&reader->lexer);
    }
    return kind == (is_list ? CONTENT_CLOSE : CONTENT_STRING);
}

static void read_ranges(MapReader *reader)
{
    guint first, last;
    while (next_code(reader, &first) && next_code(reader, &last) && last >= first &&
           read_range(reader, first, last)) {
    }
}

static bool is_word(const ContentLexer *lexer, const char *word)
{
    return lexer->length == strlen(word) && memcmp(lexer->text, word, lexer->length) == 0;
}

void font_text_map(const char *bytes, gsize length, FontTextFunc found, gpointer data)
{
    g_autoptr(GByteArray) text = g_byte_array_new();
    MapReader reader = {
        .lexer = {.at = bytes, .end = bytes + length, .brackets = true},
        .bytes = text,
        .found = found,
        .data = data,
    };
    ContentKind kind;
    while ((kind = content_next(&reader.lexer)) != CONTENT_END) {
        if (kind != CONTENT_OPERATOR)
            continue;
        if (is_word(&reader.lexer, "beginbfchar"))
            read_chars(&reader);
        else if (is_word(&reader.lexer, "beginbfrange"))
            read_ranges(&reader);
    }
}

/* Names of characters that figures are made of; letters are named by themselves. */
static const struct {
    const char *name;
    gunichar c;
} NAMES[] = {
    {"zero", '0'},    {"one", '1'},          {"two", '2'},
    {"three", '3'},   {"four", '4'},         {"five", '5'},
    {"six", '6'},     {"seven", '7'},        {"eight", '8'},
    {"nine", '9'},    {"period", '.'},       {"comma", ','},
    {"percent", '%'}, {"hyphen", '-'},       {"minus", 0x2212},
    {"plus", '+'},    {"equal", '='},        {"less", '<'},
    {"greater", '>'}, {"slash", '/'},        {"parenleft", '('},
    {"colon", ':'},   {"parenright", ')'},   {"asterisk", '*'},
    {"space", ' '},   {"lessequal", 0x2264}, {"greaterequal", 0x2265},
    {"yen", 0xA5},    {"degree", 0xB0},      {"endash", 0x2013},
};

/* The character of a name; 0: not known. */
static gunichar char_of_name(const char *name)
{
    if (name[0] && !name[1])
        return (gunichar)name[0];
    if (g_str_has_prefix(name, "uni") && strlen(name) == 7)
        return (gunichar)g_ascii_strtoull(name + 3, NULL, 16);
    for (guint k = 0; k < G_N_ELEMENTS(NAMES); k++) {
        if (strcmp(NAMES[k].name, name) == 0)
            return NAMES[k].c;
    }
    return 0;
}

/* The marks that forms are ticked with. */
static const struct {
    guint8 code;
    gunichar c;
} DINGBATS[] = {{'3', 0x2713}, {'4', 0x2714}, {'5', 0x2715}, {'6', 0x2716},
                {'7', 0x2717}, {'8', 0x2718}, {'l', 0x25CF}, {'n', 0x25A0}};

static void tell_differences(qpdf_data qpdf, qpdf_oh differences, FontTextFunc found, gpointer data)
{
    int n = qpdf_oh_is_array(qpdf, differences) ? qpdf_oh_get_array_n_items(qpdf, differences) : 0;
    guint code = 0;
    for (int k = 0; k < MIN(n, 1000); k++) {
        qpdf_oh item = qpdf_oh_get_array_item(qpdf, differences, k);
        if (qpdf_oh_is_integer(qpdf, item)) {
            code = (guint)CLAMP(qpdf_oh_get_int_value_as_int(qpdf, item), 0, 255);
        } else if (qpdf_oh_is_name(qpdf, item) && code < 256) {
            gunichar c = char_of_name(qpdf_oh_get_name(qpdf, item) + 1);
            found(data, code++, &c, c ? 1 : 0);
        }
    }
}

void font_text_encoding(qpdf_data qpdf, qpdf_oh dictionary, FontTextFunc found, gpointer data)
{
    qpdf_oh base = qpdf_oh_get_key(qpdf, dictionary, "/BaseFont");
    const char *name = qpdf_oh_is_name(qpdf, base) ? qpdf_oh_get_name(qpdf, base) : "";
    if (strstr(name, "Dingbats")) {
        for (guint code = 1; code < 256; code++)
            found(data, code, NULL, 0);
        for (guint k = 0; k < G_N_ELEMENTS(DINGBATS); k++)
            found(data, DINGBATS[k].code, &DINGBATS[k].c, 1);
        return;
    }
    if (!strstr(name, "Symbol")) {
        for (gunichar c = ' '; c < 0x7F; c++)
            found(data, c, &c, 1);
    }
    qpdf_oh encoding = qpdf_oh_get_key(qpdf, dictionary, "/Encoding");
    if (qpdf_oh_is_dictionary(qpdf, encoding))
        tell_differences(qpdf, qpdf_oh_get_key(qpdf, encoding, "/Differences"), found, data);
}

gunichar font_text_gbk(guint code)
{
    if (code < 0x80)
        return code;
    const char bytes[] = {(char)(code >> 8), (char)code};
    g_autofree char *text = g_convert(bytes, 2, "UTF-8", "GB18030", NULL, NULL, NULL);
    return text ? g_utf8_get_char(text) : 0;
}
