/*
 * message.c - what goes to people: lines on standard error, colour, "did you mean".
 */
#include "cli/cli.h"

#include "base/defuse.h"
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

void zp_say(ZpLang lang, const char *zh, const char *en, ...)
{
    va_list arguments;
    va_start(arguments, en);
    g_autofree char *text = g_strdup_vprintf(lang == ZP_LANG_ZH ? zh : en, arguments);
    va_end(arguments);
    g_autoptr(GString) line = g_string_new("ziping: ");
    zp_text_append_visible(line, text, strlen(text));
    g_string_append_c(line, '\n');
    zp_text_defuse(line, 0);
    fputs(line->str, stderr);
}

void zp_append_padded(GString *out, const char *text, gsize columns)
{
    g_string_append(out, text);
    for (gsize k = zp_text_columns(text); k < columns; k++)
        g_string_append_c(out, ' ');
}

bool zp_wants_colour(void)
{
    const char *no_colour = g_getenv("NO_COLOR"), *term = g_getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no_colour && *no_colour) && term && *term &&
           strcmp(term, "dumb") != 0;
}

guint zp_terminal_columns(int fd)
{
    struct winsize size;
    const char *told = g_getenv("COLUMNS");
    guint64 columns = 0;
    if (!isatty(fd))
        return 0;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return told && g_ascii_string_to_unsigned(told, 10, 1, G_MAXUINT16, &columns, NULL)
               ? (guint)columns
               : 0;
}

ZpRulebook *zp_arguments_rulebook(const ZpArguments *arguments)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(ZpRulebook) rulebook = zp_rulebook_open(arguments->rules, &error);
    if (rulebook &&
        (!arguments->profile || zp_rulebook_force_profile(rulebook, arguments->profile, &error)))
        return g_steal_pointer(&rulebook);
    zp_say(arguments->lang, "%s", "%s", zp_error_text(error, arguments->lang));
    return NULL;
}

void zp_say_links(ZpLang lang, guint64 count, const char *first)
{
    zp_say(lang,
           "没有跟随文件夹里的 %" G_GUINT64_FORMAT " 个链接（第一个：%s）；要读它就直接写出它",
           "%" G_GUINT64_FORMAT
           " links in folders were not followed (the first: %s); one that is named itself is",
           count, first);
}

bool zp_arguments_want_json(const ZpArguments *arguments, bool *json)
{
    static const char *const FORMATS[] = {"text", "json", NULL};
    char **formats = arguments->formats;
    const char *format = !formats ? FORMATS[0] : formats[1] ? formats[1] : formats[0];
    *json = strcmp(format, FORMATS[1]) == 0;
    if (!formats || (!formats[1] && g_strv_contains(FORMATS, format)))
        return true;
    g_autofree char *meant = zp_meant_text(format, FORMATS, arguments->lang);
    zp_say(arguments->lang, "--format 只能是 text 或 json 中的一个，不能是 %s%s",
           "--format is one of text and json, not %s%s", format, meant);
    return false;
}
