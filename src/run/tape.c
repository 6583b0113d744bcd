/*
 * tape.c - frames out and in.
 */
#include "run/tape.h"

#include "base/error.h"
#include "base/limits.h"
#include "run/wire.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

/* Says the byte order, too: the last four bytes are a number. */
static const struct {
    char name[12];
    guint32 order;
} MAGIC = {"ziping tap2", 0x01020304};

typedef enum {
    FRAME_HEAD,
    FRAME_ENTRY,
    FRAME_END,
    FRAME_COUNT,
} FrameKind;

typedef struct {
    guint32 size, check;
} FrameHead;

/* Bytes of a frame: the largest record that --max-output allows, and its path. */
#define FRAME_MOST ((1024u * 1024 + 64) * 1024)

struct ZpTape {
    FILE *file;
    ZpTapeHead *head;
    guint64 good_until;
    bool is_complete;
    guint64 skipped;
};

ZpTapeHead *zp_tape_head_new(void)
{
    ZpTapeHead *head = g_new0(ZpTapeHead, 1);
    head->inputs = g_ptr_array_new_with_free_func(g_free);
    head->words = g_ptr_array_new_with_free_func(g_free);
    return head;
}

void zp_tape_head_free(ZpTapeHead *head)
{
    if (!head)
        return;
    g_free(head->key);
    g_free(head->program);
    g_ptr_array_unref(head->inputs);
    g_ptr_array_unref(head->words);
    g_free(head);
}

void zp_tape_entry_free(ZpTapeEntry *entry)
{
    if (!entry)
        return;
    g_free(entry->path);
    g_clear_pointer(&entry->record, g_bytes_unref);
    g_free(entry);
}

ZpStamp zp_stamp_of(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return (ZpStamp){0};
    return (ZpStamp){.size = (guint64)about.st_size,
                     .changed_ns = (guint64)about.st_mtim.tv_sec * 1000000000u +
                                   (guint64)about.st_mtim.tv_nsec,
                     .inode = about.st_ino};
}

static void pass_head(ZpWire *wire, ZpTapeHead *head)
{
    zp_wire_owned_needed(wire, &head->key);
    zp_wire_owned_needed(wire, &head->program);
    head->check = zp_wire_flag(wire, head->check);
    head->of = (guint)zp_wire_number(wire, head->of, ZP_LIMIT_SHARDS);
    head->shard = (guint)zp_wire_number(wire, head->shard, head->of);
    zp_wire_paths(wire, head->inputs);
    zp_wire_paths(wire, head->words);
}

static void pass_record(ZpWire *wire, GBytes **record)
{
    gsize size = 0;
    gconstpointer data = wire->out ? g_bytes_get_data(*record, &size) : NULL;
    size = zp_wire_count(wire, (guint)size);
    if (wire->out) {
        g_string_append_len(wire->out, data, (gssize)size);
        return;
    }
    *record = g_bytes_new(wire->next, size);
    wire->next += size;
}

static void pass_entry(ZpWire *wire, ZpTapeEntry *entry)
{
    entry->number = zp_wire_number(wire, entry->number, G_MAXUINT64);
    entry->part = zp_wire_number(wire, entry->part, G_MAXUINT64);
    zp_wire_path(wire, &entry->path);
    entry->is_named = zp_wire_flag(wire, entry->is_named);
    entry->passed = zp_wire_number(wire, entry->passed, ZP_LIMIT_ARCHIVE_ENTRIES * 2);
    zp_wire_bytes(wire, &entry->stamp, sizeof entry->stamp);
    pass_record(wire, &entry->record);
}

static GBytes *frame_of(GString *payload, gsize before)
{
    GString *frame = g_string_sized_new(before + payload->len + sizeof(FrameHead) + 1);
    const FrameHead head = {(guint32)payload->len,
                            (guint32)crc32(0, (const guint8 *)payload->str, (guint)payload->len)};
    if (before)
        g_string_append_len(frame, (const char *)&MAGIC, (gssize)before);
    g_string_append_len(frame, (const char *)&head, sizeof head);
    g_string_append_len(frame, payload->str, (gssize)payload->len);
    g_string_free(payload, TRUE);
    return g_string_free_to_bytes(frame);
}

static ZpWire start_frame(FrameKind kind)
{
    ZpWire wire = {.out = g_string_new(NULL)};
    zp_wire_number(&wire, kind, FRAME_COUNT - 1);
    return wire;
}

GBytes *zp_tape_begin(const ZpTapeHead *head)
{
    ZpWire wire = start_frame(FRAME_HEAD);
    pass_head(&wire, (ZpTapeHead *)head);
    return frame_of(wire.out, sizeof MAGIC);
}

GBytes *zp_tape_entry(const ZpTapeEntry *entry)
{
    ZpWire wire = start_frame(FRAME_ENTRY);
    pass_entry(&wire, (ZpTapeEntry *)entry);
    return frame_of(wire.out, 0);
}

GBytes *zp_tape_end(guint64 skipped)
{
    ZpWire wire = start_frame(FRAME_END);
    zp_wire_number(&wire, skipped, G_MAXUINT64);
    return frame_of(wire.out, 0);
}

/* Whether the file still holds so many bytes: a forged size asks for no memory. */
static bool holds(const ZpTape *tape, guint32 size)
{
    struct stat about;
    off_t at = ftello(tape->file);
    return fstat(fileno(tape->file), &about) == 0 && at >= 0 && about.st_size - at >= (off_t)size;
}

/* The payload of the next frame; NULL when there is no whole and sound one. */
static GBytes *read_frame(ZpTape *tape)
{
    FrameHead head;
    if (fread(&head, sizeof head, 1, tape->file) != 1 || head.size > FRAME_MOST ||
        !holds(tape, head.size))
        return NULL;
    g_autofree guint8 *data = g_malloc(head.size + 1);
    if (fread(data, 1, head.size, tape->file) != head.size ||
        crc32(0, data, head.size) != head.check)
        return NULL;
    tape->good_until += sizeof head + head.size;
    return g_bytes_new_take(g_steal_pointer(&data), head.size);
}

static bool read_head(ZpTape *tape)
{
    guint8 magic[sizeof MAGIC];
    if (fread(magic, sizeof magic, 1, tape->file) != 1 || memcmp(magic, &MAGIC, sizeof magic) != 0)
        return false;
    tape->good_until = sizeof magic;
    g_autoptr(GBytes) payload = read_frame(tape);
    if (!payload)
        return false;
    ZpWire wire = zp_wire_over(payload);
    if (zp_wire_number(&wire, 0, FRAME_COUNT - 1) == FRAME_HEAD)
        pass_head(&wire, tape->head);
    return !wire.is_bad && tape->head->key && tape->head->program && wire.next == wire.end;
}

ZpTape *zp_tape_open(int fd, const char *name, GError **error)
{
    g_autoptr(ZpTape) tape = g_new0(ZpTape, 1);
    tape->file = fdopen(fd, "rb");
    tape->head = zp_tape_head_new();
    if (tape->file && read_head(tape))
        return g_steal_pointer(&tape);
    zp_error_set(error, ZP_ERROR_DAMAGED, "%s 不是这个版本的 ziping 写的记录文件",
                 "%s holds no records that this version of ziping wrote", name);
    return NULL;
}

void zp_tape_free(ZpTape *tape)
{
    if (!tape)
        return;
    if (tape->file)
        fclose(tape->file);
    zp_tape_head_free(tape->head);
    g_free(tape);
}

const ZpTapeHead *zp_tape_head(const ZpTape *tape)
{
    return tape->head;
}

ZpTapeHead *zp_tape_take_head(ZpTape *tape)
{
    return g_steal_pointer(&tape->head);
}

ZpTapeEntry *zp_tape_next(ZpTape *tape)
{
    guint64 before = tape->good_until;
    g_autoptr(GBytes) payload = tape->is_complete ? NULL : read_frame(tape);
    if (!payload)
        return NULL;
    ZpWire wire = zp_wire_over(payload);
    guint64 kind = zp_wire_number(&wire, 0, FRAME_COUNT - 1);
    if (kind == FRAME_END) {
        tape->skipped = zp_wire_number(&wire, 0, G_MAXUINT64);
        tape->is_complete = !wire.is_bad;
        return NULL;
    }
    g_autoptr(ZpTapeEntry) entry = g_new0(ZpTapeEntry, 1);
    pass_entry(&wire, entry);
    if (kind == FRAME_ENTRY && !wire.is_bad && wire.next == wire.end)
        return g_steal_pointer(&entry);
    tape->good_until = before;
    return NULL;
}

bool zp_tape_is_complete(const ZpTape *tape, guint64 *skipped)
{
    if (skipped)
        *skipped = tape->skipped;
    return tape->is_complete;
}

guint64 zp_tape_good_until(const ZpTape *tape)
{
    return tape->good_until;
}
