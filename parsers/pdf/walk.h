/*
 * walk.h - a page's content under way: what content.c and operators.c share.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/pdf/content.h"
#include "parsers/pdf/lexer.h"
#include "parsers/pdf/painter.h"

#define OPERANDS 8

typedef struct {
    qpdf_data qpdf;
    Painter painter;
    PageDrawing *drawing;
    qpdf_oh resources;
    guint depth, depth_max; /* of form XObjects */
    guint n_operators;      /* so far, in all of them */
    gsize n_bytes;          /* of decoded content that may come of what was read so far */
    /* operands of the operator under way */
    double numbers[OPERANDS];
    guint n_numbers;
    char name[64];
    guint string_bytes;
    double text_x, text_y; /* the direction that text runs in, before the transformation */
    ContentLexer *lexer;
} Walk;

/**
 * walk_stream: walk the decoded bytes of a stream, within the limits.  (content.c)
 */
void walk_stream(Walk *walk, qpdf_oh stream);

/**
 * walk_bytes: run the operators of content.  (operators.c)
 */
void walk_bytes(Walk *walk, const char *bytes, gsize length);

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
