/*
 * ledger.c - the list of projects (汇总表) of a document, row by row.
 *
 * A list begins at a header (ledger_head.h) and goes on to the end of its table, and over tables of as many
 * columns that follow it without a header of their own, as pages cut a long list.  Several lists of a document,
 * sheets for instance, are one ledger.  Sums, headings of groups and notes are no projects; of a project that
 * takes several rows the first one counts, and figures of the others are said to be unread (D05).
 */
#include "recognise/recognise.h"

#include "base/error.h"
#include "base/limits.h"
#include "recognise/ledger_head.h"

#include <string.h>

#define BIT(kind) ZP_LABEL_BIT(ZP_LABEL_##kind)

typedef struct {
    Lines *lines;
    GString *scratch;
    ZpLedger *ledger;
    LedgerHead head;
    bool is_open; /* a list is under way */
    guint n_unread_more;
} Reader;

static const char *keep_clean(Reader *reader, const char *text, gsize length)
{
    g_string_truncate(reader->scratch, 0);
    zp_text_append_clean(reader->scratch, text, length);
    return g_string_chunk_insert_len(reader->ledger->strings, reader->scratch->str,
                                     (gssize)reader->scratch->len);
}

static void say_unread(Reader *reader, ZpLossKind kind, const Token *token)
{
    if (reader->ledger->unread->len >= ZP_LIMIT_UNUSED_TEXTS)
        return;
    ZpUnread *unread = g_new0(ZpUnread, 1);
    unread->kind = kind;
    unread->text = (ZpText){.text = keep_clean(reader, token->text, token->length),
                            .at = zp_cell_place(token->table, token->cell)};
    g_ptr_array_add(reader->ledger->unread, unread);
}

/* A sum over projects, as the word in the name's place says. */
static bool is_sum(Reader *reader, const Token *token)
{
    static const char *const WORDS[] = {"合计", "小计", "总计", "共计", "累计"};
    if (zp_label_has(&token->label, BIT(TOTAL)))
        return true;
    token_fold(token, reader->scratch);
    for (gsize k = 0; k < G_N_ELEMENTS(WORDS); k++) {
        if (g_str_has_prefix(reader->scratch->str, WORDS[k]) ||
            g_str_has_suffix(reader->scratch->str, WORDS[k]))
            return true;
    }
    return false;
}

static const Slot *slot_of(const Lines *lines, const Line *line, const LedgerColumn *column)
{
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(lines, line, i);
        if (slot->col < column->end && slot->end > column->col)
            return slot;
    }
    return NULL;
}

static ZpValue blank_at(const Line *line, const LedgerColumn *column)
{
    ZpPlace at = {.table = line->table->number,
                  .row = line->table->row_base + line->row + 1,
                  .col = column->col + 1,
                  .page = line->table->page};
    return (ZpValue){.text = "", .at = at};
}

static void fill_row(Reader *reader, const Line *line, ZpLedgerRow *row)
{
    for (guint role = 0; ZP_LEDGER_COLUMNS[role].name; role++) {
        const LedgerColumn *column = &reader->head.columns[role];
        ZpValue *value = zp_column_value(row, &ZP_LEDGER_COLUMNS[role]);
        if (column->col == column->end || column->n_equal)
            continue;
        const Token *token = ledger_token_of(reader->lines, line, column);
        if (!token) {
            *value = blank_at(line, column);
            continue;
        }
        if (token->cell->is_doubtful)
            say_unread(reader, ZP_LOSS_DOUBTFUL_PLACE, token);
        *value = (ZpValue){.text = keep_clean(reader, token->text, token->length),
                           .at = zp_cell_place(token->table, token->cell)};
    }
}

/* Figures of a further row of a project whose name reaches down. */
static void say_further(Reader *reader, const Line *line)
{
    for (guint role = LEDGER_BUDGET; role <= LEDGER_SCORE; role++) {
        const Slot *slot = slot_of(reader->lines, line, &reader->head.columns[role]);
        if (slot && slot->begins && shape_is_figure(slot_token(reader->lines, slot)->shape))
            say_unread(reader, ZP_LOSS_UNPLACED_TEXT, slot_token(reader->lines, slot));
    }
}

static void take_row(Reader *reader, const Line *line)
{
    const LedgerColumn *name = &reader->head.columns[LEDGER_PROJECT];
    const Slot *slot = slot_of(reader->lines, line, name);
    if (!slot)
        return;
    const Token *token = slot_token(reader->lines, slot);
    Token *tokens[2];
    bool is_alone = line_tokens(reader->lines, line, tokens, 2) < 2;
    bool is_wide = slot->end > name->end || slot->col < name->col;
    if (!slot->begins)
        say_further(reader, line);
    else if (!is_alone && !is_wide && ledger_is_name(token) && !is_sum(reader, token))
        fill_row(reader, line, zp_ledger_add_row(reader->ledger));
}

static const char *currency_of(const Token *token)
{
    static const char *const UNITS[] = {"亿元", "万元", "元"};
    if (token->label.currency)
        return token->label.currency;
    if (!zp_label_has(&token->label, BIT(CURRENCY)) || !token->label.value_offset)
        return NULL;
    g_autofree char *value = g_strndup(token->text + token->label.value_offset,
                                       token->length - token->label.value_offset);
    for (gsize k = 0; k < G_N_ELEMENTS(UNITS); k++) {
        if (strstr(value, UNITS[k]))
            return UNITS[k];
    }
    return NULL;
}

/* What stands above a list: its title, its year, its unit of money. */
static void take_above(Reader *reader, const Line *line)
{
    ZpLedger *ledger = reader->ledger;
    if (ledger->rows->len > 0)
        return;
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(reader->lines, line, i);
        const Token *token = slot_token(reader->lines, slot);
        if (!slot->begins)
            continue;
        ZpPlace at = zp_cell_place(token->table, token->cell);
        const char *currency = currency_of(token);
        if (currency)
            ledger->currency_unit = (ZpText){.text = currency, .at = at};
        token_fold(token, reader->scratch);
        int year =
            zp_labels_year(reader->lines->labels, reader->scratch->str, reader->scratch->len, NULL);
        if (year)
            ledger->year = year;
        if (strstr(reader->scratch->str, "汇总表") || strstr(reader->scratch->str, "一览表"))
            ledger->title =
                (ZpText){.text = keep_clean(reader, token->text, token->length), .at = at};
    }
}

/* Heads that say nothing known over columns with figures, and columns that two heads claim. */
static void judge_head(Reader *reader, guint line)
{
    for (guint role = 0; role < LEDGER_INITIAL; role++) {
        const LedgerColumn *column = &reader->head.columns[role];
        if (column->col < column->end && column->n_equal)
            say_unread(reader, ZP_LOSS_DOUBTFUL_PLACE,
                       &g_array_index(reader->lines->tokens, Token,
                                      column->head - reader->lines->token_base));
    }
    for (guint k = line; k < line + reader->head.n_lines; k++) {
        const Line *row = lines_at(reader->lines, k);
        for (guint i = 0; i < row->count; i++) {
            const Slot *slot = line_slot(reader->lines, row, i);
            const Token *token = slot_token(reader->lines, slot);
            const LedgerColumn under = {.col = slot->col, .end = slot->end};
            guint below = line + reader->head.n_lines;
            const Token *figure =
                below < lines_end(reader->lines)
                    ? ledger_token_of(reader->lines, lines_at(reader->lines, below), &under)
                    : NULL;
            bool has_amount = figure && figure->shape == SHAPE_BIG;
            if (slot->begins && !token->label.entry && has_amount)
                say_unread(reader, ZP_LOSS_UNKNOWN_LABEL, token);
        }
    }
}

static const char *own_unit(const LedgerHead *head, LedgerRole role, const ZpLedger *ledger)
{
    const char *unit = head->columns[role].currency;
    return unit ? unit : ledger->currency_unit.text;
}

static void open_list(Reader *reader, guint line)
{
    ZpLedger *ledger = reader->ledger;
    reader->is_open = true;
    for (guint k = line; k < line + reader->head.n_lines; k++)
        take_above(reader, lines_at(reader->lines, k));
    judge_head(reader, line);
    ledger->budget_unit = own_unit(&reader->head, LEDGER_BUDGET, ledger);
    ledger->executed_unit = own_unit(&reader->head, LEDGER_EXECUTED, ledger);
}

/* A list's table, or one that goes on with it. */
static bool is_within(Reader *reader, const Line *line)
{
    if (!reader->is_open || line_is_text(line))
        return false;
    if (line->table == reader->head.table)
        return true;
    if (line->table->n_cols != reader->head.table->n_cols ||
        !ledger_is_row(reader->lines, line, &reader->head))
        return false;
    reader->head.table = line->table;
    return true;
}

/* Returns how many lines were understood. */
static guint read_line(Reader *reader, guint line, guint end)
{
    LedgerHead head;
    const Line *at = lines_at(reader->lines, line);
    if (line_is_repeated(reader->lines, at))
        return 1;
    if (ledger_head_at(reader->lines, line, end, &head)) {
        reader->head = head;
        open_list(reader, line);
        return head.n_lines;
    }
    if (is_within(reader, at))
        take_row(reader, at);
    else if (!reader->is_open)
        take_above(reader, at);
    else if (!line_is_text(at))
        reader->is_open = false;
    return 1;
}

ZpLedger *zp_recognise_ledger(const ZpRulebook *rulebook, const ZpDocument *document,
                              GError **error)
{
    g_autoptr(Arranged) arranged = arranged_new(zp_rulebook_labels(rulebook), document);
    g_autoptr(Lines) lines = lines_new(arranged);
    g_autoptr(GString) scratch = g_string_new(NULL);
    g_autoptr(ZpLedger) ledger = zp_ledger_new();
    Reader reader = {.lines = lines, .scratch = scratch, .ledger = ledger};
    guint next = 0;
    bool has_more = true;
    while (has_more || next < lines_end(lines)) {
        has_more = has_more && lines_read(lines);
        while (next + (has_more ? LEDGER_LOOK_LINES : 0) < lines_end(lines)) {
            next += read_line(&reader, next, lines_end(lines));
            lines_drop(lines, next);
        }
        if (ledger->rows->len > ZP_LIMIT_LEDGER_ROWS) {
            zp_error_set(
                error, ZP_ERROR_LIMIT, "汇总表的行太多：超过 ZP_LIMIT_LEDGER_ROWS（%u 行）",
                "too many rows of a ledger: over ZP_LIMIT_LEDGER_ROWS (%u)", ZP_LIMIT_LEDGER_ROWS);
            return NULL;
        }
    }
    return g_steal_pointer(&ledger);
}
