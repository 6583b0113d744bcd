/*
 * runs_pairs.c - labels with their values beside them, above and below the blocks.
 *
 *     项目
 *           网络宣传工作                          a label broken over lines, its value in the middle
 *     名称
 *     主管                                实施单位                  several in one row
 *           中共上海市委宣传部                      某办公室
 *     部门
 *
 * Labels come first: words, side by side or below each other, that make one.  Labels that share
 * lines are one row; every other line of the neighbourhood belongs to the nearest row, and each of
 * its words to the last label left of it.  Lines beside no label are text around the tables.
 */
#include "recognise/runs_pairs.h"

#include <string.h>

/* Lines between a value's line and its label's row. */
#define VALUE_REACH 1.6F

/* How far from a value's line the next one begins, however many there are; in em. */
#define CHAIN_SLACK 0.6F
/* Words of a line in which such values are sought. */
#define CHAIN_WORDS_MAX 64
/* Words of a table's number, and how far from below its first piece the second one stands, in em. */
#define FURNITURE_WORDS_MAX 4
#define BELOW_FURNITURE     14.0F

/* Labels of one row, and the lines that belong to it. */
typedef struct {
    guint from, to; /* pairs */
    float y0, y1;   /* first and last line of the labels */
} PairRow;

static gint by_place(gconstpointer a, gconstpointer b)
{
    const Pair *x = a, *y = b;
    guint middle_x = x->first + x->end, middle_y = y->first + y->end;
    if (x->end <= y->first || y->end <= x->first)
        return middle_x < middle_y ? -1 : 1;
    return x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

/* Labels that share lines, together. */
static GArray *rows_of_pairs(const Runs *runs, GArray *pairs)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(PairRow));
    g_array_sort(pairs, by_place);
    for (guint k = 0; k < pairs->len; k++) {
        const Pair *pair = pair_at(pairs, k);
        float y0 = runs_line(runs, pair->first)->y, y1 = runs_line(runs, pair->end - 1)->y;
        PairRow *last = rows->len ? &g_array_index(rows, PairRow, rows->len - 1) : NULL;
        if (last && y0 <= last->y1 && y1 >= last->y0) {
            last->to = k + 1;
            last->y0 = MIN(last->y0, y0);
            last->y1 = MAX(last->y1, y1);
            continue;
        }
        PairRow row = {.from = k, .to = k + 1, .y0 = y0, .y1 = y1};
        g_array_append_val(rows, row);
    }
    return rows;
}

/* How far a line is outside a row's labels. */
static float distance_to(const PairRow *row, float y)
{
    return MAX(MAX(row->y0 - y, y - row->y1), 0);
}

/* The last label of a row that is left of a word. */
static Pair *pair_left_of(const GArray *pairs, const PairRow *row, const Word *word)
{
    Pair *best = NULL;
    for (guint k = row->from; k < row->to; k++) {
        Pair *pair = pair_at(pairs, k);
        if (pair->x0 <= word->x0 && (!best || pair->x0 > best->x0))
            best = pair;
    }
    return best;
}

/* The first row, from top to bottom, that may be near a line. */
static guint first_row_near(const GArray *rows, float y)
{
    guint from = 0, end = rows->len;
    while (from < end) {
        guint middle = (from + end) / 2;
        if (g_array_index(rows, PairRow, middle).y1 + VALUE_REACH < y)
            from = middle + 1;
        else
            end = middle;
    }
    return from;
}

/* Whether a row, and so all below it, is too far below a line. */
static bool is_far_below(const PairRow *row, float y)
{
    return row->y0 - VALUE_REACH > y;
}

/* The label of the row that a line belongs to, left of a word. */
static Pair *pair_of_line(const GArray *pairs, const GArray *rows, const Word *word, float y)
{
    for (guint k = first_row_near(rows, y); k < rows->len; k++) {
        const PairRow *row = &g_array_index(rows, PairRow, k);
        if (is_far_below(row, y))
            break;
        Pair *pair = distance_to(row, y) == 0 ? pair_left_of(pairs, row, word) : NULL;
        if (pair)
            return pair;
    }
    return NULL;
}

/*
 * The label that a word beside no label's line belongs to: of the rows near it the one whose label has
 * no value in its own lines, for then the value is centred around it; else the nearest.
 */
static Pair *pair_near(const GArray *pairs, const GArray *rows, const Word *word, float y)
{
    Pair *best = NULL;
    float nearest = VALUE_REACH;
    for (guint k = first_row_near(rows, y); k < rows->len; k++) {
        const PairRow *row = &g_array_index(rows, PairRow, k);
        if (is_far_below(row, y))
            break;
        float distance = distance_to(row, y);
        Pair *pair = distance < VALUE_REACH ? pair_left_of(pairs, row, word) : NULL;
        if (!pair || (word->line < pair->first && word->x0 < pair->x1))
            continue;
        distance -= pair->has_value ? 0 : VALUE_REACH;
        if (distance < nearest) {
            best = pair;
            nearest = distance;
        }
    }
    return best;
}

/* Gives the words of a line to labels; in the labels' own lines, or outside them. */
static void give_line(const Runs *runs, GArray *pairs, const GArray *rows, guint i, bool own)
{
    const WordLine *line = runs_line(runs, i);
    for (guint k = 0; k < line->count; k++) {
        Word *word = runs_word(runs, line->first + k);
        Pair *pair =
            own ? pair_of_line(pairs, rows, word, line->y) : pair_near(pairs, rows, word, line->y);
        if (!pair || word->is_out)
            continue;
        word->is_out = true;
        pair->has_value |= own;
        /* 备注：第一行 goes on in the lines below. */
        bool goes_on = pair->holds_value && word->line >= pair->end;
        g_ptr_array_add(goes_on ? pair->words : pair->value, word);
    }
}

/* By value word: the label's index, and one. */
static GHashTable *labels_of_words(const GArray *pairs)
{
    GHashTable *labels = g_hash_table_new(NULL, NULL);
    for (guint k = 0; k < pairs->len; k++) {
        for (guint w = 0; w < pair_at(pairs, k)->value->len; w++)
            g_hash_table_insert(labels, pair_at(pairs, k)->value->pdata[w],
                                GUINT_TO_POINTER(k + 1));
    }
    return labels;
}

/* The label whose value has a word at the same place in a line beside: its index, and one; 0: none has. */
static guint label_beside(const Runs *runs, GHashTable *labels, const WordLine *line,
                          const Word *word)
{
    guint found = 0;
    for (guint k = 0; k < line->count && !found; k++) {
        Word *other = runs_word(runs, line->first + k);
        if (ABS(other->x0 - word->x0) <= CHAIN_SLACK)
            found = GPOINTER_TO_UINT(g_hash_table_lookup(labels, other));
    }
    return found;
}

/* Further lines of values that begin where the line before, or behind, does. */
static void give_chain(const Runs *runs, GArray *pairs, GHashTable *labels, guint i, guint beside)
{
    const WordLine *line = runs_line(runs, i), *other = runs_line(runs, beside);
    bool is_apart = ABS(line->y - other->y) >= VALUE_REACH;
    if (is_apart || line->is_furniture || line->is_title || line->is_year ||
        line->count > CHAIN_WORDS_MAX || other->count > CHAIN_WORDS_MAX)
        return;
    for (guint k = 0; k < line->count; k++) {
        Word *word = runs_word(runs, line->first + k);
        guint label = word->is_out ? 0 : label_beside(runs, labels, other, word);
        if (!label)
            continue;
        word->is_out = true;
        g_ptr_array_add(pair_at(pairs, label - 1)->value, word);
        g_hash_table_insert(labels, word, GUINT_TO_POINTER(label));
    }
}

static void give_chains(const Runs *runs, GArray *pairs, guint first, guint end)
{
    g_autoptr(GHashTable) labels = labels_of_words(pairs);
    for (guint i = first + 1; i < end; i++)
        give_chain(runs, pairs, labels, i, i - 1);
    for (guint i = end; i-- > first + 1;)
        give_chain(runs, pairs, labels, i - 1, i);
}

static void give_values(const Runs *runs, GArray *pairs, const GArray *rows, guint first, guint end)
{
    for (int own = 1; own >= 0; own--) {
        for (guint i = first; i < end; i++) {
            const WordLine *line = runs_line(runs, i);
            if (!line->is_furniture && !line->is_title && !line->is_year)
                give_line(runs, pairs, rows, i, own);
        }
    }
    give_chains(runs, pairs, first, end);
}

static void write_row(RunTables *tables, const GArray *pairs, const PairRow *row)
{
    guint col = 0;
    run_tables_row(tables);
    for (guint k = row->from; k < row->to; k++) {
        Pair *pair = pair_at(pairs, k);
        run_tables_cell(tables, col++, 1, 1, pair->words, NULL);
        run_tables_cell(tables, col++, 1, 1, pair->value, NULL);
    }
}

/* The last text of a line: its first word; NULL when there is none. */
static Word *last_text(const Runs *runs, guint line, guint *count)
{
    const WordLine *at = runs_line(runs, line);
    guint k = at->count;
    while (k && runs_word(runs, at->first + k - 1)->run ==
                    runs_word(runs, at->first + at->count - 1)->run)
        k--;
    *count = at->count - k;
    return *count ? runs_word(runs, at->first + k) : NULL;
}

/* Whether the text that a word begins stands behind a label, whose value it is. */
static bool is_behind_label(const Runs *runs, const Word *word)
{
    ZpLabelMatch match;
    const WordLine *line = runs_line(runs, word->line);
    guint k = (guint)(word - runs_word(runs, line->first));
    if (!k)
        return false;
    for (k--; k && runs_word(runs, line->first + k)->joins;)
        k--;
    return line_match(runs, line, k, G_MAXUINT64, &match) && !match.value_offset;
}

/* Whether a text is more than digits and marks. */
static bool has_letters(const Word *first, guint count)
{
    const char *end = first[count - 1].text + first[count - 1].length;
    for (const char *p = first->text; p < end; p++) {
        if ((guchar)*p >= 0x80)
            return true;
    }
    return false;
}

/* Adds the table's number at the right edge, broken over two lines: 公开 | 14表.  @line is that of its first piece. */
static void add_furniture(const Runs *runs, guint line, GPtrArray *furniture)
{
    guint n_above, n_below;
    Word *above = last_text(runs, line, &n_above), *below = last_text(runs, line + 1, &n_below);
    if (!above || !below || above->is_out || runs_line(runs, line)->is_furniture ||
        n_above + n_below > FURNITURE_WORDS_MAX || !has_letters(below, n_below) ||
        !word_is_below(above, below, BELOW_FURNITURE) || is_behind_label(runs, above) ||
        is_behind_label(runs, below))
        return;
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (guint k = 0; k < n_above; k++)
        g_ptr_array_add(words, above + k);
    for (guint k = 0; k < n_below; k++)
        g_ptr_array_add(words, below + k);
    words_join(words, runs->scratch);
    g_autoptr(GString) folded = g_string_new(NULL);
    zp_text_append_folded(folded, runs->scratch->str, runs->scratch->len);
    if (!zp_labels_is_furniture(runs->labels, folded->str, folded->len))
        return;
    for (guint k = 0; k < words->len; k++)
        ((Word *)words->pdata[k])->is_out = true;
    g_ptr_array_add(furniture, g_steal_pointer(&words));
}

/* Takes tables' numbers: (element-type GPtrArray of Word*) */
static GPtrArray *take_furniture(const Runs *runs, guint first, guint end)
{
    GPtrArray *furniture = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (guint i = first; i + 1 < end; i++)
        add_furniture(runs, i, furniture);
    return furniture;
}

static void write_furniture(RunTables *tables, const GPtrArray *furniture)
{
    for (guint k = 0; k < furniture->len; k++) {
        run_tables_row(tables);
        run_tables_cell(tables, 0, 1, 1, furniture->pdata[k], NULL);
    }
}

/* A title with labels beside it: 项目绩效目标自评表    项目总得分  100. */
static bool begins_with_title(const Runs *runs, const WordLine *line)
{
    const Word *first = line->count ? runs_word(runs, line->first) : NULL;
    if (!first || first->is_out)
        return false;
    g_string_truncate(runs->scratch, 0);
    zp_text_append_folded(runs->scratch, first->run->text, first->run->length);
    return zp_labels_is_title(runs->labels, runs->scratch->str, runs->scratch->len);
}

void run_tables_pairs(RunTables *tables, guint first, guint end)
{
    Runs *runs = tables->runs;
    g_autoptr(GPtrArray) furniture = take_furniture(runs, first, end);
    g_autoptr(GArray) pairs = run_pairs_find(runs, first, end);
    g_autoptr(GArray) rows = rows_of_pairs(runs, pairs);
    guint next = 0;
    give_values(runs, pairs, rows, first, end);
    for (guint i = first; i < end; i++) {
        float y = runs_line(runs, i)->y;
        /* What stands above its title is no part of a form. */
        if (begins_with_title(runs, runs_line(runs, i)))
            run_tables_line(tables, i);
        while (next < rows->len && g_array_index(rows, PairRow, next).y0 <= y)
            write_row(tables, pairs, &g_array_index(rows, PairRow, next++));
        run_tables_line(tables, i);
    }
    write_furniture(tables, furniture);
}
