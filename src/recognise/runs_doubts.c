/*
 * runs_doubts.c - which doubts about the columns of words their rows refute.
 *
 *     年度资金总额  6466500.00  6466500.  6,443,100  10  99.64  9.96
 *
 * By its place alone the first amount may stand under 全年预算数; but the one right of it can go nowhere else, columns
 * rise from left to right, and what stands side by side is not in one column.
 */
#include "recognise/runs_cells.h"

/* Words of different lines stand side by side when so much is between them, in em. */
#define BESIDE_GAP 2.0F
/* Each round may free a word for the next one. */
#define ROUNDS 8

static const guint64 LEVELS = ZP_LABEL_BIT(ZP_LABEL_LEVEL1) | ZP_LABEL_BIT(ZP_LABEL_LEVEL2);

/* A word of a row, and the bits of the columns that are open to it. */
typedef struct {
    const Piece *piece;
    Word *word;
    guint32 open;
} Place;

static Place *place_at(const GArray *places, guint k)
{
    return &g_array_index(places, Place, k);
}

/* The words of a row. */
static GArray *places_of(const RunBlock *block, const RunRow *row)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(Place));
    guint first = block->starts[row->first - block->first];
    guint end = block->starts[row->end - block->first];
    for (guint k = first; k < end; k++) {
        const Piece *piece = block_piece(block, k);
        for (guint w = 0; w < piece->count; w++) {
            Word *word = runs_word(block->runs, piece->first + w);
            Place place = {piece, word, word->others | 1u << piece->column};
            g_array_append_val(places, place);
        }
    }
    return places;
}

static bool is_left_of(const Word *left, const Word *right)
{
    return left->line == right->line ? left < right : left->x1 + BESIDE_GAP <= right->x0;
}

/* The columns that another word of the row leaves open to one. */
static guint32 open_beside(const Place *place, const Place *other)
{
    guint32 least = other->open & -other->open, own = 1u << other->piece->column;
    if (place->piece == other->piece)
        return G_MAXUINT32;
    if (is_left_of(other->word, place->word))
        return ~(least | (least - 1));
    if (is_left_of(place->word, other->word))
        return (1u << g_bit_nth_msf(other->open, -1)) - 1;
    bool is_held = other->open == own && place->piece->column != other->piece->column &&
                   shape_is_figure(other->word->shape) && shape_is_figure(place->word->shape);
    return is_held ? ~own : G_MAXUINT32;
}

/* Closes what the row refutes to one word; whether there was anything to close. */
static bool settle_word(const RunBlock *block, const GArray *places, Place *place)
{
    guint32 own = 1u << place->piece->column, open = place->open;
    /* What labels of levels are made of is no piece of the block's own. */
    if ((place->word->parts & LEVELS) && block->columns[0].role == ROLE_BLOCK)
        open &= ~1u;
    for (guint k = 0; k < places->len && open != own; k++)
        open &= open_beside(place, place_at(places, k));
    open |= own;
    bool has_closed = open != place->open;
    place->open = open;
    place->word->others = open & ~own;
    return has_closed;
}

static void settle_row(const RunBlock *block, const GArray *places)
{
    bool goes_on = true;
    for (guint round = 0; goes_on && round < ROUNDS; round++) {
        goes_on = false;
        for (guint k = 0; k < places->len; k++) {
            if (place_at(places, k)->word->others)
                goes_on |= settle_word(block, places, place_at(places, k));
        }
    }
}

void run_block_settle_doubts(const RunBlock *block, const GArray *rows)
{
    for (guint r = 0; r < rows->len; r++) {
        g_autoptr(GArray) places = places_of(block, &g_array_index(rows, RunRow, r));
        settle_row(block, places);
    }
}
