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

/* In em: the least run, and the length of which one needs no rule at its ends. */
#define LEVEL_LEAST   1.7f
#define UPRIGHT_LEAST 1.15f
#define LEVEL_LONG    9.0f
#define UPRIGHT_LONG  5.0f
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
/* Shares of a run: ink of its own at least, ink of others on its emptier side at most; pixels that are its side. */
#define DRAWN  0.92f
#define ALONE  0.35f
#define BESIDE 3
/* Of the darkness of the page's rules. */
#define FAINT_SHARE 0.5f
/* Pixels across, more than a rule and its blur. */
#define FAINT_ACROSS 13

typedef struct {
    ZpBox box; /* pixels */
    bool is_level, is_kept;
    bool is_stroke;  /* of a character */
    bool is_surface; /* the dark ground that a sheet was photographed on */
} Piece;

static float length_of(const Piece *piece)
{
    return piece->is_level ? box_width(&piece->box) : box_height(&piece->box);
}

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

/* A run's first and last pixel across, at one place along it, or those of its first part; false: it has none there. */
static bool extent_at(PIX *runs, const Piece *piece, l_int32 k, bool one_part, l_int32 *first,
                      l_int32 *last)
{
    const ZpBox *box = &piece->box;
    l_int32 low = (l_int32)(piece->is_level ? box->y0 : box->x0);
    l_int32 high = (l_int32)(piece->is_level ? box->y1 : box->x1);
    *first = high;
    *last = low - 1;
    for (l_int32 at = low; at < high; at++) {
        l_int32 x = piece->is_level ? k : at, y = piece->is_level ? at : k;
        if (!GET_DATA_BIT(pixGetData(runs) + (gssize)y * pixGetWpl(runs), x))
            continue;
        if (one_part && *last >= *first && at > *last + 1)
            break;
        *first = MIN(*first, at);
        *last = at;
    }
    return *last >= *first;
}

/* How thick a run mostly is. */
static l_int32 usual_thickness(PIX *runs, const Piece *piece)
{
    l_int32 from = (l_int32)(piece->is_level ? piece->box.x0 : piece->box.y0);
    l_int32 end = from + (l_int32)length_of(piece);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(float));
    for (l_int32 k = from; k < end; k++) {
        l_int32 first, last;
        float thick = 0;
        if (!extent_at(runs, piece, k, true, &first, &last))
            continue;
        thick = (float)(last - first + 1);
        g_array_append_val(all, thick);
    }
    g_array_sort(all, by_float);
    return all->len ? (l_int32)g_array_index(all, float, all->len / 2) : 0;
}

static void collect(GArray *pieces, PIX *runs, bool is_level, float em)
{
    BOXA *boxes = pixConnCompBB(runs, 8);
    l_int32 n = boxes ? boxaGetCount(boxes) : 0;
    for (l_int32 k = 0; k < n && pieces->len < ZP_LIMIT_IMAGE_RULES; k++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(boxes, k, &x, &y, &w, &h);
        Piece piece = {
            {(float)x, (float)y, (float)(x + w), (float)(y + h)}, is_level, false, false, false};
        float thick = is_level ? (float)h : (float)w;
        float least = (is_level ? LEVEL_LONG : UPRIGHT_LONG) * em;
        /* A bent or slanting rule's box is thicker than the rule, and so is that of one which text touches. */
        float usual = thick - 2 <= THICK * em + length_of(&piece) * 0.01f
                          ? 0
                          : (float)usual_thickness(runs, &piece);
        piece.is_surface = usual > SURFACE * em;
        if (piece.is_surface || !usual ||
            (length_of(&piece) >= least && usual - 2 <= THICK / 2 * em))
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
        piece->is_kept = !piece->is_stroke && !piece->is_surface &&
                         length_of(piece) >= (piece->is_level ? LEVEL_LONG : UPRIGHT_LONG) * em;
    }
    for (bool again = true; again;) {
        again = false;
        for (guint k = 0; k < pieces->len; k++) {
            Piece *piece = &g_array_index(pieces, Piece, k);
            if (!piece->is_kept && !piece->is_stroke && !piece->is_surface &&
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

static bool has_ink(PIX *ink, l_int32 x0, l_int32 y0, l_int32 x1, l_int32 y1)
{
    l_int32 width = pixGetWidth(ink), height = pixGetHeight(ink), words = pixGetWpl(ink);
    for (l_int32 y = MAX(y0, 0); y < MIN(y1, height); y++) {
        const l_uint32 *row = pixGetData(ink) + (gssize)y * words;
        for (l_int32 x = MAX(x0, 0); x < MIN(x1, width); x++) {
            if (GET_DATA_BIT(row, x))
                return true;
        }
    }
    return false;
}

/*
 * Whether a run is one stroke of a pen: ink all along, and nothing beside it on one side at least.  Where rows stand
 * close, the strokes of a character that nearly touch the rules above and below it are as long as a rule from one to
 * the other, but there are gaps in it, and other strokes to both sides.
 */
static bool is_drawn(PIX *ink, const Piece *piece)
{
    const ZpBox *box = &piece->box;
    l_int32 from = (l_int32)(piece->is_level ? box->x0 : box->y0), n = (l_int32)length_of(piece);
    l_int32 low = (l_int32)(piece->is_level ? box->y0 : box->x0);
    l_int32 high = (l_int32)(piece->is_level ? box->y1 : box->x1);
    l_int32 n_ink = 0, n_low = 0, n_high = 0;
    for (l_int32 k = from; k < from + n; k++) {
        bool is_level = piece->is_level;
        n_ink += is_level ? has_ink(ink, k, low, k + 1, high) : has_ink(ink, low, k, high, k + 1);
        n_low += is_level ? has_ink(ink, k, low - BESIDE, k + 1, low)
                          : has_ink(ink, low - BESIDE, k, low, k + 1);
        n_high += is_level ? has_ink(ink, k, high, k + 1, high + BESIDE)
                           : has_ink(ink, high, k, high + BESIDE, k + 1);
    }
    return (float)n_ink >= DRAWN * (float)n && (float)MIN(n_low, n_high) <= ALONE * (float)n;
}

static void clear_across(PIX *runs, const Piece *piece, l_int32 k, l_int32 from, l_int32 to)
{
    for (l_int32 at = from; at < to; at++) {
        l_int32 x = piece->is_level ? k : at, y = piece->is_level ? at : k;
        CLEAR_DATA_BIT(pixGetData(runs) + (gssize)y * pixGetWpl(runs), x);
    }
}

/* Where text touches a rule, its run is thicker than elsewhere: only what goes on in line is the rule's. */
static void trim(PIX *runs, Piece *piece)
{
    ZpBox *box = &piece->box;
    l_int32 from = (l_int32)(piece->is_level ? box->x0 : box->y0);
    l_int32 end = from + (l_int32)length_of(piece);
    l_int32 low = (l_int32)(piece->is_level ? box->y0 : box->x0);
    l_int32 high = (l_int32)(piece->is_level ? box->y1 : box->x1);
    l_int32 usual = usual_thickness(runs, piece), centre = -1;
    l_int32 least = high, most = low;
    if (!usual || high - low <= usual + 2)
        return;
    for (l_int32 k = from; k < end && centre < 0; k++) {
        l_int32 first, last;
        if (extent_at(runs, piece, k, false, &first, &last) && last - first + 1 <= usual + 1)
            centre = (first + last) / 2;
    }
    for (l_int32 k = from; k < end && centre >= 0; k++) {
        l_int32 first, last;
        if (!extent_at(runs, piece, k, false, &first, &last))
            continue;
        if (last - first + 1 <= usual + 1) {
            centre = (first + last) / 2;
        } else {
            clear_across(runs, piece, k, low, MIN(centre - usual / 2 - 1, high));
            clear_across(runs, piece, k, MAX(centre + usual / 2 + 2, low), high);
        }
        least = MIN(least, centre - usual / 2);
        most = MAX(most, centre + usual / 2 + 1);
    }
    if (least >= most)
        return;
    *(piece->is_level ? &box->y0 : &box->x0) = (float)MAX(least, low);
    *(piece->is_level ? &box->y1 : &box->x1) = (float)MIN(most, high);
}

/* The pieces of both directions, and which of them are rules. */
static void find_pieces(const Picture *picture, GArray *pieces, PIX *level, PIX *upright,
                        bool are_faint)
{
    g_array_set_size(pieces, 0);
    collect(pieces, level, true, picture->em);
    collect(pieces, upright, false, picture->em);
    for (guint k = pieces->len; k > 0 && !are_faint; k--) {
        Piece *piece = &g_array_index(pieces, Piece, k - 1);
        piece->is_stroke = !is_drawn(picture->ink, piece);
    }
    choose(pieces, picture->em);
    for (guint k = 0; k < pieces->len; k++) {
        Piece *piece = &g_array_index(pieces, Piece, k);
        if (piece->is_kept)
            trim(piece->is_level ? level : upright, piece);
    }
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
