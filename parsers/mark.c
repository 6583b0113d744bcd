/*
 * mark.c - what the marking of several formats says.
 */
#include "parsers/mark.h"

#include "base/error.h"

GBytes *zp_mark_set_signed(GError **error)
{
    zp_error_set(
        error, ZP_ERROR_KIND,
        "文件有电子签名；标注不改动签名的内容，但副本会显示为签名后有改动。要标注请加 --force",
        "the document is signed; marks leave what was signed as it is, but the copy will be "
        "shown as changed since; mark it with --force");
    return NULL;
}
