/*
 * pdf.c - tells PDF documents and opens the module that reads them.
 *
 * The module is looked for beside the program (a build folder) and in the library folder that
 * belongs to where the program stands, then in the one it was configured with; never in the
 * current folder or along a search path.
 */
#include "parsers/pdf.h"

#include "base/error.h"
#include "parsers/mark.h"
#include "parsers/pdf/module.h"

#include <gmodule.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

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

/* Where the program stands; without /proc as it was called, which the kernel hands over. */
static char *program_path(void)
{
    char *program = g_file_read_link("/proc/self/exe", NULL);
    if (program)
        return program;
    const char *called = (const char *)getauxval(AT_EXECFN);
    char *real = called ? realpath(called, NULL) : NULL;
    program = g_strdup(real);
    free(real);
    return program;
}

/* The file is in the first folder that has one. */
char *zp_pdf_module_path(void)
{
    g_autofree char *program = program_path();
    g_autofree char *folder = program ? g_path_get_dirname(program) : NULL;
    char *const places[] = {
        folder ? g_build_filename(folder, MODULE_FILE, NULL) : NULL,
        folder ? g_build_filename(folder, ZP_MODULES_FROM_PROGRAM, MODULE_FILE, NULL) : NULL,
        g_build_filename(ZP_MODULES, MODULE_FILE, NULL),
    };
    char *found = NULL;
    for (gsize k = 0; k < G_N_ELEMENTS(places); k++) {
        if (!found && places[k] && g_path_is_absolute(places[k]) &&
            g_file_test(places[k], G_FILE_TEST_IS_REGULAR))
            found = places[k];
        else
            g_free(places[k]);
    }
    return found;
}

/* Said once it is open: looking for it again would fail in a closed sandbox. */
static const ZpPdfModule *opened;

static const ZpPdfModule *open_module(GError **error)
{
    g_autofree char *path = zp_pdf_module_path();
    gpointer symbol = NULL;
    GModule *module = path ? g_module_open(path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL) : NULL;
    if (!module || !g_module_symbol(module, ZP_PDF_MODULE_SYMBOL, &symbol)) {
        zp_error_set(error, ZP_ERROR_IO,
                     "读取 PDF 的模块 %s 打不开（%s）；请安装完整的 ziping，以及 libpoppler-glib8、"
                     "poppler-data、libqpdf29",
                     "the module that reads PDF, %s, cannot be opened (%s); install all of ziping, "
                     "and libpoppler-glib8, poppler-data, libqpdf29",
                     MODULE_FILE, path ? g_module_error() : MODULE_FILE);
        return NULL;
    }
    /* Poppler registers types with GLib, which must stay. */
    g_module_make_resident(module);
    const ZpPdfModule *pdf = symbol;
    if (strcmp(pdf->version, ZP_VERSION) == 0)
        return pdf;
    zp_error_set(error, ZP_ERROR_IO, "模块 %s 的版本是 %s，程序是 %s；请重新安装 ziping",
                 "the module %s is of version %s, the program of %s; install ziping again", path,
                 pdf->version, ZP_VERSION);
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

const ZpParser zp_pdf_parser = {
    .name = "pdf",
    .suffixes = SUFFIXES,
    .probe = probe,
    .read = read_pdf,
};
