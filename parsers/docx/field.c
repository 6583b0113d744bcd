/*
 * field.c - fields of a Word text.
 *
 *     begin  DOCPROPERTY x  separate  what is shown  end
 *     begin  FORMDROPDOWN (w:ffData says the entries and the one chosen)  end
 *     begin  EQ \\f(1,2)  end                           shown, but only the instruction is stored
 *
 * The result is read as it is stored and nothing is computed.  Lists and boxes of a form show what
 * is chosen.  A field that shows something of which no result is stored is a loss.
 */
#include "base/limits.h"
#include "parsers/docx/word.h"

#include <string.h>

/* Bytes of an instruction that are kept. */
#define INSTRUCTION_BYTES 120

typedef struct {
    bool has_result; /* has come to it */
    bool is_box;     /* a check box of a form */
    bool is_checked, is_chosen;
    guint chosen, entries; /* of a list: the entry shown, those seen */
    char *choice;          /* (nullable) its text */
    GString *instruction;
    GString *swallowed; /* text before it came to its result */
    ZpPlace at;         /* where it began */
    gsize before;       /* bytes of the cell's text before the result */
    bool is_simple;     /* w:fldSimple */
    bool is_dirty;      /* its result is to be computed anew */
} Field;

static void field_clear(gpointer data)
{
    Field *field = data;
    g_free(field->choice);
    g_string_free(field->instruction, TRUE);
    g_string_free(field->swallowed, TRUE);
}

GArray *zp_docx_fields_new(void)
{
    GArray *fields = g_array_new(FALSE, TRUE, sizeof(Field));
    g_array_set_clear_func(fields, field_clear);
    return fields;
}

static Field *field_of(const ZpDocxWord *word)
{
    GArray *open = word->fields;
    return open->len ? &g_array_index(open, Field, open->len - 1) : NULL;
}

static bool is_named(const char *instruction, const char *const *names)
{
    g_autofree char *name = g_strstrip(g_strdup(instruction));
    name[strcspn(name, " \t\\")] = '\0';
    for (guint i = 0; names[i]; i++) {
        if (g_ascii_strcasecmp(names[i], name) == 0)
            return true;
    }
    return false;
}

/* Whether a field without a result is a loss: some show what only their instruction says, wherever they stand;
 * in a cell any one would, but for those that only mark a place, and a form's own that nobody filled in. */
static bool is_loss(const Field *field)
{
    static const char *const SHOWING[] = {"EQ",         "SYMBOL",     "QUOTE",       "AUTONUM",
                                          "AUTONUMLGL", "AUTONUMOUT", "MACROBUTTON", NULL};
    static const char *const SILENT_ONES[] = {
        "",        "XE",      "TC",        "TA",       "RD",           "SET",          "ASK",
        "PRIVATE", "ADVANCE", "HYPERLINK", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", NULL};
    const char *instruction = field->instruction->str;
    if (is_named(instruction, SHOWING))
        return !field->has_result;
    return field->at.table && !is_named(instruction, SILENT_ONES);
}

static void lose(ZpDocxWord *word, const Field *field, ZpLossKind kind, const char *zh,
                 const char *en)
{
    g_autofree char *valid = g_utf8_make_valid(field->instruction->str, -1);
    g_strstrip(valid);
    g_autofree char *full_zh = g_strdup_printf("%s：“%s”", zh, valid);
    g_autofree char *full_en = g_strdup_printf("%s: \"%s\"", en, valid);
    zp_document_add_counted(word->document, kind, &field->at, full_zh, full_en);
}

static void note_lost(ZpDocxWord *word, const Field *field)
{
    lose(word, field, ZP_LOSS_LOST_CONTENT, "有一个域没有存着结果，它显示的文字没有读入",
         "a field has no stored result; what it shows was not read");
}

/* A field that is open where its cell ends has no end; one that began elsewhere may go on. */
static void note_open(ZpDocxWord *word, const Field *field)
{
    ZpPlace at = zp_docx_place(word);
    bool is_blank = zp_text_is_blank(field->swallowed->str, field->swallowed->len);
    if (!is_blank)
        zp_docx_say(word, ZP_DOCX_SAID_OPEN, field->swallowed->str, field->swallowed->len);
    else if (at.table && field->at.table == at.table && field->at.row == at.row &&
             field->at.col == at.col)
        lose(word, field, ZP_LOSS_DOUBTFUL_PLACE, "有一个域没有结尾，后面的文字当作它的结果读入",
             "a field has no end; the text behind it was read as its result");
}

void zp_docx_fields_forget(ZpDocxWord *word)
{
    for (guint k = 0; k < word->fields->len; k++) {
        const Field *field = &g_array_index(word->fields, Field, k);
        if (!field->is_simple)
            note_open(word, field);
    }
    if (word->fields->len)
        g_array_set_size(word->fields, 0);
    word->instructions = 0;
}

static Field *begin_field(ZpDocxWord *word)
{
    Field field = {.instruction = g_string_new(NULL),
                   .swallowed = g_string_new(NULL),
                   .at = zp_docx_place(word)};
    g_array_append_val(word->fields, field);
    return field_of(word);
}

/* The result is to be computed when the document is opened: a person sees that one. */
static void note_dirty(ZpDocxWord *word, const Field *field)
{
    lose(word, field, ZP_LOSS_CHANGED_TEXT, "有一个域要在打开时重算，读入的是存着的结果",
         "a field is to be computed anew when the document is opened; its stored result was read");
}

static void begin_result(ZpDocxWord *word, Field *field)
{
    field->has_result = true;
    field->before = zp_docx_flow(word)->shown->len;
    if (field->is_dirty && field->at.table)
        note_dirty(word, field);
}

/* A field without a result shows its own choice, or is lost. */
static void end_field(ZpDocxWord *word, Field *field)
{
    const char *shown = field->is_box ? (field->is_checked ? "☑" : "□") : field->choice;
    bool is_empty = !field->has_result || zp_docx_flow(word)->shown->len == field->before;
    if (field->swallowed->len)
        zp_docx_say(word, ZP_DOCX_SAID_HIDDEN, field->swallowed->str, field->swallowed->len);
    if (shown && !word->instructions)
        zp_docx_add_text(word, shown, strlen(shown));
    else if (!shown && is_empty && !word->instructions && is_loss(field))
        note_lost(word, field);
    g_array_set_size(word->fields, word->fields->len - 1);
}

static void read_mark(ZpDocxWord *word, const ZpXmlAttributes *attributes)
{
    Field *field = field_of(word);
    if (zp_xml_is(attributes, "fldCharType", "begin")) {
        field = begin_field(word);
        word->instructions++;
        field->is_dirty = zp_xml_flag(attributes, "dirty", false);
    } else if (field && !field->is_simple) {
        word->instructions -= !field->has_result;
        if (zp_xml_is(attributes, "fldCharType", "end"))
            end_field(word, field);
        else if (!field->has_result)
            begin_result(word, field);
    }
}

static void read_simple(ZpDocxWord *word, const ZpXmlAttributes *attributes)
{
    g_autofree char *instruction = zp_xml_dup(attributes, "instr");
    Field *field = begin_field(word);
    field->is_simple = true;
    g_string_append_len(field->instruction, instruction ? instruction : "",
                        (gssize)strnlen(instruction ? instruction : "", INSTRUCTION_BYTES));
    field->is_dirty = zp_xml_flag(attributes, "dirty", false);
    begin_result(word, field);
}

/* Fields that were left open inside it go with it. */
void zp_docx_field_end(ZpDocxWord *word)
{
    guint k = word->fields->len;
    while (k > 0 && !g_array_index(word->fields, Field, k - 1).is_simple)
        k--;
    while (k > 0 && word->fields->len > k) {
        Field *open = field_of(word);
        word->instructions -= !open->has_result;
        note_open(word, open);
        g_array_set_size(word->fields, word->fields->len - 1);
    }
    if (k > 0)
        end_field(word, field_of(word));
}

void zp_docx_field_take(ZpDocxWord *word, const char *text, gsize length)
{
    Field *field = field_of(word);
    if (!word->instructions)
        zp_docx_add_text(word, text, length);
    else if (field && !field->has_result && field->swallowed->len < ZP_LIMIT_CELL_BYTES)
        g_string_append_len(field->swallowed, text, (gssize)length);
}

static void read_entry(Field *field, const ZpXmlAttributes *attributes)
{
    if (field->entries++ != field->chosen)
        return;
    g_free(field->choice);
    field->choice = zp_xml_dup(attributes, "val");
}

/* Of a box whether it is checked; of a list the entry chosen, which wins over the one preset. */
static void read_state(Field *field, Token token, const ZpXmlAttributes *attributes)
{
    bool is_result = token == FORM_FIELD_RESULT;
    field->is_checked = zp_xml_flag(attributes, "val", true);
    if (is_result || !field->is_chosen)
        field->chosen = zp_xml_number(attributes, "val", 0);
    field->is_chosen |= is_result;
}

void zp_docx_field_start(ZpDocxWord *word, Token token, const ZpXmlAttributes *attributes)
{
    Field *field = field_of(word);
    if (token == FIELD)
        read_mark(word, attributes);
    else if (token == SIMPLE_FIELD)
        read_simple(word, attributes);
    else if (!field)
        return;
    else if (token == FORM_FIELD_BOX)
        field->is_box = true;
    else if (token == FORM_FIELD_STATE || token == FORM_FIELD_RESULT)
        read_state(field, token, attributes);
    else
        read_entry(field, attributes);
}

void zp_docx_field_instruction(ZpDocxWord *word, const char *text, gsize length)
{
    Field *field = field_of(word);
    if (field && field->instruction->len < INSTRUCTION_BYTES)
        g_string_append_len(field->instruction, text, (gssize)MIN(length, INSTRUCTION_BYTES));
}
