/*
 * draw.h - objects onto a page: rules, areas and glyphs.
 */
#pragma once

#include "parsers/ofd/resources.h"
#include "parsers/print/drawing.h"
#include "parsers/print/ground.h"

/* The greatest picture of a page that stands upright. */
typedef struct {
    guint resource;
    ZpBox at; /* points of the page */
    double area;
} OfdScan;

/* A page under way. */
typedef struct {
    const OfdResources *resources;
    PageDrawing *drawing;
    Painter painter;
    Ground ground;
    guint n_objects; /* so far, those of composite units included */
    guint depth_max; /* of composite units inside each other */
    bool is_spread;  /* a text has no steps: its characters were spread */
    bool has_many_glyphs;
    OfdScan scan;
} OfdDraw;

/**
 * ofd_draw_begin, _end: a page of that size in points.
 * @page: millimetres: its corner is the origin
 */
void ofd_draw_begin(OfdDraw *draw, const double page[4], PageDrawing *drawing);
void ofd_draw_end(OfdDraw *draw);

/**
 * ofd_draw_layers: draw a content's layers of one order, or all of them.
 * @order: an OfdOrder; OFD_ORDERS: all
 */
void ofd_draw_layers(OfdDraw *draw, const OfdContent *content, OfdOrder order);

/**
 * ofd_draw_path: add a path's points.  (path.c)
 * @data: AbbreviatedData
 */
void ofd_draw_path(Painter *painter, const char *data);

/**
 * ofd_path_box: the box around a path's points, as they are written; false when it has none.  (path.c)
 */
bool ofd_path_box(const char *data, double box[4]);

/** ofd_draw_text: show an object's text; the painter's state is the object's.  (text.c) */
void ofd_draw_text(OfdDraw *draw, const OfdContent *content, const OfdObject *object);

/** ofd_text_append: an object's characters, without places.  (text.c) */
void ofd_text_append(GString *out, const OfdContent *content, const OfdObject *object);
