/*
 * keep.h - what of a run is kept beside its outputs: --journal, --cache, --shard, --shard-of.
 */
#pragma once

#include "cli/session.h"

/**
 * zp_keep_open_plan: the inputs of --shard-of, and what of them is this shard's; says what is wrong.
 */
bool zp_keep_open_plan(ZpSession *session);

/** zp_keep_words: what only the words decide of them; says what is wrong. */
bool zp_keep_words(ZpSession *session);

/** zp_keep_outputs: likewise, of the outputs. */
bool zp_keep_outputs(const ZpSession *session);

/** zp_keep_open: open journal and cache, when everything else is decided; says what is wrong. */
bool zp_keep_open(ZpSession *session);

/**
 * zp_keep_program: the version and the rules, as a tape's head has them.
 *
 * Returns: (transfer full)
 */
char *zp_keep_program(const ZpRulebook *rulebook);

/**
 * zp_keep_recall: the options of the run that a tape is of, where @arguments has none.
 * @arguments: borrows from @head
 */
void zp_keep_recall(const ZpTapeHead *head, ZpArguments *arguments);

/**
 * zp_keep_head: what the run is, for journals and shards.
 *
 * Returns: (transfer full)
 */
ZpTapeHead *zp_keep_head(const ZpSession *session);
