/*
 * document.c - D04, D05 and D06: what of the form is not there, what of it was not read, or not surely.
 */
#include "base/limits.h"
#include "rules/context.h"

typedef struct {
    ZpBlock block;
    const char *pointer;
    const char *zh, *en; /* how the message calls it */
} BlockRow;

static const BlockRow BLOCKS[] = {
    {ZP_BLOCK_FUNDS, "/funds", "项目资金", "the funds block (项目资金)"},
    {ZP_BLOCK_GOALS, "/goals", "年度总体目标", "the goals block (年度总体目标)"},
    {ZP_BLOCK_INDICATORS, "/indicators", "绩效指标", "the indicator table (绩效指标)"},
    {ZP_BLOCK_TOTAL, "/total", "总分", "the total row (总分)"},
};

static void check_block(ZpContext *context, const BlockRow *row)
{
    const ZpForm *form = context->form;
    if (form->missing & row->block) {
        ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_WARNING,
                                            zp_spot_field(row->pointer, &form->at), NULL, NULL);
        zp_finding_argument(finding, "block", row->zh, row->en);
        return;
    }
    if (form->blocks & row->block)
        zp_answer_pass(context);
    else
        zp_answer_not_applicable(context);
}

void zp_check_partial_form(ZpContext *context)
{
    for (guint k = 0; k < G_N_ELEMENTS(BLOCKS); k++)
        check_block(context, &BLOCKS[k]);
}

/* The message of each kind of text that was not read, or not surely. */
static const char *message_of(const ZpUnread *unread)
{
    if (unread->kind == ZP_LOSS_UNKNOWN_LABEL)
        return unread->nearest ? "label-near" : "label";
    return unread->kind == ZP_LOSS_DOUBTFUL_PLACE ? "doubtful" : "default";
}

static void report_unread(ZpContext *context, const ZpUnread *unread)
{
    const ZpText *text = &unread->text;
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_WARNING, zp_spot_field("", &text->at),
                                        text->text, NULL);
    finding->kind = unread->kind;
    finding->message = message_of(unread);
    zp_finding_text(finding, "text", text->text);
    if (unread->nearest)
        zp_finding_text(finding, "nearest", unread->nearest);
}

void zp_check_unused_text(ZpContext *context)
{
    const ZpForm *form = context->form;
    for (guint k = 0; k < form->unread->len; k++)
        report_unread(context, g_ptr_array_index(form->unread, k));
    if (!form->unread->len)
        zp_answer_pass(context);
    if (!form->n_unread_more)
        return;
    ZpFinding *finding =
        zp_answer_fail(context, ZP_SEVERITY_WARNING, zp_spot_field("", &form->at), NULL, NULL);
    finding->kind = ZP_LOSS_UNPLACED_TEXT;
    finding->message = "more";
    zp_finding_figure(finding, "count", zp_decimal_from_int(form->n_unread_more));
}

typedef struct {
    ZpContext *context;
    guint n, n_more;
} Doubts;

static char *quote_others(const ZpOcr *ocr)
{
    GString *text = g_string_new(NULL);
    for (guint k = 0; k < ocr->n_others; k++)
        g_string_append_printf(text, "%s“%s”", k ? " " : "", ocr->others[k]);
    return g_string_free(text, FALSE);
}

static void doubt_value(ZpValue *value, const char *pointer, ZpValueKind kind, gpointer data)
{
    Doubts *doubts = data;
    (void)kind;
    if (!value->ocr || value->ocr->state != ZP_OCR_DOUBTFUL)
        return;
    if (doubts->n++ >= ZP_LIMIT_DOUBTS) {
        doubts->n_more++;
        return;
    }
    ZpFinding *finding = zp_answer_fail(doubts->context, ZP_SEVERITY_WARNING,
                                        zp_spot_field(pointer, &value->at), value->text, NULL);
    g_autofree char *others = quote_others(value->ocr);
    finding->message = *others ? "others" : "default";
    zp_finding_text(finding, "text", value->text);
    if (*others)
        zp_finding_text(finding, "others", others);
}

void zp_check_doubtful_reading(ZpContext *context)
{
    Doubts doubts = {.context = context};
    if (!context->form->pictured->len) {
        zp_answer_not_applicable(context);
        return;
    }
    zp_form_each_value((ZpForm *)context->form, doubt_value, &doubts);
    if (!doubts.n)
        zp_answer_pass(context);
    if (!doubts.n_more)
        return;
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_WARNING,
                                        zp_spot_field("", &context->form->at), NULL, NULL);
    finding->message = "more";
    zp_finding_figure(finding, "count", zp_decimal_from_int(doubts.n_more));
}
