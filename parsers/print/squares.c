/*
 * squares.c - sorting by counting: how many things each square has, where they begin, then the things.
 */
#include "parsers/print/squares.h"

#include "base/limits.h"

/* Points: the side of a square, and how many there are along a page's side at most. */
#define SQUARE  12.0f
#define SQUARES 256u

static guint square_of(const Grid *grid, float x, float y)
{
    guint across = (guint)CLAMP(x / grid->side, 0.0f, (float)(grid->n_across - 1));
    guint down = (guint)CLAMP(y / grid->side, 0.0f, (float)(grid->n_down - 1));
    return down * grid->n_across + across;
}

/* Sorts things into squares by counting. */
Grid grid_new(const Page *page, gconstpointer data, guint n, GridPlace place)
{
    Grid grid = {.side = MAX(SQUARE, MAX(page->width, page->height) / (float)SQUARES)};
    grid.n_across = (guint)(page->width / grid.side) + 1;
    grid.n_down = (guint)(page->height / grid.side) + 1;
    guint n_squares = grid.n_across * grid.n_down;
    grid.starts = g_new0(guint, n_squares + 2);
    grid.items = g_new(guint, MAX(n, 1));
    float x, y;
    for (guint k = 0; k < n; k++) {
        place(data, k, &x, &y);
        grid.starts[square_of(&grid, x, y) + 2]++;
    }
    for (guint k = 2; k < n_squares + 2; k++)
        grid.starts[k] += grid.starts[k - 1];
    for (guint k = 0; k < n; k++) {
        place(data, k, &x, &y);
        grid.items[grid.starts[square_of(&grid, x, y) + 1]++] = k;
    }
    return grid;
}

void grid_clear(Grid *grid)
{
    g_free(grid->starts);
    g_free(grid->items);
}

Around grid_around(const Grid *grid, float x, float y)
{
    Around around = {0};
    int middle = (int)square_of(grid, x, y), across = (int)grid->n_across;
    for (int down = -1; down <= 1; down++) {
        for (int right = -1; right <= 1; right++) {
            int row = middle / across + down, col = middle % across + right;
            if (row >= 0 && row < (int)grid->n_down && col >= 0 && col < across)
                around.index[around.n++] = (guint)(row * across + col);
        }
    }
    return around;
}

bool grid_step(Grid *grid)
{
    if (grid->n_steps >= ZP_LIMIT_PAGE_CROSSINGS)
        grid->is_over = true;
    else
        grid->n_steps++;
    return !grid->is_over;
}
