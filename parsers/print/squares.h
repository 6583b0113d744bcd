/*
 * squares.h - things by the squares of a page that their middles lie in.
 *
 * What stands at a place is then found among the few things of the squares around it.
 */
#pragma once

#include "parsers/print/page.h"

/* In em: middles of characters that are so close stand in one place. */
#define ONE_PLACE 0.35f

typedef struct {
    float side;
    guint n_across, n_down;
    guint *starts, *items; /* by square; starts has one more than there are squares */
    guint n_steps;
    bool is_over;
} Grid;

typedef void (*GridPlace)(gconstpointer data, guint k, float *x, float *y);

typedef struct {
    guint index[9], n; /* the squares around a place */
} Around;

/**
 * grid_new: sort things into squares.
 * @place: where the k-th of them stands
 */
Grid grid_new(const Page *page, gconstpointer data, guint n, GridPlace place);
void grid_clear(Grid *grid);

/** grid_around: the squares in which the things around a place are. */
Around grid_around(const Grid *grid, float x, float y);

/** grid_step: count a step; false past ZP_LIMIT_PAGE_CROSSINGS. */
bool grid_step(Grid *grid);

/* Each thing around a place, within the limit of steps. */
#define GRID_FOR(grid, around, item)                                                               \
    for (guint s_ = 0; s_ < (around).n; s_++)                                                      \
        for (guint i_ = (grid)->starts[(around).index[s_]], item;                                  \
             i_ < (grid)->starts[(around).index[s_] + 1] && grid_step(grid) &&                     \
             ((item) = (grid)->items[i_], true);                                                   \
             i_++)
