/*
 * names.h - the elements of a Word text that mean something to us; by what they stand for.
 */
#pragma once

#include "parsers/ooxml/xml.h"

typedef enum {
    DOCUMENT = 1,
    TABLE,
    ROW,
    CELL,
    PARAGRAPH,
    RUN,
    TEXT,
    DELETED_TEXT,
    BREAK,
    TAB,
    HYPHEN,
    SYMBOL,
    GRID_SPAN,
    V_MERGE,
    GRID_BEFORE,
    VANISH,
    STRIKE,
    DOUBLE_STRIKE,
    RAISED,
    SIZE,
    SCALE,
    SPACING,
    COLOUR,
    SHADE,
    HIGHLIGHT,
    FILL,
    FILL_NONE,
    FILL_CLEAR,
    FILL_COLOUR,
    RUN_PROPERTIES,
    RUN_STYLE,
    PARAGRAPH_STYLE,
    PARAGRAPH_PROPERTIES,
    LIST_NUMBER,
    LIST_LEVEL,
    ROW_PROPERTIES,
    ROW_HEIGHT,
    ROW_HIDDEN,
    CELL_PROPERTIES,
    TABLE_PROPERTIES,
    TABLE_STYLE,
    DELETION,
    INSERTION,
    CELL_DELETION,
    CELL_INSERTION,
    CELL_MERGE,
    H_MERGE,
    FIELD,
    INSTRUCTION,
    FORM_FIELD_BOX,
    FORM_FIELD_STATE,
    FORM_FIELD_RESULT,
    FORM_FIELD_ENTRY,
    FONTS,
    MATH_BOTTOM,
    MATH_ABOVE,
    MATH_BELOW,
    MATH_ROOT,
    MATH_BRACKET,
    TEXT_BOX,
    OTHER_FILE,
    OBJECT,
    PICTURE,
    EMBEDDING,
    FLOATING,
    INLINE,
    DRAWING_PROPERTIES,
    CHART,
    REVERSED,
    FOOTNOTE,
    ENDNOTE,
    COMMENT,
    SIMPLE_FIELD,
    STYLE,
    BASED_ON,
    CONDITIONAL,
    DEFAULTS,
    SILENT,
} Token;

/* What says how a text looks (look.h), in the text and in styles. */
#define ZP_DOCX_LOOK_NAMES                                                                         \
    {ZP_XML_WORD, "vanish", VANISH}, {ZP_XML_WORD, "strike", STRIKE},                              \
        {ZP_XML_WORD, "dstrike", DOUBLE_STRIKE}, {ZP_XML_WORD, "vertAlign", RAISED},               \
        {ZP_XML_WORD, "sz", SIZE}, {ZP_XML_WORD, "w", SCALE}, {ZP_XML_WORD, "spacing", SPACING},   \
        {ZP_XML_WORD, "color", COLOUR}, {ZP_XML_WORD, "shd", SHADE},                               \
        {ZP_XML_WORD, "highlight", HIGHLIGHT}, {ZP_XML_WORD_2010, "textFill", FILL},               \
        {ZP_XML_WORD_2010, "noFill", FILL_NONE}, {ZP_XML_WORD_2010, "alpha", FILL_CLEAR},          \
        {ZP_XML_WORD_2010, "srgbClr", FILL_COLOUR},                                                \
    {                                                                                              \
        ZP_XML_WORD_2010, "schemeClr", FILL_COLOUR                                                 \
    }
