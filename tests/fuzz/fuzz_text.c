/*
 * fuzz_text.c - any bytes as text through parser, recogniser, normaliser and rules.
 */
#include "fuzz_grid.h"
#include "normalise/normalise.h"
#include "parsers/text/text.h"
#include "recognise/recognise.h"
#include "rules/check.h"

static void check_forms(const ZpRulebook *rulebook, const ZpDocument *document)
{
    g_autoptr(GPtrArray) forms = zp_recognise(rulebook, document, NULL);
    g_autoptr(ZpReport) report = zp_report_new();
    for (guint i = 0; forms && i < forms->len; i++) {
        ZpForm *form = g_ptr_array_index(forms, i);
        zp_normalise_form(rulebook, form);
        zp_check_form(rulebook, form, report, NULL);
        zp_check_repairs(form, report);
    }
    if (forms)
        zp_check_seal("a.txt", forms, report);
    for (guint i = 0; i < report->findings->len; i++) {
        g_autofree char *message =
            zp_rulebook_message(rulebook, g_ptr_array_index(report->findings, i), ZP_LANG_EN);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Opened once: a run opens it once, too, and every later input must find it unchanged. */
    static ZpRulebook *rulebook;
    if (!rulebook)
        rulebook = zp_rulebook_open(NULL, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
    g_autoptr(ZpDocument) document = zp_text_parser.read(bytes, NULL, NULL);
    if (!document)
        return 0;
    expect_sound_document(document, size);
    expect_no_more_than(document, data, size);
    check_forms(rulebook, document);
    return 0;
}
