/*
 * labels.h - what the printed labels of a form mean (rules/labels.yaml).
 *
 * Spellings are folded (base/text.h) once when loaded and looked up by hash, so a cell costs
 * one look-up.  Adding a label is a line of YAML.  It knows no grid and no position.
 */
#pragma once

#include "rulebook/label_kinds.h"
#include "rulebook/pattern.h"

typedef struct ZpLabels ZpLabels;

ZpLabels *zp_labels_load(GBytes *bytes, const char *name, GError **error);
void zp_labels_free(ZpLabels *labels);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpLabels, zp_labels_free)

/**
 * zp_labels_compile: compile every pattern now, for a foreign file.
 * @error: ZP_ERROR_DATA
 */
bool zp_labels_compile(ZpLabels *labels, GError **error);

/**
 * zp_labels_match: read a cell's text as a label.
 * @text, @length: as printed; white space, width, brackets and a final colon do not matter
 * @match: always set
 *
 * Returns: true when it is one.  "项目资金 (元)" is 项目资金 with currency 元, "产出指标(50分)" is
 * 产出指标 with weight "50分", "全年预算数（A）" is 全年预算数, "其中：财政资金" is a part.
 */
bool zp_labels_match(const ZpLabels *labels, const char *text, gsize length, ZpLabelMatch *match);

/**
 * zp_labels_compose: the same by the grammar of labels.yaml, for a text that is no listed spelling and has
 * a cell to itself: 全年预算安排金额 (A) is a budget.
 */
bool zp_labels_compose(const ZpLabels *labels, const char *text, gsize length, ZpLabelMatch *match);

/**
 * zp_labels_mend: the same for a text that differs from spellings of one of the kinds by one character
 * (another, one more, one less), where all spellings that are so near mean the same.
 * @kinds: ZP_LABEL_BITs that may stand there
 */
bool zp_labels_mend(const ZpLabels *labels, guint64 kinds, const char *text, gsize length,
                    ZpLabelMatch *match);

/**
 * zp_labels_nearest: the spelling of one of the kinds that shares most with a text, for a message.
 *
 * Returns: (nullable) folded; NULL when none shares half of its characters.
 */
const char *zp_labels_nearest(const ZpLabels *labels, guint64 kinds, const char *text,
                              gsize length);

/**
 * zp_labels_parts: the kinds (ZP_LABEL_BITs) of spellings that a text is, or is a piece of, as a
 * label broken over lines leaves them: "满意度指", "标".
 */
guint64 zp_labels_parts(const ZpLabels *labels, const char *text, gsize length);

/**
 * zp_labels_shuffled: the spelling of one of the kinds that has the very characters of a text, in any
 * order: two lines printed into each other ("年度值指标").
 *
 * Returns: (nullable)
 */
const ZpLabelEntry *zp_labels_shuffled(const ZpLabels *labels, guint64 kinds, const char *text,
                                       gsize length);

/**
 * zp_labels_whole: the first spelling of one of the kinds that a text is a piece of.
 *
 * Returns: (nullable)
 */
const ZpLabelEntry *zp_labels_whole(const ZpLabels *labels, guint64 kinds, const char *text,
                                    gsize length);

/** zp_label_has: one of the kinds (ZP_LABEL_BITs). */
static inline bool zp_label_has(const ZpLabelMatch *match, guint64 kinds)
{
    return match->entry && (match->entry->kinds & kinds);
}

/** zp_labels_source: the source of a funds row that no spelling knows, by the patterns. */
ZpSource zp_labels_source(const ZpLabels *labels, const char *folded, gsize length);

/** zp_labels_is_title: a form's title, folded and without mark-up. */
bool zp_labels_is_title(const ZpLabels *labels, const char *folded, gsize length);

/**
 * zp_labels_year: the year printed in a title or a year line, folded.
 * @alone: (nullable) set to whether the text holds nothing else but the currency
 *
 * Returns: 0 when there is none.
 */
int zp_labels_year(const ZpLabels *labels, const char *folded, gsize length, bool *alone);

/** zp_labels_is_heading: a headline between a form's blocks, folded: 二、预算执行情况. */
bool zp_labels_is_heading(const ZpLabels *labels, const char *folded, gsize length);

/** zp_labels_is_furniture: a page number, table number or running head, folded. */
bool zp_labels_is_furniture(const ZpLabels *labels, const char *folded, gsize length);

/** zp_labels_is_placeholder: text of the blank template: 指标1, ……, XX, folded. */
bool zp_labels_is_placeholder(const ZpLabels *labels, const char *folded, gsize length);

/**
 * zp_labels_markup: the pattern of mark-up printed as text; its group `break` took part when the
 * tag ends a line or paragraph.
 */
ZpPattern *zp_labels_markup(const ZpLabels *labels);

/** zp_labels_is_grade: 优, 良, 中, 差 and their spellings, folded. */
bool zp_labels_is_grade(const ZpLabels *labels, const char *folded, gsize length);

/* What is known of a form when its template is decided. */
typedef struct {
    const char *title;    /* folded; "" when there is none */
    const char *currency; /* (nullable) */
    const guint8 *seen;   /* by ZpLabelEntry.index: this spelling stands in the form */
} ZpTemplateCues;

/**
 * zp_labels_template: the template of a form.
 * @blocks: set to the ZpBlock bits that it has
 *
 * Returns: (transfer none) its id, "unknown" when none fits.
 */
const char *zp_labels_template(const ZpLabels *labels, const ZpTemplateCues *cues, guint *blocks);

/** zp_labels_count: how many spellings there are: the size of ZpTemplateCues.seen. */
guint zp_labels_count(const ZpLabels *labels);

/** zp_labels_has_template: whether a template is called so; "unknown" is one. */
bool zp_labels_has_template(const ZpLabels *labels, const char *id);

/**
 * zp_labels_has_variant, _cue, _is_cue: by which labels a template is known.  A template may have several rows
 * in labels.yaml, its variants from 0.
 * @lacks: the labels that it must not have, else those that it must
 *
 * _cue Returns: (nullable) the k-th; NULL past the last.  _is_cue: whether some template must have the spelling.
 */
bool zp_labels_has_variant(const ZpLabels *labels, const char *id, guint variant);
const ZpLabelEntry *zp_labels_cue(const ZpLabels *labels, const char *id, guint variant, bool lacks,
                                  guint k);
bool zp_labels_is_cue(const ZpLabels *labels, const ZpLabelEntry *entry);

/**
 * zp_labels_template_name: what a Chinese reader calls a template: 中央; the id where no name is listed.
 */
const char *zp_labels_template_name(const ZpLabels *labels, const char *id);
