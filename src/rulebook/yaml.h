/*
 * yaml.h - a data file of the rulebook, checked against its schema while it is read.
 *
 * Data files are compiled into the program (GResource /ziping/rules/…) and replaced as a
 * whole by the files of `--rules DIR`.  An error names file and line.
 *
 * Layer: rulebook.
 */
#pragma once

#include <cyaml/cyaml.h>
#include <glib.h>

/**
 * zp_rulebook_bytes: a data file's bytes, from @directory or compiled in.
 * @directory: (nullable) NULL for the compiled-in data
 * @name: "labels.yaml", "profiles/default.yaml"
 * @error: ZP_ERROR_DATA for a missing file or one over ZP_LIMIT_DATA_BYTES
 */
GBytes *zp_rulebook_bytes(const char *directory, const char *name, GError **error);

/**
 * zp_yaml_load: read one data file into the C struct its schema describes.
 * @schema: libcyaml schema of the top level mapping
 * @error: ZP_ERROR_DATA, "labels.yaml:12: …"
 *
 * Returns: (transfer full) free with zp_yaml_free and the same schema.
 */
void *zp_yaml_load(GBytes *bytes, const char *name, const cyaml_schema_value_t *schema,
                   GError **error);
void zp_yaml_free(void *data, const cyaml_schema_value_t *schema);

/**
 * zp_yaml_locate: put the line into an error that was found after loading.
 * @error: "labels.yaml: …" with the offending text in double quotes in its English message;
 * becomes "labels.yaml:12: …"; an error that has its line or quotes no scalar of the file stays
 */
void zp_yaml_locate(GError **error, GBytes *bytes, const char *name);

/* A sequence of strings, the commonest part of a schema. */
typedef struct {
    char **items;
    unsigned items_count;
} ZpStrings;
