/*
 * content.h - what a page, a template, a composite unit or an annotation draws, as its part says it.
 *
 * All texts belong to the content.  Lengths are millimetres, of the space that an object stands in.
 */
#pragma once

#include "parsers/ooxml/xml.h"
#include "parsers/print/painter.h"

typedef enum { OFD_TEXT, OFD_PATH, OFD_IMAGE, OFD_COMPOSITE } OfdKind;

/* From back to front. */
typedef enum { OFD_BACKGROUND, OFD_BODY, OFD_FOREGROUND, OFD_ORDERS } OfdOrder;

/* A colour that an object, or a parameter for drawing, states. */
typedef struct {
    bool is_set;
    Colour colour;
    float alpha;
} OfdInk;

typedef struct {
    double x, y; /* where the first glyph begins, on its baseline */
    bool has_x, has_y;
    const char *dx, *dy; /* (nullable) steps from glyph to glyph */
    const char *text;
} OfdCode;

/* So many characters, from one on, that are drawn by another number of glyphs. */
typedef struct {
    guint position, n_codes, n_glyphs;
} OfdChange;

/* One shape of a clip: those of one Clip are a union. */
typedef struct {
    guint clip;       /* which Clip of the object, from 1 */
    const char *path; /* (nullable) NULL: a text, or nothing: what it cuts is not known */
    double x, y;      /* its Boundary's corner */
    Matrix own, area; /* of the path, and of the area around it */
    bool is_even_odd;
    bool transfers; /* the object's matrix acts on it, too */
} OfdClip;

typedef struct {
    OfdKind kind;
    double box[4]; /* x y w h */
    Matrix matrix;
    bool is_visible;
    float alpha;
    guint param, resource; /* ids; 0: none */
    gint8 fills, strokes;  /* -1: not said */
    bool is_even_odd;
    double line_width; /* negative: not said */
    OfdInk fill, stroke;
    double size, h_scale;
    guint char_turn; /* quarters, clockwise */
    bool is_down;    /* ReadDirection 90 */
    const char *path;
    guint first_code, n_codes, first_change, n_changes, first_clip, n_clips; /* in the content */
} OfdObject;

typedef struct {
    OfdOrder order;
    guint param;
    guint first, end; /* of its objects */
} OfdLayer;

typedef struct {
    guint id;
    gint8 order; /* OfdOrder; -1: the template's own */
} OfdTemplateUse;

/* One annotation: its objects are not the page's. */
typedef struct {
    const char *type;
    bool is_visible;
    guint first, end; /* of its objects */
} OfdAnnot;

typedef struct {
    GArray *objects, *codes, *changes, *clips, *layers, *templates, *annots;
    GPtrArray *resources; /* of char*: PageRes, as written */
    GStringChunk *strings;
    double area[4]; /* PhysicalBox */
    bool has_area;
    bool is_over; /* past ZP_LIMIT_OFD_OBJECTS */
} OfdContent;

OfdContent *ofd_content_new(void);
void ofd_content_free(OfdContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfdContent, ofd_content_free)

/* Every element that any part is asked for; each reader takes what it knows. */
typedef enum {
    OFD_E_NONE,
    /* content */
    OFD_E_AREA,
    OFD_E_PHYSICAL_BOX,
    OFD_E_TEMPLATE,
    OFD_E_PAGE_RES,
    OFD_E_LAYER,
    OFD_E_TEXT_OBJECT,
    OFD_E_PATH_OBJECT,
    OFD_E_IMAGE_OBJECT,
    OFD_E_COMPOSITE_OBJECT,
    OFD_E_FILL_COLOR,
    OFD_E_STROKE_COLOR,
    OFD_E_ODD_COLOUR, /* a pattern or a shading */
    OFD_E_TEXT_CODE,
    OFD_E_CG_TRANSFORM,
    OFD_E_ABBREVIATED_DATA,
    OFD_E_CLIP,
    OFD_E_PATH,
    OFD_E_ANNOT,
    OFD_E_APPEARANCE,
    OFD_E_SKIPPED, /* actions, borders: what they hold has the same names */
    OFD_E_CONTENT_END,
    /* resources */
    OFD_E_RES,
    OFD_E_DRAW_PARAM,
    OFD_E_COMPOSITE_UNIT,
    OFD_E_MEDIA,
    OFD_E_MEDIA_FILE,
    /* documents */
    OFD_E_DOC_BODY,
    OFD_E_DOC_ROOT,
    OFD_E_VERSION,
    OFD_E_SIGNATURES,
    OFD_E_SIGNATURE,
    OFD_E_PUBLIC_RES,
    OFD_E_TEMPLATE_PAGE,
    OFD_E_PAGE,
    OFD_E_FILE_LOC,
    OFD_E_ANNOTATIONS,
    OFD_E_ATTACHMENTS,
    OFD_E_ATTACHMENT,
    OFD_E_CUSTOM_TAGS,
} OfdElement;

extern const ZpXmlName OFD_NAMES[];

/* Events into a content. */
typedef struct {
    OfdContent *content; /* (nullable) nothing is kept then */
    GString *text;       /* of the element under way */
    bool is_taking;
    OfdObject object; /* under way */
    bool in_object, in_clip;
    guint clip; /* of the object, from 1 */
    Matrix area;
    bool transfers;
} OfdReader;

void ofd_reader_init(OfdReader *reader);
void ofd_reader_clear(OfdReader *reader);

/** ofd_reader_start, _end, _text: an event; tokens that are no content's do nothing. */
bool ofd_reader_start(OfdReader *reader, guint token, const ZpXmlAttributes *attributes);
void ofd_reader_end(OfdReader *reader, guint token);
void ofd_reader_text(OfdReader *reader, const char *text, gsize length);

/**
 * ofd_content_read: a page's or template's part.  What came before an error stays in the content.
 * @limits: (nullable)
 */
bool ofd_content_read(OfdContent *content, GBytes *part, const char *name, const ZpLimits *limits,
                      GError **error);

/** ofd_ink: the colour that an element FillColor or StrokeColor states. */
OfdInk ofd_ink(const ZpXmlAttributes *attributes);

/**
 * ofd_flag, ofd_real, ofd_reals: an attribute: yes, no or @otherwise; a number; several, @n at most.  (attributes.c)
 */
gint8 ofd_flag(const ZpXmlAttributes *attributes, const char *name, gint8 otherwise);
guint ofd_reals(const ZpXmlAttributes *attributes, const char *name, double *numbers, guint n);
double ofd_real(const ZpXmlAttributes *attributes, const char *name, double otherwise);

/** ofd_id: an attribute that names something; 0: none. */
guint ofd_id(const ZpXmlAttributes *attributes, const char *name);

/** ofd_order: which layer an attribute says; @otherwise when it says none. */
gint8 ofd_order(const ZpXmlAttributes *attributes, const char *name, gint8 otherwise);

static inline const OfdObject *ofd_object(const OfdContent *content, guint k)
{
    return &g_array_index(content->objects, OfdObject, k);
}
