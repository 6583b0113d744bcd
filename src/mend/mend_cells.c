/*
 * mend_cells.c - one cell: whether it holds just a text, and what is put into it.
 */
#include "mend/mend_private.h"
#include "mend/mend_text.h"
#include "output/label.h"

static bool is_taken(const Mending *mending, const ZpCellEdit *edit)
{
    for (guint k = 0; k < mending->mends->len; k++) {
        const ZpCellEdit *other = &((const ZpMend *)g_ptr_array_index(mending->mends, k))->edit;
        if (edit->part == other->part && edit->start < other->end && other->start < edit->end)
            return true;
    }
    return false;
}

/* Put @text into one cell, unless that changes nothing. */
static bool put_once(const Mending *mending, const ZpPlace *at, const char *text,
                     const char *pointer, bool is_unsafe, const ZpCellSaying **why)
{
    const ZpMender *mender = mending->mender;
    ZpCellEdit edit = {0};
    if (!mender->writer->encode(mender->original, at, text, &edit, why))
        return false;
    if (!edit.bytes || is_taken(mending, &edit)) {
        zp_cell_edit_clear(&edit);
        return true;
    }
    ZpMend *mend = g_new0(ZpMend, 1);
    *mend = (ZpMend){.edit = edit,
                     .meant = g_strdup(is_unsafe ? edit.text : text), /* 19 for 19.00 in a sheet */
                     .form = mending->index,
                     .pointer = g_strdup(pointer),
                     .at = *at,
                     .is_unsafe = is_unsafe};
    g_ptr_array_add(mending->mends, mend);
    return true;
}

bool zp_mend_put(const Mending *mending, const ZpPlace *at, const char *text, const char *pointer,
                 bool is_unsafe, const ZpCellSaying **why)
{
    const ZpMender *mender = mending->mender;
    const ZpCellSaying *ignored;
    ZpPlace place = *at, copy;
    *why = NULL;
    if (!put_once(mending, at, text, pointer, is_unsafe, why))
        return false;
    while (!is_unsafe && mender->writer->find_copy &&
           mender->writer->find_copy(mender->original, &place, &copy)) {
        put_once(mending, &copy, text, pointer, false, &ignored);
        place = copy;
    }
    return true;
}

bool zp_mend_says(const Mending *mending, const ZpPlace *const *parts, guint n, const char *text)
{
    const ZpMender *mender = mending->mender;
    g_autoptr(GString) printed = g_string_new(NULL);
    g_autoptr(GString) meant = g_string_new(NULL);
    for (guint k = 0; k < n; k++) {
        g_autofree char *part = mender->writer->decode(mender->original, parts[k]);
        if (!part)
            return false;
        zp_mend_core(printed, mender->rulebook, part);
    }
    zp_mend_core(meant, mender->rulebook, text);
    return printed->len > 0 && g_string_equal(printed, meant);
}

void zp_mend_left(const Mending *mending, GPtrArray *left, const char *code, const char *pointer,
                  const char *why, ZpLang lang)
{
    bool zh = lang == ZP_LANG_ZH;
    g_autoptr(GString) label = g_string_new(NULL);
    zp_label_append(label, mending->form, pointer, lang);
    g_ptr_array_add(left, g_strdup_printf(zh ? "第 %u 张表：%s %s：%s" : "form %u: %s %s: %s",
                                          mending->index + 1, code, label->str, why));
}
