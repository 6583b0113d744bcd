/*
 * mend_figures.c - recomputed figures in the place of those that rules found wrong (--unsafe).
 *
 * What a rule's finding says decides where; the figures are those of the form scored again, and the
 * total is the sum of the scores as they then stand.
 */
#include "mend/mend_private.h"

#include <string.h>

/* A figure in the place of what a value says, with its unit. */
static bool mend_figure(const Mending *mending, const ZpValue *value, const char *figure,
                        const char *pointer, const ZpCellSaying **why)
{
    static const ZpCellSaying MORE = {"单元格里不只是这个数",
                                      "the cell holds more than the figure"};
    const ZpPlace *part = &value->at;
    *why = &MORE;
    if (!value->has_value || !zp_mend_says(mending, &part, 1, value->text))
        return false;
    bool has_unit = value->unit && !g_str_has_suffix(figure, value->unit);
    g_autofree char *text = g_strconcat(figure, has_unit ? value->unit : "", NULL);
    return zp_mend_put(mending, part, text, pointer, true, why);
}

typedef enum {
    WRITE_EXPECTED,  /* what the rule expected */
    WRITE_EXECUTION, /* the recomputed score of the funds row */
    WRITE_INDICATOR, /* the recomputed score of the indicator */
    WRITE_BARE,      /* the actual value without its sign of comparison */
} Write;

static const struct {
    ZpRule rule;
    Write write;
} UNSAFE[] = {
    {ZP_RULE_F01, WRITE_EXPECTED},  {ZP_RULE_F02, WRITE_EXECUTION}, {ZP_RULE_S04, WRITE_INDICATOR},
    {ZP_RULE_S05, WRITE_INDICATOR}, {ZP_RULE_S06, WRITE_INDICATOR}, {ZP_RULE_S07, WRITE_INDICATOR},
    {ZP_RULE_S11, WRITE_INDICATOR}, {ZP_RULE_C06, WRITE_BARE},
};

/* The number of the row in "/indicators/3/score". */
static guint row_of(const char *pointer)
{
    const char *slash = strchr(pointer + 1, '/');
    return slash ? (guint)g_ascii_strtoull(slash + 1, NULL, 10) : 0;
}

static bool is_assumed(const ZpRecomputed *again, const char *pointer)
{
    for (guint k = 0; k < again->assumed->len; k++) {
        if (strcmp(g_ptr_array_index(again->assumed, k), pointer) == 0)
            return true;
    }
    return false;
}

/* The text behind the signs of comparison at its beginning. */
static const char *bare(const char *text)
{
    static const char *const SIGNS[] = {">", "<", "=", "≥", "≤", "＞", "＜", "＝", "≧", "≦"};
    for (gsize k = 0; k < G_N_ELEMENTS(SIGNS); k++) {
        if (g_str_has_prefix(text, SIGNS[k]))
            return bare(text + strlen(SIGNS[k]));
    }
    return text + strspn(text, " ");
}

/* A cell to rewrite and the figure to put there. */
typedef struct {
    const ZpValue *value;
    const char *figure; /* (nullable) NULL: nothing can be said */
} Figure;

static Figure figure_of_fund(const ZpForm *form, const ZpRecomputed *again,
                             const ZpFinding *finding, Write write)
{
    guint row = row_of(finding->pointer);
    if (row >= form->funds->len)
        return (Figure){NULL, NULL};
    const ZpFund *fund = zp_form_fund(form, row);
    if (write == WRITE_EXPECTED)
        return (Figure){&fund->rate, finding->expected};
    return (Figure){&fund->score, again->execution};
}

static Figure figure_of_indicator(const ZpForm *form, const ZpRecomputed *again,
                                  const ZpFinding *finding, Write write)
{
    guint row = row_of(finding->pointer);
    if (row >= form->indicators->len)
        return (Figure){NULL, NULL};
    const ZpIndicator *indicator = zp_form_indicator(form, row);
    if (write == WRITE_BARE)
        return (Figure){&indicator->actual, bare(indicator->actual.text)};
    bool is_known = row < again->indicators->len && !is_assumed(again, finding->pointer);
    return (Figure){&indicator->score, is_known ? g_ptr_array_index(again->indicators, row) : NULL};
}

/* Whether the rule has a mend at all. */
static bool find_write(guint rule, Write *write)
{
    for (gsize k = 0; k < G_N_ELEMENTS(UNSAFE); k++) {
        if (UNSAFE[k].rule == (ZpRule)rule) {
            *write = UNSAFE[k].write;
            return true;
        }
    }
    return false;
}

/* The other figure that would do as well: each curve of a reverse target gives one. */
static const char *other_of(const ZpFinding *finding, const char *figure)
{
    for (guint k = 0; k < finding->arguments->len; k++) {
        const ZpArgument *argument = &g_array_index(finding->arguments, ZpArgument, k);
        if (strcmp(argument->name, "other") == 0 && strcmp(argument->text, figure) != 0)
            return argument->text;
    }
    return NULL;
}

/* Why a finding is not mended, for people; NULL: it is. */
static char *mend_finding(const Mending *mending, const ZpRecomputed *again,
                          const ZpFinding *finding, Write write, ZpLang lang)
{
    bool is_indicator = write == WRITE_INDICATOR || write == WRITE_BARE;
    Figure figure = is_indicator ? figure_of_indicator(mending->form, again, finding, write)
                                 : figure_of_fund(mending->form, again, finding, write);
    g_autofree char *message = zp_rulebook_message(mending->mender->rulebook, finding, lang);
    const char *other =
        write == WRITE_INDICATOR && figure.figure ? other_of(finding, figure.figure) : NULL;
    const ZpCellSaying *why = NULL;
    bool zh = lang == ZP_LANG_ZH;
    if (other)
        return g_strdup_printf(zh ? "%s（%s 和 %s 都说得通，一个也不写）"
                                  : "%s (%s and %s would both do, so neither is written)",
                               message, figure.figure, other);
    if (!figure.figure)
        return g_steal_pointer(&message);
    if (mend_figure(mending, figure.value, figure.figure, finding->pointer, &why))
        return NULL;
    return why ? g_strdup_printf(zh ? "%s（%s）" : "%s (%s)", message, zh ? why->zh : why->en)
               : g_steal_pointer(&message);
}

/* The figure that a score has after the mends. */
static bool score_after(const Mending *mending, const ZpValue *score, ZpDecimal *figure)
{
    for (guint k = 0; k < mending->mends->len; k++) {
        const ZpMend *mend = g_ptr_array_index(mending->mends, k);
        gsize length = strspn(mend->meant, "0123456789.-");
        if (mend->is_unsafe && memcmp(&mend->at, &score->at, sizeof score->at) == 0)
            return zp_decimal_parse(mend->meant, length, figure);
    }
    *figure = score->value;
    return score->has_value;
}

/* The total is the sum of the scores as they then stand. */
static void mend_total(const Mending *mending, ZpLang lang, GPtrArray *left)
{
    static const char POINTER[] = "/total/score";
    const ZpCellSaying *why = NULL;
    const ZpForm *form = mending->form;
    const ZpFund *fund = zp_form_total_fund(form, NULL);
    ZpDecimal sum = zp_decimal_from_int(0), score;
    if (fund && fund->score.text && score_after(mending, &fund->score, &score))
        zp_decimal_add(sum, score, &sum);
    for (guint k = 0; k < form->indicators->len; k++) {
        const ZpIndicator *row = zp_form_indicator(form, k);
        if (row->is_empty || row->part_of >= 0)
            continue;
        if (!score_after(mending, &row->score, &score) || !zp_decimal_add(sum, score, &sum))
            return;
    }
    char text[ZP_DECIMAL_TEXT_MAX];
    if (!form->total_score.has_value || zp_decimal_compare(sum, form->total_score.value) == 0)
        return;
    if (!mend_figure(mending, &form->total_score, zp_decimal_print(sum, text), POINTER, &why) &&
        why)
        zp_mend_left(mending, left, ZP_RULES[ZP_RULE_S01].code, POINTER,
                     zp_lang_pick(lang, why->zh, why->en), lang);
}

void zp_mend_figures(const Mending *mending, const ZpResult *result, ZpLang lang, GPtrArray *left)
{
    const ZpVerdict *verdict = g_ptr_array_index(result->report->verdicts, mending->index);
    for (guint k = 0; k < result->report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(result->report->findings, k);
        Write write;
        if (finding->form != (int)mending->index || !zp_finding_counts(finding) || finding->habit ||
            !find_write(finding->rule, &write))
            continue;
        g_autofree char *why = mend_finding(mending, &verdict->recomputed, finding, write, lang);
        if (why)
            zp_mend_left(mending, left, ZP_RULES[finding->rule].code, finding->pointer, why, lang);
    }
    if (verdict->recomputed.has_scores)
        mend_total(mending, lang, left);
}
