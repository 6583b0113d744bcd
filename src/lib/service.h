/*
 * service.h - the worker program of the library: answers what a handle asks, with workers of its own.
 *
 * A process between the host and those who read, so that the host is never forked and nothing of the sandbox touches
 * it.  This one reads no document: it is as the command `ziping` is, and its workers are as shut in as the command's.
 */
#pragma once

/* There is no library at the other end. */
#define ZP_SERVICE_ALONE 2

/**
 * zp_service_main: the worker program, from its start by the library to its end.
 *
 * Returns: what the program ends with: 0, 1 when it could not begin, or ZP_SERVICE_ALONE.
 *
 * It ends when the library closes its end of the socket (ZP_LINK_FD), or goes.
 */
int zp_service_main(void);
