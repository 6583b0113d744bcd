/*
 * body.c - the text of a Word document: the events of word/document.xml into tables and lines.
 *
 *     w:body ─ w:p ─ w:r ─ w:t                      text around the tables: lines
 *            └ w:tbl ─ w:tr ─ w:tc ─ w:p ─ w:r ─ w:t   the innermost open cell owns the text
 *
 * Content controls (w:sdt), hyperlinks and the like are passed through.  A text box is read where
 * it is anchored.  Tracked changes are read as accepted; what of the text a person sees is
 * seen.c's to say.  Headers, footers, notes and comments are other parts and not read: they belong to
 * no form.
 *
 * Source: ECMA-376 part 1, 17.
 */
#include "base/error.h"
#include "base/limits.h"
#include "parsers/docx/names.h"
#include "parsers/docx/word.h"

/* Twentieths of a point: of an exact row of 2 points there is a line to be seen and no text. */
#define ROW_HEIGHT_MIN 40

#define W ZP_XML_WORD
static const ZpXmlName NAMES[] = {
    {W, "document", DOCUMENT},
    {W, "tbl", TABLE},
    {W, "tr", ROW},
    {W, "tc", CELL},
    {W, "p", PARAGRAPH},
    {ZP_XML_DRAWING, "p", PARAGRAPH},
    {W, "r", RUN},
    {W, "t", TEXT},
    {ZP_XML_MATH, "t", TEXT},
    {ZP_XML_DRAWING, "t", TEXT},
    {W, "delText", DELETED_TEXT},
    {W, "br", BREAK},
    {W, "cr", BREAK},
    {W, "tab", TAB},
    {W, "ptab", TAB},
    {W, "noBreakHyphen", HYPHEN},
    {W, "sym", SYMBOL},
    {W, "gridSpan", GRID_SPAN},
    {W, "vMerge", V_MERGE},
    {W, "gridBefore", GRID_BEFORE},
    ZP_DOCX_LOOK_NAMES,
    {W, "rPr", RUN_PROPERTIES},
    {W, "rStyle", RUN_STYLE},
    {W, "pStyle", PARAGRAPH_STYLE},
    {W, "pPr", PARAGRAPH_PROPERTIES},
    {W, "numId", LIST_NUMBER},
    {W, "ilvl", LIST_LEVEL},
    {W, "trPr", ROW_PROPERTIES},
    {W, "hidden", ROW_HIDDEN},
    {W, "trHeight", ROW_HEIGHT},
    {W, "tcPr", CELL_PROPERTIES},
    {W, "tblPr", TABLE_PROPERTIES},
    {W, "tblStyle", TABLE_STYLE},
    {W, "del", DELETION},
    {W, "moveFrom", DELETION},
    {W, "ins", INSERTION},
    {W, "moveTo", INSERTION},
    {W, "cellDel", CELL_DELETION},
    {W, "cellIns", CELL_INSERTION},
    {W, "cellMerge", CELL_MERGE},
    {W, "hMerge", H_MERGE},
    {W, "rFonts", FONTS},
    {W, "fldChar", FIELD},
    {W, "instrText", INSTRUCTION},
    {W, "checkBox", FORM_FIELD_BOX},
    {W, "default", FORM_FIELD_STATE},
    {W, "checked", FORM_FIELD_STATE},
    {W, "result", FORM_FIELD_RESULT},
    {W, "listEntry", FORM_FIELD_ENTRY},
    {ZP_XML_MATH, "den", MATH_BOTTOM},
    {ZP_XML_MATH, "sup", MATH_ABOVE},
    {ZP_XML_MATH, "sub", MATH_BELOW},
    {ZP_XML_MATH, "rad", MATH_ROOT},
    {ZP_XML_MATH, "d", MATH_BRACKET},
    {W, "txbxContent", TEXT_BOX},
    {W, "altChunk", OTHER_FILE},
    {W, "subDoc", OTHER_FILE},
    {ZP_XML_OFFICE, "OLEObject", OBJECT},
    {W, "control", OBJECT},
    {W, "object", EMBEDDING},
    {ZP_XML_DRAWING, "blip", PICTURE},
    {ZP_XML_VECTOR, "imagedata", PICTURE},
    {ZP_XML_CHART, "chart", CHART},
    {ZP_XML_CHART, "relIds", CHART},
    {ZP_XML_DRAWING_PLACE, "anchor", FLOATING},
    {ZP_XML_DRAWING_PLACE, "inline", INLINE},
    {ZP_XML_DRAWING_PLACE, "docPr", DRAWING_PROPERTIES},
    {ZP_XML_VECTOR, "shape", FLOATING},
    {ZP_XML_VECTOR, "rect", FLOATING},
    {ZP_XML_VECTOR, "roundrect", FLOATING},
    {ZP_XML_VECTOR, "oval", FLOATING},
    {ZP_XML_VECTOR, "group", FLOATING},
    {W, "bdo", REVERSED},
    {W, "footnoteReference", FOOTNOTE},
    {W, "endnoteReference", ENDNOTE},
    {W, "commentReference", COMMENT},
    {W, "fldSimple", SIMPLE_FIELD},
    {W, "objectEmbed", OBJECT},
    {W, "objectLink", OBJECT},
    /* What looks like text or properties and is neither: tab stops, what was before a change, the
     * reading above a character, the settings of a control. */
    {W, "tabs", SILENT},
    {W, "tblGrid", SILENT},
    {W, "sectPr", SILENT},
    {W, "sdtPr", SILENT},
    {W, "rt", SILENT},
    {W, "rPrChange", SILENT},
    {W, "pPrChange", SILENT},
    {W, "tcPrChange", SILENT},
    {W, "trPrChange", SILENT},
    {W, "tblPrExChange", SILENT},
    {W, "tblPrChange", SILENT},
    {0},
};

static void flush_around(ZpDocxWord *word)
{
    GString *text = word->around.shown;
    zp_docx_flow_settle(&word->around);
    zp_docx_flow_note(&word->around, word->document, &(ZpPlace){0});
    if (zp_text_is_blank(text->str, text->len) || *word->error) {
        g_string_truncate(text, 0);
        return;
    }
    if (!word->lines)
        word->lines = zp_document_add_table(word->document, ZP_TABLE_LINES);
    ZpCell cell = {.text = text->str,
                   .length = (guint32)text->len,
                   .row = word->lines->n_rows,
                   .row_span = 1,
                   .col_span = 1};
    zp_document_add_cell(word->document, word->lines, &cell, word->error);
    g_string_truncate(text, 0);
}

static void end_line(ZpDocxWord *word)
{
    ZpDocxFlow *flow = zp_docx_flow(word);
    if (flow == &word->around)
        flush_around(word);
    else if (flow->shown->len)
        g_string_append_c(flow->shown, '\n');
}

static void start_table(ZpDocxWord *word)
{
    guint most = zp_limits_depth(&word->document->limits, ZP_LIMIT_NESTED_TABLES);
    if (word->open->len >= most) {
        if (word->skipped++ > 0)
            return;
        g_autofree char *zh = g_strdup_printf(
            "表格嵌套超过 ZP_LIMIT_NESTED_TABLES（--max-depth，%u 层），更深的表格当作文字", most);
        g_autofree char *en = g_strdup_printf(
            "tables are nested deeper than ZP_LIMIT_NESTED_TABLES (--max-depth, %u); deeper "
            "ones were read as text",
            most);
        zp_document_add_loss(word->document, ZP_LOSS_LOST_CONTENT, &(ZpPlace){0}, zh, en);
        return;
    }
    const ZpDocxTable *outer = zp_docx_innermost(word);
    if (!outer)
        flush_around(word);
    word->lines = NULL;
    ZpDocxTable *table = zp_docx_table_new(word->document);
    table->is_hidden = outer && (outer->is_hidden || outer->row_is_hidden);
    g_ptr_array_add(word->open, table);
}

static void end_cell(ZpDocxWord *word)
{
    ZpDocxTable *table = zp_docx_innermost(word);
    zp_docx_fields_forget(word);
    if (table && table->in_cell && !word->skipped && !*word->error)
        zp_docx_table_cell_end(table, word->error);
}

static void end_table(ZpDocxWord *word)
{
    if (word->skipped) {
        word->skipped--;
        return;
    }
    end_cell(word);
    if (word->open->len)
        g_ptr_array_set_size(word->open, (gint)word->open->len - 1);
}

/* The properties of the table, row or cell under way. */
static void read_cell_property(ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes)
{
    ZpDocxTable *table = zp_docx_innermost(word);
    if (!table || word->skipped)
        return;
    if (token == GRID_SPAN)
        table->span = MAX(zp_xml_number(attributes, "val", 1), 1);
    else if (token == V_MERGE)
        table->merge = zp_xml_is(attributes, "val", "restart") ? ZP_DOCX_RESTART : ZP_DOCX_CONTINUE;
    else if (token == GRID_BEFORE && !table->in_cell)
        table->col = MIN(zp_xml_number(attributes, "val", 0), ZP_LIMIT_COLUMNS);
    else if (token == H_MERGE)
        table->continues_left = !zp_xml_is(attributes, "val", "restart");
    else if (token == CELL_DELETION)
        table->is_deleted = true;
    else if (token == CELL_INSERTION)
        table->is_inserted = true;
    else if (token == CELL_MERGE)
        table->merge = zp_xml_is(attributes, "vMerge", "cont") ? ZP_DOCX_CONTINUE : ZP_DOCX_RESTART;
}

/* What holds until a style of its own says otherwise. */
static void start_paragraph(ZpDocxWord *word)
{
    ZpDocxParagraph paragraph = {0};
    zp_docx_look_start(word, &paragraph, NULL);
    g_array_append_val(word->paragraphs, paragraph);
}

static const ZpDocxStyle NO_STYLE;

static void read_paragraph_style(ZpDocxWord *word, const ZpXmlAttributes *attributes)
{
    ZpDocxParagraph *paragraph = zp_docx_paragraph(word);
    g_autofree char *id =
        paragraph && !word->styles->is_plain ? zp_xml_dup(attributes, "val") : NULL;
    if (!id)
        return;
    const ZpDocxStyle *style = g_hash_table_lookup(word->styles->by_id, id);
    zp_docx_look_start(word, paragraph, style ? style : &NO_STYLE);
}

/* The table's own properties, and those of its rows. */
static void read_table_property(ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes)
{
    ZpDocxTable *table = zp_docx_innermost(word);
    if (!table || word->skipped)
        return;
    if (token == TABLE_STYLE && word->in_table_properties && !table->style)
        table->style = zp_xml_dup(attributes, "val");
    else if (token == ROW_HIDDEN && word->in_row_properties)
        table->row_is_hidden = zp_xml_flag(attributes, "val", true);
    else if (token == ROW_HEIGHT && word->in_row_properties)
        table->row_is_hidden |= zp_xml_is(attributes, "hRule", "exact") &&
                                zp_xml_number(attributes, "val", 0) <= ROW_HEIGHT_MIN;
}

static void read_list(const ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes)
{
    ZpDocxParagraph *paragraph = word->in_paragraph_properties ? zp_docx_paragraph(word) : NULL;
    guint number = zp_xml_number(attributes, "val", 0);
    if (paragraph && token == LIST_NUMBER)
        paragraph->list = number;
    else if (paragraph)
        paragraph->level = number;
}

/* The number before the paragraph's text. */
static void end_paragraph_properties(ZpDocxWord *word)
{
    const ZpDocxParagraph *paragraph = zp_docx_paragraph(word);
    word->in_paragraph_properties = false;
    if (!paragraph || !paragraph->list || paragraph->is_joined || zp_docx_is_hidden(word) ||
        zp_docx_is_deleted(word))
        return;
    g_autoptr(GString) number = g_string_new(NULL);
    zp_docx_lists_next(word->lists, paragraph->list, paragraph->level, number);
    zp_docx_field_take(word, number->str, number->len);
}

/* A paragraph whose mark is deleted goes on in the next one. */
static void end_paragraph(ZpDocxWord *word)
{
    const ZpDocxParagraph *paragraph = zp_docx_paragraph(word);
    if (!paragraph || !paragraph->is_joined)
        end_line(word);
    GArray *stack = word->paragraphs;
    if (stack->len)
        g_array_set_size(stack, stack->len - 1);
}

static void start_change(ZpDocxWord *word, Token token)
{
    ZpDocxTable *table = zp_docx_innermost(word);
    if (word->in_row_properties && table) {
        table->row_is_deleted |= token == DELETION;
        table->row_is_inserted |= token == INSERTION;
    }
    if (word->in_paragraph_properties && token == DELETION && zp_docx_paragraph(word))
        zp_docx_paragraph(word)->is_joined = true;
    guint *depth = token == DELETION ? &word->deleted : &word->inserted;
    ++*depth;
}

static void start_in_table(ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes)
{
    ZpDocxTable *table = zp_docx_innermost(word);
    if (token == TABLE)
        start_table(word);
    else if (!table || word->skipped)
        return;
    else if (token == ROW) {
        end_cell(word);
        zp_docx_table_row(table);
    } else {
        end_cell(word);
        zp_docx_table_cell(table);
        table->byte_start = word->byte;
        table->element = attributes->ordinal;
    }
}

static void set_context(ZpDocxWord *word, Token token, bool is_in)
{
    bool *context = token == ROW_PROPERTIES     ? &word->in_row_properties
                    : token == CELL_PROPERTIES  ? &word->in_cell_properties
                    : token == TABLE_PROPERTIES ? &word->in_table_properties
                                                : &word->in_run_properties;
    *context = is_in;
}

/* One row an element; over thirty of them make the switch long. */
static bool start_element(gpointer data, guint number, const ZpXmlAttributes *attributes)
{
    ZpDocxWord *word = data;
    Token token = (Token)number;
    switch (token) {
    case TABLE:
    case ROW:
    case CELL:
        start_in_table(word, token, attributes);
        break;
    case PARAGRAPH:
        start_paragraph(word);
        break;
    case PARAGRAPH_STYLE:
        read_paragraph_style(word, attributes);
        break;
    case PARAGRAPH_PROPERTIES:
        word->in_paragraph_properties = true;
        break;
    case LIST_NUMBER:
    case LIST_LEVEL:
        read_list(word, token, attributes);
        break;
    case ROW_PROPERTIES:
    case CELL_PROPERTIES:
    case TABLE_PROPERTIES:
    case RUN_PROPERTIES:
        set_context(word, token, true);
        break;
    case TABLE_STYLE:
    case ROW_HIDDEN:
    case ROW_HEIGHT:
        read_table_property(word, token, attributes);
        break;
    case GRID_SPAN:
    case V_MERGE:
    case GRID_BEFORE:
    case H_MERGE:
    case CELL_MERGE:
    case CELL_DELETION:
    case CELL_INSERTION:
        read_cell_property(word, token, attributes);
        break;
    case DELETION:
    case INSERTION:
        start_change(word, token);
        break;
    case TEXT_BOX:
        end_line(word);
        word->boxes++;
        break;
    case DOCUMENT:
        word->is_word = true;
        break;
    case SILENT:
        return false;
    default:
        zp_docx_run_start(word, token, attributes);
    }
    return true;
}

static void take_byte(gpointer data, guint32 byte)
{
    ((ZpDocxWord *)data)->byte = byte;
}

static void end_row(ZpDocxWord *word)
{
    end_cell(word);
    if (zp_docx_innermost(word) && !word->skipped)
        zp_docx_table_row_end(zp_docx_innermost(word));
}

static void end_element(gpointer data, guint number)
{
    ZpDocxWord *word = data;
    switch ((Token)number) {
    case TABLE:
        end_table(word);
        break;
    case ROW:
        end_row(word);
        break;
    case CELL:
        if (zp_docx_innermost(word))
            zp_docx_innermost(word)->byte_end = word->byte;
        end_cell(word);
        break;
    case PARAGRAPH:
        end_paragraph(word);
        break;
    case TEXT_BOX:
        end_line(word);
        word->boxes--;
        break;
    case PARAGRAPH_PROPERTIES:
        end_paragraph_properties(word);
        break;
    case ROW_PROPERTIES:
    case CELL_PROPERTIES:
    case TABLE_PROPERTIES:
    case RUN_PROPERTIES:
        set_context(word, (Token)number, false);
        break;
    case DELETION:
        word->deleted--;
        break;
    case INSERTION:
        word->inserted--;
        break;
    default:
        zp_docx_run_end(word, (Token)number);
        break;
    }
}

/* Pages that were scanned into a document. */
static void note_pictures_only(ZpDocxWord *word)
{
    if (word->has_picture && !word->has_text)
        zp_document_add_loss(
            word->document, ZP_LOSS_NO_TEXT_LAYER, &(ZpPlace){0},
            "文档里只有图片，没有文字；请先用文字识别（OCR）软件转成文本",
            "the document holds pictures and no text; run text recognition (OCR) on them first");
}

/* What stands in mark-up that no program shows. */
static void take_unseen(gpointer data, const char *text, gsize length)
{
    zp_docx_say(data, ZP_DOCX_SAID_FOREIGN, text, length);
}

static bool read_body(ZpDocxWord *word, GBytes *part, const char *name)
{
    static const ZpXmlHandler HANDLER = {.names = NAMES,
                                         .start = start_element,
                                         .end = end_element,
                                         .text = zp_docx_run_characters,
                                         .unseen = take_unseen,
                                         .place = take_byte};
    if (!zp_xml_parse_within(part, name, &HANDLER, word, &word->document->limits, word->error))
        return false;
    zp_docx_fields_forget(word);
    flush_around(word);
    note_pictures_only(word);
    zp_docx_beside_note(word);
    if (!word->is_word && !*word->error)
        zp_error_set(word->error, ZP_ERROR_DAMAGED, "部件 %s 不是 Word 正文；请检查文件的类型",
                     "the part %s is no Word text; check the kind of the file", name);
    return !*word->error;
}

bool zp_docx_body(ZpDocument *document, ZpDocxStyles *styles, ZpDocxLists *lists, GBytes *part,
                  const char *name, GError **error)
{
    ZpDocxWord word = {.document = document, .styles = styles, .lists = lists, .error = error};
    word.open = g_ptr_array_new_with_free_func(zp_docx_table_free);
    word.paragraphs = g_array_new(FALSE, TRUE, sizeof(ZpDocxParagraph));
    word.runs = g_array_new(FALSE, TRUE, sizeof(ZpDocxRun));
    word.fields = zp_docx_fields_new();
    zp_docx_flow_init(&word.around);
    bool done = read_body(&word, part, name);
    zp_docx_flow_clear(&word.around);
    g_ptr_array_unref(word.open);
    g_array_unref(word.paragraphs);
    g_array_unref(word.runs);
    g_array_unref(word.fields);
    return done;
}
