/*
 * service.c - the worker's side of the link.
 */
#include "lib/service.h"

#include "base/error.h"
#include "lib/core.h"
#include "lib/link.h"
#include "parsers/ooxml/package.h"
#include "run/descriptors.h"
#include "run/sandbox.h"

#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

static const struct {
    ZpSandboxLayer layer;
    const char *name;
} LAYERS[] = {
    {ZP_SANDBOX_PRIVILEGES, "privileges"}, {ZP_SANDBOX_RESOURCES, "resources"},
    {ZP_SANDBOX_FILES, "files"},           {ZP_SANDBOX_NETWORK, "network"},
    {ZP_SANDBOX_SIGNALS, "signals"},       {ZP_SANDBOX_CALLS, "calls"},
};

/* @text: (transfer full) */
static bool answer(ZpFrameKind kind, char *text)
{
    g_auto(ZpFrame) frame = {.kind = kind, .texts = {text, NULL}, .folder = -1, .bytes = -1};
    return zp_link_send(ZP_LINK_FD, &frame);
}

static bool refuse(const GError *error)
{
    g_auto(ZpFrame)
        frame = {.kind = ZP_FRAME_ERROR,
                 .code = error->domain == ZP_ERROR ? (guint32)error->code : (guint32)ZP_ERROR_IO,
                 .texts = {g_strdup(zp_error_text(error, ZP_LANG_ZH)),
                           g_strdup(zp_error_text(error, ZP_LANG_EN))},
                 .folder = -1,
                 .bytes = -1};
    return zp_link_send(ZP_LINK_FD, &frame);
}

/* The layers that its workers will have, as a JSON list. */
static char *list_layers(void)
{
    guint offered = zp_sandbox_offers();
    json_t *names = json_array();
    for (gsize k = 0; k < G_N_ELEMENTS(LAYERS); k++) {
        if (offered & LAYERS[k].layer)
            json_array_append_new(names, json_string(LAYERS[k].name));
    }
    char *text = json_dumps(names, 0);
    char *own = g_strdup(text);
    json_decref(names);
    free(text);
    return own;
}

static bool check_walls(const ZpHandleOptions *options, GError **error)
{
    if (!options->require_sandbox || !zp_sandbox_lacks())
        return true;
    zp_error_set(error, ZP_ERROR_IO,
                 "要求隔离（require_sandbox），而本系统或本构建做不到；“ziping doctor” 会说明原因",
                 "workers are required to be shut in (require_sandbox), and this system or build "
                 "cannot; `ziping doctor` says why");
    return false;
}

static bool set_ocr(const ZpHandleOptions *options, GError **error)
{
    if (zp_image_set_mode(options->ocr) || options->ocr != ZP_OCR_ALWAYS)
        return true;
    zp_error_set(error, ZP_ERROR_USAGE, "ocr 为 always，而文字识别没有装；请运行 scripts/ocr.sh",
                 "ocr is always, and text recognition is not installed; run scripts/ocr.sh");
    return false;
}

static bool check_version(const ZpFrame *hello, GError **error)
{
    if (hello->kind == ZP_FRAME_HELLO && g_strcmp0(hello->texts[0], ZP_VERSION) == 0)
        return true;
    zp_error_set(error, ZP_ERROR_IO, "工作程序的版本是 %s，库不是；请重新安装 ziping",
                 "the worker program is of version %s, the library is not; install ziping again",
                 ZP_VERSION);
    return false;
}

/* Until the first call: the rules are read from where the host stands. */
static ZpRulebook *begin(GError **error)
{
    g_auto(ZpFrame) hello = {.folder = -1, .bytes = -1};
    g_auto(ZpHandleOptions) options = {0};
    if (!zp_link_receive(ZP_LINK_FD, &hello) || !check_version(&hello, error) ||
        !zp_handle_options_read(hello.texts[1], &options, error) || !check_walls(&options, error) ||
        !set_ocr(&options, error))
        return NULL;
    return zp_core_open(&options, error);
}

static bool answer_one(const ZpRulebook *rulebook)
{
    g_autoptr(GError) error = NULL;
    g_auto(ZpFrame) asked = {.folder = -1, .bytes = -1};
    if (!zp_link_receive(ZP_LINK_FD, &asked) ||
        (asked.kind != ZP_FRAME_CHECK && asked.kind != ZP_FRAME_CONVERT) || !asked.texts[0])
        return false;
    if (asked.folder >= 0 && fchdir(asked.folder) != 0) {
        zp_error_set(&error, ZP_ERROR_IO, "工作程序进不了当前文件夹：%s",
                     "the worker program cannot enter the working folder: %s", g_strerror(errno));
        return refuse(error);
    }
    const ZpCall call = {.check = asked.kind == ZP_FRAME_CHECK,
                         .name = asked.texts[0],
                         .fd = asked.bytes,
                         .options = asked.texts[1]};
    asked.bytes = -1;
    char *result = zp_core_call(rulebook, &call, &error);
    if (chdir("/") != 0) /* no file system is kept from being unmounted */
        return false;
    return result ? answer(ZP_FRAME_RESULT, result) : refuse(error);
}

int zp_service_main(void)
{
    g_autoptr(GError) error = NULL;
    struct sockaddr_storage name;
    socklen_t size = sizeof name;
    if (getsockname(ZP_LINK_FD, (struct sockaddr *)&name, &size) != 0)
        return ZP_SERVICE_ALONE;
    zp_package_prepare();
    zp_descriptors_raise();
    signal(SIGPIPE, SIG_IGN);
    g_autoptr(ZpRulebook) rulebook = begin(&error);
    if (!rulebook && error)
        refuse(error);
    if (!rulebook || !answer(ZP_FRAME_READY, list_layers()) || chdir("/") != 0)
        return 1;
    while (answer_one(rulebook))
        continue;
    return 0;
}
