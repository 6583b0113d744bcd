/*
 * docx_body.c - the text of a Word document: the events of word/document.xml into tables and lines.
 *
 *     w:body ─ w:p ─ w:r ─ w:t                      text around the tables: lines
 *            └ w:tbl ─ w:tr ─ w:tc ─ w:p ─ w:r ─ w:t   the innermost open cell owns the text
 *
 * Content controls (w:sdt), hyperlinks and the like are passed through.  A text box is read where
 * it is anchored, from one branch of mc:AlternateContent only.  Tracked changes are read as
 * accepted; what is deleted or hidden is left out and said in a note.  Headers, footers, notes and
 * comments are other parts and not read: they belong to no form.
 *
 * Source: ECMA-376 part 1, 17; part 3 (AlternateContent).
 */
#include "base/error.h"
#include "base/limits.h"
#include "parsers/docx_names.h"
#include "parsers/docx_private.h"

#include <string.h>

typedef struct {
    ZpDocument *document;
    GHashTable *hidden_styles;
    GPtrArray *open;         /* of ZpDocxTable, the innermost last */
    ZpDocxFlow around;       /* the line around the tables under way */
    ZpTable *lines;          /* (nullable) where such lines go */
    GArray *runs;            /* of bool: whether each open run is hidden */
    GArray *fields;          /* of bool: whether each open field has come to its result */
    GArray *alternatives;    /* of bool: whether a branch of each was taken */
    guint instructions;      /* open fields that have not */
    guint deleted, inserted; /* open tracked changes */
    guint skipped;           /* tables beyond ZP_LIMIT_NESTED_TABLES that are open */
    bool paragraph_is_hidden, in_paragraph_properties, in_row_properties, in_text, is_deleted_text;
    bool is_word;
    GError **error;
} Word;

static ZpDocxTable *innermost(const Word *word)
{
    return word->open->len ? g_ptr_array_index(word->open, word->open->len - 1) : NULL;
}

static bool push(GArray *stack, bool value)
{
    g_array_append_val(stack, value);
    return true;
}

static bool *top(GArray *stack)
{
    return stack->len ? &g_array_index(stack, bool, stack->len - 1) : NULL;
}

static void pop(GArray *stack)
{
    if (stack->len)
        g_array_set_size(stack, stack->len - 1);
}

static ZpDocxFlow *flow_of(Word *word)
{
    ZpDocxTable *table = innermost(word);
    return table && table->in_cell ? &table->flow : &word->around;
}

static bool is_deleted(const Word *word)
{
    const ZpDocxTable *table = innermost(word);
    return word->deleted || word->is_deleted_text ||
           (table && table->in_cell && (table->is_deleted || table->row_is_deleted));
}

static void check_length(const Word *word, const GString *text)
{
    if (text->len > ZP_LIMIT_CELL_BYTES && !*word->error)
        zp_error_set(word->error, ZP_ERROR_LIMIT,
                     "超过 ZP_LIMIT_CELL_BYTES（一个单元格 %u 字节）的上限",
                     "over ZP_LIMIT_CELL_BYTES (%u bytes in a cell)", ZP_LIMIT_CELL_BYTES);
}

/* Text that the document shows at this place, unless it is deleted or hidden. */
static void add_text(Word *word, const char *text, gsize length)
{
    ZpDocxFlow *flow = flow_of(word);
    const bool *run = top(word->runs);
    bool deleted = is_deleted(word), hidden = run ? *run : word->paragraph_is_hidden;
    if (word->instructions)
        return;
    GString *sink = deleted ? flow->deleted : hidden ? flow->hidden : flow->shown;
    g_string_append_len(sink, text, (gssize)length);
    if (word->inserted && sink == flow->shown)
        g_string_append_len(flow->inserted, text, (gssize)length);
    check_length(word, sink);
}

static void flush_around(Word *word)
{
    GString *text = word->around.shown;
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

static void end_line(Word *word)
{
    ZpDocxFlow *flow = flow_of(word);
    if (flow == &word->around)
        flush_around(word);
    else if (flow->shown->len)
        g_string_append_c(flow->shown, '\n');
}

static void forget_fields(Word *word)
{
    g_array_set_size(word->fields, 0);
    word->instructions = 0;
}

static void start_table(Word *word)
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
        zp_document_add_loss(word->document, &(ZpPlace){0}, zh, en);
        return;
    }
    if (!word->open->len)
        flush_around(word);
    word->lines = NULL;
    g_ptr_array_add(word->open, zp_docx_table_new(word->document));
}

static void end_cell(Word *word)
{
    ZpDocxTable *table = innermost(word);
    if (table && table->in_cell && !word->skipped && !*word->error)
        zp_docx_table_cell_end(table, word->error);
    forget_fields(word);
}

static void end_table(Word *word)
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
static void read_cell_property(Word *word, Token token, const ZpXmlAttributes *attributes)
{
    ZpDocxTable *table = innermost(word);
    if (!table || word->skipped)
        return;
    if (token == GRID_SPAN)
        table->span = MAX(zp_xml_number(attributes, "val", 1), 1);
    else if (token == V_MERGE)
        table->merge = zp_xml_is(attributes, "val", "restart") ? ZP_DOCX_RESTART : ZP_DOCX_CONTINUE;
    else if (token == GRID_BEFORE && !table->in_cell)
        table->col = MIN(zp_xml_number(attributes, "val", 0), ZP_LIMIT_COLUMNS);
    else if (token == CELL_DELETION)
        table->is_deleted = true;
}

static void read_style(Word *word, bool *hidden, const ZpXmlAttributes *attributes)
{
    if (!g_hash_table_size(word->hidden_styles) || !hidden)
        return;
    g_autofree char *id = zp_xml_dup(attributes, "val");
    if (id && g_hash_table_contains(word->hidden_styles, id))
        *hidden = true;
}

static void read_field(Word *word, const ZpXmlAttributes *attributes)
{
    bool *result = top(word->fields);
    if (zp_xml_is(attributes, "fldCharType", "begin")) {
        push(word->fields, false);
        word->instructions++;
    } else if (result) {
        word->instructions -= !*result;
        *result = true;
        if (zp_xml_is(attributes, "fldCharType", "end"))
            pop(word->fields);
    }
}

static void read_symbol(Word *word, const ZpXmlAttributes *attributes)
{
    g_autofree char *font = zp_xml_dup(attributes, "font");
    g_autofree char *code = zp_xml_dup(attributes, "char");
    gunichar sign = code ? zp_docx_symbol(font, (guint)g_ascii_strtoull(code, NULL, 16)) : 0;
    char utf8[6];
    if (!sign) {
        const ZpDocxTable *table = innermost(word);
        ZpPlace at = {0};
        if (table && table->in_cell)
            at = (ZpPlace){
                .table = table->table->number, .row = table->row + 1, .col = table->col + 1};
        zp_document_add_loss(word->document, &at, "有一个符号字体的字符认不出，读作 U+FFFD",
                             "a character of a symbol font is not known and was read as U+FFFD");
        sign = 0xFFFD;
    }
    add_text(word, utf8, (gsize)g_unichar_to_utf8(sign, utf8));
}

static bool take_branch(Word *word)
{
    bool *taken = top(word->alternatives);
    bool take = !taken || !*taken;
    if (taken)
        *taken = true;
    return take;
}

static void start_change(Word *word, Token token)
{
    ZpDocxTable *table = innermost(word);
    if (token == DELETION && word->in_row_properties && table)
        table->row_is_deleted = true;
    guint *depth = token == DELETION ? &word->deleted : &word->inserted;
    ++*depth;
}

static void start_in_table(Word *word, Token token)
{
    ZpDocxTable *table = innermost(word);
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
    }
}

static void note_other_file(Word *word)
{
    zp_document_add_loss(word->document, &(ZpPlace){0},
                         "正文中嵌入的另一个文件（altChunk）没有读取；请在 Word 中打开后另存",
                         "another file inside the text (altChunk) was not read; open and save the "
                         "document in Word");
}

static bool start_run_part(Word *word, Token token, const ZpXmlAttributes *attributes)
{
    switch (token) {
    case RUN:
        return push(word->runs, word->paragraph_is_hidden);
    case TEXT:
    case DELETED_TEXT:
        word->in_text = true;
        word->is_deleted_text = token == DELETED_TEXT;
        break;
    case BREAK:
        add_text(word, "\n", 1);
        break;
    case TAB:
        add_text(word, "\t", 1);
        break;
    case HYPHEN:
        add_text(word, "-", 1);
        break;
    case SYMBOL:
        read_symbol(word, attributes);
        break;
    case FIELD:
        read_field(word, attributes);
        break;
    case VANISH:
        if (top(word->runs))
            *top(word->runs) = zp_xml_flag(attributes, "val", true);
        break;
    case RUN_STYLE:
        read_style(word, top(word->runs), attributes);
        break;
    default:
        break;
    }
    return true;
}

/* One row an element; over thirty of them make the switch long. */
static bool start_element(gpointer data, guint number, const ZpXmlAttributes *attributes)
{
    Word *word = data;
    Token token = (Token)number;
    switch (token) {
    case TABLE:
    case ROW:
    case CELL:
        start_in_table(word, token);
        break;
    case PARAGRAPH:
        word->paragraph_is_hidden = false;
        break;
    case PARAGRAPH_STYLE:
        read_style(word, &word->paragraph_is_hidden, attributes);
        break;
    case PARAGRAPH_PROPERTIES:
        word->in_paragraph_properties = true;
        break;
    case RUN_PROPERTIES: /* of the paragraph's mark: not of its text */
        return !word->in_paragraph_properties;
    case ROW_PROPERTIES:
        word->in_row_properties = true;
        break;
    case GRID_SPAN:
    case V_MERGE:
    case GRID_BEFORE:
    case CELL_DELETION:
        read_cell_property(word, token, attributes);
        break;
    case DELETION:
    case INSERTION:
        start_change(word, token);
        break;
    case TEXT_BOX:
        end_line(word);
        break;
    case ALTERNATIVES:
        return push(word->alternatives, false);
    case CHOICE:
    case FALLBACK:
        return take_branch(word);
    case OTHER_FILE:
        note_other_file(word);
        break;
    case DOCUMENT:
        word->is_word = true;
        break;
    case SILENT:
        return false;
    default:
        return start_run_part(word, token, attributes);
    }
    return true;
}

static void end_row(Word *word)
{
    end_cell(word);
    if (innermost(word) && !word->skipped)
        zp_docx_table_row_end(innermost(word));
}

static void end_element(gpointer data, guint number)
{
    Word *word = data;
    switch ((Token)number) {
    case TABLE:
        end_table(word);
        break;
    case ROW:
        end_row(word);
        break;
    case CELL:
        end_cell(word);
        break;
    case PARAGRAPH:
    case TEXT_BOX:
        end_line(word);
        break;
    case PARAGRAPH_PROPERTIES:
        word->in_paragraph_properties = false;
        break;
    case ROW_PROPERTIES:
        word->in_row_properties = false;
        break;
    case RUN:
        pop(word->runs);
        break;
    case TEXT:
    case DELETED_TEXT:
        word->in_text = word->is_deleted_text = false;
        break;
    case DELETION:
        word->deleted--;
        break;
    case INSERTION:
        word->inserted--;
        break;
    case ALTERNATIVES:
        pop(word->alternatives);
        break;
    default:
        break;
    }
}

static void take_characters(gpointer data, const char *text, gsize length)
{
    Word *word = data;
    if (word->in_text)
        add_text(word, text, length);
}

static bool read_body(Word *word, GBytes *part, const char *name)
{
    static const ZpXmlHandler HANDLER = {NAMES, start_element, end_element, take_characters};
    if (!zp_xml_parse_within(part, name, &HANDLER, word, &word->document->limits, word->error))
        return false;
    flush_around(word);
    if (!word->is_word && !*word->error)
        zp_error_set(word->error, ZP_ERROR_DAMAGED, "部件 %s 不是 Word 正文；请检查文件的类型",
                     "the part %s is no Word text; check the kind of the file", name);
    return !*word->error;
}

bool zp_docx_body(ZpDocument *document, GHashTable *hidden_styles, GBytes *part, const char *name,
                  GError **error)
{
    Word word = {.document = document, .hidden_styles = hidden_styles, .error = error};
    word.open = g_ptr_array_new_with_free_func(zp_docx_table_free);
    word.runs = g_array_new(FALSE, FALSE, sizeof(bool));
    word.fields = g_array_new(FALSE, FALSE, sizeof(bool));
    word.alternatives = g_array_new(FALSE, FALSE, sizeof(bool));
    zp_docx_flow_init(&word.around);
    bool done = read_body(&word, part, name);
    zp_docx_flow_clear(&word.around);
    g_ptr_array_unref(word.open);
    g_array_unref(word.runs);
    g_array_unref(word.fields);
    g_array_unref(word.alternatives);
    return done;
}
