/*
 * record_form.c - a form over the wire, field by field in the order of model/form.h.
 */
#include "base/limits.h"
#include "base/png.h"
#include "run/record_parts.h"

#include <math.h>
#include <stddef.h>

/* Points from the corner of a page: farther out than any page is, and what a report can print. */
#define SIDE_MOST 1e9F

static void pass_u32(ZpWire *wire, guint32 *number)
{
    *number = (guint32)zp_wire_number(wire, *number, G_MAXUINT32);
}

void zp_record_pass_place(ZpWire *wire, ZpPlace *at)
{
    /* Page to byte_end: numbers of 32 bits without a gap, of which any value will do. */
    G_STATIC_ASSERT(offsetof(ZpPlace, box) == 7 * sizeof(guint32));
    zp_wire_bytes(wire, at, offsetof(ZpPlace, box));
    ZpBox *box = &at->box;
    bool has_box = box->x0 != 0 || box->y0 != 0 || box->x1 != 0 || box->y1 != 0;
    if (!zp_wire_flag(wire, has_box))
        return;
    float *const sides[] = {&box->x0, &box->y0, &box->x1, &box->y1};
    for (guint k = 0; k < G_N_ELEMENTS(sides); k++) {
        if (wire->out)
            *sides[k] = CLAMP(*sides[k], -SIDE_MOST, SIDE_MOST);
        zp_wire_float(wire, sides[k]);
        wire->is_bad |= !(fabsf(*sides[k]) <= SIDE_MOST);
    }
}

/* How a text of a picture was read. */
static void pass_ocr(ZpWire *wire, GPtrArray *kept, ZpOcr **ocr)
{
    if (!zp_wire_flag(wire, *ocr != NULL))
        return;
    if (!wire->out) {
        *ocr = g_new0(ZpOcr, 1);
        g_ptr_array_add(kept, *ocr);
    }
    ZpOcr *one = *ocr;
    one->state = (ZpOcrState)zp_wire_number(wire, one->state, ZP_OCR_COUNT - 1);
    one->confidence = (guint8)zp_wire_number(wire, one->confidence, 100);
    one->n_others = (guint8)zp_wire_number(wire, one->n_others, ZP_OCR_OTHERS);
    one->n_by = (guint8)zp_wire_number(wire, one->n_by, ZP_OCR_BY);
    for (guint k = 0; k < one->n_others; k++)
        zp_wire_needed(wire, &one->others[k]);
    for (guint k = 0; k < one->n_by; k++)
        zp_wire_needed(wire, &one->by[k]);
    zp_wire_block(wire, &one->crop, ZP_LIMIT_CROP_BYTES);
    guint32 width, height;
    if (one->crop && !wire->out) /* it goes into pages and workbooks */
        wire->is_bad |= !zp_png_look(one->crop, ZP_LIMIT_CROP_SIDE, &width, &height);
    zp_wire_text(wire, &one->was);
    zp_wire_text(wire, &one->who);
    zp_wire_text(wire, &one->when);
}

static void pass_text(ZpWire *wire, ZpForm *form, ZpText *text)
{
    zp_wire_text(wire, &text->text);
    if (!text->text)
        return;
    zp_record_pass_place(wire, &text->at);
    if (form)
        pass_ocr(wire, form->ocrs, &text->ocr);
}

static void pass_date(ZpWire *wire, ZpDate *date)
{
    date->year = (int)zp_wire_number(wire, (guint64)date->year, 9999);
    if (!date->year)
        return;
    date->month = (int)zp_wire_number(wire, (guint64)date->month, 12);
    date->day = (int)zp_wire_number(wire, (guint64)date->day, 31);
}

static void pass_value(ZpWire *wire, ZpForm *form, ZpValue *value)
{
    zp_wire_text(wire, &value->text);
    if (!value->text)
        return;
    zp_record_pass_place(wire, &value->at);
    value->has_value = zp_wire_flag(wire, value->has_value);
    value->has_upper = zp_wire_flag(wire, value->has_upper);
    value->is_malformed = zp_wire_flag(wire, value->is_malformed);
    value->op = (ZpOp)zp_wire_number(wire, value->op, ZP_OP_COUNT - 1);
    value->approx = (ZpApprox)zp_wire_number(wire, value->approx, ZP_APPROX_ABOUT);
    pass_date(wire, &value->date);
    if (value->has_value)
        zp_wire_decimal(wire, &value->value);
    if (value->has_upper)
        zp_wire_decimal(wire, &value->upper);
    zp_wire_text(wire, &value->unit);
    if (form)
        pass_ocr(wire, form->ocrs, &value->ocr);
}

static void pass_extra(ZpWire *wire, ZpForm *form, ZpExtra *extra)
{
    pass_text(wire, form, &extra->label);
    pass_value(wire, form, &extra->value);
}

static void pass_funds(ZpWire *wire, ZpForm *form)
{
    guint count = zp_wire_rows(wire, form->funds->len, ZP_LIMIT_CELLS, sizeof(ZpFund));
    for (guint k = 0; k < count && !wire->is_bad; k++) {
        ZpFund *fund = wire->out ? zp_form_fund(form, k) : zp_form_add_fund(form);
        fund->source = (ZpSource)zp_wire_number(wire, fund->source, ZP_SOURCE_COUNT - 1);
        fund->part_of = zp_wire_index(wire, fund->part_of, count);
        pass_text(wire, form, &fund->label);
        for (const ZpColumn *column = ZP_FUND_COLUMNS; column->name; column++)
            pass_value(wire, form, zp_column_value(fund, column));
        pass_text(wire, form, &fund->reason);
    }
}

static void pass_others(ZpWire *wire, ZpForm *form, ZpIndicator *indicator)
{
    guint count = zp_wire_rows(wire, indicator->other ? indicator->other->len : 0, ZP_LIMIT_COLUMNS,
                               sizeof(ZpExtra));
    for (guint k = 0; k < count && !wire->is_bad; k++)
        pass_extra(wire, form,
                   wire->out ? g_ptr_array_index(indicator->other, k)
                             : zp_indicator_add_other(indicator));
}

static void pass_indicator(ZpWire *wire, ZpForm *form, ZpIndicator *indicator, guint count)
{
    pass_text(wire, form, &indicator->level1);
    pass_text(wire, form, &indicator->level2);
    pass_text(wire, form, &indicator->level3);
    for (const ZpColumn *column = ZP_INDICATOR_COLUMNS; column->name; column++)
        pass_value(wire, form, zp_column_value(indicator, column));
    pass_text(wire, form, &indicator->reason);
    pass_value(wire, form, &indicator->level1_weight);
    pass_value(wire, form, &indicator->level2_weight);
    indicator->part_of = zp_wire_index(wire, indicator->part_of, count);
    indicator->block = (int)zp_wire_number(wire, (guint64)indicator->block, G_MAXINT);
    indicator->is_empty = zp_wire_flag(wire, indicator->is_empty);
    pass_others(wire, form, indicator);
}

static void pass_indicators(ZpWire *wire, ZpForm *form)
{
    guint count = zp_wire_rows(wire, form->indicators->len, ZP_LIMIT_CELLS,
                               sizeof(ZpIndicator) + sizeof(GPtrArray));
    for (guint k = 0; k < count && !wire->is_bad; k++)
        pass_indicator(wire, form,
                       wire->out ? zp_form_indicator(form, k) : zp_form_add_indicator(form), count);
}

static void pass_extras(ZpWire *wire, ZpForm *form)
{
    guint count = zp_wire_rows(wire, form->extra->len, ZP_LIMIT_CELLS, sizeof(ZpExtra));
    for (guint k = 0; k < count && !wire->is_bad; k++)
        pass_extra(wire, form,
                   wire->out ? g_ptr_array_index(form->extra, k) : zp_form_add_extra(form));
}

/* Repairs and unread texts are plain blocks that the form frees. */
static gpointer row_of(const ZpWire *wire, GPtrArray *rows, guint k, gsize size)
{
    if (wire->out)
        return g_ptr_array_index(rows, k);
    gpointer row = g_malloc0(size);
    g_ptr_array_add(rows, row);
    return row;
}

static void pass_repairs(ZpWire *wire, ZpForm *form)
{
    guint count = zp_wire_rows(wire, form->repairs->len, ZP_LIMIT_CELLS, sizeof(ZpRepair));
    for (guint k = 0; k < count && !wire->is_bad; k++) {
        ZpRepair *repair = row_of(wire, form->repairs, k, sizeof *repair);
        zp_wire_needed(wire, &repair->code);
        zp_wire_needed(wire, &repair->name);
        zp_wire_owned_needed(wire, &repair->pointer);
        zp_record_pass_place(wire, &repair->at);
        zp_wire_owned_needed(wire, &repair->zh);
        zp_wire_owned_needed(wire, &repair->en);
    }
}

static void pass_unread(ZpWire *wire, ZpForm *form, GPtrArray *texts)
{
    guint count = zp_wire_rows(wire, texts->len, ZP_LIMIT_UNUSED_TEXTS, sizeof(ZpUnread));
    for (guint k = 0; k < count && !wire->is_bad; k++) {
        ZpUnread *unread = row_of(wire, texts, k, sizeof *unread);
        unread->kind = (ZpLossKind)zp_wire_number(wire, unread->kind, ZP_LOSS_DOUBTFUL_PLACE);
        pass_text(wire, form, &unread->text);
        zp_wire_text(wire, &unread->nearest);
    }
}

/* A join says by the address of its text which field it is about. */
static void pass_joins(ZpWire *wire, ZpForm *form, guint count)
{
    for (guint k = 0; k < count && !wire->is_bad; k++) {
        static const ZpJoin NONE;
        if (!wire->out)
            g_array_append_val(form->joins, NONE);
        ZpJoin *join = &g_array_index(form->joins, ZpJoin, k);
        zp_wire_shared(wire, &join->text);
        zp_record_pass_place(wire, &join->rest);
    }
}

static void pass_head(ZpWire *wire, ZpForm *form)
{
    zp_wire_needed(wire, &form->template_id);
    zp_wire_needed(wire, &form->profile);
    zp_wire_text(wire, &form->profile_zh);
    zp_wire_text(wire, &form->profile_en);
    zp_record_pass_place(wire, &form->at);
    pass_text(wire, form, &form->title);
    form->year = (int)zp_wire_number(wire, (guint64)form->year, 9999);
    zp_record_pass_place(wire, &form->year_at);
    pass_text(wire, form, &form->currency_unit);
    pass_text(wire, form, &form->project);
    pass_text(wire, form, &form->department);
    pass_text(wire, form, &form->unit);
    pass_value(wire, form, &form->funds_weight);
    pass_value(wire, form, &form->headline);
    pass_u32(wire, &form->blocks);
    pass_u32(wire, &form->missing);
}

static void pass_end(ZpWire *wire, ZpForm *form)
{
    pass_value(wire, form, &form->total_weight);
    pass_value(wire, form, &form->total_score);
    pass_text(wire, form, &form->total_grade);
    form->has_reason_column = zp_wire_flag(wire, form->has_reason_column);
    form->has_funds_reason_column = zp_wire_flag(wire, form->has_funds_reason_column);
    form->has_weight_column = zp_wire_flag(wire, form->has_weight_column);
    form->has_score_column = zp_wire_flag(wire, form->has_score_column);
    zp_wire_text(wire, &form->engine);
    guint count = zp_wire_rows(wire, form->pictured->len, ZP_LIMIT_IMAGE_PAGES, sizeof(ZpPictured));
    for (guint k = 0; k < count && !wire->is_bad; k++) {
        static const ZpPictured NONE;
        if (!wire->out)
            g_array_append_val(form->pictured, NONE);
        ZpPictured *page = &g_array_index(form->pictured, ZpPictured, k);
        pass_u32(wire, &page->page);
        pass_u32(wire, &page->dpi);
        page->turned = (guint32)zp_wire_number(wire, page->turned, 359);
        page->skew = (gint32)zp_wire_number(wire, (guint64)(page->skew + 36000), 72000) - 36000;
    }
}

void zp_record_pass_form(ZpWire *wire, ZpForm *form)
{
    guint n_joins = zp_wire_rows(wire, form->joins->len, ZP_LIMIT_CELLS, sizeof(ZpJoin));
    wire->seen = n_joins ? g_ptr_array_new() : NULL;
    wire->places = n_joins && wire->out ? g_hash_table_new(NULL, NULL) : NULL;
    pass_head(wire, form);
    pass_funds(wire, form);
    pass_text(wire, form, &form->goal_expected);
    pass_text(wire, form, &form->goal_actual);
    pass_indicators(wire, form);
    pass_end(wire, form);
    pass_extras(wire, form);
    pass_repairs(wire, form);
    pass_unread(wire, form, form->unread);
    pass_u32(wire, &form->n_unread_more);
    guint *counts[] = {&form->reading.listed, &form->reading.composed, &form->reading.mended,
                       &form->reading.inferred, &form->reading.doubtful};
    for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
        pass_u32(wire, counts[i]);
    pass_joins(wire, form, n_joins);
    g_clear_pointer(&wire->seen, g_ptr_array_unref);
    g_clear_pointer(&wire->places, g_hash_table_unref);
}

void zp_record_pass_ledger(ZpWire *wire, ZpLedger *ledger)
{
    pass_text(wire, NULL, &ledger->title);
    ledger->year = (int)zp_wire_number(wire, (guint64)ledger->year, 9999);
    pass_text(wire, NULL, &ledger->currency_unit);
    zp_wire_text(wire, &ledger->budget_unit);
    zp_wire_text(wire, &ledger->executed_unit);
    guint count = zp_wire_rows(wire, ledger->rows->len, ZP_LIMIT_LEDGER_ROWS, sizeof(ZpLedgerRow));
    for (guint k = 0; k < count && !wire->is_bad; k++) {
        ZpLedgerRow *row = wire->out ? zp_ledger_row(ledger, k) : zp_ledger_add_row(ledger);
        for (const ZpColumn *column = ZP_LEDGER_COLUMNS; column->name; column++)
            pass_value(wire, NULL, zp_column_value(row, column));
    }
    pass_unread(wire, NULL, ledger->unread);
}
