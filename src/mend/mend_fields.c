/*
 * mend_fields.c - the fields of a form that cells hold, in one order for whoever goes over them, and what they say, so
 * that a copy can be held against what was meant.
 *
 *     0/indicators/3/score  9.44
 *
 * Fields that no mend touches are in it too: a mend that changed how another cell is read is a wrong one.
 */
#include "mend/mend_private.h"

#include "mend/mend_text.h"

#include <string.h>

/* Where the fields go. */
typedef struct {
    void (*call)(const ZpMendField *field, gpointer data);
    gpointer data;
} Walk;

static void go_over_text(const Walk *walk, const ZpText *text, char *pointer)
{
    g_autofree char *owned = pointer;
    walk->call(&(ZpMendField){owned, text->text, &text->at, false}, walk->data);
}

static void go_over_value(const Walk *walk, const ZpValue *value, char *pointer, bool is_target)
{
    g_autofree char *owned = pointer;
    bool compares = is_target && value->op != ZP_OP_NONE;
    walk->call(&(ZpMendField){owned, value->text, &value->at, compares}, walk->data);
}

static void go_over_fund(const Walk *walk, const ZpFund *fund, guint k)
{
    for (const ZpColumn *column = ZP_FUND_COLUMNS; column->name; column++)
        go_over_value(walk, zp_column_value(fund, column),
                      g_strdup_printf("/funds/%u/%s", k, column->name), false);
    go_over_text(walk, &fund->reason, g_strdup_printf("/funds/%u/reason", k));
}

static void go_over_indicator(const Walk *walk, const ZpIndicator *row, guint k)
{
    go_over_text(walk, &row->level2, g_strdup_printf("/indicators/%u/level2", k));
    go_over_text(walk, &row->level3, g_strdup_printf("/indicators/%u/level3", k));
    go_over_text(walk, &row->reason, g_strdup_printf("/indicators/%u/reason", k));
    for (const ZpColumn *column = ZP_INDICATOR_COLUMNS; column->name; column++)
        go_over_value(walk, zp_column_value(row, column),
                      g_strdup_printf("/indicators/%u/%s", k, column->name),
                      column->kind == ZP_KIND_TARGET);
}

void zp_mend_each(const ZpForm *form, void (*call)(const ZpMendField *field, gpointer data),
                  gpointer data)
{
    const Walk walk = {call, data};
    go_over_text(&walk, &form->project, g_strdup("/project"));
    go_over_text(&walk, &form->department, g_strdup("/department"));
    go_over_text(&walk, &form->unit, g_strdup("/unit"));
    go_over_text(&walk, &form->goal_expected, g_strdup("/goals/expected"));
    go_over_text(&walk, &form->goal_actual, g_strdup("/goals/actual"));
    for (guint k = 0; k < form->funds->len; k++)
        go_over_fund(&walk, zp_form_fund(form, k), k);
    for (guint k = 0; k < form->indicators->len; k++)
        go_over_indicator(&walk, zp_form_indicator(form, k), k);
    go_over_value(&walk, &form->total_score, g_strdup("/total/score"), false);
}

typedef struct {
    const ZpRulebook *rulebook;
    const GPtrArray *mends; /* (nullable) */
    guint form;
    GString *out;
} Proof;

/* What the field says after the mends; the first of them holds all of a text that was put together. */
static const char *text_after(const Proof *proof, const ZpMendField *field)
{
    for (guint k = 0; proof->mends && k < proof->mends->len; k++) {
        const ZpMend *mend = g_ptr_array_index(proof->mends, k);
        if (mend->form == proof->form && *mend->meant && strcmp(mend->pointer, field->pointer) == 0)
            return mend->meant;
    }
    return field->text ? field->text : "";
}

static void add_field(const ZpMendField *field, gpointer data)
{
    const Proof *proof = data;
    g_autofree char *usual = zp_mend_comparator(text_after(proof, field));
    g_string_append_printf(proof->out, "%u%s\t", proof->form, field->pointer);
    zp_mend_core(proof->out, proof->rulebook, usual);
    g_string_append_c(proof->out, '\n');
}

char *zp_mend_meaning(const ZpRulebook *rulebook, const GPtrArray *forms, const GPtrArray *mends)
{
    Proof proof = {rulebook, mends, 0, g_string_new(NULL)};
    for (; proof.form < forms->len; proof.form++)
        zp_mend_each(g_ptr_array_index(forms, proof.form), add_field, &proof);
    return g_string_free(proof.out, FALSE);
}
