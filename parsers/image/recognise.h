/*
 * recognise.h - a line of a page through the recogniser.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/image/ctc.h"
#include "parsers/image/lines.h"
#include "parsers/image/runtime.h"

typedef struct {
    Runtime *runtime;
    Alphabet alphabet;
} Recogniser;

/* What the recogniser saw in a line; steps lie @step pixels of the page apart, from @x0 on. */
typedef struct {
    RuntimeOutput output;
    float x0, step;
} Seen;

/**
 * recognise_line: false where it could not be run.  Free with recognise_clear.
 */
bool recognise_line(const Recogniser *recogniser, PIX *grey, const LineBox *line, float em,
                    Seen *seen);
void recognise_clear(const Recogniser *recogniser, Seen *seen);
