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
#include "recognise/runs_table.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

static const guint64 PAIR_LABELS = BIT(PROJECT) | BIT(DEPARTMENT) | BIT(UNIT) | BIT(CURRENCY) |
                                   BIT(HEADLINE) | BIT(YEAR) | BIT(EXTRA) | BIT(GOAL_EXPECTED) |
                                   BIT(GOAL_ACTUAL);

/* Lines below a label's first piece in which its last one may stand. */
#define STACK_LINES 5
/* Lines between a value's line and its label's row. */
#define VALUE_REACH 1.6F
/* How far apart the pieces of one label begin, in em. */
#define STACK_SLACK 2.1F

#define LESSER_LABEL_BYTES 6
/* How near labels of one column stand: lines, and em. */
#define LABELS_REACH 4
#define NEAR_LINES   (LABELS_REACH + STACK_LINES)
#define LABELS_SLACK 1.1F
/* How far from a value's line the next one begins, however many there are; in em. */
#define CHAIN_SLACK 0.6F
/* Words of a line in which such values are sought. */
#define CHAIN_WORDS_MAX 64
/* How far from a value's first line the next one begins, or has its middle. */
#define BELOW_SLACK 2.1F
/* Spaces between a value and what is no part of it. */
#define APART 4

/* A label and the words of its value. */
typedef struct {
    GPtrArray *words, *value, *rest; /* of Word*, owned; the rest stands apart behind the value */
    float x0, x1;
    guint first, end; /* lines */
    bool has_value;   /* in its own lines */
    bool has_others;  /* labels in its lines */
    bool holds_value; /* "项目名称：某项目": its own words hold the value too */
} Pair;

/* Labels of one row, and the lines that belong to it. */
typedef struct {
    guint from, to; /* pairs */
    float y0, y1;   /* first and last line of the labels */
} PairRow;

static void pair_clear(gpointer data)
{
    g_ptr_array_unref(((Pair *)data)->words);
    g_ptr_array_unref(((Pair *)data)->value);
    g_ptr_array_unref(((Pair *)data)->rest);
}

static Pair *pair_at(const GArray *pairs, guint k)
{
    return &g_array_index(pairs, Pair, k);
}

static void take_words(const Runs *runs, guint first, guint count, GPtrArray *out)
{
    for (guint k = 0; k < count; k++) {
        Word *word = runs_word(runs, first + k);
        word->is_out = true;
        g_ptr_array_add(out, word);
    }
}

static void add_pair(GArray *pairs, GPtrArray *words, bool holds_value)
{
    const Word *first = words->pdata[0];
    Pair pair = {.words = words,
                 .value = g_ptr_array_new(),
                 .rest = g_ptr_array_new(),
                 .x0 = first->x0,
                 .x1 = first->x1,
                 .first = first->line,
                 .end = first->line + 1,
                 .holds_value = holds_value};
    for (guint k = 1; k < words->len; k++) {
        const Word *word = words->pdata[k];
        pair.x0 = MIN(pair.x0, word->x0);
        pair.x1 = MAX(pair.x1, word->x1);
        pair.end = MAX(pair.end, word->line + 1);
    }
    for (guint k = 0; k < words->len; k++)
        ((Word *)words->pdata[k])->is_out = true;
    g_array_append_val(pairs, pair);
}

/* A label in one line; "项目名称：某项目" goes on to the end of its run. */
static guint find_in_line(const Runs *runs, const WordLine *line, guint k, GArray *pairs)
{
    ZpLabelMatch match;
    guint n = line_match(runs, line, k, PAIR_LABELS, &match);
    const Word *first = runs_word(runs, line->first + k);
    if (!n)
        return 0;
    while (match.value_offset && k + n < line->count &&
           runs_word(runs, line->first + k + n)->run == first->run) {
        ZpLabelMatch next;
        if (line_match(runs, line, k + n, PAIR_LABELS, &next))
            break;
        n++;
    }
    GPtrArray *words = g_ptr_array_new();
    take_words(runs, line->first + k, n, words);
    add_pair(pairs, words, match.value_offset > 0);
    return n;
}

/* The words of a line that stand below a label's first piece and are pieces of labels too. */
static bool add_below(const Runs *runs, const WordLine *line, const Word *first, GPtrArray *words)
{
    bool is_blocked = false;
    for (guint k = 0; k < line->count; k++) {
        Word *word = runs_word(runs, line->first + k);
        if (word->is_out || !word_is_below(first, word, STACK_SLACK))
            continue;
        if (!(word->parts & PAIR_LABELS)) {
            is_blocked |= word->x0 < first->x1;
            continue;
        }
        g_ptr_array_add(words, word);
        for (guint n = k + 1; n < line->count; n++) {
            Word *next = runs_word(runs, line->first + n);
            if (!next->joins || !(next->parts & PAIR_LABELS))
                break;
            g_ptr_array_add(words, next);
        }
        return true;
    }
    return !is_blocked;
}

/* A label broken over lines, whose first piece is the k-th word. */
static guint find_stack(const Runs *runs, guint index, guint end, guint k, GArray *pairs)
{
    const WordLine *line = runs_line(runs, index);
    Word *first = runs_word(runs, line->first + k);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    guint taken = 0, n = 1;
    if (!(first->parts & PAIR_LABELS))
        return 0;
    g_ptr_array_add(words, first);
    for (; k + n < line->count; n++) {
        Word *next = runs_word(runs, line->first + k + n);
        if (!next->joins || !(next->parts & PAIR_LABELS))
            break;
        g_ptr_array_add(words, next);
    }
    for (guint i = index + 1; i < MIN(end, index + STACK_LINES); i++) {
        ZpLabelMatch match;
        if (!add_below(runs, runs_line(runs, i), first, words))
            break;
        if (words_match(runs, words, &match) && zp_label_has(&match, PAIR_LABELS))
            taken = words->len;
    }
    if (!taken)
        return 0;
    g_ptr_array_set_size(words, (gint)taken);
    add_pair(pairs, g_steal_pointer(&words), false);
    return MIN(n, taken);
}

/* The first of the known labels, which come by lines, that may reach to a line. */
static guint first_near(const GArray *pairs, guint n_known, guint line)
{
    guint least = line > NEAR_LINES ? line - NEAR_LINES : 0, from = 0, end = n_known;
    while (from < end) {
        guint middle = (from + end) / 2;
        if (g_array_index(pairs, Pair, middle).first < least)
            from = middle + 1;
        else
            end = middle;
    }
    return from;
}

/* Whether a known label of a line nearby begins where a word does: they are one column of labels. */
static bool is_among_labels(const Runs *runs, const GArray *pairs, guint n_known, const Word *word,
                            bool is_alone)
{
    for (guint k = first_near(pairs, n_known, word->line); k < n_known; k++) {
        const Pair *pair = &g_array_index(pairs, Pair, k);
        if (pair->first > word->line + LABELS_REACH)
            break;
        /* What stands alone below a label in the middle of a line is rather the rest of a value. */
        if (is_alone &&
            pair->words->pdata[0] != runs_word(runs, runs_line(runs, pair->first)->first))
            continue;
        guint distance =
            pair->first > word->line ? pair->first - word->line : word->line - pair->first;
        if (distance > 0 && distance <= LABELS_REACH && ABS(pair->x0 - word->x0) <= LABELS_SLACK)
            return true;
    }
    return false;
}

/* Whether a word stands below "部门:某市某" and nothing beside it: it goes on with that. */
static bool goes_on_with_label(const Runs *runs, const GArray *pairs, guint n_known,
                               const Word *word)
{
    const WordLine *line = runs_line(runs, word->line);
    for (guint k = 0; k < line->count; k++) {
        const Word *other = runs_word(runs, line->first + k);
        if (other->run != word->run && !other->is_out)
            return false;
    }
    for (guint k = first_near(pairs, n_known, word->line); k < n_known; k++) {
        const Pair *pair = &g_array_index(pairs, Pair, k);
        if (pair->first > word->line)
            break;
        if (pair->holds_value && pair->end == word->line &&
            ABS(pair->x0 - word->x0) <= LABELS_SLACK)
            return true;
    }
    return false;
}

/* Whether a word ends a sentence, as no label does. */
static bool ends_sentence(const Word *word)
{
    static const char *const ENDS[] = {"。", "；", "！"};
    for (guint i = 0; i < G_N_ELEMENTS(ENDS); i++) {
        gsize size = strlen(ENDS[i]);
        if (word->length >= size && memcmp(word->text + word->length - size, ENDS[i], size) == 0)
            return true;
    }
    return false;
}

/* The words of the run that the k-th word of a line begins. */
static guint run_words(const Runs *runs, const WordLine *line, guint k)
{
    guint n = 1;
    while (k + n < line->count &&
           runs_word(runs, line->first + k + n)->run == runs_word(runs, line->first + k)->run)
        n++;
    return n;
}

/*
 * Labels that no spelling knows, in a line of label, value, label, value:
 *
 *     项目名称    河道保洁    立项依据    市政府常务会议纪要
 *     主管部门    市水务局    实施单位    市河道管理所
 */
static void find_unknown(const Runs *runs, const WordLine *line, guint n_known, GArray *pairs)
{
    bool has_label = false, has_value = false;
    for (guint k = 0, n = 0; k < line->count; k += n) {
        const Word *word = runs_word(runs, line->first + k);
        n = run_words(runs, line, k);
        bool has_next = k + n < line->count && !runs_word(runs, line->first + k + n)->is_out;
        /* At the left edge nothing else begins where labels do. */
        bool may_be = (has_value && has_next) || (k == 0 && !word->parts);
        bool is_label = may_be && !word->is_out && !ends_sentence(word) &&
                        !goes_on_with_label(runs, pairs, n_known, word) &&
                        is_among_labels(runs, pairs, n_known, word, n == line->count);
        if (is_label) {
            GPtrArray *words = g_ptr_array_new();
            take_words(runs, line->first + k, n, words);
            add_pair(pairs, words, false);
        }
        has_label |= word->is_out;
        has_value = has_label && !word->is_out;
    }
}

/* A label that no field takes may be the beginning of one that goes on below: 部门 | 名称. */
static bool is_lesser_label(const Runs *runs, const WordLine *line, guint k)
{
    ZpLabelMatch match;
    return runs_word(runs, line->first + k)->length <= LESSER_LABEL_BYTES &&
           line_match(runs, line, k, PAIR_LABELS, &match) == 1 && !match.value_offset &&
           match.entry->kinds == BIT(EXTRA);
}

/* The last word of a line; NULL when it has none. */
static Word *last_word(const Runs *runs, guint line)
{
    const WordLine *at = runs_line(runs, line);
    return at->count ? runs_word(runs, at->first + at->count - 1) : NULL;
}

/* The table's number at the right edge, broken over two lines: 公开 | 14表.  @line is that of its first piece. */
static bool has_broken_furniture(const Runs *runs, guint line)
{
    const Word *above = last_word(runs, line), *below = last_word(runs, line + 1);
    if (!above || !below || runs_line(runs, line)->is_furniture)
        return false;
    g_string_truncate(runs->scratch, 0);
    zp_text_append_folded(runs->scratch, above->text, above->length);
    zp_text_append_folded(runs->scratch, below->text, below->length);
    return zp_labels_is_furniture(runs->labels, runs->scratch->str, runs->scratch->len);
}

/* Takes the pieces of tables' numbers: (element-type Word*), above and below by turns. */
static GPtrArray *take_furniture(const Runs *runs, guint first, guint end)
{
    GPtrArray *furniture = g_ptr_array_new();
    for (guint i = first; i + 1 < end; i++) {
        if (!has_broken_furniture(runs, i))
            continue;
        for (guint k = 0; k < 2; k++) {
            Word *word = last_word(runs, i + k);
            word->is_out = true;
            g_ptr_array_add(furniture, word);
        }
    }
    return furniture;
}

static void write_furniture(RunTables *tables, const GPtrArray *furniture)
{
    for (guint k = 0; k + 1 < furniture->len; k += 2) {
        g_autoptr(GPtrArray) words = g_ptr_array_new();
        g_ptr_array_add(words, furniture->pdata[k]);
        g_ptr_array_add(words, furniture->pdata[k + 1]);
        run_tables_row(tables);
        run_tables_cell(tables, 0, 1, 1, words, NULL);
    }
}

static GArray *find_pairs(const Runs *runs, guint first, guint end)
{
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    g_array_set_clear_func(pairs, pair_clear);
    for (guint i = first; i < end; i++) {
        const WordLine *line = runs_line(runs, i);
        if (line->is_furniture || line->is_title)
            continue;
        for (guint k = 0; k < line->count;) {
            guint n = 0;
            if (!runs_word(runs, line->first + k)->is_out) {
                if (is_lesser_label(runs, line, k))
                    n = find_stack(runs, i, end, k, pairs);
                if (!n)
                    n = find_in_line(runs, line, k, pairs);
                if (!n)
                    n = find_stack(runs, i, end, k, pairs);
            }
            k += MAX(n, 1);
        }
    }
    for (guint i = first, n_known = pairs->len; i < end; i++) {
        const WordLine *line = runs_line(runs, i);
        if (!line->is_furniture && !line->is_title && !line->is_year)
            find_unknown(runs, line, n_known, pairs);
    }
    return pairs;
}

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
            for (guint i = last->from; i <= k; i++)
                pair_at(pairs, i)->has_others = true;
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

/*
 * The label that a word beside no label's line belongs to: of the rows near it the one whose label has
 * no value in its own lines, for then the value is centred around it; else the nearest.
 */
static Pair *pair_near(const GArray *pairs, const GArray *rows, const Word *word, float y)
{
    Pair *best = NULL;
    float nearest = VALUE_REACH;
    for (guint k = 0; k < rows->len; k++) {
        const PairRow *row = &g_array_index(rows, PairRow, k);
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

/*
 * In text, whether a word stands apart behind what the value has in its line: it may be a label that nobody
 * knows with a value of its own, so it is no part of this one.
 */
static bool is_apart(const Runs *runs, const Pair *pair, const Word *word)
{
    const Word *last = pair->value->len ? pair->value->pdata[pair->value->len - 1] : NULL;
    if (runs->in_points || !last || last->line != word->line)
        return false;
    return pair->rest->len > 0 || (last->run != word->run && word->x0 - last->x1 >= APART);
}

/* Whether a word begins below the first line of a value, or is in its middle. */
static bool is_below_value(const Pair *pair, const Word *word)
{
    const Word *first = pair->value->len ? pair->value->pdata[0] : NULL;
    float x1 = first ? first->x1 : 0;
    if (!first || first->line == word->line)
        return true;
    for (guint k = 1; k < pair->value->len; k++) {
        const Word *next = pair->value->pdata[k];
        x1 = next->line == first->line ? MAX(x1, next->x1) : x1;
    }
    return ABS(word->x0 - first->x0) <= BELOW_SLACK ||
           ABS(word->x0 + word->x1 - first->x0 - x1) <= 2 * BELOW_SLACK;
}

/* Gives the words of a line to labels; in the labels' own lines, or outside them. */
static void give_line(const Runs *runs, GArray *pairs, const GArray *rows, guint i, bool own)
{
    const WordLine *line = runs_line(runs, i);
    for (guint k = 0; k < line->count; k++) {
        Word *word = runs_word(runs, line->first + k);
        Pair *pair = NULL;
        for (guint r = 0; own && r < rows->len && !pair; r++) {
            const PairRow *row = &g_array_index(rows, PairRow, r);
            if (distance_to(row, line->y) == 0)
                pair = pair_left_of(pairs, row, word);
        }
        if (!own)
            pair = pair_near(pairs, rows, word, line->y);
        if (!pair || word->is_out)
            continue;
        word->is_out = true;
        word->is_unsure =
            !own && !runs->in_points && pair->has_others && !is_below_value(pair, word);
        pair->has_value |= own;
        /* 备注：第一行 goes on in the lines below. */
        bool goes_on = pair->holds_value && word->line >= pair->end;
        g_ptr_array_add(goes_on                      ? pair->words
                        : is_apart(runs, pair, word) ? pair->rest
                                                     : pair->value,
                        word);
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
        if (pair->rest->len)
            run_tables_cell(tables, col++, 1, 1, pair->rest, NULL);
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
    g_autoptr(GArray) pairs = find_pairs(runs, first, end);
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
