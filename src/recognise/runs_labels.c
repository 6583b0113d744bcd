/*
 * runs_labels.c - the labels in a column of a block: pieces that stand below each other and make one label.
 */
#include "recognise/runs_block.h"

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* A line is full when it is so near to its column's widest one, in em, and by that one's share. */
#define FULL_SLACK 1.6F
#define FULL_SHARE 0.2F
/* Pieces of one label, one below the other. */
#define LABEL_PIECES_MAX 8

bool run_block_is_full(const RunBlock *block, const Piece *piece)
{
    float widest = block->columns[piece->column].widest;
    return piece->width >= widest - MIN(FULL_SLACK, FULL_SHARE * widest);
}

static void label_free(gpointer data)
{
    g_ptr_array_unref(((RunLabel *)data)->words);
}

/* Whether a piece alone, or with the next ones, is a label; *count is how many pieces it takes. */
static const ZpLabelEntry *match_pieces(const RunBlock *block, const GArray *pieces, guint k,
                                        guint64 kinds, guint *count)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    const ZpLabelEntry *entry = NULL;
    *count = 1;
    for (guint n = 0; n < LABEL_PIECES_MAX && k + n < pieces->len; n++) {
        const Piece *piece = g_array_index(pieces, Piece *, k + n);
        ZpLabelMatch match;
        for (guint w = 0; w < piece->count; w++)
            g_ptr_array_add(words, runs_word(block->runs, piece->first + w));
        if (!words_match(block->runs, words, &match) || !zp_label_has(&match, kinds))
            continue;
        entry = match.entry;
        *count = n + 1;
    }
    return entry;
}

static guint64 label_kinds(Role role)
{
    return role == ROLE_LEVEL1   ? BIT(LEVEL1)
           : role == ROLE_LEVEL2 ? BIT(LEVEL2)
           : role == ROLE_LABEL  ? BIT(FUND_ROW)
                                 : 0;
}

GArray *run_block_labels(const RunBlock *block, guint column)
{
    GArray *labels = g_array_new(FALSE, FALSE, sizeof(RunLabel));
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece *));
    guint64 kinds = label_kinds(block->columns[column].role);
    g_array_set_clear_func(labels, label_free);
    for (guint k = 0; k < block->pieces->len; k++) {
        Piece *piece = block_piece(block, k);
        if (piece->column == column)
            g_array_append_val(pieces, piece);
    }
    for (guint k = 0; k < pieces->len;) {
        guint count;
        const ZpLabelEntry *entry = match_pieces(block, pieces, k, kinds, &count);
        const Piece *last = g_array_index(pieces, Piece *, k + count - 1);
        RunLabel label = {.words = g_ptr_array_new(),
                          .first = g_array_index(pieces, Piece *, k)->line,
                          .end = last->line + 1 + last->n_below,
                          .entry = entry};
        for (guint end = k + count; k < end; k++) {
            const Piece *piece = g_array_index(pieces, Piece *, k);
            for (guint w = 0; w < piece->count; w++)
                g_ptr_array_add(label.words, runs_word(block->runs, piece->first + w));
        }
        g_array_append_val(labels, label);
    }
    return labels;
}
