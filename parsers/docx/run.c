/*
 * run.c - what stands inside a paragraph of a Word text: runs, their text, signs and formulas.
 *
 *     <w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>U+F0B3</w:t></w:r>      ≥
 *     <m:f><m:num>1</m:num><m:den>2</m:den></m:f>                                1/2
 *
 * Characters of symbol fonts are what their font shows.  Of formulas the signs that their layout
 * stands for are put in words: a fraction that lost its line would be another number.
 */
#include "parsers/docx/word.h"

#include <string.h>

static void start_run(ZpDocxWord *word)
{
    ZpDocxRun run = {.is_plain = true};
    g_array_append_val(word->runs, run);
}

/* The properties of a run; those of a paragraph's mark are not of its text. */
static void read_property(const ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes)
{
    ZpDocxRun *run = zp_docx_run(word);
    if (!run || word->in_paragraph_properties)
        return;
    if (token == RUN_STYLE) {
        g_autofree char *id = word->styles->is_plain ? NULL : zp_xml_dup(attributes, "val");
        run->style = id ? g_hash_table_lookup(word->styles->by_id, id) : NULL;
        run->is_plain = run->is_plain && !run->style;
    } else {
        g_autofree char *font = zp_xml_dup(attributes, "ascii");
        run->font = zp_docx_symbol_font(font);
    }
}

static void add_sign(ZpDocxWord *word, gunichar sign)
{
    char utf8[6];
    if (!sign) {
        ZpPlace at = zp_docx_place(word);
        zp_document_add_counted(word->document, ZP_LOSS_UNMAPPED_GLYPHS, &at,
                                "有一个符号字体的字符认不出，读作 U+FFFD",
                                "a character of a symbol font is not known and was read as U+FFFD");
        sign = 0xFFFD;
    }
    zp_docx_field_take(word, utf8, (gsize)g_unichar_to_utf8(sign, utf8));
}

static void read_symbol(ZpDocxWord *word, const ZpXmlAttributes *attributes)
{
    g_autofree char *font = zp_xml_dup(attributes, "font");
    g_autofree char *code = zp_xml_dup(attributes, "char");
    add_sign(word, code ? zp_docx_symbol(font, (guint)g_ascii_strtoull(code, NULL, 16)) : 0);
}

/* Characters in a symbol font; one that says nothing there stays what it is elsewhere. */
static void add_symbols(ZpDocxWord *word, const char *font, const char *text, gsize length)
{
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        gunichar sign = c < 0x100 || (c >= 0xF000 && c <= 0xF0FF) ? zp_docx_symbol(font, c) : c;
        if (sign || c >= 0x100)
            add_sign(word, sign);
        else
            zp_docx_field_take(word, p, (gsize)(g_utf8_next_char(p) - p));
    }
}

void zp_docx_run_characters(gpointer data, const char *text, gsize length)
{
    ZpDocxWord *word = data;
    const ZpDocxRun *run = zp_docx_run(word);
    if (word->in_instruction)
        zp_docx_field_instruction(word, text, length);
    else if (word->in_text && run && run->font)
        add_symbols(word, run->font, text, length);
    else if (word->in_text)
        zp_docx_field_take(word, text, length);
}

/* Elements that stand for a text of their own: where they begin, where they end. */
static const struct {
    Token token;
    const char *before, *after;
} SIGNS[] = {
    {BREAK, "\n", ""},     {TAB, "\t", ""},       {HYPHEN, "-", ""},    {MATH_BOTTOM, "/", ""},
    {MATH_ABOVE, "^", ""}, {MATH_BELOW, "_", ""}, {MATH_ROOT, "√", ""}, {MATH_BRACKET, "(", ")"},
};

static void add_before(ZpDocxWord *word, Token token)
{
    for (guint i = 0; i < G_N_ELEMENTS(SIGNS); i++) {
        if (SIGNS[i].token == token)
            zp_docx_field_take(word, SIGNS[i].before, strlen(SIGNS[i].before));
    }
}

static void add_after(ZpDocxWord *word, Token token)
{
    for (guint i = 0; i < G_N_ELEMENTS(SIGNS); i++) {
        if (SIGNS[i].token == token)
            zp_docx_field_take(word, SIGNS[i].after, strlen(SIGNS[i].after));
    }
}

void zp_docx_run_start(ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes)
{
    switch (token) {
    case RUN:
        start_run(word);
        break;
    case TEXT:
    case DELETED_TEXT:
        word->in_text = true;
        word->is_deleted_text = token == DELETED_TEXT;
        break;
    case INSTRUCTION:
        word->in_instruction = true;
        break;
    case SYMBOL:
        read_symbol(word, attributes);
        break;
    case FIELD:
    case SIMPLE_FIELD:
    case FORM_FIELD_BOX:
    case FORM_FIELD_STATE:
    case FORM_FIELD_RESULT:
    case FORM_FIELD_ENTRY:
        zp_docx_field_start(word, token, attributes);
        break;
    case RUN_STYLE:
    case FONTS:
        read_property(word, token, attributes);
        break;
    case BREAK:
    case TAB:
    case HYPHEN:
    case MATH_BOTTOM:
    case MATH_ABOVE:
    case MATH_BELOW:
    case MATH_ROOT:
    case MATH_BRACKET:
        add_before(word, token);
        break;
    default:
        if (token >= VANISH && token <= FILL_COLOUR)
            zp_docx_property(word, token, attributes);
        else
            zp_docx_beside_start(word, token, attributes);
        break;
    }
}

void zp_docx_run_end(ZpDocxWord *word, Token token)
{
    if (token == RUN && word->runs->len)
        g_array_set_size(word->runs, word->runs->len - 1);
    else if (token == TEXT || token == DELETED_TEXT)
        word->in_text = word->is_deleted_text = false;
    else if (token == INSTRUCTION)
        word->in_instruction = false;
    else if (token == SIMPLE_FIELD)
        zp_docx_field_end(word);
    else if (token == FILL && zp_docx_run(word))
        zp_docx_run(word)->look.in_fill = false;
    else if (token == MATH_BRACKET)
        add_after(word, token);
    else
        zp_docx_beside_end(word, token);
}
