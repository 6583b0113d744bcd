/*
 * facts.c - the facts of a form in one pass over its rows, and arithmetic that rounds once.
 *
 * A score or rate is kept as a fraction until it is compared with a printed figure, because a
 * quotient rounded twice is another number: 9.9949 % is 9.99 of ten, but 9.995 rounded first is
 * 10.  Rows of equal names are found by a hash of the names, so a long table stays cheap.
 */
#include "rules/causes.h"
#include "rules/heads.h"

#include <string.h>

static const ZpReason WHY_OTHER_DIVISOR = {"表头的公式说，执行率不是除以这一栏预算数",
                                           "the form's own formula does not divide by this budget"};

bool zp_fraction_round(ZpFraction fraction, int places, ZpRounding mode, ZpDecimal *out)
{
    return zp_decimal_divide(fraction.over, fraction.under, places, mode, out);
}

ZpAnswer zp_fraction_gives(ZpFraction fraction, int places, ZpRounding mode, ZpDecimal printed)
{
    ZpDecimal rounded;
    if (!zp_fraction_round(fraction, places, mode, &rounded))
        return ZP_ANSWER_OVERFLOW;
    return zp_decimal_compare(rounded, printed) == 0 ? ZP_ANSWER_YES : ZP_ANSWER_NO;
}

ZpAnswer zp_fraction_is_score(ZpFraction fraction, ZpDecimal printed)
{
    static const ZpRounding MODES[] = {ZP_ROUND_HALF_UP, ZP_ROUND_UP, ZP_ROUND_DOWN};
    for (guint k = 0; k < G_N_ELEMENTS(MODES); k++) {
        ZpAnswer answer = zp_fraction_gives(fraction, 2, MODES[k], printed);
        if (answer != ZP_ANSWER_NO)
            return answer;
    }
    if (printed.scale > 1)
        return ZP_ANSWER_NO;
    return zp_fraction_gives(fraction, printed.scale, ZP_ROUND_HALF_UP, printed);
}

static guint hash_text(const char *text)
{
    return text ? g_str_hash(text) : 0;
}

static bool is_same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* Two rows are one indicator twice when block, parent and all three names agree. */
static guint hash_names(gconstpointer data)
{
    const ZpIndicator *row = data;
    return hash_text(row->level3.text) * 31 + (guint)row->block * 7 + (guint)row->part_of;
}

static gboolean is_same_names(gconstpointer one, gconstpointer other)
{
    const ZpIndicator *a = one, *b = other;
    return a->block == b->block && a->part_of == b->part_of &&
           is_same_text(a->level3.text, b->level3.text) &&
           is_same_text(a->level2.text, b->level2.text) &&
           is_same_text(a->level1.text, b->level1.text);
}

/*
 * 其中 rows count where their weights make up the parent's: then the parent's own weight and score
 * do not.  A parent stands above its parts.
 */
static void find_scored(ZpFacts *facts, const ZpForm *form)
{
    guint n = form->indicators->len;
    g_autofree ZpDecimal *sums = g_new0(ZpDecimal, n);
    g_autofree bool *is_split = g_new0(bool, n);
    for (guint k = 0; k < n; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        bool is_part = row->part_of >= 0 && row->part_of < (int)k;
        if (!is_part || row->is_empty || zp_figure_state(&row->weight) != ZP_CELL_NUMBER)
            continue;
        const ZpIndicator *parent = zp_form_indicator(form, (guint)row->part_of);
        ZpDecimal *sum = &sums[row->part_of];
        bool is_known = zp_decimal_add(*sum, row->weight.value, sum);
        is_split[row->part_of] = is_known && zp_figure_state(&parent->weight) == ZP_CELL_NUMBER &&
                                 zp_decimal_compare(*sum, parent->weight.value) == 0;
    }
    for (guint k = 0; k < n; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        bool counts = row->part_of < 0 || (row->part_of < (int)k && is_split[row->part_of] &&
                                           zp_figure_state(&row->weight) == ZP_CELL_NUMBER);
        facts->indicators[k].is_scored = !row->is_empty && counts && !is_split[k];
    }
}

static void fill_indicator(ZpFacts *facts, const ZpLexicon *lexicon, const ZpForm *form, guint k)
{
    const ZpIndicator *row = zp_form_indicator(form, k);
    ZpIndicatorFacts *out = &facts->indicators[k];
    const char *reason = row->reason.text ? row->reason.text : "";
    out->is_reason_blank = !*reason || zp_lexicon_is_blank_reason(lexicon, reason);
    out->met = ZP_MET_UNSAID;
    out->direction = ZP_DIRECTION_UNSAID;
    if (row->is_empty)
        return;
    out->cause = zp_cause_of(facts, &row->target);
    if (!out->cause)
        out->cause = zp_cause_of(facts, &row->actual);
    out->why = out->cause;
    if (!out->cause)
        zp_target_judge(out, lexicon, row);
    bool has_weight = zp_figure_state(&row->weight) == ZP_CELL_NUMBER;
    if (out->met == ZP_MET_NO && has_weight && zp_decimal_sign(row->weight.value) > 0)
        zp_score_expect(out, row->weight.value, facts->profile->reverse);
}

guint zp_grade_of(const ZpFacts *facts, ZpDecimal total)
{
    guint k = 0;
    while (k + 1 < ZP_GRADE_COUNT && zp_decimal_compare(total, facts->grade_from[k]) < 0)
        k++;
    return k;
}

const ZpValue *zp_weighted_cell(const ZpLexicon *lexicon, const ZpIndicator *row)
{
    for (guint k = 0; row->other && k < row->other->len; k++) {
        const ZpExtra *other = g_ptr_array_index(row->other, k);
        if (zp_lexicon_is_weighted_score(lexicon, other->label.text))
            return &other->value;
    }
    return NULL;
}

/* The row's score is above its weight, and its weighted score is that part of it. */
static bool is_out_of_hundred(const ZpIndicator *row, const ZpValue *weighted)
{
    ZpFraction part = {.under = zp_decimal_from_int(100)};
    return zp_cell_state(weighted) == ZP_CELL_NUMBER &&
           zp_decimal_compare(row->score.value, row->weight.value) > 0 &&
           zp_decimal_multiply(row->score.value, row->weight.value, &part.over) &&
           zp_fraction_is_score(part, weighted->value) == ZP_ANSWER_YES;
}

/* Whether scores are points of their weights: what more rows say, as one of them may be wrong. */
static bool is_scored_by_points(const ZpFacts *facts, const ZpLexicon *lexicon, const ZpForm *form)
{
    guint n_points = 0, n_hundred = 0;
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        const ZpValue *weighted = zp_weighted_cell(lexicon, row);
        if (!weighted || !facts->indicators[k].is_scored ||
            zp_cell_state(&row->weight) != ZP_CELL_NUMBER ||
            zp_cell_state(&row->score) != ZP_CELL_NUMBER)
            continue;
        n_points += zp_decimal_compare(row->score.value, row->weight.value) <= 0;
        n_hundred += is_out_of_hundred(row, weighted);
    }
    return n_hundred <= n_points;
}

/* Scores out of 100 are judged by what they come to: the column of scores times weight. */
static void fill_scores(ZpFacts *facts, const ZpLexicon *lexicon, const ZpForm *form)
{
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        const ZpValue *weighted =
            facts->is_scored_by_points ? NULL : zp_weighted_cell(lexicon, row);
        facts->indicators[k].score = weighted ? weighted : &row->score;
    }
}

void zp_facts_fill(ZpFacts *facts, const ZpRulebook *rulebook, const ZpForm *form)
{
    const ZpLexicon *lexicon = zp_rulebook_lexicon(rulebook);
    guint total = 0;
    facts->profile = zp_rulebook_profile(rulebook, form);
    facts->is_fixed = zp_profile_fixes(facts->profile, form->template_id);
    facts->total = zp_form_total_fund(form, &total) ? (int)total : -1;
    /* Limits that a note of the form prints go before the profile's. */
    for (guint k = 0; k < ZP_GRADE_COUNT; k++)
        facts->grade_from[k] = facts->profile->grades[k].from;
    for (guint k = 0; k < form->extra->len && !facts->has_printed_grades; k++) {
        const ZpExtra *extra = g_ptr_array_index(form->extra, k);
        facts->has_printed_grades =
            zp_lexicon_grade_limits(lexicon, extra->value.text, facts->grade_from);
    }
    facts->funds = g_new0(ZpFundFacts, form->funds->len);
    for (guint k = 0; k < form->funds->len && form->divides_otherwise; k++)
        facts->funds[k].why_no_rate = &WHY_OTHER_DIVISOR;
    facts->indicators = g_new0(ZpIndicatorFacts, form->indicators->len);
    find_scored(facts, form);
    zp_causes_of_figures(facts, form);
    zp_heads_look(facts, rulebook, form);
    zp_amounts_scale(facts, rulebook, form);
    zp_funds_judge_total(facts, form);
    facts->is_scored_by_points = is_scored_by_points(facts, lexicon, form);
    fill_scores(facts, lexicon, form);
    for (guint k = 0; k < form->indicators->len; k++)
        zp_facts_find_blanks(facts, form, k);
    zp_causes_of_blanks(facts, form);
    for (guint k = 0; k < form->indicators->len; k++)
        fill_indicator(facts, lexicon, form, k);
    g_autoptr(GHashTable) seen = g_hash_table_new(hash_names, is_same_names);
    for (guint k = 0; k < form->indicators->len; k++) {
        ZpIndicator *row = zp_form_indicator(form, k);
        facts->indicators[k].twin = -1;
        if (row->is_empty || zp_text_is_empty(row->level3.text))
            continue;
        gpointer first = g_hash_table_lookup(seen, row);
        if (first)
            facts->indicators[k].twin = GPOINTER_TO_INT(first) - 1;
        else
            g_hash_table_insert(seen, row, GINT_TO_POINTER((int)k + 1));
    }
}

void zp_facts_clear(ZpFacts *facts)
{
    g_clear_pointer(&facts->indicators, g_free);
    g_clear_pointer(&facts->funds, g_free);
    g_clear_pointer(&facts->causes, g_hash_table_unref);
    g_clear_pointer(&facts->strings, g_string_chunk_free);
}
