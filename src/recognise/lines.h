/*
 * lines.h - a document as lines, each cell read as a label once.
 *
 * A line is a row of a table or a line of text around the tables.  A token is a cell with text;
 * a slot is a place of a line that a token covers, also from a row above (row span).  Blank lines
 * are dropped and remembered as a break.
 *
 * Lines are read one by one and dropped when their form is built, so that a long document costs the
 * memory of one form.  Numbers of lines, slots and tokens count from the document's beginning.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/arrange.h"

/* What a token looks like, before anything is known of its column. */
typedef enum {
    SHAPE_TEXT,
    SHAPE_DASH,     /* —, -, /, 一, ……: no value */
    SHAPE_SMALL,    /* a number of at most three digits before the point */
    SHAPE_BIG,      /* a longer one, or one with grouping */
    SHAPE_PERCENT,  /* a number and % */
    SHAPE_QUANTITY, /* a number and a short unit */
    SHAPE_COMPARED, /* begins with a comparator sign */
    SHAPE_LEVEL1,   /* a level-1 label only */
    SHAPE_LEVEL2,   /* a level-2 label only */
    SHAPE_LEVEL12,  /* either: 满意度指标, 成本指标 */
    SHAPE_BLOCK,    /* the label of a block: 绩效指标, 项目资金 */
    SHAPE_FUND_ROW, /* the label of a funds row */
    SHAPE_COUNT,
} Shape;

typedef struct {
    const ZpCell *cell;
    const ZpTable *table;
    const char *text; /* the cell's, without mark-up */
    guint32 length;
    bool had_markup;
    bool is_noted;       /* the repair of its cell is listed */
    bool is_label_noted; /* that its label was mended or inferred is listed */
    bool is_used;        /* a field, a label or a repair took it */
    Shape shape;
    ZpLabelMatch label;
} Token;

typedef struct {
    guint token;      /* its number */
    guint32 col, end; /* the columns it covers */
    bool begins;      /* the cell's first row is this one */
} Slot;

typedef struct {
    const ZpTable *table;
    guint32 row;
    guint first, count; /* slots: number of the first, and how many */
    bool after_break;   /* blank lines, a page or another table stand before it */
} Line;

typedef struct {
    GArray *lines;                          /* of Line */
    GArray *slots;                          /* of Slot */
    GArray *tokens;                         /* of Token */
    guint line_base, slot_base, token_base; /* numbers of the first ones that are kept */
    GStringChunk *strings;
    const ZpLabels *labels;
    const Arranged *document;
    guint n_tables;   /* begun so far */
    bool is_walking;  /* the last of them goes on */
    bool after_break; /* no line of it was read yet */
    ZpRowWalk walk;
    GHashTable *spanned; /* its cells of several rows → number of their token + 1 */
} Lines;

/**
 * lines_new, lines_free: begin before the document's first line.
 */
Lines *lines_new(const Arranged *document);
void lines_free(Lines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lines, lines_free)

/**
 * lines_read: read the next row that says something; a title's cell may be several lines.
 *
 * Returns: false at the document's end.
 */
bool lines_read(Lines *lines);

/**
 * lines_drop: forget the lines before one that was read, or before the next one.
 */
void lines_drop(Lines *lines, guint line);

/**
 * lines_end: the number behind the last line that was read.
 */
static inline guint lines_end(const Lines *lines)
{
    return lines->line_base + lines->lines->len;
}

static inline const Line *lines_at(const Lines *lines, guint k)
{
    return &g_array_index(lines->lines, Line, k - lines->line_base);
}

static inline const Slot *line_slot(const Lines *lines, const Line *line, guint k)
{
    return &g_array_index(lines->slots, Slot, line->first + k - lines->slot_base);
}

static inline Token *slot_token(const Lines *lines, const Slot *slot)
{
    return &g_array_index(lines->tokens, Token, slot->token - lines->token_base);
}

/**
 * tokens_alike: whether two cells print the same.
 */
static inline bool tokens_alike(const Token *a, const Token *b)
{
    return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
}

/**
 * slot_repeats: whether a slot says what the one before it in its line does, directly beside it.
 */
static inline bool slot_repeats(const Lines *lines, const Slot *slot)
{
    return slot->col == slot[-1].end &&
           tokens_alike(slot_token(lines, slot - 1), slot_token(lines, slot));
}

/**
 * shape_is_figure: a number of some kind, or a dash in place of one.
 */
static inline bool shape_is_figure(Shape shape)
{
    return shape >= SHAPE_DASH && shape <= SHAPE_COMPARED;
}

/**
 * line_tokens: the tokens that begin in a line, by column.
 * @out: room for @size
 *
 * Returns: how many there are, at most @size.
 */
guint line_tokens(const Lines *lines, const Line *line, Token **out, guint size);

/**
 * line_title: the token that may be a title: alone in its line, or with labels of a form's head behind it.
 *
 *     某项目绩效目标自评表 | | | 项目总得分 | 98
 *
 * Returns: (nullable) NULL for any other line.
 */
Token *line_title(const Lines *lines, const Line *line);

/**
 * line_is_text: a line of text around the tables.
 */
static inline bool line_is_text(const Line *line)
{
    return line->table->kind == ZP_TABLE_LINES;
}

/**
 * shape_of_label: what a label is to its column; SHAPE_TEXT for labels of none, and for no label.
 */
Shape shape_of_label(const ZpLabelMatch *label);

/**
 * shape_of_text: what a text that is no label looks like.
 */
Shape shape_of_text(const char *text, gsize length);

/**
 * text_is_zero: whether a text is a zero, which stands in any column of figures, as a dash does.
 */
bool text_is_zero(const char *text, gsize length);

/**
 * line_is_repeated: a row of a header that a page break had printed again.
 */
bool line_is_repeated(const Lines *lines, const Line *line);

/**
 * token_fold: the token's text folded, for patterns.
 */
void token_fold(const Token *token, GString *out);
