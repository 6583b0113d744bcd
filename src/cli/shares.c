/*
 * shares.c - shares one behind the other, as this program has them in memory: nobody else reads them.
 *
 *     head | path | numbers of the forms | standings of the findings | paths they name | record
 *
 * A record (run/record.h) has no findings' standing, because workers do not know it; so that is kept beside it.
 */
#include "cli/shares.h"

#include "base/ending.h"
#include "base/error.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

struct ZpShares {
    FILE *file;
    guint64 end;
};

typedef struct {
    guint32 path, forms, findings, related; /* bytes of both paths, numbers of both rows */
    guint64 record;
} Head;

/* What the settings, and the rules between forms, say of a finding. */
typedef struct {
    const char *suppressed; /* of the settings, which outlive the run */
    ZpAge baseline, diff;
    guint related_form;
    guint32 related; /* bytes of its path, 0: none */
} Standing;

static bool set_error(GError **error)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "--split-by 的临时文件无法读写",
                 "the temporary file of --split-by cannot be used");
    return false;
}

ZpShares *zp_shares_new(GError **error)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "ziping-XXXXXX", NULL);
    int fd = zp_aside_open(path, O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) {
        set_error(error);
        return NULL;
    }
    zp_aside_drop(path); /* without a name it goes with the program */
    ZpShares *shares = g_new0(ZpShares, 1);
    shares->file = fdopen(fd, "w+");
    return shares;
}

void zp_shares_free(ZpShares *shares)
{
    if (!shares)
        return;
    fclose(shares->file);
    g_free(shares);
}

void zp_share_free(ZpShare *share)
{
    if (!share)
        return;
    zp_record_free(share->record);
    g_free(share->path);
    g_free(share->numbers);
    g_free(share);
}

static bool put(ZpShares *shares, const void *bytes, gsize size)
{
    shares->end += size;
    return size == 0 || fwrite(bytes, size, 1, shares->file) == 1;
}

static void *take(ZpShares *shares, gsize size)
{
    g_autofree char *bytes = g_malloc(size + 1);
    bytes[size] = '\0';
    if (size > 0 && fread(bytes, size, 1, shares->file) != 1)
        return NULL;
    return g_steal_pointer(&bytes);
}

bool zp_shares_add(ZpShares *shares, const char *path, ZpRecord *record, const guint *numbers,
                   guint64 *at, GError **error)
{
    const GPtrArray *findings = record->report->findings;
    g_autoptr(GBytes) bytes = zp_record_write(record);
    g_autoptr(GString) related = g_string_new(NULL);
    g_autofree Standing *standings = g_new0(Standing, findings->len);
    for (guint k = 0; k < findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(findings, k);
        const char *other = finding->related_path ? finding->related_path : "";
        standings[k] = (Standing){finding->suppressed, finding->baseline, finding->diff,
                                  finding->related_form, (guint32)strlen(other)};
        g_string_append(related, other);
    }
    const Head head = {(guint32)strlen(path), record->forms->len, findings->len,
                       (guint32)related->len, g_bytes_get_size(bytes)};
    *at = shares->end;
    return (fseeko(shares->file, (off_t)shares->end, SEEK_SET) == 0 &&
            put(shares, &head, sizeof head) && put(shares, path, head.path) &&
            put(shares, numbers, head.forms * sizeof *numbers) &&
            put(shares, standings, head.findings * sizeof *standings) &&
            put(shares, related->str, related->len) &&
            put(shares, g_bytes_get_data(bytes, NULL), head.record)) ||
           set_error(error);
}

static void set_standings(ZpRecord *record, const Standing *standings, const char *related)
{
    for (guint k = 0; k < record->report->findings->len; k++) {
        ZpFinding *finding = g_ptr_array_index(record->report->findings, k);
        const Standing *standing = &standings[k];
        finding->suppressed = standing->suppressed;
        finding->baseline = standing->baseline;
        finding->diff = standing->diff;
        finding->related_form = standing->related_form;
        if (standing->related)
            finding->related_path = g_strndup(related, standing->related);
        related += standing->related;
    }
}

ZpShare *zp_shares_read(ZpShares *shares, guint64 at, GError **error)
{
    Head head;
    g_autoptr(ZpShare) share = g_new0(ZpShare, 1);
    if (fseeko(shares->file, (off_t)at, SEEK_SET) != 0 ||
        fread(&head, sizeof head, 1, shares->file) != 1) {
        set_error(error);
        return NULL;
    }
    share->path = take(shares, head.path);
    share->numbers = take(shares, head.forms * sizeof *share->numbers);
    g_autofree Standing *standings = take(shares, head.findings * sizeof *standings);
    g_autofree char *related = take(shares, head.related);
    char *bytes = take(shares, head.record);
    g_autoptr(GBytes) record = bytes ? g_bytes_new_take(bytes, head.record) : NULL;
    share->record = record ? zp_record_read(record) : NULL;
    if (!share->path || !share->numbers || !standings || !related || !share->record) {
        set_error(error);
        return NULL;
    }
    set_standings(share->record, standings, related);
    return g_steal_pointer(&share);
}
