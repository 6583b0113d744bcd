/*
 * corrections_parse.c - a filled-in sheet, or its JSON, into rows.
 *
 * A workbook is read by the parser that reads Excel's, a CSV by RFC 4180; of both the columns are found by their
 * heads, in either language, wherever they stand.
 */
#include "run/corrections.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/shared/decode.h"
#include "parsers/xlsx/xlsx.h"

#include <jansson.h>
#include <string.h>

/* The columns that matter, and their heads, folded: src/output/review_book.c, the keys of the JSON. */
typedef enum { SHA256, FORM, POINTER, TEXT, WHO, WHEN, N_COLUMNS } Column;
static const char *const HEADS[N_COLUMNS][4] = {
    [SHA256] = {"sha-256", "sha256"},
    [FORM] = {"表", "form"},
    [POINTER] = {"字段", "jsonpointer", "pointer"},
    [TEXT] = {"应为", "shouldbe", "text"},
    [WHO] = {"核对人", "checkedby", "by"},
    [WHEN] = {"日期", "date", "when"},
};

void zp_correction_free(ZpCorrection *correction)
{
    g_free(correction->sha256);
    g_free(correction->pointer);
    g_free(correction->text);
    g_free(correction->who);
    g_free(correction->when);
    g_free(correction);
}

static char *folded(const char *text)
{
    GString *out = g_string_new(NULL);
    zp_text_append_folded(out, text, strlen(text));
    return g_string_free(out, FALSE);
}

static char *cleaned(const char *text)
{
    GString *out = g_string_new(NULL);
    zp_text_append_clean(out, text, strlen(text));
    return g_string_free(out, FALSE);
}

static bool set_wrong(GError **error)
{
    zp_error_set(error, ZP_ERROR_USAGE,
                 "不是核对表：要有 SHA-256、表、字段、应为、核对人、日期这几栏（xlsx、csv），或是 "
                 "ziping/corrections/1 的 JSON",
                 "no corrections: columns SHA-256, Form, JSON Pointer, Should be, Checked by and "
                 "Date (xlsx, csv), or JSON of the schema ziping/corrections/1");
    return false;
}

static bool is_full(const GPtrArray *list, GError **error)
{
    if (list->len < ZP_LIMIT_CORRECTIONS)
        return false;
    zp_error_set(error, ZP_ERROR_LIMIT, "更正超过 ZP_LIMIT_CORRECTIONS（%u 条）；请拆成几个文件",
                 "over ZP_LIMIT_CORRECTIONS (%u corrections); split the file",
                 ZP_LIMIT_CORRECTIONS);
    return true;
}

/* What may be typed for "as it was read" and for "nothing is printed". */
static const char *meant(const char *text)
{
    static const struct {
        const char *typed, *means;
    } MARKS[] = {{"✓", ZP_CORRECTION_AS_READ},
                 {"✔", ZP_CORRECTION_AS_READ},
                 {"ok", ZP_CORRECTION_AS_READ},
                 {"blank", ZP_CORRECTION_BLANK}};
    for (gsize k = 0; k < G_N_ELEMENTS(MARKS); k++) {
        if (g_ascii_strcasecmp(text, MARKS[k].typed) == 0)
            return MARKS[k].means;
    }
    return text;
}

/* --- rows of a sheet --- */

typedef struct {
    GPtrArray *list;
    int columns[N_COLUMNS]; /* where they stand; -1: not found yet */
    bool has_head;
    guint n_heads;
    char *who, *when; /* of the row above */
} Sheet;

static void look_for_head(Sheet *sheet, const GPtrArray *cells)
{
    int found[N_COLUMNS] = {-1, -1, -1, -1, -1, -1};
    for (guint k = 0; k < cells->len; k++) {
        g_autofree char *head = folded(g_ptr_array_index(cells, k));
        for (guint column = 0; column < N_COLUMNS; column++) {
            for (guint i = 0; i < 4 && HEADS[column][i]; i++) {
                if (found[column] < 0 && strcmp(head, HEADS[column][i]) == 0)
                    found[column] = (int)k;
            }
        }
    }
    for (guint column = 0; column < N_COLUMNS; column++) {
        if (found[column] < 0)
            return;
    }
    memcpy(sheet->columns, found, sizeof found);
    sheet->has_head = true;
    sheet->n_heads++;
}

static char *cell_of(const Sheet *sheet, const GPtrArray *cells, Column column)
{
    guint k = (guint)sheet->columns[column];
    return cleaned(k < cells->len ? g_ptr_array_index(cells, k) : "");
}

static void carry(char **above, char **cell)
{
    if (!**cell && *above) {
        g_free(*cell);
        *cell = g_strdup(*above);
    }
    g_free(*above);
    *above = g_strdup(*cell);
}

/* @cells: of char *, by column */
static bool take_row(Sheet *sheet, const GPtrArray *cells, GError **error)
{
    if (!sheet->has_head) {
        look_for_head(sheet, cells);
        return true;
    }
    g_autofree char *form = cell_of(sheet, cells, FORM);
    g_autofree char *text = cell_of(sheet, cells, TEXT);
    g_autofree char *who = cell_of(sheet, cells, WHO), *when = cell_of(sheet, cells, WHEN);
    guint64 number = 0;
    carry(&sheet->who, &who);
    carry(&sheet->when, &when);
    if (!*text)
        return true;
    if (is_full(sheet->list, error))
        return false;
    if (!g_ascii_string_to_unsigned(form, 10, 1, G_MAXUINT32, &number, NULL)) {
        zp_error_set(error, ZP_ERROR_USAGE, "第 %u 条更正：表的序号不对",
                     "correction %u: the number of the form is wrong", sheet->list->len + 1);
        return false;
    }
    ZpCorrection *one = g_new0(ZpCorrection, 1);
    one->sha256 = cell_of(sheet, cells, SHA256);
    one->form = (guint)number - 1;
    one->pointer = cell_of(sheet, cells, POINTER);
    one->text = g_strdup(meant(text));
    one->who = g_steal_pointer(&who);
    one->when = g_steal_pointer(&when);
    g_ptr_array_add(sheet->list, one);
    return true;
}

/* --- xlsx --- */

/* The row's cells, where they stand: a sheet lacks those that are empty. */
static bool take_table(Sheet *sheet, const ZpTable *table, GError **error)
{
    g_autoptr(GPtrArray) cells = g_ptr_array_new();
    for (guint k = 0; k < table->cells->len;) {
        guint32 row = g_array_index(table->cells, ZpCell, k).row;
        g_ptr_array_set_size(cells, 0);
        for (; k < table->cells->len; k++) {
            const ZpCell *cell = &g_array_index(table->cells, ZpCell, k);
            if (cell->row != row)
                break;
            while (cells->len <= cell->col)
                g_ptr_array_add(cells, (gpointer) "");
            g_ptr_array_index(cells, cell->col) = (gpointer)cell->text;
        }
        if (!take_row(sheet, cells, error))
            return false;
    }
    return true;
}

static bool take_workbook(Sheet *sheet, GBytes *bytes, GError **error)
{
    const ZpReadOptions options = {0};
    g_autoptr(ZpDocument) document = zp_xlsx_parser.read(bytes, &options, error);
    for (guint k = 0; document && k < document->tables->len; k++) {
        const ZpTable *table = g_ptr_array_index(document->tables, k);
        sheet->has_head = false; /* each sheet has its own */
        if (!take_table(sheet, table, error))
            return false;
    }
    return document != NULL;
}

/* --- csv --- */

/* One field from @at; returns where it ends: at a comma, a line's end, the text's. */
static const char *take_field(const char *at, GString *field)
{
    bool is_quoted = *at == '"';
    g_string_truncate(field, 0);
    for (at += is_quoted; *at; at++) {
        if (is_quoted && *at == '"') {
            if (at[1] != '"') {
                is_quoted = false;
                continue;
            }
            at++;
        } else if (!is_quoted && strchr(",\r\n", *at)) {
            break;
        }
        g_string_append_c(field, *at);
    }
    return at;
}

static bool take_csv(Sheet *sheet, const char *text, GError **error)
{
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) field = g_string_new(NULL);
    for (const char *at = text; *at;) {
        at = take_field(at, field);
        /* What a spreadsheet would run has an apostrophe in front, of ours too. */
        const char *own = field->str + (field->str[0] == '\'');
        if (cells->len < ZP_LIMIT_COLUMNS)
            g_ptr_array_add(cells, g_strdup(own));
        if (*at == ',') {
            at++;
            continue;
        }
        at += strspn(at, "\r\n");
        if (!take_row(sheet, cells, error))
            return false;
        g_ptr_array_set_size(cells, 0);
    }
    return true;
}

/* --- json --- */

static char *string_of(json_t *row, const char *key)
{
    const char *text = json_string_value(json_object_get(row, key));
    return cleaned(text ? text : "");
}

static bool take_object(Sheet *sheet, json_t *row, GError **error)
{
    json_t *form = json_object_get(row, "form");
    g_autofree char *text = string_of(row, "text");
    if (!json_is_integer(form) || json_integer_value(form) < 0 ||
        json_integer_value(form) >= G_MAXUINT32)
        return set_wrong(error);
    if (!*text)
        return true;
    if (is_full(sheet->list, error))
        return false;
    ZpCorrection *one = g_new0(ZpCorrection, 1);
    one->sha256 = string_of(row, "sha256");
    one->form = (guint)json_integer_value(form);
    one->pointer = string_of(row, "pointer");
    one->text = g_strdup(meant(text));
    one->who = string_of(row, "by");
    one->when = string_of(row, "when");
    g_ptr_array_add(sheet->list, one);
    return true;
}

static bool take_json(Sheet *sheet, const char *text, GError **error)
{
    json_error_t wrong;
    json_t *top = json_loads(text, JSON_REJECT_DUPLICATES, &wrong);
    const char *schema = json_string_value(json_object_get(top, "schema"));
    json_t *rows = json_object_get(top, "corrections");
    bool done = schema && strcmp(schema, "ziping/corrections/1") == 0 && json_is_array(rows);
    sheet->n_heads++;
    if (!done)
        set_wrong(error);
    for (size_t k = 0; done && k < json_array_size(rows); k++)
        done = take_object(sheet, json_array_get(rows, k), error);
    json_decref(top);
    return done;
}

/* Excel saves CSV in the system's set: GB18030 in Chinese. */
static char *decoded(GBytes *bytes, GError **error)
{
    ZpDecoded text;
    if (!zp_decode(bytes, NULL, &text, error))
        return NULL;
    char *copy = g_strndup(text.text, text.length);
    zp_decoded_clear(&text);
    return copy;
}

GPtrArray *zp_corrections_parse(GBytes *bytes, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)zp_correction_free);
    Sheet sheet = {.list = list};
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    bool is_package = size >= 4 && memcmp(data, "PK\3\4", 4) == 0;
    g_autofree char *text = is_package ? NULL : decoded(bytes, error);
    const char *start = text;
    if (!is_package && !text)
        return NULL;
    while (start && g_ascii_isspace(*start))
        start++;
    bool done = is_package      ? take_workbook(&sheet, bytes, error)
                : *start == '{' ? take_json(&sheet, start, error)
                                : take_csv(&sheet, start, error);
    if (done && !sheet.n_heads)
        done = set_wrong(error);
    g_free(sheet.who);
    g_free(sheet.when);
    return done ? g_steal_pointer(&list) : NULL;
}
