/* Frames between the library and its worker programs: what goes in comes out, and what is none is refused. */
#include "base/limits.h"
#include "lib/link.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void make_ends(int *ends)
{
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
}

static guint count_descriptors(void)
{
    guint n = 0;
    for (int fd = 0; fd < 64; fd++)
        n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

Test(link, a_frame_arrives_whole)
{
    int ends[2];
    make_ends(ends);
    guint before = count_descriptors();
    ZpFrame sent = {.kind = ZP_FRAME_CHECK,
                    .code = 7,
                    .texts = {"自评表.pdf", NULL},
                    .folder = open("/", O_PATH),
                    .bytes = open("/dev/null", O_RDONLY)};
    cr_assert(zp_link_send(ends[0], &sent));
    ZpFrame got;
    cr_assert(zp_link_receive(ends[1], &got));
    cr_expect_eq(got.kind, ZP_FRAME_CHECK);
    cr_expect_eq(got.code, 7);
    cr_expect_str_eq(got.texts[0], "自评表.pdf");
    cr_expect_null(got.texts[1]);
    cr_expect(got.folder >= 0 && got.bytes >= 0);
    cr_expect(fcntl(got.bytes, F_GETFD) & FD_CLOEXEC, "no further program gets it");
    zp_frame_clear(&got);
    close(sent.folder);
    close(sent.bytes);
    cr_expect_eq(count_descriptors(), before);
}

/* The layout of a head: kind, code, riders, sizes. */
static void send_head(int socket, guint32 kind, gint64 first)
{
    struct {
        guint32 kind, code;
        guint8 riders[8];
        gint64 sizes[ZP_FRAME_TEXTS];
    } head = {kind, 0, {0}, {first, -1}};
    cr_assert_eq(write(socket, &head, sizeof head), (gssize)sizeof head);
}

Test(link, a_text_over_ZP_LIMIT_LINK_BYTES_is_refused)
{
    int ends[2];
    ZpFrame got;
    make_ends(ends);
    send_head(ends[0], ZP_FRAME_RESULT, (gint64)ZP_LIMIT_LINK_BYTES + 1);
    close(ends[0]);
    cr_expect_not(zp_link_receive(ends[1], &got));
    zp_frame_clear(&got);
}

Test(link, what_is_no_frame_is_refused)
{
    ZpFrame got;
    static const struct {
        guint32 kind;
        gint64 first;
    } HEADS[] = {{ZP_FRAME_COUNT, -1}, {ZP_FRAME_RESULT, 5}};
    for (gsize k = 0; k < G_N_ELEMENTS(HEADS); k++) {
        int ends[2];
        make_ends(ends);
        send_head(ends[0], HEADS[k].kind, HEADS[k].first);
        cr_assert_eq(write(ends[0], "{}", 2), 2);
        close(ends[0]);
        cr_expect_not(zp_link_receive(ends[1], &got), "head %zu", k);
        zp_frame_clear(&got);
        close(ends[1]);
    }
}
