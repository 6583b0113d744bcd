/*
 * costs.h - the numbers of costs.def by their names.
 *
 * Layer: recognise.
 */
#pragma once

#define COST(name, value, unit, print, what) static const float name = (value);
#include "recognise/costs.def"
#undef COST
