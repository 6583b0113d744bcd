/*
 * funds_turned.c - a block of funds turned round: a column a source of money, a row a figure.
 *
 *     资金情况（万元） | 指标       | 合计   | 财政拨款 | 其他资金
 *                      | 年初预算数 | 120.00 | 100.00   | 20.00
 *                      | 全年执行数 | 110.00 | 95.00    | 15.00
 */
#include "recognise/evidence.h"
#include "recognise/features.h"

#define BIT(kind) LABEL_BIT(kind)

/* Sources beside each other; what stands beyond is left to be said. */
#define SOURCES_MAX 32

typedef struct {
    guint32 col, end;
    guint k; /* the fund's index */
} SourceColumn;

typedef struct {
    SourceColumn columns[SOURCES_MAX];
    guint n;
} Sources;

/* The name of the row's figure: the first cell that is no label of the block; sets its slot. */
static Token *name_of(const Builder *builder, const Line *line, const Slot **slot)
{
    for (guint i = 0; i < line->count; i++) {
        *slot = line_slot(builder->lines, line, i);
        Token *token = slot_token(builder->lines, *slot);
        if ((*slot)->begins && !zp_label_has(&token->label, BIT(FUNDS_BLOCK)))
            return token;
    }
    return NULL;
}

static void read_sources(Builder *builder, const Line *header, guint32 from, Sources *sources)
{
    for (guint i = 0; i < header->count && sources->n < SOURCES_MAX; i++) {
        const Slot *slot = line_slot(builder->lines, header, i);
        Token *token = slot_token(builder->lines, slot);
        if (slot->col < from) {
            token->is_used = true; /* what the rows' names are called */
            continue;
        }
        if (!slot->begins)
            continue;
        guint k = builder->form->funds->len;
        ZpFund *fund = zp_form_add_fund(builder->form);
        fund->source = builder_source_of(builder, token);
        evidence_note(builder, token, "/funds/%u", k);
        fund->label = without_colon(builder, take_text(builder, token, "/funds/%u/label", k));
        sources->columns[sources->n++] = (SourceColumn){slot->col, slot->end, k};
    }
    for (guint i = 0; i + 1 < sources->n; i++)
        sources->columns[i].end = sources->columns[i + 1].col;
}

static Token *token_below(const Builder *builder, const Line *line, const SourceColumn *column)
{
    for (guint i = 0; i < line->count; i++) {
        const Slot *slot = line_slot(builder->lines, line, i);
        Token *token = slot_token(builder->lines, slot);
        if (slot->begins && !token->is_used && slot->col >= column->col && slot->col < column->end)
            return token;
    }
    return NULL;
}

static void take_figures(Builder *builder, const Line *line, const Sources *sources)
{
    const Slot *slot;
    const char *what;
    Token *name = name_of(builder, line, &slot);
    Role role = name ? role_of_label(&name->label) : ROLE_OTHER;
    builder_take_funds_label(builder, line);
    if (!name)
        return;
    name->is_used = true;
    mark_seen(builder, name);
    builder_take_currency(builder, name);
    for (guint i = 0; i < sources->n; i++) {
        const SourceColumn *column = &sources->columns[i];
        ZpFund *fund = zp_form_fund(builder->form, column->k);
        Token *token = token_below(builder, line, column);
        ZpValue *value = fund_figure(fund, role, &what);
        if (value && !value->text) {
            *value = take_value(builder, token, line, column->col, "/funds/%u/%s", column->k, what);
            evidence_note(builder, name, "/funds/%u/%s", column->k, what);
        } else if (role == ROLE_REASON && !fund->reason.text) {
            fund->reason = take_text(builder, token, "/funds/%u/reason", column->k);
            builder->form->has_funds_reason_column = true;
        }
    }
}

void builder_take_turned(Builder *builder, guint line)
{
    Sources sources = {0};
    const Slot *slot;
    const Line *header = lines_at(builder->lines, line);
    builder_take_funds_label(builder, header);
    if (!name_of(builder, header + 1, &slot))
        return;
    read_sources(builder, header, slot->end, &sources);
    for (guint i = line + 1; i < builder->end && builder_meaning(builder, i) == LINE_FUND_TURNED;
         i++)
        take_figures(builder, lines_at(builder->lines, i), &sources);
    if (sources.n)
        builder->form->blocks |= ZP_BLOCK_FUNDS;
}
