/*
 * lattice_pieces.c - the texts of a line, and of what labels each is one, or a part of one.
 */
#include "recognise/lattice_lines.h"

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* Words of a run that may be labels of several cells. */
#define SPLIT_WORDS_MAX 8

static bool is_label(const Lattice *lattice, const LatticePiece *piece, ZpLabelMatch *label)
{
    gsize length;
    const char *text = lattice_text(lattice, piece, &length);
    return zp_labels_match(lattice->runs->labels, text, length, label) ||
           (!lattice_is_prose(text, length) &&
            zp_labels_compose(lattice->runs->labels, text, length, label));
}

static bool is_placeholder(const Lattice *lattice, const LatticePiece *piece)
{
    gsize length;
    g_autoptr(GString) folded = g_string_new(NULL);
    const char *text = lattice_text(lattice, piece, &length);
    zp_text_append_folded(folded, text, length);
    return zp_labels_is_placeholder(lattice->runs->labels, folded->str, folded->len);
}

/* Han characters of a label in front of a colon. */
#define PAIR_LABEL_MIN 3
#define PAIR_LABEL_MAX 12

/* A label that nobody knows with its value behind a colon: 评价时段:2023年1月1日; 目标1：… is none, nor 其中：…. */
static bool looks_like_pair(const Lattice *lattice, const LatticePiece *piece)
{
    gsize length;
    const char *text = lattice_text(lattice, piece, &length);
    guint n = 0;
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p), n++) {
        gunichar c = g_utf8_get_char(p);
        if (c == ':' || c == 0xFF1A)
            return n >= PAIR_LABEL_MIN && n <= PAIR_LABEL_MAX &&
                   g_utf8_next_char(p) < text + length;
        if (!zp_char_is_cjk(c) || c == 0xFF0C || c == 0x3002)
            return false;
    }
    return false;
}

/* Texts of a line on a page may stand a little above or below each other. */
static float word_y(const Lattice *lattice, guint line, const Word *word)
{
    const Runs *runs = lattice->runs;
    const ZpBox *first = &runs_word(runs, runs_line(runs, line)->first)->run->box;
    const ZpBox *box = &word->run->box;
    float off = (box->y0 + box->y1 - first->y0 - first->y1) / 2;
    return lattice_y(lattice, line) + off / runs->scale.pitch / lattice->pitch;
}

static LatticePiece make_piece(const Lattice *lattice, guint line, guint first, guint count)
{
    const Word *word = runs_word(lattice->runs, first);
    ZpLabelMatch label;
    LatticePiece piece = {
        .first = first, .count = count, .line = line, .x0 = word->x0, .x1 = word[count - 1].x1};
    piece.y = word_y(lattice, line, word);
    piece.page = runs_line(lattice->runs, line)->page;
    for (const char *p = word->text; p < word[count - 1].text + word[count - 1].length;
         p = g_utf8_next_char(p))
        piece.width += g_unichar_iswide(g_utf8_get_char(p)) ? 1 : 0.5F;
    gsize length;
    const char *text = lattice_text(lattice, &piece, &length);
    bool is_one = is_label(lattice, &piece, &label);
    piece.shape = words_shape(text, length);
    if (is_one)
        piece.kinds = label.value_offset ? 0 : label.entry->kinds;
    else
        piece.kinds = label_parts(lattice->runs->labels, text, length);
    piece.is_character =
        count == 1 && piece.width <= 1 && zp_char_is_cjk(g_utf8_get_char(word->text));
    piece.is_placeholder = is_placeholder(lattice, &piece);
    is_one &= !piece.is_character;
    piece.is_pair = is_one ? label.value_offset : looks_like_pair(lattice, &piece);
    piece.is_label = is_one && piece.kinds;
    return piece;
}

LatticePiece lattice_cut_piece(const Lattice *lattice, const LatticePiece *piece, guint first,
                               guint count)
{
    return make_piece(lattice, piece->line, piece->first + first, count);
}

/* Labels whose value stands beside them. */
static const guint64 HEAD_LABELS = BIT(PROJECT) | BIT(DEPARTMENT) | BIT(UNIT) | BIT(YEAR);

/* Words of a run that make one text: all of them, unless it is labels that only a space parts. */
static guint count_words(const Lattice *lattice, guint line, guint first, guint most)
{
    LatticePiece whole = make_piece(lattice, line, first, most);
    for (guint n = 1; n < most && !whole.is_label; n++) {
        LatticePiece left = make_piece(lattice, line, first, n);
        LatticePiece right = make_piece(lattice, line, first + n, most - n);
        if ((left.is_label && right.is_label) || (left.is_pair && right.is_pair))
            return n;
    }
    for (guint n = most - 1; n && !whole.is_label; n--) {
        LatticePiece left = make_piece(lattice, line, first, n);
        if (left.is_label && (left.kinds & HEAD_LABELS))
            return n;
    }
    return most;
}

void lattice_add_pieces(Lattice *lattice)
{
    const Runs *runs = lattice->runs;
    for (guint i = 0; i < lattice->n_lines; i++) {
        const WordLine *line = runs_line(runs, i);
        lattice->starts[i] = lattice->pieces->len;
        for (guint k = 0; k < line->count;) {
            const Word *first = runs_word(runs, line->first + k);
            guint n = 1;
            while (k + n < line->count && first[n].run == first->run)
                n++;
            if (n > 1 && n <= SPLIT_WORDS_MAX)
                n = count_words(lattice, i, line->first + k, n);
            LatticePiece piece = make_piece(lattice, i, line->first + k, n);
            g_array_append_val(lattice->pieces, piece);
            k += n;
        }
    }
    lattice->starts[lattice->n_lines] = lattice->pieces->len;
}
