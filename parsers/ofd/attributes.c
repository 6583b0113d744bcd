/*
 * attributes.c - names of elements, and what attributes say: numbers, flags, colours.
 *
 * Source: GB/T 33190-2016, 7.1 and 8.3.
 */
#include "parsers/ofd/content.h"
#include "parsers/ofd/numbers.h"

#include <string.h>

#define OFD(name, token)                                                                           \
    {                                                                                              \
        ZP_XML_OFD, name, token                                                                    \
    }

const ZpXmlName OFD_NAMES[] = {
    OFD("Area", OFD_E_AREA),
    OFD("PhysicalBox", OFD_E_PHYSICAL_BOX),
    OFD("Template", OFD_E_TEMPLATE),
    OFD("PageRes", OFD_E_PAGE_RES),
    OFD("Layer", OFD_E_LAYER),
    OFD("TextObject", OFD_E_TEXT_OBJECT),
    OFD("PathObject", OFD_E_PATH_OBJECT),
    OFD("ImageObject", OFD_E_IMAGE_OBJECT),
    OFD("CompositeObject", OFD_E_COMPOSITE_OBJECT),
    OFD("FillColor", OFD_E_FILL_COLOR),
    OFD("StrokeColor", OFD_E_STROKE_COLOR),
    OFD("Pattern", OFD_E_ODD_COLOUR),
    OFD("AxialShd", OFD_E_ODD_COLOUR),
    OFD("RadialShd", OFD_E_ODD_COLOUR),
    OFD("GouraudShd", OFD_E_ODD_COLOUR),
    OFD("LaGourandShd", OFD_E_ODD_COLOUR),
    OFD("LaGouraudShd", OFD_E_ODD_COLOUR),
    OFD("TextCode", OFD_E_TEXT_CODE),
    OFD("CGTransform", OFD_E_CG_TRANSFORM),
    OFD("AbbreviatedData", OFD_E_ABBREVIATED_DATA),
    OFD("Clip", OFD_E_CLIP),
    OFD("Path", OFD_E_PATH),
    OFD("Annot", OFD_E_ANNOT),
    OFD("Appearance", OFD_E_APPEARANCE),
    OFD("Actions", OFD_E_SKIPPED),
    OFD("Action", OFD_E_SKIPPED),
    OFD("Border", OFD_E_SKIPPED),
    OFD("Res", OFD_E_RES),
    OFD("DrawParam", OFD_E_DRAW_PARAM),
    OFD("CompositeGraphicUnit", OFD_E_COMPOSITE_UNIT),
    OFD("MultiMedia", OFD_E_MEDIA),
    OFD("MediaFile", OFD_E_MEDIA_FILE),
    OFD("DocBody", OFD_E_DOC_BODY),
    OFD("DocRoot", OFD_E_DOC_ROOT),
    OFD("Version", OFD_E_VERSION),
    OFD("Signatures", OFD_E_SIGNATURES),
    OFD("Signature", OFD_E_SIGNATURE),
    OFD("PublicRes", OFD_E_PUBLIC_RES),
    OFD("DocumentRes", OFD_E_PUBLIC_RES),
    OFD("TemplatePage", OFD_E_TEMPLATE_PAGE),
    OFD("Page", OFD_E_PAGE),
    OFD("FileLoc", OFD_E_FILE_LOC),
    OFD("Annotations", OFD_E_ANNOTATIONS),
    OFD("Attachments", OFD_E_ATTACHMENTS),
    OFD("Attachment", OFD_E_ATTACHMENT),
    OFD("CustomTags", OFD_E_CUSTOM_TAGS),
    {0},
};

guint ofd_reals(const ZpXmlAttributes *attributes, const char *name, double *numbers, guint n)
{
    gsize length;
    char text[256];
    const char *value = zp_xml_attribute(attributes, name, &length);
    if (!value)
        return 0;
    length = MIN(length, sizeof text - 1);
    memcpy(text, value, length);
    text[length] = '\0';
    return ofd_numbers(text, numbers, n);
}

double ofd_real(const ZpXmlAttributes *attributes, const char *name, double otherwise)
{
    double number;
    return ofd_reals(attributes, name, &number, 1) ? number : otherwise;
}

gint8 ofd_flag(const ZpXmlAttributes *attributes, const char *name, gint8 otherwise)
{
    return zp_xml_flag(attributes, name, true) == zp_xml_flag(attributes, name, false)
               ? (gint8)zp_xml_flag(attributes, name, true)
               : otherwise;
}

guint ofd_id(const ZpXmlAttributes *attributes, const char *name)
{
    double number = ofd_real(attributes, name, 0);
    return number > 0 ? (guint)number : 0;
}

gint8 ofd_order(const ZpXmlAttributes *attributes, const char *name, gint8 otherwise)
{
    static const char *const ORDERS[OFD_ORDERS] = {"Background", "Body", "Foreground"};
    for (gint8 k = 0; k < OFD_ORDERS; k++) {
        if (zp_xml_is(attributes, name, ORDERS[k]))
            return k;
    }
    return otherwise;
}

/* A part of a colour: "255" or "#ff". */
static bool take_part(const char **at, double *part)
{
    while (g_ascii_isspace(**at) || **at == ',')
        ++*at;
    if (**at != '#')
        return ofd_number(at, part);
    *part = 0;
    for (++*at; g_ascii_isxdigit(**at); ++*at)
        *part = MIN(*part * 16 + g_ascii_xdigit_value(**at), 255);
    return true;
}

/* Grey, RGB or CMYK by how many parts there are; none is all zero. */
static Colour colour_of(const double *n, guint count)
{
    float p[4] = {0, 0, 0, 0};
    for (guint k = 0; k < MIN(count, 4); k++)
        p[k] = (float)(CLAMP(n[k], 0, 255) / 255);
    if (count == 1)
        return (Colour){p[0], p[0], p[0], true};
    if (count == 4)
        return (Colour){(1 - p[0]) * (1 - p[3]), (1 - p[1]) * (1 - p[3]), (1 - p[2]) * (1 - p[3]),
                        true};
    return (Colour){p[0], p[1], p[2], true};
}

OfdInk ofd_ink(const ZpXmlAttributes *attributes)
{
    OfdInk ink = {.is_set = true};
    g_autofree char *value = zp_xml_dup(attributes, "Value");
    const char *at = value;
    double parts[5];
    guint n = 0;
    gsize length;
    while (at && n < G_N_ELEMENTS(parts) && take_part(&at, &parts[n]))
        n++;
    ink.colour = colour_of(parts, n);
    /* of a palette nothing is known */
    ink.colour.is_known = n < 5 && (value || !zp_xml_attribute(attributes, "Index", &length));
    ink.alpha = (float)(CLAMP(ofd_real(attributes, "Alpha", 255), 0, 255) / 255);
    return ink;
}
