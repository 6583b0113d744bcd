/*
 * page_plan.h - which forms stand together when a report is more than one page: one page a department, and where a
 * department alone is too much, one a unit.
 */
#pragma once

#include "output/writer.h"

/* What is counted of a form, and summed up of a unit and a page. */
typedef struct {
    guint32 forms, lost, unjudged, repairs, known, suppressed;
    guint32 rates[3]; /* execution rates; of them rounded up, and cut */
    guint32 by_severity[ZP_SEVERITY_COUNT], by_rule[ZP_RULE_COUNT]; /* that count */
} ZpPageTally;

/** zp_page_tally: of one form. */
ZpPageTally zp_page_tally(const ZpResult *result, guint form);
void zp_page_tally_add(ZpPageTally *sum, const ZpPageTally *more);

/* The forms of a unit below a department. */
typedef struct {
    char *department, *unit; /* (nullable) not said */
    ZpPageTally tally;
    guint first; /* its page, and those after it where it needs several */
    guint seen;  /* of its forms, by zp_page_plan_next() */
} ZpPageUnit;

/* A page. */
typedef struct {
    const char *department, *unit; /* (nullable) */
    bool is_whole;                 /* of a department: all its units */
    bool is_shared;                /* of all that had no page of their own any more */
    guint part;                    /* 1… of a unit that needs several; else 0 */
    guint n;                       /* forms */
    char *name;                    /* of the file */
} ZpPageSheet;

typedef struct {
    GPtrArray *units;  /* of ZpPageUnit, in the order of their first form */
    GPtrArray *sheets; /* of ZpPageSheet */
    GHashTable *by_name;
} ZpPagePlan;

ZpPagePlan *zp_page_plan_new(void);
void zp_page_plan_free(ZpPagePlan *plan);

/**
 * zp_page_plan_add: a further form.
 *
 * Returns: the place of its unit.
 */
guint zp_page_plan_add(ZpPagePlan *plan, const ZpForm *form, const ZpPageTally *tally);

/**
 * zp_page_plan_make: the pages, once all forms are known.
 * @most_forms: of one page
 * @most_pages: after which the smaller departments and units share pages
 */
void zp_page_plan_make(ZpPagePlan *plan, guint most_forms, guint most_pages, ZpLang lang);

/**
 * zp_page_plan_next: the page of the next form of a unit, in the order in which they were added.
 */
guint zp_page_plan_next(ZpPageUnit *unit, guint most_forms);
