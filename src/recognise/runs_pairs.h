/*
 * runs_pairs.h - labels with their values beside them, above and below the blocks.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/runs_table.h"

/* A label and the words of its value. */
typedef struct {
    GPtrArray *words, *value; /* of Word*, owned */
    float x0, x1;
    guint first, end; /* lines */
    bool has_value;   /* in its own lines */
    bool holds_value; /* "项目名称：某项目": its own words hold the value too */
} Pair;

static inline Pair *pair_at(const GArray *pairs, guint k)
{
    return &g_array_index(pairs, Pair, k);
}

/**
 * run_pairs_find: the labels in lines [first, end); their words are out then (Word.is_out).  (runs_pairs_find.c)
 *
 * Returns: (transfer full) (element-type Pair) without values
 */
GArray *run_pairs_find(const Runs *runs, guint first, guint end);
