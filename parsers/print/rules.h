/*
 * rules.h - the ruling lines of a page, sorted into the tables that they draw.
 */
#pragma once

#include "parsers/print/marks.h"

/* One level or upright line. */
typedef struct {
    float at;       /* y of a level line, x of an upright one */
    float from, to; /* its ends along the other axis */
    guint group;    /* index of its RuleGroup */
} Rule;

/* Rules that touch: one drawn table, a frame, or lines that bound nothing. */
typedef struct {
    GArray *level, *upright; /* of Rule, by `at` */
    ZpBox box;               /* around them */
} RuleGroup;

/**
 * rules_group: join pieces of one line, then lines that touch.
 *
 * Returns: (transfer full) (element-type RuleGroup) from top to bottom; NULL past
 * ZP_LIMIT_PAGE_CROSSINGS.
 */
GPtrArray *rules_group(const Marks *marks);

/**
 * rules_of_areas: the edges of filled boxes as if they were drawn, for grids that are shaded only.
 */
void rules_of_areas(Marks *marks);
