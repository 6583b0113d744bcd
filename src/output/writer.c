/*
 * writer.c - the table of writers and the way of bytes to the stream.
 *
 * A writer appends to one GString; the bytes leave in pieces of ZP_WRITING_BUFFER, so an
 * output of any size needs little memory.  Nothing leaves before the first file, so a run
 * that finds nothing to do writes nothing.
 */
#include "output/writer.h"

#include "base/error.h"
#include "output/fold.h"

#include <string.h>

const ZpWriter *const ZP_WRITERS[] = {
    &zp_text_writer,      &zp_json_writer,        &zp_ndjson_writer,         &zp_csv_writer,
    &zp_check_csv_writer, &zp_sarif_writer,       &zp_junit_writer,          &zp_checkstyle_writer,
    &zp_github_writer,    &zp_gitlab_writer,      &zp_markdown_writer,       &zp_workbook_writer,
    &zp_page_writer,      &zp_drawn_html_writer,  &zp_drawn_markdown_writer, &zp_drawn_book_writer,
    &zp_sqlite_writer,    &zp_review_page_writer, &zp_review_book_writer,    NULL,
};

static bool fits(const ZpWriter *writer, ZpUse use)
{
    return use == ZP_USE_REVIEW  ? writer->for_review
           : use == ZP_USE_CHECK ? writer->for_check
                                 : writer->for_convert;
}

const ZpWriter *zp_writer_by_name(const char *name, ZpUse use)
{
    for (gsize k = 0; ZP_WRITERS[k]; k++) {
        if (fits(ZP_WRITERS[k], use) && strcmp(ZP_WRITERS[k]->name, name) == 0)
            return ZP_WRITERS[k];
    }
    return NULL;
}

bool zp_writer_wants_findings(const ZpWriter *writer)
{
    return writer == &zp_sqlite_writer || writer == &zp_check_csv_writer;
}

const ZpWriter *zp_writer_for_table(const char *table)
{
    static const struct {
        const char *name;
        const ZpWriter *writer;
    } TABLES[] = {{"indicators", &zp_csv_writer},
                  {"funds", &zp_csv_funds_writer},
                  {"forms", &zp_csv_forms_writer},
                  {"findings", &zp_check_csv_writer}};
    for (gsize k = 0; k < G_N_ELEMENTS(TABLES); k++) {
        if (strcmp(TABLES[k].name, table) == 0)
            return TABLES[k].writer;
    }
    return NULL;
}

const ZpWriter *zp_writer_for_ledger(const ZpWriter *writer)
{
    static const struct {
        const ZpWriter *of_forms, *of_ledger;
    } TWINS[] = {
        {&zp_json_writer, &zp_ledger_json_writer},
        {&zp_ndjson_writer, &zp_ledger_ndjson_writer},
        {&zp_csv_writer, &zp_ledger_csv_writer},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(TWINS); k++) {
        if (TWINS[k].of_forms == writer)
            return TWINS[k].of_ledger;
    }
    return NULL;
}

bool zp_writing_flush(ZpWriting *writing, gsize least, GError **error)
{
    GString *buffer = writing->buffer;
    if (buffer->len < least)
        return true;
    g_autoptr(GError) cause = NULL;
    if (!g_output_stream_write_all(writing->stream, buffer->str, buffer->len, NULL, NULL, &cause)) {
        writing->is_closed = g_error_matches(cause, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE);
        zp_error_set(error, ZP_ERROR_OUTPUT, "结果无法写出：%s", "cannot write the output: %s",
                     cause->message);
        return false;
    }
    g_string_truncate(buffer, 0);
    return true;
}

bool zp_writing_start(ZpWriting *writing, const ZpWriter *writer, const ZpRulebook *rulebook,
                      const ZpWriteOptions *options, GOutputStream *stream, GError **error)
{
    *writing = (ZpWriting){.writer = writer,
                           .rulebook = rulebook,
                           .options = *options,
                           .stream = stream,
                           .buffer = g_string_sized_new(ZP_WRITING_BUFFER)};
    return !writer->begin || writer->begin(writing, error);
}

bool zp_writing_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    for (; writing; writing = writing->next) {
        if (!writing->writer->file(writing, result, error))
            return false;
        writing->n_files++;
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    return true;
}

bool zp_writing_end(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    for (; writing; writing = writing->next) {
        if (writing->writer->end && !writing->writer->end(writing, summary, error))
            return false;
        if (!zp_writing_flush(writing, 1, error))
            return false;
    }
    return true;
}

bool zp_writing_wants_digests(const ZpWriting *writing)
{
    for (; writing; writing = writing->next) {
        if (writing->writer->wants_digests)
            return true;
    }
    return false;
}

char *zp_writer_names(ZpUse use)
{
    GString *names = g_string_new(NULL);
    for (gsize k = 0; ZP_WRITERS[k]; k++) {
        if (fits(ZP_WRITERS[k], use))
            g_string_append_printf(names, "%s%s", names->len > 0 ? "|" : "", ZP_WRITERS[k]->name);
    }
    return g_string_free(names, FALSE);
}

void zp_writing_clear(ZpWriting *writing)
{
    zp_fold_free(writing->fold);
    if (writing->buffer)
        g_string_free(writing->buffer, TRUE);
    if (writing->free_state)
        writing->free_state(writing->state);
    *writing = (ZpWriting){0};
}

const ZpForm *zp_result_form(const ZpResult *result, const ZpFinding *finding)
{
    bool has_form =
        finding->form >= 0 && result->forms && (guint)finding->form < result->forms->len;
    return has_form ? g_ptr_array_index(result->forms, finding->form) : NULL;
}
