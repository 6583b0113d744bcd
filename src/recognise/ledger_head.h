/*
 * ledger_head.h - whether lines are the header of a list of projects (汇总表), and what its columns are.
 *
 * Layer: recognise.
 */
#pragma once

#include "model/ledger.h"
#include "recognise/lines.h"

/* Lines of a header at most: 得分 over 预算执行, 产出, 效益, 总分 over (10分), (50分) … */
#define LEDGER_HEAD_LINES 3
/* Lines of a header, headings of groups below it and the first project at most. */
#define LEDGER_LOOK_LINES 6

/* The columns of ZP_LEDGER_COLUMNS, and 年初预算, which shows that a row is a header. */
typedef enum {
    LEDGER_PROJECT,
    LEDGER_UNIT,
    LEDGER_BUDGET,
    LEDGER_EXECUTED,
    LEDGER_RATE,
    LEDGER_SCORE,
    LEDGER_INITIAL,
    LEDGER_ROLE_COUNT,
} LedgerRole;

typedef struct {
    guint32 col, end; /* the columns of the table that it covers; equal: there is none */
    int rank;         /* how surely its head says so */
    guint
        n_equal; /* further columns whose heads say the same as surely: which one it is cannot be said */
    const char *currency; /* (nullable) static: printed in the head */
    guint line;           /* of the head */
    guint head;           /* number of its token */
} LedgerColumn;

typedef struct {
    const ZpTable *table;
    guint n_lines; /* of the header */
    LedgerColumn columns[LEDGER_ROLE_COUNT];
} LedgerHead;

/**
 * ledger_head_at: the header of a list that begins in a line.
 * @end: behind the last line that may be looked at
 * @head: set only on success
 *
 * Returns: whether there is one: 项目名称 and two heads of figures at least, and no figure beside them.
 */
bool ledger_head_at(const Lines *lines, guint line, guint end, LedgerHead *head);

/**
 * ledger_token_of: what stands in a line under a column; NULL: nothing.
 */
Token *ledger_token_of(const Lines *lines, const Line *line, const LedgerColumn *column);

/**
 * ledger_is_name: what can name a project: no bare number, no dash, no head.
 */
bool ledger_is_name(const Token *token);

/**
 * ledger_is_row: a line under the header that names a project and has a figure or a dash in one of the columns.
 */
bool ledger_is_row(const Lines *lines, const Line *line, const LedgerHead *head);

/**
 * ledger_starts_at: a header with a project below it, headings of groups between them or not.
 */
bool ledger_starts_at(const Lines *lines, guint line, guint end, LedgerHead *head);
