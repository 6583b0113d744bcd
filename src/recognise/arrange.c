/*
 * arrange.c - the tables of a document in the order they are read.
 *
 * A table without rules that goes on over pages comes as several; they are taken together.
 */
#include "recognise/arrange.h"

#include "recognise/head_lines.h"
#include "recognise/join.h"
#include "recognise/lattice.h"
#include "recognise/ledger_lay.h"
#include "recognise/linear.h"
#include "recognise/runs.h"

static void table_free(gpointer data)
{
    ZpTable *table = data;
    g_array_unref(table->cells);
    g_clear_pointer(&table->x, g_array_unref);
    g_clear_pointer(&table->y, g_array_unref);
    g_free(table);
}

ZpTable *arranged_own_table(Arranged *arranged, ZpTableKind kind, guint32 number)
{
    ZpTable *table = g_new0(ZpTable, 1);
    table->kind = kind;
    table->number = number;
    table->cells = g_array_new(FALSE, FALSE, sizeof(ZpCell));
    g_ptr_array_add(arranged->owned, table);
    return table;
}

ZpTable *arranged_add_table(Arranged *arranged, ZpTableKind kind, guint32 number)
{
    ZpTable *table = arranged_own_table(arranged, kind, number);
    g_ptr_array_add(arranged->tables, table);
    return table;
}

static Runs *runs_of(const Arranged *arranged, const GPtrArray *tables, guint first, guint end)
{
    Runs *runs = runs_new(arranged->labels);
    for (guint k = first; k < end; k++)
        runs_add_table(runs, g_ptr_array_index(tables, k));
    return runs;
}

/*
 * Tables [first, end) without rules by places alone, else by labels; what neither reads well by places, in doubt.  Places
 * on a page are so exact that labels say no more, but where some rules are drawn these do.
 */
static void rebuild_runs(Arranged *arranged, const GPtrArray *tables, guint first, guint end)
{
    g_autoptr(Runs) runs = runs_of(arranged, tables, first, end);
    guint n = arranged->tables->len;
    bool is_exact = runs->in_points && !runs->rules->len && !runs->n_ruled;
    if (lattice_rebuild(runs, !is_exact, arranged) || runs_rebuild(runs, arranged))
        return;
    g_autoptr(Runs) again = runs_of(arranged, tables, first, end);
    guint n_torn = arranged->tables->len - n;
    if (lattice_rebuild(again, false, arranged))
        g_ptr_array_remove_range(arranged->tables, n, n_torn);
}

/* Tables without rules from the k-th on, one behind the other, as one.  Returns the next one's index. */
static guint arrange_runs(Arranged *arranged, const GPtrArray *tables, guint k)
{
    const ZpTable *list = NULL; /* of projects: it is no part of a form */
    guint first = k;
    for (; k < tables->len && !list; k++) {
        const ZpTable *table = g_ptr_array_index(tables, k);
        if (table->kind != ZP_TABLE_RUNS)
            break;
        if (ledger_is_list(arranged->labels, table))
            list = table;
    }
    rebuild_runs(arranged, tables, first, list ? k - 1 : k);
    if (list)
        ledger_lay(arranged, list);
    return k;
}

/* Lines of text from the k-th table on: a form cell by cell, or just text.  Returns the next table's index. */
static guint arrange_lines(Arranged *arranged, const GPtrArray *tables, guint k)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    guint end = k;
    for (; end < tables->len; end++) {
        const ZpTable *table = g_ptr_array_index(tables, end);
        if (table->kind != ZP_TABLE_LINES)
            break;
        for (guint i = 0; i < table->cells->len; i++)
            g_ptr_array_add(lines, &g_array_index(table->cells, ZpCell, i));
    }
    bool is_form = linear_arrange(arranged, lines);
    for (; k < end && !is_form; k++)
        g_ptr_array_add(arranged->tables, g_ptr_array_index(tables, k));
    return end;
}

Arranged *arranged_new(const ZpLabels *labels, const ZpDocument *document)
{
    Arranged *arranged = g_new0(Arranged, 1);
    arranged->labels = labels;
    arranged->tables = g_ptr_array_sized_new(document->tables->len);
    arranged->owned = g_ptr_array_new_with_free_func(table_free);
    arranged->strings = g_string_chunk_new(1024);
    arranged->places = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) tables = join_split(arranged, document->tables);
    for (guint k = 0; k < tables->len; k++)
        tables->pdata[k] = head_lines_join(arranged, tables->pdata[k]);
    for (guint k = 0; k < tables->len;) {
        ZpTable *table = g_ptr_array_index(tables, k);
        if (table->kind == ZP_TABLE_RUNS) {
            k = arrange_runs(arranged, tables, k);
            continue;
        }
        if (table->kind == ZP_TABLE_LINES) {
            k = arrange_lines(arranged, tables, k);
            continue;
        }
        k = join_tables(arranged, tables, k);
    }
    return arranged;
}

void arranged_free(Arranged *arranged)
{
    if (!arranged)
        return;
    g_ptr_array_unref(arranged->tables);
    g_ptr_array_unref(arranged->owned);
    g_string_chunk_free(arranged->strings);
    g_ptr_array_unref(arranged->places);
    g_free(arranged);
}
