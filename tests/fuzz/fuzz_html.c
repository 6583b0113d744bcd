/*
 * fuzz_html.c - any bytes as a web page, through parser and recogniser; the grid must be sound.
 */
#include "fuzz_grid.h"
#include "parsers/html/html.h"
#include "recognise/recognise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ZpRulebook *rulebook;
    if (!rulebook)
        rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
    g_autoptr(ZpDocument) document = zp_html_parser.read(bytes, NULL, NULL);
    if (!document)
        return 0;
    expect_sound_document(document, size);
    expect_no_more_than(document, data, size);
    g_ptr_array_unref(zp_recognise(rulebook, document, NULL));
    return 0;
}
