/*
 * resources.c - the parts PublicRes, DocumentRes and PageRes.
 *
 * Fonts are not read: what a character means only the text says, and where it stands its steps.
 *
 * Source: GB/T 33190-2016, 7.9.
 */
#include "parsers/ofd/resources.h"

#include "base/limits.h"
#include "parsers/ofd/document.h"

typedef struct {
    OfdResources *resources;
    OfdReader reader; /* into the unit under way */
    guint unit;
    guint param;
    OfdParam under_way;
    bool in_param, in_media;
    guint media;
    GString *file;
    const char *part; /* under way */
    char *base;       /* (nullable) the folder that its files are in */
} Reading;

OfdResources *ofd_resources_new(void)
{
    OfdResources *resources = g_new0(OfdResources, 1);
    resources->params = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    resources->units = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)ofd_content_free);
    resources->opaque = g_hash_table_new(NULL, NULL);
    resources->media = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    return resources;
}

void ofd_resources_free(OfdResources *resources)
{
    g_hash_table_unref(resources->params);
    g_hash_table_unref(resources->units);
    g_hash_table_unref(resources->opaque);
    g_hash_table_unref(resources->media);
    g_free(resources);
}

static void start_param(Reading *reading, const ZpXmlAttributes *attributes)
{
    reading->param = ofd_id(attributes, "ID");
    reading->in_param = true;
    reading->under_way = (OfdParam){
        .relative = ofd_id(attributes, "Relative"),
        .line_width = ofd_real(attributes, "LineWidth", -1),
    };
}

/* Of these kinds every place is painted; others may be clear in places. */
static bool is_opaque_file(const char *name)
{
    static const char *const ENDINGS[] = {".jpg", ".jpeg", ".bmp", ".jb2"};
    g_autofree char *lower = g_ascii_strdown(name, -1);
    for (guint k = 0; k < G_N_ELEMENTS(ENDINGS); k++) {
        if (g_str_has_suffix(lower, ENDINGS[k]))
            return true;
    }
    return false;
}

static bool start(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    Reading *reading = data;
    if (reading->reader.content)
        return token == OFD_E_COMPOSITE_UNIT ||
               ofd_reader_start(&reading->reader, token, attributes);
    if (reading->in_param) {
        if (token == OFD_E_FILL_COLOR)
            reading->under_way.fill = ofd_ink(attributes);
        else if (token == OFD_E_STROKE_COLOR)
            reading->under_way.stroke = ofd_ink(attributes);
        else if (token == OFD_E_ODD_COLOUR)
            reading->under_way.fill.colour.is_known = reading->under_way.stroke.colour.is_known =
                false;
        return token != OFD_E_ODD_COLOUR;
    }
    switch (token) {
    case OFD_E_RES:
        g_free(reading->base);
        reading->base = zp_xml_dup(attributes, "BaseLoc");
        break;
    case OFD_E_DRAW_PARAM:
        start_param(reading, attributes);
        break;
    case OFD_E_COMPOSITE_UNIT:
        reading->unit = ofd_id(attributes, "ID");
        reading->reader.content = ofd_content_new();
        reading->reader.in_object = false;
        break;
    case OFD_E_MEDIA:
        reading->media = ofd_id(attributes, "ID");
        break;
    case OFD_E_MEDIA_FILE:
        reading->in_media = true;
        g_string_truncate(reading->file, 0);
        break;
    default:
        break;
    }
    return true;
}

static void end_unit(Reading *reading)
{
    OfdResources *resources = reading->resources;
    OfdContent *unit = g_steal_pointer(&reading->reader.content);
    resources->n_objects += unit->objects->len;
    resources->is_over |= unit->is_over;
    if (resources->n_objects > ZP_LIMIT_OFD_OBJECTS) {
        resources->is_over = true;
        ofd_content_free(unit);
        return;
    }
    g_hash_table_insert(resources->units, GUINT_TO_POINTER(reading->unit), unit);
}

/* A file's place is in the base folder, which is beside the part. */
static void add_media(const Reading *reading)
{
    g_autofree char *file = g_strstrip(g_strdup(reading->file->str));
    bool is_based = reading->base && *reading->base && *file != '/';
    g_autofree char *place =
        is_based ? g_strconcat(reading->base, "/", file, NULL) : g_strdup(file);
    g_hash_table_insert(reading->resources->media, GUINT_TO_POINTER(reading->media),
                        ofd_part(reading->part, place));
    if (is_opaque_file(file))
        g_hash_table_add(reading->resources->opaque, GUINT_TO_POINTER(reading->media));
}

static void end(gpointer data, guint token)
{
    Reading *reading = data;
    if (token == OFD_E_COMPOSITE_UNIT && reading->reader.content) {
        end_unit(reading);
    } else if (reading->reader.content) {
        ofd_reader_end(&reading->reader, token);
    } else if (token == OFD_E_DRAW_PARAM && reading->in_param) {
        reading->in_param = false;
        g_hash_table_insert(reading->resources->params, GUINT_TO_POINTER(reading->param),
                            g_memdup2(&reading->under_way, sizeof reading->under_way));
    } else if (token == OFD_E_MEDIA_FILE && reading->in_media) {
        reading->in_media = false;
        add_media(reading);
    }
}

static void text(gpointer data, const char *text, gsize length)
{
    Reading *reading = data;
    if (reading->reader.content)
        ofd_reader_text(&reading->reader, text, length);
    else if (reading->in_media)
        g_string_append_len(reading->file, text, (gssize)length);
}

bool ofd_resources_read(OfdResources *resources, GBytes *part, const char *name,
                        const ZpLimits *limits, GError **error)
{
    static const ZpXmlHandler HANDLER = {
        .names = OFD_NAMES, .start = start, .end = end, .text = text};
    Reading reading = {.resources = resources, .file = g_string_new(NULL), .part = name};
    ofd_reader_init(&reading.reader);
    bool done = zp_xml_parse_within(part, name, &HANDLER, &reading, limits, error);
    ofd_content_free(reading.reader.content);
    ofd_reader_clear(&reading.reader);
    g_string_free(reading.file, TRUE);
    g_free(reading.base);
    return done;
}

OfdParam ofd_param(const OfdResources *resources, guint id)
{
    OfdParam all = {.line_width = -1};
    for (guint k = 0; id && k < ZP_LIMIT_OFD_DEPTH; k++) {
        const OfdParam *param = g_hash_table_lookup(resources->params, GUINT_TO_POINTER(id));
        if (!param)
            break;
        if (all.line_width < 0)
            all.line_width = param->line_width;
        if (!all.fill.is_set)
            all.fill = param->fill;
        if (!all.stroke.is_set)
            all.stroke = param->stroke;
        id = param->relative;
    }
    return all;
}
