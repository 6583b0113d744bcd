/*
 * marks.h - the findings of a file as marks for its original.
 */
#pragma once

#include "model/mark.h"
#include "output/writer.h"

/**
 * zp_marks_of: a mark a place, what is said there a line each; findings that do not count (known, suppressed) are
 * not among them.
 * @time: seconds since 1970
 *
 * Returns: (transfer full)
 */
ZpMarks *zp_marks_of(const ZpResult *result, const ZpRulebook *rulebook, ZpLang lang, gint64 time);
