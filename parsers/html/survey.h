/*
 * survey.h - what a page is asked for before it is read: its style sheets, and whether it was cut off.
 *
 * A style sheet counts for all of a page wherever it stands, so it must be known before the first element.
 */
#pragma once

#include "parsers/html/sheet.h"

typedef struct {
    ZpHtmlSheet *sheet; /* (nullable) (transfer full) none that matters */
    bool is_quirky;     /* no document type */
    bool has_abrupt;    /* `<!-->`, a comment that browsers end at once and libxml2 does not */
    const char *cut_zh, *cut_en; /* (nullable) static: how the page shows that its end is missing */
} ZpHtmlSurvey;

/** zp_html_survey: look through a page once, without reading it. */
void zp_html_survey(const char *text, gsize length, ZpHtmlSurvey *survey);

/**
 * zp_html_clean: a page with blanks in the place of what libxml2 takes for other than browsers do.
 * @has_abrupt: as the survey says
 *
 * Office writes `<![if !supportLists]>` … `<![endif]>` around what is shown; HTML takes that for a comment,
 * libxml2 for text.  `<!-->` is a whole comment, for libxml2 the beginning of one.
 *
 * Returns: (nullable) (transfer full) as long as @text; NULL where there is nothing of the kind.
 */
char *zp_html_clean(const char *text, gsize length, bool has_abrupt);
