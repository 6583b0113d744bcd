/*
 * letter.c - what tells a letter: RFC 5322, section 2.2.  A name is of printable ASCII up to a colon; a line that begins
 * with white space goes on the one before; an empty line ends the head.  An archive of letters has a line `From ` first.
 */
#include "parsers/mail/letter.h"

#include "base/error.h"
#include "parsers/shared/modules.h"

#include <string.h>

#define MODULE_FILE "ziping-mail.so"

static const ZpMailModule *opened;
static bool is_tried;

const ZpMailModule *zp_letter_load(GError **error)
{
    const char *why = NULL;
    is_tried = true;
    if (!opened)
        opened = zp_module_open(MODULE_FILE, ZP_MAIL_MODULE_SYMBOL, &why);
    if (opened && strcmp(opened->version, ZP_VERSION) == 0)
        return opened;
    if (opened)
        zp_error_set(error, ZP_ERROR_IO, "模块 %s 的版本是 %s，程序是 %s；请重新安装 ziping",
                     "the module %s is of version %s, the program of %s; install ziping again",
                     MODULE_FILE, opened->version, ZP_VERSION);
    else
        zp_error_set(error, ZP_ERROR_IO,
                     "读取邮件的模块 %s 打不开（%s）；请安装完整的 ziping，以及 libgmime-3.0-0",
                     "the module that reads mails, %s, cannot be opened (%s); install all of "
                     "ziping, and libgmime-3.0-0",
                     MODULE_FILE, why);
    return NULL;
}

bool zp_letter_is_tried(void)
{
    return is_tried;
}

void zp_letter_use(const ZpMailModule *module)
{
    opened = module;
    is_tried = true;
}

/* What letters say of themselves and little else does. */
static bool is_known(const char *name, gsize length)
{
    static const char *const NAMES[] = {"From",
                                        "To",
                                        "Cc",
                                        "Subject",
                                        "Date",
                                        "Message-ID",
                                        "Received",
                                        "Return-Path",
                                        "Delivered-To",
                                        "MIME-Version",
                                        "X-Mailer",
                                        "Reply-To",
                                        "Content-Type",
                                        "Sender",
                                        "Content-Transfer-Encoding",
                                        "Content-Location"};
    for (gsize k = 0; k < G_N_ELEMENTS(NAMES); k++) {
        if (strlen(NAMES[k]) == length && g_ascii_strncasecmp(name, NAMES[k], length) == 0)
            return true;
    }
    return false;
}

/* How long the name of a head's line is; 0: it is none. */
static gsize name_length(const char *line, gsize length)
{
    const char *colon = memchr(line, ':', length);
    for (const char *at = line; colon && at < colon; at++) {
        if (*at <= ' ' || *at > '~')
            return 0;
    }
    return colon ? (gsize)(colon - line) : 0;
}

bool zp_letter_is(GBytes *head)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(head, &size);
    const char *end = data + size;
    guint n_known = 0, n_lines = 0;
    for (const char *line = data; line && line < end; n_lines++) {
        const char *stop = memchr(line, '\n', (gsize)(end - line));
        gsize length = (gsize)((stop ? stop : end) - line);
        if (length == 0 || (length == 1 && *line == '\r'))
            break;
        bool goes_on = n_lines > 0 && (*line == ' ' || *line == '\t');
        bool is_mark = n_lines == 0 && length > 5 && memcmp(line, "From ", 5) == 0;
        gsize name = goes_on || is_mark ? 0 : name_length(line, length);
        /* The last line may be cut anywhere. */
        if (!name && !goes_on && !is_mark && stop)
            return false;
        n_known += name && is_known(line, name);
        line = stop ? stop + 1 : NULL;
    }
    return n_known >= 2;
}
