/*
 * docx_names.h - the elements of a Word text that mean something to us; by what they stand for.
 *
 * Layer: parsers.
 */
#pragma once

#include "parsers/ooxml_xml.h"

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
    RUN_STYLE,
    PARAGRAPH_STYLE,
    PARAGRAPH_PROPERTIES,
    LIST_NUMBER,
    LIST_LEVEL,
    ROW_PROPERTIES,
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
    ALTERNATIVES,
    CHOICE,
    FALLBACK,
    OTHER_FILE,
    OBJECT,
    PICTURE,
    SILENT,
} Token;
