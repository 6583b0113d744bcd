/*
 * drawn_words.h - by which words a form that is drawn again names its fields.
 *
 * The canonical form keeps what fields say and not how their labels were spelled, but a template is known by
 * some of its labels (rules/labels.yaml).  So a form is drawn in its template's own words: read back, it is of
 * the same template.
 */
#pragma once

#include "model/form.h"
#include "rulebook/labels.h"

typedef enum {
    ZP_WORD_PROJECT,
    ZP_WORD_DEPARTMENT,
    ZP_WORD_UNIT,
    ZP_WORD_HEADLINE,
    ZP_WORD_FUNDS,
    ZP_WORD_SOURCE, /* the head over the labels of the funds rows; "" where the template has none */
    ZP_WORD_INITIAL,
    ZP_WORD_BUDGET,
    ZP_WORD_EXECUTED,
    ZP_WORD_WEIGHT,
    ZP_WORD_RATE,
    ZP_WORD_SCORE,
    ZP_WORD_REASON,
    ZP_WORD_GOALS,
    ZP_WORD_EXPECTED,
    ZP_WORD_DONE,
    ZP_WORD_INDICATORS,
    ZP_WORD_LEVEL1,
    ZP_WORD_LEVEL2,
    ZP_WORD_LEVEL3,
    ZP_WORD_LEVEL1_WEIGHT,
    ZP_WORD_LEVEL2_WEIGHT,
    ZP_WORD_COMPARATOR, /* NULL: the target stands in one cell */
    ZP_WORD_TARGET,
    ZP_WORD_TARGET_UNIT, /* likewise */
    ZP_WORD_ACTUAL,
    ZP_WORD_TOTAL,
    ZP_WORD_COUNT,
} ZpWord;

typedef struct {
    const char *words[ZP_WORD_COUNT];
    const ZpLabelEntry *level1; /* (nullable) how the template spells one of the level-1 names */
} ZpWords;

/** zp_words_choose: the words of a form's template. */
void zp_words_choose(ZpWords *words, const ZpLabels *labels, const ZpForm *form);
