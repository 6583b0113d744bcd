/*
 * end.h - why a worker has not answered, in words.
 */
#pragma once

#include "run/task.h"

/**
 * zp_end_set_error: what becomes the D01 of its input.
 * @number: the signal of ZP_END_CRASH; 0: it ended by itself
 */
void zp_end_set_error(ZpEnd end, int number, GError **error);
