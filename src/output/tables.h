/*
 * tables.h - forms as rows of plain tables: which columns each table has, and what stands in them.
 *
 * The tables of `--to csv` and those of `--to sqlite` are the same rows: a CSV table begins each with its file and
 * form, the database has keys instead, and more of each figure.  Whoever writes takes the cells of its own columns
 * and passes over the others.
 */
#pragma once

#include "output/writer.h"

typedef enum {
    ZP_TABLE_FILES, /* this one and those behind findings: of the database alone */
    ZP_TABLE_FORMS,
    ZP_TABLE_FUNDS,
    ZP_TABLE_INDICATORS,
    ZP_TABLE_FINDINGS, /* as CSV: check_csv.c */
    ZP_TABLE_UNJUDGED,
    ZP_TABLE_EXTRA,
    ZP_TABLE_REPAIRS,
    ZP_TABLE_COUNT,
} ZpTableId;

/* What a view of the database shows of a column. */
typedef enum {
    ZP_SHOWN_NOT,
    ZP_SHOWN,
    ZP_SHOWN_NUMBER, /* as a number: to sort and to sum, no exact decimal */
    ZP_SHOWN_MONEY,  /* and in yuan */
} ZpShown;

typedef struct {
    const char *name;
    const char *zh;  /* (nullable) the head in Chinese, where there is a head */
    const char *sql; /* (nullable) how the database declares it; NULL: only CSV */
    bool is_csv;
    ZpShown shown;
} ZpTableColumn;

typedef struct {
    const char *name;
    const char *view, *view_zh;   /* (nullable) what the database shows it as */
    const ZpTableColumn *columns; /* ends with name NULL */
} ZpRowTable;

extern const ZpRowTable ZP_TABLES[ZP_TABLE_COUNT];

/* Who takes the cells of a row, one after the other. */
typedef struct ZpRowTaker ZpRowTaker;
struct ZpRowTaker {
    const ZpTableColumn *column;                /* the next cell's */
    bool (*takes)(const ZpTableColumn *column); /* others are passed over */
    void (*text)(ZpRowTaker *taker, const char *text,
                 bool is_own); /* (nullable) text; own: made here, no document's */
    void (*number)(ZpRowTaker *taker, bool is_there, gint64 number);
};

/* Where a row belongs. */
typedef struct {
    const ZpResult *result;
    const char *path;        /* valid UTF-8 */
    gint64 file_id, form_id; /* keys of the database; 0: none */
    const ZpRulebook *rulebook;
} ZpRowPlace;

/** zp_table_file, _form, …: the cells of one row, in the order of the table's columns. */
void zp_table_file(ZpRowTaker *taker, const ZpRowPlace *place, ZpLang lang);
void zp_table_form(ZpRowTaker *taker, const ZpRowPlace *place, const ZpForm *form);
void zp_table_fund(ZpRowTaker *taker, const ZpRowPlace *place, const ZpForm *form, guint k);
void zp_table_indicator(ZpRowTaker *taker, const ZpRowPlace *place, const ZpForm *form, guint k);
void zp_table_finding(ZpRowTaker *taker, const ZpRowPlace *place, const ZpFinding *finding);
void zp_table_unjudged(ZpRowTaker *taker, const ZpRowPlace *place, const ZpUnevaluated *one);
void zp_table_extra(ZpRowTaker *taker, const ZpRowPlace *place, const ZpForm *form, guint k);
void zp_table_repair(ZpRowTaker *taker, const ZpRowPlace *place, const ZpForm *form, guint k);

/** zp_table_unread: the row of `files` of one that was passed over although a form may be in it. */
void zp_table_unread(ZpRowTaker *taker, const ZpPassedOver *unread, const char *text);
