/*
 * ctc.c - connectionist temporal classification: a model gives shares a step, a text is what is left when
 * equal neighbours are joined and blanks dropped.
 *
 *     steps    _ 1 1 _ , 5 5 _ 5      free: the best class of each step
 *     text       1     , 5     5      figures: all ways to the same text added up (prefix beam), over few
 *                                     characters, so that a lone 0 is not an O
 */
#include "parsers/image/ctc.h"

#include <string.h>

/* Prefixes kept from step to step, and characters of one. */
#define BEAM   16
#define LENGTH 40
/* Shares below this are nothing. */
#define NOTHING 1e-6f

const gunichar FIGURE_CHARS[FIGURE_SYMBOLS] = {'0', '1', '2', '3', '4',    '5',    '6', '7', '8',
                                               '9', '.', ',', '%', 0x2265, 0x2264, '=', '-'};

/* What a figure's character is taken for in free reading. */
typedef struct {
    gunichar from, to;
} Alias;

static const Alias ALIASES[] = {
    {'O', '0'},    {'o', '0'},       {0x3007, '0'},    {'l', '1'},       {'I', '1'},
    {'|', '1'},    {0xFF05, '%'},    {0x3002, '.'},    {0x00B7, '.'},    {0xFF0E, '.'},
    {0xFF0C, ','}, {0x3001, ','},    {'>', 0x2265},    {0xFF1E, 0x2265}, {0x226B, 0x2265},
    {'<', 0x2264}, {0xFF1C, 0x2264}, {0x226A, 0x2264}, {0xFF1D, '='},    {0x2014, '-'},
    {0x2013, '-'}, {0xFF0D, '-'},    {0x2212, '-'},    {0x4E00, '-'},    {'\'', ','},
    {0x2019, ','},
};

int figure_symbol(gunichar c)
{
    for (gsize k = 0; k < G_N_ELEMENTS(ALIASES); k++) {
        if (ALIASES[k].from == c)
            c = ALIASES[k].to;
    }
    for (int k = 0; k < FIGURE_SYMBOLS; k++) {
        if (FIGURE_CHARS[k] == c)
            return k;
    }
    return -1;
}

bool alphabet_read(Alphabet *alphabet, const char *text, gsize length)
{
    if (!g_utf8_validate(text, (gssize)length, NULL))
        return false;
    g_autoptr(GArray) chars = g_array_new(FALSE, FALSE, sizeof(gunichar));
    gunichar blank = 0, space = ' ';
    g_array_append_val(chars, blank);
    for (const char *p = text, *end = text + length; p < end;) {
        const char *line = memchr(p, '\n', (gsize)(end - p));
        gunichar c = g_utf8_get_char(p);
        if (c == '\n' || c == '\r')
            return false;
        g_array_append_val(chars, c);
        p = line ? line + 1 : end;
    }
    g_array_append_val(chars, space);
    alphabet->n = chars->len;
    alphabet->symbols = g_malloc0(chars->len);
    for (guint k = 1; k < chars->len; k++)
        alphabet->symbols[k] = (guint8)(figure_symbol(g_array_index(chars, gunichar, k)) + 1);
    alphabet->chars = (gunichar *)(void *)g_array_free(g_steal_pointer(&chars), FALSE);
    return true;
}

void alphabet_clear(Alphabet *alphabet)
{
    g_clear_pointer(&alphabet->chars, g_free);
    g_clear_pointer(&alphabet->symbols, g_free);
    alphabet->n = 0;
}

static guint best_class(const float *shares, guint n)
{
    guint best = 0;
    for (guint k = 1; k < n; k++) {
        if (shares[k] > shares[best])
            best = k;
    }
    return best;
}

GArray *ctc_free(const Alphabet *alphabet, const float *shares, guint n_steps)
{
    GArray *chars = g_array_new(FALSE, FALSE, sizeof(CtcChar));
    guint before = 0;
    for (guint t = 0; t < n_steps; t++) {
        const float *row = shares + (gsize)t * alphabet->n;
        guint class = best_class(row, alphabet->n);
        if (class && class == before) {
            CtcChar *last = &g_array_index(chars, CtcChar, chars->len - 1);
            last->end = t + 1;
            if (row[class] > last->share) {
                last->share = row[class];
                last->peak = t;
            }
        } else if (class) {
            CtcChar one = {alphabet->chars[class], row[class], t, t + 1, t, false};
            g_array_append_val(chars, one);
        }
        before = class;
    }
    return chars;
}

/* One text under way: the share of its ways that end in a blank, and in its last character. */
typedef struct {
    guint8 symbols[LENGTH];
    guint n;
    float blank, full;
} Prefix;

typedef struct {
    Prefix items[BEAM * (FIGURE_SYMBOLS + 1)];
    guint n;
} Prefixes;

static Prefix *find_prefix(Prefixes *prefixes, const guint8 *symbols, guint n, int last)
{
    guint all = n + (last >= 0 ? 1u : 0u);
    for (guint k = 0; k < prefixes->n; k++) {
        Prefix *one = &prefixes->items[k];
        if (one->n == all && memcmp(one->symbols, symbols, n) == 0 &&
            (last < 0 || one->symbols[n] == (guint8)last))
            return one;
    }
    Prefix *fresh = &prefixes->items[prefixes->n++];
    memset(fresh, 0, sizeof *fresh);
    memcpy(fresh->symbols, symbols, n);
    if (last >= 0)
        fresh->symbols[n] = (guint8)last;
    fresh->n = all;
    return fresh;
}

static int by_share(gconstpointer a, gconstpointer b)
{
    const Prefix *x = a, *y = b;
    float p = x->blank + x->full, q = y->blank + y->full;
    return p > q ? -1 : p < q;
}

/* One step of all prefixes. */
static void step(const Prefixes *from, Prefixes *to, const float *symbols, float blank)
{
    to->n = 0;
    for (guint k = 0; k < from->n; k++) {
        const Prefix *one = &from->items[k];
        float all = one->blank + one->full;
        Prefix *same = find_prefix(to, one->symbols, one->n, -1);
        same->blank += all * blank;
        if (one->n)
            same->full += one->full * symbols[one->symbols[one->n - 1]];
        for (int s = 0; s < FIGURE_SYMBOLS && one->n < LENGTH; s++) {
            bool repeats = one->n && one->symbols[one->n - 1] == s;
            float share = (repeats ? one->blank : all) * symbols[s];
            if (share > NOTHING * all)
                find_prefix(to, one->symbols, one->n, s)->full += share;
        }
    }
    qsort(to->items, to->n, sizeof(Prefix), by_share);
    to->n = MIN(to->n, BEAM);
    float sum = 0;
    for (guint k = 0; k < to->n; k++)
        sum += to->items[k].blank + to->items[k].full;
    for (guint k = 0; k < to->n && sum > 0; k++) {
        to->items[k].blank /= sum;
        to->items[k].full /= sum;
    }
}

static void write_figure(CtcFigure *out, const Prefix *prefix)
{
    guint length = 0;
    for (guint k = 0; k < prefix->n && length + 6 < sizeof out->text; k++)
        length += (guint)g_unichar_to_utf8(FIGURE_CHARS[prefix->symbols[k]], out->text + length);
    out->text[length] = '\0';
    out->share = prefix->blank + prefix->full;
}

guint ctc_figures(const Alphabet *alphabet, const float *shares, guint n_steps, CtcFigure *out,
                  guint most)
{
    g_autofree Prefixes *now = g_new0(Prefixes, 1), *next = g_new0(Prefixes, 1);
    now->n = 1;
    now->items[0].blank = 1;
    for (guint t = 0; t < n_steps; t++) {
        const float *row = shares + (gsize)t * alphabet->n;
        float symbols[FIGURE_SYMBOLS] = {0};
        for (guint k = 1; k < alphabet->n; k++) {
            if (alphabet->symbols[k])
                symbols[alphabet->symbols[k] - 1] += row[k];
        }
        step(now, next, symbols, MAX(row[0], NOTHING));
        Prefixes *swap = now;
        now = next;
        next = swap;
    }
    guint n = MIN(now->n, most);
    for (guint k = 0; k < n; k++)
        write_figure(&out[k], &now->items[k]);
    return n;
}
