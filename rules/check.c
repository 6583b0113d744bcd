/*
 * check.c - the catalogue as a table of functions, run over one form.
 *
 * The rules of the form and of the funds rows come first, in the catalogue's order, then the
 * indicators one by one with all their rules: so findings stand in the order in which a reader
 * goes down the form.
 */
#include "rules/check.h"

#include "base/limits.h"
#include "rules/context.h"
#include "rules/heads.h"
#include "rules/keys.h"
#include "rules/rates.h"
#include "rules/recompute.h"

typedef void (*CheckFunction)(ZpContext *context);

static const CheckFunction CHECKS[ZP_RULE_COUNT] = {
#define ZP_RULE(code, name, severity, scope, check) [ZP_RULE_##code] = zp_check_##check,
#include "rulebook/catalogue.def"
#undef ZP_RULE
};

/* The FILE, REPAIR and RUN rows: their findings are made below and in across.c, where others ask. */
void zp_check_none(ZpContext *context)
{
    zp_answer_not_applicable(context);
}

static void check_place(ZpContext *context, guint rule, guint place)
{
    context->rule = (ZpRule)rule;
    context->place = place;
    ZpSpot spot;
    const ZpReason *why = zp_heads_forbid(context, &spot);
    if (why)
        zp_answer_cannot(context, spot, why);
    else if (ZP_RULES[rule].scope == ZP_SCOPE_TOTAL && context->facts->total < 0)
        zp_answer_not_applicable(context);
    else
        CHECKS[rule](context);
}

/* A rule that is off makes no check at all: it neither passes nor is it skipped. */
static bool is_silent(const ZpContext *context, guint rule)
{
    if (context->silent)
        return context->silent[rule];
    return context->facts->profile->severities[rule] == ZP_SEVERITY_OFF;
}

static void check_indicator(ZpContext *context, guint place)
{
    for (guint rule = 0; rule < ZP_RULE_COUNT; rule++) {
        if (ZP_RULES[rule].scope != ZP_SCOPE_INDICATOR || is_silent(context, rule))
            continue;
        /* A template's empty row says nothing, so nothing can be wrong with it. */
        if (!zp_form_indicator(context->form, place)->is_empty) {
            check_place(context, rule, place);
            continue;
        }
        context->rule = (ZpRule)rule;
        zp_answer_not_applicable(context);
    }
}

void zp_check_form(const ZpRulebook *rulebook, const ZpForm *form, ZpReport *report,
                   ZpChecks *tally)
{
    zp_check_form_but(rulebook, form, NULL, report, tally);
}

/* In the order of ZpMet. */
static char *list_met(const ZpForm *form, const ZpFacts *facts)
{
    char *met = g_malloc0(form->indicators->len + 1);
    for (guint k = 0; k < form->indicators->len; k++)
        met[k] = ZP_MET_LETTERS[facts->indicators[k].met];
    return met;
}

void zp_check_form_but(const ZpRulebook *rulebook, const ZpForm *form, const bool *silent,
                       ZpReport *report, ZpChecks *tally)
{
    ZpVerdict *verdict = zp_report_add_verdict(report);
    ZpFacts facts = {0};
    zp_facts_fill(&facts, rulebook, form);
    ZpContext context = {
        .rulebook = rulebook,
        .form = form,
        .facts = &facts,
        .report = report,
        .checks = &verdict->checks,
        .tally = tally,
        .silent = silent,
    };
    for (guint rule = 0; rule < ZP_RULE_COUNT; rule++) {
        if (is_silent(&context, rule))
            continue;
        if (ZP_RULES[rule].scope == ZP_SCOPE_FORM)
            check_place(&context, rule, 0);
        if (ZP_RULES[rule].scope == ZP_SCOPE_TOTAL)
            check_place(&context, rule, (guint)MAX(facts.total, 0));
        if (ZP_RULES[rule].scope != ZP_SCOPE_FUND)
            continue;
        for (guint place = 0; place < context.form->funds->len; place++)
            check_place(&context, rule, place);
    }
    for (guint place = 0; place < form->indicators->len; place++)
        check_indicator(&context, place);
    zp_form_recompute(&verdict->recomputed, form, &facts);
    zp_rates_count(&verdict->rates, form, facts.funds);
    verdict->met = list_met(form, &facts);
    ZpFormKeys keys;
    zp_keys_fill(&keys, form, facts.profile);
    g_array_append_val(report->keys, keys);
    zp_facts_clear(&facts);
}

static ZpFinding *add_file_finding(ZpReport *report, guint rule)
{
    ZpFinding *finding = zp_report_add_finding(report);
    finding->rule = rule;
    finding->severity = ZP_RULES[rule].severity;
    finding->pointer = g_strdup("");
    return finding;
}

void zp_check_file(G_GNUC_UNUSED const ZpRulebook *rulebook, ZpRule rule, const char *zh,
                   const char *en, ZpReport *report)
{
    ZpFinding *finding = add_file_finding(report, rule);
    zp_finding_argument(finding, "detail", zh ? zh : "", en);
}

static ZpFinding *add_loss(ZpReport *report, const ZpLoss *loss, ZpRule rule, const char *message)
{
    ZpFinding *finding = add_file_finding(report, rule);
    finding->at = loss->at;
    if (rule == ZP_RULE_D05)
        finding->kind = loss->kind;
    if (message)
        finding->message = message;
    zp_finding_argument(finding, "detail", loss->zh, loss->en);
    return finding;
}

/* How many further ones are not listed. */
static ZpFinding *add_more(ZpReport *report, const char *message, guint count)
{
    ZpFinding *finding = add_file_finding(report, ZP_RULE_D05);
    finding->message = message;
    zp_finding_figure(finding, "count", zp_decimal_from_int(count));
    return finding;
}

void zp_check_losses(const ZpDocument *document, ZpReport *report)
{
    for (guint k = 0; k < document->losses->len; k++) {
        const ZpLoss *loss = g_ptr_array_index(document->losses, k);
        bool is_scan = loss->kind == ZP_LOSS_NO_TEXT_LAYER;
        add_loss(report, loss, is_scan ? ZP_RULE_D03 : ZP_RULE_D05, is_scan ? NULL : "lost");
    }
    for (guint k = 0; k < document->notes->len; k++)
        add_loss(report, g_ptr_array_index(document->notes, k), ZP_RULE_D05, "note")->severity =
            ZP_SEVERITY_NOTE;
    if (document->pictured->len) {
        ZpFinding *finding = add_file_finding(report, ZP_RULE_D07);
        finding->at.page = g_array_index(document->pictured, ZpPictured, 0).page;
        zp_finding_figure(finding, "count", zp_decimal_from_int(document->pictured->len));
    }
    if (document->n_counted > ZP_LIMIT_NOTES)
        add_more(report, "more-lost", document->n_counted - ZP_LIMIT_NOTES);
    if (document->n_notes_more)
        add_more(report, "more-notes", document->n_notes_more)->severity = ZP_SEVERITY_NOTE;
}

void zp_check_repairs(const ZpForm *form, ZpReport *report)
{
    for (guint k = 0; k < form->repairs->len; k++) {
        const ZpRepair *repair = g_ptr_array_index(form->repairs, k);
        int rule = zp_rule_find(repair->code);
        if (rule < 0)
            continue;
        ZpFinding *finding = zp_report_add_finding(report);
        finding->rule = (guint)rule;
        finding->severity = ZP_RULES[rule].severity;
        finding->form = (int)form->index;
        finding->pointer = g_strdup(repair->pointer ? repair->pointer : "");
        finding->at = repair->at;
        zp_finding_argument(finding, "detail", repair->zh ? repair->zh : "", repair->en);
    }
}
