/*
 * sha256.h - the name of some bytes: their SHA-256 in hex, by nettle, whose is several times as quick as GLib's where whole
 * documents are hashed.
 */
#pragma once

#include <glib.h>
#include <nettle/sha2.h>

char *zp_sha256_of_bytes(GBytes *bytes);

/**
 * zp_sha256_end: of what a context was given in parts.
 *
 * Returns: (transfer full)
 */
char *zp_sha256_end(struct sha256_ctx *context);
