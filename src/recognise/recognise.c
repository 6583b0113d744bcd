/*
 * recognise.c - finds the forms of a document and has each built.
 *
 * A form begins at its title, or at a project's name where no title precedes it, and goes on to
 * the next one.  A title without any label of a form below it (a table of contents, a heading
 * repeated above the table) begins nothing, and neither does a lone label without a title.
 */
#include "recognise/recognise.h"

#include "base/error.h"
#include "base/limits.h"
#include "recognise/builder.h"
#include "recognise/ledger_head.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

/* Labels of a form by the part of it that they stand in. */
static const guint64 PARTS[] = {
    BIT(PROJECT),
    BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED) | BIT(FUNDS_BLOCK),
    BIT(GOALS_BLOCK) | BIT(GOAL_EXPECTED) | BIT(GOAL_ACTUAL),
    BIT(LEVEL1_HEAD) | BIT(LEVEL3_HEAD) | BIT(TARGET) | BIT(ACTUAL),
};

#define PART_INDICATORS (1u << 3)

/* What a declaration (绩效目标申报表), made before the year, does not have. */
static const guint64 RESULTS =
    BIT(EXECUTED) | BIT(RATE) | BIT(GOAL_ACTUAL) | BIT(ACTUAL) | BIT(SCORE) | BIT(HEADLINE);

/* Lines above a form without a title that may belong to it: its year, its unit. */
#define LINES_ABOVE 16

typedef struct {
    const ZpLabels *labels;
    Lines *lines;
    GString *scratch;
    GPtrArray *forms;
    /* of the piece under way: */
    bool has_title, has_project, has_results;
    guint parts;         /* bits of PARTS whose labels it has */
    guint begin;         /* of the piece under way; G_MAXUINT: none */
    guint list_end;      /* lines before it are the header of a list of projects */
    const ZpTable *list; /* (nullable) the table whose rows are projects */
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

/* A title; its year may stand with it. */
static bool is_title(const Splitter *splitter, const Line *line)
{
    const Token *title = line_title(splitter->lines, line);
    if (!title || title->length > 400)
        return false;
    token_fold(title, splitter->scratch);
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

/* The header of a list of projects: names of figures beside 项目名称, each without a value.  What is only that
 * in one line may still be a form's head. */
static bool is_list_header(const Lines *lines, const Line *line)
{
    static const guint64 FIGURES = BIT(INITIAL) | BIT(BUDGET) | BIT(EXECUTED) | BIT(RATE);
    guint n = 0;
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        n += slot->begins && zp_label_has(&slot_token(lines, slot)->label, FIGURES);
    }
    return n >= 2 && line_has(lines, line, BIT(PROJECT));
}

/* A list of projects begins: a header, and a project with its figures right below it. */
static void see_list(Splitter *splitter, guint line)
{
    LedgerHead head;
    guint end = lines_end(splitter->lines);
    if (!ledger_starts_at(splitter->lines, line, end, &head))
        return;
    splitter->list_end = line + head.n_lines;
    splitter->list = head.table;
}

/* Whether a line is one of a list of projects, of which no label is a form's. */
static bool is_listed(Splitter *splitter, guint line)
{
    const Line *at = lines_at(splitter->lines, line);
    if (line < splitter->list_end)
        return true;
    see_list(splitter, line);
    if (line < splitter->list_end)
        return true;
    if (splitter->list &&
        (at->table != splitter->list || line_has(splitter->lines, at, BIT(PROJECT))))
        splitter->list = NULL;
    return splitter->list != NULL;
}

/* The part of a form that a line belongs to. */
static guint part_of(const Lines *lines, const Line *line)
{
    if (is_list_header(lines, line))
        return 0;
    for (guint i = 0; i < G_N_ELEMENTS(PARTS); i++) {
        if (line_has(lines, line, PARTS[i]))
            return 1u << i;
    }
    return 0;
}

/* One part of a form under its title, or two parts and what came of them: a budget table has but one. */
static bool is_form(const Splitter *splitter)
{
    guint parts = splitter->parts;
    return splitter->has_title ? parts != 0 : (parts & (parts - 1)) != 0 && splitter->has_results;
}

/* Closes the piece under way before line `end`: builds its form when it has a form's labels. */
static void close_piece(Splitter *splitter, guint end)
{
    if (splitter->begin != G_MAXUINT && is_form(splitter) && splitter->begin < end) {
        ZpForm *form = builder_build(splitter->labels, splitter->lines, splitter->begin, end);
        form->index = splitter->forms->len;
        g_ptr_array_add(splitter->forms, form);
    }
    lines_drop(splitter->lines, end);
    splitter->begin = G_MAXUINT;
    splitter->has_title = splitter->has_project = splitter->has_results = false;
    splitter->parts = 0;
}

/* A form without a title begins above its project's name, at its year or unit. */
static guint begin_above(const Splitter *splitter, guint line, guint least)
{
    while (line > least && is_year_or_currency(splitter, lines_at(splitter->lines, line - 1)))
        line--;
    return line;
}

/* Outside forms only the lines just above are of use. */
static void forget_above(Splitter *splitter, guint line)
{
    if (splitter->begin == G_MAXUINT && line > splitter->lines->line_base + 2 * LINES_ABOVE)
        lines_drop(splitter->lines, line - LINES_ABOVE);
}

static void see_line(Splitter *splitter, guint i)
{
    Lines *lines = splitter->lines;
    if (line_is_repeated(lines, lines_at(lines, i)))
        return;
    guint part = is_listed(splitter, i) ? 0 : part_of(lines, lines_at(lines, i));
    bool has_project = part & 1;
    if (!has_project && is_title(splitter, lines_at(lines, i))) {
        close_piece(splitter, i);
        splitter->begin = i;
        splitter->has_title = true;
        splitter->list = NULL;
        return;
    }
    /* A form whose project nobody named ends where the next one's stands, too. */
    bool has_rows = splitter->parts & PART_INDICATORS && splitter->parts & ~PART_INDICATORS;
    if (has_project && (splitter->has_project || has_rows)) {
        guint begin = begin_above(splitter, i, splitter->begin + 1);
        close_piece(splitter, begin);
        splitter->begin = begin;
    }
    if (part && splitter->begin == G_MAXUINT)
        splitter->begin = begin_above(splitter, i, lines->line_base);
    splitter->parts |= part;
    splitter->has_project |= has_project;
    splitter->has_results |= line_has(lines, lines_at(lines, i), RESULTS);
    forget_above(splitter, i);
}

GPtrArray *zp_recognise(const ZpRulebook *rulebook, const ZpDocument *document, GError **error)
{
    const ZpLabels *labels = zp_rulebook_labels(rulebook);
    g_autoptr(Arranged) arranged = arranged_new(labels, document);
    g_autoptr(Lines) lines = lines_new(arranged);
    g_autoptr(GString) scratch = g_string_new(NULL);
    g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func((GDestroyNotify)zp_form_free);
    Splitter splitter = {
        .labels = labels,
        .lines = lines,
        .scratch = scratch,
        .forms = forms,
        .begin = G_MAXUINT,
    };
    guint next = lines_end(lines);
    /* So many lines behind, that the header of a list and its first row are known. */
    while (forms->len <= ZP_LIMIT_FORMS && lines_read(lines)) {
        while (next + LEDGER_LOOK_LINES < lines_end(lines))
            see_line(&splitter, next++);
    }
    while (forms->len <= ZP_LIMIT_FORMS && next < lines_end(lines))
        see_line(&splitter, next++);
    close_piece(&splitter, lines_end(lines));
    if (forms->len > ZP_LIMIT_FORMS) {
        zp_error_set(error, ZP_ERROR_LIMIT, "表太多：超过 ZP_LIMIT_FORMS（%u 张）",
                     "too many forms: over ZP_LIMIT_FORMS (%u)", ZP_LIMIT_FORMS);
        return NULL;
    }
    return g_steal_pointer(&forms);
}
