/*
 * ledger.c - making and freeing a ledger, and the table of its columns.
 */
#include "model/ledger.h"

#include <stddef.h>

/* Bytes that the string chunk takes from the system at a time. */
#define STRING_BLOCK 4096

const ZpColumn ZP_LEDGER_COLUMNS[] = {
    {"project", offsetof(ZpLedgerRow, project), ZP_KIND_TARGET},
    {"unit", offsetof(ZpLedgerRow, unit), ZP_KIND_TARGET},
    {"budget", offsetof(ZpLedgerRow, budget), ZP_KIND_FIGURE},
    {"executed", offsetof(ZpLedgerRow, executed), ZP_KIND_FIGURE},
    {"rate", offsetof(ZpLedgerRow, rate), ZP_KIND_FIGURE},
    {"score", offsetof(ZpLedgerRow, score), ZP_KIND_FIGURE},
    {NULL, 0, ZP_KIND_FIGURE},
};

ZpLedger *zp_ledger_new(void)
{
    ZpLedger *ledger = g_new0(ZpLedger, 1);
    ledger->rows = g_ptr_array_new_with_free_func(g_free);
    ledger->unread = g_ptr_array_new_with_free_func(g_free);
    ledger->strings = g_string_chunk_new(STRING_BLOCK);
    return ledger;
}

void zp_ledger_free(ZpLedger *ledger)
{
    if (!ledger)
        return;
    g_ptr_array_unref(ledger->rows);
    g_ptr_array_unref(ledger->unread);
    g_string_chunk_free(ledger->strings);
    g_free(ledger);
}

ZpLedgerRow *zp_ledger_add_row(ZpLedger *ledger)
{
    ZpLedgerRow *row = g_new0(ZpLedgerRow, 1);
    g_ptr_array_add(ledger->rows, row);
    return row;
}
