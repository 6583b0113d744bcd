/*
 * content.c - XML events into a flat list of objects.
 *
 *     <Layer>                        layer: objects 0…2
 *       <TextObject>…</TextObject>   object 0
 *       <PageBlock>                  only groups: its objects are the layer's
 *         <PathObject>…</PathObject> object 1
 *       </PageBlock>
 *     </Layer>
 *
 * An object is complete when its element ends, for its colours, clips and texts come in any order.
 *
 * Source: GB/T 33190-2016, 7.5 to 7.10, 8 to 13.
 */
#include "parsers/ofd/content.h"

#include "base/limits.h"
#include "parsers/ofd/numbers.h"

static const Matrix SAME = {1, 0, 0, 1, 0, 0};

OfdContent *ofd_content_new(void)
{
    OfdContent *content = g_new0(OfdContent, 1);
    content->objects = g_array_new(FALSE, FALSE, sizeof(OfdObject));
    content->codes = g_array_new(FALSE, FALSE, sizeof(OfdCode));
    content->changes = g_array_new(FALSE, FALSE, sizeof(OfdChange));
    content->clips = g_array_new(FALSE, FALSE, sizeof(OfdClip));
    content->layers = g_array_new(FALSE, FALSE, sizeof(OfdLayer));
    content->templates = g_array_new(FALSE, FALSE, sizeof(OfdTemplateUse));
    content->annots = g_array_new(FALSE, FALSE, sizeof(OfdAnnot));
    content->resources = g_ptr_array_new();
    content->strings = g_string_chunk_new(4096);
    return content;
}

void ofd_content_free(OfdContent *content)
{
    if (!content)
        return;
    g_array_unref(content->objects);
    g_array_unref(content->codes);
    g_array_unref(content->changes);
    g_array_unref(content->clips);
    g_array_unref(content->layers);
    g_array_unref(content->templates);
    g_array_unref(content->annots);
    g_ptr_array_unref(content->resources);
    g_string_chunk_free(content->strings);
    g_free(content);
}

static Matrix matrix_of(const ZpXmlAttributes *attributes)
{
    double n[6];
    if (ofd_reals(attributes, "CTM", n, 6) < 6)
        return SAME;
    return (Matrix){n[0], n[1], n[2], n[3], n[4], n[5]};
}

static const char *keep(OfdContent *content, const ZpXmlAttributes *attributes, const char *name)
{
    gsize length;
    const char *value = zp_xml_attribute(attributes, name, &length);
    return value ? g_string_chunk_insert_len(content->strings, value, (gssize)length) : NULL;
}

void ofd_reader_init(OfdReader *reader)
{
    *reader = (OfdReader){.text = g_string_new(NULL), .area = SAME};
}

void ofd_reader_clear(OfdReader *reader)
{
    g_string_free(reader->text, TRUE);
}

static void take_text(OfdReader *reader)
{
    reader->is_taking = true;
    g_string_truncate(reader->text, 0);
}

static const char *taken(OfdReader *reader)
{
    reader->is_taking = false;
    return g_string_chunk_insert_len(reader->content->strings, reader->text->str,
                                     (gssize)reader->text->len);
}

static guint quarters(const ZpXmlAttributes *attributes, const char *name)
{
    double degrees = ofd_real(attributes, name, 0);
    int turns = (int)(CLAMP(degrees, -3600, 3600) / 90);
    return (guint)(((turns % 4) + 4) % 4);
}

static void start_object(OfdReader *reader, OfdKind kind, const ZpXmlAttributes *attributes)
{
    OfdContent *content = reader->content;
    reader->in_object = true;
    reader->in_clip = false;
    reader->clip = 0;
    OfdObject *object = &reader->object;
    *object = (OfdObject){
        .kind = kind,
        .matrix = matrix_of(attributes),
        .is_visible = ofd_flag(attributes, "Visible", 1),
        .alpha = (float)(CLAMP(ofd_real(attributes, "Alpha", 255), 0, 255) / 255),
        .param = ofd_id(attributes, "DrawParam"),
        .resource = ofd_id(attributes, "ResourceID"),
        .fills = ofd_flag(attributes, "Fill", -1),
        .strokes = ofd_flag(attributes, "Stroke", -1),
        .is_even_odd = zp_xml_is(attributes, "Rule", "Even-Odd"),
        .line_width = ofd_real(attributes, "LineWidth", -1),
        .first_code = content->codes->len,
        .first_change = content->changes->len,
        .first_clip = content->clips->len,
    };
    ofd_reals(attributes, "Boundary", object->box, 4);
    if (kind != OFD_TEXT)
        return;
    object->size = ofd_real(attributes, "Size", 0);
    object->h_scale = ofd_real(attributes, "HScale", 1);
    object->char_turn = quarters(attributes, "CharDirection");
    object->is_down = quarters(attributes, "ReadDirection") == 1;
}

static void end_object(OfdReader *reader)
{
    OfdContent *content = reader->content;
    OfdObject *object = &reader->object;
    reader->in_object = false;
    if (content->objects->len >= ZP_LIMIT_OFD_OBJECTS) {
        content->is_over = true;
        return;
    }
    object->n_codes = content->codes->len - object->first_code;
    object->n_changes = content->changes->len - object->first_change;
    object->n_clips = content->clips->len - object->first_clip;
    g_array_append_val(content->objects, *object);
}

static void start_code(OfdReader *reader, const ZpXmlAttributes *attributes)
{
    OfdContent *content = reader->content;
    gsize length;
    OfdCode code = {
        .x = ofd_real(attributes, "X", 0),
        .y = ofd_real(attributes, "Y", 0),
        .has_x = zp_xml_attribute(attributes, "X", &length),
        .has_y = zp_xml_attribute(attributes, "Y", &length),
        .dx = keep(content, attributes, "DeltaX"),
        .dy = keep(content, attributes, "DeltaY"),
        .text = "",
    };
    g_array_append_val(content->codes, code);
    take_text(reader);
}

static void add_change(OfdReader *reader, const ZpXmlAttributes *attributes)
{
    OfdChange change = {
        .position = (guint)MAX(ofd_real(attributes, "CodePosition", 0), 0),
        .n_codes = (guint)CLAMP(ofd_real(attributes, "CodeCount", 1), 1, G_MAXUINT16),
        .n_glyphs = (guint)CLAMP(ofd_real(attributes, "GlyphCount", 1), 1, G_MAXUINT8),
    };
    if (change.n_codes != change.n_glyphs)
        g_array_append_val(reader->content->changes, change);
}

static OfdClip *clip_under_way(OfdReader *reader)
{
    GArray *clips = reader->content->clips;
    return clips->len > reader->object.first_clip ? &g_array_index(clips, OfdClip, clips->len - 1)
                                                  : NULL;
}

static void start_clip_path(OfdReader *reader, const ZpXmlAttributes *attributes)
{
    double box[4] = {0};
    OfdClip *clip = reader->in_clip ? clip_under_way(reader) : NULL;
    if (!clip)
        return;
    ofd_reals(attributes, "Boundary", box, 4);
    clip->x = box[0];
    clip->y = box[1];
    clip->own = matrix_of(attributes);
    clip->area = reader->area;
    clip->transfers = reader->transfers;
    clip->is_even_odd = zp_xml_is(attributes, "Rule", "Even-Odd");
}

static void end_path_data(OfdReader *reader)
{
    const char *data = taken(reader);
    OfdClip *clip = reader->in_clip ? clip_under_way(reader) : NULL;
    if (clip)
        clip->path = data;
    else if (!reader->in_clip)
        reader->object.path = data;
}

static bool start_colour(OfdReader *reader, bool is_fill, const ZpXmlAttributes *attributes)
{
    OfdInk *ink = is_fill ? &reader->object.fill : &reader->object.stroke;
    if (!reader->in_object || reader->in_clip)
        return false;
    *ink = ofd_ink(attributes);
    return true;
}

static void start_layer(OfdReader *reader, const ZpXmlAttributes *attributes)
{
    OfdContent *content = reader->content;
    OfdLayer layer = {
        .order = (OfdOrder)ofd_order(attributes, "Type", OFD_BODY),
        .param = ofd_id(attributes, "DrawParam"),
        .first = content->objects->len,
        .end = G_MAXUINT,
    };
    g_array_append_val(content->layers, layer);
}

static void start_annot(OfdReader *reader, const ZpXmlAttributes *attributes)
{
    OfdContent *content = reader->content;
    const char *type = keep(content, attributes, "Type");
    OfdAnnot annot = {
        .type = type ? type : "",
        .is_visible = ofd_flag(attributes, "Visible", 1),
        .first = content->objects->len,
        .end = content->objects->len,
    };
    g_array_append_val(content->annots, annot);
}

static void add_template(OfdReader *reader, const ZpXmlAttributes *attributes)
{
    OfdTemplateUse use = {ofd_id(attributes, "TemplateID"), ofd_order(attributes, "ZOrder", -1)};
    g_array_append_val(reader->content->templates, use);
}

/* What begins inside an object. */
static bool start_inside(OfdReader *reader, guint token, const ZpXmlAttributes *attributes)
{
    switch (token) {
    case OFD_E_FILL_COLOR:
    case OFD_E_STROKE_COLOR:
        return start_colour(reader, token == OFD_E_FILL_COLOR, attributes);
    case OFD_E_ODD_COLOUR:
        reader->object.fill.colour.is_known = false;
        reader->object.stroke.colour.is_known = false;
        return false;
    case OFD_E_TEXT_CODE:
        if (!reader->in_clip)
            start_code(reader, attributes);
        return !reader->in_clip;
    case OFD_E_CG_TRANSFORM:
        add_change(reader, attributes);
        return false;
    case OFD_E_CLIP:
        reader->in_clip = true;
        reader->clip++;
        return true;
    case OFD_E_AREA:
        if (reader->in_clip) {
            const OfdClip none = {.clip = reader->clip};
            reader->area = matrix_of(attributes);
            reader->transfers = ofd_flag(attributes, "TransFlag", 0);
            g_array_append_val(reader->content->clips, none);
        }
        return true;
    case OFD_E_PATH:
        start_clip_path(reader, attributes);
        return true;
    case OFD_E_ABBREVIATED_DATA:
        take_text(reader);
        return true;
    default:
        return token != OFD_E_SKIPPED;
    }
}

bool ofd_reader_start(OfdReader *reader, guint token, const ZpXmlAttributes *attributes)
{
    if (!reader->content || token >= OFD_E_CONTENT_END)
        return true;
    if (reader->in_object)
        return start_inside(reader, token, attributes);
    switch (token) {
    case OFD_E_TEXT_OBJECT:
    case OFD_E_PATH_OBJECT:
    case OFD_E_IMAGE_OBJECT:
    case OFD_E_COMPOSITE_OBJECT:
        start_object(reader, (OfdKind)(token - OFD_E_TEXT_OBJECT), attributes);
        return true;
    case OFD_E_LAYER:
        start_layer(reader, attributes);
        return true;
    case OFD_E_TEMPLATE:
        add_template(reader, attributes);
        return true;
    case OFD_E_ANNOT:
        start_annot(reader, attributes);
        return true;
    case OFD_E_PHYSICAL_BOX:
    case OFD_E_PAGE_RES:
        take_text(reader);
        return true;
    default:
        return token != OFD_E_SKIPPED;
    }
}

static void end_layer(OfdContent *content)
{
    if (content->layers->len)
        g_array_index(content->layers, OfdLayer, content->layers->len - 1).end =
            content->objects->len;
}

static void end_annot(OfdContent *content)
{
    if (content->annots->len)
        g_array_index(content->annots, OfdAnnot, content->annots->len - 1).end =
            content->objects->len;
}

static void end_box(OfdReader *reader)
{
    OfdContent *content = reader->content;
    reader->is_taking = false;
    content->has_area = ofd_numbers(reader->text->str, content->area, 4) == 4 &&
                        content->area[2] > 0 && content->area[3] > 0;
}

void ofd_reader_end(OfdReader *reader, guint token)
{
    OfdContent *content = reader->content;
    if (!content)
        return;
    switch (token) {
    case OFD_E_TEXT_OBJECT:
    case OFD_E_PATH_OBJECT:
    case OFD_E_IMAGE_OBJECT:
    case OFD_E_COMPOSITE_OBJECT:
        if (reader->in_object && reader->object.kind == (OfdKind)(token - OFD_E_TEXT_OBJECT))
            end_object(reader);
        break;
    case OFD_E_TEXT_CODE:
        if (reader->in_object) {
            GArray *codes = reader->content->codes;
            const char *text = taken(reader);
            if (codes->len > reader->object.first_code)
                g_array_index(codes, OfdCode, codes->len - 1).text = text;
        }
        break;
    case OFD_E_ABBREVIATED_DATA:
        if (reader->in_object)
            end_path_data(reader);
        break;
    case OFD_E_CLIP:
        reader->in_clip = false;
        break;
    case OFD_E_LAYER:
        end_layer(content);
        break;
    case OFD_E_ANNOT:
        end_annot(content);
        break;
    case OFD_E_PHYSICAL_BOX:
        end_box(reader);
        break;
    case OFD_E_PAGE_RES:
        g_ptr_array_add(content->resources, (gpointer)taken(reader));
        break;
    default:
        break;
    }
}

void ofd_reader_text(OfdReader *reader, const char *text, gsize length)
{
    if (reader->is_taking)
        g_string_append_len(reader->text, text, (gssize)length);
}

static bool start(gpointer data, guint token, const ZpXmlAttributes *attributes)
{
    return ofd_reader_start(data, token, attributes);
}

static void end(gpointer data, guint token)
{
    ofd_reader_end(data, token);
}

static void text(gpointer data, const char *text, gsize length)
{
    ofd_reader_text(data, text, length);
}

bool ofd_content_read(OfdContent *content, GBytes *part, const char *name, const ZpLimits *limits,
                      GError **error)
{
    static const ZpXmlHandler HANDLER = {
        .names = OFD_NAMES, .start = start, .end = end, .text = text};
    OfdReader reader;
    ofd_reader_init(&reader);
    reader.content = content;
    bool done = zp_xml_parse_within(part, name, &HANDLER, &reader, limits, error);
    ofd_reader_clear(&reader);
    return done;
}
