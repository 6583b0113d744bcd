/*
 * fix_work.c - open an original, mend its forms, make the copy's bytes and the difference.
 *
 *     a.txt:19  form 1: 满意度指标 / 人员满意度 · 得分
 *     - 8
 *     + 9.44
 */
#include "cli/fix_work.h"

#include "base/error.h"
#include "output/label.h"

#include <string.h>

static void append_mend(GString *out, const ZpFixWork *work, const ZpMend *mend)
{
    bool zh = work->lang == ZP_LANG_ZH;
    zp_text_append_visible(out, work->path, strlen(work->path));
    if (mend->at.line > 0) {
        g_string_append_printf(out, ":%u", mend->at.line);
    } else {
        g_string_append(out, "  ");
        zp_place_append(out, work->result, &mend->at, NULL, work->lang);
    }
    g_string_append_printf(out, zh ? "  第 %u 张表：" : "  form %u: ", mend->form + 1);
    zp_label_append(out, g_ptr_array_index(work->result->forms, mend->form), mend->pointer,
                    work->lang);
    g_string_append(out, "\n- ");
    zp_text_append_visible(out, mend->edit.old, strlen(mend->edit.old));
    g_string_append(out, "\n+ ");
    zp_text_append_visible(out, mend->edit.text, strlen(mend->edit.text));
    g_string_append_c(out, '\n');
}

static GVariant *tell(GBytes *copy, const char *meaning, const char *difference,
                      const char *failure, const GPtrArray *left)
{
    GVariant *bytes = copy ? g_variant_new_from_bytes(G_VARIANT_TYPE("ay"), copy, TRUE)
                           : g_variant_new_fixed_array(G_VARIANT_TYPE_BYTE, NULL, 0, 1);
    return g_variant_new("(@aysss@as)", bytes, meaning, difference, failure,
                         g_variant_new_strv((const char *const *)left->pdata, left->len));
}

static GVariant *mend_all(const ZpFixWork *work, const ZpMender *mender, GPtrArray *left)
{
    g_autoptr(GPtrArray) mends = g_ptr_array_new_with_free_func((GDestroyNotify)zp_mend_free);
    g_autoptr(GString) difference = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    const GPtrArray *forms = work->result->forms;
    for (guint k = 0; k < forms->len; k++)
        zp_mend_form(mender, g_ptr_array_index(forms, k), k, work->result, work->lang, mends, left);
    zp_mend_sort(mends);
    for (guint k = 0; k < mends->len; k++)
        append_mend(difference, work, g_ptr_array_index(mends, k));
    g_autoptr(GBytes) copy = zp_mend_save(mender, mends, &error);
    if (!copy)
        return tell(NULL, "", "", zp_error_text(error, work->lang), left);
    zp_mend_remark(mender, mends, work->lang, left);
    g_autofree char *meaning = zp_mend_meaning(work->rulebook, forms, mends);
    return tell(copy, meaning, difference->str, "", left);
}

GVariant *zp_fix_work(gpointer data)
{
    const ZpFixWork *work = data;
    g_autoptr(GPtrArray) left = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    ZpMender mender = {
        .rulebook = work->rulebook, .writer = work->parser->write_cell, .unsafe = work->unsafe};
    mender.original = mender.writer->open(work->original, &error);
    if (!mender.original) {
        /* What could not be opened has no place that is sure: it is copied as it is. */
        g_autofree char *meaning = zp_mend_meaning(work->rulebook, work->result->forms, NULL);
        g_ptr_array_add(left, g_strdup(zp_error_text(error, work->lang)));
        return tell(work->original, meaning, "", "", left);
    }
    GVariant *told = mend_all(work, &mender, left);
    mender.writer->close(mender.original);
    return told;
}
