/*
 * archive_look.c - `archive list`, `search`, `show`, `query`: what is in an archive, unchanged.
 */
#include "cli/archive.h"

#include "archive/look.h"
#include "archive/show.h"
#include "archive/stats.h"
#include "archive/store.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

/* Forms that are listed where nobody says. */
#define ROWS 100

/* --- filters --- */

static bool say_wrong(const ZpArguments *arguments, const char *option, const char *word)
{
    zp_say(arguments->lang, "%s 不能是 %s", "%s cannot be %s", option, word);
    return false;
}

/* "2022" or "2019-2022" */
static bool find_years(const ZpArguments *arguments, ZpLook *look)
{
    guint64 from = 0, to = 0;
    if (!arguments->year)
        return true;
    g_auto(GStrv) parts = g_strsplit(arguments->year, "-", 2);
    if (!parts[0] || !g_ascii_string_to_unsigned(parts[0], 10, 1, 9999, &from, NULL) ||
        !g_ascii_string_to_unsigned(parts[1] ? parts[1] : parts[0], 10, from, 9999, &to, NULL))
        return say_wrong(arguments, "--year", arguments->year);
    look->year_from = (gint64)from;
    look->year_to = (gint64)to;
    return true;
}

/* Yuan, or 万元, 亿元, as whole fen: exactly, since budgets are. */
static bool find_fen(const ZpArguments *arguments, const char *option, const char *text,
                     bool *is_set, gint64 *fen)
{
    static const struct {
        const char *unit;
        gint64 fen;
    } UNITS[] = {
        {"亿元", G_GINT64_CONSTANT(10000000000)}, {"万元", 1000000}, {"元", 100}, {"", 100}};
    ZpDecimal amount, product, whole;
    if (!text)
        return true;
    for (gsize k = 0; k < G_N_ELEMENTS(UNITS); k++) {
        if (!g_str_has_suffix(text, UNITS[k].unit))
            continue;
        if (!zp_decimal_parse(text, strlen(text) - strlen(UNITS[k].unit), &amount) ||
            !zp_decimal_multiply(amount, zp_decimal_from_int(UNITS[k].fen), &product) ||
            !zp_decimal_round(product, 0, ZP_ROUND_DOWN, &whole) ||
            zp_decimal_compare(whole, product) != 0 || whole.coefficient > G_MAXINT64 ||
            whole.coefficient < G_MININT64)
            break;
        *is_set = true;
        *fen = (gint64)whole.coefficient;
        return true;
    }
    return say_wrong(arguments, option, text);
}

static bool find_limit(const ZpArguments *arguments, ZpLook *look)
{
    look->limit = ROWS;
    return !arguments->most_rows ||
           g_ascii_string_to_unsigned(arguments->most_rows, 10, 0, G_MAXINT64, &look->limit,
                                      NULL) ||
           say_wrong(arguments, "--limit", arguments->most_rows);
}

static bool find_look(const ZpArguments *arguments, ZpLook *look)
{
    look->department = arguments->department;
    look->unit = arguments->unit;
    look->level2 = arguments->level2;
    look->status = arguments->status;
    look->rules = arguments->rule ? g_strsplit(arguments->rule, ",", -1) : NULL;
    if (look->status && !zp_look_is_status(look->status))
        return say_wrong(arguments, "--status", look->status);
    return find_years(arguments, look) && find_limit(arguments, look) &&
           find_fen(arguments, "--min-amount", arguments->least, &look->has_least,
                    &look->least_fen) &&
           find_fen(arguments, "--max-amount", arguments->most, &look->has_most, &look->most_fen);
}

static bool find_format(const ZpArguments *arguments, ZpListingFormat *format)
{
    *format = ZP_LISTING_TABLE;
    return !arguments->layout || zp_listing_format(arguments->layout, format) ||
           say_wrong(arguments, "--format", arguments->layout);
}

/* --- rows --- */

static ZpExit print_rows(const ZpArguments *arguments, const ZpLook *look, const char *sql)
{
    ZpExit status = ZP_EXIT_CLEAN;
    ZpListingFormat format;
    ZpOutput output;
    bool has_more = false;
    g_autoptr(GError) error = NULL;
    if (!find_format(arguments, &format))
        return ZP_EXIT_USAGE;
    g_autoptr(ZpArchive) archive = zp_archive_arguments(arguments, ZP_ARCHIVE_READ, &status);
    if (!archive)
        return status;
    if (!zp_archive_output(arguments, &output))
        return ZP_EXIT_USAGE;
    g_autoptr(ZpListing) listing = zp_listing_new(output.stream, format, arguments->raw);
    bool done = sql ? zp_look_query(archive, sql, listing, &error)
                    : zp_look_list(archive, look, listing, &has_more, &error);
    if (!done)
        status = zp_archive_say(arguments, error);
    if (has_more && !arguments->quiet)
        zp_say(arguments->lang, "还有更多，只列出 %" G_GUINT64_FORMAT " 张；--limit 0 列出全部",
               "there are more than the %" G_GUINT64_FORMAT " listed: --limit 0 lists all",
               look->limit);
    return zp_archive_close_output(arguments, &output, status);
}

static ZpExit print_look(const ZpArguments *arguments, char **words)
{
    ZpLook look = {.words = words};
    ZpExit status =
        find_look(arguments, &look) ? print_rows(arguments, &look, NULL) : ZP_EXIT_USAGE;
    g_strfreev(look.rules);
    return status;
}

ZpExit zp_archive_list(const ZpArguments *arguments)
{
    if (!arguments->rest)
        return print_look(arguments, NULL);
    zp_say(arguments->lang, "archive list 不要参数；找文字用 archive search",
           "archive list takes no argument; `archive search` looks for text");
    return ZP_EXIT_USAGE;
}

ZpExit zp_archive_search(const ZpArguments *arguments)
{
    if (arguments->rest)
        return print_look(arguments, arguments->rest);
    zp_say(arguments->lang, "用法：ziping archive search 文字… --db 档案库",
           "usage: ziping archive search TEXT… --db ARCHIVE");
    return ZP_EXIT_USAGE;
}

ZpExit zp_archive_query(const ZpArguments *arguments)
{
    if (arguments->rest && !arguments->rest[1])
        return print_rows(arguments, NULL, arguments->rest[0]);
    zp_say(arguments->lang, "用法：ziping archive query SQL --db 档案库",
           "usage: ziping archive query SQL --db ARCHIVE");
    return ZP_EXIT_USAGE;
}

/* --- one of them --- */

static void print_json(GString *out, json_t *object, ZpLang lang)
{
    char *text = json_dumps(object, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    (void)lang;
    g_string_append(out, text ? text : "null");
    g_string_append_c(out, '\n');
    free(text);
}

static bool write_bytes(const ZpOutput *output, const char *data, gsize size, GError **error)
{
    if (g_output_stream_write_all(output->stream, data, size, NULL, NULL, NULL))
        return true;
    zp_error_set(error, ZP_ERROR_OUTPUT, "结果无法写出", "cannot write the output");
    return false;
}

static bool write_original(ZpArchive *archive, gint64 document, const ZpOutput *output,
                           GError **error)
{
    gsize size = 0;
    g_autoptr(GBytes) bytes = zp_store_original(archive, document, error);
    if (!bytes && error && !*error)
        zp_error_set(error, ZP_ERROR_USAGE, "这份文件的原件没有保存",
                     "the original of this document was not kept");
    gconstpointer data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
    return bytes && write_bytes(output, data, size, error);
}

typedef void (*Print)(GString *out, json_t *object, ZpLang lang);

static bool write_object(ZpArchive *archive, gint64 document, gint64 form, Print print, ZpLang lang,
                         const ZpOutput *output, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    json_t *object = zp_show_object(archive, document, form, lang, error);
    if (!object)
        return false;
    print(out, object, lang);
    json_decref(object);
    return write_bytes(output, out->str, out->len, error);
}

static ZpExit show(const ZpArguments *arguments, Print print)
{
    ZpExit status = ZP_EXIT_CLEAN;
    ZpOutput output;
    gint64 form = 0, document = 0;
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpArchive) archive = zp_archive_arguments(arguments, ZP_ARCHIVE_READ, &status);
    if (!archive)
        return status;
    if (!zp_show_find(archive, arguments->rest[0], &form, &document, &error))
        return zp_archive_say(arguments, error);
    if ((!print && zp_output_is_shown(arguments->output, "--format original", arguments->lang)) ||
        !zp_archive_output(arguments, &output))
        return ZP_EXIT_USAGE;
    bool done = print
                    ? write_object(archive, document, form, print, arguments->lang, &output, &error)
                    : write_original(archive, document, &output, &error);
    if (!done)
        status = zp_archive_say(arguments, error);
    return zp_archive_close_output(arguments, &output, status);
}

ZpExit zp_archive_show(const ZpArguments *arguments)
{
    static const struct {
        const char *name;
        Print print; /* NULL: the original's bytes */
    } LAYOUTS[] = {
        {"text", zp_show_text}, {"json", print_json}, {"html", zp_show_html}, {"original", NULL}};
    if (!arguments->rest || arguments->rest[1]) {
        zp_say(arguments->lang, "用法：ziping archive show 编号 --db 档案库",
               "usage: ziping archive show ID --db ARCHIVE");
        return ZP_EXIT_USAGE;
    }
    for (gsize k = 0; k < G_N_ELEMENTS(LAYOUTS); k++) {
        if (strcmp(arguments->layout ? arguments->layout : "text", LAYOUTS[k].name) == 0)
            return show(arguments, LAYOUTS[k].print);
    }
    say_wrong(arguments, "--format", arguments->layout);
    return ZP_EXIT_USAGE;
}

/* --- counts --- */

static ZpExit print_page(const ZpArguments *arguments)
{
    ZpExit status = ZP_EXIT_CLEAN;
    ZpOutput output;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(ZpArchive) archive = zp_archive_arguments(arguments, ZP_ARCHIVE_READ, &status);
    if (!archive)
        return status;
    if (!zp_archive_output(arguments, &output))
        return ZP_EXIT_USAGE;
    if (!zp_stats_page(archive, arguments->lang, out, &error) ||
        !write_bytes(&output, out->str, out->len, &error))
        status = zp_archive_say(arguments, error);
    return zp_archive_close_output(arguments, &output, status);
}

ZpExit zp_archive_stats(const ZpArguments *arguments)
{
    static const struct {
        const char *word, *sql;
    } WAYS[] = {
        {"years", "SELECT year, department, count(DISTINCT unit_key) AS units, count(*) AS forms, "
                  "sum(budget_fen) / 100 AS "
                  "budget_yuan, sum(executed_fen) / 100 AS executed_yuan, sum(budget_fen IS NULL) "
                  "AS without_amount, sum(errors) "
                  "AS errors, sum(warnings) AS warnings, sum(notes) AS notes, sum(errors + "
                  "warnings + notes = 0) AS clean FROM "
                  "(SELECT form.*, (SELECT count(*) FROM finding WHERE form_id = form.id AND "
                  "severity = 'error') AS errors, "
                  "(SELECT count(*) FROM finding WHERE form_id = form.id AND severity = 'warning') "
                  "AS warnings, "
                  "(SELECT count(*) FROM finding WHERE form_id = form.id AND severity = 'note') AS "
                  "notes FROM form) "
                  "GROUP BY year, department ORDER BY year, department"},
        {"rules", "SELECT year, rule, finding.name, severity, count(*) AS findings, count(DISTINCT "
                  "form_id) AS forms FROM finding "
                  "LEFT JOIN form ON form.id = form_id GROUP BY year, rule, severity ORDER BY "
                  "year, rule, severity"},
    };
    if (g_strcmp0(arguments->layout, "html") == 0 && !arguments->rest)
        return print_page(arguments);
    const char *word = arguments->rest ? arguments->rest[0] : WAYS[0].word;
    for (gsize k = 0; k < G_N_ELEMENTS(WAYS); k++) {
        if (strcmp(word, WAYS[k].word) == 0 && !(arguments->rest && arguments->rest[1]))
            return print_rows(arguments, NULL, WAYS[k].sql);
    }
    zp_say(arguments->lang,
           "用法：ziping archive stats [years|rules] --db 档案库；网页用 --format html，不带 "
           "years、rules",
           "usage: ziping archive stats [years|rules] --db ARCHIVE; as a page: --format html, "
           "without years or rules");
    return ZP_EXIT_USAGE;
}
