/*
 * guessed.h - doubts about a layout that was guessed from blank space, by what came of it.
 *
 * Layer: recognise.
 */
#pragma once

#include "recognise/builder.h"

/**
 * builder_doubt_guesses: list what is odd in a form that is built, where its columns were guessed; after all other doubts.
 */
void builder_doubt_guesses(Builder *builder);
