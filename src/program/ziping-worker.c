/*
 * ziping-worker.c - the program that the library starts where workers are asked for.
 */
#include "lib/service.h"

#include <stdio.h>

int main(void)
{
    int status = zp_service_main();
    if (status == ZP_SERVICE_ALONE)
        fputs("ziping-worker: libziping starts it, and nobody else needs to\n", stderr);
    return status;
}
