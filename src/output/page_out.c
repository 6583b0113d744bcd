/*
 * page_out.c - the parts of a report page in their order (page.c says which).
 */
#include "output/page_out.h"

#include "base/error.h"
#include "page_resources.h"

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

void zp_page_begin(ZpPageOut *page, ZpWriting *writing)
{
    GString *out = writing->buffer;
    *page = (ZpPageOut){.writing = writing,
                        .rows = {.kind = "rows", .json = g_string_new("[")},
                        .forms = {.kind = "forms", .json = g_string_new("[")}};
    g_string_append_printf(
        out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"generator\" content=\"ziping\">\n", /* parsers/own.c knows it by that */
        zp_lang_pick(writing->options.lang, "zh-CN", "en"));
    g_string_append(out,
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "base-uri 'none'; form-action 'none'; img-src data:; script-src");
    g_string_append(out, hashes());
    g_string_append(out, "\">\n<style>");
    append_resource(out, "/ziping/page/report.css");
    g_string_append(out, "</style>\n");
    append_resource(out, "/ziping/page/report.html");
}

void zp_page_clear(ZpPageOut *page)
{
    if (page->rows.json)
        g_string_free(page->rows.json, TRUE);
    if (page->forms.json)
        g_string_free(page->forms.json, TRUE);
    *page = (ZpPageOut){0};
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

static bool end_block(ZpWriting *writing, ZpPageBlock *block, GError **error)
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

static bool add_to_block(ZpWriting *writing, ZpPageBlock *block, const GString *json,
                         GError **error)
{
    if (block->n++ > 0)
        g_string_append(block->json, ",\n");
    g_string_append_len(block->json, json->str, (gssize)json->len);
    return block->json->len < BLOCK_BYTES || end_block(writing, block, error);
}

bool zp_page_add(ZpPageOut *page, GString *row, const GString *form, GError **error)
{
    if (form) {
        g_string_truncate(row, row->len - 1); /* its brace */
        g_string_append_printf(row, ",\"block\":%u,\"at\":%u}", page->forms.n_blocks,
                               page->forms.n);
    }
    return (!form || add_to_block(page->writing, &page->forms, form, error)) &&
           add_to_block(page->writing, &page->rows, row, error);
}

bool zp_page_end(ZpPageOut *page, json_t *totals, GError **error)
{
    ZpWriting *writing = page->writing;
    g_autoptr(GString) json = g_string_new(NULL);
    if (!zp_json_print(json, totals, error) || !end_block(writing, &page->forms, error) ||
        !end_block(writing, &page->rows, error) || !write_block(writing, "totals", json, error))
        return false;
    for (gsize k = 0; k < G_N_ELEMENTS(SCRIPTS); k++) {
        g_string_append(writing->buffer, "<script>");
        append_resource(writing->buffer, SCRIPTS[k]);
        g_string_append(writing->buffer, "</script>\n");
    }
    g_string_append(writing->buffer, "</body>\n</html>\n");
    return true;
}
