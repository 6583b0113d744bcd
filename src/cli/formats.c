/*
 * formats.c - `ziping formats`: what is read and what is written, as the two tables say (parsers/parser.h,
 * output/writer.h); tests/docs/formats.py holds the papers against it.
 */
#include "cli/cli.h"

#include "output/model_json.h"
#include "output/writer.h"
#include "parsers/parser.h"

/* Columns of the tables, each with the gap behind. */
#define NAME_COLUMNS  12
#define WAY_COLUMNS   10
#define TITLE_COLUMNS 28

static void append_head(GString *out, const char *title, const char *const *heads)
{
    static const gsize COLUMNS[] = {NAME_COLUMNS, WAY_COLUMNS, WAY_COLUMNS, TITLE_COLUMNS};
    g_string_append_printf(out, "%s\n", title);
    for (gsize k = 0; heads[k + 1]; k++)
        zp_append_padded(out, heads[k], COLUMNS[k]);
    g_string_append_printf(out, "%s\n", heads[g_strv_length((char **)heads) - 1]);
}

static void append_row(GString *out, const char *name, bool first, bool second, ZpLang lang)
{
    const char *yes = zp_lang_pick(lang, "是", "yes");
    zp_append_padded(out, name, NAME_COLUMNS);
    zp_append_padded(out, first ? yes : "-", WAY_COLUMNS);
    zp_append_padded(out, second ? yes : "-", WAY_COLUMNS);
}

static void append_text(GString *out, ZpLang lang)
{
    static const char *const READ_ZH[] = {"--from", "fix", "annotate", "格式", "后缀", NULL};
    static const char *const READ_EN[] = {"--from", "fix", "annotate", "format", "suffixes", NULL};
    static const char *const WRITTEN_ZH[] = {"", "convert", "check", "写出", NULL};
    static const char *const WRITTEN_EN[] = {"", "convert", "check", "output", NULL};
    bool zh = lang == ZP_LANG_ZH;
    append_head(out, zh ? "读入的格式" : "Read", zh ? READ_ZH : READ_EN);
    for (const ZpParser *const *parser = ZP_PARSERS; *parser; parser++) {
        g_autofree char *suffixes = g_strjoinv(" ", (char **)(*parser)->suffixes);
        append_row(out, (*parser)->name, (*parser)->write_cell, (*parser)->mark, lang);
        zp_append_padded(out, zp_lang_pick(lang, (*parser)->zh, (*parser)->en), TITLE_COLUMNS);
        g_string_append_printf(out, "%s\n", suffixes);
    }
    append_head(out,
                zh ? "\n写出的格式（convert --to，check --format）"
                   : "\nWritten (convert --to, check --format)",
                zh ? WRITTEN_ZH : WRITTEN_EN);
    for (const ZpWriter *const *writer = ZP_WRITERS; *writer; writer++) {
        if ((*writer)->for_review)
            continue;
        append_row(out, (*writer)->name, (*writer)->for_convert, (*writer)->for_check, lang);
        g_string_append_printf(out, "%s\n", zp_lang_pick(lang, (*writer)->zh, (*writer)->en));
    }
}

static json_t *row_json(const char *name, const char *zh, const char *en)
{
    json_t *row = json_object();
    zp_json_put(row, "name", json_string(name));
    zp_json_put(row, "zh", json_string(zh));
    zp_json_put(row, "en", json_string(en));
    return row;
}

/* Both languages: whoever builds on it chooses. */
static void append_json(GString *out)
{
    json_t *read = json_array(), *written = json_array(), *whole = json_object();
    for (const ZpParser *const *parser = ZP_PARSERS; *parser; parser++) {
        json_t *row = row_json((*parser)->name, (*parser)->zh, (*parser)->en);
        json_t *suffixes = json_array();
        for (const char *const *suffix = (*parser)->suffixes; *suffix; suffix++)
            json_array_append_new(suffixes, json_string(*suffix));
        zp_json_put(row, "suffixes", suffixes);
        zp_json_put(row, "fix", json_boolean((*parser)->write_cell));
        zp_json_put(row, "annotate", json_boolean((*parser)->mark));
        json_array_append_new(read, row);
    }
    for (const ZpWriter *const *writer = ZP_WRITERS; *writer; writer++) {
        if ((*writer)->for_review)
            continue;
        json_t *row = row_json((*writer)->name, (*writer)->zh, (*writer)->en);
        zp_json_put(row, "convert", json_boolean((*writer)->for_convert));
        zp_json_put(row, "check", json_boolean((*writer)->for_check));
        json_array_append_new(written, row);
    }
    zp_json_put(whole, "schema", json_string("ziping/formats/1"));
    zp_json_put(whole, "version", json_string(ZP_VERSION));
    zp_json_put(whole, "read", read);
    zp_json_put(whole, "written", written);
    zp_json_print(out, whole, NULL);
    g_string_append_c(out, '\n');
}

ZpExit zp_command_formats(const ZpArguments *arguments)
{
    if (arguments->rest) {
        zp_say(arguments->lang, "formats 不要参数，不认识 %s", "formats takes no argument, not %s",
               arguments->rest[0]);
        return ZP_EXIT_USAGE;
    }
    bool is_json = false;
    if (!zp_arguments_want_json(arguments, &is_json))
        return ZP_EXIT_USAGE;
    g_autoptr(GString) out = g_string_new(NULL);
    if (is_json)
        append_json(out);
    else
        append_text(out, arguments->lang);
    return zp_print(out, arguments->lang);
}
