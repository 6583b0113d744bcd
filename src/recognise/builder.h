/*
 * builder.h - one form under construction.
 *
 * classify.c says what each line of the form is, then head.c, funds.c, goals.c and indicators.c
 * fill their blocks; take.c moves a token's text into the form and lists the repairs.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/columns.h"

/* What a line of a form is. */
typedef enum {
    LINE_OUTSIDE, /* text around the form's tables */
    LINE_TITLE,
    LINE_YEAR,
    LINE_PAIRS, /* labels with their values beside them */
    LINE_FUND_HEAD,
    LINE_FUND,
    LINE_GOAL_HEAD,
    LINE_GOAL,
    LINE_GOAL_PAIRS,
    LINE_INDICATOR_HEAD,
    LINE_INDICATOR_HEAD_AGAIN,
    LINE_INDICATOR,
    LINE_FUND_PAIRS,   /* the year's figures as labels with their values beside them */
    LINE_FUND_SOURCES, /* a header of sources of money, the figures' names below it */
    LINE_FUND_TURNED,  /* a figure of every source */
    LINE_SUBTOTAL,     /* the sum of a section of the indicators */
    LINE_TOTAL,
    LINE_INDEX, /* 行次 | 1 | 2 | 3: numbers of columns */
    LINE_FURNITURE,
    LINE_HEADING,  /* a headline of a block */
    LINE_REPEATED, /* a header row that a page break had printed again */
    LINE_LOOSE,    /* text between the form's tables */
} LineMeaning;

/* The level labels that stand in an indicator's row. */
typedef struct {
    Token *level1, *level2;               /* (nullable) */
    Token *level1_weight, *level2_weight; /* (nullable) from columns of their own */
    bool is_shifted;                      /* a cell of the row was lost */
    bool is_single;                       /* there is no column of level 1 */
} LevelCells;

/* Where a field's value came from, to be weighed against another one. */
typedef struct {
    int rank;
    ZpText label;
    guint position; /* how many extras stood before it */
} Ranked;

typedef struct {
    const ZpLabels *labels;
    const Lines *lines;
    guint begin, end; /* the form's lines */
    guint8 *meanings; /* LineMeaning, by line - begin */
    ZpForm *form;
    guint8 *seen;        /* by ZpLabelEntry.index */
    GString *scratch;    /* for folding and cleaning */
    GHashTable *growing; /* of Growing by its text (take.c) */
    Ranked held_unit, held_department;
    GArray *levels;                              /* of LevelCells, one an indicator */
    bool has_level1_weights, has_level2_weights; /* the indicators have such columns */
    /* (nullable) of a section that begins above its rows, for the next of them */
    Token *held_level1, *held_level2, *held_level1_weight, *held_level2_weight;
    int block; /* number of the target block under way; 0: unnumbered */
} Builder;

static inline LineMeaning builder_meaning(const Builder *builder, guint line)
{
    return (LineMeaning)builder->meanings[line - builder->begin];
}

/* Tokens of one line that are looked at together; a row has hardly more. */
#define LINE_TOKENS_MAX 64

/**
 * builder_build: the form of the lines from begin to before end.  (build.c)
 */
ZpForm *builder_build(const ZpLabels *labels, const Lines *lines, guint begin, guint end);

void builder_classify(Builder *builder); /* classify.c */
/* head.c: LINE_TITLE, LINE_YEAR, LINE_PAIRS */
void builder_take_head(Builder *builder, guint line);
void builder_take_pairs(Builder *builder, guint line);
/* A label's own text, without its colon and what stands behind that. */
ZpText builder_label_text(Builder *builder, Token *token);
/* A label's value, printed beside it (nullable: blank), to the field it names; what none takes goes to `extra`. */
void builder_take_beside(Builder *builder, Token *label, Token *beside, const Line *line);
/* Finds a label that no list knows, with its value behind a colon in the same text. */
void builder_find_inline(Token *token);
/* Notes the currency that a label's bracket prints. */
void builder_take_currency(Builder *builder, const Token *token);

/* funds.c, indicators.c: each takes the rows below the header at @line, up to the next such header. */
void builder_take_funds(Builder *builder, guint line);
/* The block's own label beside its rows or above them: its currency and weight count, it is no row's label. */
void builder_take_funds_label(Builder *builder, const Line *line);
void builder_take_fund_pairs(Builder *builder, guint line);
/* A figure of the funds beside its label in the head, where no block has them; false: it is left to who asked. */
bool builder_take_fund_value(Builder *builder, Token *label, const ZpValue *value);
/* funds_turned.c: a row a figure, a column a source. */
void builder_take_turned(Builder *builder, guint line);
/* The source of money that a label names; a misspelt one is mended. */
ZpSource builder_source_of(Builder *builder, Token *label);
/* Where a fund has the figure of a column's role.  Returns: (nullable) NULL for a role that is no figure. */
ZpValue *fund_figure(ZpFund *fund, Role role, const char **name);
void builder_take_indicators(Builder *builder, guint line);
/* goals.c: all lines of the goals block. */
void builder_take_goals(Builder *builder);
/* levels.c: level 1 and 2 of every indicator, printed, inherited or inferred. */
void builder_settle_levels(Builder *builder);
/* total.c: the total row; @columns (nullable) those of the indicators above it. */
void builder_take_total(Builder *builder, guint line, const Columns *columns);

/* take.c: text into the form. */

/**
 * take_text: a token's cleaned text, kept by the form; the token counts as used.
 * @token: (nullable) NULL gives "" at no place
 * @pointer_format: printf format of the JSON Pointer for a mark-up repair
 */
ZpText take_text(Builder *builder, Token *token, const char *pointer_format, ...)
    __attribute__((format(printf, 3, 4)));

/** take_part: the same of a part of the token's text. */
ZpText take_part(Builder *builder, Token *token, gsize start, gsize end);

/**
 * take_value: a cell as a value without its numbers; a blank place (token NULL) gets the place of
 * the row and column where it would stand.
 */
ZpValue take_value(Builder *builder, Token *token, const Line *line, gint64 col,
                   const char *pointer_format, ...) __attribute__((format(printf, 5, 6)));

/**
 * note_joined: list that a cell was put together over a page break (R02), once.
 */
void note_joined(Builder *builder, Token *token, const char *pointer_format, ...)
    __attribute__((format(printf, 3, 4)));

/**
 * take_extra: a figure that no field takes, to `extra` under its row's and its column's label.
 */
void take_extra(Builder *builder, Token *row, Token *head, Token *token);

/**
 * use_copies: count the copies of a cell that lie in the same column as it, where a converter filled a merged cell.
 */
void use_copies(Builder *builder, const Line *line, const Columns *columns, int shift);

/**
 * append_text: join a cut cell's rest behind a text.
 */
void append_text(Builder *builder, const char **text, Token *token);

/**
 * place_in_line: the place of column @col (from 0) of a line.
 */
ZpPlace place_in_line(const Line *line, const Lines *lines, gint64 col);

/**
 * add_repair: list a repair.
 * @code: "R01" … "R07"
 * @zh, @en: what was done
 */
void add_repair(Builder *builder, const char *code, const ZpPlace *at, const char *zh,
                const char *en, const char *pointer_format, ...)
    __attribute__((format(printf, 6, 7)));

/**
 * add_unread, _text: list a token's text, or one that a field has, as a D05; of very many only the first ones are kept.
 * @nearest: (nullable) of an unknown label: the known one that it is likest to; owned by the labels
 */
void add_unread(Builder *builder, Token *token, ZpLossKind kind, const char *nearest);
void add_unread_text(Builder *builder, const ZpText *text, ZpLossKind kind, const char *nearest);

/**
 * without_colon: a label's text without its final colon.
 */
ZpText without_colon(Builder *builder, ZpText label);

/**
 * note_shift: list that a row was put back by its shift (R01); nothing for a shift of 0.
 */
void note_shift(Builder *builder, const Line *line, int shift, const char *pointer_format, ...)
    __attribute__((format(printf, 4, 5)));

/**
 * is_furniture, drop_furniture: a page number, form number or running head; takes it out (R03).
 */
bool is_furniture(const Builder *builder, const Token *token);
void drop_furniture(Builder *builder, Token *token);

/**
 * mark_seen: remember a label for the template's cues.
 */
void mark_seen(Builder *builder, const Token *token);
