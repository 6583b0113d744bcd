/*
 * loss.h - the ways in which a text can fail to become data.
 *
 * Parsers say what happened to what they could not read or left out, the recogniser what it could not
 * place; both become D05 with one of these kinds, which the contract spells.
 */
#pragma once

/* What happened to a text: the `kind` of a D05, but for the last, which becomes D03. */
typedef enum {
    ZP_LOSS_NONE,
    ZP_LOSS_UNPLACED_TEXT,   /* stands in a form's table and belongs to no field */
    ZP_LOSS_UNKNOWN_LABEL,   /* a head or row label of a block that is not understood */
    ZP_LOSS_DOUBTFUL_PLACE,  /* may as well stand in another column or row */
    ZP_LOSS_UNDECODABLE,     /* bytes that are no text in the source's character set */
    ZP_LOSS_UNMAPPED_GLYPHS, /* drawn signs that the font gives no character for */
    ZP_LOSS_UNSEEN_TEXT,     /* stored, but a person does not see it */
    ZP_LOSS_CHANGED_TEXT,    /* a person sees something else than what is stored */
    ZP_LOSS_LOST_CONTENT,    /* damaged, cut off or of a kind that is not read */
    ZP_LOSS_NO_TEXT_LAYER,   /* a page of pictures */
    ZP_LOSS_COUNT,
} ZpLossKind;

/**
 * zp_loss_name: the contract's spelling of a kind of D05: "unseen-text".
 *
 * Returns: (nullable) NULL for ZP_LOSS_NONE and ZP_LOSS_NO_TEXT_LAYER.
 */
const char *zp_loss_name(ZpLossKind kind);
