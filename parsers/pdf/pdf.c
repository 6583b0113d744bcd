/*
 * pdf.c - tells PDF documents and opens the module that reads them.
 */
#include "parsers/pdf/pdf.h"

#include "base/error.h"
#include "parsers/mark.h"
#include "parsers/pdf/module.h"
#include "parsers/shared/modules.h"

#include <string.h>

#define MODULE_FILE "ziping-pdf.so"
/* A PDF may have bytes before its header, by old habit at most so many. */
#define HEADER_WITHIN 1024

static const char *const SUFFIXES[] = {".pdf", NULL};

static int probe(GBytes *head)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(head, &size);
    if (size >= 5 && memcmp(data, "%PDF-", 5) == 0)
        return 100;
    return size && memmem(data, MIN(size, (gsize)HEADER_WITHIN), "%PDF-1.", 7) ? ZP_PROBE_SURE : 0;
}

char *zp_pdf_module_path(void)
{
    return zp_module_path(MODULE_FILE);
}

/* Said once it is open: looking for it again would fail in a closed sandbox. */
static const ZpPdfModule *opened;

static const ZpPdfModule *open_module(GError **error)
{
    const char *why = NULL;
    const ZpPdfModule *pdf = zp_module_open(MODULE_FILE, ZP_PDF_MODULE_SYMBOL, &why);
    if (!pdf) {
        zp_error_set(error, ZP_ERROR_IO,
                     "读取 PDF 的模块 %s 打不开（%s）；请安装完整的 ziping，以及 libpoppler-glib8、"
                     "poppler-data、libqpdf29",
                     "the module that reads PDF, %s, cannot be opened (%s); install all of ziping, "
                     "and libpoppler-glib8, poppler-data, libqpdf29",
                     MODULE_FILE, why);
        return NULL;
    }
    if (strcmp(pdf->version, ZP_VERSION) == 0)
        return pdf;
    zp_error_set(error, ZP_ERROR_IO, "模块 %s 的版本是 %s，程序是 %s；请重新安装 ziping",
                 "the module %s is of version %s, the program of %s; install ziping again",
                 MODULE_FILE, pdf->version, ZP_VERSION);
    return NULL;
}

bool zp_pdf_load(GError **error)
{
    if (!opened)
        opened = open_module(error);
    return opened != NULL;
}

static ZpDocument *read_pdf(GBytes *input, const ZpReadOptions *options, GError **error)
{
    return zp_pdf_load(error) ? opened->read(input, options, error) : NULL;
}

GBytes *zp_mark_pdf(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                    GError **error)
{
    return zp_pdf_load(error) ? opened->mark(input, marks, options, error) : NULL;
}

static bool is_encrypted(GBytes *input)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(input, &size);
    return memmem(data, size, "/Encrypt", strlen("/Encrypt"));
}

GBytes *zp_pdf_add_lines(GBytes *input, const GArray *lines, const ZpReadOptions *options,
                         GError **error)
{
    return zp_pdf_load(error) ? opened->add_lines(input, lines, options, error) : NULL;
}

const ZpParser zp_pdf_parser = {
    .name = "pdf",
    .zh = "PDF",
    .en = "PDF",
    .suffixes = SUFFIXES,
    .probe = probe,
    .read = read_pdf,
    .is_locked = is_encrypted,
    .mark = zp_mark_pdf,
    .cost = {1900, 200},
};
