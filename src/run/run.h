/*
 * run.h - many files: walk, hand each to a worker, judge between forms, write.
 *
 * Owns the state of a run in one object.  One file's failure is that file's D01; the rest
 * goes on.  This process never parses: workers do (pool.h, work.h), and what they make of a file
 * comes back as a record (record.h), which is freed before the next one is taken.
 */
#pragma once

#include "config/config.h"
#include "output/writer.h"
#include "parsers/parser.h"
#include "run/cache.h"
#include "run/corrections.h"
#include "run/entries.h"
#include "run/journal.h"
#include "run/plan.h"
#include "run/record.h"

typedef struct {
    const char *from;     /* (nullable) --from: a parser's name, checked */
    const char *password; /* (nullable) for encrypted documents */
    bool check;           /* check; else convert */
    bool office;          /* --office: what no parser reads may go through an office program */
    bool repairs;         /* --repairs: R notes among the findings */
    const char
        *ledger; /* (nullable) --ledger: check compares the forms with it; convert reads it alone */
    ZpConfig *config; /* (nullable) the settings: NULL: the catalogue's severities, nothing known */
    ZpSeverity show;  /* findings below it are counted but not written */
    ZpLang lang;
    guint jobs;               /* workers at once; 0: one a core */
    bool no_sandbox;          /* workers are not shut in */
    bool here;                /* there are no workers: this process reads (run_here.c) */
    const ZpEntries *entries; /* (nullable) archives of which only some is wanted */
    ZpJournal *journal;       /* (nullable) what is done, so that the run can go on another time */
    ZpCache *cache;           /* (nullable) records of files read before */
    guint shard, shards;      /* only the inputs of this part; 0/0: all */
    GOutputStream *records;   /* (nullable) records go there, and nothing to the writers */
    ZpLimits limits; /* of one file, as given: where it says nothing, settings and defaults count */
    bool no_across;  /* forms are not compared with those before them */
    bool wants_content;               /* results have what was in an archive */
    const ZpCorrections *corrections; /* (nullable) of scans */
    bool wants_digests; /* results have sha256 and fingerprints whatever the writers print */
    /* (nullable) files of a folder that are the taker's own: they are passed over without being opened */
    bool (*is_own)(const char *path, gpointer data);
    /* (nullable) which inputs need not be read: by what name the open input is known already, NULL: not */
    char *(*hold)(const char *path, int fd, gsize size, gpointer data);
    /* (nullable) such an input's turn; (nullable) a result's: false stops the run */
    bool (*on_held)(const char *path, const char *held_as, gpointer data, GError **error);
    bool (*take)(const ZpResult *result, gpointer data, GError **error);
    gpointer taker; /* for the four above */
    /* (nullable) the output that goes where a file of a folder is, as it was given; NULL: none.  ZP_ERROR_USAGE, unless
     * the file is an earlier report */
    const char *(*find_output)(const char *path, gpointer data);
    gpointer outputs; /* for it */
    /* (nullable) each record after the outputs have it; who wants to keep it takes a reference; false stops the run */
    bool (*on_record)(const char *path, ZpRecord *record, gpointer data, GError **error);
    gpointer keeper; /* for it */
    /* (nullable) a result before the outputs have it: where its marked copy is, NULL: there is none */
    const char *(*on_mark)(const ZpResult *result, gpointer data);
    gpointer marker; /* for it */
    void (*on_file)(const ZpResult *result, gpointer data);
    void (*on_empty_folder)(const char *path, gpointer data); /* nothing in it was taken */
    void (*on_link)(const char *path, gpointer data);         /* one in a folder was not followed */
    void (*on_unread)(const ZpPassedOver *unread,
                      gpointer data); /* passed over: of a kind nobody reads */
    void (*on_fewer_jobs)(guint jobs,
                          gpointer data); /* there are descriptors for so many workers */
    gpointer data;                        /* for the calls above, each of which may be NULL */
} ZpRunOptions;

typedef struct ZpRun ZpRun;

/* The file that took longest so far, as far as the parent can tell. */
typedef struct {
    char *path; /* (nullable) */
    gint64 us;
} ZpSlowest;

ZpRun *zp_run_new(const ZpRulebook *rulebook, const ZpRunOptions *options);
void zp_run_free(ZpRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpRun, zp_run_free)

/**
 * zp_run_add: read a file, a folder or "-" and hand each result to the writer, in input order.
 * @path: as given, any bytes; a file is always tried.  A folder is walked in byte order of
 * names: a file there is taken when its suffix is a parser's or its content is sure; hidden
 * ones, links, devices and unknown kinds are counted as skipped
 * @error: ZP_ERROR_OUTPUT, or ZP_ERROR_IO when no worker can be started: a bad input is a D01
 * result, never an error
 *
 * Results come in the order of the inputs, some after the call: see zp_run_drain.
 */
bool zp_run_add(ZpRun *run, const char *path, ZpWriting *writing, GError **error);

/**
 * zp_run_add_open: the same for bytes that somebody else has opened.
 * @path: for its suffix and its settings; nothing is opened by it
 * @fd: (transfer full) can be read again from its beginning
 * @error: as of zp_run_add
 */
bool zp_run_add_open(ZpRun *run, const char *path, int fd, ZpWriting *writing, GError **error);

/**
 * zp_run_add_found: the same for a path that was found, not given: a file whose name says nothing is
 * skipped when its content is not surely a form's, and a link, a FIFO or a device is.
 */
bool zp_run_add_found(ZpRun *run, const char *path, ZpWriting *writing, GError **error);

/**
 * zp_run_add_planned: the same for an input of a plan, or its entries from one part to another; nothing is walked.
 */
bool zp_run_add_planned(ZpRun *run, const ZpPlanEntry *entry, ZpWriting *writing, GError **error);

/**
 * zp_run_take: an input whose record another run made; zp_run_skip: files that were skipped elsewhere.
 * @error: ZP_ERROR_OUTPUT
 */
bool zp_run_take(ZpRun *run, const ZpTapeEntry *entry, ZpWriting *writing, GError **error);
void zp_run_skip(ZpRun *run, guint64 count);

/**
 * zp_run_add_ledger: have the ledger of the options read; for check before anything else.
 * @error: as of zp_run_add
 */
bool zp_run_add_ledger(ZpRun *run, ZpWriting *writing, GError **error);

/**
 * zp_run_drain: until everything that was added is written; zp_run_end: and the ledger is, and the workers
 * are gone.
 * @error: ZP_ERROR_OUTPUT, or ZP_ERROR_IO when a worker cannot be started or ended badly
 */
bool zp_run_drain(ZpRun *run, GError **error);
bool zp_run_end(ZpRun *run, GError **error);

/** zp_run_summary: the totals so far. */
const ZpSummary *zp_run_summary(const ZpRun *run);

/** zp_run_slowest: the file that took longest so far. */
const ZpSlowest *zp_run_slowest(const ZpRun *run);

/* What the end of an output says beside the totals; kept by the caller until the outputs are ended. */
typedef struct {
    bool has_baseline, has_diff;
    const GArray *gone;       /* (nullable) of ZpGone */
    const GPtrArray *notices; /* (nullable) of char * */
    const GPtrArray *held;    /* (nullable) of ZpHeld */
} ZpRunNotes;

/** zp_run_set_notes: add to the summary what only the caller knows. */
void zp_run_set_notes(ZpRun *run, const ZpRunNotes *notes);
