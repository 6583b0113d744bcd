/*
 * docx_field.c - fields of a Word text.
 *
 *     begin  DOCPROPERTY x  separate  what is shown  end
 *     begin  FORMDROPDOWN (w:ffData says the entries and the one chosen)  end
 *     begin  EQ \\f(1,2)  end                           shown, but only the instruction is stored
 *
 * The result is read as it is stored and nothing is computed.  Lists and boxes of a form show what
 * is chosen.  A field that shows something of which no result is stored is a loss.
 */
#include "parsers/docx_word.h"

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
} Field;

static void field_clear(gpointer data)
{
    Field *field = data;
    g_free(field->choice);
    g_string_free(field->instruction, TRUE);
}

GArray *zp_docx_fields_new(void)
{
    GArray *fields = g_array_new(FALSE, TRUE, sizeof(Field));
    g_array_set_clear_func(fields, field_clear);
    return fields;
}

void zp_docx_fields_forget(ZpDocxWord *word)
{
    if (word->fields->len)
        g_array_set_size(word->fields, 0);
    word->instructions = 0;
}

static Field *field_of(const ZpDocxWord *word)
{
    GArray *open = word->fields;
    return open->len ? &g_array_index(open, Field, open->len - 1) : NULL;
}

/* Fields that show what only their instruction says. */
static bool shows_instruction(const char *instruction)
{
    static const char *const NAMES[] = {"EQ",      "SYMBOL",     "QUOTE",
                                        "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"};
    g_autofree char *name = g_strstrip(g_strdup(instruction));
    name[strcspn(name, " \t\\")] = '\0';
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        if (g_ascii_strcasecmp(NAMES[i], name) == 0)
            return true;
    }
    return false;
}

static void note_lost(ZpDocxWord *word, const char *instruction)
{
    ZpPlace at = zp_docx_place(word);
    g_autofree char *valid = g_utf8_make_valid(instruction, -1);
    g_strstrip(valid);
    g_autofree char *zh =
        g_strdup_printf("有一个域没有存着结果，它显示的文字没有读入：“%s”", valid);
    g_autofree char *en =
        g_strdup_printf("a field has no stored result; what it shows was not read: \"%s\"", valid);
    zp_document_add_loss(word->document, ZP_LOSS_LOST_CONTENT, &at, zh, en);
}

static void begin_field(ZpDocxWord *word)
{
    Field field = {.instruction = g_string_new(NULL)};
    g_array_append_val(word->fields, field);
    word->instructions++;
}

/* A field without a result shows its own choice, or is lost. */
static void end_field(ZpDocxWord *word, Field *field)
{
    const char *shown = field->is_box ? (field->is_checked ? "☑" : "□") : field->choice;
    if (shown)
        zp_docx_add_text(word, shown, strlen(shown));
    else if (!field->has_result && !word->instructions &&
             shows_instruction(field->instruction->str))
        note_lost(word, field->instruction->str);
    g_array_set_size(word->fields, word->fields->len - 1);
}

static void read_mark(ZpDocxWord *word, const ZpXmlAttributes *attributes)
{
    Field *field = field_of(word);
    if (zp_xml_is(attributes, "fldCharType", "begin")) {
        begin_field(word);
    } else if (field) {
        word->instructions -= !field->has_result;
        if (zp_xml_is(attributes, "fldCharType", "end"))
            end_field(word, field);
        else
            field->has_result = true;
    }
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
