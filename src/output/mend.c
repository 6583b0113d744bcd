/*
 * mend.c - go over the fields of a form and compare the bytes of each with what they mean.
 *
 *     bytes of the cell      "&lt;p&gt;培训 对象&lt;/p&gt;"   decoded, without white space and mark-up:  培训对象
 *     the field's text       "培训对象"                                                  the same:  培训对象
 *
 * Equal: the cell may be rewritten.  Not equal: the cell holds more than the field (its label, the
 * weight in a label), so it is left alone.  A text that the recogniser put together from two cells
 * is written into the first, and the second becomes blank.
 */
#include "output/mend.h"

#include "output/label.h"
#include "output/mend_text.h"

#include <string.h>

/* Cells that one text may have been put together from. */
#define PARTS_MAX 16

typedef struct {
    const ZpMender *mender;
    const ZpForm *form;
    guint index;
    GPtrArray *mends;
} Mending;

void zp_mend_free(ZpMend *mend)
{
    if (!mend)
        return;
    g_free(mend->old);
    g_free(mend->text);
    g_free(mend->pointer);
    g_free(mend);
}

static bool has_range(const Mending *mending, const ZpPlace *at)
{
    return at->byte_start < at->byte_end &&
           at->byte_end <= g_bytes_get_size(mending->mender->original);
}

static const char *bytes_at(const Mending *mending, const ZpPlace *at)
{
    return (const char *)g_bytes_get_data(mending->mender->original, NULL) + at->byte_start;
}

static char *decoded(const Mending *mending, const ZpPlace *at)
{
    if (!has_range(mending, at))
        return NULL;
    return zp_mend_decode(mending->mender->format, bytes_at(mending, at),
                          at->byte_end - at->byte_start);
}

/* Whether two blanks stand before or behind the range: a column that blanks make. */
static bool is_aligned(const Mending *mending, const ZpPlace *at)
{
    gsize size;
    const char *data = g_bytes_get_data(mending->mender->original, &size);
    bool before = at->byte_start >= 2 && memcmp(data + at->byte_start - 2, "  ", 2) == 0;
    bool behind = at->byte_end + 2 <= size && memcmp(data + at->byte_end, "  ", 2) == 0;
    return strcmp(mending->mender->format, "text") == 0 && (before || behind);
}

/* In columns that blanks make, a shorter text is filled up and a longer one has no room. */
static char *fitted(const Mending *mending, const ZpPlace *at, const char *old, char *text)
{
    if (!text || !is_aligned(mending, at))
        return text;
    gsize room = zp_text_columns(old), need = zp_text_columns(text);
    if (need > room) {
        g_free(text);
        return NULL;
    }
    char *filled = g_strdup_printf("%s%*s", text, (int)(room - need), "");
    g_free(text);
    return filled;
}

static bool is_taken(const Mending *mending, const ZpPlace *at)
{
    for (guint k = 0; k < mending->mends->len; k++) {
        const ZpMend *mend = g_ptr_array_index(mending->mends, k);
        if (at->byte_start < mend->end && mend->start < at->byte_end)
            return true;
    }
    return false;
}

/* Put @text into the range, unless that changes nothing or the format cannot hold it. */
static bool add(const Mending *mending, const ZpPlace *at, const char *text, const char *pointer,
                bool is_unsafe)
{
    g_autofree char *old = g_strndup(bytes_at(mending, at), at->byte_end - at->byte_start);
    g_autofree char *bytes =
        fitted(mending, at, old, zp_mend_encode(mending->mender->format, text));
    if (!bytes || strcmp(bytes, old) == 0 || is_taken(mending, at))
        return bytes != NULL;
    ZpMend *mend = g_new0(ZpMend, 1);
    *mend = (ZpMend){.start = at->byte_start,
                     .end = at->byte_end,
                     .old = g_steal_pointer(&old),
                     .text = g_steal_pointer(&bytes),
                     .form = mending->index,
                     .pointer = g_strdup(pointer),
                     .line = at->line,
                     .is_unsafe = is_unsafe};
    g_ptr_array_add(mending->mends, mend);
    return true;
}

/* The cells that a text was put together from, the first one first. */
static guint list_parts(const Mending *mending, const char *text, const ZpPlace *first,
                        const ZpPlace **parts)
{
    const GArray *joins = mending->form->joins;
    guint n = 0;
    for (guint k = joins->len; k-- > 0 && n + 1 < PARTS_MAX;) {
        const ZpJoin *join = &g_array_index(joins, ZpJoin, k);
        if (join->text != text)
            continue;
        parts[n++] = &join->rest;
        text = join->before;
    }
    parts[n++] = first;
    for (guint k = 0; k < n / 2; k++) {
        const ZpPlace *swapped = parts[k];
        parts[k] = parts[n - 1 - k];
        parts[n - 1 - k] = swapped;
    }
    return n;
}

/* Whether the parts hold just the text, but for white space and mark-up. */
static bool say_the_same(const Mending *mending, const ZpPlace *const *parts, guint n,
                         const char *text)
{
    g_autoptr(GString) printed = g_string_new(NULL);
    g_autoptr(GString) meant = g_string_new(NULL);
    for (guint k = 0; k < n; k++) {
        g_autofree char *part = decoded(mending, parts[k]);
        if (!part)
            return false;
        zp_mend_core(printed, mending->mender->rulebook, part);
    }
    zp_mend_core(meant, mending->mender->rulebook, text);
    return printed->len > 0 && g_string_equal(printed, meant);
}

/* A safe mend of a field. */
static void mend_text(const Mending *mending, const char *text, const ZpPlace *at, bool compares,
                      const char *pointer)
{
    const ZpPlace *parts[PARTS_MAX];
    if (!text || !*text || !has_range(mending, at))
        return;
    guint n = list_parts(mending, text, at, parts);
    if (!say_the_same(mending, parts, n, text))
        return;
    g_autofree char *usual = compares ? zp_mend_comparator(text) : g_strdup(text);
    if (!add(mending, parts[0], usual, pointer, false))
        return;
    for (guint k = 1; k < n; k++)
        add(mending, parts[k], "", pointer, false);
}

/* A figure in the place of what a value says, with its unit. */
static bool mend_figure(const Mending *mending, const ZpValue *value, const char *figure,
                        const char *pointer)
{
    const ZpPlace *part = &value->at;
    if (!value->has_value || !has_range(mending, part) ||
        !say_the_same(mending, &part, 1, value->text))
        return false;
    bool has_unit = value->unit && !g_str_has_suffix(figure, value->unit);
    g_autofree char *text = g_strconcat(figure, has_unit ? value->unit : "", NULL);
    return add(mending, part, text, pointer, true);
}

/* --- the fields of a form --- */

static void mend_fund(const Mending *mending, guint k)
{
    const ZpFund *fund = zp_form_fund(mending->form, k);
    for (const ZpColumn *column = ZP_FUND_COLUMNS; column->name; column++) {
        const ZpValue *value = zp_column_value(fund, column);
        g_autofree char *pointer = g_strdup_printf("/funds/%u/%s", k, column->name);
        mend_text(mending, value->text, &value->at, false, pointer);
    }
    g_autofree char *reason = g_strdup_printf("/funds/%u/reason", k);
    mend_text(mending, fund->reason.text, &fund->reason.at, false, reason);
}

static void mend_indicator(const Mending *mending, guint k)
{
    const ZpIndicator *row = zp_form_indicator(mending->form, k);
    const struct {
        const char *name;
        const ZpText *text;
    } texts[] = {{"level2", &row->level2}, {"level3", &row->level3}, {"reason", &row->reason}};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *pointer = g_strdup_printf("/indicators/%u/%s", k, texts[i].name);
        mend_text(mending, texts[i].text->text, &texts[i].text->at, false, pointer);
    }
    for (const ZpColumn *column = ZP_INDICATOR_COLUMNS; column->name; column++) {
        const ZpValue *value = zp_column_value(row, column);
        g_autofree char *pointer = g_strdup_printf("/indicators/%u/%s", k, column->name);
        mend_text(mending, value->text, &value->at,
                  column->kind == ZP_KIND_TARGET && value->op != ZP_OP_NONE, pointer);
    }
}

static void mend_head(const Mending *mending)
{
    const ZpForm *form = mending->form;
    const struct {
        const char *pointer;
        const ZpText *text;
    } texts[] = {{"/project", &form->project},
                 {"/department", &form->department},
                 {"/unit", &form->unit},
                 {"/goals/expected", &form->goal_expected},
                 {"/goals/actual", &form->goal_actual}};
    for (gsize k = 0; k < G_N_ELEMENTS(texts); k++)
        mend_text(mending, texts[k].text->text, &texts[k].text->at, false, texts[k].pointer);
}

/* --- recomputed figures --- */

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

static bool mend_finding(const Mending *mending, const ZpRecomputed *again,
                         const ZpFinding *finding, Write write)
{
    bool is_indicator = write == WRITE_INDICATOR || write == WRITE_BARE;
    Figure figure = is_indicator ? figure_of_indicator(mending->form, again, finding, write)
                                 : figure_of_fund(mending->form, again, finding, write);
    return figure.figure && mend_figure(mending, figure.value, figure.figure, finding->pointer);
}

/* The figure that a score has after the mends. */
static bool score_after(const Mending *mending, const ZpValue *score, ZpDecimal *figure)
{
    for (guint k = 0; k < mending->mends->len; k++) {
        const ZpMend *mend = g_ptr_array_index(mending->mends, k);
        gsize length = strspn(mend->text, "0123456789.-");
        if (mend->is_unsafe && mend->start == score->at.byte_start)
            return zp_decimal_parse(mend->text, length, figure);
    }
    *figure = score->value;
    return score->has_value;
}

/* The total is the sum of the scores as they then stand. */
static void mend_total(const Mending *mending)
{
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
    if (form->total_score.has_value && zp_decimal_compare(sum, form->total_score.value) != 0)
        mend_figure(mending, &form->total_score, zp_decimal_print(sum, text), "/total/score");
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

static void add_left(const Mending *mending, GPtrArray *left, const char *code, const char *pointer,
                     const char *why, ZpLang lang)
{
    bool zh = lang == ZP_LANG_ZH;
    g_autoptr(GString) label = g_string_new(NULL);
    zp_label_append(label, mending->form, pointer, lang);
    g_ptr_array_add(left, g_strdup_printf(zh ? "第 %u 张表：%s %s：%s" : "form %u: %s %s: %s",
                                          mending->index + 1, code, label->str, why));
}

static void list_left(const Mending *mending, ZpLang lang, GPtrArray *left)
{
    const GPtrArray *repairs = mending->form->repairs;
    for (guint k = 0; k < repairs->len; k++) {
        const ZpRepair *repair = g_ptr_array_index(repairs, k);
        if (!is_mended(mending, repair->pointer))
            add_left(mending, left, repair->code, repair->pointer,
                     zp_lang_pick(lang, repair->zh, repair->en), lang);
    }
}

static void mend_figures(const Mending *mending, const ZpResult *result, ZpLang lang,
                         GPtrArray *left)
{
    const ZpVerdict *verdict = g_ptr_array_index(result->report->verdicts, mending->index);
    for (guint k = 0; k < result->report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(result->report->findings, k);
        Write write;
        if (finding->form != (int)mending->index || !zp_finding_counts(finding) || finding->habit ||
            !find_write(finding->rule, &write) ||
            mend_finding(mending, &verdict->recomputed, finding, write))
            continue;
        g_autofree char *why = zp_rulebook_message(mending->mender->rulebook, finding, lang);
        add_left(mending, left, ZP_RULES[finding->rule].code, finding->pointer, why, lang);
    }
    if (verdict->recomputed.has_scores)
        mend_total(mending);
}

void zp_mend_form(const ZpMender *mender, const ZpForm *form, guint index, const ZpResult *result,
                  ZpLang lang, GPtrArray *mends, GPtrArray *left)
{
    const Mending mending = {mender, form, index, mends};
    if (mender->unsafe)
        mend_figures(&mending, result, lang, left);
    mend_head(&mending);
    for (guint k = 0; k < form->funds->len; k++)
        mend_fund(&mending, k);
    for (guint k = 0; k < form->indicators->len; k++)
        mend_indicator(&mending, k);
    mend_text(&mending, form->total_score.text, &form->total_score.at, false, "/total/score");
    list_left(&mending, lang, left);
}

static int compare_mends(gconstpointer a, gconstpointer b)
{
    const ZpMend *first = *(const ZpMend *const *)a, *second = *(const ZpMend *const *)b;
    return first->start < second->start ? -1 : first->start > second->start;
}

void zp_mend_sort(GPtrArray *mends)
{
    g_ptr_array_sort(mends, compare_mends);
}

GString *zp_mend_apply(GBytes *original, const GPtrArray *mends)
{
    gsize size, from = 0;
    const char *data = g_bytes_get_data(original, &size);
    GString *copy = g_string_sized_new(size);
    for (guint k = 0; k < mends->len; k++) {
        const ZpMend *mend = g_ptr_array_index(mends, k);
        g_string_append_len(copy, data + from, (gssize)(mend->start - from));
        g_string_append(copy, mend->text);
        from = mend->end;
    }
    g_string_append_len(copy, data + from, (gssize)(size - from));
    return copy;
}
