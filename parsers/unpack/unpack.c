/*
 * unpack.c - archives read by libarchive, letters by the mail module, from a descriptor or, inside another archive, from
 * memory.
 *
 * Every entry is unpacked as a whole before anybody sees it, because only then its content says whether it is an archive
 * itself; so a level takes one file's limit of memory and there are ZP_LIMIT_ARCHIVE_DEPTH + 1 levels.
 * What stands behind an entry that is too large is not unpacked in a zip, and passed over elsewhere.
 */
#include "parsers/unpack/unpack.h"

#include "base/error.h"
#include "base/limits.h"
#include "parsers/mail/letter.h"
#include "parsers/parser.h"
#include "parsers/unpack/private.h"

#include <archive_entry.h>
#include <locale.h>

/* Bytes unpacked at a time. */
#define CHUNK (64u * 1024)
/* A part: the entry's number in the outermost archive, then a number inside it. */
#define INNER_BITS 24

/* All levels of one archive. */
typedef struct {
    const ZpUnpackCalls *calls;
    guint64 after, top, inner; /* parts */
    guint n_entries;
    guint64 unpacked, packed; /* bytes */
    ZpEntryNames *names;
    bool is_ended; /* by a call */
} Job;

typedef struct {
    Job *job;
    Archive *archive;           /* (nullable) NULL: a letter */
    const ZpMailModule *letter; /* (nullable) who takes the letter apart */
    const char *path, *prefix;  /* of the archive; before its entries' names */
    guint depth;
    bool is_bare; /* one compressed file and no archive */
} Level;

/* What stands at a place of an archive or a letter. */
typedef struct {
    char *name;
    bool is_passed, is_link, is_locked;
    guint64 said;             /* bytes, as far as it says */
    const ZpLetterPart *part; /* (nullable) of a letter */
} Entry;

/* libarchive converts names to the locale's character set and loses what that lacks. */
static locale_t use_names_locale(void)
{
    static locale_t names; /* kept: a closed sandbox opens no further one */
    if (!names)
        names = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return names ? uselocale(names) : (locale_t)0;
}

static void leave_names_locale(locale_t before)
{
    if (before)
        uselocale(before);
}

void zp_unpack_prepare(void)
{
    leave_names_locale(use_names_locale());
}

ZpPacked zp_unpack_look(int fd)
{
    g_autofree ZpPackedSource *source = g_new0(ZpPackedSource, 1);
    locale_t before = use_names_locale();
    ZpPacked packed =
        zp_packed_source_open(source, fd) ? zp_packed_source_look(source) : ZP_PACKED_NOT;
    leave_names_locale(before);
    return packed;
}

static bool set_archive_error(const Level *level, GError **error)
{
    bool is_encrypted = archive_read_has_encrypted_entries(level->archive) > 0;
    if (is_encrypted)
        zp_error_set(error, ZP_ERROR_ENCRYPTED,
                     "压缩包已加密，连文件名也要密码才能看到；请解密后再交来",
                     "the archive is encrypted, even its list of names; give it without a "
                     "password");
    else if (!level->job->n_entries)
        zp_error_set(error, ZP_ERROR_DAMAGED, "压缩包已损坏，打不开；请重新下载或重新打包",
                     "the archive is damaged and cannot be opened; get it or pack it again");
    else
        zp_error_set(error, ZP_ERROR_DAMAGED,
                     "压缩包已损坏，读到这里为止（前面的文件已读）；请重新下载或重新打包",
                     "the archive is damaged and was read up to there; get it or pack it again");
    return false;
}

static bool set_entry_error(GError **error)
{
    zp_error_set(error, ZP_ERROR_DAMAGED, "压缩包里的这个文件已损坏，解不开；请重新下载或重新打包",
                 "this file cannot be unpacked: the archive is damaged there; get it or pack it "
                 "again");
    return false;
}

static bool check_size(guint64 size, guint64 limit, GError **error)
{
    if (size <= limit)
        return true;
    zp_error_set(error, ZP_ERROR_LIMIT,
                 "文件超过 %" G_GUINT64_FORMAT
                 " 字节的上限（ZP_LIMIT_INPUT_BYTES，--max-input）；请拆成几个较小的文件",
                 "larger than the limit of %" G_GUINT64_FORMAT
                 " bytes (ZP_LIMIT_INPUT_BYTES, --max-input); split it into smaller files",
                 limit);
    return false;
}

/* Of the archive as a whole: a bomb is not unpacked further. */
static bool check_growth(const Job *job, GError **error)
{
    if (job->unpacked <= ZP_LIMIT_ARCHIVE_RATIO_FLOOR ||
        job->unpacked / ZP_LIMIT_ARCHIVE_RATIO <= job->packed)
        return true;
    zp_error_set(error, ZP_ERROR_LIMIT,
                 "压缩包解开后大了 %u 倍以上（ZP_LIMIT_ARCHIVE_RATIO），像是“压缩炸弹”，"
                 "后面的没有读",
                 "the archive grows more than %u times when unpacked (ZP_LIMIT_ARCHIVE_RATIO), as "
                 "a bomb does; the rest was not read",
                 ZP_LIMIT_ARCHIVE_RATIO);
    return false;
}

static bool count_entry(Job *job, GError **error)
{
    if (++job->n_entries <= ZP_LIMIT_ARCHIVE_ENTRIES)
        return true;
    zp_error_set(error, ZP_ERROR_LIMIT,
                 "压缩包里的文件超过 ZP_LIMIT_ARCHIVE_ENTRIES（%u 个）的上限，后面的没有读",
                 "the archive holds more than ZP_LIMIT_ARCHIVE_ENTRIES (%u) entries; the rest was "
                 "not read",
                 ZP_LIMIT_ARCHIVE_ENTRIES);
    return false;
}

/* The bytes of the entry that the archive stands at.  @fatal: what ends the archive, not only this. */
static GBytes *unpack_entry(const Level *level, guint64 limit, GError **error, GError **fatal)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    for (;;) {
        guint start = bytes->len;
        g_byte_array_set_size(bytes, start + CHUNK);
        la_ssize_t n = archive_read_data(level->archive, bytes->data + start, CHUNK);
        g_byte_array_set_size(bytes, start + (guint)MAX(n, 0));
        if (n < 0) {
            set_entry_error(error);
            return NULL;
        }
        if (n == 0)
            return g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
        level->job->unpacked += (guint64)n;
        if (!check_size(bytes->len, limit, error) || !check_growth(level->job, fatal))
            return NULL;
    }
}

/* What is had of a letter is in memory already, and no larger than it. */
static GBytes *unpack_part(const Level *level, const ZpLetterPart *part, guint64 limit,
                           GError **error)
{
    g_autoptr(GBytes) bytes = level->letter->unpack(part);
    level->job->unpacked += g_bytes_get_size(bytes);
    return check_size(g_bytes_get_size(bytes), limit, error) ? g_steal_pointer(&bytes) : NULL;
}

static bool set_locked_error(const Entry *entry, GError **error)
{
    if (entry->part)
        zp_error_set(
            error, ZP_ERROR_ENCRYPTED,
            "邮件的这一部分已加密或整体签名，读不到内容；请在邮件软件中打开，另存附件后再交来",
            "this part of the mail is encrypted or shut in a signature; open it in the "
            "mail program, save what is attached and give that");
    else
        zp_error_set(error, ZP_ERROR_ENCRYPTED, "压缩包里的这个文件已加密；请解密后再交来",
                     "this file is encrypted in the archive; give it without a password");
    return false;
}

static bool set_depth_error(GError **error)
{
    zp_error_set(error, ZP_ERROR_LIMIT,
                 "压缩包里的压缩包超过 %u 层（ZP_LIMIT_ARCHIVE_DEPTH），没有打开；请解压后再交来",
                 "archives inside archives deeper than %u (ZP_LIMIT_ARCHIVE_DEPTH) are not "
                 "opened; unpack it and give what is inside",
                 ZP_LIMIT_ARCHIVE_DEPTH);
    return false;
}

static guint64 part_of(const Job *job)
{
    return job->top << INNER_BITS | job->inner;
}

/* A file, unless it was had before; false: a call ended it all. */
static bool hand_over(Job *job, guint64 part, GBytes *bytes, const GError *why)
{
    if (part > job->after && !job->calls->file(bytes, why, job->calls->data))
        job->is_ended = true;
    return !job->is_ended;
}

static bool begin(Job *job, const char *name, guint64 part)
{
    if (part > job->after && !job->calls->begin(name, part, job->calls->data))
        job->is_ended = true;
    return !job->is_ended;
}

static bool run_level(Level *level, ZpPacked packed, ZpPackedSource *source, GError **fatal);

/* An archive in the archive: its entries, then what is wrong with it. */
static bool open_inner(const Level *level, const char *name, ZpPacked packed,
                       ZpPackedSource *source, GError **fatal)
{
    Job *job = level->job;
    g_autoptr(GError) why = NULL;
    g_autofree char *prefix = g_strconcat(name, "!/", NULL);
    Level inner = {.job = job, .path = name, .prefix = prefix, .depth = level->depth + 1};
    if (level->depth >= ZP_LIMIT_ARCHIVE_DEPTH)
        set_depth_error(&why);
    else if (run_level(&inner, packed, source, &why))
        return true;
    if (job->is_ended)
        return false;
    /* What bounds all levels together ends all levels. */
    if (why->code == ZP_ERROR_LIMIT && level->depth < ZP_LIMIT_ARCHIVE_DEPTH) {
        g_propagate_error(fatal, g_steal_pointer(&why));
        return false;
    }
    job->inner++;
    return begin(job, name, part_of(job)) && hand_over(job, part_of(job), NULL, why);
}

/* What an entry's content is; false: the archive ends here.  A document may begin as a letter does. */
static bool take_bytes(const Level *level, const Entry *entry, guint64 part, GBytes *bytes,
                       const GError *why, GError **fatal)
{
    g_autofree ZpPackedSource *source = g_new0(ZpPackedSource, 1);
    source->bytes = bytes;
    ZpPacked packed = bytes ? zp_packed_source_look(source) : ZP_PACKED_NOT;
    if (packed == ZP_PACKED_LETTER && zp_parser_by_suffix(entry->name))
        packed = ZP_PACKED_NOT;
    if (bytes && entry->part && entry->part->use == ZP_LETTER_INNER)
        packed = ZP_PACKED_LETTER;
    return packed == ZP_PACKED_NOT ? hand_over(level->job, part, bytes, why)
                                   : open_inner(level, entry->name, packed, source, fatal);
}

static bool take_entry(const Level *level, const Entry *entry, GError **fatal)
{
    Job *job = level->job;
    guint64 part = part_of(job);
    /* Whatever it is, it was done with, or is what nobody survives. */
    if (part == job->after)
        return true;
    if (!begin(job, entry->name, part))
        return false;
    g_autoptr(GError) why = NULL;
    g_autoptr(GBytes) bytes = NULL;
    guint64 limit = job->calls->limit(entry->name, job->calls->data);
    if (entry->is_locked)
        set_locked_error(entry, &why);
    else if (check_size(entry->said, limit, &why))
        bytes = entry->part ? unpack_part(level, entry->part, limit, &why)
                            : unpack_entry(level, limit, &why, fatal);
    return !*fatal && take_bytes(level, entry, part, bytes, why, fatal);
}

/* What is in a file that is only compressed has the name of that file. */
static char *name_of(const Level *level, struct archive_entry *entry)
{
    g_autofree char *bare = level->is_bare ? zp_entry_bare_name(level->path) : NULL;
    return bare ? zp_entry_names_add(level->job->names, level->prefix, bare)
                : zp_entry_names_take(level->job->names, level->prefix, entry);
}

static bool is_done_with(const Level *level)
{
    return level->depth == 0 && level->job->top < level->job->after >> INNER_BITS;
}

static bool visit(const Level *level, const Entry *entry, GError **fatal)
{
    Job *job = level->job;
    const ZpUnpackEntry about = {entry->name, part_of(job), entry->said, level->depth > 0};
    ZpUnpackChoice choice = job->calls->choose(&about, job->calls->data);
    if (choice == ZP_UNPACK_LEAVE)
        return true;
    if (choice == ZP_UNPACK_PASS || entry->is_passed) {
        guint64 part = part_of(job);
        if (part > job->after &&
            !job->calls->passed(entry->name, part, entry->is_link, job->calls->data))
            job->is_ended = true;
        return !job->is_ended;
    }
    return take_entry(level, entry, fatal);
}

static bool visit_packed(const Level *level, struct archive_entry *packed, GError **fatal)
{
    mode_t type = archive_entry_filetype(packed);
    if (type == AE_IFDIR || is_done_with(level))
        return true;
    bool is_link = type == AE_IFLNK || archive_entry_hardlink(packed);
    g_autofree char *name = name_of(level, packed);
    const Entry entry = {.name = name,
                         .is_passed = is_link || (type != AE_IFREG && type != 0),
                         .is_link = is_link,
                         .is_locked = archive_entry_is_data_encrypted(packed) ||
                                      archive_entry_is_metadata_encrypted(packed),
                         .said = archive_entry_size_is_set(packed)
                                     ? (guint64)MAX(archive_entry_size(packed), 0)
                                     : 0};
    return visit(level, &entry, fatal);
}

static bool visit_part(const Level *level, const ZpLetterPart *part, GError **fatal)
{
    if (is_done_with(level))
        return true;
    g_autofree char *name = zp_entry_names_clean(level->job->names, level->prefix, part->name);
    const Entry entry = {.name = name,
                         .is_passed = part->use == ZP_LETTER_ASIDE,
                         .is_locked = part->use == ZP_LETTER_LOCKED,
                         .part = part};
    return visit(level, &entry, fatal);
}

/* The entry that is next: in the outermost archive another number, in an inner one another number in that. */
static void count_part(const Level *level)
{
    if (level->depth > 0) {
        level->job->inner++;
        return;
    }
    level->job->top++;
    level->job->inner = 0;
}

static bool walk(Level *level, GError **fatal)
{
    for (;;) {
        struct archive_entry *entry;
        int status = archive_read_next_header(level->archive, &entry);
        if (status == ARCHIVE_EOF)
            return true;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return set_archive_error(level, fatal);
        count_part(level);
        level->is_bare = archive_format(level->archive) == ARCHIVE_FORMAT_RAW;
        /* Bytes that no filter and no format knows would be the same file again, inside itself. */
        if (level->is_bare && archive_filter_count(level->archive) <= 1)
            return set_archive_error(level, fatal);
        if (!count_entry(level->job, fatal) || !visit_packed(level, entry, fatal))
            return false;
    }
}

static bool check_letter(const ZpLetter *letter, GError **fatal)
{
    if (!letter->too_deep)
        return true;
    zp_error_set(
        fatal, ZP_ERROR_LIMIT,
        "邮件各部分的嵌套超过 %u 层（ZP_LIMIT_LETTER_DEPTH），更深的没有读；请另存附件后再交来",
        "parts of the mail are nested deeper than %u (ZP_LIMIT_LETTER_DEPTH); deeper ones "
        "were not read; save what is attached and give that",
        ZP_LIMIT_LETTER_DEPTH);
    return false;
}

/* A letter is held in memory as a whole, as a file is. */
static bool run_letter(Level *level, const ZpPackedSource *source, GError **fatal)
{
    const ZpUnpackCalls *calls = level->job->calls;
    if (!zp_letter_is_tried() && calls->letter) {
        calls->letter(calls->data);
        level->job->is_ended = true;
        return false;
    }
    guint64 limit = calls->limit(level->depth ? level->path : "", calls->data);
    g_autoptr(GBytes) bytes = zp_packed_source_bytes(source, limit);
    if (!bytes)
        return check_size((guint64)source->size, limit, fatal);
    level->letter = zp_letter_load(fatal);
    if (!level->letter)
        return false;
    ZpLetter *letter = level->letter->open(bytes);
    bool goes_on = true;
    for (guint k = 0; goes_on && k < letter->parts->len; k++) {
        count_part(level);
        goes_on = count_entry(level->job, fatal) &&
                  visit_part(level, g_ptr_array_index(letter->parts, k), fatal);
    }
    goes_on = goes_on && check_letter(letter, fatal);
    level->letter->close(letter);
    return goes_on;
}

static bool run_level(Level *level, ZpPacked packed, ZpPackedSource *source, GError **fatal)
{
    if (packed == ZP_PACKED_LETTER)
        return run_letter(level, source, fatal);
    g_autoptr(Archive) archive = zp_packed_archive_new(packed);
    level->archive = archive;
    if (zp_packed_archive_open(archive, source) != ARCHIVE_OK)
        return set_archive_error(level, fatal);
    return walk(level, fatal);
}

bool zp_unpack_all(int fd, const char *path, guint64 after, const ZpUnpackCalls *calls,
                   GError **error)
{
    g_autofree ZpPackedSource *source = g_new0(ZpPackedSource, 1);
    g_autoptr(GError) fatal = NULL;
    locale_t before = use_names_locale();
    bool done = zp_packed_source_open(source, fd);
    if (done) {
        Job job = {.calls = calls,
                   .after = after,
                   .packed = (guint64)source->size,
                   .names = zp_entry_names_new()};
        Level level = {.job = &job, .path = path, .prefix = ""};
        done = run_level(&level, zp_packed_source_look(source), source, &fatal);
        zp_entry_names_free(job.names);
    }
    leave_names_locale(before);
    if (fatal)
        g_propagate_error(error, g_steal_pointer(&fatal));
    return done;
}
