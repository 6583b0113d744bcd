/*
 * targets.c - `--format text --format sarif=out.sarif`: words into writers and places.
 */
#include "cli/targets.h"

#include <string.h>
#include <sys/stat.h>

static void free_target(gpointer data)
{
    ZpTarget *target = data;
    zp_writing_clear(&target->writing);
    g_free(target->path);
    g_free(target->folder);
    zp_pages_free(target->pages);
    g_free(target);
}

void zp_targets_clear(ZpTargets *targets)
{
    g_clear_pointer(&targets->items, g_ptr_array_unref);
}

/* "-" is standard output, like no path. */
static char *place_of(const char *path)
{
    return path && strcmp(path, "-") != 0 ? g_strdup(path) : NULL;
}

static bool add_target(ZpTargets *targets, const ZpArguments *arguments, const char *word,
                       const char *option, ZpUse use)
{
    const char *path = strchr(word, '=');
    g_autofree char *name = g_strndup(word, path ? (gsize)(path - word) : strlen(word));
    const ZpWriter *writer = zp_writer_by_name(name, use);
    if (!writer) {
        g_autofree char *names = zp_writer_names(use);
        g_auto(GStrv) words = g_strsplit(names, "|", -1);
        const char *near = zp_meant(name, (const char *const *)words);
        g_autofree char *hint =
            !near ? g_strdup("")
                  : g_strdup_printf(arguments->lang == ZP_LANG_ZH ? "；是不是 %s %s？"
                                                                  : "; did you mean %s %s?",
                                    option, near);
        zp_say(arguments->lang, "%s 没有格式 %s%s；有：%s", "%s: no format %s%s; there is: %s",
               option, name, hint, names);
        return false;
    }
    if (path && !path[1]) {
        zp_say(arguments->lang, "%s %s：= 后面没有文件名",
               "%s %s: no file name after the =", option, word);
        return false;
    }
    g_autofree char *place = path ? place_of(path + 1) : place_of(arguments->output);
    g_autofree char *asked = g_strdup_printf("%s %s", option, name);
    if (writer->is_binary && zp_output_is_shown(place, asked, arguments->lang))
        return false;
    bool is_ledger = arguments->ledger && use == ZP_USE_CONVERT;
    if (is_ledger && !zp_writer_for_ledger(writer)) {
        zp_say(arguments->lang, "汇总表不能写成 %s；可以是 json、ndjson、csv",
               "a ledger cannot be written as %s; json, ndjson and csv can be", name);
        return false;
    }
    if (is_ledger)
        writer = zp_writer_for_ledger(writer);
    else if (arguments->table && writer == zp_writer_for_table("indicators"))
        writer = zp_writer_for_table(arguments->table);
    ZpTarget *target = g_new0(ZpTarget, 1);
    target->writer = writer;
    target->path = g_steal_pointer(&place);
    target->folder = target->path ? g_path_get_dirname(target->path) : NULL;
    g_ptr_array_add(targets->items, target);
    return true;
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

static bool is_same_place(const char *a, const char *b)
{
    if (!a || !b)
        return a == b;
    g_autofree char *first = g_canonicalize_filename(a, NULL);
    g_autofree char *second = g_canonicalize_filename(b, NULL);
    return strcmp(first, second) == 0 || is_same_file(a, b);
}

const char *zp_targets_find_at(const char *path, gpointer data)
{
    const ZpTargets *targets = data;
    for (guint k = 0; targets->items && k < targets->items->len; k++) {
        const ZpTarget *target = g_ptr_array_index(targets->items, k);
        if (target->path && is_same_file(target->path, path))
            return target->path;
    }
    return NULL;
}

/* --table is one of the tables that CSV can be, and there is a CSV. */
static bool is_table_sound(const ZpTargets *targets, const ZpArguments *arguments)
{
    if (!arguments->table)
        return true;
    if (!zp_writer_for_table(arguments->table)) {
        g_auto(GStrv) names = g_strsplit(ZP_TABLE_NAMES, "|", -1);
        const char *near = zp_nearest(arguments->table, (const char *const *)names);
        g_autofree char *hint =
            !near ? g_strdup("")
                  : g_strdup_printf(arguments->lang == ZP_LANG_ZH ? "；是不是 --table %s？"
                                                                  : "; did you mean --table %s?",
                                    near);
        zp_say(arguments->lang, "--table 没有 %s 这张表%s；有：%s",
               "--table: no table %s%s; there is: %s", arguments->table, hint, ZP_TABLE_NAMES);
        return false;
    }
    if (zp_targets_have(targets, "csv") && !arguments->ledger)
        return true;
    zp_say(arguments->lang, "--table 只用于 --to csv，不与 --ledger 同用",
           "--table goes with --to csv, and not with --ledger");
    return false;
}

bool zp_targets_parse(ZpTargets *targets, const ZpArguments *arguments, char **words,
                      const char *otherwise, const char *option, ZpUse use)
{
    targets->items = g_ptr_array_new_with_free_func(free_target);
    if (arguments->table && !zp_writer_for_table(arguments->table))
        return is_table_sound(targets, arguments);
    if (!words && otherwise && !add_target(targets, arguments, otherwise, option, use))
        return false;
    for (; words && *words; words++) {
        if (!add_target(targets, arguments, *words, option, use))
            return false;
    }
    if (!is_table_sound(targets, arguments))
        return false;
    /* Two outputs in one place would destroy each other. */
    for (guint k = 0; k < targets->items->len; k++) {
        const ZpTarget *one = g_ptr_array_index(targets->items, k);
        for (guint i = 0; i < k; i++) {
            const ZpTarget *other = g_ptr_array_index(targets->items, i);
            if (!is_same_place(one->path, other->path))
                continue;
            zp_say(arguments->lang, "%s 和 %s 写到同一个地方：%s",
                   "%s and %s go to the same place: %s", other->writer->name, one->writer->name,
                   one->path ? one->path : "-");
            return false;
        }
    }
    return true;
}

bool zp_targets_open(ZpTargets *targets, const ZpRulebook *rulebook, const ZpWriteOptions *options,
                     GError **error)
{
    ZpTarget *previous = NULL;
    for (guint k = 0; k < targets->items->len; k++) {
        ZpTarget *target = g_ptr_array_index(targets->items, k);
        ZpWriteOptions own = *options;
        own.colour = options->colour && !target->path;
        own.width = target->path ? 0 : options->width;
        own.folder = target->folder;
        if (!zp_output_open(&target->output, target->path, error))
            return false;
        target->is_open = true;
        if (target->writer == &zp_page_writer && target->output.aside)
            target->pages = zp_pages_new(target->path);
        own.pages = target->pages ? &target->pages->place : NULL;
        if (!zp_writing_start(&target->writing, target->writer, rulebook, &own,
                              target->output.stream, error))
            return false;
        if (previous)
            previous->writing.next = &target->writing;
        previous = target;
    }
    return true;
}

ZpWriting *zp_targets_writing(const ZpTargets *targets)
{
    return targets->items->len > 0 ? &((ZpTarget *)g_ptr_array_index(targets->items, 0))->writing
                                   : NULL;
}

bool zp_targets_close(ZpTargets *targets, bool keep, bool *is_silent, GError **error)
{
    bool done = true;
    for (guint k = 0; k < targets->items->len; k++) {
        ZpTarget *target = g_ptr_array_index(targets->items, k);
        if (!target->is_open)
            continue;
        *is_silent |= target->writing.is_closed;
        bool has_pages =
            !target->pages || zp_pages_close(target->pages, keep, error && !*error ? error : NULL);
        done &= zp_output_close(&target->output, keep && has_pages,
                                has_pages && error && !*error ? error : NULL) &&
                has_pages;
        target->is_open = false;
    }
    return done;
}

bool zp_targets_use_standard_output(const ZpTargets *targets)
{
    for (guint k = 0; k < targets->items->len; k++) {
        if (!((const ZpTarget *)g_ptr_array_index(targets->items, k))->path)
            return true;
    }
    return false;
}

guint zp_targets_extra(const ZpTargets *targets)
{
    enum { OF_WORKBOOK = 12 };
    guint extra = 0;
    for (guint k = 0; k < targets->items->len; k++) {
        const ZpTarget *target = g_ptr_array_index(targets->items, k);
        extra += target->writer->is_binary ? OF_WORKBOOK : 0;
    }
    return extra;
}

bool zp_targets_want_digests(const ZpTargets *targets)
{
    for (guint k = 0; k < targets->items->len; k++) {
        const ZpTarget *target = g_ptr_array_index(targets->items, k);
        if (target->writer->wants_digests)
            return true;
    }
    return false;
}

bool zp_targets_have(const ZpTargets *targets, const char *format)
{
    for (guint k = 0; k < targets->items->len; k++) {
        if (strcmp(((const ZpTarget *)g_ptr_array_index(targets->items, k))->writer->name,
                   format) == 0)
            return true;
    }
    return false;
}

bool zp_targets_want_findings(const ZpTargets *targets)
{
    for (guint k = 0; k < targets->items->len; k++) {
        if (zp_writer_wants_findings(
                ((const ZpTarget *)g_ptr_array_index(targets->items, k))->writer))
            return true;
    }
    return false;
}
