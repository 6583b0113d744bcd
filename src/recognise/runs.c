/*
 * runs.c - words of tables without rules, and their texts.
 *
 * A run ends at a wide gap, but one space may stand between two cells as well as inside one:
 *
 *     项目 年度资金总额        700000.00  560000.0 558,822.6 10 99.79  9.98
 *
 * so runs are cut at every space here, and each word's place is worked out from its run's.
 */
#include "recognise/runs.h"

#include <string.h>

/* Lines from the last line of a page to the first one of the next: a row may go on there. */
#define PAGE_GAP 1
/* Words that one label is spread over in a line. */
#define LABEL_WORDS_MAX 4
/* A bracket of a label is no longer. */
#define LABEL_BRACKET_BYTES_MAX 30
/* Digits in the upper line of a number that a narrow cell broke. */
#define CUT_NUMBER_BYTES_MIN 4

static const ZpCell *cell_at(const ZpTable *table, guint k)
{
    return &g_array_index(table->cells, ZpCell, k);
}

Runs *runs_new(const ZpLabels *labels)
{
    Runs *runs = g_new0(Runs, 1);
    runs->labels = labels;
    runs->words = g_array_new(FALSE, FALSE, sizeof(Word));
    runs->lines = g_array_new(FALSE, FALSE, sizeof(WordLine));
    runs->rules = g_array_new(FALSE, FALSE, sizeof(float));
    runs->scratch = g_string_new(NULL);
    runs->matches = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return runs;
}

void runs_free(Runs *runs)
{
    if (!runs)
        return;
    g_array_unref(runs->words);
    g_array_unref(runs->lines);
    g_array_unref(runs->rules);
    g_string_free(runs->scratch, TRUE);
    g_hash_table_unref(runs->matches);
    g_free(runs);
}

/* How wide a text is, in characters or in half widths. */
static guint width_of(const char *text, gsize length, bool in_characters)
{
    guint width = 0;
    for (const char *p = text; p < text + length; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        bool is_wide = g_unichar_iswide(c);
        width += in_characters || !is_wide ? 1 : 2;
    }
    return width;
}

static gint by_float(gconstpointer a, gconstpointer b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

static RunScale scale_of(const ZpTable *table)
{
    if (!table->page) {
        /* Text: a run with Han characters tells how they were counted. */
        for (guint k = 0; k < table->cells->len; k++) {
            const ZpCell *cell = cell_at(table, k);
            guint characters = width_of(cell->text, cell->length, true);
            guint halves = width_of(cell->text, cell->length, false);
            if (characters != halves) {
                bool in_characters = cell->box.x1 - cell->box.x0 < (float)halves;
                return (RunScale){in_characters ? 1 : 2, 1, in_characters};
            }
        }
        return (RunScale){1, 1, true};
    }
    g_autoptr(GArray) heights = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint k = 0; k < table->cells->len; k++) {
        float height = cell_at(table, k)->box.y1 - cell_at(table, k)->box.y0;
        g_array_append_val(heights, height);
    }
    g_array_sort(heights, by_float);
    float height = heights->len ? g_array_index(heights, float, heights->len / 2) : 10;
    return (RunScale){MAX(height, 1), MAX(height, 1) * 1.2F, false};
}

/* (元), (万元)(20分), 元): the money unit or the weight of a block's label on a line of its own. */
static bool is_label_bracket(const char *text, gsize length)
{
    g_autoptr(GString) folded = g_string_sized_new(32);
    if (length > LABEL_BRACKET_BYTES_MAX)
        return false;
    zp_text_append_folded(folded, text, length);
    if (folded->str[0] != '(' && !g_str_has_suffix(folded->str, ")"))
        return false;
    for (const char *p = folded->str; *p; p = g_utf8_next_char(p)) {
        if (!g_utf8_strchr("()单位:元万亿分0123456789", -1, g_utf8_get_char(p)))
            return false;
    }
    return strstr(folded->str, "元") || strstr(folded->str, "分") || strstr(folded->str, "万");
}

/* What may have a bracket with its money unit. */
static const guint64 MONEY_LABELS =
    ZP_LABEL_BIT(ZP_LABEL_FUNDS_BLOCK) | ZP_LABEL_BIT(ZP_LABEL_INDICATORS_BLOCK);

static bool begins_money(const char *text, gsize length)
{
    static const char *const BEGINNINGS[] = {"万", "元", "单"};
    for (guint i = 0; i < G_N_ELEMENTS(BEGINNINGS); i++) {
        gsize size = strlen(BEGINNINGS[i]);
        if (length >= size && memcmp(text, BEGINNINGS[i], size) == 0)
            return true;
    }
    return false;
}

/* No label is longer, its brackets with it. */
#define LABEL_BYTES_MAX 120
/* A rarer label of so many bytes is one even with a value close behind it. */
#define WHOLE_BYTES_MIN 15
/* （A）, （B/A） */
#define LETTER_BYTES 9

/* 资金情况(万, 执行率): a label whose bracket goes on in the next line, or began in the one above. */
static guint64 open_bracket_parts(const ZpLabels *labels, const char *text, gsize length)
{
    if (length > 1 && text[length - 1] == ')' && !memchr(text, '(', length))
        return zp_labels_parts(labels, text, length - 1);
    for (gsize i = length; i-- > 1;) {
        bool is_wide = i + 3 <= length && memcmp(text + i, "（", 3) == 0;
        if (text[i] == ')' || (text[i] != '(' && !is_wide))
            continue;
        gsize inside = i + (is_wide ? 3 : 1);
        bool is_money = begins_money(text + inside, length - inside);
        /* 算数（A）, the rest of a label whose columns are lettered. */
        if (memmem(text + i, length - i, "）", 3) && !is_money)
            return length - i <= LETTER_BYTES ? zp_labels_parts(labels, text, i) : 0;
        if (memchr(text + inside, ' ', length - inside))
            return 0;
        /* 预算执行情况(万元)(20 */
        guint64 parts = i <= LABEL_BYTES_MAX ? label_parts(labels, text, i) : 0;
        /* 项目资金(万 is the block's label, not a piece of 项目资金总额. */
        return is_money && (parts & MONEY_LABELS) ? parts & MONEY_LABELS : parts;
    }
    return 0;
}

/* Labels that stand in columns of their own beside the rows. */
static const guint64 ROW_LABELS =
    ZP_LABEL_BIT(ZP_LABEL_LEVEL1) | ZP_LABEL_BIT(ZP_LABEL_LEVEL2) | ZP_LABEL_BIT(ZP_LABEL_FUND_ROW);
/* What may have a bracket with its money unit or its weight. */
static const guint64 BRACKET_LABELS =
    MONEY_LABELS | ZP_LABEL_BIT(ZP_LABEL_LEVEL1) | ZP_LABEL_BIT(ZP_LABEL_LEVEL2);

guint64 label_parts(const ZpLabels *labels, const char *text, gsize length)
{
    ZpLabelMatch match;
    guint64 parts = zp_labels_parts(labels, text, length);
    if (!parts && zp_labels_match(labels, text, length, &match) && !match.value_offset)
        parts = match.entry->is_whole ? match.entry->kinds & ROW_LABELS : match.entry->kinds;
    if (!parts && is_label_bracket(text, length))
        parts = BRACKET_LABELS;
    return parts ? parts : open_bracket_parts(labels, text, length);
}

/*
 * 365天24小时, 11月底前, 99.3%。: several numbers, a date or the end of a sentence are as likely words of a
 * name or a reason as a value.
 */
static bool is_wordy(const char *text, gsize length)
{
    static const char *const DATES[] = {"年", "月", "日"};
    static const char *const ENDS[] = {"。", "，", "；", "、", "！"};
    gsize k = 0;
    for (guint i = 0; i < G_N_ELEMENTS(ENDS); i++) {
        if (length >= strlen(ENDS[i]) &&
            memcmp(text + length - strlen(ENDS[i]), ENDS[i], strlen(ENDS[i])) == 0)
            return true;
    }
    while (k < length && (g_ascii_isdigit(text[k]) || strchr("., ", text[k])))
        k++;
    for (guint i = 0; i < G_N_ELEMENTS(DATES); i++) {
        if (length - k >= strlen(DATES[i]) && memcmp(text + k, DATES[i], strlen(DATES[i])) == 0)
            return true;
    }
    while (k < length && !g_ascii_isdigit(text[k]))
        k++;
    return k < length;
}

Shape words_shape(const char *text, gsize length)
{
    Shape shape = shape_of_text(text, length);
    if (shape == SHAPE_SMALL && text_is_zero(text, length))
        return SHAPE_DASH;
    return shape == SHAPE_QUANTITY && is_wordy(text, length) ? SHAPE_TEXT : shape;
}

static const guint64 LEVELS = ZP_LABEL_BIT(ZP_LABEL_LEVEL1) | ZP_LABEL_BIT(ZP_LABEL_LEVEL2);

static bool is_level(const ZpLabels *labels, const char *text, gsize length)
{
    ZpLabelMatch match;
    return zp_labels_match(labels, text, length, &match) && !match.entry->is_whole &&
           zp_label_has(&match, LEVELS);
}

/* A run of text under work: how wide it is, and how much of that its words so far are. */
typedef struct {
    const RunScale *scale;
    const ZpCell *run;
    const char *measured; /* up to here */
    guint before, all;
} Measure;

/* Where a place in the run stands, in em. */
static float measure_to(Measure *measure, const char *place)
{
    const ZpBox *box = &measure->run->box;
    measure->before += width_of(measure->measured, (gsize)(place - measure->measured),
                                measure->scale->in_characters);
    measure->measured = place;
    float width = box->x1 - box->x0;
    return (box->x0 + width * (float)measure->before / (float)measure->all) / measure->scale->em;
}

static void add_word(Runs *runs, Measure *measure, const char *start, const char *end, bool joins)
{
    Word word = {
        .run = measure->run,
        .text = start,
        .length = (guint32)(end - start),
        .x0 = measure_to(measure, start),
        .line = runs->lines->len - 1,
        .joins = joins,
    };
    word.x1 = measure_to(measure, end);
    word.shape = words_shape(word.text, word.length);
    word.parts = label_parts(runs->labels, word.text, word.length);
    word.is_level = (word.parts & LEVELS) && is_level(runs->labels, word.text, word.length);
    g_array_append_val(runs->words, word);
    g_array_index(runs->lines, WordLine, word.line).count++;
}

static void add_words(Runs *runs, const RunScale *scale, const ZpCell *run)
{
    const char *p = run->text, *end = p + run->length;
    Measure measure = {.scale = scale, .run = run, .measured = run->text};
    bool joins = false;
    measure.all = width_of(run->text, run->length, scale->in_characters);
    while (p < end) {
        while (p < end && zp_char_is_space(g_utf8_get_char(p)))
            p = g_utf8_next_char(p);
        const char *start = p;
        while (p < end && !zp_char_is_space(g_utf8_get_char(p)))
            p = g_utf8_next_char(p);
        if (p > start)
            add_word(runs, &measure, start, p, joins);
        joins = true;
    }
}

/* What stands alone in its line: page numbers, running heads, titles. */
static void settle_line(Runs *runs)
{
    WordLine *last = &g_array_index(runs->lines, WordLine, runs->lines->len - 1);
    g_string_truncate(runs->scratch, 0);
    for (guint k = 0; k < last->count; k++) {
        const Word *word = runs_word(runs, last->first + k);
        if (k && !word->joins)
            return;
        zp_text_append_folded(runs->scratch, word->text, word->length);
    }
    const char *folded = runs->scratch->str;
    last->is_furniture = zp_labels_is_furniture(runs->labels, folded, runs->scratch->len) ||
                         zp_labels_is_heading(runs->labels, folded, runs->scratch->len);
    last->is_title = zp_labels_is_title(runs->labels, folded, runs->scratch->len);
    bool alone;
    last->is_year = zp_labels_year(runs->labels, folded, runs->scratch->len, &alone) && alone;
}

/* How many of the rules stand above (left of) a place. */
static gint32 rules_before(const GArray *rules, float place)
{
    gint32 n = 0;
    while (rules && n < (gint32)rules->len && g_array_index(rules, float, n) <= place)
        n++;
    return n;
}

static void add_line(Runs *runs, const RunScale *scale, const ZpTable *table, const ZpCell *run,
                     float base)
{
    float middle = (run->box.y0 + run->box.y1) / 2;
    WordLine line = {
        .first = runs->words->len,
        .y = base + middle / scale->pitch,
        .page = run->page,
        .ruled_row = table->y ? runs->n_ruled + rules_before(table->y, middle) : -1,
    };
    g_array_append_val(runs->lines, line);
}

/* Vertical rules count while all tables of a block have them at the same places. */
static void add_rules(Runs *runs, const RunScale *scale, const ZpTable *table)
{
    if (runs->lines->len)
        return;
    for (guint k = 0; table->x && k < table->x->len; k++) {
        float place = g_array_index(table->x, float, k) / scale->em;
        g_array_append_val(runs->rules, place);
    }
}

void runs_add_table(Runs *runs, const ZpTable *table)
{
    /* One measure for all pages, else their columns would not stand below each other. */
    if (!runs->lines->len)
        runs->scale = scale_of(table);
    const RunScale scale = runs->scale;
    float top = table->cells->len ? cell_at(table, 0)->box.y0 / scale.pitch : 0;
    float base = -top;
    add_rules(runs, &scale, table);
    if (runs->lines->len) {
        base += runs_line(runs, runs->lines->len - 1)->y + PAGE_GAP;
    } else {
        runs->number = table->number;
        runs->in_points = table->page > 0;
    }
    guint32 row = G_MAXUINT32;
    for (guint k = 0; k < table->cells->len; k++) {
        const ZpCell *run = cell_at(table, k);
        if (run->row != row) {
            if (row != G_MAXUINT32)
                settle_line(runs);
            row = run->row;
            add_line(runs, &scale, table, run, base);
        }
        add_words(runs, &scale, run);
    }
    if (row != G_MAXUINT32)
        settle_line(runs);
    if (table->y)
        runs->n_ruled += (gint32)table->y->len + 1;
}

static bool is_figure_char(gunichar c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == ',' || c == '%';
}

/* Whether a space belongs between the ends of two lines of one cell. */
static bool needs_space(const Word *a, const Word *b)
{
    gunichar left = g_utf8_get_char(g_utf8_prev_char(a->text + a->length));
    gunichar right = g_utf8_get_char(b->text);
    if (zp_char_is_cjk(left) || zp_char_is_cjk(right))
        return false;
    /* A cell that breaks a number is no narrower than this; shorter figures are two. */
    bool goes_on =
        is_figure_char(left) && is_figure_char(right) &&
        (a->length >= CUT_NUMBER_BYTES_MIN || right == '%' || left == '.' || left == ',');
    return !goes_on;
}

void words_join(const GPtrArray *words, GString *out)
{
    g_string_truncate(out, 0);
    for (guint k = 0; k < words->len; k++) {
        const Word *word = words->pdata[k], *before = k ? words->pdata[k - 1] : NULL;
        bool same_line = before && before->line == word->line;
        if (before && (same_line || needs_space(before, word)))
            g_string_append_c(out, ' ');
        g_string_append_len(out, word->text, word->length);
    }
}

/* Whether each of several words is a label of its own: 执行率 得分, but not 年度 支出数. */
static bool are_labels(const Runs *runs, const GPtrArray *words)
{
    ZpLabelMatch match;
    for (guint k = 0; k < words->len; k++) {
        const Word *word = words->pdata[k];
        if (!zp_labels_match(runs->labels, word->text, word->length, &match) ||
            zp_label_has(&match, ZP_LABEL_BIT(ZP_LABEL_YEAR)))
            return false;
    }
    return words->len > 1;
}

bool words_match(const Runs *runs, const GPtrArray *words, ZpLabelMatch *match)
{
    words_join(words, runs->scratch);
    /* No longer text is a label, and what is kept is bounded. */
    if (runs->scratch->len > LABEL_BYTES_MAX)
        return zp_labels_match(runs->labels, runs->scratch->str, runs->scratch->len, match) &&
               (!match->entry->is_whole || !are_labels(runs, words));
    ZpLabelMatch *kept = g_hash_table_lookup(runs->matches, runs->scratch->str);
    if (!kept) {
        char *text = g_strndup(runs->scratch->str, runs->scratch->len);
        kept = g_new0(ZpLabelMatch, 1);
        g_hash_table_insert(runs->matches, text, kept);
        if (!zp_labels_match(runs->labels, text, runs->scratch->len, kept))
            kept->entry = NULL;
    }
    /* Several labels must not pass for a rarer one. */
    if (!kept->entry || (kept->entry->is_whole && are_labels(runs, words)))
        return false;
    *match = *kept;
    return true;
}

static gint by_line(gconstpointer a, gconstpointer b)
{
    const Word *x = *(Word *const *)a, *y = *(Word *const *)b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

void words_sort(GPtrArray *words)
{
    g_ptr_array_sort(words, by_line);
}

/*
 * Whether n words from the k-th of a line on are all of a run, or a long beginning of one with no other label behind
 * it, as when a value stands close to its label.
 */
static bool is_whole_run(const Runs *runs, const WordLine *line, guint k, guint n)
{
    const Word *first = runs_word(runs, line->first + k), *last = first + n - 1;
    if (first->joins || k + n == line->count || first[n].run != first->run)
        return !first->joins;
    return !first[n].parts && last->text + last->length - first->text >= WHOLE_BYTES_MIN;
}

bool word_is_below(const Word *first, const Word *word, float slack)
{
    return ABS(word->x0 - first->x0) <= slack ||
           ABS(word->x0 + word->x1 - first->x0 - first->x1) <= 2 * slack;
}

guint line_match(const Runs *runs, const WordLine *line, guint k, guint64 kinds,
                 ZpLabelMatch *match)
{
    guint best = 0;
    const Word *first = runs_word(runs, line->first + k);
    for (guint n = 1; n <= LABEL_WORDS_MAX && k + n <= line->count; n++) {
        const Word *last = runs_word(runs, line->first + k + n - 1);
        ZpLabelMatch found;
        if (n > 1 && (!last->joins || last->run != first->run))
            break;
        gsize length = (gsize)(last->text + last->length - first->text);
        if (!zp_labels_match(runs->labels, first->text, length, &found) ||
            !zp_label_has(&found, kinds) ||
            (found.entry->is_whole && !is_whole_run(runs, line, k, n)))
            continue;
        best = n;
        *match = found;
    }
    return best;
}
