/*
 * session.h - all that is decided before the first input is read.
 *
 * Whatever is wrong with the command line, the configuration or a baseline is said while a
 * session opens, so exit 2 means that nothing was checked.
 */
#pragma once

#include "cli/cli.h"
#include "cli/targets.h"
#include "config/config.h"
#include "run/run.h"

typedef struct ZpSession ZpSession;

/* How a command differs from its sisters. */
typedef struct {
    const char *command;       /* "check": for hints */
    const char *format;        /* of the output where none is asked for; NULL: no output */
    const char *format_option; /* "--format" */
    bool check;
    bool is_review;     /* its outputs are sheets to fill in */
    bool is_endless;    /* there is no "done" */
    bool wants_digests; /* of each input's bytes, whatever the outputs print */
    char **reads;       /* (nullable) files that it reads beside the inputs */
    const char *writes; /* (nullable) a file that it writes whatever the options say */
    /* (nullable) as of ZpRunOptions: whoever takes the results, what it holds already */
    bool (*is_own)(const char *path, gpointer data);
    char *(*hold)(const char *path, int fd, gsize size, gpointer data);
    bool (*on_held)(const char *path, const char *held_as, gpointer data, GError **error);
    bool (*take)(const ZpResult *result, gpointer data, GError **error);
    gpointer taker;
    /* (nullable) as of ZpRunOptions: who keeps what was found until the end of the run */
    bool (*on_record)(const char *path, ZpRecord *record, gpointer data, GError **error);
    gpointer keeper;
    /* (nullable) likewise: who marks a copy of an input */
    const char *(*on_mark)(const ZpResult *result, gpointer data);
    gpointer marker;
    /* (nullable) hands the inputs to the run; NULL: each of them once */
    bool (*feed)(ZpRun *run, const ZpSession *session, ZpWriting *writing, GError **error);
} ZpJob;

struct ZpSession {
    const ZpJob *job;
    ZpArguments arguments; /* a copy that owns nothing; its language is the one to use */
    GPtrArray *inputs;     /* of char * */
    ZpEntries *entries;    /* (nullable) archives among them of which only some is wanted */
    ZpRulebook *rulebook;
    ZpConfig *config;
    ZpKnown *baseline, *before; /* (nullable) */
    ZpTargets targets;
    char *password;             /* (nullable) of --password-file */
    ZpCorrections *corrections; /* (nullable) of --corrections */
    ZpSeverity fail_on;         /* ZP_SEVERITY_COUNT: never; _OFF: even what could not be judged */
    ZpSeverity show;            /* ZP_SEVERITY_COUNT: nothing */
    bool skips_unread;          /* what was not read in folders does not decide the exit code */
    guint sarif_results;
    guint jobs;               /* 0: one a core */
    guint shard, shards;      /* --shard I/N, or of the plan; 0/0: none */
    char *plan_path;          /* (nullable) of --shard-of */
    ZpPlan *plan;             /* (nullable) likewise */
    GPtrArray *planned;       /* (nullable) of ZpPlanEntry: its shard */
    ZpJournal *journal;       /* (nullable) */
    ZpCache *cache;           /* (nullable) */
    struct ZpShards *records; /* (nullable) (transfer none) what `merge` puts together */
    ZpLimits limits;          /* given by options; 0: not */
};

/**
 * zp_session_open: decide everything; says what is wrong.
 *
 * Returns: ZP_EXIT_CLEAN when the session may run; the session is to be cleared in any case.
 */
ZpExit zp_session_open(ZpSession *session, const ZpArguments *arguments, const ZpJob *job);
void zp_session_clear(ZpSession *session);

/** zp_session_show: print the settings of every input (--show-config). */
ZpExit zp_session_show(const ZpSession *session);

/**
 * zp_inputs_collect: the files and folders of the command line and of --files-from; says what is
 * wrong.
 *
 * Returns: (nullable) of char *, any bytes.
 */
GPtrArray *zp_inputs_collect(const ZpArguments *arguments, const char *command);

/**
 * zp_session_judges: whether the forms are judged: of a check, for outputs of `convert` with findings, and
 * for a cache, which serves both commands.
 */
static inline bool zp_session_judges(const ZpSession *session)
{
    /* A cache is filled once for every format, those of `check` too. */
    bool fills_cache = session->arguments.cache && !session->arguments.ledger && !session->shards &&
                       !session->job->feed;
    return session->job->check || fills_cache || zp_targets_want_findings(&session->targets);
}
