/*
 * waiting.c - a short queue that is used once, at the beginning of a run.
 */
#include "run/waiting.h"

/* Files that wait behind the first form: a run of more is none of one form. */
#define WAITING_MOST 64

typedef struct {
    char *path;
    ZpRecord *record;
    GBytes *bytes; /* (nullable) */
} Guest;

struct ZpWaiting {
    ZpWaitingTurn turn;
    gpointer data;
    GQueue guests;   /* of Guest; while it is not empty its first has the run's only form */
    bool is_through; /* a form has had its turn */
};

static void guest_free(gpointer data)
{
    Guest *guest = data;
    zp_record_free(guest->record);
    g_clear_pointer(&guest->bytes, g_bytes_unref);
    g_free(guest->path);
    g_free(guest);
}

ZpWaiting *zp_waiting_new(ZpWaitingTurn turn, gpointer data)
{
    ZpWaiting *waiting = g_new0(ZpWaiting, 1);
    waiting->turn = turn;
    waiting->data = data;
    g_queue_init(&waiting->guests);
    return waiting;
}

void zp_waiting_free(ZpWaiting *waiting)
{
    if (!waiting)
        return;
    g_queue_clear_full(&waiting->guests, guest_free);
    g_free(waiting);
}

static bool let_in(ZpWaiting *waiting, bool is_alone, GError **error)
{
    bool done = true;
    for (Guest *guest; done && (guest = g_queue_pop_head(&waiting->guests)); is_alone = false) {
        waiting->is_through = true;
        done = waiting->turn(guest->path, guest->record, is_alone, waiting->data, error);
        guest_free(guest);
    }
    return done;
}

bool zp_waiting_end(ZpWaiting *waiting, GError **error)
{
    return let_in(waiting, true, error);
}

bool zp_waiting_add(ZpWaiting *waiting, const char *path, ZpRecord *record, GBytes *bytes,
                    GError **error)
{
    guint n_forms = record->forms->len, n_waiting = waiting->guests.length;
    bool waits = !waiting->is_through && n_waiting < WAITING_MOST &&
                 (n_waiting > 0 ? n_forms == 0 : n_forms == 1);
    if (!waits) {
        g_autoptr(ZpRecord) own = record;
        waiting->is_through |= n_forms > 0;
        return let_in(waiting, false, error) &&
               waiting->turn(path, own, false, waiting->data, error);
    }
    Guest *guest = g_new0(Guest, 1);
    guest->path = g_strdup(path);
    guest->record = record;
    guest->bytes = bytes ? g_bytes_ref(bytes) : NULL;
    g_queue_push_tail(&waiting->guests, guest);
    return true;
}
