/*
 * settings.h - what one configuration file says, and which rules speak how loudly because of it.
 */
#pragma once

#include "base/bounds.h"
#include "model/held.h"
#include "rulebook/rulebook.h"

#include <gio/gio.h>

/* Where a setting was made; file NULL: nobody made it. */
typedef struct {
    const char *file; /* (nullable) owned by the settings */
    guint line;       /* 0: an option of the command line */
} ZpOrigin;

/* Which rules speak, and how loudly: of a file as a whole, of an override, of the command line. */
typedef struct {
    int severity[ZP_RULE_COUNT]; /* ZpSeverity; -1: nothing is said */
    guint severity_line[ZP_RULE_COUNT];
    GPtrArray *select, *ignore; /* (nullable) of char *: codes, prefixes or ALL */
    guint select_line, ignore_line;
} ZpChoice;

/* Where an override or a suppression holds: every part that is given must fit. */
typedef struct {
    char *path;        /* (nullable) pattern, relative to the file's folder */
    char *template_id; /* (nullable) */
    char *project;     /* (nullable) */
    char *indicator;   /* (nullable) its level 3 name */
} ZpWhere;

typedef struct {
    guint line;
    ZpWhere where;
    ZpChoice choice;
} ZpOverride;

typedef struct {
    guint line;
    ZpRule rule;
    ZpWhere where;
    char *reason;
    char *until;  /* (nullable) the last day it holds: 2026-12-31 */
    bool expired; /* as of today */
    bool was_due; /* a file that it is about was looked at */
    bool has_hit; /* a finding was there that it is about */
} ZpSuppression;

/* A word or figure that stands once in a file. */
typedef struct {
    char *text; /* (nullable) NULL: not set */
    guint line;
} ZpSetting;

typedef struct ZpSettings {
    char *file; /* (nullable) as shown; NULL: the defaults */
    bool
        is_trusted; /* else it came with documents: over what counts there without it, it may raise severities */
    const struct ZpSettings *under; /* (nullable) that, when not trusted */
    bool is_used;                   /* a file was judged by it */
    guint64 n_suppressed;           /* findings */
    char *digest;                   /* (nullable) of the file's bytes */
    char *folder;                   /* (nullable) absolute: what `path` patterns are relative to */
    ZpSetting lang, profile, fail_on, show, require_sandbox, skip_unread;
    ZpSetting limits[ZP_BOUND_COUNT], folder_depth, sarif_results; /* checked figures */
    ZpChoice choice;
    GPtrArray *overrides;    /* of ZpOverride */
    GPtrArray *suppressions; /* of ZpSuppression */
} ZpSettings;

/* How loud a rule is at one place, and who said so. */
typedef struct {
    ZpSeverity severity;
    ZpOrigin origin;
} ZpRuleGrade;

/** zp_settings_new, _free: settings that say nothing. */
ZpSettings *zp_settings_new(void);
void zp_settings_free(ZpSettings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpSettings, zp_settings_free)

/**
 * zp_settings_read: a configuration file.
 * @path: any bytes; what `path` patterns are relative to is its folder
 * @rulebook: for the templates and profiles there are
 * @today: "2026-11-25", for expiry dates
 * @error: ZP_ERROR_USAGE, "FILE:LINE: …"
 */
ZpSettings *zp_settings_read(const char *path, const ZpRulebook *rulebook, const char *today,
                             GError **error);

/** zp_choice_init, _clear: a choice that says nothing. */
void zp_choice_init(ZpChoice *choice);
void zp_choice_clear(ZpChoice *choice);

/** zp_choice_is_code: "F01", "execution-rate", a prefix of a code ("F", "F1") or ALL. */
bool zp_choice_is_code(const char *word);

/**
 * zp_choice_apply: change the grades of all rules by what @choice says.
 * @grades: ZP_RULE_COUNT entries
 *
 * `select` leaves only what it names (and turns on a rule that is off by itself when it is named in full),
 * `ignore` turns off what it names unless `select` names it more closely, and a severity for a rule counts
 * unless the same choice ignores just that rule.  D01 to D03 cannot be turned off.
 */
void zp_choice_apply(const ZpChoice *choice, const char *file, ZpRuleGrade *grades);

/**
 * zp_settings_grade: the grades of all rules for a form.
 * @path: absolute
 * @template_id: (nullable) NULL: about the file itself
 * @base: (nullable) the severities of the form's profile; NULL: the catalogue's
 */
void zp_settings_grade(const ZpSettings *settings, const char *path, const char *template_id,
                       const ZpSeverity *base, ZpRuleGrade *grades);

/** zp_settings_trusted: itself, or what counts in its stead where only trust counts. */
const ZpSettings *zp_settings_trusted(const ZpSettings *settings);

/**
 * zp_settings_tell: what it does to rules somewhere, and what of it does not count.
 *
 * Returns: (transfer full)
 */
ZpHeld *zp_settings_tell(const ZpSettings *settings);

/** zp_settings_path_fits: whether the path of a pattern holds. */
bool zp_settings_path_fits(const ZpSettings *settings, const ZpWhere *where, const char *path);

/** zp_severity_find: "error", "warning", "note", "off" as a ZpSeverity; -1 for anything else. */
int zp_severity_find(const char *name);

/** zp_rule_is_about_input: D01, D02, D03: what could not be read is said whatever the settings. */
bool zp_rule_is_about_input(guint rule);

/**
 * zp_trust_folder: whether a folder is the working folder or above it, compared by device and inode.
 *
 * Who runs ziping chose the working folder, and what is above it is theirs or their administrator's.  Any other folder may
 * hold what somebody sent, a `.ziping.yaml` among it that silences the very rules it offends.
 */
bool zp_trust_folder(const char *folder);
