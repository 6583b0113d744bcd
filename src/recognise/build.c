/*
 * build.c - one form from its lines: every line to the block it belongs to, then what can only be
 * said of the whole form: levels, template, missing blocks, text that nothing took.
 */
#include "base/limits.h"
#include "recognise/guessed.h"

#include <string.h>

static void drop_furniture_line(Builder *builder, guint line)
{
    Token *token;
    if (line_tokens(builder->lines, lines_at(builder->lines, line), &token, 1))
        drop_furniture(builder, token);
}

/* A header row that was printed again is the page's, not the form's. */
static void drop_repeated_line(Builder *builder, guint line)
{
    Token *tokens[LINE_TOKENS_MAX];
    const Line *at = lines_at(builder->lines, line);
    guint n = line_tokens(builder->lines, at, tokens, LINE_TOKENS_MAX);
    for (guint k = 0; k < n; k++)
        tokens[k]->is_used = true;
    ZpPlace place = place_in_line(at, builder->lines, 0);
    add_repair(builder, "R03", &place, "去掉了跨页重复的表头行",
               "a header row that a page break had repeated was taken out", "%s", "");
}

/* Joined cells that are no field: labels of levels and blocks. */
static void note_joined_labels(Builder *builder)
{
    Token *tokens[LINE_TOKENS_MAX];
    for (guint i = builder->begin; i < builder->end; i++) {
        guint n = line_tokens(builder->lines, lines_at(builder->lines, i), tokens, LINE_TOKENS_MAX);
        for (guint k = 0; k < n; k++)
            note_joined(builder, tokens[k], "%s", "");
    }
}

static void take_heading(Builder *builder, guint line)
{
    Token *token;
    builder_take_funds_label(builder, lines_at(builder->lines, line));
    if (line_tokens(builder->lines, lines_at(builder->lines, line), &token, 1))
        token->is_used = true;
}

static void take_index(Builder *builder, guint line)
{
    Token *tokens[LINE_TOKENS_MAX];
    guint n = line_tokens(builder->lines, lines_at(builder->lines, line), tokens, LINE_TOKENS_MAX);
    for (guint k = 0; k < n; k++)
        tokens[k]->is_used = true;
}

static void build_line(Builder *builder, guint i, bool *has_indicators)
{
    switch (builder_meaning(builder, i)) {
    case LINE_FUND_PAIRS:
        builder_take_fund_pairs(builder, i);
        break;
    case LINE_FUND_SOURCES:
        builder_take_turned(builder, i);
        break;
    case LINE_INDEX:
        take_index(builder, i);
        break;
    case LINE_TITLE:
    case LINE_YEAR:
        builder_take_head(builder, i);
        break;
    case LINE_PAIRS:
        builder_take_pairs(builder, i);
        break;
    case LINE_FUND_HEAD:
        builder_take_funds(builder, i);
        break;
    case LINE_INDICATOR_HEAD:
        builder_take_indicators(builder, i);
        *has_indicators = true;
        break;
    case LINE_TOTAL:
        if (!*has_indicators)
            builder_take_total(builder, i, NULL);
        break;
    case LINE_FURNITURE:
        drop_furniture_line(builder, i);
        break;
    case LINE_HEADING:
        take_heading(builder, i);
        break;
    case LINE_REPEATED:
        drop_repeated_line(builder, i);
        break;
    default:
        break;
    }
}

/* Characters of a heading, which is no sentence; lines of headings above one table. */
#define HEADING_CHARS 30
#define HEADING_LINES 3

static bool is_heading_text(const Token *token)
{
    static const char *const ENDS[] = {"。", "；", "，", "："};
    for (guint i = 0; i < G_N_ELEMENTS(ENDS); i++) {
        if (g_strstr_len(token->text, token->length, ENDS[i]))
            return false;
    }
    return g_utf8_strlen(token->text, token->length) <= HEADING_CHARS;
}

/* The heading above a table of its own that a block of the form begins with. */
static bool is_heading(const Builder *builder, guint line)
{
    static const guint HEADS = 1u << LINE_FUND_HEAD | 1u << LINE_GOAL_HEAD | 1u << LINE_GOAL_PAIRS |
                               1u << LINE_INDICATOR_HEAD | 1u << LINE_INDICATOR_HEAD_AGAIN |
                               1u << LINE_TOTAL;
    Token *token;
    const Line *at = lines_at(builder->lines, line);
    if (builder_meaning(builder, line) != LINE_LOOSE || !at->table->is_apart ||
        !line_tokens(builder->lines, at, &token, 1) || !is_heading_text(token))
        return false;
    guint stop = MIN(builder->end, line + HEADING_LINES + 1);
    while (line < stop && builder_meaning(builder, line) == LINE_LOOSE)
        line++;
    return line < stop && (HEADS >> builder_meaning(builder, line) & 1);
}

void add_unread_text(Builder *builder, const ZpText *text, ZpLossKind kind, const char *nearest)
{
    ZpForm *form = builder->form;
    if (form->unread->len >= ZP_LIMIT_UNUSED_GATHERED) {
        form->n_unread_more++;
        return;
    }
    ZpUnread *unread = g_new0(ZpUnread, 1);
    unread->kind = kind;
    unread->text = *text;
    unread->nearest = nearest ? g_string_chunk_insert_const(form->strings, nearest) : NULL;
    g_ptr_array_add(form->unread, unread);
}

void add_unread(Builder *builder, Token *token, ZpLossKind kind, const char *nearest)
{
    const ZpText text = take_text(builder, token, "%s", "");
    add_unread_text(builder, &text, kind, nearest);
}

static void count_label(ZpForm *form, const Token *token)
{
    guint *counts[] = {
        [ZP_LABEL_LISTED] = &form->reading.listed,
        [ZP_LABEL_COMPOSED] = &form->reading.composed,
        [ZP_LABEL_MENDED] = &form->reading.mended,
        [ZP_LABEL_INFERRED] = &form->reading.inferred,
    };
    if (token->label.entry)
        (*counts[token->label.how])++;
    form->reading.doubtful += token->cell->is_doubtful;
}

/* Text of the form's lines that nothing took, or that may belong to another column. */
static void collect_leftovers(Builder *builder)
{
    for (guint i = builder->begin; i < builder->end; i++) {
        const Line *line = lines_at(builder->lines, i);
        if (builder_meaning(builder, i) == LINE_OUTSIDE || is_heading(builder, i))
            continue;
        for (guint k = 0; k < line->count; k++) {
            const Slot *slot = line_slot(builder->lines, line, k);
            Token *token = slot_token(builder->lines, slot);
            if (slot->begins && token->is_used)
                count_label(builder->form, token);
            if (slot->begins && !token->is_used)
                add_unread(builder, token, ZP_LOSS_UNPLACED_TEXT, NULL);
            else if (slot->begins && token->cell->is_doubtful)
                add_unread(builder, token, ZP_LOSS_DOUBTFUL_PLACE, NULL);
        }
    }
}

/* The last section's label says what it weighs, but nothing of it follows: the table is cut off. */
static bool ends_in_promise(const ZpForm *form)
{
    if (!form->indicators->len || form->blocks & ZP_BLOCK_TOTAL)
        return false;
    const ZpIndicator *last = zp_form_indicator(form, form->indicators->len - 1);
    return last->is_empty && last->level2_weight.text;
}

static void settle_template(Builder *builder)
{
    ZpForm *form = builder->form;
    g_string_truncate(builder->scratch, 0);
    if (form->title.text)
        zp_text_append_folded(builder->scratch, form->title.text, strlen(form->title.text));
    ZpTemplateCues cues = {
        .title = builder->scratch->str,
        .currency = form->currency_unit.text,
        .seen = builder->seen,
    };
    guint blocks;
    form->template_id = zp_labels_template(builder->labels, &cues, &blocks);
    const ZpFund *total = zp_form_total_fund(form, NULL);
    if (!(form->blocks & ZP_BLOCK_INDICATORS) && total && total->score.text)
        form->has_score_column = form->has_weight_column = true;
    /* One that prints the score of all in its head needs no row for it. */
    if (form->has_score_column && !form->headline.text && strcmp(form->template_id, "unknown") == 0)
        blocks |= ZP_BLOCK_TOTAL;
    form->missing = blocks & ~form->blocks;
    if (!form->missing && ends_in_promise(form))
        form->missing = ZP_BLOCK_INDICATORS;
}

/* One block number for all indicators says nothing. */
static void settle_blocks(ZpForm *form)
{
    bool several = false;
    for (guint k = 1; k < form->indicators->len; k++)
        several |= zp_form_indicator(form, k)->block != zp_form_indicator(form, 0)->block;
    for (guint k = 0; k < form->indicators->len && !several; k++)
        zp_form_indicator(form, k)->block = 0;
}

static void set_place(Builder *builder)
{
    Token *first;
    if (line_tokens(builder->lines, lines_at(builder->lines, builder->begin), &first, 1))
        builder->form->at = zp_cell_place(first->table, first->cell);
}

/* A missing block's project, unit, … are blank fields of every form, not absent ones. */
static void settle_head(ZpForm *form)
{
    ZpText *fields[] = {&form->project, &form->unit};
    for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
        if (!fields[i]->text)
            fields[i]->at = form->at;
    }
}

/* A project, department or unit whose own label is misprinted stands among the extras. */
static void settle_pairs(Builder *builder)
{
    ZpForm *form = builder->form;
    struct {
        guint64 kinds;
        ZpText *field;
        const char *pointer;
    } fields[] = {
        {ZP_LABEL_BIT(ZP_LABEL_PROJECT), &form->project, "/project"},
        {ZP_LABEL_BIT(ZP_LABEL_DEPARTMENT), &form->department, "/department"},
        {ZP_LABEL_BIT(ZP_LABEL_UNIT), &form->unit, "/unit"},
    };
    for (guint i = 0; i < form->extra->len; i++) {
        const ZpExtra *extra = g_ptr_array_index(form->extra, i);
        for (guint k = 0; k < G_N_ELEMENTS(fields); k++) {
            ZpLabelMatch match;
            if (fields[k].field->text || !*extra->label.text || !extra->value.text ||
                zp_labels_match(builder->labels, extra->label.text, strlen(extra->label.text),
                                &match) ||
                !zp_labels_mend(builder->labels, fields[k].kinds, extra->label.text,
                                strlen(extra->label.text), &match))
                continue;
            *fields[k].field = (ZpText){.text = extra->value.text, .at = extra->value.at};
            g_autofree char *zh =
                g_strdup_printf("“%s”读作“%s”", extra->label.text, match.entry->text);
            g_autofree char *en =
                g_strdup_printf("\"%s\" was read as %s", extra->label.text, match.entry->text);
            add_repair(builder, "R06", &extra->label.at, zh, en, "%s", fields[k].pointer);
            form->reading.mended++;
            g_ptr_array_remove_index(form->extra, i--);
            break;
        }
    }
}

/* A field that no label named, and the unknown labels that may have: by a word of theirs. */
static const struct {
    size_t field;
    const char *nearest;
    const char *words[6];
} TEXT_FIELDS[] = {
    {G_STRUCT_OFFSET(ZpForm, project), "项目名称", {"项目", "专项", "名称"}},
    {G_STRUCT_OFFSET(ZpForm, unit), "实施单位", {"单位", "机构", "主体", "处室", "部门"}},
    {G_STRUCT_OFFSET(ZpForm, goal_expected), "年度总体目标", {"目标", "任务"}},
    {G_STRUCT_OFFSET(ZpForm, goal_actual), "实际完成情况", {"完成情况", "实现情况", "达成情况"}},
};

static bool is_unknown_label(const Builder *builder, const ZpExtra *extra)
{
    ZpLabelMatch match;
    const char *text = extra->label.text, *value = extra->value.text;
    return *text && value && *value && !shape_is_figure(shape_of_text(value, strlen(value))) &&
           !zp_labels_match(builder->labels, text, strlen(text), &match) &&
           !zp_labels_compose(builder->labels, text, strlen(text), &match);
}

/* 项目 | 校园安防 where nothing says 项目名称: it may be the project's name, which is said. */
static void name_unknown_fields(Builder *builder)
{
    ZpForm *form = builder->form;
    for (guint k = 0; k < G_N_ELEMENTS(TEXT_FIELDS); k++) {
        const ZpText *field = (const ZpText *)((const char *)form + TEXT_FIELDS[k].field);
        bool is_there = field->text && *field->text;
        for (guint i = 0; i < form->extra->len && !is_there; i++) {
            const ZpExtra *extra = g_ptr_array_index(form->extra, i);
            bool has_word = false;
            for (const char *const *word = TEXT_FIELDS[k].words; *word && !has_word; word++)
                has_word = g_str_has_suffix(extra->label.text, *word);
            if (has_word && is_unknown_label(builder, extra))
                add_unread_text(builder, &extra->label, ZP_LOSS_UNKNOWN_LABEL,
                                TEXT_FIELDS[k].nearest);
        }
    }
}

/* What was gathered before in the row of this one, of the same kind; NULL when it is the first. */
static ZpUnread *doubt_beside(GHashTable *rows, ZpUnread *unread)
{
    const ZpPlace *at = &unread->text.at;
    if (!at->row)
        return NULL;
    g_autofree char *key =
        g_strdup_printf("%d %u %u %u", (int)unread->kind, at->page, at->table, at->row);
    ZpUnread *first = g_hash_table_lookup(rows, key);
    if (!first)
        g_hash_table_insert(rows, g_steal_pointer(&key), unread);
    return first;
}

/*
 * Where more cells are unread or in doubt than are listed, all of a row are one, at its first cell: else the rows further
 * down, which are no surer, would not be named at all.
 */
static void fold_doubts(ZpForm *form)
{
    g_autoptr(GHashTable) rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint k = 0; k < form->unread->len && form->unread->len > ZP_LIMIT_UNUSED_TEXTS;) {
        ZpUnread *unread = g_ptr_array_index(form->unread, k);
        ZpUnread *first = doubt_beside(rows, unread);
        if (!first) {
            k++;
            continue;
        }
        g_string_printf(text, "%s | %s", first->text.text, unread->text.text);
        if (text->len <= ZP_LIMIT_VALUE_BYTES)
            first->text.text = g_string_chunk_insert(form->strings, text->str);
        g_ptr_array_remove_index(form->unread, k);
    }
}

/* What is not listed is counted. */
static void cut_unread(ZpForm *form)
{
    fold_doubts(form);
    guint most = MIN(form->unread->len, ZP_LIMIT_UNUSED_TEXTS);
    form->n_unread_more += form->unread->len - most;
    g_ptr_array_set_size(form->unread, (gint)most);
}

ZpForm *builder_build(const ZpLabels *labels, const Lines *lines, guint begin, guint end)
{
    g_autoptr(ZpForm) form = zp_form_new();
    Builder builder = {
        .labels = labels,
        .lines = lines,
        .begin = begin,
        .end = MIN(end, begin + ZP_LIMIT_FORM_ROWS),
        .meanings = g_new0(guint8, end - begin),
        .form = form,
        .seen = g_new0(guint8, zp_labels_count(labels)),
        .scratch = g_string_sized_new(256),
        .growing = g_hash_table_new_full(NULL, NULL, NULL, g_free),
        .levels = g_array_new(FALSE, FALSE, sizeof(LevelCells)),
    };
    bool has_indicators = false;
    builder_classify(&builder);
    set_place(&builder);
    for (guint i = builder.begin; i < builder.end; i++)
        build_line(&builder, i, &has_indicators);
    builder_take_goals(&builder);
    builder_settle_levels(&builder);
    note_joined_labels(&builder);
    settle_blocks(form);
    settle_head(form);
    settle_pairs(&builder);
    name_unknown_fields(&builder);
    /* What lies beyond the limit was not looked at: it is unused text, not lost. */
    memset(builder.meanings + (builder.end - builder.begin), LINE_LOOSE, end - builder.end);
    builder.end = end;
    collect_leftovers(&builder);
    builder_doubt_guesses(&builder);
    cut_unread(form);
    settle_template(&builder);
    form->profile = "default";
    g_free(builder.meanings);
    g_free(builder.seen);
    g_string_free(builder.scratch, TRUE);
    g_hash_table_unref(builder.growing);
    g_array_unref(builder.levels);
    return g_steal_pointer(&form);
}
