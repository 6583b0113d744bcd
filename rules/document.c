/*
 * document.c - D04 and D05: what of the form is not there, and what of it was not read.
 */
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

/* A finding for each of a list of texts, and one for those beyond the limit. */
static void report_texts(ZpContext *context, const GPtrArray *texts, const char *message,
                         guint n_more, const char *more)
{
    for (guint k = 0; k < texts->len; k++) {
        const ZpText *text = g_ptr_array_index(texts, k);
        ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_WARNING,
                                            zp_spot_field("", &text->at), text->text, NULL);
        finding->message = message;
        zp_finding_text(finding, "text", text->text);
    }
    if (!n_more)
        return;
    ZpFinding *finding = zp_answer_fail(context, ZP_SEVERITY_WARNING,
                                        zp_spot_field("", &context->form->at), NULL, NULL);
    finding->message = more;
    zp_finding_figure(finding, "count", zp_decimal_from_int(n_more));
}

void zp_check_unused_text(ZpContext *context)
{
    const ZpForm *form = context->form;
    report_texts(context, form->unused, "default", form->n_unused_more, "more");
    report_texts(context, form->doubtful, "doubtful", form->n_doubtful_more, "more-doubtful");
    if (!form->unused->len && !form->doubtful->len && !form->n_unused_more)
        zp_answer_pass(context);
}
