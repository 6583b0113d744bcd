/*
 * fuzz_writers.h - a record through all writers, as the parent of a run would; for fuzz_pipeline.c and fuzz_record.c.
 */
#pragma once

#include "output/writer.h"
#include "rules/check.h"
#include "run/across.h"
#include "run/record.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Nothing that moves a cursor leaves a writer; only csv, which keeps every text as it is, hands it on. */
static void expect_escaped(const char *name, GMemoryOutputStream *stream)
{
    gsize size = g_memory_output_stream_get_data_size(stream);
    const char *data = g_memory_output_stream_get_data(stream);
    for (gsize k = 0; strcmp(name, "csv") != 0 && k < size; k++)
        g_assert_true((guchar)data[k] >= ' ' || data[k] == '\n');
}

/* What `json` and `sarif` print must be JSON. */
static void expect_json(const char *name, GMemoryOutputStream *stream)
{
    gsize size = g_memory_output_stream_get_data_size(stream);
    const char *data = g_memory_output_stream_get_data(stream);
    if (strcmp(name, "json") != 0 && strcmp(name, "sarif") != 0)
        return;
    json_t *parsed = json_loadb(data, size, 0, NULL);
    g_assert_nonnull(parsed);
    json_decref(parsed);
}

static void write_one(const ZpRulebook *rulebook, const ZpResult *result, const ZpWriter *writer,
                      bool check)
{
    const char *name = writer->name;
    g_autoptr(GOutputStream) stream = g_memory_output_stream_new_resizable();
    const ZpWriteOptions options = {
        .lang = name[0] == 't' ? ZP_LANG_ZH : ZP_LANG_EN, .check = check, .statistics = true};
    const ZpSummary summary = {.files = 1, .forms = result->forms ? result->forms->len : 0};
    ZpWriting writing = {0};
    g_assert_true(zp_writing_start(&writing, writer, rulebook, &options, stream, NULL));
    g_assert_true(zp_writing_file(&writing, result, NULL));
    g_assert_true(zp_writing_end(&writing, &summary, NULL));
    expect_json(name, G_MEMORY_OUTPUT_STREAM(stream));
    expect_escaped(name, G_MEMORY_OUTPUT_STREAM(stream));
    zp_writing_clear(&writing);
}

/* Workbooks and databases take libraries of their own, a report page 300 KB for each input. */
static bool is_cheap(const ZpWriter *writer)
{
    return !writer->is_binary && strcmp(writer->name, "html") != 0;
}

/* Through the writers of `check` or of `convert`, for which the record is sound. */
static void write_all(const ZpRulebook *rulebook, const ZpRecord *record, bool check)
{
    const ZpResult result = {.path = "a.txt",
                             .sha256 = record->sha256,
                             .format = record->format,
                             .error = record->error,
                             .error_code = record->error ? ZP_RULES[record->rule].code : NULL,
                             .is_partial = record->is_partial,
                             .forms = record->error ? NULL : record->forms,
                             .report = record->report};
    for (const ZpWriter *const *writer = ZP_WRITERS; *writer; writer++) {
        if ((check ? (*writer)->for_check : (*writer)->for_convert) && is_cheap(*writer))
            write_one(rulebook, &result, *writer, check);
    }
}

/* What the parent of a run does with a record: of `check`, of `convert`, or not at all. */
static void use_record(const ZpRulebook *rulebook, GBytes *bytes)
{
    g_autoptr(ZpRecord) record = zp_record_read(bytes);
    if (!record)
        return;
    bool is_converted = zp_record_is_sound(record, rulebook, false);
    bool is_checked = zp_record_is_sound(record, rulebook, true);
    if (record->outcome != ZP_OUTCOME_READ || !(is_converted || is_checked))
        return;
    if (is_converted)
        write_all(rulebook, record, false);
    if (!is_checked)
        return;
    g_autoptr(ZpAcross) across = zp_across_new();
    zp_across_add(across, "a.txt", record->forms, record->report, false);
    zp_check_seal("a.txt", record->forms, record->report);
    write_all(rulebook, record, true);
}
