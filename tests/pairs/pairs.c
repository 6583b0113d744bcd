/*
 * pairs.c - files of every format, one after the other in one process, as a worker reads them.
 *
 * usage: pairs LIST      lines of MARKER<TAB>FILE; the marker stands in that file alone, with every other
 *                        letter one further on, so that this program itself does not hold it
 *
 * Every file is read behind every other: its answer holds its own marker and not the other's.  Then the
 * memory that can be written is searched: of a file that was read and given up nothing may be left.
 */
#include "base/error.h"
#include "base/text.h"
#include "parsers/pdf/pdf.h"
#include "run/clean.h"
#include "run/work.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    char *veiled; /* the marker, every second byte one more */
    char *path;
} Marked;

static int n_wrong;

static gboolean is_at(const char *text, const char *veiled, gsize length)
{
    for (gsize k = 0; k < length; k++) {
        if ((guchar)(text[k] + (k % 2)) != (guchar)veiled[k])
            return FALSE;
    }
    return TRUE;
}

static gboolean holds(const char *text, gsize size, const char *veiled)
{
    gsize length = strlen(veiled);
    for (const char *p = text, *end = text + size; (gsize)(end - p) >= length; p++) {
        p = memchr(p, veiled[0], (gsize)(end - p) - length + 1);
        if (!p)
            return FALSE;
        if (is_at(p, veiled, length))
            return TRUE;
    }
    return FALSE;
}

static GBytes *answer_to(const ZpWork *work, const Marked *file)
{
    int fd = open(file->path, O_RDONLY | O_CLOEXEC);
    zp_clean();
    const ZpAsked asked = {.path = "a", .fd = fd, .abilities = ZP_ABILITY_PDF};
    g_autoptr(ZpRecord) record = zp_work_file(work, &asked);
    close(fd);
    return zp_record_write(record);
}

static void expect(gboolean is_so, const char *what, const Marked *first, const Marked *second)
{
    if (is_so)
        return;
    n_wrong++;
    printf("%s: %s, then %s\n", what, first->path, second->path);
}

static void read_pair(const ZpWork *work, const Marked *first, const Marked *second)
{
    g_autoptr(GBytes) before = answer_to(work, first);
    g_autoptr(GBytes) answer = answer_to(work, second);
    gsize size, before_size;
    const char *data = g_bytes_get_data(answer, &size);
    const char *old = g_bytes_get_data(before, &before_size);
    expect(holds(old, before_size, first->veiled), "the first is not read", first, second);
    expect(holds(data, size, second->veiled), "the second is not read", first, second);
    expect(!holds(data, size, first->veiled), "the first's text in the second", first, second);
}

#ifndef __SANITIZE_ADDRESS__
/* Searches one mapping as far as it can be read. */
static gboolean mapping_holds(int memory, guint64 from, guint64 to, const char *veiled)
{
    gsize size = to - from;
    g_autofree char *copy = g_malloc(size);
    gssize n = pread(memory, copy, size, (off_t)from);
    return n > 0 && holds(copy, (gsize)n, veiled);
}

/* Whether a marker is left anywhere in what this process may write. */
static gboolean is_left(const char *veiled)
{
    g_autofree char *maps = NULL;
    g_file_get_contents("/proc/self/maps", &maps, NULL, NULL);
    g_auto(GStrv) lines = g_strsplit(maps ? maps : "", "\n", 0);
    int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    gboolean found = FALSE;
    for (char **line = lines; *line; line++) {
        char *end = NULL, *rights = NULL;
        guint64 from = g_ascii_strtoull(*line, &end, 16);
        guint64 to = *end == '-' ? g_ascii_strtoull(end + 1, &rights, 16) : 0;
        if (!rights || strncmp(rights, " rw", 3) != 0 || to - from > (1u << 28))
            continue;
        if (mapping_holds(memory, from, to, veiled)) {
            printf("%s\n", *line);
            found = TRUE;
        }
    }
    close(memory);
    return found;
}

static void expect_forgotten(const ZpWork *work, const Marked *file)
{
    g_bytes_unref(answer_to(work, file));
    zp_clean();
    expect(!is_left(file->veiled), "text is left in memory", file, file);
}
#endif

static void marked_free(gpointer data)
{
    Marked *file = data;
    g_free(file->path);
    g_free(file->veiled);
    g_free(file);
}

static GPtrArray *read_list(const char *path)
{
    g_autofree char *text = NULL;
    GPtrArray *files = g_ptr_array_new_with_free_func(marked_free);
    if (!g_file_get_contents(path, &text, NULL, NULL))
        exit(2);
    g_auto(GStrv) lines = g_strsplit(text, "\n", 0);
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) parts = g_strsplit(*line, "\t", 2);
        if (g_strv_length(parts) != 2)
            continue;
        Marked *file = g_new(Marked, 1);
        *file = (Marked){g_strdup(parts[0]), g_strdup(parts[1])};
        g_ptr_array_add(files, file);
    }
    return files;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (argc != 2 || !zp_pdf_load(&error))
        return 2;
    zp_clean_start();
    ZpRulebook *rulebook = zp_rulebook_open(NULL, NULL);
    const ZpWork work = {.rulebook = rulebook, .check = true, .repairs = true};
    GPtrArray *files = read_list(argv[1]);
    for (guint a = 0; a < files->len; a++) {
        for (guint b = 0; b < files->len; b++) {
            if (a != b)
                read_pair(&work, files->pdata[a], files->pdata[b]);
        }
    }
#ifndef __SANITIZE_ADDRESS__
    for (guint k = 0; k < files->len; k++)
        expect_forgotten(&work, files->pdata[k]);
#endif
    bool is_bad = n_wrong > 0 || files->len < 2;
    printf("%u files, %d wrong\n", files->len, n_wrong);
    g_ptr_array_unref(files);
    zp_rulebook_free(rulebook);
    return is_bad;
}
