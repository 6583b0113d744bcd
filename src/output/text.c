/*
 * text.c - the report for people: findings grouped by file and form.
 *
 *     samples/a.txt
 *       form 1: 机关服务费 (某局, 2022)
 *         error    F01  年度资金总额 · 执行率  (line 6, execution-rate)
 *                       the rate is printed as 88.82%; …
 *
 *     7 forms in 1 file: 1 error, 0 warnings, 0 notes
 *
 * Text of a document goes through zp_text_append_visible, so it can neither move the cursor
 * nor turn the line around, and no line is a command of a CI runner (defuse.h).  Lines are not wrapped: they stay searchable and a terminal wraps
 * by itself.  Everything goes into one buffer; a finding costs one allocation, its message.
 *
 * Notes of a rounding habit that all rates of a unit have become one line at the end (fold.h), so
 * without --all the report is written when the run is over.
 *
 * A form's last lines say what could not be judged, by reason:
 *
 *         unjudged  3 checks could not be made (not counted as passed)
 *                       the form is not whole (D04): W01, S01, S02 (3)
 */
#include "base/defuse.h"
#include "base/wrap.h"
#include "output/by_form.h"
#include "output/fold.h"
#include "output/label.h"
#include "output/standing.h"
#include "output/text_totals.h"
#include "output/unjudged.h"
#include "output/writer.h"

#include <string.h>

static const char RESET[] = "\033[0m";
static const char BOLD[] = "\033[1m";
static const char DIM[] = "\033[2m";

/* How a severity is shown; both names of a language take equally many columns with the pad. */
static const struct {
    const char *zh, *en, *colour;
} SEVERITIES[ZP_SEVERITY_COUNT] = {
    [ZP_SEVERITY_OFF] = {"关闭", "off    ", ""},
    [ZP_SEVERITY_NOTE] = {"提示", "note   ", "\033[36m"},
    [ZP_SEVERITY_WARNING] = {"警告", "warning", "\033[33m"},
    [ZP_SEVERITY_ERROR] = {"错误", "error  ", "\033[31m"},
};

static void append_styled(ZpWriting *writing, const char *style, const char *text)
{
    if (writing->options.colour)
        g_string_append(writing->buffer, style);
    g_string_append(writing->buffer, text);
    if (writing->options.colour)
        g_string_append(writing->buffer, RESET);
}

static void append_visible(ZpWriting *writing, const char *text)
{
    zp_text_append_visible(writing->buffer, text, strlen(text));
}

static void style(ZpWriting *writing, const char *code)
{
    if (writing->options.colour)
        g_string_append(writing->buffer, code);
}

/* Columns where the messages stand. */
static guint message_column(const ZpWriting *writing)
{
    return writing->options.lang == ZP_LANG_ZH ? 15 : 18;
}

/* A part of the report is done: lines that are too wide go on at @hang. */
static void end_lines(ZpWriting *writing, gsize from, guint hang)
{
    zp_text_wrap(writing->buffer, from, writing->options.width, hang);
    zp_text_defuse(writing->buffer, from);
}

/* "(unit, year)", as much of it as the form says. */
static void append_unit_and_year(ZpWriting *writing, const ZpForm *form)
{
    bool zh = writing->options.lang == ZP_LANG_ZH;
    bool has_unit = form->unit.text && *form->unit.text;
    if (!has_unit && !form->year)
        return;
    g_string_append(writing->buffer, zh ? "（" : " (");
    if (has_unit)
        append_visible(writing, form->unit.text);
    if (has_unit && form->year)
        g_string_append(writing->buffer, zh ? "，" : ", ");
    if (form->year)
        g_string_append_printf(writing->buffer, "%d", form->year);
    g_string_append(writing->buffer, zh ? "）" : ")");
}

/* How the form was read, where anything but a listed spelling was needed. */
static void append_reading(ZpWriting *writing, const ZpForm *form)
{
    const ZpReading *reading = &form->reading;
    if (!(reading->composed | reading->mended | reading->inferred | reading->doubtful))
        return;
    bool zh = writing->options.lang == ZP_LANG_ZH;
    g_string_append_printf(
        writing->buffer,
        zh ? "    标签：列出 %u，组合 %u，更正 %u，推断 %u；存疑 %u 处\n"
           : "    labels: %u listed, %u composed, %u mended, %u inferred; %u places in doubt\n",
        reading->listed, reading->composed, reading->mended, reading->inferred, reading->doubtful);
}

/* A title, with the name that options and settings take where somebody asks for it. */
static void append_title(ZpWriting *writing, const char *title, const char *name)
{
    append_visible(writing, title);
    if (!writing->options.verbose || strcmp(title, name) == 0)
        return;
    g_string_append(writing->buffer, "（");
    append_visible(writing, name);
    g_string_append(writing->buffer, "）");
}

/* What the form was judged by and why; a form that no run chose a profile for has none. */
static void append_profile(ZpWriting *writing, const ZpForm *form)
{
    if (!form->profile_zh)
        return;
    ZpLang lang = writing->options.lang;
    bool zh = lang == ZP_LANG_ZH;
    const char *why = zp_lang_pick(lang, form->profile_zh, form->profile_en);
    style(writing, DIM);
    g_string_append(writing->buffer, zh ? "    评分规则：" : "    profile ");
    append_title(writing, zp_rulebook_profile_title(writing->rulebook, form->profile, lang),
                 form->profile);
    if (*why) {
        g_string_append(writing->buffer, zh ? "（" : " (");
        append_visible(writing, why);
        g_string_append(writing->buffer, zh ? "）" : ")");
    }
    g_string_append(writing->buffer, zh ? "；表样：" : ", template ");
    append_title(writing, zp_rulebook_template_title(writing->rulebook, form->template_id, lang),
                 form->template_id);
    style(writing, RESET);
    g_string_append_c(writing->buffer, '\n');
}

static void append_form_head(ZpWriting *writing, const ZpForm *form)
{
    bool zh = writing->options.lang == ZP_LANG_ZH;
    gsize from = writing->buffer->len;
    const char *project = form->project.text;
    g_string_append(writing->buffer, "  ");
    style(writing, BOLD);
    g_string_append_printf(writing->buffer, zh ? "第 %u 张表：" : "form %u: ", form->index + 1);
    if (project && *project)
        append_visible(writing, project);
    else
        g_string_append(writing->buffer, zh ? "（无项目名称）" : "(no project name)");
    append_unit_and_year(writing, form);
    style(writing, RESET);
    g_string_append_c(writing->buffer, '\n');
    append_profile(writing, form);
    append_reading(writing, form);
    end_lines(writing, from, 6);
}

/* What the catalogue's template did not already say. */
static void append_unless_said(ZpWriting *writing, const char *message, const char *zh,
                               const char *en, const char *text)
{
    if (!text || strstr(message, text))
        return;
    g_string_append(writing->buffer, zp_lang_pick(writing->options.lang, zh, en));
    append_visible(writing, text);
    g_string_append(writing->buffer, zp_lang_pick(writing->options.lang, "）", ")"));
}

/* Behind the label: the place, the rule's name, the habit, as far as the reader is told. */
static void append_bracket(ZpWriting *writing, const ZpResult *result, const ZpFinding *finding)
{
    ZpLang lang = writing->options.lang;
    bool zh = lang == ZP_LANG_ZH;
    const char *comma = zh ? "，" : ", ";
    g_autoptr(GString) inside = g_string_new(NULL);
    zp_place_append(inside, result, &finding->at, finding->pointer, lang);
    if (!zh || writing->options.verbose)
        g_string_append_printf(inside, "%s%s", inside->len > 0 ? comma : "",
                               ZP_RULES[finding->rule].name);
    if (finding->habit) {
        g_string_append_printf(inside, "%s%s", inside->len > 0 ? comma : "",
                               zh ? "习惯：" : "habit ");
        g_string_append(inside, zp_habit_name(finding->habit, lang));
    }
    if (inside->len == 0)
        return;
    style(writing, DIM);
    g_string_append(writing->buffer, zh ? "（" : "(");
    append_visible(writing, inside->str);
    g_string_append(writing->buffer, zh ? "）" : ")");
    style(writing, RESET);
}

static void append_finding(ZpWriting *writing, const ZpResult *result, const ZpForm *form,
                           const ZpFinding *finding)
{
    GString *out = writing->buffer;
    gsize from = out->len;
    ZpLang lang = writing->options.lang;
    bool zh = lang == ZP_LANG_ZH;
    const char *name = zh ? SEVERITIES[finding->severity].zh : SEVERITIES[finding->severity].en;
    g_autofree char *message = zp_rulebook_message(writing->rulebook, finding, lang);
    g_string_append(out, "    ");
    append_styled(writing, SEVERITIES[finding->severity].colour, name);
    g_string_append_printf(out, "  %s  ", ZP_RULES[finding->rule].code);
    if (form) {
        zp_label_append(out, form, finding->pointer ? finding->pointer : "", lang);
        g_string_append(out, zh ? "" : "  ");
    }
    append_bracket(writing, result, finding);
    g_string_append(out, zh ? "\n               " : "\n                  ");
    append_visible(writing, message);
    append_unless_said(writing, message, "（填报：", " (stated: ", finding->stated);
    append_unless_said(writing, message, "（应为：", " (expected: ", finding->expected);
    zp_standing_append(out, finding, lang);
    g_string_append_c(out, '\n');
    end_lines(writing, from, message_column(writing));
}

/* A piece of the report is done: it leaves, or waits with the others until the end. */
static bool end_piece(ZpWriting *writing, ZpPiece piece, const ZpForm *form, GError **error)
{
    if (!writing->fold)
        return zp_writing_flush(writing, ZP_WRITING_BUFFER, error);
    const char *unit = form ? form->unit.text : NULL;
    bool done = zp_fold_add(writing->fold, piece, unit, writing->buffer, error);
    g_string_truncate(writing->buffer, 0);
    return done;
}

static bool begin_text(ZpWriting *writing, GError **error)
{
    (void)error;
    if (!writing->options.all && !writing->options.at_once)
        writing->fold = zp_fold_new();
    writing->state = zp_reasons_new();
    writing->free_state = (GDestroyNotify)zp_reasons_free;
    return true;
}

/* The places that one reason forbids to judge. */
static void append_places(ZpWriting *writing, const ZpReport *report, const ZpForm *form,
                          const char *reason)
{
    ZpLang lang = writing->options.lang;
    for (guint k = 0; k < report->unevaluated->len; k++) {
        const ZpUnevaluated *one = g_ptr_array_index(report->unevaluated, k);
        if (one->form != (int)form->index || strcmp(zp_unjudged_reason(one, lang), reason) != 0)
            continue;
        g_string_append_printf(writing->buffer, "%s%s  ",
                               zp_lang_pick(lang, "                 ", "                    "),
                               ZP_RULES[one->rule].code);
        zp_label_append(writing->buffer, form, one->pointer ? one->pointer : "", lang);
        g_string_append_c(writing->buffer, '\n');
    }
}

static void append_unjudged(ZpWriting *writing, const ZpReport *report, const ZpForm *form)
{
    GString *out = writing->buffer;
    gsize from = out->len;
    ZpLang lang = writing->options.lang;
    bool zh = lang == ZP_LANG_ZH;
    guint count = zp_unjudged_count(report, (int)form->index);
    g_autoptr(GArray) groups = zp_unjudged_groups(report, (int)form->index, lang);
    g_string_append(out, "    ");
    append_styled(writing, BOLD, zp_unjudged_name(lang));
    g_string_append_printf(out,
                           zh ? "  %u 项检查无法做出，不算通过%.0s\n"
                              : "  %u check%s could not be made (not counted as passed)\n",
                           count, count == 1 ? "" : "s");
    for (guint k = 0; k < groups->len; k++) {
        const ZpUnjudgedGroup *group = &g_array_index(groups, ZpUnjudgedGroup, k);
        g_string_append(out, zh ? "               " : "                  ");
        append_visible(writing, group->reason);
        g_string_append_printf(out, zh ? "：%s（%u 项）\n" : ": %s (%u)\n", group->rules,
                               group->count);
        if (writing->options.all)
            append_places(writing, report, form, group->reason);
    }
    end_lines(writing, from, message_column(writing) + 4);
}

static bool write_form_head(ZpWriting *writing, const ZpForm *form, GError **error)
{
    append_form_head(writing, form);
    return end_piece(writing, ZP_PIECE_FORM, NULL, error);
}

/* Where a file's forms stand in its report. */
typedef struct {
    ZpByForm *by_form;
    int shown; /* the form whose head stands above; -1: none */
    int next;  /* the first one whose unjudged checks are still to be said */
} Turn;

/* What could not be judged of the forms before @end. */
static bool write_unjudged(ZpWriting *writing, const ZpResult *result, Turn *turn, int end,
                           GError **error)
{
    for (; turn->next < end; turn->next++) {
        const ZpForm *form = g_ptr_array_index(result->forms, turn->next);
        const ZpReport *report = zp_by_form_result(turn->by_form, turn->next)->report;
        bool has_head = turn->shown == turn->next;
        if (report->unevaluated->len == 0 || (writing->options.brief && !has_head))
            continue;
        if (!has_head && !write_form_head(writing, form, error))
            return false;
        turn->shown = turn->next;
        append_unjudged(writing, report, form);
        if (!end_piece(writing, ZP_PIECE_FINDING, form, error))
            return false;
    }
    return true;
}

static bool write_findings(ZpWriting *writing, const ZpResult *result, GError **error)
{
    const GPtrArray *findings = result->report->findings;
    g_autoptr(ZpByForm) by_form = zp_by_form_new(result);
    Turn turn = {.by_form = by_form, .shown = -1};
    for (guint k = 0; k < findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(findings, k);
        const ZpForm *form =
            finding->form >= 0 ? g_ptr_array_index(result->forms, finding->form) : NULL;
        if (!write_unjudged(writing, result, &turn, finding->form, error))
            return false;
        if (form && finding->form != turn.shown && !write_form_head(writing, form, error))
            return false;
        turn.shown = finding->form;
        append_finding(writing, result, form, finding);
        if (!end_piece(writing, zp_fold_piece(finding), form, error))
            return false;
    }
    int n_forms = result->forms ? (int)result->forms->len : 0;
    return write_unjudged(writing, result, &turn, n_forms, error);
}

static bool write_text_file(ZpWriting *writing, const ZpResult *result, GError **error)
{
    if (!result->report)
        return true;
    /* The rates of every form count, also of one without a finding. */
    for (guint k = 0; writing->fold && k < result->report->verdicts->len; k++) {
        const ZpForm *form = g_ptr_array_index(result->forms, k);
        const ZpVerdict *verdict = g_ptr_array_index(result->report->verdicts, k);
        zp_fold_count(writing->fold, form->unit.text, &verdict->rates);
    }
    zp_reasons_add(writing->state, result->report, writing->options.lang);
    guint n_unjudged = writing->options.brief ? 0 : result->report->unevaluated->len;
    if (result->report->findings->len + n_unjudged == 0)
        return true;
    if (!writing->fold && writing->n_shown > 0)
        g_string_append_c(writing->buffer, '\n');
    writing->n_shown++;
    gsize from = writing->buffer->len;
    style(writing, BOLD);
    append_visible(writing, result->path);
    style(writing, RESET);
    g_string_append_c(writing->buffer, '\n');
    zp_text_defuse(writing->buffer, from);
    return end_piece(writing, ZP_PIECE_FILE, NULL, error) && write_findings(writing, result, error);
}

/* What a walk over the folded report needs. */
typedef struct {
    ZpWriting *writing;
    bool has_file; /* a file stands above */
} Showing;

static bool show_piece(ZpPiece piece, const char *text, gsize length, gpointer data, GError **error)
{
    Showing *showing = data;
    if (piece == ZP_PIECE_FILE && showing->has_file)
        g_string_append_c(showing->writing->buffer, '\n');
    showing->has_file = true;
    g_string_append_len(showing->writing->buffer, text, (gssize)length);
    return zp_writing_flush(showing->writing, ZP_WRITING_BUFFER, error);
}

static const char *habit_text(const char *habit, ZpLang lang)
{
    bool is_up = strcmp(habit, "up") == 0;
    return zp_lang_pick(lang, is_up ? "进位" : "舍去", is_up ? "up" : "down");
}

static void append_folded(ZpWriting *writing, const ZpFolded *folded)
{
    ZpLang lang = writing->options.lang;
    gsize from = writing->buffer->len;
    append_visible(writing, folded->unit);
    g_string_append_printf(
        writing->buffer,
        lang == ZP_LANG_ZH
            ? "：%u 个执行率全部按%s取整（F01，习惯：%s），%u 条提示合并为这一行；--all 逐条列出\n"
            : ": all %u execution rates are rounded %s (F01, habit %s); %u notes are folded into "
              "this line, --all lists each\n",
        folded->n_rates, habit_text(folded->habit, lang), zp_habit_name(folded->habit, lang),
        folded->n_notes);
    end_lines(writing, from, 2);
}

/* The report that waited, then a line for each unit whose notes were left out. */
static bool show_all(ZpWriting *writing, bool *has_text, GError **error)
{
    Showing showing = {.writing = writing};
    if (!zp_fold_show(writing->fold, show_piece, &showing, error))
        return false;
    ZpFolded folded;
    guint position = 0;
    for (guint n = 0; zp_fold_next(writing->fold, &position, &folded); n++) {
        if (n == 0 && showing.has_file)
            g_string_append_c(writing->buffer, '\n');
        append_folded(writing, &folded);
        *has_text = true;
    }
    guint n_twins = zp_fold_twins(writing->fold);
    if (n_twins > 0 && showing.has_file && !*has_text)
        g_string_append_c(writing->buffer, '\n');
    if (n_twins > 0) {
        g_string_append_printf(
            writing->buffer,
            writing->options.lang == ZP_LANG_ZH
                ? "另有 %u 张表与同名而格式不同的文件里的表相同（X01%.0s）；--all 逐条列出\n"
                : "%u form%s of a file that differs from another in its suffix alone: "
                  "one document in two formats (X01), --all lists each\n",
            n_twins, n_twins == 1 ? "" : "s");
    }
    *has_text |= n_twins > 0;
    *has_text |= showing.has_file;
    return true;
}

static bool end_text(ZpWriting *writing, const ZpSummary *summary, GError **error)
{
    bool has_text = writing->n_shown > 0;
    if (writing->fold && !show_all(writing, &has_text, error))
        return false;
    if (!writing->options.quiet)
        zp_text_totals_append(writing, summary, has_text);
    if (writing->options.statistics)
        zp_statistics_append(writing->buffer, writing->rulebook, summary, writing->options.lang);
    return true;
}

const ZpWriter zp_text_writer = {
    .name = "text",
    .zh = "给人看的报告",
    .en = "a report for people",
    .for_check = true,
    .begin = begin_text,
    .file = write_text_file,
    .end = end_text,
};
