/*
 * rulebook.h - the program's knowledge as data, opened once a run.
 *
 * Labels and spellings (rules/labels.yaml), number patterns and word lists
 * (rules/normalise.yaml), the figures of the profiles (rules/profiles/…), the catalogue's
 * texts and the rule pages (both docs/rules/…), compiled in or, with
 * `--rules DIR`, read from a folder.  The one object every layer above asks; read-only after
 * opening.
 */
#pragma once

#include "rulebook/catalogue.h"
#include "rulebook/labels.h"
#include "rulebook/lexicon.h"
#include "rulebook/profiles.h"

typedef struct ZpRulebook ZpRulebook;

/**
 * zp_rulebook_open: load and check the data.
 * @directory: (nullable) `--rules DIR`: labels.yaml, normalise.yaml, catalogue.yaml and
 * the files of profiles/ there replace the compiled-in ones; a file that is not there keeps
 * the compiled-in one; every pattern is compiled, so that an error is said at once
 * @error: ZP_ERROR_DATA with file and line; also for a folder with none of the files
 */
ZpRulebook *zp_rulebook_open(const char *directory, GError **error);
void zp_rulebook_free(ZpRulebook *rulebook);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpRulebook, zp_rulebook_free)

const ZpLabels *zp_rulebook_labels(const ZpRulebook *rulebook);
const ZpLexicon *zp_rulebook_lexicon(const ZpRulebook *rulebook);

/**
 * zp_rulebook_profile, _choose_profile, _force_profile: as zp_profiles_pick, _choose and _force.
 */
const ZpProfile *zp_rulebook_profile(const ZpRulebook *rulebook, const ZpForm *form);
void zp_rulebook_choose_profile(const ZpRulebook *rulebook, ZpForm *form);
bool zp_rulebook_force_profile(ZpRulebook *rulebook, const char *name, GError **error);

/** zp_rulebook_has_profile: whether a profile of that name is at hand, or forced. */
bool zp_rulebook_has_profile(const ZpRulebook *rulebook, const char *name);

/** zp_rulebook_profile_meant: put "did you mean" behind an error about a profile's name; false. */
bool zp_rulebook_profile_meant(const ZpRulebook *rulebook, const char *word, GError **error);

/**
 * zp_rulebook_profile_title, _template_title: what a reader is told of a profile or a template: in Chinese
 * 通用, 中央, in English, and where no title is listed, its name.
 */
const char *zp_rulebook_profile_title(const ZpRulebook *rulebook, const char *name, ZpLang lang);
const char *zp_rulebook_template_title(const ZpRulebook *rulebook, const char *id, ZpLang lang);

/**
 * zp_rulebook_digest: "sha256:…" over all data files and the catalogue's rows: the `rulebook`
 * of the JSON output.
 */
const char *zp_rulebook_digest(const ZpRulebook *rulebook);

/** zp_rulebook_sentence: what a rule says, in one sentence (`ziping rules`). */
const char *zp_rulebook_sentence(const ZpRulebook *rulebook, ZpRule rule, ZpLang lang);

/**
 * zp_rulebook_message: the finished message of a finding: its template with the arguments in.
 *
 * Returns: (transfer full)
 */
char *zp_rulebook_message(const ZpRulebook *rulebook, const ZpFinding *finding, ZpLang lang);

/**
 * zp_rulebook_page: the page of a rule in one language, with its examples, as Markdown.
 *
 * Returns: (transfer full) (nullable) NULL when the rule has no page.
 */
char *zp_rulebook_page(const ZpRulebook *rulebook, ZpRule rule, ZpLang lang);
