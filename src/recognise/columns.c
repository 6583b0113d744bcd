/*
 * columns.c - headers into columns, rows over columns.
 *
 *     绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 原因      header
 *              | 产出指标 | 数量指标 | 调研次数 | ≥10次      | 38次       | 20   | 20   |          shift 0
 *     满意度指标 | 服务…   | 好评率   | ≥90%     | 99.3%      | 10         | 10   |      |          shift -1
 *
 * A row's shift is its displacement to the right.  Each cell scores by what it looks like under
 * the role it would get; the best path over all rows (Viterbi) pays for the displacement where it
 * begins and for each change, so a row that says nothing (0, blank, —) keeps its neighbours' shift.
 */
#include "recognise/columns.h"

#include <string.h>

#define SHIFTS (2 * SHIFT_MAX + 1)
/* The price of one column of displacement at a block's first row, and of any change between rows. */
#define FIRST_PRICE           1
#define CHANGE_PRICE          2
#define NO_FIT                -10000
#define CHANGE_PRICE_AT_BREAK 1

/* What a label of a header makes of its column. */
static const struct {
    ZpLabelKind kind;
    Role role;
} HEAD_ROLES[] = {
    {ZP_LABEL_INITIAL, ROLE_INITIAL},
    {ZP_LABEL_BUDGET, ROLE_BUDGET},
    {ZP_LABEL_EXECUTED, ROLE_EXECUTED},
    {ZP_LABEL_RATE, ROLE_RATE},
    {ZP_LABEL_WEIGHT, ROLE_WEIGHT},
    {ZP_LABEL_SCORE, ROLE_SCORE},
    {ZP_LABEL_REASON, ROLE_REASON},
    {ZP_LABEL_FUNDS_BLOCK, ROLE_BLOCK},
    {ZP_LABEL_INDICATORS_BLOCK, ROLE_BLOCK},
    {ZP_LABEL_LEVEL1_HEAD, ROLE_LEVEL1},
    {ZP_LABEL_LEVEL2_HEAD, ROLE_LEVEL2},
    {ZP_LABEL_LEVEL3_HEAD, ROLE_LEVEL3},
    {ZP_LABEL_COMPARATOR, ROLE_COMPARATOR},
    {ZP_LABEL_TARGET_UNIT, ROLE_TARGET_UNIT},
    {ZP_LABEL_TARGET, ROLE_TARGET},
    {ZP_LABEL_TARGET_VALUE, ROLE_TARGET_VALUE},
    {ZP_LABEL_ACTUAL, ROLE_ACTUAL},
    {ZP_LABEL_LEVEL1_WEIGHT, ROLE_LEVEL1_WEIGHT},
    {ZP_LABEL_LEVEL2_WEIGHT, ROLE_LEVEL2_WEIGHT},
};

/* How roles are seen when a row is laid over them. */
typedef enum {
    VIEW_OUT,
    VIEW_BLOCK,
    VIEW_LABEL, /* a funds row's label */
    VIEW_MONEY,
    VIEW_RATE,
    VIEW_LEVEL1,
    VIEW_LEVEL2,
    VIEW_NAME,
    VIEW_TARGET,
    VIEW_NO_TARGET, /* a target's column under the total row */
    VIEW_WEIGHT,    /* and score */
    VIEW_REASON,
    VIEW_OTHER,
    VIEW_COUNT,
} View;

static const guint8 ROLE_VIEWS[ROLE_COUNT] = {
    [ROLE_NONE] = VIEW_OUT,
    [ROLE_BLOCK] = VIEW_BLOCK,
    [ROLE_LABEL] = VIEW_LABEL,
    [ROLE_SOURCE] = VIEW_MONEY,
    [ROLE_INITIAL] = VIEW_MONEY,
    [ROLE_BUDGET] = VIEW_MONEY,
    [ROLE_EXECUTED] = VIEW_MONEY,
    [ROLE_RATE] = VIEW_RATE,
    [ROLE_LEVEL1] = VIEW_LEVEL1,
    [ROLE_LEVEL2] = VIEW_LEVEL2,
    [ROLE_LEVEL3] = VIEW_NAME,
    [ROLE_TARGET] = VIEW_TARGET,
    [ROLE_COMPARATOR] = VIEW_TARGET,
    [ROLE_TARGET_VALUE] = VIEW_TARGET,
    [ROLE_TARGET_UNIT] = VIEW_TARGET,
    [ROLE_ACTUAL] = VIEW_TARGET,
    [ROLE_WEIGHT] = VIEW_WEIGHT,
    [ROLE_SCORE] = VIEW_WEIGHT,
    [ROLE_LEVEL1_WEIGHT] = VIEW_WEIGHT,
    [ROLE_LEVEL2_WEIGHT] = VIEW_WEIGHT,
    [ROLE_REASON] = VIEW_REASON,
    [ROLE_OTHER] = VIEW_OTHER,
};

/* How well a shape stands under a view; blank cells say nothing. */
static const gint8 FIT[VIEW_COUNT][SHAPE_COUNT] = {
    /*                   text dash small big  %  qty  cmp  l1  l2  l12 block fund */
    [VIEW_OUT] = /*     */ {-4, -1, -4, -4, -4, -4, -4, -4, -4, -4, -2, -4},
    [VIEW_BLOCK] = /*   */ {-1, 0, -4, -4, -4, -4, -4, -2, -3, -2, 3, -2},
    [VIEW_LABEL] = /*   */ {1, 0, -3, -4, -4, -3, -4, -2, -2, -2, -1, 4},
    [VIEW_MONEY] = /*   */ {-3, 0, 1, 3, -4, 1, -2, -4, -4, -4, -4, -4},
    [VIEW_RATE] = /*    */ {-3, 0, 1, -3, 4, -2, -2, -4, -4, -4, -4, -4},
    [VIEW_LEVEL1] = /*  */ {-1, 0, -4, -4, -4, -3, -4, 4, -2, 4, 1, -2},
    [VIEW_LEVEL2] = /*  */ {-1, 0, -4, -4, -4, -3, -4, -3, 4, 3, -2, -2},
    [VIEW_NAME] = /*    */ {3, 0, -3, -3, -3, 0, -2, -3, -1, 2, -2, 1},
    [VIEW_TARGET] = /*  */ {1, 0, 1, 2, 2, 3, 3, -3, -3, -3, -4, -2},
    [VIEW_NO_TARGET] = {-1, 0, -3, -3, -3, -3, -3, -3, -3, -3, -4, -2},
    [VIEW_WEIGHT] = /*  */ {-4, 0, 3, -4, -2, -2, -4, -4, -4, -4, -4, -4},
    [VIEW_REASON] = /*  */ {2, 0, -1, -1, -1, -1, -1, -2, -2, -2, -2, -2},
    [VIEW_OTHER] = /*   */ {1, 0, 0, 0, 0, 0, 0, -2, -2, -2, -2, -2},
};

Role role_of_label(const ZpLabelMatch *label)
{
    for (guint i = 0; i < G_N_ELEMENTS(HEAD_ROLES); i++) {
        if (zp_label_has(label, ZP_LABEL_BIT(HEAD_ROLES[i].kind)))
            return HEAD_ROLES[i].role;
    }
    return ROLE_OTHER;
}

int role_fit(Role role, Shape shape)
{
    return FIT[ROLE_VIEWS[role]][shape];
}

static void add_column(Columns *columns, Role role, guint32 col, guint32 end, Token *head)
{
    Column column = {.role = role, .col = col, .end = end, .head = head};
    if (head)
        head->is_used = true;
    g_array_append_val(columns, column);
}

static void add_heads(Columns *columns, const Lines *lines, const Line *line)
{
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        Token *token = slot_token(lines, slot);
        Column *left = i ? &g_array_index(columns, Column, columns->len - 1) : NULL;
        if (left && !token->label.entry && left->end == slot->col &&
            token->length == left->head->length &&
            memcmp(token->text, left->head->text, token->length) == 0) {
            left->end = slot->end; /* a copy that fills a merged head */
            token->is_used = true;
            continue;
        }
        add_column(columns, role_of_label(&token->label), slot->col, slot->end, token);
    }
}

static int by_col(gconstpointer a, gconstpointer b)
{
    guint32 x = ((const Column *)a)->col, y = ((const Column *)b)->col;
    return x < y ? -1 : x > y;
}

/* Where merges were lost, the blank places behind a head belong to it. */
static void widen_columns(Columns *columns)
{
    for (guint i = 0; i + 1 < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        column->end = MAX(column->end, g_array_index(columns, Column, i + 1).col);
    }
}

/* Rows below a header that say what a column holds. */
#define ROWS_BELOW 3

int columns_count_figures(const Lines *lines, const Line *header, const Column *column)
{
    int n = 0;
    const Line *last = lines_at(lines, lines_end(lines) - 1);
    for (const Line *row = header + 1; row <= header + ROWS_BELOW && row <= last; row++) {
        int n_row = 0;
        bool has_figure = false;
        for (guint i = 0; i < row->count && row->table == header->table; i++) {
            const Slot *slot = line_slot(lines, row, i);
            bool is_figure = shape_is_figure(slot_token(lines, slot)->shape);
            has_figure |= is_figure;
            if (slot->begins && slot->col >= column->col && slot->col < column->end)
                n_row += is_figure ? 1 : -1;
        }
        if (!has_figure) /* another block */
            break;
        n += n_row;
    }
    return n;
}

/* A label that goes on beside the rows below, too, with another head before the figures, is the block's. */
static void settle_side(Columns *columns, const Lines *lines, const Line *header)
{
    const Line *below = header + 1;
    Column *side = &g_array_index(columns, Column, 0);
    if (columns->len < 2 || side->role != ROLE_OTHER ||
        below >= lines_at(lines, lines_end(lines) - 1))
        return;
    const Slot *first = line_slot(lines, below, 0);
    bool reaches = below->table == header->table &&
                   (first->token == line_slot(lines, header, 0)->token || first->col >= side->end);
    Role next = side[1].role;
    if (reaches && (next == ROLE_OTHER || next == ROLE_BLOCK) &&
        columns_count_figures(lines, header, side + 1) < 0)
        side->role = ROLE_BLOCK;
}

/* Whether figures stand in the rows below a head that nobody knows: then it is no label of theirs. */
static bool heads_figures(const Lines *lines, const Line *header, const Column *column)
{
    enum { ROWS = 6 };
    const Line *end = lines_at(lines, lines_end(lines) - 1);
    int figures = 0;
    for (const Line *line = header + 1; line <= end && line <= header + ROWS; line++) {
        for (guint i = 0; line->table == header->table && i < line->count; i++) {
            const Slot *slot = line_slot(lines, line, i);
            Shape shape = slot_token(lines, slot)->shape;
            if (!slot->begins || slot->col != column->col)
                continue;
            if (slot_token(lines, slot)->label.entry) /* the head of the next block */
                return figures > 0;
            bool is_figure = shape == SHAPE_SMALL || shape == SHAPE_BIG || shape == SHAPE_QUANTITY;
            figures += is_figure ? 1 : shape == SHAPE_DASH ? 0 : -1;
        }
    }
    return figures > 0;
}

/* A funds header names its figures; what stands left of them is the rows' label. */
Columns *columns_of_funds(const Lines *lines, const Line *header, int year)
{
    Columns *columns = g_array_new(FALSE, FALSE, sizeof(Column));
    add_heads(columns, lines, header);
    columns_settle_funds(columns, lines, header, year);
    guint32 figures = G_MAXUINT32, label = 0;
    settle_side(columns, lines, header);
    guint n_blocks = 0, last = 0; /* of the block's labels, + 1 */
    for (guint i = 0; i < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        if (column->role == ROLE_BLOCK) {
            label = MAX(label, column->end);
            last = i + 1;
            n_blocks++;
        } else if (column->role != ROLE_OTHER || heads_figures(lines, header, column)) {
            figures = MIN(figures, column->col);
        }
    }
    for (guint i = 0; i < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        if (column->role == ROLE_OTHER && column->col < figures &&
            columns_count_figures(lines, header, column) <= 0) {
            column->role = ROLE_LABEL;
            label = G_MAXUINT32;
        }
    }
    /* 资金构成 heads the sources, as it may head the block: behind its label, or directly at the figures. */
    if (last && (n_blocks > 1 || label == figures))
        g_array_index(columns, Column, last - 1).role = ROLE_LABEL;
    else if (label < figures)
        add_column(columns, ROLE_LABEL, label, figures, NULL);
    g_array_sort(columns, by_col);
    widen_columns(columns);
    return columns;
}

/*
 * The head of the target's three columns may stand over them with its merge lost, anywhere up to
 * their right: what follows it is then out of place by as much.
 *
 *     绩效指标 |  |  |  |  |  | 年度指标值 | 实际完成值          (six columns before it instead of three)
 *     一级指标 | 二级 | 三级 | 指标性质 | 指标值 | 度量单位
 */
static void fit_parent(Columns *columns, guint32 parent, const Columns *parts)
{
    guint32 first = G_MAXUINT32, last = 0;
    for (guint i = 0; i < parts->len; i++) {
        const Column *part = &g_array_index(parts, Column, i);
        if (part->role == ROLE_COMPARATOR || part->role == ROLE_TARGET_VALUE ||
            part->role == ROLE_TARGET_UNIT) {
            first = MIN(first, part->col);
            last = MAX(last, part->col);
        }
    }
    if (parent <= first || parent < last)
        return;
    for (guint i = 0; i < columns->len; i++) {
        Column *column = &g_array_index(columns, Column, i);
        if (column->col > parent) {
            column->col = column->col - parent + last;
            column->end = column->end - parent + last;
        }
    }
}

/* Adds the second line's columns to the first's, which lose what the second divides further. */
static void merge_second(Columns *columns, const Columns *second)
{
    const Column *parent = columns_find(columns, ROLE_TARGET);
    if (parent && columns_have_parts(second))
        fit_parent(columns, parent->col, second);
    for (guint i = columns->len; i-- > 0;) {
        const Column *column = &g_array_index(columns, Column, i);
        bool divided = column->role == ROLE_TARGET && columns_have_parts(second);
        for (guint k = 0; k < second->len && !divided; k++) {
            const Column *part = &g_array_index(second, Column, k);
            divided = part->col >= column->col && part->col < column->end;
        }
        if (divided)
            g_array_remove_index(columns, i);
    }
    g_array_append_vals(columns, second->data, second->len);
}

Columns *columns_of_indicators(const Lines *lines, guint header, bool has_second, guint end,
                               int year)
{
    const Line *second = has_second ? lines_at(lines, header + 1) : NULL;
    guint behind = header + 1 + has_second;
    Columns *columns = g_array_new(FALSE, FALSE, sizeof(Column));
    add_heads(columns, lines, lines_at(lines, header));
    if (second) {
        g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(Column));
        for (guint i = 0; i < second->count; i++) {
            const Slot *slot = line_slot(lines, second, i);
            if (slot->begins)
                add_column(parts, role_of_label(&slot_token(lines, slot)->label), slot->col,
                           slot->end, slot_token(lines, slot));
        }
        merge_second(columns, parts);
    }
    g_array_sort(columns, by_col);
    columns_settle_indicators(columns, lines, behind, end, year);
    widen_columns(columns);
    return columns;
}

const Column *columns_find(const Columns *columns, Role role)
{
    for (guint i = 0; i < columns->len; i++) {
        const Column *column = &g_array_index(columns, Column, i);
        if (column->role == role)
            return column;
    }
    return NULL;
}

const Column *columns_at(const Columns *columns, guint32 col, int shift)
{
    gint64 place = (gint64)col - shift;
    for (guint i = 0; i < columns->len; i++) {
        const Column *column = &g_array_index(columns, Column, i);
        if (place >= column->col && place < column->end)
            return column;
    }
    return NULL;
}

/* The view of every place that a cell may come to lie on, from SHIFT_MAX left of the first column. */
typedef struct {
    guint8 *views;
    guint32 n;
} Views;

static View view_at(const Columns *columns, BlockKind kind, gint64 place)
{
    const Column *column = place < 0 ? NULL : columns_at(columns, (guint32)place, 0);
    if (!column)
        return place < 0 || columns->len == 0 ? VIEW_BLOCK : VIEW_OUT;
    View view = ROLE_VIEWS[column->role];
    return kind == BLOCK_TOTAL && view == VIEW_TARGET ? VIEW_NO_TARGET : view;
}

static Views views_new(const Columns *columns, BlockKind kind)
{
    guint32 end = 0;
    for (guint i = 0; i < columns->len; i++)
        end = MAX(end, g_array_index(columns, Column, i).end);
    Views views = {.views = g_new(guint8, end + SHIFT_MAX + 1), .n = end + SHIFT_MAX + 1};
    for (guint32 i = 0; i < views.n; i++)
        views.views[i] = (guint8)view_at(columns, kind, (gint64)i - SHIFT_MAX);
    return views;
}

/* A cell that fits worse than so says that it does not belong where it stands. */
#define FIT_BELIEVED (-1)

/* How well a row's cells stand at every shift. */
static void fit_row(const Lines *lines, const Views *views, BlockKind kind, const Line *line,
                    int *fits)
{
    guint n = 0, n_covered = 0;
    bool is_believed = kind != BLOCK_TOTAL;
    memset(fits, 0, SHIFTS * sizeof *fits);
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        const Token *token = slot_token(lines, slot);
        n_covered += !slot->begins && slot->col > 0;
        if (kind == BLOCK_TOTAL && zp_label_has(&token->label, ZP_LABEL_BIT(ZP_LABEL_TOTAL)))
            continue;
        bool is_zero = token->shape == SHAPE_SMALL && text_is_zero(token->text, token->length);
        bool is_points =
            token->shape == SHAPE_QUANTITY && token->length > strlen("分") &&
            memcmp(token->text + token->length - strlen("分"), "分", strlen("分")) == 0;
        Shape shape = is_zero ? SHAPE_DASH : is_points ? SHAPE_SMALL : token->shape;
        for (int s = 0; s < SHIFTS; s++) {
            /* The place of the cell under shift s - SHIFT_MAX, in the counting of Views. */
            gint64 place = (gint64)slot->col - s + 2 * SHIFT_MAX;
            View view = place >= views->n ? VIEW_OUT : (View)views->views[place];
            fits[s] += FIT[view][shape];
            is_believed &= s != SHIFT_MAX || FIT[view][shape] >= FIT_BELIEVED;
        }
        n++;
    }
    /* A row that fits where it stands was not moved, however well it might fit elsewhere. */
    for (int s = 0; s < SHIFTS && is_believed; s++)
        fits[s] = MIN(fits[s], fits[SHIFT_MAX]);
    /*
     * One cell alone is no evidence that its row was moved, and no row of a rebuilt table was, nor one beside two levels
     * that are merged over it: what the grid says is believed.
     */
    bool is_rebuilt = line->table->is_rebuilt || n_covered > 1;
    for (int s = 0; s < SHIFTS && (n == 1 || is_rebuilt); s++)
        fits[s] = s == SHIFT_MAX ? fits[s] : is_rebuilt ? NO_FIT : MIN(fits[s], 0);
}

/* One step of the best path: the best way to stand at each shift in this row. */
static void step(const int *before, const int *fits, int price, int *after, gint8 *from)
{
    for (int s = 0; s < SHIFTS; s++) {
        int best = s;
        for (int t = 0; t < SHIFTS; t++) {
            int change = t == s ? 0 : price, change_best = best == s ? 0 : price;
            if (before[t] - change > before[best] - change_best)
                best = t;
        }
        from[s] = (gint8)best;
        after[s] = before[best] - (best == s ? 0 : price) + fits[s];
    }
}

/* Ties go to the smaller displacement. */
static int best_shift(const int *scores)
{
    int best = SHIFT_MAX;
    for (int distance = 1; distance <= SHIFT_MAX; distance++) {
        if (scores[SHIFT_MAX - distance] > scores[best])
            best = SHIFT_MAX - distance;
        if (scores[SHIFT_MAX + distance] > scores[best])
            best = SHIFT_MAX + distance;
    }
    return best;
}

void columns_align(const Lines *lines, const Columns *columns, BlockKind kind, const GArray *rows,
                   gint8 *shifts)
{
    g_autofree gint8 *from = g_new(gint8, (gsize)rows->len * SHIFTS + 1);
    int scores[SHIFTS], fits[SHIFTS], next[SHIFTS];
    Views views = views_new(columns, kind);
    for (guint i = 0; i < rows->len; i++) {
        const Line *line = lines_at(lines, g_array_index(rows, guint, i));
        fit_row(lines, &views, kind, line, fits);
        if (i == 0) {
            for (int s = 0; s < SHIFTS; s++)
                scores[s] = fits[s] - FIRST_PRICE * ABS(s - SHIFT_MAX);
            continue;
        }
        step(scores, fits, line->after_break ? CHANGE_PRICE_AT_BREAK : CHANGE_PRICE, next,
             from + (gsize)i * SHIFTS);
        memcpy(scores, next, sizeof scores);
    }
    g_free(views.views);
    if (!rows->len)
        return;
    int shift = best_shift(scores);
    for (guint i = rows->len; i-- > 0;) {
        shifts[i] = (gint8)(shift - SHIFT_MAX);
        if (i)
            shift = from[(gsize)i * SHIFTS + shift];
    }
}
