/*
 * drawn.c - strings as they are shown, what stands in one place, and what is covered in the end.
 */
#include "parsers/print/drawn.h"

#include "base/limits.h"

#include <math.h>
#include <string.h>

#define BANDS 64
/* In em: two strings that share so much both ways stand in one place. */
#define SHARED 0.35f
/* A glyph is hidden when less than this still shows at all but one of its samples. */
#define SHOWS 0.1f

Drawn *drawn_new(float width, float height)
{
    Drawn *drawn = g_new0(Drawn, 1);
    drawn->glyphs = g_array_new(FALSE, FALSE, sizeof(DrawnGlyph));
    drawn->runs = g_array_new(FALSE, FALSE, sizeof(DrawnRun));
    drawn->spans = g_array_new(FALSE, FALSE, sizeof(DrawnSpan));
    drawn->bands = g_new0(GArray *, BANDS);
    drawn->page = (ZpBox){0, 0, width, height};
    return drawn;
}

void drawn_free(Drawn *drawn)
{
    if (!drawn)
        return;
    for (guint k = 0; k < drawn->spans->len; k++)
        g_free(g_array_index(drawn->spans, DrawnSpan, k).text);
    for (guint k = 0; k < BANDS; k++)
        g_clear_pointer(&drawn->bands[k], g_array_unref);
    g_free(drawn->bands);
    g_array_unref(drawn->spans);
    g_array_unref(drawn->runs);
    g_array_unref(drawn->glyphs);
    g_free(drawn);
}

void drawn_samples(const DrawnGlyph *glyph, float x[DRAWN_SAMPLES], float y[DRAWN_SAMPLES])
{
    float half = hypotf(glyph->ax, glyph->ay), up = 0.2f * glyph->em;
    float ux = half > 0 ? glyph->ay / half * up : 0, uy = half > 0 ? -glyph->ax / half * up : up;
    float ax = 0.6f * glyph->ax, ay = 0.6f * glyph->ay;
    x[0] = glyph->x;
    y[0] = glyph->y;
    for (guint k = 1; k < DRAWN_SAMPLES; k++) {
        float along = k & 1 ? 1 : -1, across = k & 2 ? 1 : -1;
        x[k] = glyph->x + along * ax + across * ux;
        y[k] = glyph->y + along * ay + across * uy;
    }
}

/* The box around the middles of a string's glyphs and their ends; a third of an em up and down. */
static ZpBox box_of_run(const Drawn *drawn, guint first, guint end)
{
    ZpBox box = {G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT, -G_MAXFLOAT};
    for (guint k = first; k < end; k++) {
        const DrawnGlyph *glyph = drawn_glyph(drawn, k);
        float w = fabsf(glyph->ax) + 0.3f * (fabsf(glyph->ay) > fabsf(glyph->ax) ? glyph->em : 0);
        float h = fabsf(glyph->ay) + 0.3f * (fabsf(glyph->ay) > fabsf(glyph->ax) ? 0 : glyph->em);
        box = (ZpBox){MIN(box.x0, glyph->x - w), MIN(box.y0, glyph->y - h),
                      MAX(box.x1, glyph->x + w), MAX(box.y1, glyph->y + h)};
    }
    return box;
}

static guint band_of(const Drawn *drawn, float y)
{
    return (guint)CLAMP(y / MAX(drawn->page.y1, 1) * BANDS, 0.0f, (float)(BANDS - 1));
}

/* Whether a string shares its place with an earlier one of the band. */
static bool is_crossed(Drawn *drawn, const GArray *band, const ZpBox *box, float em)
{
    for (guint k = band->len; k > 0; k--) {
        const ZpBox *other =
            &g_array_index(drawn->runs, DrawnRun, g_array_index(band, guint, k - 1)).box;
        if (++drawn->n_steps > ZP_LIMIT_PAGE_CROSSINGS) {
            drawn->is_over = true;
            return false;
        }
        if (MIN(box->x1, other->x1) - MAX(box->x0, other->x0) > SHARED * em &&
            MIN(box->y1, other->y1) - MAX(box->y0, other->y0) > SHARED * em)
            return true;
    }
    return false;
}

void drawn_add_run(Drawn *drawn, Ground *ground, guint first)
{
    guint end = drawn->glyphs->len, index = drawn->runs->len;
    if (first >= end)
        return;
    DrawnRun run = {box_of_run(drawn, first, end), first, end, ground->n_painted++};
    g_array_append_val(drawn->runs, run);
    drawn_glyph(drawn, first)->is_new = true;
    for (guint k = band_of(drawn, run.box.y0); k <= band_of(drawn, run.box.y1); k++) {
        GArray **band = &drawn->bands[k];
        if (!*band)
            *band = g_array_new(FALSE, FALSE, sizeof(guint));
        if (!drawn->is_crossed && drawn_glyph(drawn, first)->why == UNSEEN_NOT)
            drawn->is_crossed = is_crossed(drawn, *band, &run.box, drawn_glyph(drawn, first)->em);
        if (drawn_glyph(drawn, first)->why == UNSEEN_NOT)
            g_array_append_val(*band, index);
    }
}

static void cover_glyph(DrawnGlyph *glyph, Ground *ground, guint order)
{
    float x[DRAWN_SAMPLES], y[DRAWN_SAMPLES];
    guint n_hidden = 0;
    bool by_picture = false;
    drawn_samples(glyph, x, y);
    for (guint k = 0; k < DRAWN_SAMPLES; k++)
        n_hidden += ground_cover(ground, x[k], y[k], order, &by_picture) < SHOWS ? 1 : 0;
    if (n_hidden + 1 >= DRAWN_SAMPLES)
        glyph->why = by_picture ? UNSEEN_PICTURE : UNSEEN_COVERED;
}

void drawn_finish(Drawn *drawn, Ground *ground)
{
    for (guint k = 0; k < drawn->runs->len; k++) {
        const DrawnRun *run = &g_array_index(drawn->runs, DrawnRun, k);
        Colour all;
        bool touched = ground_under(ground, &run->box, run->order, G_MAXUINT, &all) != GROUND_BARE;
        for (guint i = run->first; i < run->end; i++) {
            DrawnGlyph *glyph = drawn_glyph(drawn, i);
            if (touched && glyph->why == UNSEEN_NOT)
                cover_glyph(glyph, ground, run->order);
            drawn->n_unseen += glyph->why != UNSEEN_NOT ? 1 : 0;
        }
    }
    drawn->is_over |= ground->is_over;
}

void drawn_text(GString *out, const Drawn *drawn, guint first, guint end, bool *has_unknown)
{
    for (guint k = first; k < end; k++) {
        const DrawnGlyph *glyph = drawn_glyph(drawn, k);
        if (has_unknown)
            *has_unknown |= !glyph->c[0];
        for (guint i = 0; i < DRAWN_CHARS && glyph->c[i]; i++) {
            if (g_unichar_validate(glyph->c[i]))
                g_string_append_unichar(out, glyph->c[i]);
        }
    }
}

static bool says_nothing(const char *text)
{
    for (; *text; text = g_utf8_next_char(text)) {
        if (g_unichar_isalnum(g_utf8_get_char(text)))
            return false;
    }
    return true;
}

/* Whether two texts are the same but for radicals that stand for characters: they look alike. */
static bool is_alike(const char *a, const char *b)
{
    for (; *a && *b; a = g_utf8_next_char(a), b = g_utf8_next_char(b)) {
        gunichar c = g_utf8_get_char(a), d = g_utf8_get_char(b);
        bool is_radical = (c >= 0x2E80 && c < 0x2FE0) || (d >= 0x2E80 && d < 0x2FE0);
        if (c != d && !(is_radical && zp_char_is_cjk(c) && zp_char_is_cjk(d)))
            return false;
    }
    return *a == *b;
}

/* A text as it is compared: ligatures, widths and spelling aside. */
static char *comparable(const char *text)
{
    g_autofree char *plain = g_utf8_normalize(text, -1, G_NORMALIZE_NFKC);
    g_autoptr(GString) folded = g_string_new(NULL);
    if (plain)
        zp_text_append_folded(folded, plain, strlen(plain));
    return g_string_free(g_steal_pointer(&folded), FALSE);
}

bool drawn_differs(const Drawn *drawn, guint first, guint end, const char *text)
{
    g_autoptr(GString) raw = g_string_new(NULL);
    bool has_unknown = false;
    drawn_text(raw, drawn, first, end, &has_unknown);
    g_autofree char *seen = comparable(raw->str), *said = comparable(text);
    return !has_unknown && strcmp(seen, said) != 0 && !is_alike(raw->str, text) &&
           !(says_nothing(seen) && says_nothing(said));
}
