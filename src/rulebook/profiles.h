/*
 * profiles.h - the profiles at hand, and which one a form is judged by.
 */
#pragma once

#include "model/form.h"
#include "rulebook/profile.h"

typedef struct ZpProfiles ZpProfiles;

/**
 * zp_profiles_open: every file of profiles/, compiled in or in @directory; of two with one name
 * the folder's counts.  A file is read when its profile is first asked for.
 * @directory: (nullable) --rules DIR; then every file is read at once
 * @is_foreign: set when the folder has such a file, left alone otherwise
 * @error: ZP_ERROR_DATA
 */
ZpProfiles *zp_profiles_open(const char *directory, bool *is_foreign, GError **error);
void zp_profiles_free(ZpProfiles *profiles);

/**
 * zp_profiles_force: judge every form by one profile (`--profile NAME|FILE`).
 * @name: a profile at hand, else the path of a file
 * @error: ZP_ERROR_DATA
 */
bool zp_profiles_force(ZpProfiles *profiles, const char *name, GError **error);

/** zp_profiles_forces: whether it is the one forced, by the name in its file. */
bool zp_profiles_forces(const ZpProfiles *profiles, const char *name);

/** zp_profiles_meant: put "did you mean" behind an error about a profile's name; false. */
bool zp_profiles_meant(const ZpProfiles *profiles, const char *word, GError **error);

/**
 * zp_profiles_find: a profile by name.
 *
 * Returns: (nullable) NULL with @error (nullable) when there is none or it is wrong.
 */
const ZpProfile *zp_profiles_find(ZpProfiles *profiles, const char *name, GError **error);

/**
 * zp_profiles_title: what a Chinese reader is told of a profile; its name where it has no title.
 */
const char *zp_profiles_title(ZpProfiles *profiles, const char *name);

/**
 * zp_profiles_pick: what a form is judged by: the forced profile; else the one of its template;
 * else, of an unknown template, the one whose execution weight it prints; else the default.
 * @form: recognised and normalised
 */
const ZpProfile *zp_profiles_pick(ZpProfiles *profiles, const ZpForm *form);

/** zp_profiles_choose: pick, and write into the form which one it is and why. */
void zp_profiles_choose(ZpProfiles *profiles, ZpForm *form);

/** zp_profiles_digest: add names and bytes of all files to a checksum. */
void zp_profiles_digest(const ZpProfiles *profiles, GChecksum *sum);
