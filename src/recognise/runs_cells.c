/*
 * runs_cells.c - pieces of text that stand below each other: one cell, or two.
 */
#include "recognise/runs_cells.h"

#include <string.h>

/* A number is not broken before it has so many digits. */
#define BROKEN_BYTES_MIN 4
#define HAN_BYTES        3

static const guint8 WAYS[ROLE_COUNT] = {
    [ROLE_SOURCE] = AS_FIGURE,      [ROLE_BLOCK] = AS_NOTHING, [ROLE_LABEL] = AS_NAME,
    [ROLE_INITIAL] = AS_FIGURE,     [ROLE_BUDGET] = AS_FIGURE, [ROLE_EXECUTED] = AS_FIGURE,
    [ROLE_RATE] = AS_FIGURE,        [ROLE_LEVEL1] = AS_LABEL,  [ROLE_LEVEL2] = AS_LABEL,
    [ROLE_LEVEL3] = AS_NAME,        [ROLE_TARGET] = AS_VALUE,  [ROLE_COMPARATOR] = AS_VALUE,
    [ROLE_TARGET_VALUE] = AS_VALUE, [ROLE_ACTUAL] = AS_VALUE,  [ROLE_TARGET_UNIT] = AS_VALUE,
    [ROLE_WEIGHT] = AS_FIGURE,      [ROLE_SCORE] = AS_FIGURE,  [ROLE_REASON] = AS_PROSE,
    [ROLE_OTHER] = AS_PROSE,
};

Way run_way(const RunBlock *block, guint column)
{
    return (Way)WAYS[block->columns[column].role];
}

Shape run_piece_shape(const RunBlock *block, const Piece *piece)
{
    gsize length;
    const char *text = piece_text(block, piece, &length);
    return shape_of_text(text, length);
}

/* Whether a text is no number by itself but the rest of one: 00.00, .5 or %. */
static bool is_rest(const RunBlock *block, const Piece *piece)
{
    gsize length;
    const char *text = piece_text(block, piece, &length);
    bool is_led_by_zero = length > 1 && *text == '0' && g_ascii_isdigit(text[1]);
    return is_led_by_zero || strchr("%.,", *text);
}

/* The rest of a number that its narrow cell broke: "560000.0" and "0", "99.79" and "%". */
bool run_goes_on_figure(const RunBlock *block, const Piece *above, const Piece *piece)
{
    gsize length;
    const char *text = piece_text(block, piece, &length);
    for (gsize i = 0; i < length; i++) {
        if (!g_ascii_isdigit(text[i]) && text[i] != '%' && text[i] != '.' && text[i] != ',')
            return false;
    }
    gsize above_length;
    const char *number = piece_text(block, above, &above_length);
    if (!g_ascii_isdigit(number[above_length - 1]) && !strchr(".,", number[above_length - 1]))
        return false;
    /* Two points make no number. */
    if (memchr(number, '.', above_length) && memchr(text, '.', length))
        return false;
    if (is_rest(block, piece))
        return true;
    bool may_break = above_length >= BROKEN_BYTES_MIN || *text == '%';
    return may_break && run_block_is_full(block, above) &&
           piece->x1 - piece->x0 <= above->x1 - above->x0 + 0.1F;
}

/* 2023 and 年 12, 2020年 and 12月, 12月 and 31日. */
static bool goes_on_date(const RunBlock *block, const Piece *above, const Piece *piece)
{
    gsize above_length, length, digits = 0;
    const char *text = piece_text(block, above, &above_length);
    const char *below = piece_text(block, piece, &length);
    if (g_ascii_isdigit(text[above_length - 1]))
        return looks_date_mark(below, length);
    while (digits < length && (g_ascii_isdigit(below[digits]) || below[digits] == ' '))
        digits++;
    bool ends =
        above_length > HAN_BYTES && looks_date_mark(text + above_length - HAN_BYTES, HAN_BYTES);
    return ends && digits && looks_date_mark(below + digits, length - digits);
}

/* Whether a value that is broken goes on below, for it is none without. */
bool run_must_go_on(const RunBlock *block, const Piece *above, const Piece *piece)
{
    Way way = run_way(block, piece->column);
    bool is_figure = shape_is_figure(run_piece_shape(block, above));
    return way == AS_FIGURE  ? is_figure && is_rest(block, piece)
           : way == AS_VALUE ? goes_on_date(block, above, piece)
                             : false;
}

/* Whether a value is another one than that above it, not the rest of it. */
bool run_starts_anew(const RunBlock *block, const Piece *above, const Piece *piece)
{
    gsize length;
    const char *text = piece_text(block, above, &length);
    Shape shape = run_piece_shape(block, piece);
    if (!shape_is_figure(run_piece_shape(block, above)) ||
        run_goes_on_figure(block, above, piece) || goes_on_date(block, above, piece))
        return false;
    bool has_unit = !g_ascii_isdigit(text[length - 1]) && text[length - 1] != '.';
    return shape == SHAPE_COMPARED || shape == SHAPE_PERCENT || shape == SHAPE_BIG ||
           (shape == SHAPE_QUANTITY && has_unit);
}
