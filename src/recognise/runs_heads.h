/*
 * runs_heads.h - the headers of a form's blocks in a table without rules.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/runs.h"

/* Which header a block has. */
typedef enum {
    RUN_HEAD_FUNDS,
    RUN_HEAD_GOALS,
    RUN_HEAD_INDICATORS,
    RUN_HEAD_SOURCES, /* of funds with a column for each source; it is found as RUN_HEAD_FUNDS */
    RUN_HEAD_COUNT,
} RunHeadKind;

/* One column of a header: its words and what they name. */
typedef struct {
    GPtrArray *words; /* of Word*, owned */
    const char *text; /* (nullable) the label, when its characters came out of order */
    Role role;
    float x0, x1;
    bool is_block;  /* the block's own label, or a piece of it */
    bool is_rare;   /* its label is known only as a whole: 实际完成 may lack its 值 */
    bool is_parent; /* stands over the three columns of the target */
} HeadCell;

typedef struct {
    RunHeadKind kind;
    guint first, end; /* lines */
    GArray *cells;    /* of HeadCell, from left to right */
    int score;        /* what its labels are worth */
} RunHead;

static inline HeadCell *run_head_cell(const RunHead *head, guint k)
{
    return &g_array_index(head->cells, HeadCell, k);
}

void run_head_free(RunHead *head);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RunHead, run_head_free)

/**
 * run_head_find: the header whose main line is @line.
 * @least: the first line that it may reach up to
 *
 * Returns: (nullable)
 */
RunHead *run_head_find(const Runs *runs, guint line, guint least);

/**
 * run_head_settle_target, run_head_settle_goals: give the labels of an indicator's or the goals' header the
 * roles that they have beside each other.
 */
void run_head_settle_target(RunHead *head);
void run_head_settle_goals(RunHead *head);

/**
 * run_head_kinds: the kinds (ZP_LABEL_BITs) of labels that a header may have.
 */
guint64 run_head_kinds(RunHeadKind kind);

/**
 * run_head_role: the column that a label names in a header.
 */
Role run_head_role(RunHeadKind kind, const ZpLabelMatch *match);

/* A label of one character: 值. */
#define RUN_HEAD_SHORT_BYTES 3

/**
 * run_head_place_strays: give pieces of labels to the labels that they complete.
 * run_head_settle_rest: decide what is still no label: the block's own, or a piece of one.
 * run_head_absorb: take a line that holds nothing but pieces of labels; whether it does.
 */
void run_head_place_strays(const Runs *runs, RunHead *head);
void run_head_settle_rest(const Runs *runs, RunHead *head);
bool run_head_absorb(const Runs *runs, RunHead *head, guint line);
