/*
 * searchable.c - read, then a text layer over a copy: of a picture, the PDF that it is put into.
 */
#include "run/searchable.h"

#include "base/error.h"
#include "parsers/image/image.h"
#include "parsers/pdf/pdf.h"
#include "run/apart.h"

/* Why not, in both languages, and the copy. */
#define ANSWER "(ssay)"

static void prepare(gpointer data)
{
    (void)data;
    /* What is missing is said by whoever needs it. */
    zp_pdf_load(NULL);
    zp_image_load(NULL);
}

static bool set_nothing_read(const ZpDocument *document, GError **error)
{
    const ZpLoss *why = NULL;
    for (guint k = 0; k < document->losses->len && !why; k++) {
        const ZpLoss *loss = g_ptr_array_index(document->losses, k);
        why = loss->kind == ZP_LOSS_NO_TEXT_LAYER ? loss : NULL;
    }
    if (why)
        zp_error_set(error, ZP_ERROR_KIND, "%s%.0s", "%.0s%s", why->zh, why->en);
    else
        zp_error_set(error, ZP_ERROR_KIND, "没有从图片读出的页，不用加文字层",
                     "no page of it was read from a picture, so it needs no text layer");
    return false;
}

static GBytes *make_copy(const ZpSearchableOptions *options, GError **error)
{
    const ZpReadOptions reading = {
        .password = options->password, .limits = &options->limits, .wants_lines = true};
    const ZpParser *parser = zp_parser_probe(options->input, options->path, error);
    if (!parser)
        return NULL;
    if (parser != &zp_pdf_parser && parser != &zp_image_parser) {
        zp_error_set(error, ZP_ERROR_KIND, "只有 PDF 和图片可以加文字层，这是 %s",
                     "a text layer goes over PDFs and pictures; this is %s", parser->name);
        return NULL;
    }
    g_autoptr(ZpDocument) document = parser->read(options->input, &reading, error);
    if (!document ||
        ((!document->lines || !document->lines->len) && !set_nothing_read(document, error)))
        return NULL;
    g_autoptr(GBytes) pdf = parser == &zp_pdf_parser ? g_bytes_ref(options->input)
                                                     : zp_image_to_pdf(options->input, error);
    return pdf ? zp_pdf_add_lines(pdf, document->lines, &reading, error) : NULL;
}

static GVariant *work(gpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) copy = make_copy(data, &error);
    g_autoptr(GBytes) bytes = copy ? g_bytes_ref(copy) : g_bytes_new(NULL, 0);
    return g_variant_new("(ss@ay)", error ? zp_error_text(error, ZP_LANG_ZH) : "",
                         error ? zp_error_text(error, ZP_LANG_EN) : "",
                         g_variant_new_from_bytes(G_VARIANT_TYPE_BYTESTRING, bytes, TRUE));
}

GBytes *zp_searchable_run(const ZpSearchableOptions *options, GError **error)
{
    const ZpApart apart = {.prepare = prepare,
                           .work = work,
                           .data = (gpointer)options,
                           .type = G_VARIANT_TYPE(ANSWER),
                           .is_shut_in = !options->no_sandbox,
                           .memory_bytes = zp_limits_get(&options->limits, ZP_BOUND_MEMORY),
                           .seconds = (guint)zp_limits_get(&options->limits, ZP_BOUND_TIME),
                           .most = zp_limits_get(&options->limits, ZP_BOUND_OUTPUT)};
    g_autoptr(GVariant) answer = zp_apart_run(&apart, error);
    if (!answer)
        return NULL;
    const char *zh, *en;
    g_autoptr(GVariant) bytes = NULL;
    g_variant_get(answer, "(&s&s@ay)", &zh, &en, &bytes);
    if (*zh) {
        zp_error_set(error, ZP_ERROR_KIND, "%s%.0s", "%.0s%s", zh, en);
        return NULL;
    }
    return g_variant_get_data_as_bytes(bytes);
}
