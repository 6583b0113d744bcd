/*
 * standing.h - what the text report says of findings beside the document: known, suppressed, new,
 * gone, and how often each rule fired.
 */
#pragma once

#include "output/writer.h"

/** zp_standing_append: "  [known]", "  [suppressed: …]", "  [new]" behind a finding, or nothing. */
void zp_standing_append(GString *out, const ZpFinding *finding, ZpLang lang);

/** zp_set_aside_append: "; 3 known; 2 suppressed; 20 not shown", as much of it as there is. */
void zp_set_aside_append(GString *out, const ZpSummary *summary, ZpLang lang);

/** zp_gone_append: the comparison with an earlier report, lines of their own, when there is one. */
void zp_gone_append(GString *out, const ZpSummary *summary, ZpLang lang);

/** zp_statistics_append: a line a rule that fired, the most frequent first. */
void zp_statistics_append(GString *out, const ZpRulebook *rulebook, const ZpSummary *summary,
                          ZpLang lang);

/**
 * zp_standing_note: the words of zp_standing_append alone, for formats with a field of their own.
 *
 * Returns: (transfer full) (nullable) NULL when there is nothing to say.
 */
char *zp_standing_note(const ZpFinding *finding, ZpLang lang);

/** zp_held_each: what each configuration did, a line of text (zp_held_text) each. */
void zp_held_each(const ZpSummary *summary, ZpLang lang,
                  void (*call)(const char *text, const ZpHeld *held, gpointer data), gpointer data);
