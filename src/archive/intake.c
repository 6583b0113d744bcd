/*
 * intake.c - one result after the other, in the order of the inputs.
 *
 * The run gives what was read of a file, not the file unless it is in an archive, so the file is read again here; when its SHA-256 is not the one
 * of what was read, it has changed meanwhile and is not added.  A file whose content is there already is
 * not read by a worker at all.
 */
#include "archive/intake.h"

#include "archive/years.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "parsers/parser.h"
#include "run/input.h"

#include <sys/stat.h>
#include <unistd.h>

#define CHUNK (64u * 1024)

char *zp_intake_now(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    return g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
}

bool zp_intake_is_own(const char *path, gpointer data)
{
    static const char *const SUFFIXES[] = {"", "-wal", "-shm", "-journal"};
    const ZpIntake *intake = data;
    struct stat own, other;
    if (stat(path, &other) != 0)
        return false;
    for (gsize k = 0; k < G_N_ELEMENTS(SUFFIXES); k++) {
        g_autofree char *file = g_strconcat(intake->path, SUFFIXES[k], NULL);
        if (stat(file, &own) == 0 && own.st_ino == other.st_ino && own.st_dev == other.st_dev)
            return true;
    }
    return false;
}

char *zp_intake_hold(const char *path, int fd, gsize size, gpointer data)
{
    const ZpIntake *intake = data;
    (void)path;
    if (!zp_store_has_size(intake->archive, size))
        return NULL;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree guint8 *buffer = g_malloc(CHUNK);
    gssize n = 0;
    for (off_t at = 0; (n = pread(fd, buffer, CHUNK, at)) > 0; at += n)
        g_checksum_update(sum, buffer, n);
    const char *digest = g_checksum_get_string(sum);
    return n == 0 && zp_store_find(intake->archive, digest) ? g_strdup(digest) : NULL;
}

static bool open_batch(ZpIntake *intake, GError **error)
{
    if (!intake->is_open && !zp_archive_begin(intake->archive, error))
        return false;
    intake->is_open = true;
    return true;
}

/* What was in the transaction is not there. */
static bool give_up(ZpIntake *intake)
{
    zp_archive_rollback(intake->archive);
    intake->is_open = false;
    intake->committed.n_unread = intake->counts.n_unread;
    intake->counts = intake->committed;
    return false;
}

bool zp_intake_end(ZpIntake *intake, GError **error)
{
    if (intake->is_open && (!zp_years_refresh(intake->archive, intake->rulebook, intake->added,
                                              intake->n_compared, error) ||
                            !zp_archive_commit(intake->archive, error)))
        return give_up(intake);
    intake->is_open = false;
    intake->n_batch = 0;
    intake->n_bytes = 0;
    intake->n_compared = intake->added->len;
    intake->committed = intake->counts;
    return true;
}

static bool end_step(ZpIntake *intake, gsize bytes, GError **error)
{
    intake->n_bytes += bytes;
    if (++intake->n_batch < ZP_INTAKE_BATCH && intake->n_bytes < ZP_INTAKE_BATCH_BYTES)
        return true;
    return zp_intake_end(intake, error);
}

/* A further name of what is there. */
static bool add_name(ZpIntake *intake, gint64 id, const char *path, GError **error)
{
    bool is_new = false;
    g_autofree char *now = zp_intake_now();
    if (!zp_store_name(intake->archive, id, path, now, &is_new, error))
        return false;
    intake->counts.n_named += is_new;
    intake->counts.n_known += !is_new;
    return end_step(intake, 0, error);
}

bool zp_intake_on_held(const char *path, const char *held_as, gpointer data, GError **error)
{
    ZpIntake *intake = data;
    if (!open_batch(intake, error))
        return false;
    gint64 id = zp_store_find(intake->archive, held_as);
    return add_name(intake, id, path, error) || give_up(intake);
}

static bool has_changed(const ZpResult *result, GBytes *bytes)
{
    g_autofree char *digest = bytes ? zp_sha256_of_bytes(bytes) : NULL;
    return g_strcmp0(digest, result->sha256) != 0;
}

/* Only asked of what was opened with a password. */
static bool is_encrypted(const ZpIntake *intake, const ZpResult *result, GBytes *bytes)
{
    const ZpParser *parser = result->format ? zp_parser_by_name(result->format) : NULL;
    return intake->has_password && parser && parser->is_locked && parser->is_locked(bytes);
}

static bool add_document(ZpIntake *intake, const ZpResult *result, GBytes *bytes, GError **error)
{
    gint64 id = 0;
    g_autofree char *now = zp_intake_now();
    const ZpDeposit deposit = {.result = result,
                               .original = bytes,
                               .keeps_original = intake->keeps_originals,
                               .is_encrypted = is_encrypted(intake, result, bytes),
                               .now = now};
    if (!zp_store_add(intake->archive, intake->rulebook, &deposit, &id, error))
        return false;
    intake->counts.n_new++;
    intake->counts.n_forms += result->forms->len;
    intake->counts.n_encrypted += deposit.is_encrypted;
    g_array_append_val(intake->added, id);
    return end_step(intake, g_bytes_get_size(bytes), error);
}

bool zp_intake_take(const ZpResult *result, gpointer data, GError **error)
{
    ZpIntake *intake = data;
    if (result->error || !result->forms || result->forms->len == 0 || !result->sha256) {
        intake->counts.n_unread++;
        return true;
    }
    g_autoptr(GError) why = NULL;
    g_autoptr(GBytes) bytes = result->content
                                  ? g_bytes_ref(result->content)
                                  : zp_input_read(result->path, ZP_LIMIT_INPUT_BYTES, &why);
    if (has_changed(result, bytes)) {
        zp_error_set(error, ZP_ERROR_IO, "%s 在读取时被改动，没有收入",
                     "%s has changed while it was read and is not added", result->path);
        return false;
    }
    if (!open_batch(intake, error))
        return false;
    gint64 id = zp_store_find(intake->archive, result->sha256);
    bool done =
        id ? add_name(intake, id, result->path, error) : add_document(intake, result, bytes, error);
    return done || give_up(intake);
}
