/*
 * places.h - all that a command reads and all that it writes, and that none of it is both.
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
 * zp_places_has_written: whether something is there to be written over; zp_places_check_read: that a path is none of it,
 * for a command that learns what was read only from records.
 * @error: ZP_ERROR_USAGE
 */
bool zp_places_has_written(const ZpSession *session);
bool zp_places_check_read(const ZpSession *session, const char *path, GError **error);

/**
 * zp_place_is_below: whether a path is a folder or stands in it, links and other spellings seen through; neither
 * needs to be there.
 */
bool zp_place_is_below(const char *path, const char *folder);
