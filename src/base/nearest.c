/*
 * nearest.c - edit distance, and the words that people use for the values of options.
 */
#include "base/nearest.h"

#include <string.h>

/* Longest word that is compared, in bytes; names are far shorter. */
#define WORD_MAX 40

/* What stands for a value in Chinese, in other programs or in short. */
static const struct {
    const char *word, *name;
} OTHER_WORDS[] = {
    {"错误", "error"},
    {"警告", "warning"},
    {"提示", "note"},
    {"未判断", "unjudged"},
    {"无法判断", "unjudged"},
    {"关闭", "off"},
    {"从不", "never"},
    {"自动", "auto"},
    {"总是", "always"},
    {"中文", "zh"},
    {"cn", "zh"},
    {"chinese", "zh"},
    {"英文", "en"},
    {"english", "en"},
    {"文本", "text"},
    {"txt", "text"},
    {"网页", "html"},
    {"htm", "html"},
    {"md", "markdown"},
    {"word", "docx"},
    {"doc", "docx"},
    {"excel", "xlsx"},
    {"xls", "xlsx"},
    {"表格", "xlsx"},
    {"图片", "image"},
    {"info", "note"},
    {"none", "never"},
    {"是", "true"},
    {"yes", "true"},
    {"否", "false"},
    {"no", "false"},
    {"单位", "unit"},
    {"主管部门", "department"},
    {"部门", "department"},
    {"年度", "year"},
    {"通用", "default"},
    {"湖北", "hubei"},
    {"四川", "sichuan"},
    {"宁夏", "ningxia"},
    {"银川", "yinchuan"},
};

/* Insertions, deletions and replacements that turn a into b (Levenshtein), case ignored. */
static int edit_distance(const char *a, const char *b)
{
    int row[WORD_MAX + 1];
    int length = (int)strlen(b);
    for (int k = 0; k <= length; k++)
        row[k] = k;
    for (int i = 1; a[i - 1]; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int k = 1; k <= length; k++) {
            bool same = g_ascii_tolower(a[i - 1]) == g_ascii_tolower(b[k - 1]);
            int replaced = diagonal + (same ? 0 : 1);
            diagonal = row[k];
            row[k] = MIN(replaced, MIN(row[k], row[k - 1]) + 1);
        }
    }
    return row[length];
}

const char *zp_nearest(const char *word, const char *const *names)
{
    const char *best = NULL;
    gsize length = strlen(word);
    if (length == 0 || length > WORD_MAX)
        return NULL;
    int allowed = length < 4 ? 1 : MAX(2, (int)length / 3); /* a slip, not another word */
    for (; *names; names++) {
        if (strlen(*names) > WORD_MAX)
            continue;
        int distance = edit_distance(word, *names);
        if (distance > allowed)
            continue;
        best = *names;
        allowed = distance - 1;
    }
    return best;
}

const char *zp_meant(const char *word, const char *const *names)
{
    gsize length = strlen(word);
    for (gsize k = 0; k < G_N_ELEMENTS(OTHER_WORDS); k++) {
        if (g_ascii_strcasecmp(word, OTHER_WORDS[k].word) == 0 &&
            g_strv_contains(names, OTHER_WORDS[k].name))
            return OTHER_WORDS[k].name;
    }
    const char *near = zp_nearest(word, names);
    for (const char *const *name = names; !near && length > 1 && *name; name++) {
        if (g_ascii_strncasecmp(*name, word, length) == 0)
            near = *name;
    }
    for (gsize k = 0; !near && k < G_N_ELEMENTS(OTHER_WORDS); k++) {
        const char *const one[] = {OTHER_WORDS[k].word, NULL};
        if (g_str_is_ascii(one[0]) && strlen(one[0]) > 3 &&
            g_strv_contains(names, OTHER_WORDS[k].name) && zp_nearest(word, one))
            near = OTHER_WORDS[k].name;
    }
    return near;
}

char *zp_meant_text(const char *word, const char *const *names, ZpLang lang)
{
    const char *near = zp_meant(word, names);
    return near ? g_strdup_printf(lang == ZP_LANG_ZH ? "；是不是 %s？" : "; did you mean %s?", near)
                : g_strdup("");
}

bool zp_error_meant(GError **error, const char *word, const char *const *names)
{
    if (!error || !*error || !zp_meant(word, names))
        return false;
    g_autofree char *zh = zp_meant_text(word, names, ZP_LANG_ZH);
    g_autofree char *en = zp_meant_text(word, names, ZP_LANG_EN);
    zp_error_append(*error, zh, en);
    return false;
}
