/*
 * page_json.h - what the report page is made of, as JSON for its script (page/report.js).
 *
 * Every sentence is there in both languages, since the page changes its own.
 */
#pragma once

#include "output/report_json.h"

/* Ways from the page, of zp_link_append(). */
typedef struct {
    const char *original; /* (nullable) */
    const char *marked;   /* (nullable) to the copy with the findings */
} ZpPageLinks;

/**
 * zp_page_row: a row of the page's list: names, totals and counts of one form.
 */
void zp_page_row(GString *out, const ZpResult *result, guint form, const ZpPageLinks *links);

/**
 * zp_page_file: a row for a file that failed or has findings of its own.
 *
 * Returns: false when there is nothing to say of the file itself; nothing is written then
 */
bool zp_page_file(GString *out, const ZpRulebook *rulebook, const ZpResult *result,
                  const ZpPageLinks *links);

/**
 * zp_page_form: one form to be drawn: in canonical shape, with its verdict, findings and unjudged checks.
 */
void zp_page_form(GString *out, const ZpRulebook *rulebook, const ZpResult *result, guint form);

/**
 * zp_page_totals: the totals of a run and its rules in both languages.
 * @is_said: for each rule whether the page speaks of it; the others' sentences would be half of a small page's data
 */
json_t *zp_page_totals(const ZpRulebook *rulebook, const ZpSummary *summary, const bool *is_said,
                       ZpLang lang);
