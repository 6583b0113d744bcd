/*
 * odd.h - what in a form speaks against the way in which its cells were laid over columns.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/builder.h"

#include <string.h>

static inline bool is_blank(const char *text)
{
    return !text || !*text;
}

static inline bool has_digit(const char *word)
{
    return word[strcspn(word, "0123456789")] != '\0';
}

/* What all indicator rows of a form say together. */
typedef struct {
    const ZpForm *form;
    GHashTable *others,
        *names; /* texts of columns that no field takes, names → row + 1; G_MAXUINT: several */
    guint n_without_values, n_broken;
    guint foreign; /* the row from which on they are another table's; G_MAXUINT: none */
    guint row;     /* looked at */
} OddRows;

/**
 * odd_rows_init, odd_rows_clear: gather it.
 */
void odd_rows_init(OddRows *odd, const ZpForm *form, const ZpLabels *labels);
void odd_rows_clear(OddRows *odd);

/**
 * is_odd_indicator: whether the k-th indicator has what belongs in another column or row.
 */
bool is_odd_indicator(OddRows *odd, guint k);

/**
 * is_odd_fund: whether the k-th funds row has figures of another column, no name or another row's.
 */
bool is_odd_fund(const ZpForm *form, guint k);

/**
 * is_odd_reason: whether a reason of lines without columns is words that are no sentence and no other row's reason.
 */
bool is_odd_reason(const ZpForm *form, const ZpText *reason);

/**
 * are_odd_goals: whether a goal is blank beside what was reached, or one of the two ends in the middle of a sentence.
 */
bool are_odd_goals(const ZpForm *form);

/**
 * is_odd_label: whether a text is no label, but ends in one behind another one's characters: 资金性质自评得分; a blank
 * parts a row's name and a head.
 */
bool is_odd_label(const ZpLabels *labels, const char *text);
