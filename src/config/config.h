/*
 * config.h - the settings of a run: which configuration holds for which input, and what it does
 * to the findings.
 *
 * The nearest `.ziping.yaml` upward from an input counts alone; without one the user's own file
 * (under $XDG_CONFIG_HOME), without that the defaults.  One that is not in the working folder or above it may
 * have come with the documents (trust.h): it is laid over what counts without it, and only raises severities.  All of them are read before the first
 * input is, so that a mistake in any ends the run before it began.
 */
#pragma once

#include "config/known.h"
#include "config/settings.h"

/* What the command line says about the configuration. */
typedef struct {
    const char *file;            /* (nullable) --config: this one for every input */
    bool none;                   /* --no-config */
    const char *select, *ignore; /* (nullable) codes separated by commas */
} ZpConfigOptions;

typedef struct ZpConfig ZpConfig;

/**
 * zp_config_new, _free: no input is visited yet.
 * @error: ZP_ERROR_USAGE for the file of --config and for wrong codes
 */
ZpConfig *zp_config_new(const ZpRulebook *rulebook, const ZpConfigOptions *options, GError **error);
void zp_config_free(ZpConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpConfig, zp_config_free)

/**
 * zp_config_reload: read all of it anew, for the same inputs; the old stays when there is a mistake.
 * @inputs: of char *, as they were visited
 * @error: as zp_config_new and zp_config_visit
 *
 * Which suppressions were hit is forgotten; what is known (zp_config_set_known) stays.
 */
bool zp_config_reload(ZpConfig *config, const ZpConfigOptions *options, const GPtrArray *inputs,
                      GError **error);

/**
 * zp_config_each_file: each file that holds settings of an input or would if it were there: of all folders
 * upward, and the user's own.
 * @input: a folder
 * @call: false ends it, and is what is returned
 */
bool zp_config_each_file(const ZpConfigOptions *options, const char *input,
                         bool (*call)(const char *path, gpointer data), gpointer data);

/* What a file of settings in a folder is called. */
#define ZP_CONFIG_NAME ".ziping.yaml"

/**
 * zp_config_visit: find and read the configurations of an input: of a file the nearest upward, of
 * a folder also those in the folders below it.
 * @error: ZP_ERROR_USAGE, "FILE:LINE: …"
 */
bool zp_config_visit(ZpConfig *config, const char *input, GError **error);

/** zp_config_for: the trusted settings that hold for a file or folder, of what was visited. */
const ZpSettings *zp_config_for(const ZpConfig *config, const char *path);

/**
 * zp_config_requires_sandbox: whether a trusted configuration asks for all walls (--require-sandbox).
 */
bool zp_config_requires_sandbox(const ZpConfig *config);

/**
 * zp_config_tell: what each file that held for a judged input did, in the order in which they were read.
 *
 * Returns: (transfer full) of ZpHeld
 */
GPtrArray *zp_config_tell(const ZpConfig *config);

/**
 * zp_config_limits: the limits that hold for an input: as given, else as set, else the defaults.
 * @config: (nullable)
 * @given: (nullable) of the command line
 * @limits: filled with a figure for each
 */
void zp_config_limits(const ZpConfig *config, const char *path, const ZpLimits *given,
                      ZpLimits *limits);

/** zp_settings_limit: one of them as a configuration says it, or its default. */
guint64 zp_settings_limit(const ZpSettings *settings, ZpBound bound);

/** zp_config_folder_depth: how deep folders below an input are walked. */
guint zp_config_folder_depth(const ZpConfig *config, const char *path);

/** zp_setting_figure: a limit as set, or @otherwise. */
guint zp_setting_figure(const ZpSetting *setting, guint otherwise);

/** zp_config_has_files: whether a configuration file holds anywhere. */
bool zp_config_has_files(const ZpConfig *config);

/** zp_config_digest: add what the files say, and where they stand, to a checksum. */
void zp_config_digest(const ZpConfig *config, GChecksum *sum);

/**
 * zp_config_set_known: findings to mark as known (--baseline) and to compare with (--diff-from).
 * @baseline, @before: (nullable) (transfer none)
 */
void zp_config_set_known(ZpConfig *config, ZpKnown *baseline, ZpKnown *before);

/** zp_config_wants_fingerprints: whether zp_config_mark needs them. */
bool zp_config_wants_fingerprints(const ZpConfig *config);

/**
 * zp_config_grades: how loud each rule is in a form.
 * @form: (nullable) NULL: about the file itself
 * @grades: ZP_RULE_COUNT entries
 */
void zp_config_grades(const ZpConfig *config, const char *path, const ZpForm *form,
                      ZpRuleGrade *grades);

/**
 * zp_config_grade: give the findings of a file their severities, and take those out whose rule is off.
 *
 * A finding that its rule itself makes milder (a rounding habit) stays at most as loud as that.
 */
void zp_config_grade(const ZpConfig *config, const char *path, const GPtrArray *forms,
                     ZpReport *report);

/**
 * zp_config_mark: mark the findings of a file that are suppressed, known or new.
 *
 * Fingerprints must be there when zp_config_wants_fingerprints.
 */
void zp_config_mark(ZpConfig *config, const char *path, const GPtrArray *forms, ZpReport *report);

/**
 * zp_config_report_stale: tell of each suppression that hit nothing though its path was looked
 * at, and of each that has expired.
 * @tell: its text in both languages, with file and line
 */
void zp_config_report_stale(const ZpConfig *config,
                            void (*tell)(const char *zh, const char *en, gpointer data),
                            gpointer data);

/* What options of the command line say instead of the settings of the same name. */
typedef struct {
    const char *lang, *profile, *fail_on, *show; /* (nullable) */
    const ZpLimits *limits;
} ZpGiven;

/**
 * zp_config_show: the settings that hold for an input, as a configuration, each with its origin.
 */
void zp_config_show(GString *out, const ZpConfig *config, const char *input, const ZpGiven *given);
