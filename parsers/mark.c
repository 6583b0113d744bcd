/*
 * mark.c - which format is marked how.
 */
#include "parsers/mark.h"

#include "base/error.h"

#include <string.h>

static const struct {
    const char *format;
    GBytes *(*mark)(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                    GError **error);
} FORMATS[] = {
    {"text", zp_mark_text}, {"markdown", zp_mark_markdown}, {"html", zp_mark_html},
    {"pdf", zp_mark_pdf},   {"docx", zp_mark_docx},         {"xlsx", zp_mark_xlsx},
    {"ofd", zp_mark_ofd},
};

bool zp_mark_can(const char *format)
{
    for (gsize k = 0; format && k < G_N_ELEMENTS(FORMATS); k++) {
        if (strcmp(FORMATS[k].format, format) == 0)
            return true;
    }
    return false;
}

GBytes *zp_mark(const char *format, GBytes *input, const ZpMarks *marks,
                const ZpReadOptions *options, GError **error)
{
    for (gsize k = 0; k < G_N_ELEMENTS(FORMATS); k++) {
        if (strcmp(FORMATS[k].format, format) == 0)
            return FORMATS[k].mark(input, marks, options, error);
    }
    zp_error_set(error, ZP_ERROR_KIND, "这种格式（%s）不能标注",
                 "a document of format %s bears no marks", format);
    return NULL;
}

GBytes *zp_mark_set_signed(GError **error)
{
    zp_error_set(
        error, ZP_ERROR_KIND,
        "文件有电子签名；标注不改动签名的内容，但副本会显示为签名后有改动。要标注请加 --force",
        "the document is signed; marks leave what was signed as it is, but the copy will be "
        "shown as changed since; mark it with --force");
    return NULL;
}
