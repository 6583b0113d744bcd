/*
 * fix.c - `ziping fix FILE -o COPY`: a corrected copy, and the difference.
 *
 *     a.txt:19  form 1: 满意度指标 / 人员满意度 · 得分
 *     - 8
 *     + 9.44
 *
 * The original is never written to; what cannot be mended is said on standard error.  Mends are found in
 * the text as UTF-8 and made in the original's own bytes.
 */
#include "cli/job.h"

#include "base/defuse.h"
#include "base/error.h"
#include "base/limits.h"
#include "output/label.h"
#include "output/mend.h"
#include "output/mend_text.h"
#include "parsers/recode.h"
#include "run/input.h"

#include <string.h>
#include <sys/stat.h>

typedef struct {
    ZpMender mender;
    GBytes *original;
    ZpRecode recode;
    ZpLang lang;
    const char *path;
    GPtrArray *mends, *left;
    GString *difference;
    bool is_read;
} Fix;

static void append_mend(const Fix *fix, const ZpResult *result, const ZpMend *mend)
{
    GString *out = fix->difference;
    bool zh = fix->lang == ZP_LANG_ZH;
    zp_text_append_visible(out, fix->path, strlen(fix->path));
    if (mend->line > 0)
        g_string_append_printf(out, ":%u", mend->line);
    g_string_append_printf(out, zh ? "  第 %u 张表：" : "  form %u: ", mend->form + 1);
    zp_label_append(out, g_ptr_array_index(result->forms, mend->form), mend->pointer, fix->lang);
    g_string_append(out, "\n- ");
    zp_text_append_visible(out, mend->old, strlen(mend->old));
    g_string_append(out, "\n+ ");
    zp_text_append_visible(out, mend->text, strlen(mend->text));
    g_string_append_c(out, '\n');
}

static void on_result(const ZpResult *result, gpointer data)
{
    Fix *fix = data;
    fix->is_read = !result->error && zp_mend_can(result->format);
    if (!fix->is_read)
        return;
    fix->mender.format = result->format;
    if (!zp_recode_open(&fix->recode, fix->original, result->format)) {
        g_ptr_array_add(fix->left,
                        g_strdup(zp_lang_pick(fix->lang, "文件里有不成字符的字节，位置说不准",
                                              "the file has bytes that are no characters, so no "
                                              "place in it is sure")));
        return;
    }
    fix->mender.original = fix->recode.plain;
    for (guint k = 0; k < result->forms->len; k++)
        zp_mend_form(&fix->mender, g_ptr_array_index(result->forms, k), k, result, fix->lang,
                     fix->mends, fix->left);
    zp_mend_sort(fix->mends);
    for (guint k = 0; k < fix->mends->len; k++)
        append_mend(fix, result, g_ptr_array_index(fix->mends, k));
}

/* One file that is no folder and no stream, and a place for the copy. */
static bool is_sound(const ZpSession *session)
{
    const ZpArguments *arguments = &session->arguments;
    struct stat input;
    const char *path = g_ptr_array_index(session->inputs, 0);
    if (session->inputs->len != 1 || !arguments->output || strcmp(arguments->output, "-") == 0 ||
        strcmp(path, "-") == 0 || (stat(path, &input) == 0 && !S_ISREG(input.st_mode))) {
        zp_say(arguments->lang, "用法：ziping fix 文件 -o 副本（一个文件；副本不能是 -）",
               "usage: ziping fix FILE -o COPY (one file; the copy cannot be -)");
        return false;
    }
    return true;
}

/* The original with the mends made; every other byte is as it was. */
static GString *apply(const Fix *fix)
{
    gsize size;
    const char *data = g_bytes_get_data(fix->original, &size);
    GString *copy = g_string_sized_new(size);
    ZpRecodePlace place = zp_recode_start(&fix->recode);
    gsize from = 0;
    for (guint k = 0; k < fix->mends->len; k++) {
        const ZpMend *mend = g_ptr_array_index(fix->mends, k);
        zp_recode_go(&fix->recode, &place, mend->start);
        g_string_append_len(copy, data + from, (gssize)(place.original - from));
        gsize start = place.original;
        zp_recode_go(&fix->recode, &place, mend->end);
        if (!zp_recode_append(&fix->recode, copy, mend->text))
            g_string_append_len(copy, data + start, (gssize)(place.original - start));
        from = place.original;
    }
    g_string_append_len(copy, data + from, (gssize)(size - from));
    return copy;
}

static ZpExit write_copy(const Fix *fix, const char *path)
{
    g_autoptr(GString) copy = apply(fix);
    g_autoptr(GError) error = NULL;
    ZpOutput output;
    bool done = zp_output_open(&output, path, &error);
    if (done) {
        bool written =
            g_output_stream_write_all(output.stream, copy->str, copy->len, NULL, NULL, NULL);
        done = zp_output_close(&output, written, &error) && written;
    }
    if (!done)
        zp_say(fix->lang, "无法写入 %s%s%s", "cannot write %s%s%s", path, error ? ": " : "",
               error ? zp_error_text(error, fix->lang) : "");
    zp_text_defuse(fix->difference, 0);
    return done ? zp_print(fix->difference, fix->lang) : ZP_EXIT_INTERNAL;
}

static ZpExit fix_file(ZpSession *session, Fix *fix)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) original =
        zp_input_read(fix->path, (guint)zp_limits_get(&session->limits, ZP_BOUND_INPUT), &error);
    fix->original = original;
    if (!original) {
        zp_say(fix->lang, "%s：%s", "%s: %s", fix->path, zp_error_text(error, fix->lang));
        return ZP_EXIT_UNREADABLE;
    }
    ZpExit status = zp_job_run_session(session, on_result, fix);
    if (status == ZP_EXIT_USAGE || status == ZP_EXIT_INTERNAL)
        return status;
    if (!fix->is_read) {
        zp_say(fix->lang, "%s：没有可改的自评表；能改的是文本、Markdown 和 HTML",
               "%s: no form in it that can be mended; text, Markdown and HTML can", fix->path);
        return ZP_EXIT_UNREADABLE;
    }
    for (guint k = 0; k < fix->left->len && !session->arguments.quiet; k++)
        zp_say(fix->lang, "没有改：%s", "not mended: %s",
               (const char *)g_ptr_array_index(fix->left, k));
    return write_copy(fix, session->arguments.output);
}

ZpExit zp_command_fix(const ZpArguments *arguments)
{
    static const ZpJob job = {.command = "fix", .check = true};
    __attribute__((cleanup(zp_session_clear))) ZpSession session;
    ZpExit status = zp_session_open(&session, arguments, &job);
    if (status != ZP_EXIT_CLEAN)
        return status;
    if (!is_sound(&session))
        return ZP_EXIT_USAGE;
    session.show = ZP_SEVERITY_OFF;
    g_autoptr(GPtrArray) mends = g_ptr_array_new_with_free_func((GDestroyNotify)zp_mend_free);
    g_autoptr(GPtrArray) left = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) difference = g_string_new(NULL);
    Fix fix = {.mender = {.rulebook = session.rulebook, .unsafe = arguments->unsafe},
               .lang = session.arguments.lang,
               .path = g_ptr_array_index(session.inputs, 0),
               .mends = mends,
               .left = left,
               .difference = difference};
    status = fix_file(&session, &fix);
    zp_recode_clear(&fix.recode);
    return status;
}
