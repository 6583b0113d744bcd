/*
 * piece.h - a long run of ink in one direction.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/print/marks.h"

#include <leptonica/allheaders.h>

/* Pixels that are a run's side. */
#define PIECE_BESIDE 3

typedef struct {
    ZpBox box;   /* pixels */
    float share; /* of its length that is ink */
    bool is_level, is_kept;
    bool is_stroke;  /* of a character */
    bool is_clean;   /* nothing but itself where it runs */
    bool is_edged;   /* nothing on one of its sides, as where text stands close to a rule */
    bool is_surface; /* the dark ground that a sheet was photographed on */
} Piece;

float piece_length(const Piece *piece);

/**
 * piece_thickness: how thick a run mostly is, in pixels.
 */
l_int32 piece_thickness(PIX *runs, const Piece *piece);

/**
 * piece_look: set share, is_stroke, is_clean and is_edged by the ink along it.
 */
void piece_look(PIX *ink, Piece *piece, float em);

/**
 * piece_is_gap: whether a part between two crossings is text and no rule.
 * @from, @end: along it
 */
bool piece_is_gap(PIX *ink, const Piece *piece, float from, float end, float em);

/**
 * piece_trim: take what only touches the rule out of its run, and narrow its box.
 */
void piece_trim(PIX *runs, Piece *piece);
