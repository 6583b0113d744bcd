/*
 * runs_looks.c - what words of a table without rules look like.
 *
 * A figure suits a column of figures, a level's label or a piece of one the column of that level, and
 * words with one space between are rather one cell than two.  The worths are in the measure of
 * role_fit.
 */
#include "recognise/runs_looks.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* A single space between two cells is rarer than one inside a cell. */
#define DIVIDE_PRICE      2.0F
#define DIVIDE_DATE_PRICE 8.0F

static const struct {
    Role role;
    guint64 kinds; /* labels of these kinds, or pieces of them, stand in the column */
} LABEL_ROLES[] = {
    {ROLE_LEVEL1, BIT(LEVEL1)},
    {ROLE_LEVEL2, BIT(LEVEL2)},
    {ROLE_LABEL, BIT(FUND_ROW)},
    {ROLE_BLOCK, BIT(FUNDS_BLOCK) | BIT(GOALS_BLOCK) | BIT(INDICATORS_BLOCK)},
};
#define LABEL_FIT 3
/* Decimals in the column of weights; they are rather a rate without its %. */
#define DECIMAL_WEIGHT_FIT 1
/* Words with one space between are rather of one cell. */
#define JOIN_WORTH 1.0F
/* Texts of this length side by side may be a target and an actual value, or a value and a reason. */
#define LONG_VALUE_BYTES 9
/* A unit by itself. */
#define UNIT_BYTES_MAX 12
#define UNIT_FIT       1.5F
/* Several figures as one. */
#define SEVERAL_FIT -6
/* A level's label, or a piece of one, is less likely a name. */
#define LEVEL_PIECE_PRICE 0.5F

static guint64 kinds_of_role(Role role)
{
    for (guint i = 0; i < G_N_ELEMENTS(LABEL_ROLES); i++) {
        if (LABEL_ROLES[i].role == role)
            return LABEL_ROLES[i].kinds;
    }
    return 0;
}

static const char *const DATE_MARKS[] = {"年", "月", "日"};

/* Whether a text is a date, or its beginning: 2018 年 12. */
static bool begins_date(const char *text, gsize length)
{
    guint n_marks = 0;
    gsize k = 0;
    for (guint i = 0; i < G_N_ELEMENTS(DATE_MARKS) && k < length; i++) {
        gsize digits = k;
        while (k < length && (g_ascii_isdigit(text[k]) || text[k] == ' '))
            k++;
        if (k == digits)
            return false;
        gsize size = strlen(DATE_MARKS[i]);
        if (length - k < size || memcmp(text + k, DATE_MARKS[i], size) != 0)
            break;
        k += size;
        n_marks++;
    }
    return n_marks && k == length;
}

Looks looks_of(const RunBlock *block, guint first, guint count)
{
    const Word *a = runs_word(block->runs, first), *b = runs_word(block->runs, first + count - 1);
    gsize length = (gsize)(b->text + b->length - a->text);
    Looks looks = {.first = a, .count = count, .x0 = a->x0, .x1 = b->x1};
    looks.shape = count == 1 ? a->shape : words_shape(a->text, length);
    looks.parts = count == 1 ? a->parts : label_parts(block->runs->labels, a->text, length);
    guint n_whole = 0;
    bool is_cut = false, is_figure = false;
    for (guint k = 0; k < count; k++) {
        Shape shape = a[k].shape;
        bool was_figure = is_figure;
        is_figure = shape_is_figure(shape);
        looks.is_prose |= shape == SHAPE_TEXT;
        n_whole += shape == SHAPE_COMPARED || shape == SHAPE_PERCENT || shape == SHAPE_QUANTITY;
        is_cut |= k && (shape == SHAPE_COMPARED || (was_figure && is_figure));
    }
    looks.is_several = is_cut || n_whole > 1 ||
                       (count > 1 && shape_is_figure(a->shape) && shape_is_figure(b->shape));
    if (looks.is_several && begins_date(a->text, length))
        looks.is_several = false;
    return looks;
}

bool looks_level(const Word *word)
{
    return (word->parts & (BIT(LEVEL1) | BIT(LEVEL2))) && word->x1 - word->x0 > 1.5F;
}

/* What makes a name of a text that may be a level's label less likely; 数量 ends many a name. */
static float price_as_name(const Word *word)
{
    if (!looks_level(word))
        return 0;
    return LEVEL_PIECE_PRICE;
}

/* What is less odd here than role_fit says, which may shift whole rows. */
static const struct {
    Role role;
    Shape shape;
    float fit;
} FITS[] = {
    {ROLE_RATE, SHAPE_SMALL, 2}, /* a rate without its % */
    {ROLE_OTHER, SHAPE_TEXT, 2},
    {ROLE_ACTUAL, SHAPE_TEXT, 1.5F},
};

/* A unit in a column of its own is a word or two: 人次, %. */
static float fit_as_unit(const Word *word)
{
    return word->length <= UNIT_BYTES_MAX ? UNIT_FIT : 0;
}

/* How well one word stands in a column. */
static float fit_of_word(const Word *word, Role role)
{
    Shape shape = word->shape;
    if (role == ROLE_TARGET_UNIT)
        return fit_as_unit(word);
    guint64 kinds = kinds_of_role(role);
    bool has_point = shape == SHAPE_SMALL && memchr(word->text, '.', word->length);
    if (kinds && (word->parts & kinds))
        return LABEL_FIT;
    if (has_point && (role == ROLE_RATE || role == ROLE_WEIGHT))
        return role == ROLE_RATE ? LABEL_FIT : DECIMAL_WEIGHT_FIT;
    if (role == ROLE_BLOCK)
        return (float)MIN(role_fit(role, shape), -3);
    if (role == ROLE_LEVEL3)
        return (float)role_fit(role, shape) - price_as_name(word);
    for (guint i = 0; i < G_N_ELEMENTS(FITS); i++) {
        if (FITS[i].role == role && FITS[i].shape == shape)
            return FITS[i].fit;
    }
    bool is_money = role == ROLE_INITIAL || role == ROLE_BUDGET || role == ROLE_EXECUTED;
    /* A small amount, or the rest of one that its cell broke, looks like a weight or a rate. */
    if (is_money && shape == SHAPE_SMALL)
        return LABEL_FIT;
    return (float)role_fit(role, shape);
}

bool looks_date_mark(const char *text, gsize length)
{
    for (guint i = 0; i < G_N_ELEMENTS(DATE_MARKS); i++) {
        gsize size = strlen(DATE_MARKS[i]);
        if (length >= size && memcmp(text, DATE_MARKS[i], size) == 0)
            return true;
    }
    return false;
}

/* 2023 | 年, or 年 | 12: the parts of one date. */
static bool are_of_date(const Word *left, const Word *right)
{
    bool is_number = shape_is_figure(left->shape) && g_ascii_isdigit(left->text[left->length - 1]);
    return is_number ? looks_date_mark(right->text, right->length)
                     : left->length == strlen(DATE_MARKS[0]) && g_ascii_isdigit(*right->text) &&
                           looks_date_mark(left->text, left->length);
}

float looks_divide(const Word *left, const Word *right)
{
    if (are_of_date(left, right))
        return DIVIDE_DATE_PRICE;
    static const guint64 LABELS = BIT(LEVEL1) | BIT(LEVEL2) | BIT(FUND_ROW);
    bool is_label = (left->parts & LABELS) && !(right->parts & left->parts & LABELS);
    bool are_figures = shape_is_figure(left->shape) && shape_is_figure(right->shape);
    return is_label || are_figures ? 0 : DIVIDE_PRICE;
}

static bool is_prose_role(Role role)
{
    return role == ROLE_LEVEL3 || role == ROLE_REASON || role == ROLE_TARGET ||
           role == ROLE_ACTUAL || role == ROLE_OTHER;
}

/* Whether a single space is a sign of one cell; 完成时间内完成 达成预期指标 are as likely target and actual. */
static bool belong_together(const Word *left, const Word *right, Role role)
{
    bool are_values = (role == ROLE_TARGET || role == ROLE_ACTUAL) &&
                      MIN(left->length, right->length) >= LONG_VALUE_BYTES;
    return looks_divide(left, right) > 0 && !are_values;
}

float looks_fit(const Looks *looks, Role role)
{
    bool is_figure = shape_is_figure(looks->shape) && !looks->is_several;
    float all = looks->count == 2 && is_figure ? (float)role_fit(role, looks->shape) : -G_MAXFLOAT;
    float fit = 0;
    if (looks->is_several && role != ROLE_REASON)
        return SEVERAL_FIT;
    if (looks->count > 1 && kinds_of_role(role) && !(looks->parts & kinds_of_role(role)))
        return role == ROLE_LABEL ? 1 : SEVERAL_FIT;
    for (guint k = 0; k < looks->count; k++) {
        const Word *word = looks->first + k;
        bool in_prose = looks->is_prose && is_prose_role(role) && shape_is_figure(word->shape);
        float own = fit_of_word(word, role);
        fit += MAX(in_prose ? MAX(own, 0) : own, all);
        fit += k && belong_together(word - 1, word, role) ? JOIN_WORTH : 0;
    }
    return fit;
}
