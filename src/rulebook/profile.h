/*
 * profile.h - the figures that scoring rules differ in (rules/profiles/NAME.yaml).
 *
 * A profile states only what differs from the one it extends; `default` states everything.
 * Which one a form is judged by is decided in profiles.h.
 */
#pragma once

#include "rulebook/catalogue.h"

/* Weight of one section in a scheme; level1 "" is the funds row. */
typedef struct {
    char *level1;
    ZpDecimal weight;
} ZpSchemeWeight;

/* A way to spread the weights over the sections; a section with several weights (满意度 10) is one row. */
typedef struct {
    ZpSchemeWeight *weights;
    guint n_weights;
} ZpScheme;

/* The level-2 labels that belong under a level 1, each without its final 指标. */
typedef struct {
    char *level1;
    char **level2;
    guint n_level2;
} ZpPairs;

/* A grade from the best down; `also` are other words for it. */
typedef struct {
    char *name;
    char **also;
    guint n_also;
    ZpDecimal from; /* 0 for the last one */
} ZpGrade;

#define ZP_GRADE_COUNT 4

/* What a missed ≤ target earns. */
typedef enum {
    ZP_REVERSE_BOTH,     /* either formula is accepted */
    ZP_REVERSE_LINEAR,   /* W·(1−(A−T)/T), 0 from 2T on */
    ZP_REVERSE_QUOTIENT, /* W·T/A */
} ZpReverse;

typedef struct {
    char *name;       /* "default" */
    char *title;      /* what a Chinese reader is told: 通用; the name where none is given */
    char **templates; /* ids whose weights it fixes */
    guint n_templates;
    bool is_forced;             /* --profile: its figures hold for every template */
    ZpDecimal over_target;      /* 1.3: S09 fires from here on, as a multiple of the target */
    ZpDecimal low_execution;    /* 90: F10 fires below, percent */
    ZpDecimal budget_adjusted;  /* 20: F14 fires above, percent of 年初预算数 */
    ZpDecimal money_spent;      /* 95: F15 asks for outputs from this rate on, percent */
    ZpDecimal money_unspent;    /* 50: F15 asks for missed outputs below, percent */
    ZpDecimal unmeasurable;     /* 0.5: C17 fires above, as a part of the targets */
    ZpDecimal weight_total;     /* 100 */
    bool has_execution_weight;  /* false: free, F06 not applicable */
    ZpDecimal execution_weight; /* 10; 20 for hubei */
    bool has_sign;              /* an unknown template that prints `sign` is judged by it */
    ZpDecimal sign;             /* weight of the funds row that shows it: 20 */
    ZpReverse reverse;
    ZpDecimal band_reached, band_partly; /* 0.8, 0.6: lower limits of S10, as parts of the weight */
    ZpGrade grades[ZP_GRADE_COUNT];
    ZpScheme *schemes; /* any of them may be followed (W03); none: left free */
    guint n_schemes;
    ZpPairs *pairs; /* of C09; none: left free */
    guint n_pairs;
    char **habits; /* rounding habits that are no finding */
    guint n_habits;
    ZpSeverity
        severities[ZP_RULE_COUNT]; /* of every rule; the catalogue's unless it says otherwise */
} ZpProfile;

/* The profile of a name, for `extends`; NULL with @error when there is none. */
typedef const ZpProfile *(*ZpProfileFind)(const char *name, gpointer data, GError **error);

/**
 * zp_profile_load, _free: read a profile.
 * @name: how the file is called in messages
 * @find, @data: asked for the profile it extends, `default` where it does not say; that one must
 * outlive it.  The default itself extends none and must state everything
 * @error: ZP_ERROR_DATA with file and line
 */
ZpProfile *zp_profile_load(GBytes *bytes, const char *name, ZpProfileFind find, gpointer data,
                           GError **error);
void zp_profile_free(ZpProfile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpProfile, zp_profile_free)

/* The name of the profile that states everything. */
#define ZP_PROFILE_DEFAULT "default"

/**
 * zp_profile_fixes: whether its weights hold for a template: one of its own, or all when forced.
 */
bool zp_profile_fixes(const ZpProfile *profile, const char *template_id);

/** zp_profile_grants: whether a rounding habit is taken for granted. */
bool zp_profile_grants(const ZpProfile *profile, const char *habit);
