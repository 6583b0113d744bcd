/*
 * letter_html.c - a letter as a page that asks nothing of a network and runs nothing.
 */
#include "output/escape.h"
#include "output/letter_parts.h"
#include "output/plain_page.h"

/* SPDX-License-Identifier: MIT: it goes out with every letter. */
static const char STYLE[] =
    "body{margin:2rem auto;max-width:60rem;font:16px/1.7 \"Noto Serif CJK SC\",SimSun,serif;"
    "color:#1a1a1a;background:#fff}"
    "h1{font-size:1.5rem;text-align:center}h2{font-size:1.1rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "th{background:#eef2f7}p.sign{text-align:right}"
    "@media print{body{margin:0}tr{break-inside:avoid}}";

static void append_element(GString *out, const char *open, const char *text, const char *close)
{
    g_string_append(out, open);
    zp_escape_xml(out, text);
    g_string_append(out, close);
}

static void append_said(GString *out, const ZpLetter *letter, const char *open, ZpLetterText text,
                        const char *close)
{
    g_autofree char *words = letter_text(letter, text);
    append_element(out, open, words, close);
}

static void append_table(GString *out, const ZpLetter *letter, const LetterForm *form)
{
    g_string_append(out, "<table>\n<tr>");
    for (gsize k = 0; k < LETTER_COLUMNS; k++)
        append_said(out, letter, "<th scope=\"col\">", LETTER_HEADS[k], "</th>");
    g_string_append(out, "</tr>\n");
    for (guint i = 0; i < form->rows->len; i++) {
        const LetterRow *row = form->rows->pdata[i];
        g_string_append(out, "<tr>");
        for (gsize k = 0; k < LETTER_COLUMNS; k++)
            append_element(out, k == 0 ? "<th scope=\"row\">" : "<td>", row->cells[k],
                           k == 0 ? "</th>" : "</td>");
        g_string_append(out, "</tr>\n");
    }
    g_string_append(out, "</table>\n");
}

GBytes *zp_letter_html(const ZpLetter *letter)
{
    GString *out = g_string_new(NULL);
    g_autofree char *title = letter_text(letter, ZP_LETTER_TITLE);
    zp_plain_page_begin(out, zp_lang_pick(letter->lang, "zh-CN", "en"), title, STYLE);
    append_element(out, "<h1>", title, "</h1>\n");
    append_said(out, letter, "<p>", ZP_LETTER_GREETING, "</p>\n");
    append_said(out, letter, "<p>", letter->n_findings ? ZP_LETTER_OPENING : ZP_LETTER_CLEAN,
                "</p>\n");
    for (guint k = 0; k < letter->forms->len; k++) {
        const LetterForm *form = letter->forms->pdata[k];
        append_element(out, "<h2>", form->heading, "</h2>\n");
        append_element(out, "<p>", form->file, "</p>\n");
        append_table(out, letter, form);
    }
    if (letter->n_findings > letter->n_rows)
        append_said(out, letter, "<p>", ZP_LETTER_MORE, "</p>\n");
    if (letter->n_findings)
        append_said(out, letter, "<p>", ZP_LETTER_CLOSING, "</p>\n");
    append_said(out, letter, "<p class=\"sign\">", ZP_LETTER_SIGNATURE, "</p>\n");
    g_string_append(out, "</body>\n</html>\n");
    return g_string_free_to_bytes(out);
}
