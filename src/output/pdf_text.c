/*
 * pdf_text.c - `convert --to pdf-text`: its name among the formats.
 *
 * A searchable copy is no result written in another shape: its input is read anew, by a process of its own
 * (src/run/searchable.c), which src/cli/searchable.c asks instead of a run.
 */
#include "output/writer.h"

#include "base/error.h"

static bool refuse(ZpWriting *writing, const ZpResult *result, GError **error)
{
    (void)writing;
    (void)result;
    zp_error_set(error, ZP_ERROR_OUTPUT, "pdf-text 不与别的格式同用", "pdf-text goes alone");
    return false;
}

const ZpWriter zp_pdf_text_writer = {
    .name = "pdf-text",
    .zh = "扫描件的可检索副本",
    .en = "a copy of a scan that can be searched",
    .for_convert = true,
    .is_binary = true,
    .file = refuse,
};
