/*
 * ocr.c - how a text of a picture was read, copied and freed.
 */
#include "model/ocr.h"

ZpOcr *zp_ocr_copy(const ZpOcr *ocr, GStringChunk *strings)
{
    ZpOcr *copy = g_new(ZpOcr, 1);
    const char **const texts[] = {&copy->was, &copy->who, &copy->when};
    *copy = *ocr;
    for (guint k = 0; k < copy->n_others; k++)
        copy->others[k] = g_string_chunk_insert(strings, copy->others[k]);
    for (gsize k = 0; k < G_N_ELEMENTS(texts); k++) {
        if (*texts[k])
            *texts[k] = g_string_chunk_insert(strings, *texts[k]);
    }
    if (copy->crop)
        g_bytes_ref(copy->crop);
    return copy;
}

void zp_ocr_free(ZpOcr *ocr)
{
    if (!ocr)
        return;
    g_clear_pointer(&ocr->crop, g_bytes_unref);
    g_free(ocr);
}

const char *zp_ocr_name(ZpOcrState state)
{
    static const char *const NAMES[ZP_OCR_COUNT] = {
        [ZP_OCR_READ] = "read",
        [ZP_OCR_DOUBTFUL] = "doubtful",
        [ZP_OCR_CONFIRMED] = "confirmed",
        [ZP_OCR_CORRECTED] = "corrected",
    };
    return NAMES[state];
}
