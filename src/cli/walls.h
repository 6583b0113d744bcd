/*
 * walls.h - what shuts the workers in, and what to do where a wall is missing.
 */
#pragma once

#include "cli/session.h"

/**
 * zp_walls_stand: say, once, which walls are missing: left out by --no-sandbox, or not to be had on this system.
 *
 * Returns: false when --require-sandbox is given and one is: nothing may be read.
 */
bool zp_walls_stand(const ZpSession *session);
