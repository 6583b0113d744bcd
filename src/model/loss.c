/*
 * loss.c - the names of what can happen to a text.
 */
#include "model/loss.h"

#include <stddef.h>

const char *zp_loss_name(ZpLossKind kind)
{
    static const char *const NAMES[ZP_LOSS_COUNT] = {
        [ZP_LOSS_UNPLACED_TEXT] = "unplaced-text",     [ZP_LOSS_UNKNOWN_LABEL] = "unknown-label",
        [ZP_LOSS_DOUBTFUL_PLACE] = "doubtful-place",   [ZP_LOSS_UNDECODABLE] = "undecodable",
        [ZP_LOSS_UNMAPPED_GLYPHS] = "unmapped-glyphs", [ZP_LOSS_UNSEEN_TEXT] = "unseen-text",
        [ZP_LOSS_CHANGED_TEXT] = "changed-text",       [ZP_LOSS_LOST_CONTENT] = "lost-content",
    };
    return NAMES[kind];
}
