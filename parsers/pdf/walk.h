/*
 * walk.h - a page's content under way: what content.c, operators.c, text.c, layers.c and annots.c share.
 */
#pragma once

#include "parsers/pdf/content.h"
#include "parsers/pdf/lexer.h"
#include "parsers/print/painter.h"

#define OPERANDS 8

/* A string or a number of an array that a text operator shows. */
typedef struct {
    const char *text; /* NULL: a number */
    guint length;
    bool is_hex;
    double number;
} TextItem;

/* Marked content around: BDC … EMC. */
typedef struct {
    bool is_off;       /* of a layer that is off */
    char *actual;      /* (nullable) its /ActualText, UTF-8 */
    guint first_glyph; /* of what is drawn in it */
} Marked;

typedef struct {
    DrawingFile *file;
    qpdf_data qpdf;
    Painter painter;
    Ground ground;
    PageDrawing *drawing;
    qpdf_oh resources;
    guint depth, depth_max; /* of form XObjects */
    guint n_operators;      /* so far, in all of them */
    gsize n_bytes;          /* of decoded content that may come of what was read so far */
    /* operands of the operator under way */
    double numbers[OPERANDS];
    guint n_numbers;
    char name[64], first_name[64]; /* the last one, and the first */
    GArray *items;                 /* of TextItem: strings, and numbers of arrays */
    guint actual_item;             /* the one behind /ActualText, plus 1; 0: none */
    bool in_array;
    Matrix text, line; /* text and line matrix */
    GByteArray *string;
    GArray *marked; /* of Marked */
    guint n_dropped_marks;
    ContentLexer *lexer;
} Walk;

/** walk_stream: walk the decoded bytes of a stream, within the limits.  (operators.c) */
void walk_stream(Walk *walk, qpdf_oh stream);

/** walk_bytes: run the operators of content.  (operators.c) */
void walk_bytes(Walk *walk, const char *bytes, gsize length);

/** walk_form: walk a form XObject in a state of its own.  (operators.c) */
void walk_form(Walk *walk, qpdf_oh form);

/** walk_resource: a named resource of a kind, null when there is none. */
qpdf_oh walk_resource(const Walk *walk, const char *kind, const char *name);

/** walk_lose: some content cannot be read. */
void walk_lose(Walk *walk);

/** colour_fill … colour_state: the operators of colours and of graphics states.  (colours.c) */
void colour_fill(Walk *walk);
void colour_stroke(Walk *walk);
void colour_fill_parts(Walk *walk);
void colour_stroke_parts(Walk *walk);
void colour_fill_space(Walk *walk);
void colour_stroke_space(Walk *walk);
void colour_state(Walk *walk);

/** text_begin … text_show: the text operators.  (text.c) */
void text_begin(Walk *walk);
void text_font(Walk *walk);
void text_set_font(Walk *walk, qpdf_oh font, double size);
void text_matrix(Walk *walk);
void text_move(Walk *walk);
void text_move_leading(Walk *walk);
void text_next_line(Walk *walk);
void text_show(Walk *walk);
void text_show_next(Walk *walk);
void text_show_spaced(Walk *walk);

/**
 * layer_is_off: whether an optional content group, or a membership of several, is not shown.  (layers.c)
 */
bool layer_is_off(Walk *walk, qpdf_oh group);

/**
 * layers_off: the groups that are off when the document is opened.  (layers.c)
 *
 * Returns: (nullable) a set of object numbers.
 */
GHashTable *layers_off(qpdf_data qpdf);

/** marked_begin, marked_begin_with, marked_end: BMC, BDC, EMC.  (layers.c) */
void marked_clear(gpointer marked);
void marked_begin(Walk *walk);
void marked_begin_with(Walk *walk);
void marked_end(Walk *walk);

/**
 * text_append_utf8: a text string (UTF-16 or UTF-8 with their marks, else Latin) as UTF-8.  (text.c)
 */
void text_append_utf8(GString *out, const guint8 *bytes, gsize length);

/**
 * annots_walk: what annotations show over the page, and what fields and typed notes say.  (annots.c)
 */
void annots_walk(Walk *walk, qpdf_oh page);

/**
 * annots_are_redrawn: whether viewers draw fields by their values, whatever was drawn before.  (annots.c)
 */
bool annots_are_redrawn(qpdf_data qpdf);

/**
 * walk_read_numbers: an array of just @n numbers.
 *
 * Returns: false when it is anything else.
 */
bool walk_read_numbers(qpdf_data qpdf, qpdf_oh array, guint n, double *out);

/**
 * walk_forget_errors: qpdf keeps errors until they are asked for, and prints those that never are.
 */
void walk_forget_errors(qpdf_data qpdf);
