/*
 * label_match.c - a printed text compared with the spellings.
 *
 * One decoration after the other is taken off until a listed spelling is left:
 *
 *     ★其中：中央财政资金（万元）：   folded, final colon off
 *     其中:                           "is a part"
 *     ★                               a mark
 *     (万元)                          a bracket: currency, or nothing that matters
 *     中央财政资金                    found
 *
 * A weight (产出指标(50分)) is found in the printed text by a pattern, so that it can be shown
 * as printed.  "项目名称：某项目" in one cell is a label with its value behind the colon.
 */
#include "rulebook/labels.h"

#include "rulebook/labels_private.h"

#include <string.h>

/* Brackets at the end of a label: 预算执行情况(万元)(20分). */
#define BRACKETS_MAX 3

/* 元, 万元 or 亿元 at the end of a bracket's content. */
static const char *currency_of(const char *content)
{
    static const char *const UNITS[] = {"万元", "亿元", "元"};
    for (guint i = 0; i < G_N_ELEMENTS(UNITS); i++) {
        if (g_str_has_suffix(content, UNITS[i]))
            return UNITS[i];
    }
    return NULL;
}

/* Takes one bracket off the end: "项目资金(万元)" → "项目资金". */
static bool cut_bracket(GString *folded, ZpLabelMatch *match)
{
    if (!folded->len || folded->str[folded->len - 1] != ')')
        return false;
    /* The bracket that the last character closes: of 执行率(D/(B-C)) the outer one; the beginning when there is none. */
    char *at = folded->str + folded->len;
    int depth = 0;
    do {
        at--;
        depth += *at == ')' ? 1 : *at == '(' ? -1 : 0;
    } while (depth && at > folded->str);
    char *open = depth ? folded->str : at;
    if (open == folded->str)
        return false;
    folded->str[folded->len - 1] = '\0';
    if (!match->currency)
        match->currency = currency_of(open + 1);
    g_string_truncate(folded, (gsize)(open - folded->str));
    return true;
}

/* (单位：万元) */
#define CURRENCY_BYTES_MAX 32
/* 十二 */
#define NUMERAL_BYTES_MAX 6

/* Takes marks and numbers off the beginning: ★, 1., 1、, 一、, (一). */
static void cut_lead(GString *folded)
{
    static const char *const MARKS[] = {"★", "☆", "▲", "*", "其中"};
    for (guint i = 0; i < G_N_ELEMENTS(MARKS); i++) {
        if (g_str_has_prefix(folded->str, MARKS[i]))
            g_string_erase(folded, 0, (gssize)strlen(MARKS[i]));
    }
    gsize digits = strspn(folded->str, "0123456789");
    if (digits && digits < 3) {
        const char *after = folded->str + digits;
        if (*after == '.' || *after == ')')
            g_string_erase(folded, 0, (gssize)digits + 1);
        else if (g_str_has_prefix(after, "、"))
            g_string_erase(folded, 0, (gssize)(digits + strlen("、")));
        return;
    }
    bool is_open = *folded->str == '(';
    const char *behind = folded->str + is_open;
    while (*behind && g_utf8_strchr("一二三四五六七八九十", -1, g_utf8_get_char(behind)))
        behind = g_utf8_next_char(behind);
    gsize numeral = (gsize)(behind - folded->str) - is_open;
    const char *end = is_open ? ")" : "、";
    if (numeral && numeral <= NUMERAL_BYTES_MAX && g_str_has_prefix(behind, end) &&
        behind[strlen(end)])
        g_string_erase(folded, 0, (gssize)(behind - folded->str) + (gssize)strlen(end));
}

/* How a bare text is found: among the spellings, by the grammar, or by its nearness to spellings. */
typedef struct {
    const ZpLabels *labels;
    ZpLabelHow how;
    guint64 kinds; /* of ZP_LABEL_MENDED */
} LookUp;

static const ZpLabelEntry *look_up(const LookUp *by, const GString *folded)
{
    if (by->how == ZP_LABEL_COMPOSED)
        return labels_compose(by->labels, folded);
    if (by->how == ZP_LABEL_MENDED)
        return labels_near(by->labels, by->kinds, folded);
    return g_hash_table_lookup(by->labels->entries, folded->str);
}

/* The steps of the file's head, on folded text; the text is used up. */
static const ZpLabelEntry *find_entry(const LookUp *labels, GString *folded, ZpLabelMatch *match)
{
    /* Takes colons off the end. */
    gsize length = folded->len;
    while (length && folded->str[length - 1] == ':')
        length--;
    bool cut = length < folded->len;
    g_string_truncate(folded, length);
    match->has_colon = cut;
    const ZpLabelEntry *entry = look_up(labels, folded);
    if (entry)
        return entry;
    match->is_part = g_str_has_prefix(folded->str, "其中");
    cut_lead(folded);
    if (match->is_part && folded->str[0] == ':')
        g_string_erase(folded, 0, 1);
    entry = look_up(labels, folded);
    for (int i = 0; !entry && i < BRACKETS_MAX && cut_bracket(folded, match); i++)
        entry = look_up(labels, folded);
    return entry;
}

/* 预算执行情况（10分）（单位：万元）: the length in front of a bracket with the currency. */
static gsize without_currency(const char *text, gsize length, ZpLabelMatch *match)
{
    gsize end = length;
    bool is_wide = end >= 3 && memcmp(text + end - 3, "）", 3) == 0;
    if (!is_wide && (!end || text[end - 1] != ')'))
        return length;
    end -= is_wide ? 3 : 1;
    for (gsize i = end; i-- > 0 && end - i < CURRENCY_BYTES_MAX;) {
        bool opens = text[i] == '(' || (i + 3 <= end && memcmp(text + i, "（", 3) == 0);
        if (!opens)
            continue;
        g_autoptr(GString) folded = g_string_new(NULL);
        gsize begin = i + (text[i] == '(' ? 1 : 3);
        zp_text_append_folded(folded, text + begin, end - begin);
        const char *currency = currency_of(folded->str);
        if (!currency)
            return length;
        match->currency = currency;
        return i;
    }
    return length;
}

/* 产出指标（50）: a bracket with a number in it. */
static bool ends_in_number(const char *text, gsize length)
{
    static const char *const CLOSES[] = {")", "）"};
    for (guint i = 0; i < G_N_ELEMENTS(CLOSES); i++) {
        gsize n = strlen(CLOSES[i]);
        if (length > n && memcmp(text + length - n, CLOSES[i], n) == 0)
            return g_ascii_isdigit(text[length - n - 1]) || text[length - n - 1] == '%';
    }
    return false;
}

/* A weight printed at the end of the label; the rest is its core. */
static void find_weight(const ZpLabels *labels, const char *text, gsize length, ZpLabelMatch *match)
{
    match->core_length = (guint)length;
    if (!memmem(text, length, "分", strlen("分")) && !ends_in_number(text, length))
        return;
    ZpMatch found;
    length = without_currency(text, length, match);
    if (!zp_pattern_match(labels->weight, text, length, 0, &found) || found.start == 0)
        return;
    gsize weight_length;
    match->weight = zp_match_group(&found, "weight", &weight_length);
    match->weight_length = (guint)weight_length;
    match->core_length = (guint)found.start;
}

/* The byte behind the first colon of the text, 0 when there is none in its label-sized beginning. */
static gsize behind_colon(const char *text, gsize length)
{
    gsize limit = MIN(length, LABEL_BYTES_MAX);
    for (gsize i = 0; i < limit; i++) {
        if (text[i] == ':')
            return i + 1;
        if (i + 3 <= length && memcmp(text + i, "：", 3) == 0)
            return i + 3;
    }
    return 0;
}

/* "项目名称：某项目": only labels of the head and foot have their value behind a colon. */
static bool match_inline(const LookUp *by, const char *text, gsize length, ZpLabelMatch *match)
{
    static const guint64 HEAD = ZP_LABEL_BIT(ZP_LABEL_PROJECT) | ZP_LABEL_BIT(ZP_LABEL_DEPARTMENT) |
                                ZP_LABEL_BIT(ZP_LABEL_UNIT) | ZP_LABEL_BIT(ZP_LABEL_CURRENCY) |
                                ZP_LABEL_BIT(ZP_LABEL_HEADLINE) | ZP_LABEL_BIT(ZP_LABEL_YEAR) |
                                ZP_LABEL_BIT(ZP_LABEL_EXTRA);
    gsize behind = behind_colon(text, length);
    if (!behind || zp_text_is_blank(text + behind, length - behind))
        return false;
    GString *folded = g_string_truncate(by->labels->scratch, 0);
    zp_text_append_folded(folded, text, behind);
    if (*folded->str == '(' && !strchr(folded->str, ')')) /* (单位：元) */
        g_string_erase(folded, 0, 1);
    ZpLabelMatch label = {.how = by->how};
    const ZpLabelEntry *entry = find_entry(by, folded, &label);
    if (!entry || !(entry->kinds & HEAD))
        return false;
    *match = label;
    match->entry = entry;
    match->core_length = (guint)behind;
    match->value_offset = (guint)behind;
    return true;
}

/* Figures are the commonest cells and never labels. */
static bool is_figure(const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++) {
        if (!strchr("0123456789.,%-+=<> ", text[i]))
            return false;
    }
    return true;
}

static bool match_by(const LookUp *by, const char *text, gsize length, ZpLabelMatch *match)
{
    const ZpLabels *labels = by->labels;
    *match = (ZpLabelMatch){.how = by->how, .core_length = (guint)length};
    if (is_figure(text, length))
        return false;
    if (length > LABEL_BYTES_MAX)
        return match_inline(by, text, length, match);
    GString *folded = g_string_truncate(labels->scratch, 0);
    find_weight(labels, text, length, match);
    zp_text_append_folded(folded, text, match->core_length);
    match->entry = find_entry(by, folded, match);
    if (!match->entry && match->weight) {
        /* 得分(20分): the weight belongs to a bracket that a listed spelling has. */
        const ZpLabelMatch with_weight = *match;
        *match = (ZpLabelMatch){.how = by->how, .core_length = (guint)length};
        g_string_truncate(folded, 0);
        zp_text_append_folded(folded, text, length);
        match->entry = find_entry(by, folded, match);
        /* 受益群众满意度(9分): nobody's label, but a level's that has its weight */
        if (!match->entry && memmem(with_weight.weight, with_weight.weight_length, "分", 3))
            *match = with_weight;
    }
    /* 自评得分：97分 has its score behind a colon; 产出指标(50分) its weight. */
    ZpLabelMatch behind;
    if (match->entry && match->weight && match->has_colon &&
        match_inline(by, text, length, &behind) && behind.entry == match->entry)
        *match = behind;
    return match->entry || match_inline(by, text, length, match);
}

bool zp_labels_match(const ZpLabels *labels, const char *text, gsize length, ZpLabelMatch *match)
{
    return match_by(&(LookUp){.labels = labels, .how = ZP_LABEL_LISTED}, text, length, match);
}

bool zp_labels_compose(const ZpLabels *labels, const char *text, gsize length, ZpLabelMatch *match)
{
    return match_by(&(LookUp){.labels = labels, .how = ZP_LABEL_COMPOSED}, text, length, match);
}

bool zp_labels_mend(const ZpLabels *labels, guint64 kinds, const char *text, gsize length,
                    ZpLabelMatch *match)
{
    const LookUp by = {.labels = labels, .how = ZP_LABEL_MENDED, .kinds = kinds};
    return length <= LABEL_BYTES_MAX && match_by(&by, text, length, match);
}

/* Adds every piece of a spelling to the table of pieces. */
static void add_pieces(const ZpLabels *labels, const ZpLabelEntry *entry)
{
    const char *end = entry->text + strlen(entry->text);
    for (const char *from = entry->text; from < end; from = g_utf8_next_char(from)) {
        for (const char *to = from; to < end;) {
            to = g_utf8_next_char(to);
            g_autofree char *piece = g_strndup(from, (gsize)(to - from));
            guint64 *kinds = g_hash_table_lookup(labels->pieces, piece);
            if (!kinds) {
                kinds = g_new0(guint64, 1);
                g_hash_table_insert(labels->pieces,
                                    g_string_chunk_insert_const(labels->strings, piece), kinds);
            }
            *kinds |= entry->kinds;
        }
    }
}

guint64 zp_labels_parts(const ZpLabels *labels, const char *text, gsize length)
{
    if (length > LABEL_BYTES_MAX)
        return 0;
    if (!g_hash_table_size(labels->pieces)) {
        for (guint i = 0; i < labels->owned->len; i++)
            add_pieces(labels, g_ptr_array_index(labels->owned, i));
    }
    g_string_truncate(labels->scratch, 0);
    zp_text_append_folded(labels->scratch, text, length);
    const guint64 *kinds = g_hash_table_lookup(labels->pieces, labels->scratch->str);
    return kinds ? *kinds : 0;
}

static gint by_character(gconstpointer a, gconstpointer b)
{
    gunichar x = *(const gunichar *)a, y = *(const gunichar *)b;
    return x < y ? -1 : x > y;
}

/* The characters of a folded text in order of their numbers. */
static gunichar *sorted_characters(const char *text, glong *n)
{
    gunichar *characters = g_utf8_to_ucs4_fast(text, -1, n);
    qsort(characters, (size_t)*n, sizeof *characters, by_character);
    return characters;
}

const ZpLabelEntry *zp_labels_shuffled(const ZpLabels *labels, guint64 kinds, const char *text,
                                       gsize length)
{
    g_string_truncate(labels->scratch, 0);
    if (length > LABEL_BYTES_MAX)
        return NULL;
    zp_text_append_folded(labels->scratch, text, length);
    glong n, n_entry;
    g_autofree gunichar *sorted = sorted_characters(labels->scratch->str, &n);
    for (guint i = 0; i < labels->owned->len; i++) {
        const ZpLabelEntry *entry = g_ptr_array_index(labels->owned, i);
        if (!(entry->kinds & kinds) || entry->is_whole ||
            strlen(entry->text) != labels->scratch->len)
            continue;
        g_autofree gunichar *other = sorted_characters(entry->text, &n_entry);
        if (n == n_entry && memcmp(sorted, other, (gsize)n * sizeof *sorted) == 0)
            return entry;
    }
    return NULL;
}

const ZpLabelEntry *zp_labels_whole(const ZpLabels *labels, guint64 kinds, const char *text,
                                    gsize length)
{
    g_string_truncate(labels->scratch, 0);
    if (length > LABEL_BYTES_MAX)
        return NULL;
    zp_text_append_folded(labels->scratch, text, length);
    for (guint i = 0; i < labels->owned->len; i++) {
        const ZpLabelEntry *entry = g_ptr_array_index(labels->owned, i);
        if ((entry->kinds & kinds) && !entry->is_whole && strstr(entry->text, labels->scratch->str))
            return entry;
    }
    return NULL;
}
