/*
 * lattice_lines.h - what the files that find a lattice's bands share: the pieces of a line, its headers, its columns.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/lattice.h"
#include "recognise/lattice_page.h"
#include "recognise/runs_table.h"

static inline guint n_pieces(const Lattice *lattice, guint line)
{
    return lattice->starts[line + 1] - lattice->starts[line];
}

static inline LatticePiece *line_piece(const Lattice *lattice, guint line, guint k)
{
    return lattice_piece(lattice, lattice->starts[line] + k);
}

static inline bool overlaps(float x0, float x1, float y0, float y1)
{
    return x0 < y1 && y0 < x1;
}

static inline bool is_figure(const LatticePiece *piece)
{
    return shape_is_figure(piece->shape);
}

/* Whether a blank line, or nothing, stands above a line.  How far a page's first line is from the one before says nothing. */
static inline bool has_gap(const Lattice *lattice, guint line)
{
    if (!line || line >= lattice->n_lines)
        return true;
    return !(lattice->runs->in_points && lattice_has_break(lattice, line - 1, line)) &&
           lattice_y(lattice, line) - lattice_y(lattice, line - 1) > lattice->gap;
}

/**
 * lattice_is_prose: whether a text is one of sentences: no label, whatever it is made of.
 */
bool lattice_is_prose(const char *text, gsize length);

/**
 * lattice_is_row_label: a label that stands beside a row, or in the form's head: no column's.  (lattice_heads.c)
 */
bool lattice_is_row_label(const LatticePiece *piece);

/**
 * lattice_n_heads: how many texts of a line are heads of these kinds, or pieces of such.
 */
guint lattice_n_heads(const Lattice *lattice, guint line, guint64 heads);

/**
 * lattice_begins_header: whether a line holds heads of one block, two at least, and hardly anything else.
 */
bool lattice_begins_header(const Lattice *lattice, guint line);

/**
 * lattice_header_end: the line behind the header that begins at a line; the line itself when none does.
 */
guint lattice_header_end(const Lattice *lattice, guint line);

/**
 * lattice_is_block_column: whether a column left of a header's first head holds the label of the block.
 */
bool lattice_is_block_column(const Lattice *lattice, const LatticeBand *band, guint column);

/**
 * lattice_find_columns: the columns over which a text stands.  (lattice_columns.c)
 * @first: set to the first one, or to where a new one would stand
 *
 * Returns: how many.
 */
guint lattice_find_columns(const LatticeBand *band, float x0, float x1, guint *first);

/**
 * lattice_fit_line: give each text of a line its column.
 *
 * Returns: false, and nothing is changed, when the line does not stand in the band's columns.
 */
bool lattice_fit_line(const Lattice *lattice, LatticeBand *band, guint line);

/**
 * lattice_split_line: cut texts of a line that stand over several columns between words, where that puts each part
 * over its own.
 */
void lattice_split_line(Lattice *lattice, const LatticeBand *band, guint line);

/**
 * lattice_add_pieces: the texts of all lines.  (lattice_pieces.c)
 */
void lattice_add_pieces(Lattice *lattice);

/**
 * lattice_may_be_rows: whether a band without a header goes on right below a block and has a label such as the
 * block's rows have.  (lattice.c)
 * @above: (nullable) the band above
 */
bool lattice_may_be_rows(const Lattice *lattice, const LatticeBand *band, const LatticeBand *above);

/**
 * lattice_write_band: the k-th band as rows of a table, its doubts with it.  (lattice_cells.c)
 */
void lattice_write_band(const Lattice *lattice, guint k, RunTables *tables);
