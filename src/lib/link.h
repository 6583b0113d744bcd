/*
 * link.h - what the library and its worker programs say to each other, over a socket.
 *
 *     library                                worker program
 *     HELLO  version, options of the handle ─▶
 *                                           ◀─ READY  JSON about it, or ERROR
 *     CHECK  name, options  + folder, bytes ─▶
 *                                           ◀─ RESULT  JSON, or ERROR code, Chinese, English
 *
 * Both are of one version, which the HELLO makes sure of.  Neither reads a document: the worker program's own
 * workers do, whose answers run/record.h takes as hostile.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum {
    ZP_FRAME_HELLO,
    ZP_FRAME_READY,
    ZP_FRAME_CHECK,
    ZP_FRAME_CONVERT,
    ZP_FRAME_RESULT,
    ZP_FRAME_ERROR,
    ZP_FRAME_COUNT,
} ZpFrameKind;

/* Texts of a frame. */
#define ZP_FRAME_TEXTS 2

typedef struct {
    ZpFrameKind kind;
    guint32 code;                /* of ZP_FRAME_ERROR: a ZpErrorCode */
    char *texts[ZP_FRAME_TEXTS]; /* (nullable) */
    int folder;                  /* what relative paths start from; -1: none rides along */
    int bytes;                   /* a document; likewise */
} ZpFrame;

/* Where a worker program has its end. */
#define ZP_LINK_FD 3

/**
 * zp_link_send: all of a frame; its descriptors stay the caller's.
 *
 * Returns: false when nobody listens any more.
 */
bool zp_link_send(int socket, const ZpFrame *frame);

/**
 * zp_link_receive: wait for a frame; to be cleared in any case.
 *
 * Returns: false when there will be none, or what came is none.
 */
bool zp_link_receive(int socket, ZpFrame *frame);

/** zp_frame_clear: frees texts, and closes descriptors. */
void zp_frame_clear(ZpFrame *frame);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ZpFrame, zp_frame_clear)
