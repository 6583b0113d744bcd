/*
 * reading.h - a line of text with its places, its doubts and its other readings.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/image/recognise.h"

/* A character and where it stands, in pixels of the page. */
typedef struct {
    gunichar c;
    float x0, x1;
} ReadChar;

typedef struct {
    LineBox box;
    GArray *chars;     /* of ReadChar */
    GPtrArray *others; /* of char *: the line as it may also read, likeliest first */
    float share; /* of the reading; the least of its figures, else the mean of its characters */
    bool has_figure;
    bool is_doubtful; /* a figure's shapes do not agree, or its share is small */
} LineReading;

/**
 * line_read: free with line_reading_free.
 * @ink: without rules and dirt
 * @is_alone: it is all that its cell holds: a low stroke is then a dash and not 一
 *
 * Returns: (nullable) NULL where the recogniser could not be run.
 */
LineReading *line_read(const Recogniser *recogniser, PIX *grey, PIX *ink, const LineBox *box,
                       float em, bool is_alone);
void line_reading_free(LineReading *reading);
