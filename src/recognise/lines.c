/*
 * lines.c - tables into lines and tokens.
 *
 * Every cell's text is looked at once here: mark-up printed as text is taken off, the label is
 * looked up, the shape decided.  What follows works on tokens only.
 */
#include "recognise/lines.h"

#include "recognise/copies.h"
#include "recognise/evidence.h"

#include <string.h>

/* A longer text is prose and has no other shape. */
#define SHAPE_BYTES_MAX 60
/* A unit behind a number: 元/生.年, 人次. */
#define UNIT_BYTES_MAX 18
/* A title with its year, currency and unit in one cell; a longer cell is prose that mentions a form. */
#define TITLE_CELL_BYTES 300

void lines_free(Lines *lines)
{
    if (!lines)
        return;
    g_array_unref(lines->lines);
    g_array_unref(lines->slots);
    g_array_unref(lines->tokens);
    g_string_chunk_free(lines->strings);
    g_hash_table_unref(lines->spanned);
    zp_row_walk_clear(&lines->walk);
    g_free(lines);
}

/* The character's ASCII twin for full-width forms, itself else. */
static gunichar narrow(gunichar c)
{
    return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
}

static bool is_one_of(gunichar c, const char *set)
{
    return g_utf8_strchr(set, -1, c) != NULL;
}

static bool is_dashes(const char *text, const char *end)
{
    for (; text < end; text = g_utf8_next_char(text)) {
        gunichar c = narrow(g_utf8_get_char(text));
        if (!is_one_of(c, "-–—―─一/\\*~…") && !zp_char_is_space(c))
            return false;
    }
    return true;
}

/* The number that text begins with: *digits before the point, *grouped by commas.  Returns its end. */
static const char *skip_number(const char *text, const char *end, guint *digits, bool *grouped)
{
    bool point = false;
    *digits = 0;
    *grouped = false;
    for (; text < end; text = g_utf8_next_char(text)) {
        gunichar c = narrow(g_utf8_get_char(text));
        if (c >= '0' && c <= '9')
            *digits += !point;
        else if (c == '.')
            point = true;
        else if (c == ',')
            *grouped = true;
        else if (!zp_char_is_space(c))
            break;
    }
    return text;
}

/* 1.办件量: the number of an item, and no quantity. */
static bool is_item_number(const char *text, const char *rest)
{
    while (rest > text && g_ascii_isspace(rest[-1]))
        rest--;
    return rest > text && rest[-1] == '.';
}

static Shape shape_of_number(const char *text, const char *end)
{
    guint digits;
    bool grouped;
    const char *rest = skip_number(text, end, &digits, &grouped);
    if (!digits)
        return SHAPE_TEXT;
    if (rest == end)
        return digits > 3 || grouped ? SHAPE_BIG : SHAPE_SMALL;
    if (narrow(g_utf8_get_char(rest)) == '%' && g_utf8_next_char(rest) == end)
        return SHAPE_PERCENT;
    return end - rest <= UNIT_BYTES_MAX && !is_item_number(text, rest) ? SHAPE_QUANTITY
                                                                       : SHAPE_TEXT;
}

bool text_is_zero(const char *text, gsize length)
{
    return strspn(text, "0.") >= length;
}

Shape shape_of_text(const char *text, gsize length)
{
    const char *end = text + length;
    if (length > SHAPE_BYTES_MAX)
        return SHAPE_TEXT;
    if (is_dashes(text, end))
        return SHAPE_DASH;
    gunichar first = narrow(g_utf8_get_char(text));
    if (is_one_of(first, "≥≧⩾≤≦⩽=═><≈±"))
        return SHAPE_COMPARED;
    bool is_signed = first == '-' || first == '+' || first == 0x2212;
    return shape_of_number(is_signed ? g_utf8_next_char(text) : text, end);
}

Shape shape_of_label(const ZpLabelMatch *label)
{
    static const guint64 BLOCKS = ZP_LABEL_BIT(ZP_LABEL_FUNDS_BLOCK) |
                                  ZP_LABEL_BIT(ZP_LABEL_GOALS_BLOCK) |
                                  ZP_LABEL_BIT(ZP_LABEL_INDICATORS_BLOCK);
    bool level1 = zp_label_has(label, ZP_LABEL_BIT(ZP_LABEL_LEVEL1));
    bool level2 = zp_label_has(label, ZP_LABEL_BIT(ZP_LABEL_LEVEL2));
    if (level1 || level2)
        return level1 && level2 ? SHAPE_LEVEL12 : level1 ? SHAPE_LEVEL1 : SHAPE_LEVEL2;
    if (zp_label_has(label, BLOCKS))
        return SHAPE_BLOCK;
    return zp_label_has(label, ZP_LABEL_BIT(ZP_LABEL_FUND_ROW)) ? SHAPE_FUND_ROW : SHAPE_TEXT;
}

static Shape shape_of(const Token *token)
{
    Shape shape = shape_of_label(&token->label);
    return shape != SHAPE_TEXT ? shape : shape_of_text(token->text, token->length);
}

/* Mark-up printed as text taken out; tags that end a line become one, so that words do not run together. */
static void strip_markup(const ZpLabels *labels, Lines *lines, Token *token)
{
    ZpPattern *pattern = zp_labels_markup(labels);
    ZpMatch match;
    if (!zp_pattern_match(pattern, token->text, token->length, 0, &match))
        return;
    g_autoptr(GString) text = g_string_sized_new(token->length);
    gsize from = 0;
    do {
        gsize width;
        g_string_append_len(text, token->text + from, (gssize)(match.start - from));
        bool breaks = zp_match_group(&match, "break", &width) != NULL;
        bool is_entity = token->text[match.start] == '&';
        if (breaks || is_entity)
            g_string_append_c(text, breaks ? '\n' : ' ');
        from = match.end;
    } while (zp_pattern_match(pattern, token->text, token->length, from, &match));
    g_string_append_len(text, token->text + from, (gssize)(token->length - from));
    token->text = g_string_chunk_insert_len(lines->strings, text->str, (gssize)text->len);
    token->length = (guint32)text->len;
    token->had_markup = true;
}

/* Adds a token for a cell with text.  Returns false for a cell that holds none. */
static bool add_token(Lines *lines, const ZpTable *table, const ZpCell *cell)
{
    if (!cell->length || zp_text_is_blank(cell->text, cell->length))
        return false;
    Token token = {.cell = cell, .table = table, .text = cell->text, .length = cell->length};
    /* A line break behind the text (of a cell that nothing closes) is none of it: copies are compared. */
    while (token.length && g_ascii_isspace(token.text[token.length - 1]))
        token.length--;
    if (memchr(cell->text, '<', cell->length) || memchr(cell->text, '&', cell->length))
        strip_markup(lines->labels, lines, &token);
    if (!zp_labels_match(lines->labels, token.text, token.length, &token.label))
        zp_labels_compose(lines->labels, token.text, token.length, &token.label);
    token.shape = shape_of(&token);
    g_array_append_val(lines->tokens, token);
    return true;
}

static void add_slot(Lines *lines, guint token, const ZpCell *cell, bool begins)
{
    Slot slot = {
        .token = token, .col = cell->col, .end = cell->col + cell->col_span, .begins = begins};
    g_array_append_val(lines->slots, slot);
}

/* The slots of the row that the walk stands at. */
static void add_row(Lines *lines)
{
    const ZpRowWalk *walk = &lines->walk;
    for (guint i = 0; i < walk->open->len; i++) {
        const ZpCell *cell = g_ptr_array_index(walk->open, i);
        bool begins = cell->row == walk->row;
        if (begins && add_token(lines, walk->table, cell)) {
            guint token = lines->token_base + lines->tokens->len - 1;
            add_slot(lines, token, cell, true);
            if (cell->row_span > 1)
                g_hash_table_insert(lines->spanned, (gpointer)cell, GUINT_TO_POINTER(token + 1));
        } else if (!begins) {
            guint token = GPOINTER_TO_UINT(g_hash_table_lookup(lines->spanned, cell));
            if (token)
                add_slot(lines, token - 1, cell, false);
        }
    }
}

/* Whether a text begins in the row: a row that only spans reach into says nothing of its own. */
static bool row_begins_text(const Lines *lines, guint first)
{
    for (guint i = first; i < lines->slots->len; i++) {
        if (g_array_index(lines->slots, Slot, i).begins)
            return true;
    }
    return false;
}

/* A piece of a title's cell as a token of its own; only the first one keeps what is said of the cell. */
static void add_piece(Lines *lines, const Token *whole, const char *text, gsize length)
{
    Token token = *whole;
    token.text = g_string_chunk_insert_len(lines->strings, text, (gssize)length);
    token.length = (guint32)length;
    if (!zp_labels_match(lines->labels, token.text, token.length, &token.label))
        zp_labels_compose(lines->labels, token.text, token.length, &token.label);
    token.shape = shape_of(&token);
    g_array_append_val(lines->tokens, token);
}

/* A label and its value whose line end was lost behind the title: 项目支出绩效自评表金额单位：元. */
static const char *find_glued_pair(const Lines *lines, const char *text)
{
    static const char END[] = "自评表";
    const char *end = strstr(text, END);
    ZpLabelMatch match;
    if (!end)
        return NULL;
    end += strlen(END);
    return zp_labels_match(lines->labels, end, strlen(end), &match) && match.value_offset ? end
                                                                                          : NULL;
}

static bool is_pair(const Lines *lines, const char *text)
{
    ZpLabelMatch match;
    return zp_labels_match(lines->labels, text, strlen(text), &match) && match.value_offset;
}

/* The lines of a text, one with a label and its value behind a blank parted at its blanks; NULL: no line has such a label. */
static GPtrArray *title_lines(const Lines *lines, const char *text)
{
    bool has_pair = false;
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
    for (guint i = 0; rows[i]; i++) {
        bool has_inner = false;
        g_auto(GStrv) words = g_strsplit(rows[i], " ", -1);
        for (guint k = 1; words[0] && words[k]; k++)
            has_inner |= is_pair(lines, words[k]);
        has_pair |= has_inner || (i && is_pair(lines, rows[i]));
        for (guint k = 0; has_inner && words[k]; k++)
            g_ptr_array_add(parts, g_strdup(words[k]));
        if (!has_inner)
            g_ptr_array_add(parts, g_strdup(rows[i]));
    }
    return has_pair ? g_steal_pointer(&parts) : NULL;
}

/*
 * A title with the year and the currency below it in one cell is a line each:
 *
 *     2022年度项目支出绩效自评表
 *     金额单位：万元
 *
 * Without a label and its value among them the cell stays whole: builder_take_head cuts a year off.
 */
static bool split_title(Lines *lines, guint first)
{
    const Slot slot = g_array_index(lines->slots, Slot, first);
    if (lines->slots->len != first + 1 || !slot.begins)
        return false;
    const Token whole = *slot_token(lines, &slot);
    if (whole.length > TITLE_CELL_BYTES || !g_strstr_len(whole.text, whole.length, "自评"))
        return false;
    g_autofree char *text = g_strndup(whole.text, whole.length);
    const char *pair = find_glued_pair(lines, text);
    g_autofree char *parted =
        pair ? g_strdup_printf("%.*s\n%s", (int)(pair - text), text, pair) : g_strdup(text);
    g_autoptr(GPtrArray) pieces = title_lines(lines, parted);
    if (!pieces)
        return false;
    guint begin = first;
    g_array_set_size(lines->slots, first);
    for (guint i = 0; i < pieces->len; i++) {
        const char *printed = pieces->pdata[i];
        if (!*printed)
            continue;
        add_piece(lines, &whole, printed, strlen(printed));
        Slot piece = slot;
        piece.token = lines->token_base + lines->tokens->len - 1;
        g_array_append_val(lines->slots, piece);
        Line line = {.table = lines->walk.table,
                     .row = lines->walk.row,
                     .first = lines->slot_base + begin++,
                     .count = 1,
                     .after_break = lines->after_break};
        g_array_append_val(lines->lines, line);
        lines->after_break = false;
    }
    slot_token(lines, &slot)->is_used = true;
    return true;
}

/* Adds the row that the walk stands at.  Returns false when no text begins in it. */
static bool add_line(Lines *lines)
{
    guint first = lines->slots->len;
    add_row(lines);
    bool says = row_begins_text(lines, first);
    if (says)
        copies_merge(lines, first);
    /* A row of nothing but the copy of the label above it begins no text either. */
    if (!says || !row_begins_text(lines, first)) {
        g_array_set_size(lines->slots, first);
        return false;
    }
    if (split_title(lines, first))
        return true;
    evidence_mend_heads(lines, first);
    Line line = {.table = lines->walk.table,
                 .row = lines->walk.row,
                 .first = lines->slot_base + first,
                 .count = lines->slots->len - first,
                 .after_break = lines->after_break};
    g_array_append_val(lines->lines, line);
    lines->after_break = false;
    return true;
}

static bool next_table(Lines *lines)
{
    if (lines->n_tables >= lines->document->tables->len)
        return false;
    zp_row_walk_clear(&lines->walk);
    zp_row_walk_start(&lines->walk, g_ptr_array_index(lines->document->tables, lines->n_tables++));
    g_hash_table_remove_all(lines->spanned);
    lines->is_walking = lines->after_break = true;
    return true;
}

bool lines_read(Lines *lines)
{
    while (lines->is_walking || next_table(lines)) {
        lines->is_walking = zp_row_walk_next(&lines->walk);
        if (lines->is_walking && add_line(lines))
            return true;
    }
    return false;
}

/* The first token that a kept slot or a cell that still reaches down needs. */
static guint first_token(const Lines *lines)
{
    guint first = lines->token_base + lines->tokens->len;
    for (guint i = 0; i < lines->slots->len; i++)
        first = MIN(first, g_array_index(lines->slots, Slot, i).token);
    for (guint i = 0; lines->is_walking && i < lines->walk.open->len; i++) {
        gpointer cell = g_ptr_array_index(lines->walk.open, i);
        guint token = GPOINTER_TO_UINT(g_hash_table_lookup(lines->spanned, cell));
        if (token)
            first = MIN(first, token - 1);
    }
    return first;
}

static void drop_first(GArray *array, guint *base, guint first)
{
    if (first > *base)
        g_array_remove_range(array, 0, first - *base);
    *base = first;
}

void lines_drop(Lines *lines, guint line)
{
    if (line <= lines->line_base)
        return;
    guint slot = line < lines_end(lines) ? lines_at(lines, line)->first
                                         : lines->slot_base + lines->slots->len;
    drop_first(lines->lines, &lines->line_base, line);
    drop_first(lines->slots, &lines->slot_base, slot);
    drop_first(lines->tokens, &lines->token_base, first_token(lines));
}

Lines *lines_new(const Arranged *document)
{
    Lines *lines = g_new0(Lines, 1);
    lines->lines = g_array_new(FALSE, FALSE, sizeof(Line));
    lines->slots = g_array_new(FALSE, FALSE, sizeof(Slot));
    lines->tokens = g_array_new(FALSE, FALSE, sizeof(Token));
    lines->strings = g_string_chunk_new(1024);
    lines->labels = document->labels;
    lines->document = document;
    lines->spanned = g_hash_table_new(NULL, NULL);
    return lines;
}

guint line_tokens(const Lines *lines, const Line *line, Token **out, guint size)
{
    guint n = 0;
    for (guint i = 0; i < line->count && n < size; i++) {
        const Slot *slot = line_slot(lines, line, i);
        if (slot->begins)
            out[n++] = slot_token(lines, slot);
    }
    return n;
}

bool line_is_repeated(const Lines *lines, const Line *line)
{
    Token *first;
    return line_tokens(lines, line, &first, 1) && first->cell->is_repeated;
}

Token *line_title(const Lines *lines, const Line *line)
{
    static const guint64 BESIDE = ZP_LABEL_BIT(ZP_LABEL_HEADLINE) | ZP_LABEL_BIT(ZP_LABEL_YEAR) |
                                  ZP_LABEL_BIT(ZP_LABEL_CURRENCY) | ZP_LABEL_BIT(ZP_LABEL_EXTRA);
    Token *tokens[3];
    guint n = line_tokens(lines, line, tokens, 3);
    if (n == 1 || (n > 1 && zp_label_has(&tokens[1]->label, BESIDE)))
        return tokens[0];
    return NULL;
}

void token_fold(const Token *token, GString *out)
{
    g_string_truncate(out, 0);
    zp_text_append_folded(out, token->text, token->length);
}
