/*
 * ruling.c - long thin runs of ink are rules, unless they are strokes of characters.
 *
 *     ink ─▶ opened along (1.7 em level, 1.15 em upright) ─▶ pieces thinner than half a character
 *         ─▶ those that end at other rules, or are long ─▶ rules; what is left of the ink is text
 *
 * Hairlines are too faint for the page's threshold: in grey, what is dark all along (closed over two characters)
 * and darker than what is beside it is a rule, too, if it is half as dark as the others: rules of a page's back
 * that shine through are not.
 *
 * Strokes of 目 in lines that touch are as long as a short rule: but they end at nothing.
 */
#include "parsers/image/ruling.h"

#include "base/limits.h"
#include "parsers/image/piece.h"

/* In em: the least run, and the length of which one needs no rule at its ends. */
#define LEVEL_LEAST   1.7f
#define UPRIGHT_LEAST 1.15f
#define LEVEL_LONG    9.0f
#define UPRIGHT_LONG  5.0f
/* So many times as long is one that has ink beside it. */
#define VERY 2
/* In em: the thickest rule, and how near an end must be to another rule. */
#define THICK 0.5f
/* Thicker than a character's strokes can be. */
#define SURFACE 2.0f
#define NEAR    0.35f

/* Of a faint rule, in em: what is dark all along, the least length; how much darker than its sides it is. */
#define FAINT_RUN     2.0f
#define FAINT_LEVEL   4.0f
#define FAINT_UPRIGHT 2.2f
#define FAINT_LEAST   12
/* Rules of a page that has a table without its faint ones: more than a frame. */
#define TABLE_LEVEL   4
#define TABLE_UPRIGHT 3
/* Of the darkness of the page's rules. */
#define FAINT_SHARE 0.5f
/* In em: how near two pieces lie to one line. */
#define ALIGNED 0.25f
/* Pixels across, more than a rule and its blur. */
#define FAINT_ACROSS 13

/* Runs of ink along one direction; a pixel across is forgiven, for a rule that is not quite level. */
static PIX *open_along(PIX *ink, bool is_level, int least)
{
    PIX *thick = pixDilateBrick(NULL, ink, is_level ? 1 : 3, is_level ? 3 : 1);
    PIX *closed = thick ? pixCloseBrick(NULL, thick, is_level ? 5 : 1, is_level ? 1 : 5) : NULL;
    PIX *open =
        closed ? pixOpenBrick(NULL, closed, is_level ? least : 1, is_level ? 1 : least) : NULL;
    pixDestroy(&thick);
    pixDestroy(&closed);
    return open;
}

static int by_float(gconstpointer a, gconstpointer b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

/* How dark each run is against its sides, on average. */
static GArray *measure(PIX *dark, PIXA *pieces)
{
    GArray *strengths = g_array_new(FALSE, FALSE, sizeof(float));
    for (l_int32 k = 0; k < pixaGetCount(pieces); k++) {
        l_int32 x, y;
        l_float32 mean = 0;
        pixaGetBoxGeometry(pieces, k, &x, &y, NULL, NULL);
        PIX *mask = pixaGetPix(pieces, k, L_CLONE);
        pixGetAverageMasked(dark, mask, x, y, 1, L_MEAN_ABSVAL, &mean);
        pixDestroy(&mask);
        g_array_append_val(strengths, mean);
    }
    return strengths;
}

/* Runs that are much fainter than the page's rules: of its back. */
static void drop_faint(PIX *dark, PIX *runs)
{
    PIXA *pieces = NULL;
    BOXA *boxes = pixConnComp(runs, &pieces, 8);
    if (boxes && pieces && pixaGetCount(pieces) > 0) {
        g_autoptr(GArray) strengths = measure(dark, pieces);
        g_autoptr(GArray) sorted = g_array_copy(strengths);
        g_array_sort(sorted, by_float);
        float usual = g_array_index(sorted, float, sorted->len * 3 / 4);
        for (guint k = 0; k < strengths->len; k++) {
            BOX *box = boxaGetBox(boxes, (l_int32)k, L_CLONE);
            if (g_array_index(strengths, float, k) < FAINT_SHARE * usual)
                pixClearInRect(runs, box);
            boxDestroy(&box);
        }
    }
    boxaDestroy(&boxes);
    pixaDestroy(&pieces);
}

static int odd(float size)
{
    return (int)size | 1;
}

/* Faint runs along one direction. */
static PIX *open_faint(PIX *grey, bool is_level, float em)
{
    int run = odd(FAINT_RUN * em);
    int least = (int)((is_level ? FAINT_LEVEL : FAINT_UPRIGHT) * em);
    PIX *smooth = pixBlockconvGray(grey, NULL, is_level ? 2 : 0, is_level ? 0 : 2);
    PIX *along = smooth ? pixCloseGray(smooth, is_level ? run : 1, is_level ? 1 : run) : NULL;
    PIX *across =
        along ? pixCloseGray(along, is_level ? 1 : FAINT_ACROSS, is_level ? FAINT_ACROSS : 1)
              : NULL;
    PIX *dark = across ? pixSubtractGray(NULL, across, along) : NULL;
    PIX *light = dark ? pixThresholdToBinary(dark, FAINT_LEAST) : NULL;
    PIX *runs = NULL;
    if (light) {
        pixInvert(light, light);
        runs = open_along(light, is_level, least);
    }
    if (runs)
        drop_faint(dark, runs);
    pixDestroy(&smooth);
    pixDestroy(&along);
    pixDestroy(&across);
    pixDestroy(&dark);
    pixDestroy(&light);
    return runs;
}

static void collect(GArray *pieces, PIX *runs, bool is_level, float em)
{
    BOXA *boxes = pixConnCompBB(runs, 8);
    l_int32 n = boxes ? boxaGetCount(boxes) : 0;
    for (l_int32 k = 0; k < n && pieces->len < ZP_LIMIT_IMAGE_RULES; k++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(boxes, k, &x, &y, &w, &h);
        Piece piece = {{(float)x, (float)y, (float)(x + w), (float)(y + h)},
                       1,
                       is_level,
                       false,
                       false,
                       false,
                       false,
                       false};
        float thick = is_level ? (float)h : (float)w;
        float least = (is_level ? LEVEL_LONG : UPRIGHT_LONG) * em;
        /* A bent or slanting rule's box is thicker than the rule, and so is that of one which text touches. */
        float usual = thick - 2 <= THICK * em + piece_length(&piece) * 0.01f
                          ? 0
                          : (float)piece_thickness(runs, &piece);
        piece.is_surface = usual > SURFACE * em;
        if (piece.is_surface || !usual ||
            (piece_length(&piece) >= least && usual - 2 <= THICK / 2 * em))
            g_array_append_val(pieces, piece);
    }
    boxaDestroy(&boxes);
}

/* Whether a point lies at a piece of the other direction. */
static bool is_at(const GArray *pieces, bool is_level, float x, float y, float near, bool kept_only)
{
    for (guint k = 0; k < pieces->len; k++) {
        const Piece *piece = &g_array_index(pieces, Piece, k);
        const ZpBox *box = &piece->box;
        if (piece->is_level == is_level && (!kept_only || piece->is_kept) && x >= box->x0 - near &&
            x <= box->x1 + near && y >= box->y0 - near && y <= box->y1 + near)
            return true;
    }
    return false;
}

/* Whether a rule that is kept already goes along the same line: columns and rows go on from row to row. */
static bool is_aligned(const GArray *pieces, const Piece *piece, float near)
{
    const ZpBox *box = &piece->box;
    for (guint k = 0; k < pieces->len; k++) {
        const Piece *one = &g_array_index(pieces, Piece, k);
        float apart = piece->is_level ? (one->box.y0 + one->box.y1 - box->y0 - box->y1) / 2
                                      : (one->box.x0 + one->box.x1 - box->x0 - box->x1) / 2;
        if (one != piece && one->is_kept && one->is_level == piece->is_level && ABS(apart) <= near)
            return true;
    }
    return false;
}

static bool has_ends(const GArray *pieces, const Piece *piece, float near)
{
    const ZpBox *box = &piece->box;
    float x = (box->x0 + box->x1) / 2, y = (box->y0 + box->y1) / 2;
    if (piece->is_level)
        return is_at(pieces, false, box->x0, y, near, true) &&
               is_at(pieces, false, box->x1, y, near, true);
    return is_at(pieces, true, x, box->y0, near, true) &&
           is_at(pieces, true, x, box->y1, near, true);
}

/* Long ones first; then what ends at them, and at those. */
static void choose(GArray *pieces, float em)
{
    for (guint k = 0; k < pieces->len; k++) {
        Piece *piece = &g_array_index(pieces, Piece, k);
        float least = (piece->is_level ? LEVEL_LONG : UPRIGHT_LONG) * em;
        /* Strokes of a line of text run on for some characters, too. */
        piece->is_kept = !piece->is_stroke && !piece->is_surface &&
                         piece_length(piece) >= (piece->is_clean ? 1 : VERY) * least;
    }
    for (bool again = true; again;) {
        again = false;
        for (guint k = 0; k < pieces->len; k++) {
            Piece *piece = &g_array_index(pieces, Piece, k);
            if (!piece->is_kept && !piece->is_stroke && !piece->is_surface &&
                (piece->is_clean || (piece->is_edged && is_aligned(pieces, piece, ALIGNED * em)) ||
                 piece_length(piece) >= (piece->is_level ? LEVEL_LONG : UPRIGHT_LONG) * em) &&
                has_ends(pieces, piece, NEAR * em))
                piece->is_kept = again = true;
        }
    }
}

/* Only the runs of kept pieces and of the ground: what was none, too thick or a stroke, is text. */
static void keep_rules(PIX **runs, const GArray *pieces, bool is_level)
{
    PIX *kept = pixCreateTemplate(*runs);
    for (guint k = 0; kept && k < pieces->len; k++) {
        const Piece *piece = &g_array_index(pieces, Piece, k);
        l_int32 x = (l_int32)piece->box.x0, y = (l_int32)piece->box.y0;
        if (piece->is_level == is_level && (piece->is_kept || piece->is_surface))
            pixRasterop(kept, x, y, (l_int32)box_width(&piece->box),
                        (l_int32)box_height(&piece->box), PIX_SRC | PIX_DST, *runs, x, y);
    }
    pixDestroy(runs);
    *runs = kept;
}

/* Rules out of ink and grey, with the shade around them. */
static void erase(Picture *picture, PIX *level, PIX *upright)
{
    PIX *both = pixOr(NULL, level, upright);
    int wide = picture->em > 36 ? 5 : 3;
    PIX *mask = both ? pixDilateBrick(NULL, both, wide, wide) : NULL;
    if (mask) {
        pixSetMasked(picture->grey, mask, 255);
        pixSubtract(picture->ink, picture->ink, mask);
    }
    pixDestroy(&both);
    pixDestroy(&mask);
}

static void add_marks(Marks *marks, const GArray *pieces, float scale)
{
    for (guint k = 0; k < pieces->len; k++) {
        const Piece *piece = &g_array_index(pieces, Piece, k);
        if (!piece->is_kept)
            continue;
        ZpBox box = {piece->box.x0 * scale, piece->box.y0 * scale, piece->box.x1 * scale,
                     piece->box.y1 * scale};
        if (piece->is_level)
            box.y0 = box.y1 = (box.y0 + box.y1) / 2;
        else
            box.x0 = box.x1 = (box.x0 + box.x1) / 2;
        g_array_append_val(marks->rules, box);
    }
}

static void add_faint(const Picture *picture, PIX *runs, bool is_level)
{
    PIX *faint = runs ? open_faint(picture->grey, is_level, picture->em) : NULL;
    if (faint)
        pixOr(runs, runs, faint);
    pixDestroy(&faint);
}

/* Where kept rules of the other direction cross a piece, and its ends; along it, in order. */
static GArray *find_crossings(const GArray *pieces, const Piece *piece)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(float));
    const ZpBox *box = &piece->box;
    float from = piece->is_level ? box->x0 : box->y0, end = from + piece_length(piece);
    float middle = piece->is_level ? (box->y0 + box->y1) / 2 : (box->x0 + box->x1) / 2;
    g_array_append_val(places, from);
    g_array_append_val(places, end);
    for (guint k = 0; k < pieces->len; k++) {
        const Piece *one = &g_array_index(pieces, Piece, k);
        if (!one->is_kept || one->is_level == piece->is_level)
            continue;
        float low = piece->is_level ? one->box.y0 : one->box.x0;
        float high = piece->is_level ? one->box.y1 : one->box.x1;
        float at =
            piece->is_level ? (one->box.x0 + one->box.x1) / 2 : (one->box.y0 + one->box.y1) / 2;
        if (middle >= low - PIECE_BESIDE && middle <= high + PIECE_BESIDE && at > from && at < end)
            g_array_append_val(places, at);
    }
    g_array_sort(places, by_float);
    return places;
}

/* Parts of kept pieces that are no rule are taken out of them, and out of the runs. */
static void split_at_gaps(const Picture *picture, GArray *pieces, PIX *level, PIX *upright)
{
    guint n = pieces->len;
    for (guint k = 0; k < n; k++) {
        Piece piece = g_array_index(pieces, Piece, k);
        if (!piece.is_kept)
            continue;
        g_autoptr(GArray) places = find_crossings(pieces, &piece);
        bool is_split = false;
        float start = g_array_index(places, float, 0);
        for (guint i = 0; i + 1 < places->len; i++) {
            float from = g_array_index(places, float, i), end = g_array_index(places, float, i + 1);
            if (!piece_is_gap(picture->ink, &piece, from, end, picture->em))
                continue;
            l_int32 x = (l_int32)(piece.is_level ? from + PIECE_BESIDE : piece.box.x0);
            l_int32 y = (l_int32)(piece.is_level ? piece.box.y0 : from + PIECE_BESIDE);
            l_int32 w =
                (l_int32)(piece.is_level ? end - from - 2 * PIECE_BESIDE : box_width(&piece.box));
            l_int32 h =
                (l_int32)(piece.is_level ? box_height(&piece.box) : end - from - 2 * PIECE_BESIDE);
            BOX *box = boxCreate(x, y, w, h);
            pixClearInRect(piece.is_level ? level : upright, box);
            boxDestroy(&box);
            Piece before = piece;
            *(piece.is_level ? &before.box.x0 : &before.box.y0) = start;
            *(piece.is_level ? &before.box.x1 : &before.box.y1) = from;
            if (from > start && pieces->len < ZP_LIMIT_IMAGE_RULES)
                g_array_append_val(pieces, before);
            start = end;
            is_split = true;
        }
        if (is_split) {
            Piece *rest = &g_array_index(pieces, Piece, k);
            *(piece.is_level ? &rest->box.x0 : &rest->box.y0) = start;
            rest->is_kept = piece_length(rest) > 0;
        }
    }
}

/* The pieces of both directions, and which of them are rules. */
static void find_pieces(const Picture *picture, GArray *pieces, PIX *level, PIX *upright,
                        bool are_faint)
{
    g_array_set_size(pieces, 0);
    collect(pieces, level, true, picture->em);
    collect(pieces, upright, false, picture->em);
    for (guint k = 0; k < pieces->len; k++) {
        Piece *piece = &g_array_index(pieces, Piece, k);
        piece->is_clean = piece->is_edged = are_faint;
        if (!are_faint)
            piece_look(picture->ink, piece, picture->em);
    }
    choose(pieces, picture->em);
    for (guint k = 0; k < pieces->len; k++) {
        Piece *piece = &g_array_index(pieces, Piece, k);
        if (piece->is_kept)
            piece_trim(piece->is_level ? level : upright, piece);
    }
    if (!are_faint)
        split_at_gaps(picture, pieces, level, upright);
}

/* Whether there is a table among them already: then what is faint is the strokes of rows that stand close. */
static bool has_table(const GArray *pieces)
{
    guint n_level = 0, n_upright = 0;
    for (guint k = 0; k < pieces->len; k++) {
        const Piece *piece = &g_array_index(pieces, Piece, k);
        n_level += piece->is_kept && piece->is_level;
        n_upright += piece->is_kept && !piece->is_level;
    }
    return n_level >= TABLE_LEVEL && n_upright >= TABLE_UPRIGHT;
}

Marks *ruling_find(Picture *picture)
{
    Marks *marks = marks_new();
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    PIX *level = open_along(picture->ink, true, (int)(LEVEL_LEAST * picture->em));
    PIX *upright = open_along(picture->ink, false, (int)(UPRIGHT_LEAST * picture->em));
    if (level && upright) {
        find_pieces(picture, pieces, level, upright, false);
        if (!has_table(pieces)) {
            add_faint(picture, level, true);
            add_faint(picture, upright, false);
            find_pieces(picture, pieces, level, upright, true);
        }
        marks->is_over = pieces->len >= ZP_LIMIT_IMAGE_RULES;
        keep_rules(&level, pieces, true);
        keep_rules(&upright, pieces, false);
        if (level && upright)
            erase(picture, level, upright);
        add_marks(marks, pieces, 72 / picture->dpi);
    }
    pixDestroy(&level);
    pixDestroy(&upright);
    return marks;
}
