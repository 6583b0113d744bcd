/*
 * context.c - counting the answers and writing down those that are listed.
 */
#include "rules/context.h"

#include "rules/check.h"

/* Digits of the largest row index, and a NUL. */
#define ROW_TEXT_MAX 11

/* JSON Pointer. */
static char *pointer_of(ZpSpot spot)
{
    char digits[ROW_TEXT_MAX];
    char *row = digits + sizeof digits - 1;
    *row = '\0';
    if (spot.row < 0)
        return g_strdup(spot.block);
    /* Written by hand: a printf here would be a tenth of a check's time. */
    guint rest = (guint)spot.row;
    do {
        *--row = (char)('0' + rest % 10);
    } while ((rest /= 10) > 0);
    if (!spot.column)
        return g_strconcat(spot.block, "/", row, NULL);
    return g_strconcat(spot.block, "/", row, "/", spot.column, NULL);
}

void zp_answer_pass(ZpContext *context)
{
    context->checks->passed++;
    if (context->tally)
        context->tally[context->rule].passed++;
}

void zp_answer_not_applicable(ZpContext *context)
{
    context->checks->not_applicable++;
    if (context->tally)
        context->tally[context->rule].not_applicable++;
}

void zp_answer_cannot(ZpContext *context, ZpSpot spot, const ZpReason *why)
{
    context->checks->not_evaluable++;
    if (context->tally)
        context->tally[context->rule].not_evaluable++;
    ZpUnevaluated *unevaluated = zp_report_add_unevaluated(context->report);
    unevaluated->rule = context->rule;
    unevaluated->form = (int)context->form->index;
    unevaluated->pointer = pointer_of(spot);
    if (spot.at)
        unevaluated->at = *spot.at;
    /* A reason of the facts is gone with them; equal texts are kept once. */
    unevaluated->zh = g_string_chunk_insert_const(context->report->texts, why->zh);
    unevaluated->en = g_string_chunk_insert_const(context->report->texts, why->en);
}

/* A cell that is not printed has no place; the finding then stands at the form's beginning. */
static ZpPlace place_of(const ZpContext *context, const ZpPlace *at)
{
    bool is_known = at && (at->row || at->line || at->page);
    return is_known ? *at : context->form->at;
}

ZpFinding *zp_answer_fail(ZpContext *context, ZpSeverity severity, ZpSpot spot, const char *stated,
                          const char *expected)
{
    context->checks->failed++;
    if (context->tally)
        context->tally[context->rule].failed++;
    ZpFinding *finding = zp_report_add_finding(context->report);
    finding->rule = context->rule;
    /* The profile's severity takes the place of the rule's own; variants of a rule keep theirs. */
    bool is_own = severity == ZP_RULES[context->rule].severity ||
                  ZP_RULES[context->rule].severity == ZP_SEVERITY_OFF;
    finding->severity = is_own ? context->facts->profile->severities[context->rule] : severity;
    finding->form = (int)context->form->index;
    finding->pointer = pointer_of(spot);
    finding->at = place_of(context, spot.at);
    finding->stated = g_strdup(stated);
    finding->expected = g_strdup(expected);
    return finding;
}

/* Every rounding habit of every rule. */
static const char *const HABITS[] = {
    "up",    "cut",     "ratio", "rounded-figures", "from-stated-rate", "one-decimal",
    "whole", "rounded", NULL};

bool zp_check_knows_habit(const char *habit)
{
    return g_strv_contains(HABITS, habit);
}

void zp_finding_habit(ZpFinding *finding, const char *habit)
{
    g_assert(zp_check_knows_habit(habit));
    finding->habit = habit;
    finding->message = habit;
}

void zp_finding_figure(ZpFinding *finding, const char *name, ZpDecimal figure)
{
    char text[ZP_DECIMAL_TEXT_MAX];
    zp_finding_argument(finding, name, zp_decimal_print(figure, text), NULL);
}

void zp_finding_text(ZpFinding *finding, const char *name, const char *text)
{
    bool is_blank = zp_text_is_empty(text);
    zp_finding_argument(finding, name, is_blank ? "（空白）" : text, is_blank ? "(blank)" : NULL);
}

void zp_finding_name(ZpFinding *finding, const char *name, const char *text)
{
    bool is_blank = zp_text_is_empty(text);
    zp_finding_argument(finding, name, is_blank ? "（无名称）" : text,
                        is_blank ? "(no name)" : NULL);
}
