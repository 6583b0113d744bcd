/*
 * json.c - the writers json and ndjson.
 *
 * A file may hold thousands of forms, so it never becomes one tree: the envelope is written
 * as text around objects that are each written by themselves.
 *
 *     {"schema": "ziping/convert/1", "version": …, "rulebook": …, "files": [
 *     {"path": …, "error": null, "forms": [
 *     {…a form…},
 *     {…a form…}]}
 *     ]}
 *
 * One form or finding a line: the output greps well and is one JSON text all the same.
 * ndjson uses the same objects: convert gives a line a form, check a line a file and a last
 * line {"summary": …}.
 */
#include "output/report_json.h"

/* Append an object's JSON to the buffer and free it. */
static bool print_object(ZpWriting *writing, json_t *object, GError **error)
{
    return zp_json_print(writing->buffer, object, error);
}

/* Print a whole object, then let the buffer drain. */
static bool write_object(ZpWriting *writing, json_t *object, GError **error)
{
    return print_object(writing, object, error) &&
           zp_writing_flush(writing, ZP_WRITING_BUFFER, error);
}

/* Print an object without its last brace, so that further keys can follow. */
static bool open_object(ZpWriting *writing, json_t *object, GError **error)
{
    if (!print_object(writing, object, error))
        return false;
    g_string_truncate(writing->buffer, writing->buffer->len - 1);
    return true;
}

/* A list of a file: how long it is and how an entry is written. */
typedef struct {
    const char *key;
    guint (*count)(const ZpResult *result);
    void (*emit)(ZpEmitter *emitter, const ZpWriting *writing, const ZpResult *result, guint k);
} List;

static guint count_forms(const ZpResult *result)
{
    return result->forms ? result->forms->len : 0;
}

static guint count_findings(const ZpResult *result)
{
    return result->report ? result->report->findings->len : 0;
}

static guint count_unevaluated(const ZpResult *result)
{
    return result->report ? result->report->unevaluated->len : 0;
}

static void emit_form(ZpEmitter *emitter, const ZpWriting *writing, const ZpResult *result, guint k)
{
    const ZpFormShape shape = {.lang = writing->options.lang};
    zp_emit_open(emitter, NULL, '{');
    zp_emit_form(emitter, g_ptr_array_index(result->forms, k), &shape);
    zp_emit_close(emitter, '}');
}

static void emit_checked_form(ZpEmitter *emitter, const ZpWriting *writing, const ZpResult *result,
                              guint k)
{
    (void)writing;
    zp_emit_checked_form(emitter, NULL, g_ptr_array_index(result->forms, k),
                         g_ptr_array_index(result->report->verdicts, k));
}

static void emit_finding(ZpEmitter *emitter, const ZpWriting *writing, const ZpResult *result,
                         guint k)
{
    zp_emit_finding(emitter, writing->rulebook, g_ptr_array_index(result->report->findings, k),
                    writing->options.lang);
}

static void emit_unevaluated(ZpEmitter *emitter, const ZpWriting *writing, const ZpResult *result,
                             guint k)
{
    zp_emit_unevaluated(emitter, g_ptr_array_index(result->report->unevaluated, k),
                        writing->options.lang);
}

static const List CONVERT_LISTS[] = {
    {"forms", count_forms, emit_form},
    {NULL, NULL, NULL},
};

static const List CHECK_LISTS[] = {
    {"forms", count_forms, emit_checked_form},
    {"findings", count_findings, emit_finding},
    {"not_evaluable", count_unevaluated, emit_unevaluated},
    {NULL, NULL, NULL},
};

static bool write_list(ZpWriting *writing, const ZpResult *result, const List *list,
                       const char *gap, GError **error)
{
    guint n = list->count(result);
    g_string_append_printf(writing->buffer, ",%s\"%s\": [", gap, list->key);
    for (guint k = 0; k < n; k++) {
        g_string_append_printf(writing->buffer, "%s%s", k > 0 ? "," : "", gap);
        ZpEmitter emitter = {.out = writing->buffer};
        list->emit(&emitter, writing, result, k);
        if (!zp_writing_flush(writing, ZP_WRITING_BUFFER, error))
            return false;
    }
    g_string_append_c(writing->buffer, ']');
    return true;
}

/* An entry of `files`; @gap stands between its parts: a line end, or a space in ndjson. */
static bool write_file_object(ZpWriting *writing, const ZpResult *result, const char *gap,
                              GError **error)
{
    if (!open_object(writing, zp_json_file_head(result, writing->options.lang), error))
        return false;
    for (const List *list = writing->options.check ? CHECK_LISTS : CONVERT_LISTS; list->key;
         list++) {
        if (!write_list(writing, result, list, gap, error))
            return false;
    }
    g_string_append_c(writing->buffer, '}');
    return true;
}

static bool begin_json(ZpWriting *writing, GError **error)
{
    json_t *head = json_object();
    const char *schema = writing->options.check ? "ziping/check/1" : "ziping/convert/1";
    zp_json_put(head, "schema", json_string(schema));
    zp_json_put(head, "version", json_string(ZP_VERSION));
    zp_json_put(head, "rulebook", zp_json_text(zp_rulebook_digest(writing->rulebook)));
    if (!open_object(writing, head, error))
        return false;
    g_string_append(writing->buffer, ", \"files\": [");
    return true;
}

static bool write_json_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    g_string_append(writing->buffer, writing->n_files > 0 ? ",\n" : "\n");
    return write_file_object(writing, result, "\n", error);
}

static bool write_gone(ZpWriting *writing, const GArray *gone, GError **error)
{
    g_string_append(writing->buffer, ",\n\"gone\": [");
    for (guint k = 0; gone && k < gone->len; k++) {
        g_string_append(writing->buffer, k > 0 ? ",\n" : "\n");
        if (!write_object(writing, zp_json_gone(&g_array_index(gone, ZpGone, k)), error))
            return false;
    }
    g_string_append_c(writing->buffer, ']');
    return true;
}

static bool write_notices(ZpWriting *writing, const GPtrArray *notices, GError **error)
{
    json_t *array = json_array();
    for (guint k = 0; k < notices->len; k++)
        json_array_append_new(array, zp_json_text(g_ptr_array_index(notices, k)));
    g_string_append(writing->buffer, ",\n\"notices\": ");
    return write_object(writing, array, error);
}

/* What stands behind the files: of these, summary is always there. */
static bool write_totals(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    if (summary->has_diff && !write_gone(writing, summary->gone, error))
        return false;
    if (summary->notices && summary->notices->len > 0 &&
        !write_notices(writing, summary->notices, error))
        return false;
    if (writing->options.statistics) {
        g_string_append(writing->buffer, ",\n\"statistics\": ");
        if (!write_object(writing, zp_json_statistics(summary), error))
            return false;
    }
    g_string_append(writing->buffer, ",\n\"summary\": ");
    return write_object(writing, zp_json_summary(summary), error);
}

static bool end_json(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    g_string_append(writing->buffer, "\n]");
    if (writing->options.check && !write_totals(writing, summary, error))
        return false;
    g_string_append(writing->buffer, "}\n");
    return true;
}

/* A form's line: the file's names first, then the form's own keys. */
static bool write_form_line(ZpWriting *writing, const ZpResult *result, const ZpForm *form,
                            GError **error)
{
    ZpEmitter emitter = {.out = writing->buffer};
    const ZpFormShape shape = {.lang = writing->options.lang};
    zp_emit_open(&emitter, NULL, '{');
    zp_emit_path(&emitter, result->path);
    zp_emit_text(&emitter, "sha256", result->sha256);
    zp_emit_text(&emitter, "format", result->format);
    zp_emit_form(&emitter, form, &shape);
    zp_emit_close(&emitter, '}');
    g_string_append_c(writing->buffer, '\n');
    return zp_writing_flush(writing, ZP_WRITING_BUFFER, error);
}

static bool write_ndjson_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    if (writing->options.check || result->error) {
        bool written = write_file_object(writing, result, " ", error);
        g_string_append_c(writing->buffer, '\n');
        return written;
    }
    for (guint k = 0; k < count_forms(result); k++) {
        if (!write_form_line(writing, result, g_ptr_array_index(result->forms, k), error))
            return false;
    }
    return true;
}

static bool end_ndjson(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    if (!writing->options.check)
        return true;
    json_t *object = json_object();
    zp_json_put(object, "summary", zp_json_summary(summary));
    if (writing->options.statistics)
        zp_json_put(object, "statistics", zp_json_statistics(summary));
    if (!write_object(writing, object, error))
        return false;
    g_string_append_c(writing->buffer, '\n');
    return true;
}

const ZpWriter zp_json_writer = {
    .name = "json",
    .zh = "一份 JSON",
    .en = "one JSON document",
    .for_convert = true,
    .for_check = true,
    .wants_digests = true,
    .begin = begin_json,
    .file = write_json_file,
    .end = end_json,
};
const ZpWriter zp_ndjson_writer = {
    .name = "ndjson",
    .zh = "JSON，一行一条",
    .en = "JSON, a line a record",
    .for_convert = true,
    .for_check = true,
    .wants_digests = true,
    .file = write_ndjson_file,
    .end = end_ndjson,
};
