/*
 * profile.h - the figures that scoring rules differ in (rules/profiles/default.yaml).
 *
 * Layer: rulebook.
 */
#pragma once

#include "base/decimal.h"

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

/* What a template fixes. */
typedef struct {
    char *id;                   /* "central" */
    bool has_execution_weight;  /* false: no scored funds row (or free), F06 not applicable */
    ZpDecimal execution_weight; /* 10; 20 for hubei */
    ZpScheme *schemes;          /* any of them may be followed (W03); none: left free */
    guint n_schemes;
} ZpTemplateWeights;

typedef struct {
    char *name;                /* "default" */
    ZpDecimal over_target;     /* 1.3: S09 fires from here on, as a multiple of the target */
    ZpDecimal low_execution;   /* 90: F10 fires below, percent */
    ZpDecimal weight_total;    /* 100 */
    ZpDecimal grade_limits[3]; /* 90, 80, 60 */
    char *grade_names[4];      /* 优 良 中 差 */
    ZpTemplateWeights *templates;
    guint n_templates;
} ZpProfile;

/**
 * zp_profile_load, _free: read a profile.
 * @name: how the file is called in messages
 * @error: ZP_ERROR_DATA with file and line
 */
ZpProfile *zp_profile_load(GBytes *bytes, const char *name, GError **error);
void zp_profile_free(ZpProfile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpProfile, zp_profile_free)

/**
 * zp_profile_template: what the profile says of a template.
 *
 * Returns: (nullable) NULL for "unknown" and for an id the profile does not name.
 */
const ZpTemplateWeights *zp_profile_template(const ZpProfile *profile, const char *id);
