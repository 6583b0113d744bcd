/*
 * lattice.h - columns of spaces read as what they are: a table whose rules were not printed.
 *
 * Whoever prints a table puts each cell's lines below each other in its column, and the cell in the
 * middle (or at the top) of its rows.  So the places alone say which cells there are, whatever
 * their texts mean.  One way through:
 *
 *     lattice.c        lines → bands whose texts stand in the same columns → cells of a table
 *                      (…_pieces.c: the texts of a line, …_cells.c: the cells, and what is in doubt)
 *     lattice_bands.c  which lines are a band, and what stands where in it
 *                      (…_heads.c: its header, …_columns.c: its columns: what no text of another stands over)
 *     lattice_rows.c   the lines of a band → its rows, by the cheapest cut
 *     lattice_page.c   how far apart lines stand, in text and on a page
 *     lattice_spans.c  labels left of the rows → the rows that each stands in the middle of
 *
 * What costs more than a sound print ever does is no lattice: runs_rebuild then asks the labels.  Where
 * that puts texts of several columns into one cell, the lattice is read all the same, and doubted.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/runs.h"

/* Words of one line with single spaces between them. */
typedef struct {
    guint first, count; /* words */
    guint32 line, page;
    float x0, x1, y;
    float width;             /* of its text, in Han characters, however the source counts places */
    guint column, n_columns; /* of its band; a head may stand over several */
    guint64 kinds;           /* ZP_LABEL_BITs: of what labels it is one, or a piece */
    Shape shape;             /* as words_shape says */
    bool is_label;           /* it is a whole one */
    bool is_pair;            /* a label with its value behind a colon */
    bool is_character;       /* one Han character */
    bool is_placeholder;     /* of a blank row: …… */
} LatticePiece;

typedef struct {
    float x0, x1;
    float room;                /* the widest text */
    guint n_figures, n_pieces; /* below the header */
    bool has_head, has_pair;
} LatticeColumn;

typedef struct {
    guint first, end; /* lines of the band */
    float y0, y1; /* its first and last line, labels of spanning columns not counted in points */
} LatticeRow;

/* A label that stands left of several rows. */
typedef struct {
    guint column;
    guint first, end;        /* lines with its pieces */
    guint first_row, n_rows; /* the rows beside it */
    bool is_unsure;          /* it may as well begin or end at another row */
    bool has_hole;           /* a line of other texts stands between its own */
} LatticeLabel;

#define LATTICE_COLUMNS_MAX 24

typedef struct {
    guint first, end;        /* lines, the total row among them */
    guint head_end;          /* the line behind its header; first: it has none */
    bool has_bare;           /* labels of spanning columns alone are rows */
    bool is_bare_unsure;     /* they may as well be none, or be some */
    bool is_text;            /* a line of text, no row */
    bool is_funds, is_goals; /* by its header */
    guint n_columns;
    LatticeColumn columns[LATTICE_COLUMNS_MAX];
    guint total; /* the line of the total row, behind the others; 0: none */
    bool knows_levels;
    guint n_levels;   /* columns left of that of the rows' names */
    guint n_spanning; /* columns, from the left, whose labels stand beside several rows */
    guint *grid;      /* lines × columns → index of the piece + 1 */
    GArray *rows;     /* of LatticeRow */
    GArray *labels;   /* of LatticeLabel, of the spanning columns */
    float cost;
    bool is_sound; /* it costs no more than a sound print does; else nothing of it is sure */
} LatticeBand;

typedef struct {
    Runs *runs;
    GArray *pieces; /* of LatticePiece, by line, then x */
    guint *starts;  /* index of the first piece of each line, and one behind the last */
    guint n_lines;
    GPtrArray *bands; /* of LatticeBand */
    bool is_top;      /* cells stand at the top of their rows, else in the middle */
    float odd;   /* where one line stands beside two: -0.5 the upper, 0.5 the lower, 0 unknown */
    float pitch; /* between the lines of a cell, in lines of the runs */
    float gap, rows; /* what is more is blank space, and between rows of one line, in pitches */
    float slack,
        off; /* how far a text stands off its place where nothing is odd; what more of it weighs */
    bool
        is_padded; /* rows stand further apart than the lines of a cell: what is one pitch apart is one cell */
} Lattice;

static inline LatticePiece *lattice_piece(const Lattice *lattice, guint k)
{
    return &g_array_index(lattice->pieces, LatticePiece, k);
}

/* Heights are in lines of a cell. */
static inline float lattice_y(const Lattice *lattice, guint line)
{
    return runs_line(lattice->runs, line)->y / lattice->pitch;
}

/* The piece of a line in a column of its band; NULL when there is none. */
static inline LatticePiece *lattice_at(const Lattice *lattice, const LatticeBand *band, guint line,
                                       guint column)
{
    guint k = band->grid[(line - band->first) * band->n_columns + column];
    return k ? lattice_piece(lattice, k - 1) : NULL;
}

/**
 * lattice_text: the text of a piece; its words stand in one run.
 */
const char *lattice_text(const Lattice *lattice, const LatticePiece *piece, gsize *length);

/**
 * lattice_cut_piece: some words of a piece as one of its own.
 */
LatticePiece lattice_cut_piece(const Lattice *lattice, const LatticePiece *piece, guint first,
                               guint count);

/**
 * lattice_find_bands: lines → bands with their columns.
 *
 * Returns: false when the lines are none.
 */
bool lattice_find_bands(Lattice *lattice);
void lattice_band_free(gpointer band);

/**
 * lattice_are_label: whether two pieces are one label together.
 */
bool lattice_are_label(const Lattice *lattice, const LatticePiece *above,
                       const LatticePiece *piece);

/**
 * lattice_open_brackets: how many brackets a text opens and does not close; below 0: closes and did not open.
 */
int lattice_open_brackets(const Lattice *lattice, const LatticePiece *piece);

/**
 * lattice_goes_on: what it costs to take a piece for the next line of the one above it.
 */
float lattice_goes_on(const Lattice *lattice, const LatticeBand *band, const LatticePiece *above,
                      const LatticePiece *piece);

/**
 * lattice_has_bare: whether a line has labels of the first @n columns alone.
 */
bool lattice_has_bare(const Lattice *lattice, const LatticeBand *band, guint n);

/**
 * lattice_cut_rows: the lines of a band into rows; its spanning columns say nothing there.
 * @has_bare: whether a line with labels of spanning columns alone is a row of its own
 *
 * Returns: what the rows cost.
 */
float lattice_cut_rows(const Lattice *lattice, LatticeBand *band, bool has_bare);

/**
 * lattice_doubt_rows: mark the words of rows (Word.is_unsure) that may as well be cut otherwise.
 */
void lattice_doubt_rows(const Lattice *lattice, const LatticeBand *band);

/**
 * lattice_span: the labels of the spanning columns and the rows beside each.
 *
 * Returns: what they cost.
 */
float lattice_span(const Lattice *lattice, LatticeBand *band);

/**
 * lattice_rebuild: append tables with rows and columns, if the runs stand in a lattice.
 * @is_strict: only where each of its bands is sound; else all cells of one that is not are doubtful
 *
 * Returns: whether they do; else nothing was appended.
 */
bool lattice_rebuild(Runs *runs, bool is_strict, Arranged *arranged);
