/*
 * years.h - one project over the years: its forms, its other names, what the rules over years say.
 *
 * A project is known by its name and its unit, folded.  `link` says that two such names are one project; who is linked
 * with whom, directly or by others, is one project.
 */
#pragma once

#include "archive/db.h"
#include "archive/listing.h"
#include "base/text.h"
#include "rulebook/rulebook.h"

/* SQL: same (project_key, unit_key), the names that are linked with (?1, ?2), that itself among them. */
#define ZP_YEARS_SAME                                                                              \
    "WITH RECURSIVE same (project_key, unit_key) AS (SELECT ?1, ?2 UNION "                         \
    "SELECT to_project_key, to_unit_key FROM link JOIN same USING (project_key, unit_key) UNION "  \
    "SELECT link.project_key, link.unit_key FROM link JOIN same ON to_project_key = "              \
    "same.project_key AND to_unit_key = same.unit_key) "

/**
 * zp_years_refresh: X04, X05, X06 anew for the projects that documents belong to.
 * @documents: (nullable) of gint64, from @first on; NULL: every project
 *
 * Within the caller's transaction.  A form is compared with the year before where that year has one form of the
 * project, or several that are copies of each other.
 */
bool zp_years_refresh(ZpArchive *archive, const ZpRulebook *rulebook, const GArray *documents,
                      guint first, GError **error);

/** zp_years_judge: the same for one project, by one of its names. */
bool zp_years_judge(ZpArchive *archive, const ZpRulebook *rulebook, const char *project,
                    const char *unit, GError **error);

/**
 * zp_years_history: the forms of a project by year, and those that may be of it under another name, with the reason.
 * @project: the number of a form, or a project's name, or a part that only one project's name has
 * @unit: (nullable) a part of the unit's name
 * @error: ZP_ERROR_USAGE when there is none, or there are several
 */
bool zp_years_history(ZpArchive *archive, const char *project, const char *unit, ZpLang lang,
                      ZpListing *listing, GError **error);

/**
 * zp_years_link: that the projects of two forms are one, or that they are not.
 * @is_one: false: the link between the two is taken back
 * @error: ZP_ERROR_USAGE when a form is not there, has no project or unit, or nothing would change
 */
bool zp_years_link(ZpArchive *archive, const ZpRulebook *rulebook, const char *form,
                   const char *other, bool is_one, GError **error);
