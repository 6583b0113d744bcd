/*
 * yaml.c - libcyaml, with the line numbers it does not give.
 *
 * libcyaml checks a file against its schema but hands its reasons to a log callback only, in
 * this shape, and keeps no line once a file is loaded:
 *
 *     Load: Unexpected key: zz
 *     Load: Backtrace:
 *       in mapping field 'a' (line: 2, column: 4)
 *
 * The place is that of the item before the mistake.  So the line is found by a second pass
 * over libyaml's events, made only when something is wrong: for a key, its first scalar behind
 * the place; for a syntax error, libyaml's own mark; for a value that turned out wrong later (a
 * pattern, a figure), the scalar that the message quotes.
 */
#include "rulebook/yaml.h"

#include "base/error.h"
#include "base/file.h"
#include "base/limits.h"
#include "resources.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

/* Bytes of one line of libcyaml's log. */
#define LOG_LINE_BYTES 512

/* What libcyaml's log said: its first complaint and the innermost place. */
typedef struct {
    char reason[LOG_LINE_BYTES];
    unsigned line, column;
} Complaint;

static void take_log(cyaml_log_t level, void *context, const char *format, va_list arguments)
{
    (void)level;
    Complaint *complaint = context;
    char line[LOG_LINE_BYTES];
    const char *whole;
    g_vsnprintf(line, sizeof line, format, arguments);
    g_utf8_validate(line, -1, &whole); /* a long key may be cut within a character */
    line[whole - line] = '\0';
    g_strchomp(line);
    const char *place = strstr(line, "(line: ");
    if (!complaint->reason[0])
        g_strlcpy(complaint->reason, g_str_has_prefix(line, "Load: ") ? line + 6 : line,
                  sizeof complaint->reason);
    else if (place && !complaint->line)
        sscanf(place, "(line: %u, column: %u)", &complaint->line, &complaint->column);
}

/* Libcyaml's complaints in Chinese; what follows the English beginning stays. */
static const struct {
    const char *en, *zh;
} COMPLAINTS[] = {
    {"Unexpected key: ", "不认识的键："},
    {"Missing required mapping field: ", "缺少字段："},
    {"Mapping field already seen: ", "键重复："},
    {"Invalid ", "值无效："},
    {"Expecting ", "值的种类不对，应为："},
    {"libyaml: ", "YAML 语法错误："},
    {"Ignoring documents after first in stream", "文件里不止一个 YAML 文档"},
    {"Sequence ", "列表的长度不对："},
    {"String length ", "文字的长度不对："},
};

static char *complaint_zh(const char *reason)
{
    for (guint i = 0; i < G_N_ELEMENTS(COMPLAINTS); i++) {
        if (g_str_has_prefix(reason, COMPLAINTS[i].en))
            return g_strconcat(COMPLAINTS[i].zh, reason + strlen(COMPLAINTS[i].en), NULL);
    }
    return g_strdup(reason);
}

static unsigned count_lines(GBytes *bytes, gsize offset)
{
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    unsigned line = 1;
    for (gsize i = 0; i < MIN(offset, size); i++)
        line += data[i] == '\n';
    return line;
}

/* What a pass over the events looks for, and where it stopped. */
typedef struct {
    const char *scalar;    /* (nullable) the text looked for */
    const char *quoted_in; /* (nullable) or a message that quotes it */
    unsigned line, column; /* only behind this place */
    unsigned found;        /* its line; 0: not there */
    unsigned syntax;       /* the line of a syntax error; 0: none */
} Search;

static bool is_quoted(const char *message, const char *scalar, gsize length)
{
    for (const char *at = strchr(message, '"'); at; at = strchr(at + 1, '"')) {
        if (strncmp(at + 1, scalar, length) == 0 && at[1 + length] == '"')
            return length > 0;
    }
    return false;
}

static bool is_sought(const Search *search, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    gsize length = event->data.scalar.length;
    unsigned line = (unsigned)event->start_mark.line + 1;
    unsigned column = (unsigned)event->start_mark.column + 1;
    if (line < search->line || (line == search->line && column <= search->column))
        return false;
    if (search->scalar)
        return strcmp(text, search->scalar) == 0;
    return search->quoted_in && is_quoted(search->quoted_in, text, length);
}

static void note_syntax(Search *search, const yaml_parser_t *parser, GBytes *bytes)
{
    search->syntax = parser->error == YAML_READER_ERROR ? count_lines(bytes, parser->problem_offset)
                                                        : (unsigned)parser->problem_mark.line + 1;
}

static void search_events(GBytes *bytes, Search *search)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        return;
    gsize size;
    const unsigned char *data = g_bytes_get_data(bytes, &size);
    yaml_parser_set_input_string(&parser, data, size);
    for (bool is_over = false; !is_over;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            note_syntax(search, &parser, bytes);
            break;
        }
        if (event.type == YAML_SCALAR_EVENT && !search->found && is_sought(search, &event))
            search->found = (unsigned)event.start_mark.line + 1;
        is_over = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static unsigned complaint_line(GBytes *bytes, const Complaint *complaint)
{
    Search search = {.line = complaint->line, .column = complaint->column};
    if (g_str_has_prefix(complaint->reason, "Unexpected key: ") ||
        g_str_has_prefix(complaint->reason, "Mapping field already seen: "))
        search.scalar = strstr(complaint->reason, ": ") + 2;
    search_events(bytes, &search);
    if (search.syntax)
        return search.syntax;
    if (search.found)
        return search.found;
    return MAX(complaint->line, 1);
}

static void set_complaint(GError **error, GBytes *bytes, const char *name, Complaint *complaint,
                          cyaml_err_t code)
{
    if (!complaint->reason[0])
        g_strlcpy(complaint->reason, cyaml_strerror(code), sizeof complaint->reason);
    g_autofree char *zh = complaint_zh(complaint->reason);
    zp_error_set(error, ZP_ERROR_DATA, "%s:%u: %s%.0s", "%s:%u: %.0s%s", name,
                 complaint_line(bytes, complaint), zh, complaint->reason);
}

void *zp_yaml_load(GBytes *bytes, const char *name, const cyaml_schema_value_t *schema,
                   GError **error)
{
    gsize size;
    const uint8_t *data = g_bytes_get_data(bytes, &size);
    Complaint complaint = {0};
    const cyaml_config_t config = {
        .log_fn = take_log,
        .log_ctx = &complaint,
        .mem_fn = cyaml_mem,
        .log_level = CYAML_LOG_WARNING,
    };
    cyaml_data_t *loaded = NULL;
    cyaml_err_t code =
        size ? cyaml_load_data(data, size, &config, schema, &loaded, NULL) : CYAML_OK;
    if (code == CYAML_OK && !loaded) {
        zp_error_set(error, ZP_ERROR_DATA, "%s:1: 文件是空的", "%s:1: the file is empty", name);
        return NULL;
    }
    if (code != CYAML_OK || complaint.reason[0]) {
        set_complaint(error, bytes, name, &complaint, code);
        zp_yaml_free(loaded, schema);
        return NULL;
    }
    return loaded;
}

void zp_yaml_free(void *data, const cyaml_schema_value_t *schema)
{
    const cyaml_config_t config = {.mem_fn = cyaml_mem, .log_level = CYAML_LOG_ERROR};
    if (data)
        cyaml_free(&config, schema, data, 0);
}

/* "labels.yaml: …" with the line put in; what does not begin so stays. */
static char *with_line(const char *message, const char *name, unsigned line)
{
    const char *rest = message + strlen(name);
    rest = g_str_has_prefix(rest, "：") ? rest + strlen("：") : rest + 1;
    return g_strdup_printf("%s:%u: %s", name, line, rest + strspn(rest, " "));
}

/* Whether the message is about the file and names no line yet. */
static bool lacks_line(const char *message, const char *name)
{
    if (!g_str_has_prefix(message, name))
        return false;
    const char *rest = message + strlen(name);
    return g_str_has_prefix(rest, "：") || (*rest == ':' && !g_ascii_isdigit(rest[1]));
}

void zp_yaml_locate(GError **error, GBytes *bytes, const char *name)
{
    if (!error || !*error || !lacks_line(zp_error_text(*error, ZP_LANG_EN), name) ||
        !lacks_line(zp_error_text(*error, ZP_LANG_ZH), name))
        return;
    Search search = {.quoted_in = zp_error_text(*error, ZP_LANG_EN)};
    search_events(bytes, &search);
    if (!search.found)
        return;
    g_autofree char *zh = with_line(zp_error_text(*error, ZP_LANG_ZH), name, search.found);
    g_autofree char *en = with_line(zp_error_text(*error, ZP_LANG_EN), name, search.found);
    g_clear_error(error);
    zp_error_set(error, ZP_ERROR_DATA, "%s%.0s", "%.0s%s", zh, en);
}

static GBytes *read_compiled_in(const char *name, GError **error)
{
    g_autofree char *path = g_strconcat("/ziping/rules/", name, NULL);
    GBytes *bytes = g_resource_lookup_data(zp_rulebook_get_resource(), path, 0, NULL);
    if (!bytes)
        zp_error_set(error, ZP_ERROR_DATA, "%s: 程序里没有这个数据文件",
                     "%s: no such data file in the program", name);
    return bytes;
}

GBytes *zp_rulebook_bytes(const char *directory, const char *name, GError **error)
{
    if (!directory)
        return read_compiled_in(name, error);
    g_autofree char *path = g_build_filename(directory, name, NULL);
    g_autofree char *shown = g_filename_display_name(path);
    ZpFileReason why;
    GBytes *bytes = zp_file_read(path, ZP_LIMIT_DATA_BYTES, &why);
    if (!bytes && why.zh)
        zp_error_set(error, ZP_ERROR_DATA, "%s: 不能读：%s%.0s", "%s: cannot be read: %.0s%s",
                     shown, why.zh, why.en);
    else if (!bytes)
        zp_error_set(error, ZP_ERROR_DATA, "%s: 大于 %u 字节 (ZP_LIMIT_DATA_BYTES)",
                     "%s: over %u bytes (ZP_LIMIT_DATA_BYTES)", shown, ZP_LIMIT_DATA_BYTES);
    return bytes;
}
