/*
 * evidence.h - what a label is that no spelling and no composition explains, and what is said of it.
 *
 * A head or row label may be misprinted by one character (R06), or be the only one left for the column that is
 * missing (R07).  What stays unknown among the heads of a block is named (D05), with the label it is likest to.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/builder.h"

/**
 * evidence_mend_heads: read the misprinted heads of a row by the heads beside them.
 * @first: number of the row's first slot; its slots are the last ones
 */
void evidence_mend_heads(Lines *lines, guint first);

/**
 * evidence_mend: read one token as a misprinted label of some kinds.
 *
 * Returns: whether it is one now; a token that was a label before stays what it was.
 */
bool evidence_mend(const ZpLabels *labels, Token *token, guint64 kinds);

/**
 * evidence_note: list that a label was mended (R06) or inferred (R07), once.
 */
void evidence_note(Builder *builder, Token *token, const char *pointer_format, ...)
    __attribute__((format(printf, 3, 4)));

/**
 * evidence_name_unknown: a D05 for each head without a label whose column holds figures, while the column of a
 * role that its block needs was not found.
 * @rows: (element-type guint) the lines under the header
 */
void evidence_name_unknown(Builder *builder, const Columns *columns, const GArray *rows,
                           BlockKind kind);
