/*
 * drawn_words.c - a table of the usual words, and what a form's template wants instead.
 *
 *     central    年初预算数 全年预算数 全年执行数 年度指标值 实际完成值 分值 得分      the usual ones
 *     rural      … 全年实际值 for 实际完成值: a label it must have
 *     transfer   … 权重 for 分值: a label it must not have
 *     unknown    … only words by which no template is known
 */
#include "output/drawn_words.h"

#include <string.h>

#define CHOICES 4

static const struct {
    ZpLabelKind kind;
    const char *usual[CHOICES]; /* the first that the template bears */
    bool only_asked;            /* NULL unless the template must have one */
} WORDS[ZP_WORD_COUNT] = {
    [ZP_WORD_PROJECT] = {ZP_LABEL_PROJECT, {"项目名称"}, false},
    [ZP_WORD_DEPARTMENT] = {ZP_LABEL_DEPARTMENT, {"主管部门", "县级主管部门"}, false},
    [ZP_WORD_UNIT] = {ZP_LABEL_UNIT, {"实施单位"}, false},
    [ZP_WORD_HEADLINE] = {ZP_LABEL_HEADLINE, {"自评得分", "自评总分"}, false},
    [ZP_WORD_FUNDS] = {ZP_LABEL_FUNDS_BLOCK, {"项目资金"}, false},
    [ZP_WORD_SOURCE] = {ZP_LABEL_EXTRA, {""}, true},
    [ZP_WORD_INITIAL] = {ZP_LABEL_INITIAL, {"年初预算数", "年初预算"}, false},
    [ZP_WORD_BUDGET] = {ZP_LABEL_BUDGET, {"全年预算数", "全年预算"}, false},
    [ZP_WORD_EXECUTED] = {ZP_LABEL_EXECUTED, {"全年执行数", "全年执行"}, false},
    [ZP_WORD_WEIGHT] = {ZP_LABEL_WEIGHT, {"分值", "权重", "满分"}, false},
    [ZP_WORD_RATE] = {ZP_LABEL_RATE, {"执行率"}, false},
    [ZP_WORD_SCORE] = {ZP_LABEL_SCORE, {"得分", "评价得分", "实际得分"}, false},
    [ZP_WORD_REASON] = {ZP_LABEL_REASON, {"偏差原因分析及改进措施"}, false},
    [ZP_WORD_GOALS] = {ZP_LABEL_GOALS_BLOCK, {"年度总体目标"}, false},
    [ZP_WORD_EXPECTED] = {ZP_LABEL_GOAL_EXPECTED, {"预期目标"}, false},
    [ZP_WORD_DONE] = {ZP_LABEL_GOAL_ACTUAL, {"实际完成情况"}, false},
    [ZP_WORD_INDICATORS] = {ZP_LABEL_INDICATORS_BLOCK, {"绩效指标"}, false},
    [ZP_WORD_LEVEL1] = {ZP_LABEL_LEVEL1_HEAD, {"一级指标"}, false},
    [ZP_WORD_LEVEL2] = {ZP_LABEL_LEVEL2_HEAD, {"二级指标"}, false},
    [ZP_WORD_LEVEL3] = {ZP_LABEL_LEVEL3_HEAD, {"三级指标"}, false},
    [ZP_WORD_LEVEL1_WEIGHT] = {ZP_LABEL_LEVEL1_WEIGHT, {"一级指标权重"}, false},
    [ZP_WORD_LEVEL2_WEIGHT] = {ZP_LABEL_LEVEL2_WEIGHT, {"二级指标权重"}, false},
    [ZP_WORD_COMPARATOR] = {ZP_LABEL_COMPARATOR, {NULL}, true},
    [ZP_WORD_TARGET] = {ZP_LABEL_TARGET, {"年度指标值", "绩效指标值"}, false},
    [ZP_WORD_TARGET_UNIT] = {ZP_LABEL_TARGET_UNIT, {NULL}, true},
    [ZP_WORD_ACTUAL] = {ZP_LABEL_ACTUAL, {"实际完成值", "完成值"}, false},
    [ZP_WORD_TOTAL] = {ZP_LABEL_TOTAL, {"总分"}, false},
};

typedef struct {
    const ZpLabels *labels;
    const ZpForm *form;
    guint variant; /* of the template */
} Chooser;

static const ZpLabelEntry *entry_of(const Chooser *chooser, const char *text)
{
    ZpLabelMatch match;
    return text && zp_labels_match(chooser->labels, text, strlen(text), &match) ? match.entry
                                                                                : NULL;
}

/* Whether a label is printed anyway: beside an extra text, before a funds row or over a further column. */
static bool is_printed(const Chooser *chooser, const ZpLabelEntry *entry)
{
    const ZpForm *form = chooser->form;
    for (guint k = 0; k < form->extra->len; k++) {
        const ZpExtra *extra = g_ptr_array_index(form->extra, k);
        if (entry_of(chooser, extra->label.text) == entry)
            return true;
    }
    for (guint k = 0; k < form->funds->len; k++) {
        if (entry_of(chooser, zp_form_fund(form, k)->label.text) == entry)
            return true;
    }
    for (guint k = 0; k < form->indicators->len; k++) {
        const GPtrArray *other = zp_form_indicator(form, k)->other;
        for (guint i = 0; other && i < other->len; i++) {
            const ZpExtra *extra = g_ptr_array_index(other, i);
            if (entry_of(chooser, extra->label.text) == entry)
                return true;
        }
    }
    return false;
}

static bool has_word(const ZpLabelEntry *entry)
{
    for (gsize k = 0; k < ZP_WORD_COUNT; k++) {
        if (entry->kinds & ZP_LABEL_BIT(WORDS[k].kind))
            return true;
    }
    return entry->kinds & ZP_LABEL_BIT(ZP_LABEL_LEVEL1);
}

/* Whether each label that a variant must have is printed, or can be. */
static bool fits(const Chooser *chooser)
{
    const ZpLabelEntry *cue;
    for (guint k = 0; (cue = zp_labels_cue(chooser->labels, chooser->form->template_id,
                                           chooser->variant, false, k));
         k++) {
        if (!has_word(cue) && !is_printed(chooser, cue))
            return false;
    }
    return true;
}

static bool is_lacked(const Chooser *chooser, const ZpLabelEntry *entry)
{
    const ZpLabelEntry *cue;
    const char *id = chooser->form->template_id;
    for (guint k = 0; (cue = zp_labels_cue(chooser->labels, id, chooser->variant, true, k)); k++) {
        if (cue == entry)
            return true;
    }
    return !zp_labels_has_variant(chooser->labels, id, 0) &&
           zp_labels_is_cue(chooser->labels, entry);
}

/* Where several departments or units stand, the greatest rank is the field's: the others are extra. */
static bool is_outranked(const Chooser *chooser, const ZpLabelEntry *entry, ZpLabelKind kind)
{
    const GPtrArray *extras = chooser->form->extra;
    for (guint k = 0; k < extras->len; k++) {
        const ZpExtra *extra = g_ptr_array_index(extras, k);
        const ZpLabelEntry *other = entry_of(chooser, extra->label.text);
        if (other && (other->kinds & ZP_LABEL_BIT(kind)) && other->rank > entry->rank)
            return true;
    }
    return false;
}

/* The label of a kind that the template must have and nothing prints yet. */
static const char *asked(const Chooser *chooser, ZpLabelKind kind)
{
    const ZpLabelEntry *cue;
    for (guint k = 0; (cue = zp_labels_cue(chooser->labels, chooser->form->template_id,
                                           chooser->variant, false, k));
         k++) {
        if ((cue->kinds & ZP_LABEL_BIT(kind)) && !is_printed(chooser, cue))
            return cue->text;
    }
    return NULL;
}

static const char *choose(const Chooser *chooser, ZpWord word)
{
    const char *text = asked(chooser, WORDS[word].kind);
    for (guint k = 0; !text && !WORDS[word].only_asked && k < CHOICES; k++) {
        const ZpLabelEntry *entry = entry_of(chooser, WORDS[word].usual[k]);
        if (entry && !is_lacked(chooser, entry) && !is_outranked(chooser, entry, WORDS[word].kind))
            text = WORDS[word].usual[k];
    }
    return text ? text : WORDS[word].usual[0];
}

void zp_words_choose(ZpWords *words, const ZpLabels *labels, const ZpForm *form)
{
    Chooser chooser = {labels, form, 0};
    while (zp_labels_has_variant(labels, form->template_id, chooser.variant) && !fits(&chooser))
        chooser.variant++;
    if (!zp_labels_has_variant(labels, form->template_id, chooser.variant))
        chooser.variant = 0;
    *words = (ZpWords){0};
    for (int k = 0; k < ZP_WORD_COUNT; k++)
        words->words[k] = choose(&chooser, (ZpWord)k);
    const char *level1 = asked(&chooser, ZP_LABEL_LEVEL1);
    words->level1 = entry_of(&chooser, level1);
}
