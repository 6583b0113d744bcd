/*
 * piece.c - one long run of ink: whether it is a rule, and which of its pixels are.
 */
#include "parsers/image/piece.h"

/* Shares of a run: ink of its own at least, ink of others on its emptier side at most. */
#define DRAWN 0.92f
#define ALONE 0.35f
/* What is clean: ink of others beside it, at most, on both sides; how far in em from the rules at its ends. */
#define CLEAN       0.15f
#define CLEAN_DRAWN 0.97f
#define CLEAN_INSET 0.2f
/* In em: the least part of a rule that may be text; of it: less ink is no rule. */
#define GAP_LEAST 0.6f
#define GAP_DRAWN 0.85f

float piece_length(const Piece *piece)
{
    return piece->is_level ? box_width(&piece->box) : box_height(&piece->box);
}

static int by_float(gconstpointer a, gconstpointer b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
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
l_int32 piece_thickness(PIX *runs, const Piece *piece)
{
    l_int32 from = (l_int32)(piece->is_level ? piece->box.x0 : piece->box.y0);
    l_int32 end = from + (l_int32)piece_length(piece);
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
 * the other, but there are gaps in it, and other strokes to both sides.  It is clean when hardly anything is beside
 * it on either side, but for what is at its ends.
 */
void piece_look(PIX *ink, Piece *piece, float em)
{
    const ZpBox *box = &piece->box;
    bool is_level = piece->is_level;
    l_int32 from = (l_int32)(is_level ? box->x0 : box->y0), n = (l_int32)piece_length(piece);
    l_int32 low = (l_int32)(is_level ? box->y0 : box->x0);
    l_int32 high = (l_int32)(is_level ? box->y1 : box->x1);
    l_int32 inset = (l_int32)(CLEAN_INSET * em), n_inner = MAX(n - 2 * inset, 1);
    l_int32 n_ink = 0, n_low = 0, n_high = 0, n_beside[3] = {0};
    for (l_int32 k = from; k < from + n; k++) {
        bool at_low, at_high;
        n_ink += is_level ? has_ink(ink, k, low, k + 1, high) : has_ink(ink, low, k, high, k + 1);
        at_low = is_level ? has_ink(ink, k, low - PIECE_BESIDE, k + 1, low)
                          : has_ink(ink, low - PIECE_BESIDE, k, low, k + 1);
        at_high = is_level ? has_ink(ink, k, high, k + 1, high + PIECE_BESIDE)
                           : has_ink(ink, high, k, high + PIECE_BESIDE, k + 1);
        n_low += at_low;
        n_high += at_high;
        bool is_inner = k >= from + inset && k < from + n - inset;
        n_beside[0] += is_inner && at_low;
        n_beside[1] += is_inner && at_high;
        n_beside[2] += is_inner && (at_low || at_high);
    }
    piece->share = (float)n_ink / (float)MAX(n, 1);
    piece->is_stroke =
        (float)n_ink < DRAWN * (float)n || (float)MIN(n_low, n_high) > ALONE * (float)n;
    bool is_whole = (float)n_ink >= CLEAN_DRAWN * (float)n;
    float most = CLEAN * (float)n_inner;
    piece->is_clean = is_whole && (float)n_beside[2] <= most;
    piece->is_edged = is_whole && (float)MIN(n_beside[0], n_beside[1]) <= most;
}

static void clear_across(PIX *runs, const Piece *piece, l_int32 k, l_int32 from, l_int32 to)
{
    for (l_int32 at = from; at < to; at++) {
        l_int32 x = piece->is_level ? k : at, y = piece->is_level ? at : k;
        CLEAR_DATA_BIT(pixGetData(runs) + (gssize)y * pixGetWpl(runs), x);
    }
}

/* The middle of a rule across: at the middle of its first and of its last part. */
typedef struct {
    float from, to;       /* along */
    float at_from, at_to; /* across */
} Course;

static float median_of(GArray *numbers)
{
    g_array_sort(numbers, by_float);
    return g_array_index(numbers, float, numbers->len / 2);
}

/* By the places where it is no thicker than usual; false: there are too few. */
static bool find_course(PIX *runs, const Piece *piece, l_int32 usual, Course *course)
{
    l_int32 from = (l_int32)(piece->is_level ? piece->box.x0 : piece->box.y0);
    l_int32 end = from + (l_int32)piece_length(piece);
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(float));
    g_autoptr(GArray) middles = g_array_new(FALSE, FALSE, sizeof(float));
    for (l_int32 k = from; k < end; k++) {
        l_int32 first, last;
        if (!extent_at(runs, piece, k, false, &first, &last) || last - first > usual)
            continue;
        float place = (float)k, middle = (float)(first + last) / 2;
        g_array_append_val(places, place);
        g_array_append_val(middles, middle);
    }
    guint part = places->len / 3;
    if (!part)
        return false;
    *course = (Course){.from = g_array_index(places, float, part / 2),
                       .to = g_array_index(places, float, places->len - 1 - part / 2)};
    g_autoptr(GArray) head = g_array_new(FALSE, FALSE, sizeof(float));
    g_autoptr(GArray) tail = g_array_new(FALSE, FALSE, sizeof(float));
    g_array_append_vals(head, middles->data, part);
    g_array_append_vals(tail, &g_array_index(middles, float, middles->len - part), part);
    course->at_from = median_of(head);
    course->at_to = median_of(tail);
    return course->to > course->from;
}

/* Where text touches a rule, its run is thicker than elsewhere: only what goes on in line is the rule's. */
void piece_trim(PIX *runs, Piece *piece)
{
    ZpBox *box = &piece->box;
    l_int32 from = (l_int32)(piece->is_level ? box->x0 : box->y0);
    l_int32 end = from + (l_int32)piece_length(piece);
    l_int32 low = (l_int32)(piece->is_level ? box->y0 : box->x0);
    l_int32 high = (l_int32)(piece->is_level ? box->y1 : box->x1);
    l_int32 usual = piece_thickness(runs, piece), least = high, most = low;
    Course course;
    if (!usual || high - low <= usual + 2 || !find_course(runs, piece, usual, &course))
        return;
    for (l_int32 k = from; k < end; k++) {
        l_int32 first, last;
        if (!extent_at(runs, piece, k, false, &first, &last))
            continue;
        float rise = (course.at_to - course.at_from) / (course.to - course.from);
        l_int32 centre = (l_int32)(course.at_from + ((float)k - course.from) * rise + 0.5f);
        if (last - first > usual || ABS((first + last) / 2 - centre) > 2) {
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

/* A part of a piece between two crossings that is text: strokes in a row that is hardly higher than they are. */
bool piece_is_gap(PIX *ink, const Piece *piece, float from, float end, float em)
{
    Piece part = *piece;
    *(piece->is_level ? &part.box.x0 : &part.box.y0) = from + PIECE_BESIDE;
    *(piece->is_level ? &part.box.x1 : &part.box.y1) = end - PIECE_BESIDE;
    if (piece_length(&part) < GAP_LEAST * em)
        return false;
    piece_look(ink, &part, em);
    return part.share < GAP_DRAWN || (part.is_stroke && !part.is_edged);
}
