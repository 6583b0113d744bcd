/*
 * yaml.h - a data file of the rulebook as C structs, checked against its mould while it is read.
 *
 * Data files are compiled into the program (GResource /ziping/rules/…, and as trees under
 * /ziping/packed/…) and replaced as a whole by the files of `--rules DIR`.  An error names file and line.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* A word of a data file and the figure it stands for; a list of them ends with a NULL. */
typedef struct {
    const char *word;
    int value;
} ZpWord;

/* What a field holds, and the member that it fills. */
typedef enum {
    ZP_FIELD_TEXT,   /* char *, never empty */
    ZP_FIELD_ANY,    /* char *, may be empty */
    ZP_FIELD_INT,    /* int */
    ZP_FIELD_BOOL,   /* bool */
    ZP_FIELD_WORD,   /* int, one of the words */
    ZP_FIELD_WORD_P, /* int *, likewise */
    ZP_FIELD_BITS,   /* guint: a list of words, their figures together */
    ZP_FIELD_TEXTS,  /* char **, and how many */
    ZP_FIELD_WORDS,  /* int *, and how many */
    ZP_FIELD_ROW,    /* a struct */
    ZP_FIELD_ROW_P,  /* a pointer to one */
    ZP_FIELD_ROWS,   /* an array of structs, and how many */
} ZpFieldKind;

typedef struct ZpMould ZpMould;

typedef struct {
    const char *key; /* ends with NULL */
    ZpFieldKind kind;
    bool is_optional; /* else it must be there; what is not is 0 or NULL */
    guint least;      /* entries of a list */
    size_t offset, count;
    const ZpWord *words;
    const ZpMould *row;
} ZpField;

/* A mapping and the struct that it becomes; at most 64 fields. */
struct ZpMould {
    size_t size;
    const ZpField *fields;
};

/* Rows of a table of fields.  A list has its length in the member NAME_count. */
#define ZP_MUST     .is_optional = false
#define ZP_MAY      .is_optional = true
#define ZP_LEAST(n) .least = (n)
#define ZP_FIELD(type_, member_, key_, kind_, ...)                                                 \
    {                                                                                              \
        .key = (key_), .kind = ZP_FIELD_##kind_, .offset = offsetof(type_, member_), __VA_ARGS__   \
    }
#define ZP_LIST(type_, member_, key_, kind_, ...)                                                  \
    {                                                                                              \
        .key = (key_), .kind = ZP_FIELD_##kind_, .offset = offsetof(type_, member_),               \
        .count = offsetof(type_, member_##_count), __VA_ARGS__                                     \
    }
#define ZP_FIELDS_END                                                                              \
    {                                                                                              \
        .key = NULL                                                                                \
    }

/* A text in both languages. */
typedef struct {
    char *zh, *en;
} ZpBoth;
extern const ZpMould ZP_BOTH_MOULD;

/**
 * zp_rulebook_bytes: a data file's bytes, from @directory or compiled in.
 * @directory: (nullable) NULL for the compiled-in data
 * @name: "labels.yaml", "profiles/default.yaml"
 * @error: ZP_ERROR_DATA for a missing file or one over ZP_LIMIT_DATA_BYTES
 */
GBytes *zp_rulebook_bytes(const char *directory, const char *name, GError **error);

/**
 * zp_rulebook_packed: the tree of a compiled-in file as the build packed it (zp_tree_pack).
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *zp_rulebook_packed(const char *name);

/**
 * zp_yaml_load: read one data file into the struct of its shape.
 * @bytes: of zp_rulebook_bytes
 * @name: how the file is called in messages
 * @error: ZP_ERROR_DATA, "labels.yaml:12: …"
 *
 * Returns: (transfer full) free with zp_yaml_free; its texts live as long.
 */
void *zp_yaml_load(GBytes *bytes, const char *name, const ZpMould *mould, GError **error);
void zp_yaml_free(void *rows);

/**
 * zp_yaml_locate: put the line into an error that was found after loading.
 * @error: "labels.yaml: …" with the offending text in double quotes in its English message;
 * becomes "labels.yaml:12: …"; an error that has its line or quotes no text of the file stays
 */
void zp_yaml_locate(GError **error, GBytes *bytes, const char *name);
