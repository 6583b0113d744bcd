/*
 * ledger.h - a ledger (汇总表): one row a project, with what its form should say.
 *
 * The recogniser fills texts and places, the normaliser numbers, as for a form; its shape is the one
 * of `ziping convert --ledger` (docs/formats.md).
 */
#pragma once

#include "model/form.h"

/* A row: one project. */
typedef struct {
    ZpValue project, unit; /* texts only; unit.text NULL: no such column */
    ZpValue budget, executed, rate, score;
} ZpLedgerRow;

typedef struct {
    ZpText title;
    int year;             /* 0: not printed */
    ZpText currency_unit; /* 元, 万元, 亿元; text NULL: not printed */
    const char *budget_unit,
        *executed_unit; /* (nullable) what the column's own head says instead */
    GPtrArray *rows;    /* of ZpLedgerRow */
    GPtrArray *unread;  /* of ZpUnread: heads that were not understood */
    GStringChunk *strings;
} ZpLedger;

ZpLedger *zp_ledger_new(void);
void zp_ledger_free(ZpLedger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpLedger, zp_ledger_free)

/** zp_ledger_add_row: append an empty row, owned by the ledger. */
ZpLedgerRow *zp_ledger_add_row(ZpLedger *ledger);

#define zp_ledger_row(ledger, k) ((ZpLedgerRow *)g_ptr_array_index((ledger)->rows, (k)))

/* The columns of a row in the contract's order; the first two hold texts, the others figures. */
#define ZP_LEDGER_TEXTS 2
extern const ZpColumn ZP_LEDGER_COLUMNS[]; /* ends with name NULL */
