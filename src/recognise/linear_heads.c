/*
 * linear_heads.c - which cells in reading order are a block's heads.
 *
 *     项目资金(万元) <LF> 资金来源 <LF> 年初预算数 <LF> 全年预算数 <LF> 到位金额 <LF> 执行数 <LF> 年度资金总额 …
 *
 * A window of labels of one block's columns is its header: the block's own label may stand before it, heads that no
 * spelling knows among them, and behind the last one whatever comes before the first row, which its label tells.
 */
#include "recognise/linear_cells.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

static const guint64 BLOCKS = BIT(FUNDS_BLOCK) | BIT(GOALS_BLOCK) | BIT(INDICATORS_BLOCK);
const guint64 LINEAR_PAIR_LABELS = BIT(PROJECT) | BIT(DEPARTMENT) | BIT(UNIT) | BIT(CURRENCY) |
                                   BIT(HEADLINE) | BIT(YEAR) | BIT(EXTRA) | BIT(FOOT);

/* What may stand in a header, what makes one, and how many heads there are at the least. */
static const struct {
    guint64 heads, own;
    guint least_own, least;
} HEADERS[] = {
    [LINEAR_FUNDS] = {BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED) | BIT(RATE) | BIT(WEIGHT) |
                          BIT(SCORE) | BIT(REASON),
                      BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED) | BIT(RATE), 2, 2},
    [LINEAR_INDICATORS] = {BIT(LEVEL1_HEAD) | BIT(LEVEL2_HEAD) | BIT(LEVEL3_HEAD) | BIT(TARGET) |
                               BIT(COMPARATOR) | BIT(TARGET_VALUE) | BIT(TARGET_UNIT) |
                               BIT(ACTUAL) | BIT(WEIGHT) | BIT(SCORE) | BIT(REASON) |
                               BIT(OTHER_COLUMN) | BIT(LEVEL1_WEIGHT) | BIT(LEVEL2_WEIGHT),
                           BIT(LEVEL1_HEAD) | BIT(LEVEL2_HEAD) | BIT(LEVEL3_HEAD) | BIT(TARGET) |
                               BIT(ACTUAL),
                           2, 4},
    [LINEAR_GOALS] = {BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL), BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL),
                      2, 2},
};

/* A longer text is no head. */
#define HEAD_BYTES_MAX 60
/* 资金构成: a longer one is the block's own label. */
#define NAME_BYTES_MAX 12
/* Heads that no spelling knows, one after the other. */
#define UNKNOWN_MAX 3
/* Blank places and copies between the block's own label and its first head. */
#define SIDE_PLACES_MAX 12
/* Cells of a header, and of a total row's label: a row of labels without end is none. */
#define HEADER_CELLS_MAX 200
/* Numbers of columns that are an index: a form with fewer has no use for one. */
#define INDEX_MIN 3

static const LinearCell *at(const GArray *cells, guint k)
{
    return linear_at(cells, k);
}

/* A text that may be a head that no spelling knows. */
static bool may_be_head(const LinearCell *cell)
{
    static const char *const MARKS[] = {"。", "，", "；", "：", ":"};
    for (guint i = 0; i < G_N_ELEMENTS(MARKS); i++) {
        if (g_strstr_len(cell->cell.text, cell->cell.length, MARKS[i]))
            return false;
    }
    bool is_pair = zp_label_has(&cell->label, LINEAR_PAIR_LABELS & ~(BIT(EXTRA) | BIT(UNIT))) ||
                   cell->label.value_offset;
    return cell->cell.length <= HEAD_BYTES_MAX && cell->shape == SHAPE_TEXT && !is_pair &&
           !cell->is_title && !cell->is_heading;
}

static bool is_head(const LinearCell *cell, LinearKind kind)
{
    return zp_label_has(&cell->label, HEADERS[kind].heads) && !cell->label.value_offset;
}

static bool is_block(const LinearCell *cell)
{
    return zp_label_has(&cell->label, BLOCKS) && !cell->label.value_offset;
}

/* The first head behind the block's own label at k, past its copies and at most one name of the rows' labels. */
static guint first_head(const GArray *cells, guint k, LinearKind kind)
{
    guint j = k + 1, names = 0;
    for (; j < cells->len && j <= k + SIDE_PLACES_MAX; j++) {
        const LinearCell *cell = at(cells, j);
        if (is_head(cell, kind))
            return j;
        bool is_place = linear_is_blank(cell) || linear_is_copy(cell, at(cells, j - 1));
        /* 资金构成 may be what another form's block is called. */
        bool is_name =
            may_be_head(cell) || (kind == LINEAR_FUNDS && cell->cell.length <= NAME_BYTES_MAX &&
                                  zp_label_has(&cell->label, BIT(FUNDS_BLOCK)));
        /* Heads that nobody knows may stand in front of the first one; the source in the first row is sure then. */
        guint most = kind == LINEAR_FUNDS ? UNKNOWN_MAX : 0;
        if (!is_place && (cell->is_piece || !is_name || names++ > most))
            break;
    }
    return cells->len;
}

static bool is_source(const ZpLabels *labels, const LinearCell *cell)
{
    if (zp_label_has(&cell->label, BIT(FUND_ROW)))
        return true;
    if (cell->label.entry || cell->shape != SHAPE_TEXT || linear_is_blank(cell))
        return false;
    g_autoptr(GString) folded = g_string_new(NULL);
    zp_text_append_folded(folded, cell->cell.text, cell->cell.length);
    return zp_labels_source(labels, folded->str, folded->len) != ZP_SOURCE_OTHER;
}

static bool is_level(Shape shape)
{
    return shape == SHAPE_LEVEL1 || shape == SHAPE_LEVEL2 || shape == SHAPE_LEVEL12;
}

/* 行次 1 2 3: the end of the columns' numbers from k on; k when there are none. */
static guint index_end(const GArray *cells, guint k)
{
    guint n = 0, end = k;
    if (k >= cells->len)
        return k;
    /* A copy of the block's own label may stand before. */
    if (at(cells, end)->shape == SHAPE_BLOCK && end + 1 < cells->len)
        end++;
    if (at(cells, end)->shape == SHAPE_TEXT)
        end++;
    for (; end < cells->len; end++) {
        char *behind;
        const LinearCell *cell = at(cells, end);
        guint64 number = g_ascii_strtoull(cell->cell.text, &behind, 10);
        if (linear_is_blank(cell) || behind != cell->cell.text + cell->cell.length ||
            number != n + 1)
            break;
        n++;
    }
    return n >= INDEX_MIN ? end : k;
}

/* Whether the k-th cell begins the rows of a block. */
static bool begins_rows(const ZpLabels *labels, const GArray *cells, guint k, LinearKind kind)
{
    if (index_end(cells, k) > k)
        return true;
    if (kind != LINEAR_FUNDS)
        return is_level(at(cells, k)->shape);
    /* 结余金额 is a head as well as a source: what stands behind it tells. */
    bool is_before_text = k + 1 < cells->len && at(cells, k + 1)->shape == SHAPE_TEXT &&
                          !linear_is_blank(at(cells, k + 1)) &&
                          !linear_is_copy(at(cells, k), at(cells, k + 1));
    return is_source(labels, at(cells, k)) &&
           (!is_before_text || zp_label_has(&at(cells, k)->label, BIT(FUND_ROW)));
}

/* The end of the heads that are known, from the first one on; `first` when they make no header. */
static guint known_end(const GArray *cells, guint first, LinearKind kind)
{
    guint end = first, unknown = 0, heads = 0, own = 0;
    guint64 present = 0;
    guint stop = MIN(cells->len, first + HEADER_CELLS_MAX);
    for (guint k = first; k < stop && unknown <= UNKNOWN_MAX; k++) {
        const LinearCell *cell = at(cells, k);
        if (k > first && index_end(cells, k) > k)
            break;
        if (is_head(cell, kind)) {
            guint64 kinds = cell->label.entry->kinds & HEADERS[kind].own;
            own += (kinds & ~present) != 0;
            present |= kinds;
            heads++;
            end = k + 1;
            unknown = 0;
        } else if (linear_is_blank(cell) || may_be_head(cell) || (own > 1 && is_block(cell)) ||
                   (own && cell->label.is_part)) {
            unknown += !linear_is_copy(cell, at(cells, k - (k > first)));
        } else {
            break;
        }
    }
    return own >= HEADERS[kind].least_own && heads >= HEADERS[kind].least ? end : first;
}

/* Heads behind the last one that is known, when the first row stands right behind them. */
static guint unknown_end(const ZpLabels *labels, const GArray *cells, guint first, guint end,
                         LinearKind kind)
{
    guint last = end, unknown = 0;
    for (guint k = end; k < cells->len && unknown <= UNKNOWN_MAX; k++) {
        if (begins_rows(labels, cells, k, kind))
            return last;
        bool is_copy = k > end && linear_is_copy(at(cells, k), at(cells, k - 1));
        unknown += !is_copy;
        /* The block's own label may stand in front of each row. */
        if (linear_is_blank(at(cells, k)) ||
            (k > end && linear_is_copy(at(cells, k), at(cells, first))))
            continue;
        if (!may_be_head(at(cells, k)))
            break;
        last = k + 1;
    }
    return end;
}

/* A source of money in the first row, past places of the block's own label. */
static bool has_source_row(const ZpLabels *labels, const GArray *cells, const LinearHeader *header)
{
    guint k = header->body;
    while (k < cells->len && (linear_is_blank(at(cells, k)) ||
                              linear_is_copy(at(cells, k), at(cells, header->first))))
        k++;
    return k < cells->len && is_source(labels, at(cells, k));
}

/* 三、绩效目标完成情况 <LF> 总体目标 <LF> 年初设定目标: a line above a block whose own label or heads follow. */
static bool is_caption(const GArray *cells, guint k)
{
    const LinearCell *cell = at(cells, k);
    if (!cell->is_heading || k + 1 >= cells->len)
        return false;
    return is_block(at(cells, k + 1));
}

/* The same from the first text on: blank places may stand before the numbers. */
static guint behind_index(const GArray *cells, guint end)
{
    guint k = end;
    while (k < cells->len && k < end + SIDE_PLACES_MAX && linear_is_blank(at(cells, k)))
        k++;
    guint behind = index_end(cells, k);
    return behind > k ? behind : index_end(cells, end);
}

static bool read_header(const ZpLabels *labels, const GArray *cells, guint k, LinearHeader *header)
{
    for (LinearKind kind = LINEAR_FUNDS; kind <= LINEAR_GOALS; kind++) {
        bool has_side = is_block(at(cells, k)) && first_head(cells, k, kind) < cells->len;
        guint first = has_side ? first_head(cells, k, kind) : k;
        if (!is_head(at(cells, first), kind))
            continue;
        guint known = known_end(cells, first, kind);
        if (known == first)
            continue;
        *header = (LinearHeader){.kind = kind, .first = k, .end = known, .stop = cells->len};
        if (kind != LINEAR_GOALS)
            header->end = unknown_end(labels, cells, k, known, kind);
        header->body = behind_index(cells, header->end);
        /* What divides spending by its kind (办公费) is another table. */
        if (kind == LINEAR_FUNDS && !has_source_row(labels, cells, header))
            continue;
        return true;
    }
    return false;
}

bool linear_is_total(const GArray *cells, guint k)
{
    if (k >= cells->len || !zp_label_has(&at(cells, k)->label, BIT(TOTAL) | BIT(HEADLINE)) ||
        at(cells, k)->label.value_offset)
        return false;
    guint next = k + 1, stop = MIN(cells->len, k + HEADER_CELLS_MAX);
    while (next < stop &&
           (linear_is_blank(at(cells, next)) || linear_is_copy(at(cells, next), at(cells, k))))
        next++;
    return next < stop && shape_is_figure(at(cells, next)->shape);
}

/* 年初批复预算金额(万元) 1497.59: a figure of the funds below the goals or the indicators, whose names are no amounts. */
static bool is_money(const GArray *cells, guint k)
{
    const LinearCell *cell = at(cells, k), *next = at(cells, k + 1);
    return zp_label_has(&cell->label, BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED)) &&
           !cell->label.value_offset && !linear_is_blank(next) && next->shape > SHAPE_DASH &&
           shape_is_figure(next->shape);
}

/* Where the rows of a header end: at a total row, another block's label, or a label of the head and foot. */
static guint rows_end(const GArray *cells, const LinearHeader *header, guint stop)
{
    const LinearCell *side = at(cells, header->first);
    guint k = header->body;
    for (; k < stop; k++) {
        const LinearCell *cell = at(cells, k);
        bool is_listed = cell->label.how == ZP_LABEL_LISTED;
        bool is_other_block = is_block(cell) && !linear_is_copy(cell, side);
        if ((header->kind != LINEAR_FUNDS && linear_is_total(cells, k)) || is_other_block ||
            (header->kind != LINEAR_FUNDS && k + 1 < stop && is_money(cells, k)) ||
            zp_label_has(&cell->label, is_listed ? LINEAR_PAIR_LABELS : BIT(FOOT)) ||
            zp_label_has(&cell->label, BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL)) || cell->is_title ||
            (cell->is_heading && !linear_is_blank(cell)))
            break;
    }
    /* The total row may have a copy of the block's own label in front. */
    while (k < stop && k > header->body && !linear_is_blank(side) &&
           linear_is_copy(at(cells, k - 1), side))
        k--;
    return k;
}

GArray *linear_headers(const ZpLabels *labels, const GArray *cells)
{
    GArray *headers = g_array_new(FALSE, FALSE, sizeof(LinearHeader));
    for (guint k = 0; k < cells->len;) {
        LinearHeader header;
        if (linear_is_blank(at(cells, k)) || is_caption(cells, k) ||
            !read_header(labels, cells, k, &header)) {
            k++;
            continue;
        }
        /* The name of the rows' labels stands before the heads where the block's label is a line above. */
        if (k && header.kind == LINEAR_FUNDS && is_head(at(cells, k), LINEAR_FUNDS) &&
            linear_is_blank(at(cells, k - 1)))
            header.first--;
        g_array_append_val(headers, header);
        k = header.body;
    }
    for (guint i = 0; i < headers->len; i++) {
        LinearHeader *header = &g_array_index(headers, LinearHeader, i);
        bool is_last = i + 1 == headers->len;
        header->stop =
            rows_end(cells, header,
                     is_last ? cells->len : g_array_index(headers, LinearHeader, i + 1).first);
        header->width = header->kind == LINEAR_GOALS ? 0 : linear_grid_width(cells, header);
    }
    return headers;
}

static const guint64 PARTS[] = {BIT(COMPARATOR), BIT(TARGET_VALUE) | BIT(TARGET), BIT(TARGET_UNIT)};

/* The head over the target's parts: a target's, else the only one of no column that speaks of what is aimed at. */
static guint column_over(const LinearColumns *columns, guint end)
{
    guint over = 0, n = 0;
    for (guint c = 1; c < end; c++) {
        const LinearCell *head = columns->heads[c];
        if (head && zp_label_has(&head->label, BIT(TARGET)))
            return c;
        if (!head || (columns->roles[c] != ROLE_OTHER && columns->roles[c] != ROLE_BLOCK) ||
            (!g_strstr_len(head->cell.text, head->cell.length, "目标") &&
             !g_strstr_len(head->cell.text, head->cell.length, "指标")))
            continue;
        over = c;
        n++;
    }
    return n == 1 ? over : 0;
}

/* The target's three parts as the last heads, with others between them and the head that they divide. */
static void fit_parts(LinearColumns *columns)
{
    guint n = columns->n, parts = G_N_ELEMENTS(PARTS);
    if (n < parts + 2)
        return;
    for (guint i = 0; i < parts; i++) {
        const LinearCell *head = columns->heads[n - parts + i];
        if (!head || !zp_label_has(&head->label, PARTS[i]))
            return;
    }
    guint over = column_over(columns, n - parts - 1);
    if (!over)
        return;
    LinearColumns old = *columns;
    columns->over = old.heads[over];
    columns->part = over;
    columns->parts = parts;
    columns->n = n - 1;
    for (guint i = 0; i < n - 1 - over; i++) {
        guint from = i < parts ? n - parts + i : over + 1 + i - parts;
        columns->roles[over + i] = old.roles[from];
        columns->heads[over + i] = old.heads[from];
    }
}

/* 权重 right of a level's head is the weight of its sections. */
static Role role_of(const LinearColumns *columns, const LinearCell *cell)
{
    Role role = role_of_label(&cell->label), left = columns->roles[columns->n - 1];
    if (role == ROLE_WEIGHT && left == ROLE_LEVEL1)
        return ROLE_LEVEL1_WEIGHT;
    return role == ROLE_WEIGHT && left == ROLE_LEVEL2 ? ROLE_LEVEL2_WEIGHT : role;
}

void linear_columns(LinearColumns *columns, const GArray *cells, const LinearHeader *header)
{
    guint k = header->first;
    const LinearCell *side = at(cells, k);
    *columns = (LinearColumns){.n = 1, .roles = {ROLE_BLOCK}};
    if (is_block(side) && !is_head(side, header->kind)) {
        columns->heads[0] = side;
        for (k++; k < header->end && linear_is_copy(at(cells, k), side); k++)
            ;
    }
    if (header->kind == LINEAR_FUNDS) {
        const LinearCell *name = at(cells, k);
        bool is_name = !is_head(name, header->kind);
        columns->heads[columns->n] = is_name && !linear_is_blank(name) ? name : NULL;
        columns->roles[columns->n++] = ROLE_LABEL;
        k += is_name;
    }
    for (; k < header->end && columns->n < LINEAR_COLUMNS_MAX; k++) {
        const LinearCell *cell = at(cells, k);
        if (linear_is_blank(cell))
            continue;
        columns->heads[columns->n] = cell;
        columns->roles[columns->n] = role_of(columns, cell);
        columns->n++;
    }
    fit_parts(columns);
}

guint linear_column(const LinearColumns *columns, Role role)
{
    for (guint c = 0; c < columns->n; c++) {
        if (columns->roles[c] == role)
            return c;
    }
    return LINEAR_COLUMNS_MAX;
}
