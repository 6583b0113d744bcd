/*
 * stats_parts.h - what the parts of the page of counts share: marks in two languages, cells, time lines.
 */
#pragma once

#include "archive/db.h"

/* Both languages; the switch of the page hides one. */
void stats_both(GString *out, const char *zh, const char *en);

/* A document's text between marks of the page. */
void stats_text(GString *out, const char *open, const char *text, const char *close);

/* The head of a table: a caption and its columns. */
typedef struct {
    const char *zh, *en;
} StatsWord;
void stats_table(GString *out, StatsWord caption, const StatsWord *columns, gsize n);

/* A column of a statement as a cell that is a figure. */
void stats_number(GString *out, sqlite3_stmt *statement, int column);

/* The section of time lines: each project that has forms of several years, those with most years first. */
bool stats_lines(ZpArchive *archive, GString *out, GError **error);
