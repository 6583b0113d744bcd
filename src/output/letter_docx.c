/*
 * letter_docx.c - a letter as a document of Word: three parts in a zip (ECMA-376 parts 1 and 2).
 */
#include "output/escape.h"
#include "output/letter_parts.h"

#include "base/error.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

/* SPDX-License-Identifier: MIT: these three go out with every letter. */
static const char TYPES[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" "
    "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-"
    "officedocument.wordprocessingml.document.main+xml\"/></Types>";
static const char RELATIONS[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
static const char HEAD[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";

/* 1980: the same bytes every time. */
#define NO_TIME 315532800
/* Widths of the table's columns, in twentieths of a point. */
static const guint WIDTHS[LETTER_COLUMNS] = {2400, 1400, 3300, 2200};

static void append_paragraph(GString *out, const char *properties, const char *run,
                             const char *text)
{
    g_string_append_printf(out, "<w:p>%s<w:r>%s<w:t xml:space=\"preserve\">", properties, run);
    zp_escape_xml(out, text);
    g_string_append(out, "</w:t></w:r></w:p>");
}

static void append_said(GString *out, const ZpLetter *letter, const char *properties,
                        const char *run, ZpLetterText text)
{
    g_autofree char *words = letter_text(letter, text);
    append_paragraph(out, properties, run, words);
}

static void append_cell(GString *out, gsize column, const char *run, const char *text)
{
    g_string_append_printf(out, "<w:tc><w:tcPr><w:tcW w:w=\"%u\" w:type=\"dxa\"/></w:tcPr>",
                           WIDTHS[column]);
    append_paragraph(out, "", run, text);
    g_string_append(out, "</w:tc>");
}

#define BOLD "<w:rPr><w:b/></w:rPr>"

static void append_table(GString *out, const ZpLetter *letter, const LetterForm *form)
{
    static const char *const SIDES[] = {"top", "left", "bottom", "right", "insideH", "insideV"};
    g_string_append(out, "<w:tbl><w:tblPr><w:tblW w:w=\"9300\" w:type=\"dxa\"/><w:tblBorders>");
    for (gsize k = 0; k < G_N_ELEMENTS(SIDES); k++)
        g_string_append_printf(out, "<w:%s w:val=\"single\" w:sz=\"4\" w:color=\"767676\"/>",
                               SIDES[k]);
    g_string_append(out, "</w:tblBorders></w:tblPr><w:tblGrid>");
    for (gsize k = 0; k < LETTER_COLUMNS; k++)
        g_string_append_printf(out, "<w:gridCol w:w=\"%u\"/>", WIDTHS[k]);
    g_string_append(out, "</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>");
    for (gsize k = 0; k < LETTER_COLUMNS; k++) {
        g_autofree char *head = letter_text(letter, LETTER_HEADS[k]);
        append_cell(out, k, BOLD, head);
    }
    g_string_append(out, "</w:tr>");
    for (guint i = 0; i < form->rows->len; i++) {
        const LetterRow *row = form->rows->pdata[i];
        g_string_append(out, "<w:tr>");
        for (gsize k = 0; k < LETTER_COLUMNS; k++)
            append_cell(out, k, "", row->cells[k]);
        g_string_append(out, "</w:tr>");
    }
    g_string_append(out, "</w:tbl>");
}

static GString *print_document(const ZpLetter *letter)
{
    GString *out = g_string_new(HEAD);
    append_said(out, letter, "<w:pPr><w:jc w:val=\"center\"/></w:pPr>",
                "<w:rPr><w:b/><w:sz w:val=\"36\"/></w:rPr>", ZP_LETTER_TITLE);
    append_said(out, letter, "", "", ZP_LETTER_GREETING);
    append_said(out, letter, "", "", letter->n_findings ? ZP_LETTER_OPENING : ZP_LETTER_CLEAN);
    for (guint k = 0; k < letter->forms->len; k++) {
        const LetterForm *form = letter->forms->pdata[k];
        append_paragraph(out, "<w:pPr><w:keepNext/></w:pPr>", BOLD, form->heading);
        append_paragraph(out, "<w:pPr><w:keepNext/></w:pPr>", "", form->file);
        append_table(out, letter, form);
        append_paragraph(out, "", "", "");
    }
    if (letter->n_findings > letter->n_rows)
        append_said(out, letter, "", "", ZP_LETTER_MORE);
    if (letter->n_findings)
        append_said(out, letter, "", "", ZP_LETTER_CLOSING);
    append_said(out, letter, "<w:pPr><w:jc w:val=\"right\"/></w:pPr>", "", ZP_LETTER_SIGNATURE);
    g_string_append(out, "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1300\" "
                         "w:right=\"1300\" w:bottom=\"1300\" w:left=\"1300\"/></w:sectPr>"
                         "</w:body></w:document>");
    return out;
}

static la_ssize_t append_bytes(struct archive *archive, void *data, const void *bytes, size_t size)
{
    (void)archive;
    g_byte_array_append(data, bytes, (guint)size);
    return (la_ssize_t)size;
}

static bool write_part(struct archive *archive, const char *name, const char *text, gsize size)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (la_int64_t)size);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, NO_TIME, 0);
    bool done = archive_write_header(archive, entry) == ARCHIVE_OK &&
                archive_write_data(archive, text, size) == (la_ssize_t)size;
    archive_entry_free(entry);
    return done;
}

GBytes *zp_letter_docx(const ZpLetter *letter, GError **error)
{
    g_autoptr(GString) document = print_document(letter);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    struct archive *archive = archive_write_new();
    bool done = archive_write_set_format_zip(archive) == ARCHIVE_OK &&
                archive_write_set_bytes_in_last_block(archive, 1) == ARCHIVE_OK &&
                archive_write_open(archive, bytes, NULL, append_bytes, NULL) == ARCHIVE_OK &&
                write_part(archive, "[Content_Types].xml", TYPES, strlen(TYPES)) &&
                write_part(archive, "_rels/.rels", RELATIONS, strlen(RELATIONS)) &&
                write_part(archive, "word/document.xml", document->str, document->len) &&
                archive_write_close(archive) == ARCHIVE_OK;
    archive_write_free(archive);
    if (done)
        return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
    zp_error_set(error, ZP_ERROR_OUTPUT, "信函无法生成", "the letter cannot be made");
    return NULL;
}
