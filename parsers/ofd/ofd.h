/*
 * ofd.h - OFD (GB/T 33190), China's format for documents of fixed layout.
 */
#pragma once

#include "parsers/parser.h"

extern const ZpParser zp_ofd_parser;

/**
 * zp_ofd_is: whether a zip's list of entries has OFD.xml, or what is left of an encrypted OFD, at its root.
 * @input: the whole file; of a beginning nothing is known
 */
bool zp_ofd_is(GBytes *input);
