/*
 * recognise.c - finds the forms of a document and has each built.
 *
 * A form begins at its title, or at a project's name where no title precedes it, and goes on to
 * the next one.  A title without any label of a form below it (a table of contents, a heading
 * repeated above the table) begins nothing.
 */
#include "recognise/recognise.h"

#include "base/error.h"
#include "base/limits.h"
#include "recognise/builder.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* Labels that only a form has. */
static const guint64 FORM_LABELS = BIT(PROJECT) | BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED) |
                                   BIT(FUNDS_BLOCK) | BIT(GOALS_BLOCK) | BIT(LEVEL1_HEAD) |
                                   BIT(LEVEL3_HEAD) | BIT(TARGET) | BIT(ACTUAL);

typedef struct {
    guint begin, end;
} Piece;

typedef struct {
    const ZpLabels *labels;
    const Lines *lines;
    GString *scratch;
    GArray *pieces;   /* of Piece */
    bool has_project; /* in the piece under way */
    bool has_labels;
    guint begin; /* of the piece under way; G_MAXUINT: none */
} Splitter;

static bool line_has(const Lines *lines, const Line *line, guint64 kinds)
{
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        if (slot->begins && zp_label_has(&slot_token(lines, slot)->label, kinds))
            return true;
    }
    return false;
}

/* A title alone in its line; its year may stand with it. */
static bool is_title(const Splitter *splitter, const Line *line)
{
    Token *tokens[2];
    if (line_tokens(splitter->lines, line, tokens, 2) != 1 || tokens[0]->length > 400)
        return false;
    token_fold(tokens[0], splitter->scratch);
    char *folded = splitter->scratch->str;
    if (zp_labels_is_title(splitter->labels, folded, splitter->scratch->len))
        return true;
    char *behind = strstr(folded, "自评表");
    if (!behind || !zp_labels_year(splitter->labels, folded, splitter->scratch->len, NULL))
        return false;
    behind += strlen("自评表");
    *behind = '\0';
    return zp_labels_is_title(splitter->labels, folded, (gsize)(behind - folded));
}

static bool is_year_or_currency(const Splitter *splitter, const Line *line)
{
    Token *token;
    bool alone;
    if (!line_tokens(splitter->lines, line, &token, 1))
        return false;
    token_fold(token, splitter->scratch);
    return (zp_labels_year(splitter->labels, splitter->scratch->str, splitter->scratch->len,
                           &alone) &&
            alone) ||
           line_has(splitter->lines, line,
                    BIT(CURRENCY) | BIT(UNIT) | BIT(DEPARTMENT) | BIT(EXTRA));
}

/* Closes the piece under way before line `end`; one without a form's labels is dropped. */
static void close_piece(Splitter *splitter, guint end)
{
    Piece piece = {splitter->begin, end};
    if (splitter->begin != G_MAXUINT && splitter->has_labels && piece.begin < piece.end)
        g_array_append_val(splitter->pieces, piece);
    splitter->begin = G_MAXUINT;
    splitter->has_project = splitter->has_labels = false;
}

/* A form without a title begins above its project's name, at its year or unit. */
static guint begin_above(const Splitter *splitter, guint line)
{
    guint least = splitter->pieces->len
                      ? g_array_index(splitter->pieces, Piece, splitter->pieces->len - 1).end
                      : 0;
    while (line > least && is_year_or_currency(splitter, lines_at(splitter->lines, line - 1)))
        line--;
    return line;
}

/* Where a form begins whose project's name stands at `line` while another form is under way. */
static guint begin_of_next(const Splitter *splitter, guint line)
{
    guint begin = line;
    while (begin > splitter->begin + 1 &&
           is_year_or_currency(splitter, lines_at(splitter->lines, begin - 1)))
        begin--;
    return begin;
}

static void see_line(Splitter *splitter, guint i)
{
    const Line *line = lines_at(splitter->lines, i);
    bool has_project = line_has(splitter->lines, line, BIT(PROJECT));
    if (!has_project && is_title(splitter, line)) {
        close_piece(splitter, i);
        splitter->begin = i;
        return;
    }
    if (has_project && splitter->has_project) {
        guint begin = begin_of_next(splitter, i);
        close_piece(splitter, begin);
        splitter->begin = begin;
    }
    bool has_labels = has_project || line_has(splitter->lines, line, FORM_LABELS);
    if (has_labels && splitter->begin == G_MAXUINT)
        splitter->begin = begin_above(splitter, i);
    splitter->has_labels |= has_labels;
    splitter->has_project |= has_project;
}

static GArray *split(const ZpLabels *labels, const Lines *lines)
{
    Splitter splitter = {
        .labels = labels,
        .lines = lines,
        .scratch = g_string_new(NULL),
        .pieces = g_array_new(FALSE, FALSE, sizeof(Piece)),
        .begin = G_MAXUINT,
    };
    for (guint i = 0; i < lines->lines->len; i++)
        see_line(&splitter, i);
    close_piece(&splitter, lines->lines->len);
    g_string_free(splitter.scratch, TRUE);
    return splitter.pieces;
}

static void drop_furniture_line(Builder *builder, guint line)
{
    Token *token;
    if (line_tokens(builder->lines, lines_at(builder->lines, line), &token, 1))
        drop_furniture(builder, token);
}

static void build_line(Builder *builder, guint i, bool *has_indicators)
{
    switch (builder_meaning(builder, i)) {
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
    default:
        break;
    }
}

/* Text of the form's lines that nothing took. */
static void collect_unused(Builder *builder)
{
    Token *tokens[LINE_TOKENS_MAX];
    for (guint i = builder->begin; i < builder->end; i++) {
        if (builder_meaning(builder, i) == LINE_OUTSIDE)
            continue;
        guint n = line_tokens(builder->lines, lines_at(builder->lines, i), tokens, LINE_TOKENS_MAX);
        for (guint k = 0; k < n; k++) {
            if (tokens[k]->is_used)
                continue;
            if (builder->form->unused->len >= ZP_LIMIT_UNUSED_TEXTS) {
                builder->form->n_unused_more++;
                continue;
            }
            ZpText *text = g_new(ZpText, 1);
            *text = take_text(builder, tokens[k], "%s", "");
            g_ptr_array_add(builder->form->unused, text);
        }
    }
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
    if (form->has_score_column && strcmp(form->template_id, "unknown") == 0)
        blocks |= ZP_BLOCK_TOTAL;
    form->missing = blocks & ~form->blocks;
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

static ZpForm *build(const ZpLabels *labels, const Lines *lines, const Piece *piece)
{
    g_autoptr(ZpForm) form = zp_form_new();
    Builder builder = {
        .labels = labels,
        .lines = lines,
        .begin = piece->begin,
        .end = MIN(piece->end, piece->begin + ZP_LIMIT_FORM_ROWS),
        .meanings = g_new0(guint8, piece->end - piece->begin),
        .form = form,
        .seen = g_new0(guint8, zp_labels_count(labels)),
        .scratch = g_string_sized_new(256),
        .levels = g_array_new(FALSE, FALSE, sizeof(LevelCells)),
    };
    bool has_indicators = false;
    builder_classify(&builder);
    set_place(&builder);
    for (guint i = builder.begin; i < builder.end; i++)
        build_line(&builder, i, &has_indicators);
    builder_take_goals(&builder);
    builder_settle_levels(&builder);
    settle_blocks(form);
    settle_head(form);
    /* What lies beyond the limit was not looked at: it is unused text, not lost. */
    memset(builder.meanings + (builder.end - builder.begin), LINE_LOOSE, piece->end - builder.end);
    builder.end = piece->end;
    collect_unused(&builder);
    settle_template(&builder);
    form->profile = "default";
    g_free(builder.meanings);
    g_free(builder.seen);
    g_string_free(builder.scratch, TRUE);
    g_array_unref(builder.levels);
    return g_steal_pointer(&form);
}

GPtrArray *zp_recognise(const ZpRulebook *rulebook, const ZpDocument *document, GError **error)
{
    const ZpLabels *labels = zp_rulebook_labels(rulebook);
    g_autoptr(Lines) lines = lines_new(labels, document);
    g_autoptr(GArray) pieces = split(labels, lines);
    if (pieces->len > ZP_LIMIT_FORMS) {
        zp_error_set(error, ZP_ERROR_LIMIT, "表太多：超过 ZP_LIMIT_FORMS（%u 张）",
                     "too many forms: over ZP_LIMIT_FORMS (%u)", ZP_LIMIT_FORMS);
        return NULL;
    }
    GPtrArray *forms = g_ptr_array_new_with_free_func((GDestroyNotify)zp_form_free);
    for (guint i = 0; i < pieces->len; i++) {
        ZpForm *form = build(labels, lines, &g_array_index(pieces, Piece, i));
        form->index = i;
        g_ptr_array_add(forms, form);
    }
    return forms;
}
