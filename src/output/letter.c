/*
 * letter.c - what a letter says, before it is a page or a document.
 *
 *     甲单位：
 *     我们核对了报送的项目支出绩效自评表 3 张，有 5 处需要核实或更正 …
 *     1．机关服务费（2022年度）        文件：a.docx，第 1 张表
 *     位置 | 表中所填 | 核对结果 | 请这样处理
 */
#include "output/letter_parts.h"

#include "base/limits.h"
#include "output/by_form.h"
#include "output/label.h"

#include <string.h>

const ZpLetterText LETTER_HEADS[LETTER_COLUMNS] = {ZP_LETTER_PLACE, ZP_LETTER_PRINTED,
                                                   ZP_LETTER_FOLLOWS, ZP_LETTER_TODO};

static void free_row(gpointer data)
{
    LetterRow *row = data;
    for (gsize k = 0; k < LETTER_COLUMNS; k++)
        g_free(row->cells[k]);
    g_free(row);
}

static void free_form(gpointer data)
{
    LetterForm *form = data;
    g_free(form->heading);
    g_free(form->file);
    g_ptr_array_unref(form->rows);
    g_free(form);
}

ZpLetter *zp_letter_new(const ZpLetterWords *words, const ZpRulebook *rulebook, ZpLang lang,
                        const char *name)
{
    ZpLetter *letter = g_new0(ZpLetter, 1);
    *letter = (ZpLetter){.words = words,
                         .rulebook = rulebook,
                         .lang = lang,
                         .name = g_strdup(name),
                         .forms = g_ptr_array_new_with_free_func(free_form)};
    return letter;
}

void zp_letter_free(ZpLetter *letter)
{
    if (!letter)
        return;
    g_free(letter->name);
    g_ptr_array_unref(letter->forms);
    g_free(letter);
}

/* What stands for a name in braces; texts of a document are never looked through for braces. */
typedef struct {
    const char *name, *text;
} Part;

static char *fill(const char *template, const Part *parts)
{
    GString *out = g_string_new(NULL);
    while (*template) {
        const Part *part = parts;
        gsize length = *template == '{' ? strcspn(template + 1, "}") : 0;
        while (part->name &&
               !(length == strlen(part->name) && strncmp(template + 1, part->name, length) == 0))
            part++;
        if (*template == '{' && part->name && template[length + 1] == '}') {
            g_string_append(out, part->text);
            template += length + 2;
        } else {
            g_string_append_c(out, *template ++);
        }
    }
    return g_string_free(out, FALSE);
}

static const char *words_of(const ZpLetter *letter, ZpLetterText text)
{
    return zp_letter_words(letter->words, text, letter->lang);
}

char *letter_text(const ZpLetter *letter, ZpLetterText text)
{
    g_autofree char *forms = g_strdup_printf("%u", letter->n_forms);
    g_autofree char *findings = g_strdup_printf("%u", letter->n_findings);
    g_autofree char *unjudged = g_strdup_printf("%u", letter->n_unjudged);
    g_autofree char *left = g_strdup_printf("%u", letter->n_findings - letter->n_rows);
    const char *name = letter->name ? letter->name : words_of(letter, ZP_LETTER_UNNAMED);
    const Part parts[] = {{"name", name},         {"forms", forms}, {"findings", findings},
                          {"unjudged", unjudged}, {"left", left},   {NULL, NULL}};
    return fill(words_of(letter, text), parts);
}

static char *heading_of(const ZpLetter *letter, const ZpForm *form)
{
    g_autofree char *number = g_strdup_printf("%u", letter->n_forms);
    g_autofree char *year = form->year ? g_strdup_printf("%d", form->year) : NULL;
    const Part years[] = {{"year", year}, {NULL, NULL}};
    g_autofree char *shown = year ? fill(words_of(letter, ZP_LETTER_YEAR), years) : g_strdup("");
    const char *project = form->project.text && *form->project.text
                              ? form->project.text
                              : words_of(letter, ZP_LETTER_UNNAMED);
    const Part parts[] = {{"n", number}, {"project", project}, {"year", shown}, {NULL, NULL}};
    return fill(words_of(letter, ZP_LETTER_FORM), parts);
}

static void add_row(const ZpLetter *letter, LetterForm *into, const ZpResult *result,
                    const ZpForm *form, const ZpFinding *finding)
{
    LetterRow *row = g_new0(LetterRow, 1);
    g_autoptr(GString) place = g_string_new(NULL);
    g_autoptr(GString) at = g_string_new(NULL);
    zp_label_append(place, form, finding->pointer, letter->lang);
    if (zp_place_append(at, result, &finding->at, finding->pointer, letter->lang))
        g_string_append_printf(place, letter->lang == ZP_LANG_ZH ? "（%s）" : " (%s)", at->str);
    row->cells[LETTER_PLACE] = g_strdup(place->str);
    row->cells[LETTER_PRINTED] = g_strdup(finding->stated ? finding->stated : "");
    row->cells[LETTER_FOLLOWS] = zp_rulebook_message(letter->rulebook, finding, letter->lang);
    row->cells[LETTER_TODO] =
        g_strdup(zp_letter_advice(letter->words, (ZpRule)finding->rule, letter->lang));
    g_ptr_array_add(into->rows, row);
}

/* A form with its findings, as far as the letter has room. */
static void add_form(ZpLetter *letter, const ZpResult *result, const ZpForm *form,
                     const GPtrArray *findings)
{
    letter->n_forms++;
    letter->n_findings += findings->len;
    guint room = MIN(findings->len, ZP_LIMIT_LETTER_ROWS - letter->n_rows);
    if (room == 0)
        return;
    LetterForm *into = g_new0(LetterForm, 1);
    into->heading = heading_of(letter, form);
    g_autofree char *number = g_strdup_printf("%u", zp_result_number(result, form->index));
    g_autofree char *path = zp_text_valid(result->path, strlen(result->path), NULL);
    const Part parts[] = {{"path", path}, {"form", number}, {NULL, NULL}};
    into->file = fill(words_of(letter, ZP_LETTER_FILE), parts);
    into->rows = g_ptr_array_new_with_free_func(free_row);
    for (guint k = 0; k < room; k++)
        add_row(letter, into, result, form, g_ptr_array_index(findings, k));
    letter->n_rows += room;
    g_ptr_array_add(letter->forms, into);
}

/* Of each form what counts; what is said of the file stands with its first form. */
static GPtrArray *findings_by_form(const ZpResult *result)
{
    GPtrArray *by_form = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (guint f = 0; f < result->forms->len; f++)
        g_ptr_array_add(by_form, g_ptr_array_new());
    for (guint k = 0; k < result->report->findings->len; k++) {
        ZpFinding *finding = g_ptr_array_index(result->report->findings, k);
        if (zp_finding_counts(finding))
            g_ptr_array_add(by_form->pdata[MAX(finding->form, 0)], finding);
    }
    return by_form;
}

void zp_letter_add(ZpLetter *letter, const ZpResult *result)
{
    g_autoptr(GPtrArray) by_form = findings_by_form(result);
    for (guint f = 0; f < result->forms->len; f++)
        add_form(letter, result, result->forms->pdata[f], by_form->pdata[f]);
    for (guint k = 0; k < result->report->unevaluated->len; k++)
        letter->n_unjudged +=
            ((const ZpUnevaluated *)result->report->unevaluated->pdata[k])->form >= 0;
}
