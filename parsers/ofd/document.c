/*
 * document.c - the parts that lead to other parts.
 *
 *     OFD.xml ─ DocBody/DocRoot ─▶ Doc_0/Document.xml ─ Page/BaseLoc ─▶ Doc_0/Pages/Page_0/Content.xml
 *
 * A place is a path from the root, or from the folder of the part that says it.  The order of elements is not
 * fixed, and several of each may be there.
 *
 * Source: GB/T 33190-2016, 7.2 to 7.6.
 */
#include "parsers/ofd/document.h"

#include "parsers/ofd/numbers.h"

#include <string.h>

typedef struct {
    OfdFile *file;         /* (nullable) */
    OfdDocument *document; /* (nullable) under way */
    GString *text;
    bool is_taking, has_current;
} Reading;

static void page_clear(gpointer page)
{
    g_free(((OfdPage *)page)->part);
}

static GArray *new_pages(void)
{
    GArray *pages = g_array_new(FALSE, FALSE, sizeof(OfdPage));
    g_array_set_clear_func(pages, page_clear);
    return pages;
}

static OfdDocument *document_new(void)
{
    OfdDocument *document = g_new0(OfdDocument, 1);
    document->resources = g_ptr_array_new_with_free_func(g_free);
    document->templates = new_pages();
    document->pages = new_pages();
    return document;
}

static void document_free(gpointer data)
{
    OfdDocument *document = data;
    g_free(document->name);
    g_free(document->annotations);
    g_free(document->attachments);
    g_ptr_array_unref(document->resources);
    g_array_unref(document->templates);
    g_array_unref(document->pages);
    g_free(document);
}

OfdFile *ofd_file_new(void)
{
    OfdFile *file = g_new0(OfdFile, 1);
    file->documents = g_ptr_array_new_with_free_func(document_free);
    file->versions = g_ptr_array_new_with_free_func(g_free);
    file->signatures = g_ptr_array_new_with_free_func(g_free);
    return file;
}

void ofd_file_free(OfdFile *file)
{
    if (!file)
        return;
    g_ptr_array_unref(file->documents);
    g_ptr_array_unref(file->versions);
    g_ptr_array_unref(file->signatures);
    g_free(file);
}

char *ofd_part(const char *beside, const char *place)
{
    g_autofree char *folder = beside ? g_path_get_dirname(beside) : g_strdup("");
    g_autofree char *plain = g_strdup(place);
    return zp_package_path(strcmp(folder, ".") == 0 ? "" : folder, g_strstrip(plain));
}

static void take_text(Reading *reading)
{
    reading->is_taking = true;
    g_string_truncate(reading->text, 0);
}

static char *attribute_part(const OfdDocument *document, const ZpXmlAttributes *attributes)
{
    g_autofree char *place = zp_xml_dup(attributes, "BaseLoc");
    return ofd_part(document->name, place ? place : "");
}

static void start_body(Reading *reading)
{
    OfdFile *file = reading->file;
    reading->document = document_new();
    reading->has_current = false;
    g_ptr_array_add(file->documents, reading->document);
    g_ptr_array_add(file->versions, g_strdup(""));
}

static void start_version(Reading *reading, const ZpXmlAttributes *attributes)
{
    GPtrArray *versions = reading->file->versions;
    g_autofree char *place = zp_xml_dup(attributes, "BaseLoc");
    bool is_current = ofd_flag(attributes, "Current", 0);
    if (!place || !versions->len || reading->has_current)
        return;
    reading->has_current = is_current;
    g_free(versions->pdata[versions->len - 1]);
    versions->pdata[versions->len - 1] = ofd_part(NULL, place);
}

static bool start_file(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Reading *reading = data;
    if (token == OFD_E_DOC_BODY)
        start_body(reading);
    else if (token == OFD_E_VERSION)
        start_version(reading, attributes);
    else if (token == OFD_E_DOC_ROOT || token == OFD_E_SIGNATURES)
        take_text(reading);
    return true;
}

static void end_file(gpointer data, guint token)
{
    Reading *reading = data;
    OfdDocument *document = reading->document;
    if (token == OFD_E_DOC_ROOT && document && !document->name && reading->text->len)
        document->name = ofd_part(NULL, reading->text->str);
    if (token == OFD_E_SIGNATURES && reading->text->len)
        g_ptr_array_add(reading->file->signatures, ofd_part(NULL, reading->text->str));
    reading->is_taking = false;
}

static void text(gpointer data, const char *text, gsize length)
{
    Reading *reading = data;
    if (reading->is_taking)
        g_string_append_len(reading->text, text, (gssize)length);
}

bool ofd_file_read(OfdFile *file, GBytes *part, const char *name, GError **error)
{
    static const ZpXmlHandler HANDLER = {
        .names = OFD_NAMES, .start = start_file, .end = end_file, .text = text};
    g_autoptr(GString) taken = g_string_new(NULL);
    Reading reading = {.file = file, .text = taken};
    return zp_xml_parse(part, name, &HANDLER, &reading, error);
}

static void add_page(OfdDocument *document, GArray *pages, const ZpXmlAttributes *attributes)
{
    OfdPage page = {ofd_id(attributes, "ID"), attribute_part(document, attributes),
                    ofd_order(attributes, "ZOrder", OFD_BACKGROUND)};
    g_array_append_val(pages, page);
}

static bool start_document(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Reading *reading = data;
    OfdDocument *document = reading->document;
    switch (token) {
    case OFD_E_TEMPLATE_PAGE:
        add_page(document, document->templates, attributes);
        break;
    case OFD_E_PAGE:
        add_page(document, document->pages, attributes);
        break;
    case OFD_E_CUSTOM_TAGS:
        document->has_tags = true;
        break;
    case OFD_E_PHYSICAL_BOX:
    case OFD_E_PUBLIC_RES:
    case OFD_E_ANNOTATIONS:
    case OFD_E_ATTACHMENTS:
        take_text(reading);
        break;
    default:
        return token != OFD_E_SKIPPED;
    }
    return true;
}

static void end_document(gpointer data, guint token)
{
    Reading *reading = data;
    OfdDocument *document = reading->document;
    const char *taken = reading->text->str;
    switch (token) {
    case OFD_E_PHYSICAL_BOX:
        document->has_area = ofd_numbers(taken, document->area, 4) == 4 && document->area[2] > 0 &&
                             document->area[3] > 0;
        break;
    case OFD_E_PUBLIC_RES:
        g_ptr_array_add(document->resources, ofd_part(document->name, taken));
        break;
    case OFD_E_ANNOTATIONS:
        g_free(document->annotations);
        document->annotations = ofd_part(document->name, taken);
        break;
    case OFD_E_ATTACHMENTS:
        g_free(document->attachments);
        document->attachments = ofd_part(document->name, taken);
        break;
    default:
        break;
    }
    reading->is_taking = false;
}

bool ofd_document_read(OfdDocument *document, GBytes *part, GError **error)
{
    static const ZpXmlHandler HANDLER = {
        .names = OFD_NAMES, .start = start_document, .end = end_document, .text = text};
    g_autoptr(GString) taken = g_string_new(NULL);
    Reading reading = {.document = document, .text = taken};
    return zp_xml_parse(part, document->name, &HANDLER, &reading, error);
}

typedef struct {
    GPtrArray *found;
    guint element;
    const char *attribute;
    GString *text;
    bool is_taking;
} Listing;

static bool start_listed(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Listing *listing = data;
    if (token != listing->element)
        return true;
    char *value = listing->attribute ? zp_xml_dup(attributes, listing->attribute) : NULL;
    if (value)
        g_ptr_array_add(listing->found, value);
    listing->is_taking = true;
    g_string_truncate(listing->text, 0);
    return true;
}

static void end_listed(gpointer data, guint token)
{
    Listing *listing = data;
    if (token != listing->element)
        return;
    listing->is_taking = false;
    if (!listing->attribute)
        g_ptr_array_add(listing->found, g_strdup(listing->text->str));
}

static void text_listed(gpointer data, const char *text, gsize length)
{
    Listing *listing = data;
    if (listing->is_taking)
        g_string_append_len(listing->text, text, (gssize)length);
}

GPtrArray *ofd_list(GBytes *part, const char *name, OfdElement element, const char *attribute)
{
    static const ZpXmlHandler HANDLER = {
        .names = OFD_NAMES, .start = start_listed, .end = end_listed, .text = text_listed};
    g_autoptr(GString) taken = g_string_new(NULL);
    Listing listing = {.found = g_ptr_array_new_with_free_func(g_free),
                       .element = element,
                       .attribute = attribute,
                       .text = taken};
    zp_xml_parse(part, name, &HANDLER, &listing, NULL);
    return listing.found;
}
