/*
 * writers.c - the table of writers and how one is chosen.
 */
#include "output/writer.h"

#include <string.h>

const ZpWriter *const ZP_WRITERS[] = {
    &zp_text_writer,        &zp_json_writer,       &zp_ndjson_writer,
    &zp_csv_writer,         &zp_check_csv_writer,  &zp_sarif_writer,
    &zp_junit_writer,       &zp_checkstyle_writer, &zp_github_writer,
    &zp_gitlab_writer,      &zp_markdown_writer,   &zp_workbook_writer,
    &zp_page_writer,        &zp_drawn_html_writer, &zp_drawn_markdown_writer,
    &zp_drawn_book_writer,  &zp_sqlite_writer,     &zp_review_page_writer,
    &zp_review_book_writer, &zp_pdf_text_writer,   NULL,
};

static bool fits(const ZpWriter *writer, ZpUse use)
{
    return use == ZP_USE_REVIEW  ? writer->for_review
           : use == ZP_USE_CHECK ? writer->for_check
                                 : writer->for_convert;
}

const ZpWriter *zp_writer_by_name(const char *name, ZpUse use)
{
    for (gsize k = 0; ZP_WRITERS[k]; k++) {
        if (fits(ZP_WRITERS[k], use) && strcmp(ZP_WRITERS[k]->name, name) == 0)
            return ZP_WRITERS[k];
    }
    return NULL;
}

bool zp_writer_wants_findings(const ZpWriter *writer)
{
    return writer == &zp_sqlite_writer || writer == &zp_check_csv_writer;
}

const ZpWriter *zp_writer_for_table(const char *table)
{
    static const struct {
        const char *name;
        const ZpWriter *writer;
    } TABLES[] = {{"indicators", &zp_csv_writer},
                  {"funds", &zp_csv_funds_writer},
                  {"forms", &zp_csv_forms_writer},
                  {"findings", &zp_check_csv_writer}};
    for (gsize k = 0; k < G_N_ELEMENTS(TABLES); k++) {
        if (strcmp(TABLES[k].name, table) == 0)
            return TABLES[k].writer;
    }
    return NULL;
}

const ZpWriter *zp_writer_for_ledger(const ZpWriter *writer)
{
    static const struct {
        const ZpWriter *of_forms, *of_ledger;
    } TWINS[] = {
        {&zp_json_writer, &zp_ledger_json_writer},
        {&zp_ndjson_writer, &zp_ledger_ndjson_writer},
        {&zp_csv_writer, &zp_ledger_csv_writer},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(TWINS); k++) {
        if (TWINS[k].of_forms == writer)
            return TWINS[k].of_ledger;
    }
    return NULL;
}

char *zp_writer_names(ZpUse use)
{
    GString *names = g_string_new(NULL);
    for (gsize k = 0; ZP_WRITERS[k]; k++) {
        if (fits(ZP_WRITERS[k], use))
            g_string_append_printf(names, "%s%s", names->len > 0 ? "|" : "", ZP_WRITERS[k]->name);
    }
    return g_string_free(names, FALSE);
}
