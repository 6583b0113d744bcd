/*
 * seen.h - the elements of a page that are open, and what becomes of the text in each.
 *
 * Told of the beginnings and ends of elements and of texts in the page's order; hands on to page.h what
 * a person sees, and notes what was left out: hidden, struck out, small marks above the line, pictures.
 *
 * An element that changes nothing is not kept: zp_html_seen_start says so, and its end is not asked for.
 */
#pragma once

#include "parsers/html/page.h"
#include "parsers/html/sheet.h"

/* What becomes of the text in an element. */
typedef enum {
    ZP_WAY_SHOWN,
    ZP_WAY_SILENT,  /* no text of the page */
    ZP_WAY_UNSEEN,  /* left out, said */
    ZP_WAY_DELETED, /* left out, said */
    ZP_WAY_RAISED,  /* a note mark, or part of a unit */
    ZP_WAY_CHOICE,  /* of options */
    ZP_WAY_PICTURE, /* of a drawing: left out, said */
} ZpWay;

/* The look that some declarations made last. */
typedef struct {
    ZpHtmlLook parent, look;
    ZpHtmlTag tag;
    guint count; /* of values; 0: there is none */
    ZpCssValue values[8];
} ZpHtmlLooked;

typedef struct {
    ZpHtmlPage *page;
    ZpHtmlSheet *sheet; /* (nullable) */
    bool is_quirky;     /* no document type: tables take no colour and size from around them */
    GArray *nodes;      /* of Node */
    GArray *kin;        /* of ZpHtmlKin, beside nodes; only with a sheet */
    guint n_tables;     /* open ones among nodes */
    GString *texts[ZP_WAY_PICTURE + 1]; /* under way, by what becomes of them */
    GString *inserted;              /* also what is meant as deleted and looks as if it were not */
    GString *choice;                /* the option that a <select> shows */
    guint choice_rank;              /* 0: none yet, 1: the first, 2: a selected one */
    bool is_listbox;                /* it shows many options at once, chosen or not */
    ZpPlace at[ZP_WAY_PICTURE + 1]; /* where a text under way began; that of `inserted` first */
    ZpUnseen why;                   /* it is not seen */
    bool has_table;                 /* a table is in it */
    bool is_after_gap;  /* something between this text and the one before it was left out */
    GArray *ruled[3];   /* scratch: of ZpCssValue */
    GHashTable *styles; /* of style attributes that were read: text → GArray of ZpCssValue */
    GStringChunk *strings;
    ZpHtmlLooked looked;
} ZpHtmlSeen;

/**
 * zp_html_seen_init, _clear: begin, end.
 * @sheet: (nullable) (transfer none)
 */
void zp_html_seen_init(ZpHtmlSeen *seen, ZpHtmlPage *page, ZpHtmlSheet *sheet);
void zp_html_seen_clear(ZpHtmlSeen *seen);

typedef enum {
    ZP_SEEN_PASSED, /* it was not kept */
    ZP_SEEN_KEPT,
    ZP_SEEN_LOST, /* it was not kept, in one that takes no room */
    ZP_SEEN_GONE, /* it was kept and takes no room: no table, row or cell of the page's */
} ZpSeenAs;

/**
 * zp_html_seen_start: an element begins.
 * @depth: a number that its end will be told by; larger than those of the elements around it
 * @may_keep: false when there are too many; tables, rows and cells are kept all the same
 */
ZpSeenAs zp_html_seen_start(ZpHtmlSeen *seen, const ZpHtmlElement *element, guint depth,
                            bool may_keep);

/**
 * zp_html_seen_begun: the page knows of the element that was just kept: what stands before its text follows.
 */
void zp_html_seen_begun(ZpHtmlSeen *seen, const ZpHtmlElement *element);

/** zp_html_seen_end: the element of that depth ends, and all that were kept in it. */
void zp_html_seen_end(ZpHtmlSeen *seen, guint depth);

/** zp_html_seen_way: what becomes of text now. */
ZpWay zp_html_seen_way(const ZpHtmlSeen *seen);

/** zp_html_seen_is_gone: whether elements that begin now take no room. */
bool zp_html_seen_is_gone(const ZpHtmlSeen *seen);

/** zp_html_seen_text: a text. */
void zp_html_seen_text(ZpHtmlSeen *seen, const char *text, gsize length);

/** zp_html_seen_break: the end of a line. */
void zp_html_seen_break(ZpHtmlSeen *seen);

/** zp_html_seen_field: an <input> was kept; it shows @text. */
void zp_html_seen_field(ZpHtmlSeen *seen, const char *text);
