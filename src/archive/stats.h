/*
 * stats.h - the counts of an archive as a web page.
 */
#pragma once

#include "archive/db.h"
#include "base/text.h"

/**
 * zp_stats_page: coverage by year and department, heat maps unit × year and rule × year, a time line a project.
 * @lang: the language that is shown first; the page has both
 *
 * A page that runs nothing and loads nothing.  Each drawing has its figures beside it as a table; a heat map is one.
 */
bool zp_stats_page(ZpArchive *archive, ZpLang lang, GString *out, GError **error);
