/*
 * ziping.c - the program: all that it does is in the library.
 */
#include "cli/main.h"

int main(int argc, char **argv)
{
    return zp_main(argc, argv);
}
