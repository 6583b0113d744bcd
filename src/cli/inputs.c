/*
 * inputs.c - what to read: the words of the command line, and the lists of --files-from.
 *
 * A list has a name a line, or, when it holds a NUL byte (`find -print0`, `git ls-files -z`), a
 * name between NULs; so a name may hold any byte.  Nothing is trimmed and nothing is unquoted.
 */
#include "cli/session.h"

#include "base/error.h"
#include "base/limits.h"
#include "run/input.h"

#include <string.h>

static const char STANDARD_INPUT[] = "-";

static void add_names(GPtrArray *inputs, GBytes *bytes)
{
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    if (size == 0)
        return;
    char separator = memchr(data, '\0', size) ? '\0' : '\n';
    for (const char *end = data + size; data < end;) {
        const char *stop = memchr(data, separator, (gsize)(end - data));
        gsize length = stop ? (gsize)(stop - data) : (gsize)(end - data);
        if (length > 0)
            g_ptr_array_add(inputs, g_strndup(data, length));
        data += length + 1;
    }
}

static bool read_list(GPtrArray *inputs, const ZpArguments *arguments)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes =
        zp_input_read_file(arguments->files_from, ZP_LIMIT_INPUT_BYTES, &error);
    if (bytes) {
        add_names(inputs, bytes);
        return true;
    }
    zp_say(arguments->lang, "--files-from %s：%s", "--files-from %s: %s", arguments->files_from,
           zp_error_text(error, arguments->lang));
    return false;
}

/* Standard input can be read once: as the list or as an input. */
static bool reads_input_once(const GPtrArray *inputs, const ZpArguments *arguments)
{
    bool is_list = arguments->files_from && strcmp(arguments->files_from, STANDARD_INPUT) == 0;
    guint count = is_list ? 1 : 0;
    for (guint k = 0; k < inputs->len; k++)
        count += strcmp(g_ptr_array_index(inputs, k), STANDARD_INPUT) == 0;
    if (count < 2)
        return true;
    zp_say(arguments->lang, "标准输入（-）只能读一次", "standard input (-) can be read only once");
    return false;
}

GPtrArray *zp_inputs_collect(const ZpArguments *arguments, const char *command)
{
    g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(g_free);
    for (char **path = arguments->rest; path && *path; path++)
        g_ptr_array_add(inputs, g_strdup(*path));
    /* An empty name is a variable that was never set: '"$file"'. */
    for (guint k = 0; k < inputs->len; k++) {
        if (*(const char *)g_ptr_array_index(inputs, k))
            continue;
        zp_say(arguments->lang, "第 %u 个文件名是空的", "file name %u is empty", k + 1);
        return NULL;
    }
    if (arguments->files_from && !read_list(inputs, arguments))
        return NULL;
    if (inputs->len > 0)
        return reads_input_once(inputs, arguments) ? g_steal_pointer(&inputs) : NULL;
    if (arguments->files_from)
        zp_say(arguments->lang, "--files-from %s：列表是空的", "--files-from %s: the list is empty",
               arguments->files_from);
    else
        zp_say(arguments->lang, "没有给出文件或文件夹；见 ziping %s --help",
               "no file or folder given; see `ziping %s --help`", command);
    return NULL;
}
