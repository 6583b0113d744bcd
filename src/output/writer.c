/*
 * writer.c - the way of bytes to the stream.
 *
 * A writer appends to one GString; the bytes leave in pieces of ZP_WRITING_BUFFER, so an
 * output of any size needs little memory.  Nothing leaves before the first file, so a run
 * that finds nothing to do writes nothing.
 */
#include "output/writer.h"

#include "base/error.h"
#include "output/fold.h"

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
