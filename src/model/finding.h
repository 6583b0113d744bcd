/*
 * finding.h - a statement about a document, and what became of every check of a file.
 *
 * A finding is coded, located and collected; it stops nothing.  Its sentence is made when it
 * is written, from the catalogue's message template and the arguments kept here, so that it
 * can be had in either language.
 */
#pragma once

#include "model/form.h"
#include "model/keys.h"

typedef enum {
    ZP_SEVERITY_OFF,
    ZP_SEVERITY_NOTE,
    ZP_SEVERITY_WARNING,
    ZP_SEVERITY_ERROR,
    ZP_SEVERITY_COUNT,
} ZpSeverity;

/* Whether a finding was there before, as far as somebody asked. */
typedef enum {
    ZP_AGE_UNASKED,
    ZP_AGE_NEW,
    ZP_AGE_UNCHANGED,
} ZpAge;

/* A named figure or text of a message template: {budget}. */
typedef struct {
    const char *name; /* static */
    char *text;       /* the same in every language, or Chinese where `en` is set */
    char *en;         /* (nullable) */
} ZpArgument;

/* In place of a form's index: none of the file's. */
#define ZP_FORM_NONE G_MAXUINT

typedef struct {
    guint rule; /* row of the catalogue (rulebook/catalogue.h) */
    ZpSeverity severity;
    int form;      /* index in its file; -1: about the file itself */
    char *pointer; /* JSON Pointer into the form; "" for the form or file */
    ZpPlace at;
    ZpLossKind kind;        /* of a D05; else ZP_LOSS_NONE */
    char *stated;           /* (nullable) what the form says */
    char *expected;         /* (nullable) what follows from the rest */
    const char *habit;      /* (nullable) static: "up", "cut", … */
    const char *message;    /* static: which of the rule's templates; "default" unless said */
    GArray *arguments;      /* of ZpArgument */
    char *related_path;     /* (nullable) the file of the earlier form that an X rule names */
    guint related_form;     /* its index there; ZP_FORM_NONE: the file itself, a ledger */
    char *field;            /* names instead of positions, for the fingerprint */
    char *fingerprint;      /* 32 hex digits */
    const char *suppressed; /* (nullable) why it does not count; owned by the settings */
    ZpAge baseline;         /* against --baseline: what is unchanged there does not count */
    ZpAge diff;             /* against --diff-from */
} ZpFinding;

/* A check that could not be made. */
typedef struct {
    guint rule;
    int form;
    char *pointer;
    ZpPlace at;          /* all 0: nothing is printed there */
    const char *zh, *en; /* why: static, or of the report's `texts` */
} ZpUnevaluated;

/* How the checks of one form ended. */
typedef struct {
    guint passed, failed, not_applicable, not_evaluable;
} ZpChecks;

/* The form scored again from its own figures; rows without a figure are NULL. */
typedef struct {
    bool has_scores;       /* false: the template has no scores; nothing else is set */
    char *execution;       /* (nullable) */
    GPtrArray *indicators; /* of char *, NULL for empty and 其中 rows */
    char *total, *grade;   /* (nullable) */
    GPtrArray *assumed;    /* of char *: pointers of scores taken as stated */
} ZpRecomputed;

/* The stated execution rates of a form that can be compared, and how many fit a habit. */
typedef struct {
    guint n, n_up, n_cut;
} ZpRateCounts;

/* What the rules say of one form. */
typedef struct {
    ZpChecks checks;
    ZpRateCounts rates;
    ZpRecomputed recomputed;
    char *met; /* (nullable) a letter an indicator: ZP_MET_LETTERS */
} ZpVerdict;

/* Whether an indicator's target was met: yes, no, cannot be said. */
#define ZP_MET_LETTERS "ynu"

/* All that was found in one file. */
typedef struct {
    GPtrArray *findings;    /* of ZpFinding */
    GPtrArray *unevaluated; /* of ZpUnevaluated */
    GPtrArray *verdicts;    /* of ZpVerdict, one a form */
    GArray *keys;           /* of ZpFormKeys, one a form: for the rules between forms */
    GStringChunk *texts;    /* reasons of unevaluated checks that name a place; titles of sheets */
    GPtrArray
        *sheets; /* of const char *: titles of the sheets by the number of their table, from 1;
                               empty where the source is no workbook */
} ZpReport;

ZpReport *zp_report_new(void);
void zp_report_free(ZpReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpReport, zp_report_free)

/**
 * zp_report_add_finding, _unevaluated, _verdict: append an empty row, owned by the report.
 *
 * A finding and an unevaluated check begin with form -1, a finding with message "default" and no
 * arguments, a verdict with both arrays of `recomputed` made and empty (they free with g_free).
 */
ZpFinding *zp_report_add_finding(ZpReport *report);
ZpUnevaluated *zp_report_add_unevaluated(ZpReport *report);
ZpVerdict *zp_report_add_verdict(ZpReport *report);

/**
 * zp_report_sort: findings and unevaluated checks by form, those of the file first; equal ones stay in order.
 */
void zp_report_sort(ZpReport *report);

/** zp_finding_argument: add a figure for the message; @text and @en are copied. */
void zp_finding_argument(ZpFinding *finding, const char *name, const char *text, const char *en);

/** zp_finding_counts: neither suppressed nor known by the baseline: it decides the exit code. */
static inline bool zp_finding_counts(const ZpFinding *finding)
{
    return !finding->suppressed && finding->baseline != ZP_AGE_UNCHANGED;
}

/** zp_severity_name: "error", "warning", "note", "off". */
const char *zp_severity_name(ZpSeverity severity);
