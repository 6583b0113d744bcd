/*
 * fuzz_xls.c - any bytes as an old Excel workbook: as its container, or as the stream in one; the grid must be sound.
 *
 * A mutated container seldom opens, so what does not begin as one is taken as the stream.
 */
#include "fuzz_grid.h"
#include "parsers/xls/private.h"
#include "parsers/xls/xls.h"
#include "recognise/recognise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ZpRulebook *rulebook;
    if (!rulebook)
        rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
    g_autoptr(ZpDocument) document = size && data[0] == 0xD0
                                         ? zp_xls_parser.read(bytes, NULL, NULL)
                                         : zp_xls_stream_read(bytes, NULL, NULL);
    g_autoptr(GPtrArray) forms = NULL;
    if (!document)
        return 0;
    expect_sound_document(document, size);
    forms = zp_recognise(rulebook, document, NULL);
    return 0;
}
