/*
 * intake.h - a run's results into an archive, a transaction a batch.
 */
#pragma once

#include "archive/store.h"

/* Documents of one transaction, and bytes of their originals past which it ends, too. */
#define ZP_INTAKE_BATCH       256u
#define ZP_INTAKE_BATCH_BYTES (32u * 1024 * 1024)

/* What became of the inputs. */
typedef struct {
    guint64 n_new;       /* documents added */
    guint64 n_forms;     /* in them */
    guint64 n_named;     /* known content under another name */
    guint64 n_known;     /* known content, known name */
    guint64 n_unread;    /* could not be read, or have no form */
    guint64 n_encrypted; /* of the new ones */
} ZpIntakeCounts;

typedef struct {
    ZpArchive *archive;
    const ZpRulebook *rulebook;
    const char *path; /* of the archive */
    bool keeps_originals;
    bool has_password;
    ZpIntakeCounts counts;    /* with the transaction under way */
    ZpIntakeCounts committed; /* without it */
    GArray *added;            /* of gint64: ids of the new documents */
    guint n_compared;         /* of them: those before are compared with other years */
    /* Of the transaction under way: */
    bool is_open;
    guint n_batch;
    guint64 n_bytes;
} ZpIntake;

/** zp_intake_is_own, _hold, _on_held, _take: for ZpRunOptions; @data is the intake. */
bool zp_intake_is_own(const char *path, gpointer data);
char *zp_intake_hold(const char *path, int fd, gsize size, gpointer data);
bool zp_intake_on_held(const char *path, const char *held_as, gpointer data, GError **error);
bool zp_intake_take(const ZpResult *result, gpointer data, GError **error);

/** zp_intake_end: commit what is open. */
bool zp_intake_end(ZpIntake *intake, GError **error);

/**
 * zp_intake_now: the time as documents are dated: UTC, to the second.
 *
 * Returns: (transfer full)
 */
char *zp_intake_now(void);
