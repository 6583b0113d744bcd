/*
 * drawn.h - the text that a page draws, code by code, and why some of it is not seen.
 *
 * Poppler says which characters a page has; whether anybody sees them only the drawing says.  The two are
 * matched by place (unseen.c).
 */
#pragma once

#include "parsers/print/ground.h"

/* Characters that one code may stand for; further ones are dropped. */
#define DRAWN_CHARS 3

typedef enum {
    UNSEEN_NOT,       /* it is seen */
    UNSEEN_INVISIBLE, /* drawn invisibly: text mode 3, or clear as glass */
    UNSEEN_COLOUR,    /* of its ground's colour */
    UNSEEN_COVERED,   /* by what is painted later */
    UNSEEN_PICTURE,   /* by a picture */
    UNSEEN_CLIPPED,
    UNSEEN_TINY,
    UNSEEN_OUTSIDE, /* of the page */
    UNSEEN_LAYER,   /* of a layer that is off */
    UNSEEN_COUNT
} Unseen;

/* One code. */
typedef struct {
    float x, y;   /* its middle, in points from the page's top left corner */
    float ax, ay; /* from there to where it ends along its line */
    float em;
    gunichar c[DRAWN_CHARS];
    guint8 why;       /* Unseen */
    guint8 turn;      /* Turn: the way its line runs */
    bool is_alone;    /* it goes with no character that the page was begun with */
    bool is_new;      /* begins a string */
    bool is_replaced; /* stands under an /ActualText that says something else */
} DrawnGlyph;

/* One string that is shown in one go. */
typedef struct {
    ZpBox box;
    guint first, end; /* of its glyphs */
    guint order;      /* among all that is painted */
} DrawnRun;

/* An /ActualText that differs from what is drawn. */
typedef struct {
    guint first, end; /* of the glyphs under it */
    char *text;       /* what it says, UTF-8 */
} DrawnSpan;

typedef struct {
    GArray *glyphs; /* of DrawnGlyph */
    GArray *runs;   /* of DrawnRun */
    GArray *spans;  /* of DrawnSpan */
    GArray **bands; /* of guint, indices of runs, by the part of the page's height */
    ZpBox page;
    double picture;  /* the part of the page that pictures take, 0 to 1 or more */
    guint n_unseen;  /* of the glyphs */
    bool is_crossed; /* two strings stand in one place */
    bool is_over;    /* a limit was passed: further text is not known */
    guint n_steps;
} Drawn;

Drawn *drawn_new(float width, float height);
void drawn_free(Drawn *drawn);

/** drawn_add_run: what was shown since glyph @first is one string. */
void drawn_add_run(Drawn *drawn, Ground *ground, guint first);

/** drawn_finish: all is painted: what covers which glyph. */
void drawn_finish(Drawn *drawn, Ground *ground);

/** drawn_samples: the middle of a glyph and four places around it, all on its ink's box. */
#define DRAWN_SAMPLES 5
void drawn_samples(const DrawnGlyph *glyph, float x[DRAWN_SAMPLES], float y[DRAWN_SAMPLES]);

static inline DrawnGlyph *drawn_glyph(const Drawn *drawn, guint k)
{
    return &g_array_index(drawn->glyphs, DrawnGlyph, k);
}

/**
 * drawn_text: the characters of glyphs first…end.
 * @has_unknown: (out) (nullable): whether a code's character is not known
 */
void drawn_text(GString *out, const Drawn *drawn, guint first, guint end, bool *has_unknown);

/**
 * drawn_differs: whether a text says something else than glyphs first…end, spelling and marks without letters
 * and digits aside; a code whose character is not known says anything.
 */
bool drawn_differs(const Drawn *drawn, guint first, guint end, const char *text);
