/*
 * picture_pdf.c - the pages of a picture's file as those of a PDF, for a layer of text to go over.
 */
#include "parsers/image/picture_pdf.h"

#include "base/limits.h"
#include "parsers/image/page.h"

#include <math.h>

/* JPEG stays what it is, the rest keeps every pixel; nothing here writes a temporary file, which a worker may not. */
static L_COMP_DATA *pdf_data(GBytes *bytes, guint page, float *dpi)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    PIX *pix = NULL;
    L_COMP_DATA *made = NULL;
    if (picture_decode(data, size, page, &pix, dpi) != PICTURE_WELL)
        return NULL;
    bool is_jpeg = size > 2 && data[0] == 0xff && data[1] == 0xd8;
    if (is_jpeg)
        made = l_generateJpegDataMem(g_memdup2(data, size), size, 0);
    else
        pixGenerateCIData(pix, L_FLATE_ENCODE, 0, 0, &made);
    *dpi = picture_dpi(pix, *dpi);
    pixDestroy(&pix);
    return made;
}

GBytes *picture_to_pdf(GBytes *bytes)
{
    L_PTRA *pages = ptraCreate(0);
    l_uint8 *data = NULL;
    size_t size = 0;
    gsize n_bytes = 0;
    const guint8 *from = g_bytes_get_data(bytes, &n_bytes);
    guint n_pictures = MIN(picture_count(from, n_bytes), ZP_LIMIT_IMAGE_PAGES);
    setMsgSeverity(L_SEVERITY_NONE);
    l_pdfSetDateAndVersion(0); /* the same bytes every time */
    bool done = pages != NULL;
    for (guint k = 0; done && k < n_pictures; k++) {
        float dpi = 0;
        L_COMP_DATA *made = pdf_data(bytes, k, &dpi);
        if (made)
            made->res = (l_int32)lroundf(dpi);
        l_uint8 *one = NULL;
        size_t length = 0;
        done = made && cidConvertToPdfData(made, NULL, &one, &length) == 0;
        L_BYTEA *page = done ? l_byteaInitFromMem(one, length) : NULL;
        done = page && ptraAdd(pages, page) == 0;
        lept_free(one);
    }
    l_int32 n = 0;
    done = done && ptraGetActualCount(pages, &n) == 0 && n > 0 &&
           ptraConcatenatePdfToData(pages, NULL, &data, &size) == 0;
    GBytes *pdf = done ? g_bytes_new(data, size) : NULL;
    lept_free(data);
    for (l_int32 k = 0; k < n; k++) {
        L_BYTEA *page = ptraRemove(pages, k, L_NO_COMPACTION);
        l_byteaDestroy(&page);
    }
    ptraDestroy(&pages, 0, 0);
    return pdf;
}
