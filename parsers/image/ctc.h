/*
 * ctc.h - what a recogniser's output says: freely, and as a figure.
 *
 * Pure arithmetic over the shares that a model gives each character at each step; knows no picture.
 *
 * Layer: parsers.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The characters of a model by class; class 0 is the blank between characters. */
typedef struct {
    gunichar *chars;
    guint n; /* classes, the blank and the space behind the last line included */
    guint8 *
        symbols; /* by class: index in FIGURE_SYMBOLS + 1 that it may stand for in a figure; 0: none */
} Alphabet;

/* What a figure is made of; ≥ stands for > too, and ≤ for <: which of them is told by its shape. */
#define FIGURE_SYMBOLS 17
extern const gunichar FIGURE_CHARS[FIGURE_SYMBOLS];

/**
 * alphabet_read: from the file of keys, one character a line.
 *
 * Returns: false where it is no such file.
 */
bool alphabet_read(Alphabet *alphabet, const char *text, gsize length);
void alphabet_clear(Alphabet *alphabet);

/* One character of a free reading. */
typedef struct {
    gunichar c;
    float share;      /* at its best step */
    guint first, end; /* its steps */
    guint peak;       /* the best of them */
    bool is_sign;     /* told by its ink: it is no part of what the steps say */
} CtcChar;

/**
 * ctc_free: the best path.
 *
 * Returns: (element-type CtcChar) spaces included.
 */
GArray *ctc_free(const Alphabet *alphabet, const float *shares, guint n_steps);

/* A reading as a figure. */
typedef struct {
    char text[64]; /* UTF-8 of FIGURE_CHARS */
    float share;   /* of all that was kept */
} CtcFigure;

/**
 * ctc_figures: the likeliest readings as characters of a figure, best first.
 * @shares: of the steps that the figure takes
 * @out: room for @most
 *
 * Returns: how many there are.
 */
guint ctc_figures(const Alphabet *alphabet, const float *shares, guint n_steps, CtcFigure *out,
                  guint most);

/**
 * figure_symbol: which of FIGURE_CHARS a character may stand for in a figure; -1: none.
 */
int figure_symbol(gunichar c);
