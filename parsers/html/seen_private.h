/*
 * seen_private.h - what seen.c and said.c share.
 */
#pragma once

#include "parsers/html/seen.h"

/* One element that was kept. */
typedef struct {
    const char *name;
    ZpHtmlLook look;
    guint depth;
    guint8 tag, way;
    bool is_closed; /* a <details> that shows its summary only */
    bool has_table; /* its <table>, row or cell is the page's */
    bool is_chosen; /* an <option> */
    guint children;
    ZpHtmlWho last;     /* the child before */
    const char *behind; /* (nullable) what stands behind its text (::after) */
    ZpHtmlLook behind_look;
} ZpHtmlNode;

static inline ZpHtmlNode *zp_seen_top(const ZpHtmlSeen *seen)
{
    return &g_array_index(seen->nodes, ZpHtmlNode, seen->nodes->len - 1);
}

/* Bytes of a text that is left out; nobody is told more of it. */
#define LEFT_OUT_MAX 400

/** zp_seen_give: a text in an element of that look. */
void zp_seen_give(ZpHtmlSeen *seen, const ZpHtmlLook *look, ZpWay way, const char *text,
                  gsize length);

/** zp_seen_place: where the page is now. */
ZpPlace zp_seen_place(const ZpHtmlSeen *seen);

/**
 * zp_seen_flush: an element ends: say what was left out, unless the one around it goes on with it.
 */
void zp_seen_flush(ZpHtmlSeen *seen, const ZpHtmlNode *ended, const ZpHtmlNode *around);

/** zp_seen_picture: an element that shows what is no text. */
void zp_seen_picture(ZpHtmlSeen *seen, const ZpHtmlElement *element);

/** zp_seen_perhaps: a selector that was not understood may hide what was just begun. */
void zp_seen_perhaps(ZpHtmlSeen *seen, const char *selector);
