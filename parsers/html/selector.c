/*
 * selector.c - reading selectors: `table.form > tbody tr:nth-child(2) td, #x::before`.
 *
 * A selector becomes compounds from left to right, each a run of simple conditions.  What browsers would not
 * take (a stray sign) ends it: then none of the list counts, as in a browser.
 */
#include "parsers/html/sheet_private.h"

#include "base/limits.h"

#include <string.h>

/* A selector of more parts is left out. */
#define COMPOUNDS_MAX 32
#define SIMPLES_MAX   32
/* No longer text is kept of one. */
#define SELECTOR_BYTES_MAX 1024

typedef struct {
    ZpHtmlSheet *sheet;
    const char *p, *end;
    ZpSelector selector;
    bool is_bad;
} Selecting;

static bool is_name_byte(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '_' || (c & 0x80);
}

/* A name, with its escapes undone; "" where none begins. */
static const char *read_name(Selecting *at, bool is_type)
{
    g_autoptr(GString) name = g_string_new(NULL);
    while (at->p < at->end && (is_name_byte(*at->p) || (*at->p == '\\' && at->p + 1 < at->end))) {
        if (*at->p != '\\') {
            g_string_append_c(name, is_type ? g_ascii_tolower(*at->p) : *at->p);
            at->p++;
            continue;
        }
        gunichar c = 0;
        guint digits = 0;
        at->p++;
        for (; digits < 6 && at->p < at->end && g_ascii_isxdigit(*at->p); digits++)
            c = c << 4 | (gunichar)g_ascii_xdigit_value(*at->p++);
        if (digits && at->p < at->end && g_ascii_isspace(*at->p))
            at->p++;
        if (digits && c && g_unichar_validate(c))
            g_string_append_unichar(name, c);
        else if (!digits)
            g_string_append_c(name, *at->p++);
    }
    return g_string_chunk_insert_len(at->sheet->strings, name->str, (gssize)name->len);
}

static void add_simple(Selecting *at, ZpCompound *compound, const ZpSimple *simple)
{
    static const guint WEIGHTS[] = {1, 1000, 1000000, 1000, 1000, 1000, 1000};
    if (compound->count >= SIMPLES_MAX) {
        at->is_bad = true;
        return;
    }
    g_array_append_vals(at->sheet->simples, simple, 1);
    compound->count++;
    at->selector.weight += WEIGHTS[simple->kind];
    at->selector.is_perhaps |= simple->kind == ZP_SIMPLE_PERHAPS;
}

/* `[type="text" i]` */
static void read_attribute(Selecting *at, ZpSimple *simple)
{
    const char *close = zp_css_end(++at->p, at->end, ']', ']');
    const char *end = at->end;
    at->end = close;
    simple->kind = ZP_SIMPLE_ATTRIBUTE;
    at->p = zp_css_skip_blank(at->p, close);
    simple->name = read_name(at, true);
    at->p = zp_css_skip_blank(at->p, close);
    if (at->p < close) {
        simple->test = *at->p++;
        if (simple->test != '=' && at->p < close && *at->p == '=')
            at->p++;
        at->p = zp_css_skip_blank(at->p, close);
        char quote = at->p < close && (*at->p == '"' || *at->p == '\'') ? *at->p++ : '\0';
        const char *from = at->p;
        while (at->p < close && (quote ? *at->p != quote : !g_ascii_isspace(*at->p)))
            at->p++;
        simple->value = g_string_chunk_insert_len(at->sheet->strings, from, at->p - from);
    }
    at->is_bad |= close == end || !*simple->name || !strchr("=~|^$*", simple->test);
    at->end = end;
    at->p = close < end ? close + 1 : end;
}

/* `odd`, `3`, `2n + 1`, `-n+4` */
static void read_nth(const char *text, gsize length, ZpSimple *simple)
{
    g_autofree char *plain = g_ascii_strdown(text, (gssize)length);
    char *to = plain;
    for (const char *p = plain; *p; p++) {
        if (!g_ascii_isspace(*p))
            *to++ = *p;
    }
    *to = '\0';
    simple->kind = ZP_SIMPLE_NTH;
    if (strcmp(plain, "odd") == 0 || strcmp(plain, "even") == 0) {
        simple->step = 2;
        simple->first = *plain == 'o';
        return;
    }
    char *n = strchr(plain, 'n');
    if (strspn(plain, "0123456789n+-") != strlen(plain)) {
        simple->kind = ZP_SIMPLE_PERHAPS;
    } else if (!n) {
        simple->first = (gint32)CLAMP(g_ascii_strtoll(plain, NULL, 10), -1000000, 1000000);
    } else {
        bool is_one = n == plain || (n == plain + 1 && strchr("+-", *plain));
        gint64 step = is_one ? (*plain == '-' ? -1 : 1) : g_ascii_strtoll(plain, NULL, 10);
        simple->step = (gint32)CLAMP(step, -1000000, 1000000);
        simple->first = (gint32)CLAMP(g_ascii_strtoll(n + 1, NULL, 10), -1000000, 1000000);
    }
}

static void read_part(Selecting *at, const char *name)
{
    at->selector.part = strcmp(name, "before") == 0  ? ZP_PART_BEFORE
                        : strcmp(name, "after") == 0 ? ZP_PART_AFTER
                                                     : ZP_PART_NONE;
}

static void read_simple(Selecting *at, ZpCompound *compound, bool in_not);

/* :not(.x) with one condition; more of them are not understood. */
static void read_not(Selecting *at, ZpCompound *compound, const char *close)
{
    const char *end = at->end;
    guint before = compound->count;
    at->end = close;
    at->p = zp_css_skip_blank(at->p, close);
    read_simple(at, compound, true);
    at->p = zp_css_skip_blank(at->p, close);
    bool is_one = at->p >= close && compound->count == before + 1;
    ZpSimple *last = compound->count
                         ? &g_array_index(at->sheet->simples, ZpSimple, at->sheet->simples->len - 1)
                         : NULL;
    if (!is_one && last) {
        last->kind = ZP_SIMPLE_PERHAPS;
        at->selector.is_perhaps = true;
    } else if (last) {
        last->is_negated = true;
    }
    at->end = end;
}

static void read_pseudo(Selecting *at, ZpCompound *compound)
{
    static const char *const NEVER =
        " hover focus active visited target focus-within focus-visible fullscreen ";
    bool is_element = ++at->p < at->end && *at->p == ':';
    at->p += is_element;
    const char *name = read_name(at, true), *open = at->p;
    const char *close = open;
    if (open < at->end && *open == '(')
        close = zp_css_end(open + 1, at->end, ')', ')');
    bool has_brackets = close > open;
    if (is_element || strcmp(name, "before") == 0 || strcmp(name, "after") == 0) {
        read_part(at, name);
    } else if (strcmp(name, "not") == 0 && has_brackets) {
        at->p = open + 1;
        read_not(at, compound, close);
    } else {
        g_autofree char *word = g_strdup_printf(" %s ", name);
        ZpSimple simple = {.kind = ZP_SIMPLE_PERHAPS};
        if (strcmp(name, "nth-child") == 0 && has_brackets)
            read_nth(open + 1, (gsize)(close - open - 1), &simple);
        else if (strcmp(name, "first-child") == 0)
            simple = (ZpSimple){.kind = ZP_SIMPLE_NTH, .first = 1};
        else if (strcmp(name, "root") == 0)
            simple = (ZpSimple){.kind = ZP_SIMPLE_TYPE, .name = "html"};
        else if (strcmp(name, "link") == 0 || strcmp(name, "any-link") == 0)
            simple = (ZpSimple){.kind = ZP_SIMPLE_ATTRIBUTE, .name = "href"};
        else if (strstr(NEVER, word))
            simple.kind = ZP_SIMPLE_NEVER;
        add_simple(at, compound, &simple);
    }
    at->is_bad |= !*name || (has_brackets && close == at->end);
    if (has_brackets)
        at->p = MIN(close + 1, at->end);
}

static void read_simple(Selecting *at, ZpCompound *compound, bool in_not)
{
    ZpSimple simple = {0};
    const char *from = at->p;
    if (at->p >= at->end)
        return;
    if (*at->p == ':') {
        if (in_not && at->p + 1 < at->end && g_ascii_strncasecmp(at->p, ":not", 4) == 0)
            at->p = at->end;
        else
            read_pseudo(at, compound);
        return;
    }
    if (*at->p == '*') {
        at->p++;
        return;
    }
    if (*at->p == '[') {
        read_attribute(at, &simple);
    } else {
        simple.kind = *from == '.' ? ZP_SIMPLE_CLASS : *from == '#' ? ZP_SIMPLE_ID : ZP_SIMPLE_TYPE;
        at->p += simple.kind != ZP_SIMPLE_TYPE;
        simple.name = read_name(at, simple.kind == ZP_SIMPLE_TYPE);
        at->is_bad |= !*simple.name;
    }
    if (!at->is_bad)
        add_simple(at, compound, &simple);
}

static void read_compounds(Selecting *at)
{
    ZpHtmlSheet *sheet = at->sheet;
    char combinator = '\0';
    at->selector.from = sheet->compounds->len;
    while (!at->is_bad && at->p < at->end) {
        ZpCompound compound = {.from = sheet->simples->len, .combinator = combinator};
        const char *from = at->p;
        while (!at->is_bad && at->p < at->end && !strchr(" \t\r\n\f>+~", *at->p) && *at->p)
            read_simple(at, &compound, false);
        g_array_append_val(sheet->compounds, compound);
        const char *gap = at->p;
        at->p = zp_css_skip_blank(at->p, at->end);
        combinator = ' ';
        if (at->p < at->end && strchr(">+~", *at->p) && *at->p) {
            combinator = *at->p;
            at->p = zp_css_skip_blank(at->p + 1, at->end);
            at->is_bad |= at->p >= at->end;
        }
        at->selector.is_perhaps |= combinator == '~';
        at->is_bad |= gap == from || ++at->selector.count > COMPOUNDS_MAX;
    }
    at->is_bad |= !at->selector.count;
}

/* Under what its last compound is found: an id, else a class, else a type. */
static void put_in_index(ZpHtmlSheet *sheet, const ZpSelector *selector, guint number)
{
    const ZpCompound *last =
        &g_array_index(sheet->compounds, ZpCompound, selector->from + selector->count - 1);
    g_autofree char *key = NULL;
    ZpSimpleKind best = ZP_SIMPLE_TYPE;
    for (guint i = 0; i < last->count; i++) {
        const ZpSimple *simple = &g_array_index(sheet->simples, ZpSimple, last->from + i);
        if (simple->kind > ZP_SIMPLE_ID || simple->is_negated || (key && simple->kind <= best))
            continue;
        best = simple->kind;
        g_free(key);
        key = g_strconcat(best == ZP_SIMPLE_ID      ? "#"
                          : best == ZP_SIMPLE_CLASS ? "."
                                                    : "",
                          simple->name, NULL);
    }
    GArray *list = key ? g_hash_table_lookup(sheet->index, key) : sheet->any;
    if (!list) {
        list = g_array_new(FALSE, FALSE, sizeof(guint));
        g_hash_table_insert(sheet->index, g_steal_pointer(&key), list);
    }
    g_array_append_val(list, number);
}

static bool read_selector(ZpHtmlSheet *sheet, const char *from, const char *to, guint block)
{
    while (to > from && g_ascii_isspace(to[-1]))
        to--;
    Selecting at = {.sheet = sheet, .p = zp_css_skip_blank(from, to), .end = to};
    at.selector.block = block;
    at.selector.order = sheet->selectors->len;
    const char *text = at.p;
    read_compounds(&at);
    if (at.is_bad)
        return false;
    gsize length = MIN((gsize)(to - text), SELECTOR_BYTES_MAX);
    at.selector.text = g_string_chunk_insert_len(sheet->strings, text, (gssize)length);
    g_array_append_val(sheet->selectors, at.selector);
    return true;
}

void zp_sheet_add_selectors(ZpHtmlSheet *sheet, const char *text, gsize length, guint block)
{
    const char *end = text + length;
    guint first = sheet->selectors->len;
    bool is_good = true;
    while (is_good && text < end && sheet->selectors->len < ZP_LIMIT_STYLE_RULES) {
        const char *stop = zp_css_end(text, end, ',', ',');
        is_good = read_selector(sheet, text, stop, block);
        text = stop + 1;
    }
    if (!is_good)
        g_array_set_size(sheet->selectors, first);
    if (sheet->selectors->len >= ZP_LIMIT_STYLE_RULES)
        sheet->limit = "ZP_LIMIT_STYLE_RULES";
    for (guint i = first; i < sheet->selectors->len; i++)
        put_in_index(sheet, &g_array_index(sheet->selectors, ZpSelector, i), i);
}
