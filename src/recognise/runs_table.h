/*
 * runs_table.h - words of a table without rules into tables that are read row by row.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/runs.h"

/* The tables under way. */
typedef struct {
    Runs *runs;
    Arranged *arranged;
    ZpTable *table; /* (nullable) */
    guint32 row;    /* of the table */
    guint32 n_rows; /* of all tables with cells */
    guint n_torn;   /* cells with texts that stand apart in one line */
} RunTables;

/**
 * run_tables_row: begin the next row of a table of cells.
 */
void run_tables_row(RunTables *tables);

/**
 * run_tables_cell: a cell of the row under way; its words are taken.
 * @words: (element-type Word*) sorted here; none: no cell
 * @text: (nullable) what the cell says instead
 */
void run_tables_cell(RunTables *tables, guint col, guint n_cols, guint n_rows, GPtrArray *words,
                     const char *text);

/**
 * run_tables_line: a line of text around the tables; only its words that are not taken yet.
 */
void run_tables_line(RunTables *tables, guint line);

/**
 * run_tables_pairs: lines [first, end) of labels with their values beside them.  (runs_pairs.c)
 */
void run_tables_pairs(RunTables *tables, guint first, guint end);
