/*
 * take.c - a token's text into the form: cleaned, with its place, repairs listed.
 */
#include "recognise/builder.h"

#include <stdarg.h>
#include <string.h>

typedef struct {
    const char *code, *name;
} RepairName;

static const RepairName REPAIR_NAMES[] = {
    {"R01", "shifted-row"},     {"R02", "split-cell"},     {"R03", "page-furniture"},
    {"R04", "markup-in-cell"},  {"R05", "inferred-level"}, {"R06", "mended-label"},
    {"R07", "inferred-column"},
};

static const char *repair_name(const char *code)
{
    for (guint i = 0; i < G_N_ELEMENTS(REPAIR_NAMES); i++) {
        if (strcmp(code, REPAIR_NAMES[i].code) == 0)
            return REPAIR_NAMES[i].name;
    }
    g_assert_not_reached();
}

static void add_repair_at(Builder *builder, const char *code, const ZpPlace *at, const char *zh,
                          const char *en, char *pointer)
{
    ZpRepair *repair = g_new0(ZpRepair, 1);
    repair->code = code;
    repair->name = repair_name(code);
    repair->at = *at;
    repair->zh = g_strdup(zh);
    repair->en = g_strdup(en);
    repair->pointer = pointer;
    g_ptr_array_add(builder->form->repairs, repair);
}

void add_repair(Builder *builder, const char *code, const ZpPlace *at, const char *zh,
                const char *en, const char *pointer_format, ...)
{
    va_list arguments;
    va_start(arguments, pointer_format);
    add_repair_at(builder, code, at, zh, en, g_strdup_vprintf(pointer_format, arguments));
    va_end(arguments);
}

void mark_seen(Builder *builder, const Token *token)
{
    if (token->label.entry)
        builder->seen[token->label.entry->index] = 1;
}

static const char *keep_clean(Builder *builder, const char *text, gsize length)
{
    g_string_truncate(builder->scratch, 0);
    zp_text_append_clean(builder->scratch, text, length);
    return g_string_chunk_insert_len(builder->form->strings, builder->scratch->str,
                                     (gssize)builder->scratch->len);
}

ZpText take_part(Builder *builder, Token *token, gsize start, gsize end)
{
    token->is_used = true;
    mark_seen(builder, token);
    return (ZpText){
        .text = keep_clean(builder, token->text + start, end - start),
        .at = zp_cell_place(token->table, token->cell),
        .ocr = zp_form_keep_ocr(builder->form, token->cell->ocr),
    };
}

/* A cell that a page break had cut was put together before its row was read. */
static void note_join(Builder *builder, Token *token, const char *pointer_format, va_list arguments)
{
    if (!token->cell->is_joined || token->is_noted)
        return;
    token->is_noted = true;
    ZpPlace at = zp_cell_place(token->table, token->cell);
    add_repair_at(builder, "R02", &at, "跨页截断的单元格已接上",
                  "a cell that a page break had cut was joined again",
                  g_strdup_vprintf(pointer_format, arguments));
}

void note_joined(Builder *builder, Token *token, const char *pointer_format, ...)
{
    va_list arguments;
    va_start(arguments, pointer_format);
    note_join(builder, token, pointer_format, arguments);
    va_end(arguments);
}

/* The text, and the notes on what was done to it. */
static ZpText take_noted(Builder *builder, Token *token, const char *pointer_format,
                         va_list arguments)
{
    ZpText text = take_part(builder, token, 0, token->length);
    va_list again;
    va_copy(again, arguments);
    note_join(builder, token, pointer_format, again);
    va_end(again);
    if (token->had_markup)
        add_repair_at(builder, "R04", &text.at, "去掉了单元格里当作文字印出的标记",
                      "mark-up printed as text was taken out of the cell",
                      g_strdup_vprintf(pointer_format, arguments));
    token->had_markup = false;
    return text;
}

ZpText take_text(Builder *builder, Token *token, const char *pointer_format, ...)
{
    if (!token)
        return (ZpText){.text = ""};
    va_list arguments;
    va_start(arguments, pointer_format);
    ZpText text = take_noted(builder, token, pointer_format, arguments);
    va_end(arguments);
    return text;
}

ZpPlace place_in_line(const Line *line, const Lines *lines, gint64 col)
{
    Token *first;
    ZpPlace at = {0};
    if (line_tokens(lines, line, &first, 1))
        at = zp_cell_place(first->table, first->cell);
    at.col = line_is_text(line) ? 0 : (guint32)MAX(col, 0) + 1;
    at.byte_start = at.byte_end = 0;
    at.box = (ZpBox){0};
    return at;
}

ZpValue take_value(Builder *builder, Token *token, const Line *line, gint64 col,
                   const char *pointer_format, ...)
{
    if (!token)
        return (ZpValue){.text = "", .at = place_in_line(line, builder->lines, col)};
    va_list arguments;
    va_start(arguments, pointer_format);
    ZpText text = take_noted(builder, token, pointer_format, arguments);
    va_end(arguments);
    return (ZpValue){.text = text.text, .at = text.at, .ocr = text.ocr};
}

void take_extra(Builder *builder, Token *row, Token *head, Token *token)
{
    g_autofree char *label = NULL;
    ZpExtra *extra = zp_form_add_extra(builder->form);
    guint k = builder->form->extra->len - 1;
    extra->label = take_text(builder, head, "/extra/%u", k);
    if (row) {
        ZpText name = without_colon(builder, take_text(builder, row, "/extra/%u", k));
        label = g_strdup_printf("%s %s", name.text, extra->label.text);
        extra->label.text = g_string_chunk_insert(builder->form->strings, label);
    }
    ZpText text = take_text(builder, token, "/extra/%u", k);
    extra->value = (ZpValue){.text = text.text, .at = text.at, .ocr = text.ocr};
}

void use_copies(Builder *builder, const Line *line, const Columns *columns, int shift)
{
    for (guint i = 1; i < line->count; i++) {
        const Slot *slot = line_slot(builder->lines, line, i), *left = slot - 1;
        Token *token = slot_token(builder->lines, slot);
        const Column *column = columns_at(columns, slot->col, shift);
        token->is_used |= slot->begins && slot_token(builder->lines, left)->is_used && column &&
                          column == columns_at(columns, left->col, shift) &&
                          slot_repeats(builder->lines, slot);
    }
}

/* A text that grows: a goal of 10,000 rows takes as long as its rows, not as their square. */
typedef struct {
    char *text; /* in form->strings */
    gsize length, room;
} Growing;

/* The text in a place with room for @more bytes; what was joined to it is then known by the new address. */
static Growing *make_room(Builder *builder, const char *text, gsize length, gsize more)
{
    Growing *growing = g_hash_table_lookup(builder->growing, text);
    GArray *joins = builder->form->joins;
    if (growing && length + more <= growing->room)
        return growing;
    gsize room = 2 * (length + more);
    g_autofree char *wide = g_malloc0(room + 1);
    memcpy(wide, text, length);
    Growing *wider = g_new(Growing, 1);
    *wider = (Growing){g_string_chunk_insert_len(builder->form->strings, wide, (gssize)room),
                       length, room};
    for (guint k = 0; growing && k < joins->len; k++) {
        ZpJoin *join = &g_array_index(joins, ZpJoin, k);
        join->text = join->text == text ? wider->text : join->text;
    }
    g_hash_table_remove(builder->growing, text);
    g_hash_table_insert(builder->growing, wider->text, wider);
    return wider;
}

void append_text(Builder *builder, const char **text, Token *token)
{
    const Growing *before = g_hash_table_lookup(builder->growing, *text);
    gsize length = before ? before->length : strlen(*text);
    /* Whether a space stands between the two depends on the last character and the first. */
    const char *end = *text + length, *last = g_utf8_find_prev_char(*text, end);
    gsize overlap = last ? (gsize)(end - last) : 0;
    g_autoptr(GString) both = g_string_new(last);
    g_string_append_c(both, '\n');
    g_string_append_len(both, token->text, token->length);
    g_string_truncate(builder->scratch, 0);
    zp_text_append_clean(builder->scratch, both->str, both->len);
    gsize more = builder->scratch->len - overlap;
    Growing *growing = make_room(builder, *text, length, more);
    memcpy(growing->text + growing->length, builder->scratch->str + overlap, more + 1);
    growing->length += more;
    *text = growing->text;
    token->is_used = true;
    ZpJoin join = {.text = *text, .rest = zp_cell_place(token->table, token->cell)};
    g_array_append_val(builder->form->joins, join);
}

ZpText without_colon(Builder *builder, ZpText label)
{
    gsize length = strlen(label.text), all = length;
    const gsize wide = strlen("：");
    while (length) {
        if (label.text[length - 1] == ':')
            length--;
        else if (length >= wide && memcmp(label.text + length - wide, "：", wide) == 0)
            length -= wide;
        else
            break;
    }
    if (length < all)
        label.text = g_string_chunk_insert_len(builder->form->strings, label.text, (gssize)length);
    return label;
}

void note_shift(Builder *builder, const Line *line, int shift, const char *pointer_format, ...)
{
    if (!shift)
        return;
    va_list arguments;
    ZpPlace at = place_in_line(line, builder->lines, 0);
    va_start(arguments, pointer_format);
    add_repair_at(builder, "R01", &at, shift > 0 ? "整行右移，已放回" : "整行左移，已放回",
                  shift > 0 ? "the row stood too far to the right and was put back"
                            : "the row stood too far to the left and was put back",
                  g_strdup_vprintf(pointer_format, arguments));
    va_end(arguments);
}

bool is_furniture(const Builder *builder, const Token *token)
{
    if (token->label.entry)
        return false;
    token_fold(token, builder->scratch);
    return zp_labels_is_furniture(builder->labels, builder->scratch->str, builder->scratch->len);
}

void drop_furniture(Builder *builder, Token *token)
{
    ZpText text = take_part(builder, token, 0, token->length);
    g_autofree char *zh = g_strdup_printf("去掉了表内的页码、表号或页眉“%s”", text.text);
    g_autofree char *en = g_strdup_printf(
        "a page number, form number or running head was taken out of the table: %s", text.text);
    add_repair(builder, "R03", &text.at, zh, en, "%s", "");
}
