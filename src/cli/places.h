/*
 * places.h - all that a command reads and all that it writes, and that none of it is both.
 *
 * Layer: cli.
 */
#pragma once

#include "cli/session.h"

/**
 * zp_places_are_apart: whether nothing that the command reads would be written over; says what is wrong.
 *
 * Compared by device and inode, so links and other spellings of a path count; folders are walked, which is
 * asked only where something is there to be written over.  Nothing is read for it but folders.
 */
bool zp_places_are_apart(const ZpSession *session);

/**
 * zp_place_is_below: whether a path is a folder or stands in it, links and other spellings seen through; neither
 * needs to be there.
 */
bool zp_place_is_below(const char *path, const char *folder);
