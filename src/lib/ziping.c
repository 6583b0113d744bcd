/*
 * ziping.c - the functions of ziping.h: arguments in, errors out; core.h and crew.h do the work.
 *
 * What the house keeps for a process is not made for threads (compiled patterns with their last match, what libraries
 * set up with their first use), so whatever is done in this process is done by one thread at a time.
 */
#include "ziping.h"

#include "lib/core.h"
#include "lib/crew.h"
#include "parsers/ooxml/package.h"
#include "parsers/unpack/unpack.h"
#include "run/input.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

struct ziping {
    ZpRulebook *rulebook;
    ZpCrew *crew; /* (nullable) */
    guint workers;
};

struct ziping_error {
    ziping_code code;
    char *zh, *en;
};

static pthread_mutex_t here = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t prepared = PTHREAD_ONCE_INIT;

/* Tables of the C library that are taken along a path of their own in one thread. */
static void prepare(void)
{
    zp_package_prepare();
    zp_unpack_prepare();
}

static const struct {
    ZpErrorCode code;
    ziping_code as;
} CODES[] = {
    {ZP_ERROR_USAGE, ZIPING_ERROR_USAGE},
    {ZP_ERROR_DATA, ZIPING_ERROR_RULES},
    {ZP_ERROR_LIMIT, ZIPING_ERROR_LIMIT},
};

/* @why: (transfer full) (nullable) NULL: nothing is wrong */
static void pass_error(GError *why, ziping_error **error)
{
    g_autoptr(GError) own = why;
    if (!own || !error)
        return;
    ziping_error *made = g_new0(ziping_error, 1);
    made->code = ZIPING_ERROR_SYSTEM;
    for (gsize k = 0; k < G_N_ELEMENTS(CODES); k++) {
        if (own->domain == ZP_ERROR && own->code == (gint)CODES[k].code)
            made->code = CODES[k].as;
    }
    made->zh = g_strdup(zp_error_text(own, ZP_LANG_ZH));
    made->en = g_strdup(zp_error_text(own, ZP_LANG_EN));
    *error = made;
}

const char *ziping_version(void)
{
    return ZP_VERSION;
}

static bool start(ziping *handle, const char *text, GError **error)
{
    g_auto(ZpHandleOptions) options = {0};
    if (!zp_handle_options_read(text, &options, error))
        return false;
    pthread_mutex_lock(&here);
    handle->rulebook = zp_core_open(&options, error);
    pthread_mutex_unlock(&here);
    handle->workers = options.workers;
    if (handle->rulebook && options.workers)
        handle->crew = zp_crew_new(options.workers, options.worker, text, error);
    return handle->rulebook && (handle->crew || !options.workers);
}

ziping *ziping_new(const char *options, ziping_error **error)
{
    GError *why = NULL;
    ziping *handle = g_new0(ziping, 1);
    pthread_once(&prepared, prepare);
    if (start(handle, options, &why))
        return handle;
    ziping_free(handle);
    pass_error(why, error);
    return NULL;
}

void ziping_free(ziping *handle)
{
    if (!handle)
        return;
    zp_crew_free(handle->crew);
    zp_rulebook_free(handle->rulebook);
    g_free(handle);
}

char *ziping_about(const ziping *handle)
{
    return g_strdup_printf(
        "{\"version\": \"%s\", \"rulebook\": \"%s\", \"workers\": %u, \"sandbox\": %s}", ZP_VERSION,
        zp_rulebook_digest(handle->rulebook), handle->workers,
        handle->crew ? zp_crew_layers(handle->crew) : "[]");
}

/* To a worker program, with the folder that a relative path starts from. */
static char *call_crew(ziping *handle, const ZpCall *call, GError **error)
{
    const ZpFrame frame = {.kind = call->check ? ZP_FRAME_CHECK : ZP_FRAME_CONVERT,
                           .texts = {(char *)call->name, (char *)call->options},
                           .folder = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC),
                           .bytes = call->fd};
    char *result = zp_crew_call(handle->crew, &frame, error);
    if (frame.folder >= 0)
        close(frame.folder);
    if (call->fd >= 0)
        close(call->fd);
    return result;
}

static char *call_here(ziping *handle, const ZpCall *call, GError **error)
{
    pthread_mutex_lock(&here);
    char *result = zp_core_call(handle->rulebook, call, error);
    pthread_mutex_unlock(&here);
    return result;
}

static bool check_bytes(const void *bytes, size_t size, GError **error)
{
    if (bytes || !size)
        return true;
    zp_error_set(error, ZP_ERROR_USAGE, "字节是空指针，长度却不是 0",
                 "the bytes are NULL, and their size is not 0");
    return false;
}

static bool check_name(const ziping *handle, const char *name, GError **error)
{
    if (handle && name && *name)
        return true;
    zp_error_set(error, ZP_ERROR_USAGE, "句柄、路径或文件名是空的",
                 "the handle, the path or the file name is empty");
    return false;
}

static char *call_path(ziping *handle, bool check, const char *path, const char *options,
                       ziping_error **error)
{
    GError *why = NULL;
    const ZpCall call = {check, handle && !handle->crew, path, -1, options};
    char *result = !check_name(handle, path, &why) ? NULL
                   : handle->crew                  ? call_crew(handle, &call, &why)
                                                   : call_here(handle, &call, &why);
    pass_error(why, error);
    return result;
}

static char *call_bytes(ziping *handle, bool check, const void *bytes, size_t size,
                        const char *name, const char *options, ziping_error **error)
{
    GError *why = NULL;
    char *result = NULL;
    bool is_sound = check_name(handle, name, &why) && check_bytes(bytes, size, &why);
    g_autoptr(GBytes) held = g_bytes_new_static(is_sound && size ? bytes : "", is_sound ? size : 0);
    int fd = is_sound ? zp_input_hold(held, &why) : -1;
    if (fd >= 0) {
        const ZpCall call = {check, !handle->crew, name, fd, options};
        result = handle->crew ? call_crew(handle, &call, &why) : call_here(handle, &call, &why);
    }
    pass_error(why, error);
    return result;
}

char *ziping_check_path(ziping *handle, const char *path, const char *options, ziping_error **error)
{
    return call_path(handle, true, path, options, error);
}

char *ziping_check_bytes(ziping *handle, const void *bytes, size_t size, const char *name,
                         const char *options, ziping_error **error)
{
    return call_bytes(handle, true, bytes, size, name, options, error);
}

char *ziping_convert_path(ziping *handle, const char *path, const char *options,
                          ziping_error **error)
{
    return call_path(handle, false, path, options, error);
}

char *ziping_convert_bytes(ziping *handle, const void *bytes, size_t size, const char *name,
                           const char *options, ziping_error **error)
{
    return call_bytes(handle, false, bytes, size, name, options, error);
}

char *ziping_explain(const ziping *handle, const char *rule, const char *lang, ziping_error **error)
{
    GError *why = NULL;
    char *page = NULL;
    ZpLang language = g_strcmp0(lang, "zh") == 0 ? ZP_LANG_ZH : ZP_LANG_EN;
    if (check_name(handle, rule, &why)) {
        pthread_mutex_lock(&here);
        page = zp_core_page(handle->rulebook, rule, language, &why);
        pthread_mutex_unlock(&here);
    }
    pass_error(why, error);
    return page;
}

void ziping_string_free(char *text)
{
    g_free(text);
}

int ziping_error_code(const ziping_error *error)
{
    return error->code;
}

const char *ziping_error_text(const ziping_error *error, const char *lang)
{
    return g_strcmp0(lang, "zh") == 0 ? error->zh : error->en;
}

void ziping_error_free(ziping_error *error)
{
    if (!error)
        return;
    g_free(error->zh);
    g_free(error->en);
    g_free(error);
}
