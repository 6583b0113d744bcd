/*
 * main.h - the command line, as the library hands it to the program `ziping`.
 *
 * It prints, answers signals and changes limits of its process, so it is for a program that does nothing else:
 * others have ziping.h.
 */
#pragma once

/** zp_main: a command from its words to the exit code of the program. */
int zp_main(int argc, char **argv);
