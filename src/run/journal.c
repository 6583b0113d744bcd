/*
 * journal.c - first read, then written: the switch is where reading ends.
 */
#include "run/journal.h"

#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct ZpJournal {
    char *path;
    int fd;
    ZpTape *tape;       /* (nullable) while it is read */
    ZpTapeEntry *ahead; /* (nullable) read, and not yet asked for */
    guint64 good_until; /* the offset before it */
};

void zp_journal_free(ZpJournal *journal)
{
    if (!journal)
        return;
    zp_tape_entry_free(journal->ahead);
    zp_tape_free(journal->tape);
    if (journal->fd >= 0)
        close(journal->fd);
    g_free(journal->path);
    g_free(journal);
}

static bool set_write_error(const ZpJournal *journal, GError **error)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "无法写入日志 %s：%s", "cannot write the journal %s: %s",
                 journal->path, g_strerror(errno));
    return false;
}

static bool write_bytes(const ZpJournal *journal, GBytes *bytes, GError **error)
{
    gsize size = 0;
    const guint8 *data = g_bytes_get_data(bytes, &size);
    while (size > 0) {
        gssize n = write(journal->fd, data, size);
        if (n < 0 && errno != EINTR)
            return set_write_error(journal, error);
        if (n > 0) {
            data += n;
            size -= (gsize)n;
        }
    }
    return true;
}

/* From here on it is written: what follows the last good frame goes. */
static void stop_reading(ZpJournal *journal)
{
    off_t end = (off_t)(journal->ahead ? journal->good_until : zp_tape_good_until(journal->tape));
    g_clear_pointer(&journal->ahead, zp_tape_entry_free);
    g_clear_pointer(&journal->tape, zp_tape_free);
    if (ftruncate(journal->fd, end) == 0)
        lseek(journal->fd, end, SEEK_SET);
}

static bool is_same_run(const ZpTapeHead *one, const ZpTapeHead *other)
{
    return strcmp(one->key, other->key) == 0 && one->check == other->check &&
           one->shard == other->shard && one->of == other->of;
}

static bool set_usage_error(const ZpJournal *journal, const char *zh, const char *en,
                            GError **error)
{
    zp_error_set(error, ZP_ERROR_USAGE, "日志 %s %s%.0s", "the journal %s %.0s%s", journal->path,
                 zh, en);
    return false;
}

static bool open_file(ZpJournal *journal, bool resume, GError **error)
{
    ZpFileReason why;
    journal->fd = zp_file_open(journal->path, O_RDWR | O_CREAT | (resume ? 0 : O_EXCL), 0666, &why);
    if (journal->fd < 0 && errno == EEXIST)
        return set_usage_error(journal, "已经存在；用 --resume 继续那次运行，或删除它",
                               "exists; go on with that run by --resume, or remove it", error);
    if (journal->fd < 0 && !errno)
        return set_usage_error(journal, why.zh, why.en, error);
    if (journal->fd < 0)
        return set_write_error(journal, error);
    if (flock(journal->fd, LOCK_EX | LOCK_NB) != 0)
        return set_usage_error(journal, "正被另一个进程使用", "is in use by another process",
                               error);
    return true;
}

/* A file that is still empty begins here; any other must be of this run. */
static bool read_head(ZpJournal *journal, const ZpTapeHead *head, GError **error)
{
    struct stat about;
    if (fstat(journal->fd, &about) != 0)
        return set_write_error(journal, error);
    if (about.st_size == 0) {
        g_autoptr(GBytes) bytes = zp_tape_begin(head);
        return write_bytes(journal, bytes, error);
    }
    /* With an offset of its own. */
    int fd = zp_file_open(journal->path, O_RDONLY, 0, NULL);
    journal->tape = fd >= 0 ? zp_tape_open(fd, journal->path, NULL) : NULL;
    if (!journal->tape || !is_same_run(zp_tape_head(journal->tape), head))
        return set_usage_error(
            journal, "不是这次运行的（文件、选项、配置或版本不同）；请换一个文件名",
            "is of another run (other options, settings or version); take another name", error);
    return true;
}

ZpJournal *zp_journal_open(const char *path, const ZpTapeHead *head, bool resume, GError **error)
{
    g_autoptr(ZpJournal) journal = g_new0(ZpJournal, 1);
    journal->path = g_strdup(path);
    if (!open_file(journal, resume, error) || !read_head(journal, head, error))
        return NULL;
    return g_steal_pointer(&journal);
}

/* The input itself, or an entry of it. */
static bool is_path_of(const char *path, const char *input)
{
    gsize length = strlen(input);
    return strncmp(path, input, length) == 0 &&
           (!path[length] || strncmp(path + length, "!/", 2) == 0);
}

static bool is_same_input(const ZpTapeEntry *entry, guint64 number, const char *path)
{
    ZpStamp now = zp_stamp_of(path);
    return entry->number == number && is_path_of(entry->path, path) &&
           memcmp(&entry->stamp, &now, sizeof now) == 0;
}

static void look_ahead(ZpJournal *journal)
{
    if (journal->ahead)
        return;
    journal->good_until = zp_tape_good_until(journal->tape);
    journal->ahead = zp_tape_next(journal->tape);
}

ZpJournalFound zp_journal_find(ZpJournal *journal, guint64 number, const char *path, bool may_lack,
                               bool (*is_sound)(const ZpTapeEntry *entry, gpointer data),
                               gpointer data, ZpTapeEntry **entry)
{
    if (!journal->tape)
        return ZP_JOURNAL_NOTHING;
    look_ahead(journal);
    if (may_lack && journal->ahead && journal->ahead->number > number)
        return ZP_JOURNAL_PASSED;
    if (journal->ahead && is_same_input(journal->ahead, number, path) &&
        is_sound(journal->ahead, data)) {
        *entry = g_steal_pointer(&journal->ahead);
        return ZP_JOURNAL_ENTRY;
    }
    stop_reading(journal);
    return ZP_JOURNAL_NOTHING;
}

bool zp_journal_add(ZpJournal *journal, const ZpTapeEntry *entry, GError **error)
{
    /* The last of those that were found was the last input asked for. */
    if (journal->tape)
        stop_reading(journal);
    g_autoptr(GBytes) bytes = zp_tape_entry(entry);
    return write_bytes(journal, bytes, error);
}
