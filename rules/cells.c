/*
 * cells.c - what one cell holds, and why nothing can be said of it: what the makers of the facts and the rules ask alike.
 */
#include "rules/causes.h"

const ZpReason ZP_WHY_MALFORMED = {"所用的数字格式有误（F09）",
                                   "a figure it needs is malformed (F09)"};
const ZpReason ZP_WHY_OVERFLOW = {"数字位数过多，无法精确计算",
                                  "too many digits to compute exactly"};
const ZpReason ZP_WHY_WEIGHT_MISSING = {"缺少分值", "a weight is missing"};
const ZpReason ZP_WHY_SCORE_MISSING = {"缺少得分", "a score is missing"};
const ZpReason ZP_WHY_AMOUNT_MISSING = {"缺少预算数或执行数，或预算数不大于 0",
                                        "budget or execution is missing, or the budget is not "
                                        "above 0"};
const ZpReason ZP_WHY_PARTIAL = {"表不完整（D04）", "the form is not whole (D04)"};

ZpCellState zp_figure_state(const ZpValue *value)
{
    ZpCellState state = zp_cell_state(value);
    bool is_below = state == ZP_CELL_NUMBER && zp_decimal_sign(value->value) < 0;
    return is_below ? ZP_CELL_MALFORMED : state;
}

ZpCellState zp_cell_state(const ZpValue *value)
{
    if (!value->text)
        return ZP_CELL_ABSENT;
    if (value->is_malformed)
        return ZP_CELL_MALFORMED;
    if (value->has_value && !value->has_upper)
        return ZP_CELL_NUMBER;
    return *value->text ? ZP_CELL_DASH : ZP_CELL_BLANK;
}

bool zp_text_is_dash(const char *text)
{
    bool is_dash = text && *text;
    for (; is_dash && *text; text = g_utf8_next_char(text))
        is_dash = g_utf8_strchr("-－‐‑‒–—―─━−一/／\\＼", -1, g_utf8_get_char(text)) != NULL;
    return is_dash;
}

const char *zp_facts_keep(ZpFacts *facts, const char *text)
{
    if (!facts->strings)
        facts->strings = g_string_chunk_new(256);
    return g_string_chunk_insert(facts->strings, text);
}

const ZpReason *zp_cause_of(const ZpFacts *facts, gconstpointer cell)
{
    return facts->causes ? g_hash_table_lookup(facts->causes, cell) : NULL;
}
