/*
 * ziping-worker.c - the program that the library starts where workers are asked for.
 */
#include "lib/service.h"

int main(void)
{
    return zp_service_main();
}
