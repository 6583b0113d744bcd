/*
 * document.h - what OFD.xml and the Document.xml of each document lead to.
 *
 * Parts are named as they are written (zp_package_path).
 */
#pragma once

#include "parsers/ofd/content.h"
#include "parsers/ooxml/package.h"

/* A page, or a template of pages. */
typedef struct {
    guint id;
    char *part;  /* its name */
    gint8 order; /* of a template: OfdOrder */
} OfdPage;

typedef struct {
    char *name; /* of its Document.xml */
    GBytes *part;
    GPtrArray *resources;      /* of char*: names of parts */
    GArray *templates, *pages; /* of OfdPage */
    double area[4];
    bool has_area;
    char *annotations, *attachments; /* (nullable) names of parts */
    bool has_tags;
} OfdDocument;

/* The whole file. */
typedef struct {
    GPtrArray *documents; /* of OfdDocument, in reading order */
    GPtrArray
        *versions; /* of char*: by document, the part that says its current version; "": none */
    GPtrArray *signatures; /* of char*: names of parts */
} OfdFile;

OfdFile *ofd_file_new(void);
void ofd_file_free(OfdFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OfdFile, ofd_file_free)

/** ofd_file_read: which documents OFD.xml lists. */
bool ofd_file_read(OfdFile *file, GBytes *part, const char *name, GError **error);

/** ofd_document_read: what a Document.xml, whose name is known, leads to. */
bool ofd_document_read(OfdDocument *document, GBytes *part, GError **error);

/**
 * ofd_file_open: what OFD.xml and each Document.xml lead to, of a package that is not encrypted.
 * @limits: (nullable)
 * @error: ZP_ERROR_ENCRYPTED, ZP_ERROR_DAMAGED, ZP_ERROR_LIMIT; must not be NULL
 */
bool ofd_file_open(ZpPackage *package, OfdFile *file, const ZpLimits *limits, GError **error);

/**
 * ofd_list: texts of elements, or attributes, of a part: the names of attachments, files of annotations.
 * @attribute: (nullable) NULL: their text
 *
 * Returns: (transfer full) (element-type char*)
 */
GPtrArray *ofd_list(GBytes *part, const char *name, OfdElement element, const char *attribute);

/**
 * ofd_part: the name of the part that a place written in another part leads to.
 * @beside: (nullable) that part's name; NULL: from the root
 */
char *ofd_part(const char *beside, const char *place);
