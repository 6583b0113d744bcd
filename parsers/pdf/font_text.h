/*
 * font_text.h - a font's codes as characters: what font.c asks for.
 */
#pragma once

#include "parsers/pdf/font.h"

/* The characters of a font's codes, as they are found. */
typedef void (*FontTextFunc)(gpointer data, guint code, const gunichar *chars, guint n);

/**
 * font_text_map: read a /ToUnicode stream.
 * @bytes: the stream, decoded
 */
void font_text_map(const char *bytes, gsize length, FontTextFunc found, gpointer data);

/**
 * font_text_encoding: what the codes of a simple font without /ToUnicode stand for, as far as ASCII,
 * names of characters and the marks of ZapfDingbats go.
 */
void font_text_encoding(qpdf_data qpdf, qpdf_oh dictionary, FontTextFunc found, gpointer data);

/** font_text_gbk: the character of a GBK code, 0 when it is none. */
gunichar font_text_gbk(guint code);
