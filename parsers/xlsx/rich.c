/*
 * rich.c - the strings of a workbook: text in runs that look differently.
 *
 *     <si><t>年度</t></si>                                       a plain string
 *     <si><r><t>8</t></r><r><rPr><strike/></rPr><t>1</t></r></si>  runs; rPh is a reading, not text
 */
#include "parsers/xlsx/rich.h"

#include "parsers/xlsx/private.h"

#include <string.h>

/* Length of `_x000D_`. */
#define ESCAPE_BYTES 7

/* The character that `_xHHHH_` at p stands for; 0: it is none. */
static gunichar escaped(const char *p, const char *end)
{
    if (end - p < ESCAPE_BYTES || p[1] != 'x' || p[ESCAPE_BYTES - 1] != '_')
        return 0;
    gunichar c = 0;
    for (int i = 2; i < ESCAPE_BYTES - 1; i++) {
        if (!g_ascii_isxdigit(p[i]))
            return 0;
        c = c * 16 + (gunichar)g_ascii_xdigit_value(p[i]);
    }
    return g_unichar_validate(c) ? c : 0;
}

void zp_xlsx_append_text(GString *out, const char *text, gsize length)
{
    const char *end = text + length;
    while (text < end) {
        const char *mark = memchr(text, '_', (gsize)(end - text));
        gunichar c = mark ? escaped(mark, end) : 0;
        const char *stop = mark ? mark + !c : end;
        g_string_append_len(out, text, stop - text);
        if (c)
            g_string_append_unichar(out, c);
        text = c ? mark + ESCAPE_BYTES : stop;
    }
}

void zp_xlsx_rich_init(ZpXlsxRich *rich)
{
    *rich = (ZpXlsxRich){.raw = g_string_new(NULL),
                         .text = g_string_new(NULL),
                         .runs = g_array_new(FALSE, TRUE, sizeof(ZpXlsxRun))};
}

void zp_xlsx_rich_clear(ZpXlsxRich *rich)
{
    g_string_free(rich->raw, TRUE);
    g_string_free(rich->text, TRUE);
    g_array_unref(rich->runs);
}

void zp_xlsx_rich_begin(ZpXlsxRich *rich)
{
    g_string_truncate(rich->raw, 0);
    g_string_truncate(rich->text, 0);
    if (rich->runs->len)
        g_array_set_size(rich->runs, 0);
    rich->run = (ZpXlsxRun){0};
    rich->in_text = rich->in_font = false;
}

static void end_run(ZpXlsxRich *rich)
{
    if (!rich->raw->len)
        return;
    zp_xlsx_append_text(rich->text, rich->raw->str, rich->raw->len);
    g_string_truncate(rich->raw, 0);
    rich->run.end = (guint32)rich->text->len;
    g_array_append_val(rich->runs, rich->run);
}

bool zp_xlsx_rich_start(ZpXlsxRich *rich, guint token, const ZpXmlAttributes *attributes)
{
    if (token == ZP_XLSX_RICH_READING)
        return false;
    if (token == ZP_XLSX_RICH_RUN) {
        end_run(rich);
        rich->run = (ZpXlsxRun){0};
    } else if (token == ZP_XLSX_RICH_FONT) {
        rich->in_font = rich->run.has_font = true;
    } else if (token == ZP_XLSX_RICH_TEXT) {
        rich->in_text = true;
    } else if (rich->in_font) {
        zp_xlsx_font_read(&rich->run.font, token, attributes);
    }
    return true;
}

void zp_xlsx_rich_end(ZpXlsxRich *rich, guint token)
{
    if (token == ZP_XLSX_RICH_FONT)
        rich->in_font = false;
    else if (token == ZP_XLSX_RICH_TEXT)
        rich->in_text = false;
    else if (token == ZP_XLSX_RICH_RUN) {
        end_run(rich);
        rich->run = (ZpXlsxRun){0};
    }
}

void zp_xlsx_rich_string(ZpXlsxRich *rich, ZpXlsxString *out)
{
    bool is_plain = true;
    end_run(rich);
    for (guint i = 0; i < rich->runs->len; i++)
        is_plain = is_plain && !g_array_index(rich->runs, ZpXlsxRun, i).has_font;
    out->text = g_strndup(rich->text->str, rich->text->len);
    out->runs = NULL;
    if (!is_plain) {
        out->runs = g_array_sized_new(FALSE, FALSE, sizeof(ZpXlsxRun), rich->runs->len);
        g_array_append_vals(out->runs, rich->runs->data, rich->runs->len);
    }
}

void zp_xlsx_string_clear(gpointer data)
{
    ZpXlsxString *string = data;
    g_free(string->text);
    if (string->runs)
        g_array_unref(string->runs);
}
