/*
 * trust.h - which folders' configurations are the user's own.
 *
 * Who runs ziping chose the working folder, and what is above it is theirs or their administrator's.  Any other folder may
 * hold what somebody sent, a `.ziping.yaml` among it that silences the very rules it offends.
 */
#pragma once

#include <stdbool.h>

/**
 * zp_trust_folder: whether a folder is the working folder or above it, compared by device and inode.
 */
bool zp_trust_folder(const char *folder);
