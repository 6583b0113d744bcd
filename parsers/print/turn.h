/*
 * turn.h - pages whose text does not run from left to right as shown.
 */
#pragma once

#include "model/grid.h"

/* Which way text runs on the page as shown, by degrees clockwise. */
typedef enum {
    TURN_0,
    TURN_90,
    TURN_180,
    TURN_270,
    TURN_COUNT,
    TURN_ASKEW = TURN_COUNT, /* along neither side of the page: a watermark, a seal's ring */
    TURN_ALL
} Turn;

/**
 * turn_of: the way of a line that runs so far right and down; TURN_ASKEW when it runs off both sides of the page.
 */
Turn turn_of(double right, double down);

/**
 * box_turn, box_turn_back: a box of a page of that size (as shown), seen with its text upright,
 * and back.
 */
ZpBox box_turn(const ZpBox *box, Turn turn, float width, float height);
ZpBox box_turn_back(const ZpBox *box, Turn turn, float width, float height);
