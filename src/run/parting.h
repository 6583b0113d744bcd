/*
 * parting.h - wait for a process of ours to end, but not for ever.
 *
 * Layer: run.
 */
#pragma once

#include <glib.h>
#include <sys/types.h>

/**
 * zp_parting_wait: for a child that has been told to go, or is gone; one that has not left after
 * ZP_LIMIT_PARTING_SECONDS is killed: whoever took it over would keep the whole run waiting.
 *
 * Returns: its status, as waitpid() gives it; 0 when it is no child of ours.
 */
int zp_parting_wait(pid_t child);
