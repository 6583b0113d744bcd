/*
 * ending.h - what a signal that ends the program leaves behind: nothing.
 *
 * Files under a name of their own until they are complete go when SIGHUP, SIGINT, SIGQUIT, SIGTERM or
 * SIGXCPU comes; the program then ends by that very signal, as a shell expects (128 + its number).
 * A signal that was ignored when the program began (nohup) stays so.  A file that may not grow any
 * more (ulimit -f) is a writing error like a full disk, not a signal.
 *
 * A handler has nothing but the process to hold on to, so this is the one state that is nobody's: the
 * list of files, and where to tell instead of ending.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/**
 * zp_ending_prepare: from now on signals end the program as above; to be called once, first.
 *
 * A process forked from this one has the handlers, too: there they end it and remove nothing.
 */
void zp_ending_prepare(void);

/**
 * zp_ending_ask: SIGHUP (unless ignored), SIGINT and SIGTERM are told instead, for an end in order.
 *
 * A second signal, or ZP_ENDING_SECONDS without the end, does what a first one does otherwise.
 *
 * Returns: a descriptor that can be read from then on when one came; -1 with errno.
 */
int zp_ending_ask(void);

/* What an end in order may take. */
#define ZP_ENDING_SECONDS 5u

/**
 * zp_aside_open: a new file that goes with the program unless it is complete before.
 * @name: ends with XXXXXX, which is replaced; must stay as it is until zp_aside_keep or _drop
 * @flags, @mode: as of open()
 *
 * Returns: its descriptor; -1 with errno.
 */
int zp_aside_open(char *name, int flags, int mode);

/**
 * zp_aside_keep: it is complete, and replaces what is at @path.
 *
 * Returns: false with errno; then it is removed.
 */
bool zp_aside_keep(char *name, const char *path);

/** zp_aside_drop: remove it. */
void zp_aside_drop(char *name);
