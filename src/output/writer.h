/*
 * writer.h - the contract every output format fulfils.
 *
 * A writer knows one format; it gets results file by file and keeps none, so memory does not grow with their number.
 */
#pragma once

#include "model/held.h"
#include "model/ledger.h"
#include "rulebook/rulebook.h"

#include <gio/gio.h>

/* What became of one input. */
typedef struct {
    const char *path;       /* as given; any bytes */
    const char *sha256;     /* (nullable) NULL when the bytes were not read */
    const char *format;     /* (nullable) the parser's name */
    const GError *error;    /* (nullable) then the file failed: D01 or D02 */
    const char *error_code; /* (nullable) "D01", "D02" with an error */
    bool is_partial;        /* a D04 or D05 finding says what was lost */
    const GPtrArray *forms; /* of ZpForm */
    const ZpLedger *ledger; /* (nullable) the list of projects that --ledger asked for */
    const ZpReport *report;
    GBytes *content;      /* (nullable) of a file in an archive, for whoever asked the run for it */
    const char *marked;   /* (nullable) where its copy with the findings marked stands, or will */
    const guint *numbers; /* (nullable) of some of a file's forms: their numbers there */
} ZpResult;

/* A file in a folder that was passed over because nothing reads its kind; its texts are static. */
typedef struct {
    char *path;                        /* owned; any bytes */
    const char *id;                    /* "doc"; "unknown" */
    const char *zh, *en;               /* of the kind */
    const char *advice_zh, *advice_en; /* (nullable) what to do with it */
    bool may_hold;                     /* a form may be in it */
} ZpPassedOver;

typedef struct {
    guint64 files, skipped, forms, unreadable;
    guint64 unjudged; /* pairs of a rule and a place that could not be judged */
    guint64 clean;    /* files with neither those nor a finding that counts */
    guint64 by_severity[ZP_SEVERITY_COUNT]; /* findings that count */
    guint64 known, suppressed;              /* those that do not */
    guint64 hidden;                         /* not written: below --show */
    guint64 by_rule[ZP_RULE_COUNT];         /* of those that count */
    bool has_baseline;
    bool has_diff;              /* --diff-from was given: */
    guint64 n_new, n_unchanged; /* against the earlier report */
    guint64 failed;             /* of the unreadable, what decides the exit code */
    guint64 asides;             /* errors that do not: D02 of files that nobody named */
    const GPtrArray *unread;    /* (nullable) of ZpPassedOver */
    const GPtrArray *notices;   /* (nullable) of char *: stale and expired suppressions */
    const GArray *gone;         /* (nullable) of ZpGone */
    const GPtrArray *held;      /* (nullable) of ZpHeld: the configurations that held */
} ZpSummary;

/* A finding of the earlier report that is no more. */
typedef struct {
    ZpRule rule;
    ZpSeverity severity;
    guint count;
    const char *path, *project, *pointer, *message, *fingerprint; /* (nullable) */
} ZpGone;

/* Where further pages of a report page go, past ZP_LIMIT_REPORT_FORMS. */
typedef struct ZpPagesPlace {
    const char *stage, *name; /* the folder that they are written to; its name at last */
    const char *index;        /* the name of the page, beside it */
    bool (*make)(struct ZpPagesPlace *place, GError **error); /* before the first is written */
} ZpPagesPlace;

typedef struct {
    ZpLang lang;
    bool colour;         /* text: the output is a terminal that wants it */
    guint width;         /* text: columns of the terminal; 0: lines are not broken */
    bool quiet;          /* text: no summary */
    bool all;            /* text: every note where it stands, none folded; every unjudged place */
    bool at_once;        /* text: nothing waits for the end of the run, so nothing is folded */
    bool verbose;        /* text: in Chinese, too, the names that options take */
    bool brief;          /* text: forms without a listed finding are only counted */
    bool raw;            /* csv: no guard against formulas */
    bool excel;          /* csv: byte order mark */
    bool check;          /* check's shape, else convert's */
    bool statistics;     /* text, json: how often each rule fired */
    guint sarif_results; /* sarif: at most so many; 0: ZP_LIMIT_SARIF_RESULTS */
    const char *folder;  /* (nullable) where the output will stand: links start there; NULL: here */
    guint report_forms;  /* html: at most so many in one page; 0: ZP_LIMIT_REPORT_FORMS */
    ZpPagesPlace *pages; /* (nullable) html: of the others; NULL: they are listed and not drawn */
    guint sheet_rows, sheet_links; /* xlsx: of one sheet; 0: ZP_LIMIT_SHEET_ROWS, _LINKS */
} ZpWriteOptions;

/* Which command writes it. */
typedef enum { ZP_USE_CONVERT, ZP_USE_CHECK, ZP_USE_REVIEW } ZpUse;

typedef struct ZpWriting ZpWriting; /* one output under way: writer, options, stream */

typedef struct {
    const char *name;    /* "json": the --to or --format value */
    const char *zh, *en; /* what it is; as `ziping formats` prints it */
    bool for_convert, for_check, for_review;
    bool is_binary;     /* no terminal shows it */
    bool wants_digests; /* prints sha256 and fingerprints; others spare the run their making */
    bool (*begin)(ZpWriting *writing, GError **error); /* (nullable) */
    bool (*file)(ZpWriting *writing, const ZpResult *result, GError **error);
    bool (*end)(ZpWriting *writing, const ZpSummary *summary, GError **error); /* (nullable) */
} ZpWriter;

struct ZpWriting {
    const ZpWriter *writer;
    const ZpRulebook *rulebook;
    ZpWriteOptions options;
    GOutputStream *stream;
    GString *buffer;     /* written bytes on their way to the stream */
    guint64 n_files;     /* handed over so far */
    guint64 n_shown;     /* text: files that had something to say */
    struct ZpFold *fold; /* (nullable) text: the report until its end is known */
    bool is_closed;      /* writing failed because the reader has gone (closed pipe) */
    gpointer state;      /* the writer's own; freed by free_state */
    GDestroyNotify free_state;
    ZpWriting *next; /* (nullable) a further output of the same run */
};

/** zp_writer_by_name: a row of the table of writers; NULL: there is none. */
const ZpWriter *zp_writer_by_name(const char *name, ZpUse use);

/**
 * zp_writer_for_ledger: the writer that writes a list of projects in the format of one of convert's.
 */
const ZpWriter *zp_writer_for_ledger(const ZpWriter *writer);

/**
 * zp_writer_for_table: the CSV writer of one of the tables indicators, funds, forms, findings.
 *
 * Returns: (nullable) NULL: no such table
 */
const ZpWriter *zp_writer_for_table(const char *table);
#define ZP_TABLE_NAMES "indicators|funds|forms|findings"

/** zp_writer_wants_findings: whether the forms must be judged for it, also by `convert`. */
bool zp_writer_wants_findings(const ZpWriter *writer);

/**
 * zp_writing_start, _file, _end: one output from first to last byte.
 * @stream: borrowed; not closed; nothing reaches it before the first file or _end
 * @error: ZP_ERROR_OUTPUT; `is_closed` is set too when the reader has gone
 *
 * _file and _end also serve the outputs that follow by `next`.  _clear frees what a started
 * writing holds, finished or not; not its followers.
 */
bool zp_writing_start(ZpWriting *writing, const ZpWriter *writer, const ZpRulebook *rulebook,
                      const ZpWriteOptions *options, GOutputStream *stream, GError **error);
bool zp_writing_file(ZpWriting *writing, const ZpResult *result, GError **error);
bool zp_writing_end(ZpWriting *writing, const ZpSummary *summary, GError **error);
void zp_writing_clear(ZpWriting *writing);

/** zp_writing_wants_digests: whether one of the outputs prints sha256 and fingerprints. */
bool zp_writing_wants_digests(const ZpWriting *writing);

/**
 * zp_writer_names: all formats of a command, separated by `|`.
 *
 * Returns: (transfer full)
 */
char *zp_writer_names(ZpUse use);

/**
 * zp_writing_flush: hand the buffer to the stream once it holds @least bytes; for writers,
 * between the parts of a large file.
 */
bool zp_writing_flush(ZpWriting *writing, gsize least, GError **error);

/** zp_result_form: the form that a finding is about; NULL: the file itself. */
const ZpForm *zp_result_form(const ZpResult *result, const ZpFinding *finding);

/* Bytes that a writer lets the buffer grow to. */
#define ZP_WRITING_BUFFER (64u * 1024)

/* The table, ends with NULL, and its rows, one a format. */
extern const ZpWriter *const ZP_WRITERS[];
extern const ZpWriter zp_json_writer, zp_ndjson_writer, zp_csv_writer, zp_text_writer,
    zp_sarif_writer, zp_junit_writer, zp_checkstyle_writer, zp_github_writer, zp_gitlab_writer,
    zp_check_csv_writer, zp_markdown_writer, zp_workbook_writer, zp_page_writer,
    zp_drawn_html_writer, zp_drawn_markdown_writer, zp_drawn_book_writer, zp_sqlite_writer,
    zp_review_page_writer, zp_review_book_writer, zp_pdf_text_writer, zp_csv_funds_writer,
    zp_csv_forms_writer;
/* The same for `convert --ledger`. */
extern const ZpWriter zp_ledger_json_writer, zp_ledger_ndjson_writer, zp_ledger_csv_writer;
