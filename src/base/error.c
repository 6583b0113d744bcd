/*
 * error.c - the error domain of the house.
 *
 * GError has room for one message.  GLib's extended errors put a private block in front of
 * the GError itself, so the English sentence is the ordinary message (also for a printer that
 * knows nothing of us) and the Chinese one travels in that block and is copied and freed with
 * the error.
 *
 *     [ ZpErrorPrivate: zh ][ GError: domain, code, message = en ]
 */
#include "base/error.h"

#include <stdarg.h>

typedef struct {
    char *zh;
} ZpErrorPrivate;

static void zp_error_private_init(ZpErrorPrivate *self)
{
    self->zh = NULL;
}

static void zp_error_private_copy(const ZpErrorPrivate *from, ZpErrorPrivate *to)
{
    to->zh = g_strdup(from->zh);
}

static void zp_error_private_clear(ZpErrorPrivate *self)
{
    g_clear_pointer(&self->zh, g_free);
}

G_DEFINE_EXTENDED_ERROR(ZpError, zp_error)

void zp_error_set(GError **error, ZpErrorCode code, const char *zh, const char *en, ...)
{
    if (!error)
        return;
    g_return_if_fail(*error == NULL);
    va_list arguments, again;
    va_start(arguments, en);
    va_copy(again, arguments);
    GError *made = g_error_new_valist(ZP_ERROR, (gint)code, en, arguments);
    zp_error_get_private(made)->zh = g_strdup_vprintf(zh, again);
    va_end(again);
    va_end(arguments);
    *error = made;
}

void zp_error_append(GError *error, const char *zh, const char *en)
{
    char *message = g_strconcat(error->message, en, NULL);
    g_free(error->message);
    error->message = message;
    if (error->domain != ZP_ERROR)
        return;
    ZpErrorPrivate *self = zp_error_get_private(error);
    char *in_zh = self->zh ? g_strconcat(self->zh, zh, NULL) : NULL;
    g_free(self->zh);
    self->zh = in_zh;
}

const char *zp_error_text(const GError *error, ZpLang lang)
{
    if (error->domain != ZP_ERROR)
        return error->message;
    const char *zh = zp_error_get_private(error)->zh;
    return zh ? zp_lang_pick(lang, zh, error->message) : error->message;
}
