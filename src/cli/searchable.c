/*
 * searchable.c - one scan into one searchable copy; the scan is never written to.
 */
#include "cli/searchable.h"

#include "base/error.h"
#include "base/limits.h"
#include "cli/job.h"
#include "parsers/image/image.h"
#include "run/input.h"
#include "run/searchable.h"

#include <string.h>

#define NAME "pdf-text"

/* Where a format's word says that it goes; NULL: it is another format. */
static const char *place_of(const char *word)
{
    if (!g_str_has_prefix(word, NAME))
        return NULL;
    const char *rest = word + strlen(NAME);
    return *rest == '=' ? rest + 1 : *rest ? NULL : "";
}

bool zp_searchable_is_asked(const ZpArguments *arguments)
{
    for (char **word = arguments->formats; word && *word; word++) {
        if (place_of(*word))
            return true;
    }
    return false;
}

static ZpExit say_usage(ZpLang lang)
{
    zp_say(
        lang,
        "用法：ziping convert 扫描件 --to pdf-text -o 副本.pdf（一个 PDF "
        "或图片；不与别的格式同用）",
        "usage: ziping convert SCAN --to pdf-text -o COPY.pdf (one PDF or picture; no other format "
        "beside it)");
    return ZP_EXIT_USAGE;
}

ZpExit zp_searchable_command(const ZpArguments *arguments)
{
    const char *place = place_of(arguments->formats[0]);
    if (place && !*place)
        place = arguments->output;
    ZpArguments own = *arguments;
    own.formats = NULL;
    own.output = NULL;
    if (arguments->formats[1] || !place || !*place || arguments->journal || arguments->shard ||
        arguments->shard_of || arguments->ledger || arguments->corrections)
        return say_usage(arguments->lang);
    if (zp_output_is_shown(place, "--to " NAME, arguments->lang))
        return ZP_EXIT_USAGE;
    if (!zp_image_is_wanted()) {
        zp_say(
            arguments->lang,
            "--to pdf-text 要用的文字识别没有装，或用了 --ocr never；请运行 scripts/ocr.sh",
            "--to pdf-text: text recognition is not installed (run scripts/ocr.sh), or --ocr never "
            "forbids it");
        return ZP_EXIT_USAGE;
    }
    const ZpJob job = {.command = "convert", .writes = place};
    __attribute__((cleanup(zp_session_clear))) ZpSession session;
    ZpExit status = zp_session_open(&session, &own, &job);
    if (status != ZP_EXIT_CLEAN)
        return status;
    if (session.inputs->len != 1 ||
        g_file_test(g_ptr_array_index(session.inputs, 0), G_FILE_TEST_IS_DIR))
        return say_usage(arguments->lang);
    const char *path = g_ptr_array_index(session.inputs, 0);
    ZpLang lang = session.arguments.lang;
    g_autoptr(GError) error = NULL;
    ZpSearchableOptions options = {
        .path = path, .password = session.password, .no_sandbox = session.arguments.no_sandbox};
    zp_config_limits(session.config, path, &session.limits, &options.limits);
    g_autoptr(GBytes) input =
        zp_input_read(path, (guint)zp_limits_get(&options.limits, ZP_BOUND_INPUT), &error);
    options.input = input;
    g_autoptr(GBytes) copy = input ? zp_searchable_run(&options, &error) : NULL;
    if (copy && zp_output_write_bytes(place, copy, &error))
        return ZP_EXIT_CLEAN;
    zp_say(lang, "%s：%s", "%s: %s", copy ? place : path, zp_error_text(error, lang));
    return copy ? ZP_EXIT_INTERNAL : ZP_EXIT_UNREADABLE;
}
