/*
 * beside.c - what stands in a Word text and is none: drawings, pictures, embedded files, references to notes.
 *
 * A person sees a picture, a chart, a seal over a cell, and may read a figure in it: each is said where it
 * stands.  Pictures around the tables (a letterhead, a photograph) belong to no form and are said once.  A text
 * box that floats over a cell is not read as what the cell holds.
 */
#include "parsers/docx/word.h"

#include <string.h>

static void lose(ZpDocxWord *word, const char *zh, const char *en)
{
    ZpPlace at = zp_docx_place(word);
    zp_document_add_counted(word->document, ZP_LOSS_LOST_CONTENT, &at, zh, en);
}

static void note_object(ZpDocxWord *word, const ZpXmlAttributes *attributes)
{
    g_autofree char *program = zp_xml_dup(attributes, "ProgID");
    const char *kind = program ? program : "?";
    g_autofree char *zh =
        g_strdup_printf("嵌入的对象（%s）没有读取；请把它的内容复制为普通的表格或文字", kind);
    g_autofree char *en = g_strdup_printf(
        "an embedded object (%s) was not read; copy what it holds as a plain table or text", kind);
    lose(word, zh, en);
}

/* The preview of an embedded object goes with the object. */
static void note_picture(ZpDocxWord *word)
{
    ZpPlace at = zp_docx_place(word);
    if (word->unseen)
        return;
    word->has_picture = true;
    if (word->in_object)
        return;
    if (!at.table)
        word->pictures++;
    else if (word->floating)
        lose(word, "浮在单元格上的图片没有读取，它可能盖住文字",
             "a picture that lies over the cell was not read, and may cover text");
    else
        lose(word, "单元格里的图片没有读取", "a picture in the cell was not read");
}

static void hide_drawing(ZpDocxWord *word)
{
    if (!word->unseen)
        word->unseen = word->drawings;
}

/* Drawings of old say in their style that they float, or are hidden. */
static void start_drawing(ZpDocxWord *word, const ZpXmlAttributes *attributes)
{
    g_autofree char *style = zp_xml_dup(attributes, "style");
    word->drawings++;
    if (style && strstr(style, "visibility:hidden"))
        hide_drawing(word);
    if (word->floating || (style && !strstr(style, "position:absolute")))
        return;
    word->floating = word->drawings;
    word->floating_cells = word->open->len;
}

static void start_order(ZpDocxWord *word, const ZpXmlAttributes *attributes)
{
    word->orders++;
    if (!word->reversed && zp_xml_is(attributes, "val", "rtl"))
        word->reversed = word->orders;
}

void zp_docx_beside_start(ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes)
{
    switch (token) {
    case OTHER_FILE:
        lose(word, "正文中嵌入的另一个文件（altChunk）没有读取；请在 Word 中打开后另存",
             "another file inside the text (altChunk) was not read; open and save the document in "
             "Word");
        break;
    case OBJECT:
        note_object(word, attributes);
        break;
    case CHART:
        lose(word, "嵌入的图表没有读取", "an embedded chart or diagram was not read");
        break;
    case PICTURE:
        note_picture(word);
        break;
    case EMBEDDING:
        word->in_object = true;
        break;
    case FLOATING:
        start_drawing(word, attributes);
        break;
    case INLINE:
        word->drawings++;
        break;
    case DRAWING_PROPERTIES:
        if (word->drawings && zp_xml_flag(attributes, "hidden", false))
            hide_drawing(word);
        break;
    case REVERSED:
        start_order(word, attributes);
        break;
    default:
        break;
    }
}

void zp_docx_beside_end(ZpDocxWord *word, Token token)
{
    if (token == EMBEDDING)
        word->in_object = false;
    if (token == FLOATING || token == INLINE) {
        word->floating = word->floating == word->drawings ? 0 : word->floating;
        word->unseen = word->unseen == word->drawings ? 0 : word->unseen;
        word->drawings--;
    }
    if (token == REVERSED && word->reversed == word->orders--)
        word->reversed = 0;
}

void zp_docx_beside_note(ZpDocxWord *word)
{
    if (!word->pictures || !word->has_text)
        return;
    g_autofree char *zh = g_strdup_printf("表格以外的 %u 张图片没有读取", word->pictures);
    g_autofree char *en =
        g_strdup_printf("%u pictures outside of the tables were not read", word->pictures);
    zp_document_add_note(word->document, ZP_LOSS_LOST_CONTENT, &(ZpPlace){0}, zh, en);
}
