/*
 * typed.h - a text as a person sees it: what backspaces, escape sequences and struck characters make of it.
 */
#pragma once

#include "parsers/shared/decode.h"

typedef enum {
    ZP_TYPED_TEXT, /* as a terminal and an editor show it */
    ZP_TYPED_MARKS /* only characters that Unicode strikes out */
} ZpTypedAs;

/**
 * zp_typed_show: put in the place of a text what is seen of it, and say in the document what was left out.
 * @decoded: where anything is not as it is stored its text is replaced, and is then whole no more
 *
 * Line ends stay where they are, and what is left out between other text becomes blanks as wide as it.
 */
void zp_typed_show(ZpDecoded *decoded, ZpTypedAs as, ZpDocument *document);
