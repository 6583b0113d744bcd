/*
 * form.h - a self-evaluation form (项目支出绩效自评表): what the printed cells mean.
 *
 * The recogniser fills texts and places, the normaliser numbers; rules and writers only read.
 * The shape is the one of `ziping convert --to json` (docs/formats.md), so a JSON Pointer of
 * a finding leads to the same field here.
 */
#pragma once

#include "model/value.h"

typedef enum {
    ZP_SOURCE_TOTAL,
    ZP_SOURCE_FISCAL,
    ZP_SOURCE_CARRYOVER,
    ZP_SOURCE_CENTRAL,
    ZP_SOURCE_LOCAL,
    ZP_SOURCE_SPECIAL_ACCOUNT,
    ZP_SOURCE_UNIT_OWN,
    ZP_SOURCE_OTHER,
    ZP_SOURCE_COUNT,
} ZpSource;

/* A row of the funds block. */
typedef struct {
    ZpSource source;
    ZpText label; /* as printed, without its final colon */
    int part_of;  /* the row it is a part of (其中 of a part); -1: the total row or none */
    ZpValue initial, budget, executed, weight, rate, score;
    ZpText reason;
} ZpFund;

/* Text beside or under a label that no field takes, or a column that no field takes. */
typedef struct {
    ZpText label;
    ZpValue value;
} ZpExtra;

/* A row of the indicator block. */
typedef struct {
    ZpText level1, level2, level3;
    ZpValue target, actual, weight, score;
    ZpText reason;
    ZpValue level1_weight, level2_weight; /* a weight printed in the label: 产出指标(50分) */
    int part_of;                          /* a 其中 row: index of its indicator; else -1 */
    int block;        /* 年度绩效目标1, 2, …; 0: the form has one block */
    bool is_empty;    /* a template's empty row */
    GPtrArray *other; /* (nullable) of ZpExtra */
} ZpIndicator;

/* A repair the recogniser made: R01…R07. */
typedef struct {
    const char *code, *name; /* "R02", "split-cell" */
    char *pointer;
    ZpPlace at;
    char *zh, *en; /* what was done, in each language */
} ZpRepair;

/* A text of the form's tables that was not understood, or read in a place that is in doubt (D05). */
typedef struct {
    ZpLossKind kind; /* ZP_LOSS_UNPLACED_TEXT, _UNKNOWN_LABEL or _DOUBTFUL_PLACE */
    ZpText text;
    const char *nearest; /* (nullable) of an unknown label: the known one that it is likest to */
} ZpUnread;

/* The blocks of a form: bits of ZpForm.blocks and .missing. */
typedef enum {
    ZP_BLOCK_FUNDS = 1 << 0,
    ZP_BLOCK_GOALS = 1 << 1,
    ZP_BLOCK_INDICATORS = 1 << 2,
    ZP_BLOCK_TOTAL = 1 << 3,
} ZpBlock;

/* By what a form's labels were understood, and how many places are in doubt. */
typedef struct {
    guint listed, composed, mended, inferred, doubtful;
} ZpReading;

/* What a column of figures holds. */
typedef enum {
    ZP_KIND_FIGURE, /* money, weight, score, rate: the whole cell is one number */
    ZP_KIND_TARGET, /* target or actual: comparator, range, date, unit, prose */
} ZpValueKind;

typedef struct {
    guint index;                         /* in its file, from 0 */
    const char *template_id;             /* "central", …, "unknown" */
    const char *profile;                 /* "default" */
    const char *profile_zh, *profile_en; /* (nullable) why that one; "" when by its template */
    ZpPlace at;                          /* of its first row */
    ZpText title;
    int year; /* 0: not printed */
    ZpPlace year_at;
    ZpText currency_unit; /* 元, 万元, 亿元; text NULL: not printed */
    ZpText project, department, unit;
    ZpValue funds_weight, headline;
    guint blocks;     /* ZpBlock bits: the form has this block */
    guint missing;    /* ZpBlock bits: the template has it, the form not, or cut off: D04 */
    GPtrArray *funds; /* of ZpFund */
    ZpText goal_expected, goal_actual;
    GPtrArray *indicators; /* of ZpIndicator */
    ZpValue total_weight, total_score;
    ZpText total_grade;
    GPtrArray *extra;   /* of ZpExtra */
    GPtrArray *repairs; /* of ZpRepair */
    ZpReading reading;
    GArray *joins;          /* of ZpJoin */
    GPtrArray *unread;      /* of ZpUnread */
    guint n_unread_more;    /* beyond ZP_LIMIT_UNUSED_TEXTS */
    bool has_reason_column; /* the indicator table has a column for reasons */
    bool has_funds_reason_column;
    bool
        divides_otherwise; /* the rate's own formula divides by another column than the budget; for the
                               rules only, no record has it */
    bool has_weight_column, has_score_column;
    const char *engine; /* (nullable) what read it from pictures */
    GArray *pictured;   /* of ZpPictured: its pages that are pictures */
    GPtrArray *ocrs;    /* of ZpOcr, that values and texts point to */
    GStringChunk *strings;
} ZpForm;

ZpForm *zp_form_new(void);
void zp_form_free(ZpForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpForm, zp_form_free)

/**
 * zp_form_add_fund, _indicator, _extra: append an empty row, owned by the form.
 *
 * `part_of` begins as -1.  Repairs and unread texts are appended to their arrays as blocks of
 * g_new0; the form frees them, and of a repair also `pointer`, `zh` and `en`.
 */
ZpFund *zp_form_add_fund(ZpForm *form);
ZpIndicator *zp_form_add_indicator(ZpForm *form);
ZpExtra *zp_form_add_extra(ZpForm *form);

/** zp_indicator_add_other: append a further column of the row (its `other`). */
ZpExtra *zp_indicator_add_other(ZpIndicator *indicator);

/** zp_form_keep_ocr: a copy of how a text was read, owned by the form; NULL of NULL. */
ZpOcr *zp_form_keep_ocr(ZpForm *form, const ZpOcr *ocr);

/** zp_form_each_value: every figure of a form, with its JSON Pointer. */
typedef void (*ZpFormVisit)(ZpValue *value, const char *pointer, ZpValueKind kind, gpointer data);
void zp_form_each_value(ZpForm *form, ZpFormVisit visit, gpointer data);

/** zp_form_each_text: every text of a form that is no figure, with its JSON Pointer. */
typedef void (*ZpFormTextVisit)(ZpText *text, const char *pointer, gpointer data);
void zp_form_each_text(ZpForm *form, ZpFormTextVisit visit, gpointer data);

/**
 * zp_form_total_fund: the funds row whose source is total.
 *
 * Returns: (nullable) (transfer none); its index in @index (nullable) when there is one.
 */
const ZpFund *zp_form_total_fund(const ZpForm *form, guint *index);

#define zp_form_fund(form, k)      ((ZpFund *)g_ptr_array_index((form)->funds, (k)))
#define zp_form_indicator(form, k) ((ZpIndicator *)g_ptr_array_index((form)->indicators, (k)))

/**
 * zp_op_name, zp_source_name: the contract's spelling: "ge", "special_account"; NULL for ZP_OP_NONE.
 */
const char *zp_op_name(ZpOp op);
const char *zp_source_name(ZpSource source);

/*
 * The columns of a funds row and of an indicator row that are values, in the contract's
 * order: writers, normaliser and rules go over these tables instead of naming each.
 */
typedef struct {
    const char *name; /* the JSON key */
    size_t offset;    /* of the ZpValue in its row */
    ZpValueKind kind;
} ZpColumn;

extern const ZpColumn ZP_FUND_COLUMNS[];      /* ends with name NULL */
extern const ZpColumn ZP_INDICATOR_COLUMNS[]; /* ends with name NULL */
#define zp_column_value(row, column) ((ZpValue *)((char *)(row) + (column)->offset))
