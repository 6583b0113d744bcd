/*
 * sheet.c - style sheets: rules into an index, and the rules for one element out of it.
 *
 *     td.x { display: none }     selectors (selector.c)  {  declarations (css.c)  }
 *     @media screen { … }        asked for a screen of 1,280 pixels; `@media print` says nothing of it
 *     @import …; @supports { … } left out; they may give a ground, so no default ground is trusted
 *
 * A selector is found by the id, class or type of its last compound, and compared from right to left along
 * the open elements.  Of the ancestors only the nearest that fits is tried for each blank: where that fails, one
 * farther up is tried, within the steps that a page may take in all.
 */
#include "parsers/html/sheet_private.h"

#include "base/limits.h"

#include <string.h>

/* The window that media queries are asked for. */
#define WINDOW_PX 1280
/* Bytes of a text that are compared in one step. */
#define STEP_BYTES 16
/* A longer id or list of classes is cut. */
#define KEPT_BYTES_MAX 1024
/* At-rules inside each other. */
#define AT_DEPTH_MAX 4

static void free_list(gpointer list)
{
    g_array_unref(list);
}

ZpHtmlSheet *zp_html_sheet_new(void)
{
    ZpHtmlSheet *sheet = g_new0(ZpHtmlSheet, 1);
    sheet->strings = g_string_chunk_new(1024);
    sheet->simples = g_array_new(FALSE, FALSE, sizeof(ZpSimple));
    sheet->compounds = g_array_new(FALSE, FALSE, sizeof(ZpCompound));
    sheet->selectors = g_array_new(FALSE, FALSE, sizeof(ZpSelector));
    sheet->blocks = g_array_new(FALSE, FALSE, sizeof(ZpBlock));
    sheet->values = g_array_new(FALSE, FALSE, sizeof(ZpCssValue));
    sheet->index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_list);
    sheet->any = g_array_new(FALSE, FALSE, sizeof(guint));
    sheet->found = g_array_new(FALSE, FALSE, sizeof(guint));
    return sheet;
}

void zp_html_sheet_free(ZpHtmlSheet *sheet)
{
    if (!sheet)
        return;
    g_string_chunk_free(sheet->strings);
    g_array_unref(sheet->simples);
    g_array_unref(sheet->compounds);
    g_array_unref(sheet->selectors);
    g_array_unref(sheet->blocks);
    g_array_unref(sheet->values);
    g_hash_table_unref(sheet->index);
    g_array_unref(sheet->any);
    g_array_unref(sheet->found);
    g_free(sheet);
}

bool zp_html_sheet_is_empty(const ZpHtmlSheet *sheet)
{
    return sheet->selectors->len == 0;
}

const char *zp_html_sheet_limit(const ZpHtmlSheet *sheet)
{
    return sheet->limit;
}

void zp_html_sheet_set_unsure(ZpHtmlSheet *sheet)
{
    sheet->is_unsure = true;
}

bool zp_html_sheet_is_unsure(const ZpHtmlSheet *sheet)
{
    return sheet->is_unsure;
}

const char *zp_html_sheet_keep(ZpHtmlSheet *sheet, const char *text)
{
    return text ? g_string_chunk_insert_len(sheet->strings, text,
                                            (gssize)strnlen(text, KEPT_BYTES_MAX))
                : NULL;
}

/* What a block would do where it cannot be said whether it counts. */
static void weigh(ZpHtmlSheet *sheet, ZpBlock *block)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(ZpCssValue));
    g_array_append_vals(values, &g_array_index(sheet->values, ZpCssValue, block->from),
                        block->count);
    const ZpHtmlElement element = {.name = "div", .tag = ZP_HTML_BLOCK};
    ZpHtmlLook root = zp_html_look_root(), look = zp_html_look_of(&root, &element, values);
    ZpUnseen why = zp_html_look_unseen(&look);
    block->hides = why != ZP_UNSEEN_NOT && why != ZP_UNSEEN_COLOUR;
    for (guint i = 0; i < values->len; i++) {
        guint8 property = g_array_index(values, ZpCssValue, i).property;
        block->paints |= property == ZP_CSS_COLOUR || property == ZP_CSS_GROUND ||
                         property == ZP_CSS_PICTURE || property == ZP_CSS_FILL;
    }
}

static void add_rule(ZpHtmlSheet *sheet, const char *selectors, gsize length, const char *block,
                     gsize block_length)
{
    ZpBlock added = {.from = sheet->values->len};
    zp_css_parse_block(block, block_length, sheet->strings, sheet->values);
    added.count = sheet->values->len - added.from;
    if (!added.count)
        return;
    weigh(sheet, &added);
    g_array_append_val(sheet->blocks, added);
    zp_sheet_add_selectors(sheet, selectors, length, sheet->blocks->len - 1);
}

/* `(min-width: 600px)`: 1, 0, or -1 where the question is not understood. */
static int ask_feature(const char *text)
{
    ZpCssKind kind;
    gint32 width;
    const char *value = strchr(text, ':');
    if (!value)
        return -1;
    value += 1 + strspn(value + 1, " ");
    gsize length = strcspn(value, " )");
    if (!zp_css_length(value, length, &kind, &width))
        return -1;
    if (kind == ZP_CSS_EM)
        width *= 16;
    bool is_least = g_str_has_prefix(text, "(min-width"),
         is_most = g_str_has_prefix(text, "(max-width");
    if (!is_least && !is_most)
        return -1;
    return is_least ? WINDOW_PX * 100 >= width : WINDOW_PX * 100 <= width;
}

/* One query of a list: `only screen and (min-width: 600px)`. */
static int ask_query(const char *query)
{
    g_auto(GStrv) parts = g_strsplit(query, " and ", 16);
    int answer = 1;
    for (char **part = parts; *part && answer == 1; part++) {
        const char *word = g_strstrip(*part);
        word += g_str_has_prefix(word, "only ") ? 5 : 0;
        if (*word == '(')
            answer = ask_feature(word);
        else if (strcmp(word, "print") == 0 || strcmp(word, "speech") == 0)
            answer = 0;
        else if (strcmp(word, "not print") == 0)
            answer = 1;
        else if (*word && strcmp(word, "screen") != 0 && strcmp(word, "all") != 0)
            answer = -1;
    }
    return answer;
}

/* Whether a list of media queries is that of a screen: 1, 0, or -1 where it is not understood. */
static int ask_media(const char *text, gsize length)
{
    g_autofree char *lower = g_ascii_strdown(text, (gssize)length);
    g_auto(GStrv) queries = g_strsplit(lower, ",", 64);
    int best = *queries ? 0 : 1;
    for (char **query = queries; *query && best != 1; query++) {
        int answer = ask_query(*query);
        best = answer == 1 ? 1 : answer == -1 ? -1 : best;
    }
    return best;
}

static void add_rules(ZpHtmlSheet *sheet, const char *p, const char *end, guint depth);

/* Behind the block that opens at p. */
static const char *block_end(const char *p, const char *end)
{
    guint depth = 1;
    while (p < end) {
        p = zp_css_end(p, end, '{', '}');
        if (p < end && *p == '{')
            depth++;
        else if (p < end && --depth == 0)
            return p;
        p += p < end;
    }
    return end;
}

/* An at-rule whose name begins at p; @open: its `{` or `;`. */
static void add_at(ZpHtmlSheet *sheet, const char *p, const char *open, const char *close,
                   guint depth)
{
    static const char MEDIA[] = "@media";
    gsize length = (gsize)(open - p);
    if (length < 6 || g_ascii_strncasecmp(p, MEDIA, 6) != 0) {
        sheet->is_unsure |= length >= 7 && (g_ascii_strncasecmp(p, "@import", 7) == 0 ||
                                            g_ascii_strncasecmp(p, "@suppor", 7) == 0 ||
                                            g_ascii_strncasecmp(p, "@layer ", 7) == 0);
        return;
    }
    int answer = ask_media(p + 6, length - 6);
    if (answer == 1 && depth < AT_DEPTH_MAX)
        add_rules(sheet, open + 1, close, depth + 1);
    sheet->is_unsure |= answer == -1;
}

static void add_rules(ZpHtmlSheet *sheet, const char *p, const char *end, guint depth)
{
    while (sheet->selectors->len < ZP_LIMIT_STYLE_RULES) {
        p = zp_css_skip_blank(p, end);
        while (end - p >= 3 &&
               (strncmp(p, "-->", 3) == 0 || (end - p >= 4 && strncmp(p, "<!--", 4) == 0)))
            p = zp_css_skip_blank(p + (*p == '<' ? 4 : 3), end);
        if (p >= end)
            return;
        const char *open = zp_css_end(p, end, '{', *p == '@' ? ';' : '{');
        bool has_block = open < end && *open == '{';
        const char *close = has_block ? block_end(open + 1, end) : open;
        if (*p == '@')
            add_at(sheet, p, open, close, depth);
        else if (has_block)
            add_rule(sheet, p, (gsize)(open - p), open + 1, (gsize)(close - open - 1));
        p = close < end ? close + 1 : end;
    }
}

void zp_html_sheet_add(ZpHtmlSheet *sheet, const char *text, gsize length, const char *media)
{
    int answer = media ? ask_media(media, strlen(media)) : 1;
    sheet->is_unsure |= answer == -1;
    if (answer != 1)
        return;
    if (length > ZP_LIMIT_STYLE_BYTES - sheet->bytes) {
        length = ZP_LIMIT_STYLE_BYTES - sheet->bytes;
        sheet->limit = "ZP_LIMIT_STYLE_BYTES";
        sheet->is_unsure = true;
    }
    sheet->bytes += length;
    add_rules(sheet, text, text + length, 0);
}

/* Whether a list of words, as of `class`, has one. */
static bool has_word(const char *words, const char *word)
{
    gsize length = strlen(word);
    for (const char *p = words; p && *p;) {
        p += strspn(p, " \t\r\n\f");
        gsize bytes = strcspn(p, " \t\r\n\f");
        if (bytes == length && memcmp(p, word, length) == 0)
            return true;
        p += bytes;
    }
    return false;
}

static bool fits_attribute(ZpHtmlSheet *sheet, const ZpSimple *simple, const ZpHtmlElement *element)
{
    const char *value = zp_html_attribute(element->attributes, simple->name);
    if (!value || !simple->test)
        return value != NULL;
    gsize length = strlen(simple->value);
    sheet->steps += strlen(value) / STEP_BYTES;
    switch (simple->test) {
    case '=':
        return strcmp(value, simple->value) == 0;
    case '~':
        return has_word(value, simple->value);
    case '|':
        return strncmp(value, simple->value, length) == 0 &&
               (!value[length] || value[length] == '-');
    case '^':
        return length && g_str_has_prefix(value, simple->value);
    case '$':
        return length && g_str_has_suffix(value, simple->value);
    default:
        return length && strstr(value, simple->value);
    }
}

/* Whether `number` is step·n + first for an n from 0. */
static bool fits_nth(const ZpSimple *simple, guint number)
{
    gint64 rest = (gint64)number - simple->first;
    return simple->step ? rest % simple->step == 0 && rest / simple->step >= 0 : rest == 0;
}

/* @element: (nullable) its attributes, where they are known */
static bool fits_simple(ZpHtmlSheet *sheet, const ZpSimple *simple, const ZpHtmlWho *who,
                        const ZpHtmlElement *element)
{
    switch (simple->kind) {
    case ZP_SIMPLE_TYPE:
        return strcmp(simple->name, who->name) == 0;
    case ZP_SIMPLE_CLASS:
        return has_word(who->classes, simple->name);
    case ZP_SIMPLE_ID:
        return who->id && strcmp(who->id, simple->name) == 0;
    case ZP_SIMPLE_ATTRIBUTE:
        return element && fits_attribute(sheet, simple, element);
    case ZP_SIMPLE_NTH:
        return fits_nth(simple, who->number);
    default:
        return false;
    }
}

/* 1: it fits; 0: it does not; -1: perhaps. */
static int fits(ZpHtmlSheet *sheet, const ZpCompound *compound, const ZpHtmlWho *who,
                const ZpHtmlElement *element)
{
    int answer = 1;
    sheet->steps += 1 + compound->count;
    for (guint i = 0; i < compound->count && answer; i++) {
        const ZpSimple *simple = &g_array_index(sheet->simples, ZpSimple, compound->from + i);
        bool is_asked = simple->kind == ZP_SIMPLE_ATTRIBUTE && !element;
        if (simple->kind == ZP_SIMPLE_PERHAPS || is_asked)
            answer = -1;
        else if (fits_simple(sheet, simple, who, element) == simple->is_negated)
            answer = 0;
    }
    return answer;
}

/* Whether the compounds up to @left fit the elements up to @depth, the last of them one of these. */
static int fits_up(ZpHtmlSheet *sheet, const ZpCompound *compounds, guint left,
                   const ZpHtmlKin *kin, guint depth)
{
    const ZpCompound *right = &compounds[left];
    if (!right->combinator)
        return 1;
    if (right->combinator == '~')
        return -1;
    const ZpCompound *compound = &compounds[left - 1];
    if (right->combinator == '+') {
        if (left - 1 > 0 && compound->combinator == '+')
            return -1; /* brothers of brothers are not kept */
        int answer =
            *kin[depth - 1].brother.name ? fits(sheet, compound, &kin[depth - 1].brother, NULL) : 0;
        int rest = answer ? fits_up(sheet, compounds, left - 1, kin, depth) : 0;
        return answer && rest ? MIN(answer, rest) : 0;
    }
    int best = 0;
    for (guint d = depth - 1; d > 0 && best != 1; d--) {
        if (sheet->steps > ZP_LIMIT_STYLE_STEPS)
            return best;
        int answer = fits(sheet, compound, &kin[d - 1].who, NULL);
        int rest = answer ? fits_up(sheet, compounds, left - 1, kin, d) : 0;
        if (answer && rest)
            best = answer == 1 && rest == 1 ? 1 : -1;
        if (right->combinator == '>')
            break;
    }
    return best;
}

static int fits_selector(ZpHtmlSheet *sheet, const ZpSelector *selector, const ZpHtmlKin *kin,
                         guint depth, const ZpHtmlElement *element)
{
    const ZpCompound *compounds = &g_array_index(sheet->compounds, ZpCompound, selector->from);
    int answer = fits(sheet, &compounds[selector->count - 1], &kin[depth - 1].who, element);
    int rest = answer ? fits_up(sheet, compounds, selector->count - 1, kin, depth) : 0;
    return answer && rest ? MIN(answer, rest) : 0;
}

static void find_by(ZpHtmlSheet *sheet, const char *mark, const char *name, gsize length)
{
    char key[256];
    if (length + 2 > sizeof key)
        return;
    gsize used = g_strlcpy(key, mark, sizeof key);
    memcpy(key + used, name, length);
    key[used + length] = '\0';
    const GArray *list = g_hash_table_lookup(sheet->index, key);
    if (list)
        g_array_append_vals(sheet->found, list->data, list->len);
}

static gint by_weight(gconstpointer a, gconstpointer b, gpointer data)
{
    const ZpHtmlSheet *sheet = data;
    const ZpSelector *x = &g_array_index(sheet->selectors, ZpSelector, *(const guint *)a);
    const ZpSelector *y = &g_array_index(sheet->selectors, ZpSelector, *(const guint *)b);
    if (x->weight != y->weight)
        return x->weight < y->weight ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void apply(ZpHtmlSheet *sheet, ZpSelector *selector, int answer, ZpHtmlRuled *ruled)
{
    const ZpBlock *block = &g_array_index(sheet->blocks, ZpBlock, selector->block);
    if (answer == -1) {
        ruled->may_paint |= block->paints;
        if (block->hides && !selector->is_said && selector->part == ZP_PART_ELEMENT) {
            ruled->may_hide = selector->text;
            selector->is_said = true;
        }
        return;
    }
    GArray *values = selector->part == ZP_PART_ELEMENT  ? ruled->own
                     : selector->part == ZP_PART_BEFORE ? ruled->before
                     : selector->part == ZP_PART_AFTER  ? ruled->after
                                                        : NULL;
    if (values)
        g_array_append_vals(values, &g_array_index(sheet->values, ZpCssValue, block->from),
                            block->count);
}

void zp_html_sheet_match(ZpHtmlSheet *sheet, const ZpHtmlKin *kin, guint depth,
                         const ZpHtmlElement *element, ZpHtmlRuled *ruled)
{
    if (sheet->steps > ZP_LIMIT_STYLE_STEPS) {
        sheet->limit = "ZP_LIMIT_STYLE_STEPS";
        return;
    }
    const ZpHtmlWho *who = &kin[depth - 1].who, *last = &sheet->found_for;
    /* Cells come in rows: the same may be asked of the next. */
    if (who->name != last->name || g_strcmp0(who->id, last->id) != 0 ||
        g_strcmp0(who->classes, last->classes) != 0) {
        if (sheet->found->len)
            g_array_set_size(sheet->found, 0);
        if (sheet->any->len)
            g_array_append_vals(sheet->found, sheet->any->data, sheet->any->len);
        find_by(sheet, "", who->name, strlen(who->name));
        if (who->id)
            find_by(sheet, "#", who->id, strlen(who->id));
        for (const char *p = who->classes; p && *p;) {
            p += strspn(p, " \t\r\n\f");
            gsize bytes = strcspn(p, " \t\r\n\f");
            if (bytes)
                find_by(sheet, ".", p, bytes);
            p += bytes;
        }
        if (sheet->found->len > 1)
            g_array_sort_with_data(sheet->found, by_weight, sheet);
        sheet->found_for = *who;
    }
    sheet->steps += sheet->found->len;
    for (guint i = 0; i < sheet->found->len; i++) {
        ZpSelector *selector =
            &g_array_index(sheet->selectors, ZpSelector, g_array_index(sheet->found, guint, i));
        int answer = fits_selector(sheet, selector, kin, depth, element);
        if (answer)
            apply(sheet, selector, answer, ruled);
    }
}
