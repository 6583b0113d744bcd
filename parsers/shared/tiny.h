/*
 * tiny.h - when letters are too small to be read, in every format that says how large they are in points.
 */
#pragma once

/* Points, on a sheet of A4: tables that were shrunk onto a page are printed at 3 and can be read. */
#define ZP_TINY_POINTS 2
