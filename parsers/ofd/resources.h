/*
 * resources.h - what objects refer to by number: parameters for drawing, composite units, pictures.
 */
#pragma once

#include "parsers/ofd/content.h"

/* What is not said in one is looked up in the one that it builds on. */
typedef struct {
    guint relative;    /* 0: none */
    double line_width; /* negative: not said */
    OfdInk fill, stroke;
} OfdParam;

typedef struct {
    GHashTable *params; /* of OfdParam, by id */
    GHashTable *units;  /* of OfdContent, by id */
    GHashTable *opaque; /* ids of pictures that nothing shows through */
    GHashTable *media;  /* of char*: names of parts, by id */
    gsize n_objects;    /* of all units */
    bool is_over;
} OfdResources;

OfdResources *ofd_resources_new(void);
void ofd_resources_free(OfdResources *resources);

/**
 * ofd_resources_read: add those of a part.  What came before an error stays.
 * @limits: (nullable)
 */
bool ofd_resources_read(OfdResources *resources, GBytes *part, const char *name,
                        const ZpLimits *limits, GError **error);

/**
 * ofd_param: what a chain of parameters says last: the line width (negative: nothing), and its colours.
 */
OfdParam ofd_param(const OfdResources *resources, guint id);
