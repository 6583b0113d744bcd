/*
 * page.c - what `check` found as one web page that needs nothing else: --format html.
 *
 *     head     a policy (CSP) that lets only the page's own scripts and style run, by their hashes; style
 *     body     the empty page (page/report.html)
 *     blocks   <script type="text/plain" class="forms">base64 of gzip of JSON</script>, as the run goes
 *     scripts  jQuery, DataTables, Chart.js (of Debian, built in), page/report.js
 *
 * Nothing of a document is ever mark-up: it is JSON, compressed and in base64, and the script writes it as
 * text.  `rows` blocks hold what the list needs of each form, `forms` blocks the forms; one of these is unpacked
 * when a form in it is opened.  Blocks leave as they fill, so a run of any length needs little memory.
 */
#include "output/link.h"
#include "output/page_json.h"

#include "base/error.h"
#include "base/limits.h"
#include "page_resources.h"

#include <string.h>

/* Bytes of JSON that a block is filled to: a click unpacks as much. */
#define BLOCK_BYTES (512u * 1024)
/* Of zlib: the next ones cost more than they save. */
#define LEVEL 3

/* The scripts, in the order in which they run. */
static const char *const SCRIPTS[] = {
    "/ziping/page/jquery.min.js",
    "/ziping/page/jquery.dataTables.min.js",
    "/ziping/page/chart.min.js",
    "/ziping/page/report.js",
};

typedef struct {
    const char *kind;
    GString *json; /* "[…, …" */
    guint n, n_blocks;
} Block;

typedef struct {
    Block rows, forms;
    guint64 n_forms, n_left_out;
} State;

static void free_state(gpointer data)
{
    State *state = data;
    g_string_free(state->rows.json, TRUE);
    g_string_free(state->forms.json, TRUE);
    g_free(state);
}

static GBytes *resource(const char *path)
{
    return g_resource_lookup_data(zp_page_get_resource(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static void append_resource(GString *out, const char *path)
{
    g_autoptr(GBytes) bytes = resource(path);
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    g_string_append_len(out, data, (gssize)size);
}

/* " 'sha256-…'", as a policy names a script or style. */
static void append_hash(GString *out, const char *path)
{
    g_autoptr(GBytes) bytes = resource(path);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize size = 0, length = sizeof digest;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    g_checksum_update(sum, data, (gssize)size);
    g_checksum_get_digest(sum, digest, &length);
    g_autofree char *text = g_base64_encode(digest, length);
    g_string_append_printf(out, " 'sha256-%s'", text);
}

/* Of the scripts and the style, which never change: a run with a page for each unit hashes them once. */
static const char *hashes(void)
{
    static char *made; /* kept */
    if (made)
        return made;
    GString *out = g_string_new(NULL);
    for (gsize k = 0; k < G_N_ELEMENTS(SCRIPTS); k++)
        append_hash(out, SCRIPTS[k]);
    g_string_append(out, "; style-src");
    append_hash(out, "/ziping/page/report.css");
    made = g_string_free(out, FALSE);
    return made;
}

static bool begin_page(ZpWriting *writing, GError **error)
{
    GString *out = writing->buffer;
    State *state = g_new0(State, 1);
    (void)error;
    state->rows = (Block){.kind = "rows", .json = g_string_new("[")};
    state->forms = (Block){.kind = "forms", .json = g_string_new("[")};
    writing->state = state;
    writing->free_state = free_state;
    g_string_append_printf(
        out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"generator\" content=\"ziping\">\n", /* parsers/own.c knows it by that */
        zp_lang_pick(writing->options.lang, "zh-CN", "en"));
    g_string_append(out,
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "base-uri 'none'; form-action 'none'; script-src");
    g_string_append(out, hashes());
    g_string_append(out, "\">\n<style>");
    append_resource(out, "/ziping/page/report.css");
    g_string_append(out, "</style>\n");
    append_resource(out, "/ziping/page/report.html");
    return true;
}

static GBytes *compressed(const GString *json, GError **error)
{
    g_autoptr(GZlibCompressor) gzip = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, LEVEL);
    g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable();
    g_autoptr(GOutputStream) stream = g_converter_output_stream_new(memory, G_CONVERTER(gzip));
    if (!g_output_stream_write_all(stream, json->str, json->len, NULL, NULL, error) ||
        !g_output_stream_close(stream, NULL, error))
        return NULL;
    return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(memory));
}

static bool write_block(ZpWriting *writing, const char *kind, const GString *json, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GBytes) bytes = compressed(json, &cause);
    if (!bytes) {
        zp_error_set(error, ZP_ERROR_OUTPUT, "结果无法压缩：%s", "cannot compress the output: %s",
                     cause->message);
        return false;
    }
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    g_autofree char *text = g_base64_encode(data, size);
    g_string_append_printf(writing->buffer, "<script type=\"text/plain\" class=\"%s\">", kind);
    g_string_append(writing->buffer, text);
    g_string_append(writing->buffer, "</script>\n");
    return zp_writing_flush(writing, ZP_WRITING_BUFFER, error);
}

static bool end_block(ZpWriting *writing, Block *block, GError **error)
{
    if (block->n == 0)
        return true;
    g_string_append_c(block->json, ']');
    bool done = write_block(writing, block->kind, block->json, error);
    g_string_assign(block->json, "[");
    block->n = 0;
    block->n_blocks++;
    return done;
}

static bool add_to_block(ZpWriting *writing, Block *block, json_t *object, GError **error)
{
    if (block->n++ > 0)
        g_string_append(block->json, ",\n");
    return zp_json_print(block->json, object, error) &&
           (block->json->len < BLOCK_BYTES || end_block(writing, block, error));
}

static bool write_form(ZpWriting *writing, const ZpResult *result, guint form,
                       const ZpPageLinks *links, GError **error)
{
    State *state = writing->state;
    json_t *row = zp_page_row(result, form, links);
    guint most = writing->options.report_forms;
    if (state->n_forms++ >= (most ? most : ZP_LIMIT_REPORT_FORMS)) {
        state->n_left_out++; /* counted and listed, not drawn */
    } else {
        zp_json_put(row, "block", json_integer(state->forms.n_blocks));
        zp_json_put(row, "at", json_integer(state->forms.n));
        json_t *object = zp_page_form(writing->rulebook, result, form);
        if (!add_to_block(writing, &state->forms, object, error)) {
            json_decref(row);
            return false;
        }
    }
    return add_to_block(writing, &state->rows, row, error);
}

static bool write_page_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    State *state = writing->state;
    g_autoptr(GString) link = g_string_new(NULL);
    g_autoptr(GString) marked = g_string_new(NULL);
    bool has_link = zp_link_append(link, writing->options.folder, result->path);
    bool has_copy =
        result->marked && zp_link_append_file(marked, writing->options.folder, result->marked);
    const ZpPageLinks links = {has_link ? link->str : NULL, has_copy ? marked->str : NULL};
    json_t *about = zp_page_file(writing->rulebook, result, &links);
    if (about && !add_to_block(writing, &state->rows, about, error))
        return false;
    for (guint k = 0; result->forms && k < result->forms->len; k++) {
        if (!write_form(writing, result, k, &links, error))
            return false;
    }
    return true;
}

static bool end_page(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    State *state = writing->state;
    g_autoptr(GString) json = g_string_new(NULL);
    json_t *totals = zp_page_totals(writing->rulebook, summary, writing->options.lang);
    zp_json_put(totals, "left_out", json_integer((json_int_t)state->n_left_out));
    if (!zp_json_print(json, totals, error) || !end_block(writing, &state->forms, error) ||
        !end_block(writing, &state->rows, error) || !write_block(writing, "totals", json, error))
        return false;
    for (gsize k = 0; k < G_N_ELEMENTS(SCRIPTS); k++) {
        g_string_append(writing->buffer, "<script>");
        append_resource(writing->buffer, SCRIPTS[k]);
        g_string_append(writing->buffer, "</script>\n");
    }
    g_string_append(writing->buffer, "</body>\n</html>\n");
    return true;
}

const ZpWriter zp_page_writer = {"html", false, true, false, begin_page, write_page_file, end_page};
