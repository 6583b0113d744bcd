/*
 * xml.h - a part's XML as events: names as numbers, subtrees skipped, hostile input stopped.
 */
#pragma once

#include "base/bounds.h"

#include <glib.h>
#include <stdbool.h>

/* Namespaces, transitional and strict alike. */
typedef enum {
    ZP_XML_OTHER,
    ZP_XML_PACKAGE,       /* relationships */
    ZP_XML_WORD,          /* wordprocessingml */
    ZP_XML_WORD_2010,     /* its extension of 2010 */
    ZP_XML_DRAWING_PLACE, /* where drawings stand in a text, or on a sheet */
    ZP_XML_CHART,         /* and diagrams */
    ZP_XML_VECTOR,        /* drawings of old (VML) */
    ZP_XML_SHEET,         /* spreadsheetml */
    ZP_XML_SHEET_2009,    /* its extensions: x14 */
    ZP_XML_EXCEL,         /* formulas and ranges in those: xm */
    ZP_XML_MATH,          /* formulas in a text */
    ZP_XML_DRAWING,       /* text of drawings */
    ZP_XML_OFFICE,        /* embedded objects */
    ZP_XML_RELATION,      /* attributes that name a relationship */
    ZP_XML_OFD,           /* also elements without a namespace */
} ZpXmlSpace;

/* One element that a reader knows; a table of them ends with name NULL. */
typedef struct {
    ZpXmlSpace space;
    const char *name;
    guint token; /* from 1 */
} ZpXmlName;

typedef struct {
    const unsigned char **raw; /* as libxml2's SAX2 gives them, five pointers each */
    int count;
    const unsigned char *uri; /* the element's namespace */
    guint ordinal;            /* of the element in its part, from 1, skipped ones counted */
} ZpXmlAttributes;

/* Elements that are not in `names` cause no call; what they hold does.  What no program shows (a branch of
 * mc:AlternateContent that is not taken, an ignorable element that nobody knows) causes none either. */
typedef struct {
    const ZpXmlName *names;
    bool (*start)(gpointer data, guint token, const ZpXmlAttributes *attributes); /* false: skip
                                                                   the element with all it holds */
    void (*end)(gpointer data, guint token); /* (nullable) not for skipped ones */
    void (*text)(gpointer data, const char *text, gsize length);   /* (nullable) */
    void (*unseen)(gpointer data, const char *text, gsize length); /* (nullable) what is not shown
                                                    and says something else than what is */
    void (*place)(gpointer data,
                  guint32 byte); /* (nullable) before each start and end: the byte of the
                       part behind the name and attributes, or behind the end; 0: it is not known */
} ZpXmlHandler;

/**
 * zp_xml_parse: run through a part.
 * @name: of the part, for messages
 * @data: given to the calls
 * @error: ZP_ERROR_DAMAGED for what is no well-formed XML or declares a document type (so there
 * are no entities of its own), ZP_ERROR_LIMIT naming ZP_LIMIT_XML_DEPTH.  A call that can fail
 * sets it through a copy of the pointer in @data, which ends the run
 */
bool zp_xml_parse(GBytes *bytes, const char *name, const ZpXmlHandler *handler, gpointer data,
                  GError **error);

/**
 * zp_xml_parse_within: the same for a part whose depth is the document's to decide.
 * @limits: (nullable)
 */
bool zp_xml_parse_within(GBytes *bytes, const char *name, const ZpXmlHandler *handler,
                         gpointer data, const ZpLimits *limits, GError **error);

/**
 * zp_xml_attribute: the value of an attribute by its local name; not NUL-terminated.  One of a namespace
 * that is neither the element's nor a relationship's is another attribute.
 *
 * Returns: (nullable) NULL when the element has none of that name.
 */
const char *zp_xml_attribute(const ZpXmlAttributes *attributes, const char *name, gsize *length);

/** zp_xml_dup: the same as a string of its own. */
char *zp_xml_dup(const ZpXmlAttributes *attributes, const char *name);

/** zp_xml_is: whether an attribute is there and says just @value. */
bool zp_xml_is(const ZpXmlAttributes *attributes, const char *name, const char *value);

/**
 * zp_xml_number: an attribute's decimal digits; @otherwise when it is missing or says no number.
 */
guint zp_xml_number(const ZpXmlAttributes *attributes, const char *name, guint otherwise);

/** zp_xml_flag: an on-off attribute: false for "0", "false", "off"; @otherwise when missing. */
bool zp_xml_flag(const ZpXmlAttributes *attributes, const char *name, bool otherwise);
