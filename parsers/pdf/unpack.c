/*
 * unpack.c - counts what streams unpack to, without keeping it.
 *
 *     no filter           as long as it is
 *     a short stream      cannot hold more than the ratio of its filters: not unpacked
 *     one Flate filter    unpacked piece by piece until it ends or is too long
 *     anything else       what the ratio says at most
 *
 * Source: ISO 32000-1, 7.4.
 */
#include "parsers/pdf/unpack.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* A deflated stream unpacks to at most this many times its size. */
#define INFLATION 1032
/* Bytes unpacked at a time. */
#define PIECE_BYTES (64u * 1024)

/* The stored bytes of a stream; to be freed with free(). */
static unsigned char *stored_bytes(qpdf_data qpdf, qpdf_oh stream, size_t *length)
{
    unsigned char *raw = NULL;
    QPDF_BOOL is_filtered;
    *length = 0;
    int code = qpdf_oh_get_stream_data(qpdf, stream, qpdf_dl_none, &is_filtered, &raw, length);
    if (code & QPDF_ERRORS)
        *length = 0; /* with a warning the bytes are there, too */
    return raw;
}

static bool inflates_within(const unsigned char *raw, size_t length, gsize most)
{
    g_autofree unsigned char *piece = g_malloc(PIECE_BYTES);
    z_stream flate = {.next_in = (unsigned char *)raw, .avail_in = (uInt)length};
    if (length > G_MAXUINT || inflateInit(&flate) != Z_OK)
        return false;
    int code = Z_OK;
    while (code == Z_OK && flate.total_out <= most) {
        flate.next_out = piece;
        flate.avail_out = PIECE_BYTES;
        code = inflate(&flate, Z_NO_FLUSH);
    }
    bool fits = flate.total_out <= most;
    inflateEnd(&flate);
    return fits;
}

static bool is_flate(qpdf_data qpdf, qpdf_oh filter)
{
    return qpdf_oh_is_name_and_equals(qpdf, filter, "/FlateDecode") ||
           qpdf_oh_is_name_and_equals(qpdf, filter, "/Fl");
}

static bool stream_fits(qpdf_data qpdf, qpdf_oh stream, gsize most)
{
    qpdf_oh filter = qpdf_oh_get_key(qpdf, qpdf_oh_get_dict(qpdf, stream), "/Filter");
    int n_filters = qpdf_oh_is_array(qpdf, filter) ? qpdf_oh_get_array_n_items(qpdf, filter)
                                                   : !qpdf_oh_is_null(qpdf, filter);
    size_t length;
    unsigned char *raw = stored_bytes(qpdf, stream, &length);
    gsize rest = most;
    for (int k = 0; k < n_filters && rest; k++)
        rest /= INFLATION;
    bool fits = length <= rest;
    if (!fits && n_filters == 1) {
        if (qpdf_oh_is_array(qpdf, filter))
            filter = qpdf_oh_get_array_item(qpdf, filter, 0);
        fits = is_flate(qpdf, filter) && inflates_within(raw, length, most);
    }
    free(raw);
    return fits;
}

/* An object that was not seen before is noted; one without a number is always new. */
static bool is_new(qpdf_data qpdf, qpdf_oh object, GHashTable *known)
{
    int id = qpdf_oh_is_indirect(qpdf, object) ? qpdf_oh_get_object_id(qpdf, object) : 0;
    return !id || g_hash_table_add(known, GINT_TO_POINTER(id));
}

/* What does not fit is asked about again: each page that refers to it is to hear so. */
static bool known_as(qpdf_data qpdf, qpdf_oh object, GHashTable *known, bool fits)
{
    if (!fits)
        g_hash_table_remove(known, GINT_TO_POINTER(qpdf_oh_get_object_id(qpdf, object)));
    return fits;
}

bool unpack_fits(qpdf_data qpdf, qpdf_oh stream, GHashTable *known)
{
    if (!qpdf_oh_is_stream(qpdf, stream) || !is_new(qpdf, stream, known))
        return true;
    return known_as(qpdf, stream, known, stream_fits(qpdf, stream, ZP_LIMIT_PDF_CONTENT_BYTES));
}

typedef struct {
    qpdf_data qpdf;
    GHashTable *known;
    guint depth;
} Look;

static bool resources_fit(Look *look, qpdf_oh resources);

/* A stream that draws, with what it draws with; pictures are never unpacked for text. */
static bool drawn_fits(Look *look, qpdf_oh object)
{
    qpdf_data qpdf = look->qpdf;
    if (!qpdf_oh_is_stream(qpdf, object) || !is_new(qpdf, object, look->known))
        return true;
    qpdf_oh dictionary = qpdf_oh_get_dict(qpdf, object);
    if (qpdf_oh_is_name_and_equals(qpdf, qpdf_oh_get_key(qpdf, dictionary, "/Subtype"), "/Image"))
        return true;
    bool fits = stream_fits(qpdf, object, ZP_LIMIT_PDF_CONTENT_BYTES) &&
                resources_fit(look, qpdf_oh_get_key(qpdf, dictionary, "/Resources"));
    return known_as(qpdf, object, look->known, fits);
}

static bool mask_fits(Look *look, qpdf_oh state)
{
    if (!qpdf_oh_is_dictionary(look->qpdf, state))
        return true;
    qpdf_oh mask = qpdf_oh_get_key(look->qpdf, state, "/SMask");
    return !qpdf_oh_is_dictionary(look->qpdf, mask) ||
           drawn_fits(look, qpdf_oh_get_key(look->qpdf, mask, "/G"));
}

static bool each_fits(Look *look, qpdf_oh dictionary, bool (*fits)(Look *look, qpdf_oh value));

static bool font_fits(Look *look, qpdf_oh font)
{
    static const char *const STREAMS[] = {"/ToUnicode", "/Encoding"};
    static const char *const FILES[] = {"/FontFile", "/FontFile2", "/FontFile3", "/CIDToGIDMap"};
    qpdf_data qpdf = look->qpdf;
    if (!qpdf_oh_is_dictionary(qpdf, font))
        return true;
    for (guint k = 0; k < G_N_ELEMENTS(STREAMS); k++) {
        if (!unpack_fits(qpdf, qpdf_oh_get_key(qpdf, font, STREAMS[k]), look->known))
            return false;
    }
    qpdf_oh descendants = qpdf_oh_get_key(qpdf, font, "/DescendantFonts"), inner = font;
    if (qpdf_oh_is_array(qpdf, descendants) && qpdf_oh_get_array_n_items(qpdf, descendants) > 0)
        inner = qpdf_oh_get_array_item(qpdf, descendants, 0);
    if (!qpdf_oh_is_dictionary(qpdf, inner))
        return true;
    qpdf_oh descriptor = qpdf_oh_get_key(qpdf, inner, "/FontDescriptor");
    for (guint k = 0; k < G_N_ELEMENTS(FILES); k++) {
        if (qpdf_oh_is_dictionary(qpdf, descriptor) &&
            !unpack_fits(qpdf, qpdf_oh_get_key(qpdf, descriptor, FILES[k]), look->known))
            return false;
        if (!unpack_fits(qpdf, qpdf_oh_get_key(qpdf, inner, FILES[k]), look->known))
            return false;
    }
    return each_fits(look, qpdf_oh_get_key(qpdf, font, "/CharProcs"), drawn_fits) &&
           resources_fit(look, qpdf_oh_get_key(qpdf, font, "/Resources"));
}

static bool each_fits(Look *look, qpdf_oh dictionary, bool (*fits)(Look *look, qpdf_oh value))
{
    if (!qpdf_oh_is_dictionary(look->qpdf, dictionary))
        return true;
    bool done = true;
    qpdf_oh_begin_dict_key_iter(look->qpdf, dictionary);
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    while (qpdf_oh_dict_more_keys(look->qpdf))
        g_ptr_array_add(keys, g_strdup(qpdf_oh_dict_next_key(look->qpdf)));
    for (guint k = 0; done && k < keys->len; k++)
        done = fits(look, qpdf_oh_get_key(look->qpdf, dictionary, keys->pdata[k]));
    return done;
}

static bool resources_fit(Look *look, qpdf_oh resources)
{
    qpdf_data qpdf = look->qpdf;
    if (!qpdf_oh_is_dictionary(qpdf, resources) || !is_new(qpdf, resources, look->known))
        return true;
    if (look->depth >= ZP_LIMIT_PDF_TREE)
        return known_as(qpdf, resources, look->known, false);
    look->depth++;
    bool fits = each_fits(look, qpdf_oh_get_key(qpdf, resources, "/Font"), font_fits) &&
                each_fits(look, qpdf_oh_get_key(qpdf, resources, "/XObject"), drawn_fits) &&
                each_fits(look, qpdf_oh_get_key(qpdf, resources, "/ExtGState"), mask_fits);
    look->depth--;
    return known_as(qpdf, resources, look->known, fits);
}

bool unpack_resources_fit(qpdf_data qpdf, qpdf_oh resources, GHashTable *known)
{
    Look look = {.qpdf = qpdf, .known = known};
    return resources_fit(&look, resources);
}
