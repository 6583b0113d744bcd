/*
 * link.c - frames: a head with the sizes of the texts, and up to two descriptors with it; then the texts.
 */
#include "lib/link.h"

#include "base/limits.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
    guint32 kind, code;
    guint8 has_folder, has_bytes, zero[6];
    gint64 sizes[ZP_FRAME_TEXTS]; /* -1: NULL */
} Head;

typedef union {
    char bytes[CMSG_SPACE(2 * sizeof(int))];
    struct cmsghdr align;
} Control;

static bool send_all(int socket, gconstpointer data, gsize size)
{
    for (const char *at = data; size > 0;) {
        gssize n = send(socket, at, size, MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR)
            return false;
        at += MAX(n, 0);
        size -= (gsize)MAX(n, 0);
    }
    return true;
}

static bool receive_all(int socket, gpointer data, gsize size)
{
    for (char *at = data; size > 0;) {
        gssize n = recv(socket, at, size, 0);
        if (n == 0 || (n < 0 && errno != EINTR))
            return false;
        at += MAX(n, 0);
        size -= (gsize)MAX(n, 0);
    }
    return true;
}

static bool send_head(int socket, const Head *head, const int *riders, gsize n_riders)
{
    Control control = {0};
    struct iovec part = {(gpointer)head, sizeof *head};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (n_riders > 0) {
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE(n_riders * sizeof(int));
        struct cmsghdr *rider = CMSG_FIRSTHDR(&message);
        rider->cmsg_level = SOL_SOCKET;
        rider->cmsg_type = SCM_RIGHTS;
        rider->cmsg_len = CMSG_LEN(n_riders * sizeof(int));
        memcpy(CMSG_DATA(rider), riders, n_riders * sizeof(int));
    }
    gssize n;
    do
        n = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n >= 0 && send_all(socket, (const char *)head + n, sizeof *head - (gsize)n);
}

bool zp_link_send(int socket, const ZpFrame *frame)
{
    Head head = {.kind = frame->kind,
                 .code = frame->code,
                 .has_folder = frame->folder >= 0,
                 .has_bytes = frame->bytes >= 0};
    int riders[2];
    gsize n = 0;
    if (head.has_folder)
        riders[n++] = frame->folder;
    if (head.has_bytes)
        riders[n++] = frame->bytes;
    for (gsize k = 0; k < ZP_FRAME_TEXTS; k++)
        head.sizes[k] = frame->texts[k] ? (gint64)strlen(frame->texts[k]) : -1;
    bool done = send_head(socket, &head, riders, n);
    for (gsize k = 0; k < ZP_FRAME_TEXTS; k++)
        done =
            done && (!frame->texts[k] || send_all(socket, frame->texts[k], (gsize)head.sizes[k]));
    return done;
}

static bool receive_head(int socket, Head *head, ZpFrame *frame)
{
    Control control = {0};
    int riders[2];
    struct iovec part = {head, sizeof *head};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    gssize n;
    do
        n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    const struct cmsghdr *rider = CMSG_FIRSTHDR(&message);
    gsize n_riders = n > 0 && rider && rider->cmsg_type == SCM_RIGHTS
                         ? (rider->cmsg_len - CMSG_LEN(0)) / sizeof(int)
                         : 0;
    if (n_riders > 0)
        memcpy(riders, CMSG_DATA(rider), n_riders * sizeof(int));
    bool is_whole = n > 0 && receive_all(socket, (char *)head + n, sizeof *head - (gsize)n);
    gsize next = 0;
    if (is_whole && head->has_folder && next < n_riders)
        frame->folder = riders[next++];
    if (is_whole && head->has_bytes && next < n_riders)
        frame->bytes = riders[next++];
    for (gsize k = next; k < n_riders; k++)
        close(riders[k]);
    return is_whole && head->has_folder == (frame->folder >= 0) &&
           head->has_bytes == (frame->bytes >= 0) && head->kind < ZP_FRAME_COUNT;
}

bool zp_link_receive(int socket, ZpFrame *frame)
{
    Head head = {0};
    *frame = (ZpFrame){.folder = -1, .bytes = -1};
    if (!receive_head(socket, &head, frame))
        return false;
    frame->kind = (ZpFrameKind)head.kind;
    frame->code = head.code;
    for (gsize k = 0; k < ZP_FRAME_TEXTS; k++) {
        gint64 size = head.sizes[k];
        if (size < 0)
            continue;
        frame->texts[k] =
            size <= (gint64)ZP_LIMIT_LINK_BYTES ? g_try_malloc((gsize)size + 1) : NULL;
        if (!frame->texts[k])
            return false;
        frame->texts[k][size] = '\0';
        if (!receive_all(socket, frame->texts[k], (gsize)size))
            return false;
    }
    return true;
}

void zp_frame_clear(ZpFrame *frame)
{
    for (gsize k = 0; k < ZP_FRAME_TEXTS; k++)
        g_clear_pointer(&frame->texts[k], g_free);
    if (frame->folder >= 0)
        close(frame->folder);
    if (frame->bytes >= 0)
        close(frame->bytes);
    frame->folder = frame->bytes = -1;
}
