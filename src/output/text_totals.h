/*
 * text_totals.h - the end of the report for people.
 */
#pragma once

#include "output/writer.h"

/**
 * zp_text_totals_append: what held, what was not read, the totals, and what could not be judged.
 * @has_text: something stands above, so a blank line comes first
 */
void zp_text_totals_append(ZpWriting *writing, const ZpSummary *summary, bool has_text);
