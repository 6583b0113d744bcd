/*
 * review.c - what of a file's forms is in doubt, in order.
 */
#include "output/review.h"

typedef struct {
    ZpReviewRow row;
    ZpReviewVisit visit;
    gpointer data;
} Walk;

static void visit(const Walk *walk, const char *pointer, const char *text, const ZpPlace *at,
                  const ZpOcr *ocr)
{
    ZpReviewRow row = walk->row;
    if (!ocr || ocr->state != ZP_OCR_DOUBTFUL)
        return;
    row.pointer = pointer;
    row.text = text;
    row.at = at;
    row.ocr = ocr;
    walk->visit(&row, walk->data);
}

static void visit_value(ZpValue *value, const char *pointer, G_GNUC_UNUSED ZpValueKind kind,
                        gpointer data)
{
    visit(data, pointer, value->text, &value->at, value->ocr);
}

static void visit_text(ZpText *text, const char *pointer, gpointer data)
{
    visit(data, pointer, text->text, &text->at, text->ocr);
}

void zp_review_each(const ZpResult *result, ZpReviewVisit visit_row, gpointer data)
{
    for (guint k = 0; result->forms && k < result->forms->len; k++) {
        ZpForm *form = g_ptr_array_index(result->forms, k);
        Walk walk = {{.result = result, .form = form, .index = k}, visit_row, data};
        zp_form_each_value(form, visit_value, &walk);
        zp_form_each_text(form, visit_text, &walk);
    }
}

char *zp_review_others(const ZpReviewRow *row)
{
    GString *text = g_string_new(NULL);
    for (guint k = 0; k < row->ocr->n_others; k++)
        g_string_append_printf(text, "%s%s", k ? "  " : "", row->ocr->others[k]);
    return g_string_free(text, FALSE);
}
