/*
 * substance.c - C15 to C18: targets and actual values that are formally right and cannot be, or say
 * little: shares above the whole, words that are weaker than the target's, targets nobody can
 * measure, a satisfaction that is exactly what was wanted.
 */
#include "rules/scored.h"

#include <string.h>

/* Fewer targets than this say nothing about the form. */
#define TARGETS_LEAST 3

static ZpFinding *report_row(ZpContext *context, ZpSeverity severity, ZpSpot spot,
                             const char *stated)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    ZpFinding *finding = zp_answer_fail(context, severity, spot, stated, NULL);
    zp_finding_name(finding, "name", row->level3.text);
    zp_finding_text(finding, "target", row->target.text);
    zp_finding_text(finding, "actual", row->actual.text);
    return finding;
}

static const ZpReason *row_cause(const ZpContext *context, const ZpIndicator *row)
{
    const ZpReason *cause = zp_cause_of(context->facts, &row->target);
    return cause ? cause : zp_cause_of(context->facts, &row->actual);
}

/* Both in percent, or one of them and the other bare. */
static bool are_percentages(const ZpLexicon *lexicon, const ZpIndicator *row)
{
    int power;
    const char *const units[] = {row->target.unit, row->actual.unit};
    guint n_percent = 0, n_bare = 0;
    for (guint k = 0; k < G_N_ELEMENTS(units); k++) {
        if (zp_text_is_empty(units[k]))
            n_bare++;
        else
            n_percent += strcmp(zp_lexicon_unit(lexicon, units[k], &power), "%") == 0;
    }
    return n_percent > 0 && n_percent + n_bare == G_N_ELEMENTS(units);
}

void zp_check_share_over_100(ZpContext *context)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    const ZpLexicon *lexicon = zp_rulebook_lexicon(context->rulebook);
    ZpSpot spot = zp_spot_indicator(context->place, "actual", &row->actual.at);
    if (zp_text_is_empty(row->level3.text) || !zp_lexicon_is_share(lexicon, row->level3.text)) {
        zp_answer_not_applicable(context);
        return;
    }
    const ZpReason *cause = row_cause(context, row);
    if (cause) {
        zp_answer_cannot(context, spot, cause);
        return;
    }
    const ZpValue *target = &row->target, *actual = &row->actual;
    if (!target->has_value || !actual->has_value || !are_percentages(lexicon, row)) {
        zp_answer_not_applicable(context);
        return;
    }
    ZpDecimal whole = zp_decimal_from_int(100);
    ZpDecimal wanted = target->has_upper ? target->upper : target->value;
    ZpDecimal reached = actual->has_upper ? actual->upper : actual->value;
    if (zp_decimal_compare(reached, whole) > 0 && zp_decimal_compare(wanted, whole) <= 0)
        report_row(context, ZP_SEVERITY_WARNING, spot, actual->text);
    else
        zp_answer_pass(context);
}

static bool is_words(const ZpValue *value)
{
    return !zp_text_is_empty(value->text) && !value->has_value && !value->date.year &&
           !value->is_malformed && !zp_text_is_dash(value->text);
}

void zp_check_weak_word(ZpContext *context)
{
    ZpScored scored = zp_scored_row(context);
    const ZpIndicator *row = scored.indicator;
    ZpSpot spot = zp_spot_indicator(scored.row, "actual", &row->actual.at);
    if (!is_words(&row->target) || !is_words(&row->actual) ||
        zp_band_of(&row->actual) != ZP_BAND_NONE || !zp_scored_is_asked(context, &scored)) {
        zp_answer_not_applicable(context);
        return;
    }
    const ZpLexicon *lexicon = zp_rulebook_lexicon(context->rulebook);
    if (!zp_lexicon_is_weaker(lexicon, row->actual.text, row->target.text)) {
        zp_answer_pass(context);
        return;
    }
    scored.spot = spot;
    if (!zp_scored_is_ready(context, &scored))
        return;
    if (scored.order != 0) {
        zp_answer_pass(context);
        return;
    }
    ZpFinding *finding = report_row(context, ZP_SEVERITY_NOTE, spot, row->actual.text);
    zp_finding_text(finding, "score", scored.facts->score->text);
}

static bool is_measurable(const ZpValue *target)
{
    return target->has_value || target->date.year || target->is_malformed;
}

/* n_words / n above the profile's share. */
static bool are_too_many(const ZpContext *context, guint n_words, guint n)
{
    ZpDecimal allowed;
    return zp_decimal_multiply(context->facts->profile->unmeasurable, zp_decimal_from_int(n),
                               &allowed) &&
           zp_decimal_compare(zp_decimal_from_int(n_words), allowed) > 0;
}

void zp_check_unmeasurable_targets(ZpContext *context)
{
    const ZpForm *form = context->form;
    guint n = 0, n_words = 0;
    const ZpPlace *first = NULL;
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        if (row->is_empty || row->part_of >= 0 || zp_text_is_empty(row->level3.text) ||
            zp_text_is_empty(row->target.text))
            continue;
        n++;
        if (is_measurable(&row->target))
            continue;
        n_words++;
        first = first ? first : &row->target.at;
    }
    ZpSpot spot = zp_spot_field("/indicators", first);
    if (form->missing & ZP_BLOCK_INDICATORS)
        zp_answer_cannot(context, spot, &ZP_WHY_PARTIAL);
    else if (n < TARGETS_LEAST)
        zp_answer_not_applicable(context);
    else if (!are_too_many(context, n_words, n))
        zp_answer_pass(context);
    else {
        ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_NOTE, spot, NULL, NULL);
        zp_finding_figure(finding, "count", zp_decimal_from_int(n));
        zp_finding_figure(finding, "words", zp_decimal_from_int(n_words));
    }
}

static bool is_satisfaction(const ZpIndicator *row)
{
    const char *const names[] = {row->level1.text, row->level2.text, row->level3.text};
    for (guint k = 0; k < G_N_ELEMENTS(names); k++)
        if (names[k] && strstr(names[k], "满意"))
            return true;
    return false;
}

void zp_check_satisfaction_at_target(ZpContext *context)
{
    const ZpIndicator *row = zp_form_indicator(context->form, context->place);
    const ZpIndicatorFacts *facts = &context->facts->indicators[context->place];
    ZpSpot spot = zp_spot_indicator(context->place, "target", &row->target.at);
    if (!is_satisfaction(row)) {
        zp_answer_not_applicable(context);
        return;
    }
    const ZpReason *cause = row_cause(context, row);
    if (cause) {
        zp_answer_cannot(context, spot, cause);
        return;
    }
    if (!facts->is_comparable) {
        zp_answer_not_applicable(context);
        return;
    }
    bool is_whole = are_percentages(zp_rulebook_lexicon(context->rulebook), row) &&
                    zp_decimal_compare(facts->actual, zp_decimal_from_int(100)) == 0;
    if (!is_whole && zp_decimal_compare(facts->actual, facts->target) != 0) {
        zp_answer_pass(context);
        return;
    }
    ZpFinding *finding = report_row(context, ZP_SEVERITY_NOTE, spot, row->target.text);
    if (zp_decimal_compare(facts->actual, facts->target) != 0)
        finding->message = "whole";
}
