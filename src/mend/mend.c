/*
 * mend.c - go over the fields of a form and compare what the cell of each holds with what it means.
 *
 *     the cell holds         "<p>培训 对象</p>"    without white space and mark-up:  培训对象
 *     the field's text       "培训对象"            the same:  培训对象
 *
 * Equal: the cell may be rewritten.  Not equal: the cell holds more than the field (its label, the
 * weight in a label), so it is left alone.  A text that the recogniser put together from two cells
 * is written into the first, and the second becomes blank.
 */
#include "mend/mend_private.h"
#include "mend/mend_text.h"

#include <string.h>

/* Cells that one text may have been put together from. */
#define PARTS_MAX 16

void zp_mend_free(ZpMend *mend)
{
    if (!mend)
        return;
    zp_cell_edit_clear(&mend->edit);
    g_free(mend->meant);
    g_free(mend->pointer);
    g_free(mend);
}

/* The cells that a text was put together from, the first one first. */
static guint list_parts(const Mending *mending, const char *text, const ZpPlace *first,
                        const ZpPlace **parts)
{
    const GArray *joins = mending->form->joins;
    guint n = 0;
    parts[n++] = first;
    for (guint k = 0; k < joins->len && n < PARTS_MAX; k++) {
        const ZpJoin *join = &g_array_index(joins, ZpJoin, k);
        if (join->text == text)
            parts[n++] = &join->rest;
    }
    return n;
}

/* A safe mend of a field. */
static void mend_field(const ZpMendField *field, gpointer data)
{
    const Mending *mending = data;
    const ZpPlace *parts[PARTS_MAX];
    const ZpCellSaying *ignored;
    if (!field->text || !*field->text)
        return;
    guint n = list_parts(mending, field->text, field->at, parts);
    if (!zp_mend_says(mending, parts, n, field->text))
        return;
    g_autofree char *usual =
        field->compares ? zp_mend_comparator(field->text) : g_strdup(field->text);
    if (!zp_mend_put(mending, parts[0], usual, field->pointer, false, &ignored))
        return;
    for (guint k = 1; k < n; k++)
        zp_mend_put(mending, parts[k], "", field->pointer, false, &ignored);
}

/* --- what is left --- */

static bool is_mended(const Mending *mending, const char *pointer)
{
    for (guint k = 0; k < mending->mends->len; k++) {
        const ZpMend *mend = g_ptr_array_index(mending->mends, k);
        if (mend->form == mending->index && strcmp(mend->pointer, pointer) == 0)
            return true;
    }
    return false;
}

static void list_left(const Mending *mending, ZpLang lang, GPtrArray *left)
{
    const GPtrArray *repairs = mending->form->repairs;
    for (guint k = 0; k < repairs->len; k++) {
        const ZpRepair *repair = g_ptr_array_index(repairs, k);
        if (!is_mended(mending, repair->pointer))
            zp_mend_left(mending, left, repair->code, repair->pointer,
                         zp_lang_pick(lang, repair->zh, repair->en), lang);
    }
}

void zp_mend_form(const ZpMender *mender, const ZpForm *form, guint index, const ZpResult *result,
                  ZpLang lang, GPtrArray *mends, GPtrArray *left)
{
    Mending mending = {mender, form, index, mends};
    if (mender->unsafe)
        zp_mend_figures(&mending, result, lang, left);
    zp_mend_each(form, mend_field, &mending);
    list_left(&mending, lang, left);
}

static int compare_mends(gconstpointer a, gconstpointer b)
{
    const ZpCellEdit *first = &(*(const ZpMend *const *)a)->edit,
                     *second = &(*(const ZpMend *const *)b)->edit;
    if (first->part != second->part)
        return first->part < second->part ? -1 : 1;
    return first->start < second->start ? -1 : first->start > second->start;
}

void zp_mend_sort(GPtrArray *mends)
{
    g_ptr_array_sort(mends, compare_mends);
}

/* The edits of mends, which keep what they hold. */
static GArray *list_edits(const GPtrArray *mends)
{
    GArray *edits = g_array_sized_new(FALSE, FALSE, sizeof(ZpCellEdit), mends->len);
    for (guint k = 0; k < mends->len; k++)
        g_array_append_val(edits, ((ZpMend *)g_ptr_array_index(mends, k))->edit);
    return edits;
}

GBytes *zp_mend_save(const ZpMender *mender, const GPtrArray *mends, GError **error)
{
    g_autoptr(GArray) edits = list_edits(mends);
    return mender->writer->save(mender->original, edits, error);
}

/* Where sayings go. */
typedef struct {
    ZpLang lang;
    GPtrArray *left;
} Sayings;

static void add_saying(const ZpCellSaying *saying, gpointer data)
{
    const Sayings *sayings = data;
    g_ptr_array_add(sayings->left, g_strdup(zp_lang_pick(sayings->lang, saying->zh, saying->en)));
}

void zp_mend_remark(const ZpMender *mender, const GPtrArray *mends, ZpLang lang, GPtrArray *left)
{
    g_autoptr(GArray) edits = list_edits(mends);
    Sayings sayings = {lang, left};
    if (mender->writer->remark)
        mender->writer->remark(mender->original, edits, add_saying, &sayings);
}
