/*
 * mail.c - the parts of a letter (RFC 5322, MIME: RFC 2045 to 2049) or a saved web page (RFC 2557), by GMime.
 *
 *     multipart/mixed ─┬─ multipart/alternative ─┬─ text/plain          the body over again
 *                      │                         └─ multipart/related ─┬─ text/html   正文.html
 *                      │                                               └─ image/png   a file: it may be a scan
 *                      ├─ application/octet-stream; name="自评表.docx"
 *                      └─ message/rfc822                               转发：自评表.eml
 *
 * GMime reads names in RFC 2047, RFC 2231 and, as it is told here, in plain UTF-8 or GB18030.  A body's character set
 * stands in the letter, not in the body, so a body is handed on as UTF-8 with a mark that says so.
 */
#include "base/limits.h"
#include "parsers/mail/module.h"
#include "parsers/shared/decode.h"

#include <gmime/gmime.h>
#include <stdbool.h>

static void free_part(gpointer data)
{
    ZpLetterPart *part = data;
    g_free(part->name);
    g_free(part);
}

static void add_part(ZpLetter *letter, ZpLetterUse use, const char *name, gpointer object)
{
    ZpLetterPart *part = g_new(ZpLetterPart, 1);
    *part = (ZpLetterPart){use, g_strdup(name), object};
    g_ptr_array_add(letter->parts, part);
}

static bool is_type(GMimeObject *object, const char *type, const char *subtype)
{
    GMimeContentType *content = g_mime_object_get_content_type(object);
    return content && g_mime_content_type_is_type(content, type, subtype);
}

static const char *name_of(GMimeObject *object)
{
    const char *name = GMIME_IS_PART(object) ? g_mime_part_get_filename((GMimePart *)object) : NULL;
    return name && *name ? name : NULL;
}

/* --- what a part is --- */

static bool is_signature(GMimeObject *object)
{
    return is_type(object, "application", "pgp-signature") ||
           is_type(object, "application", "pkcs7-signature") ||
           is_type(object, "application", "x-pkcs7-signature");
}

static bool is_locked(GMimeObject *object)
{
    return is_type(object, "multipart", "encrypted") ||
           is_type(object, "application", "pkcs7-mime") ||
           is_type(object, "application", "x-pkcs7-mime");
}

/* @is_aside: beside what is read instead; @is_resource: of a page */
static void add_leaf(ZpLetter *letter, GMimeObject *object, bool is_aside, bool is_resource)
{
    const char *name = name_of(object);
    bool is_html = is_type(object, "text", "html");
    /* A saved page names its pictures and styles by where they were; what is pasted into a letter has a name or an id. */
    bool is_of_page =
        is_resource && !is_html && g_mime_object_get_header(object, "Content-Location");
    if (is_signature(object) || (!name && (is_aside || is_of_page)))
        add_part(letter, ZP_LETTER_ASIDE, name ? name : "附件", object);
    else if (name || !is_type(object, "text", "*"))
        add_part(letter, ZP_LETTER_FILE, name ? name : "附件", object);
    else
        add_part(letter, ZP_LETTER_BODY, is_html ? "正文.html" : "正文.txt", object);
}

/* A letter in the letter is called by its subject. */
static void add_letter(ZpLetter *letter, GMimeObject *object)
{
    GMimeMessage *message = g_mime_message_part_get_message((GMimeMessagePart *)object);
    const char *subject = message ? g_mime_message_get_subject(message) : NULL;
    const char *called = g_mime_object_get_content_disposition_parameter(object, "filename");
    if (!called)
        called = g_mime_object_get_content_type_parameter(object, "name");
    g_autofree char *name = called && *called
                                ? g_strdup(called)
                                : g_strconcat(subject && *subject ? subject : "邮件", ".eml", NULL);
    if (!called || !*called)
        g_strdelimit(name, "/\\", '_');
    add_part(letter, message ? ZP_LETTER_INNER : ZP_LETTER_ASIDE, name, object);
}

static bool holds_html(GMimeObject *object, guint depth)
{
    if (!GMIME_IS_MULTIPART(object))
        return is_type(object, "text", "html") && !name_of(object);
    int count = g_mime_multipart_get_count((GMimeMultipart *)object);
    for (int k = 0; k < count && depth < ZP_LIMIT_LETTER_DEPTH; k++) {
        if (holds_html(g_mime_multipart_get_part((GMimeMultipart *)object, k), depth + 1))
            return true;
    }
    return false;
}

/* Of several forms of one text the page, which keeps tables; without one the first, which is plain. */
static GMimeObject *choose(GMimeMultipart *parts, guint depth)
{
    for (int k = g_mime_multipart_get_count(parts) - 1; k > 0; k--) {
        if (holds_html(g_mime_multipart_get_part(parts, k), depth + 1))
            return g_mime_multipart_get_part(parts, k);
    }
    return g_mime_multipart_get_count(parts) ? g_mime_multipart_get_part(parts, 0) : NULL;
}

/* The part that the others belong to: the one that `start` names, else the first. */
static GMimeObject *root_of(GMimeMultipart *parts)
{
    const char *start = g_mime_object_get_content_type_parameter((GMimeObject *)parts, "start");
    g_autofree char *id = start ? g_mime_utils_decode_message_id(start) : NULL;
    int at = -1;
    for (int k = 0; id && k < g_mime_multipart_get_count(parts); k++) {
        const char *own = g_mime_object_get_content_id(g_mime_multipart_get_part(parts, k));
        at = at < 0 && g_strcmp0(own, id) == 0 ? k : at;
    }
    return g_mime_multipart_get_count(parts) ? g_mime_multipart_get_part(parts, MAX(at, 0)) : NULL;
}

/* GMime itself stops at 1,024 parts inside each other. */
static void add_object(ZpLetter *letter, GMimeObject *object, guint depth, bool is_aside,
                       bool is_resource)
{
    if (is_locked(object)) {
        add_part(letter, ZP_LETTER_LOCKED, name_of(object) ? name_of(object) : "附件", object);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        add_letter(letter, object);
    } else if (!GMIME_IS_MULTIPART(object)) {
        add_leaf(letter, object, is_aside, is_resource);
    } else if (depth >= ZP_LIMIT_LETTER_DEPTH) {
        letter->too_deep++;
    } else {
        GMimeMultipart *parts = (GMimeMultipart *)object;
        bool is_choice = is_type(object, "multipart", "alternative");
        bool is_page = is_type(object, "multipart", "related");
        GMimeObject *first = is_choice ? choose(parts, depth) : is_page ? root_of(parts) : NULL;
        for (int k = 0; k < g_mime_multipart_get_count(parts); k++) {
            GMimeObject *part = g_mime_multipart_get_part(parts, k);
            add_object(letter, part, depth + 1, is_aside || (is_choice && part != first),
                       is_page && part != first);
        }
    }
}

/* --- the module's table --- */

static ZpLetter *open_letter(GBytes *bytes)
{
    static const char *const CHARSETS[] = {"utf-8", "gb18030", NULL};
    static bool is_ready;
    if (!is_ready)
        g_mime_init();
    is_ready = true;
    gsize size = 0;
    const char *data = g_bytes_get_data(bytes, &size);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(data, size);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeParserOptions *options = g_mime_parser_options_new();
    g_mime_parser_options_set_fallback_charsets(options, (const char **)CHARSETS);
    ZpLetter *letter = g_new0(ZpLetter, 1);
    letter->parts = g_ptr_array_new_with_free_func(free_part);
    letter->message = g_mime_parser_construct_message(parser, options);
    GMimeObject *object = letter->message ? g_mime_message_get_mime_part(letter->message) : NULL;
    if (object)
        add_object(letter, object, 0, false, false);
    g_mime_parser_options_free(options);
    g_object_unref(parser);
    g_object_unref(stream);
    return letter;
}

static void close_letter(ZpLetter *letter)
{
    g_ptr_array_unref(letter->parts);
    g_clear_object((GObject **)&letter->message);
    g_free(letter);
}

/* Names that mean a subset of GB18030 are often given to what is all of it. */
static const char *charset_of(GMimeObject *object)
{
    static const char *const NONE[] = {"us-ascii", "ascii", "utf-8", "utf8"};
    static const char *const CHINESE[] = {"gb2312", "gbk",   "gb18030",     "x-gbk",
                                          "cp936",  "ms936", "windows-936", "euc-cn"};
    const char *said = g_mime_object_get_content_type_parameter(object, "charset");
    for (gsize k = 0; said && k < G_N_ELEMENTS(NONE); k++) {
        if (g_ascii_strcasecmp(said, NONE[k]) == 0)
            return NULL;
    }
    for (gsize k = 0; said && k < G_N_ELEMENTS(CHINESE); k++) {
        if (g_ascii_strcasecmp(said, CHINESE[k]) == 0)
            return "GB18030";
    }
    return said;
}

/* Where the letter says wrongly, the bytes may say it better. */
static GBytes *recode(GMimeObject *object, GBytes *bytes)
{
    static const char MARK[] = "\xef\xbb\xbf";
    const char *charset = charset_of(object);
    ZpDecoded decoded;
    if (!charset || !zp_decode(bytes, charset, &decoded, NULL))
        return g_bytes_ref(bytes);
    GByteArray *out = g_byte_array_new();
    if (decoded.replaced == 0) {
        g_byte_array_append(out, (const guint8 *)MARK, sizeof MARK - 1);
        g_byte_array_append(out, (const guint8 *)decoded.text, (guint)decoded.length);
    }
    bool is_right = decoded.replaced == 0;
    zp_decoded_clear(&decoded);
    GBytes *made = g_byte_array_free_to_bytes(out);
    if (is_right)
        return made;
    g_bytes_unref(made);
    return g_bytes_ref(bytes);
}

static GBytes *unpack_part(const ZpLetterPart *part)
{
    GByteArray *array = g_byte_array_new();
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(array);
    GMimeDataWrapper *content =
        GMIME_IS_PART(part->object) ? g_mime_part_get_content(part->object) : NULL;
    g_mime_stream_mem_set_owner((GMimeStreamMem *)stream, FALSE);
    if (GMIME_IS_MESSAGE_PART(part->object))
        g_mime_object_write_to_stream((GMimeObject *)g_mime_message_part_get_message(part->object),
                                      NULL, stream);
    else if (content)
        g_mime_data_wrapper_write_to_stream(content, stream);
    g_object_unref(stream);
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(array);
    return part->use == ZP_LETTER_BODY ? recode(part->object, bytes) : g_steal_pointer(&bytes);
}

__attribute__((visibility("default"))) const ZpMailModule zp_mail_module = {
    .version = ZP_VERSION, .open = open_letter, .unpack = unpack_part, .close = close_letter};
