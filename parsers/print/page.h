/*
 * page.h - one page: its glyphs and rules into tables and text of the document.
 */
#pragma once

#include "parsers/print/drawing.h"
#include "parsers/print/glyphs.h"
#include "parsers/print/lattice.h"

/* Text that is cut away near the top or the foot of its page: a page break may have cut its cell. */
typedef struct {
    guint32 page;
    char *text;
    ZpBox box;
} CutText;

/* How a line of a picture was read. */
typedef struct {
    float share; /* 0 to 1 */
    bool is_doubtful;
    GPtrArray *others; /* of char *: the line as it may also read, likeliest first */
    char *text;        /* as it was read */
} PageReading;

/* A page under way. */
typedef struct {
    ZpDocument *document;
    guint32 number;      /* from 1 */
    float width, height; /* with its text upright */
    Turn turn;
    GArray *glyphs;      /* of Glyph */
    guint n_unmapped;    /* of them */
    GPtrArray *lattices; /* of Lattice, from top to bottom */
    GArray *level;       /* of float: y of level rules that are no lattice's */
    GArray *upright;     /* of float: x of upright ones */
    bool was_runs;       /* the page before was a table without rules */
    GArray *cut;         /* of CutText: seen on the page before or after, it is nothing hidden */
    bool needs_picture;  /* what it shows is a picture, which is to be read */
    bool is_scan;        /* its text layer lies hidden on pictures */
    bool is_doubtful;    /* a limit was passed: what is seen is not sure */
    const GPtrArray
        *readings; /* (nullable) of PageReading: by the number that glyphs of a picture have */
    /* (nullable) of a picture: a piece of it, as PNG; where a point of it lies in the file */
    GBytes *(*crop)(const void *picture, const ZpBox *box);
    void (*place)(const void *picture, float *x, float *y);
    const void *picture;
} Page;

/**
 * page_init, page_clear: a page with its glyphs.
 * @number: from 1
 * @width, @height: in points, as shown
 * @glyphs: (transfer full) (nullable) (element-type Glyph) NULL: there are too many
 * @error: ZP_ERROR_LIMIT naming ZP_LIMIT_PAGE_GLYPHS
 */
bool page_init(Page *page, ZpDocument *document, guint32 number, float width, float height,
               GArray *glyphs, GError **error);
void page_clear(Page *page);

/** page_see: leave out what nobody sees, put in what annotations show.  (unseen.c) */
void page_see(Page *page, const PageDrawing *drawing);

/**
 * cut_drop_seen, cut_note: take out what a neighbour page shows; note the others.  (unseen.c)
 * @cut: (element-type CutText)
 * @glyphs: (nullable) (element-type Glyph) of the neighbour page
 */
void cut_drop_seen(GArray *cut, const GArray *glyphs);
void cut_note(GArray *cut, ZpDocument *document);
void cut_clear(gpointer cut);

/**
 * page_lose_drawing: say that a limit was passed, or that the page is damaged, so that its tables may be incomplete.
 */
void page_lose_drawing(const Page *page);

/**
 * page_read: add a page's tables and text to the document.
 * @drawing: (nullable) its rules; NULL when they cannot be read
 */
bool page_read(Page *page, const PageDrawing *drawing, GError **error);

/** page_fill: which cell each glyph stands in.  (fill.c) */
void page_fill(Page *page);

/** page_add_lattice: the k-th lattice as a table, with its texts.  (fill.c) */
bool page_add_lattice(Page *page, guint k, GError **error);

/** page_add_flow: text between two heights that is in no cell, as lines or as runs.  (flow.c) */
bool page_add_flow(Page *page, float from, float to, GError **error);

/**
 * page_add_turned: text that no cell holds and that runs another way than the page's, as lines.  (flow.c)
 */
bool page_add_turned(Page *page, GError **error);

/**
 * page_part_crossed: take out what is printed twice, and two texts that stand in one place.  (crossed.c)
 */
void page_part_crossed(Page *page);

/** page_place, page_place_of: a place on the page for losses; that of a box. */
ZpPlace page_place(const Page *page);
ZpPlace page_place_of(const Page *page, const ZpBox *box);

/** page_box: a box of the upright page as it lies in the file. */
ZpBox page_box(const Page *page, const ZpBox *box);

/**
 * page_ocr: how sure a text of a picture is; NULL of other pages.
 * @glyphs: (element-type Glyph) in reading order
 */
const ZpOcr *page_ocr(Page *page, const GPtrArray *glyphs, ZpSpan some);

/** page_quote: a text as a finding quotes it, cut where it is long. */
char *page_quote(const char *text);
