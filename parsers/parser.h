/*
 * parser.h - the contract every input format fulfils.
 *
 * A parser turns bytes into grids of cells and stops there.  It does not know what an
 * execution rate is (src/recognise does) and it never judges a document (rules/ does).  That
 * line lets one rule run unchanged over HTML, PDF and Markdown, so push back on any field
 * here that only one format can fill.
 */
#pragma once

#include "model/grid.h"
#include "model/mark.h"

typedef struct {
    const char *charset;    /* (nullable) forced character set; NULL: found out */
    const char *password;   /* (nullable) tried first on encrypted documents */
    const ZpLimits *limits; /* (nullable) what the user set: pages, cells, depth */
    bool wants_lines;       /* keep the lines that pictures were read by */
    bool traces;            /* note which element each cell is, where the format has such (docx) */
} ZpReadOptions;

/* A change of one cell: bytes of a part of the original, and what a person sees of it. */
typedef struct {
    guint part;         /* of a package: which; else 0 */
    guint32 start, end; /* in that part, as UTF-8 */
    char *bytes;        /* to put there */
    char *old, *text;   /* for the difference: what stood there, what then stands there */
} ZpCellEdit;

/* Why a cell cannot be written, or what else is to be known of a copy: a clause in each language. */
typedef struct {
    const char *zh, *en;
} ZpCellSaying;

/* An original under change: its format's own. */
typedef struct ZpOriginal ZpOriginal;

/*
 * The way back: cells of an original written anew, every byte beside them as it was.  A place is what
 * `read` gave the cell; one that the original does not bear out holds nothing.
 */
typedef struct {
    ZpOriginal *(*open)(GBytes *input, GError **error);
    void (*close)(ZpOriginal *original);

    /* Returns: (transfer full) (nullable) the text that a cell holds; NULL: it is not known, or holds more
     * than text. */
    char *(*decode)(const ZpOriginal *original, const ZpPlace *at);

    /* Fit a text into a cell.  @edit: filled when true; `bytes` NULL: it holds the text already.
     * @why: (out) when false; static. */
    bool (*encode)(const ZpOriginal *original, const ZpPlace *at, const char *text,
                   ZpCellEdit *edit, const ZpCellSaying **why);

    /* (nullable) The cell beside it that holds the same bytes: converters fill merged cells with copies. */
    bool (*find_copy)(const ZpOriginal *original, const ZpPlace *at, ZpPlace *copy);

    /* @edits: of ZpCellEdit, by part and place, none over another. */
    GBytes *(*save)(const ZpOriginal *original, const GArray *edits, GError **error);

    /* (nullable) What is to be known of a copy with these edits; @say is called for each, with static texts. */
    void (*remark)(const ZpOriginal *original, const GArray *edits,
                   void (*say)(const ZpCellSaying *saying, gpointer data), gpointer data);
} ZpCellWriter;

typedef struct {
    const char *name;            /* "text": the --from value and the folder's name */
    const char *zh, *en;         /* what people call it; as `ziping formats` prints it */
    const char *const *suffixes; /* NULL-terminated, lower case, with the dot */
    int (*probe)(
        GBytes
            *head); /* 0 not mine .. 100 sure; gets ZP_LIMIT_PROBE_BYTES at most, UTF-16 as UTF-8 */
    ZpDocument *(*read)(GBytes *input, const ZpReadOptions *options, GError **error);
    bool (*is_locked)(GBytes *input); /* (nullable) whether one that was read needed the password */
    const ZpCellWriter *write_cell; /* (nullable) NULL: originals of the format are never changed */
    GBytes *(*mark)(GBytes *input, const ZpMarks *marks, const ZpReadOptions *options,
                    GError **error); /* (nullable) NULL: it bears no marks; else see mark.h */
    struct {
        guint us, ns; /* microseconds a document, nanoseconds for each of its bytes */
    } cost;           /* as bench/cost.py measures them; 0: nobody did */
} ZpParser;

/** zp_cell_edit_clear: free what an edit holds; of arrays of ZpCellEdit too. */
void zp_cell_edit_clear(gpointer edit);

/* From here on a probe's answer is taken without asking anything else. */
#define ZP_PROBE_SURE 50
/* From here on no further parser's probe is asked. */
#define ZP_PROBE_CERTAIN 90

/** ZP_PARSERS: the table of parsers, ends with NULL.  A new format is a folder and a row. */
extern const ZpParser *const ZP_PARSERS[];

/**
 * zp_parser_by_name: the parser of a --from value.
 *
 * Returns: (nullable) NULL for an unknown name.
 */
const ZpParser *zp_parser_by_name(const char *name);

/**
 * zp_parser_by_suffix: the parser that claims a file name's ending, in any case.
 *
 * Returns: (nullable)
 */
const ZpParser *zp_parser_by_suffix(const char *path);

/**
 * zp_parser_probe: choose by content, the name deciding between equals.
 * @error: ZP_ERROR_KIND with the kind named and what to do (a picture, a zip, an old .doc, …);
 * ZP_ERROR_DAMAGED for NUL bytes in what is no known kind
 *
 * Returns: (nullable) never NULL without @error.  An empty input is the text parser's.
 */
const ZpParser *zp_parser_probe(GBytes *input, const char *path, GError **error);

/**
 * zp_parser_is_sure: whether some parser's probe says ZP_PROBE_SURE or more: a file of a
 * folder whose name says nothing is then taken.
 * @input: a file or its beginning
 */
bool zp_parser_is_sure(GBytes *input);
