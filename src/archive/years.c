/*
 * years.c - the forms of a project, year by year, and what X04, X05, X06 say of them.
 */
#include "archive/years.h"

#include "archive/compare.h"
#include "archive/rows.h"
#include "base/limits.h"

static const char FORMS[] = ZP_YEARS_SAME
    "SELECT form.id, form.document_id, form.year, form.data, coalesce(met, ''), "
    "(SELECT path FROM name WHERE name.document_id = form.document_id ORDER BY name.id LIMIT 1) "
    "FROM same JOIN form USING (project_key, unit_key) LEFT JOIN outcome ON form_id = form.id "
    "WHERE year IS NOT NULL ORDER BY year, form.id LIMIT ?3";

/* A form of the project, and whose it is. */
typedef struct {
    ZpYearForm form;
    gint64 document, year;
    char *met, *path;
} Entry;

static void clear_entry(gpointer data)
{
    Entry *entry = data;
    json_decref(entry->form.form);
    g_free(entry->met);
    g_free(entry->path);
}

/* What is damaged is left out: verify says so. */
static bool read_forms(ZpArchive *archive, const char *project, const char *unit, GArray *entries,
                       GError **error)
{
    bool done;
    sqlite3_stmt *statement =
        zp_archive_bind(archive, error, FORMS, "tti", project, unit, (gint64)ZP_LIMIT_HISTORY);
    while (zp_archive_row(archive, statement, &done, error)) {
        json_t *form = zp_rows_unpack(statement, 3);
        if (!form)
            continue;
        Entry entry = {.document = sqlite3_column_int64(statement, 1),
                       .year = sqlite3_column_int64(statement, 2),
                       .met = zp_archive_text(statement, 4),
                       .path = zp_archive_text(statement, 5)};
        entry.form = (ZpYearForm){form, entry.met, entry.path, sqlite3_column_int64(statement, 0)};
        g_array_append_val(entries, entry);
    }
    return done;
}

/* --- judging --- */

/* Rule, project, unit, year, pointer. */
static char *fingerprint(const ZpFinding *finding, const char *project, const char *unit,
                         gint64 year)
{
    g_autofree char *names =
        g_strdup_printf("%s\x1f%s\x1f%s\x1f%" G_GINT64_FORMAT "\x1f%s",
                        ZP_RULES[finding->rule].code, project, unit, year, finding->pointer);
    char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, names, -1);
    digest[32] = '\0';
    return digest;
}

static bool store_findings(ZpArchive *archive, const ZpRulebook *rulebook, const Entry *entry,
                           const ZpReport *report, const char *project, const char *unit,
                           GError **error)
{
    g_autoptr(GArray) forms = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_array_append_val(forms, entry->form.id);
    for (guint k = 0; k < report->findings->len; k++) {
        ZpFinding *finding = g_ptr_array_index(report->findings, k);
        finding->fingerprint = fingerprint(finding, project, unit, entry->year);
        if (!zp_rows_finding(archive, rulebook, entry->document, forms, finding, error))
            return false;
    }
    return true;
}

/* The form of the year before; NULL where there is none, or where it has several that differ. */
static const Entry *year_before(const GArray *entries, gint64 year)
{
    const Entry *found = NULL;
    for (guint k = 0; k < entries->len; k++) {
        const Entry *entry = &g_array_index(entries, Entry, k);
        if (entry->year != year - 1)
            continue;
        if (found && !zp_compare_is_copy(found->form.form, entry->form.form))
            return NULL;
        found = found ? found : entry;
    }
    return found;
}

static bool judge(ZpArchive *archive, const ZpRulebook *rulebook, const char *project,
                  const char *unit, const GArray *entries, GError **error)
{
    const Entry *before = NULL;
    for (guint k = 0; k < entries->len; k++) {
        const Entry *entry = &g_array_index(entries, Entry, k);
        bool is_next_year = k == 0 || entry[-1].year != entry->year;
        before = is_next_year ? year_before(entries, entry->year) : before;
        g_autoptr(ZpReport) report = zp_report_new();
        if (before)
            zp_compare_years(&before->form, &entry->form, report);
        if (!zp_archive_run(
                archive, error,
                "DELETE FROM finding WHERE form_id = ? AND rule IN ('X04', 'X05', 'X06')", "i",
                entry->form.id) ||
            !store_findings(archive, rulebook, entry, report, project, unit, error))
            return false;
    }
    return true;
}

/* Whether all its forms are of one year, and nothing is linked: else no other year can be compared. */
static bool is_alone(ZpArchive *archive, const char *project, const char *unit)
{
    bool has_row = false;
    sqlite3_stmt *statement = zp_archive_bind(
        archive, NULL,
        "SELECT (SELECT min(year) IS max(year) FROM form WHERE project_key = ?1 AND unit_key = ?2) "
        "AND NOT EXISTS (SELECT 1 FROM link WHERE project_key = ?1 AND unit_key = ?2) "
        "AND NOT EXISTS (SELECT 1 FROM link WHERE to_project_key = ?1 AND to_unit_key = ?2)",
        "tt", project, unit);
    if (!statement || !zp_archive_next(archive, statement, &has_row, NULL) || !has_row)
        return false;
    bool alone = sqlite3_column_int64(statement, 0) != 0;
    sqlite3_reset(statement);
    return alone;
}

bool zp_years_judge(ZpArchive *archive, const ZpRulebook *rulebook, const char *project,
                    const char *unit, GError **error)
{
    if (!*project || !*unit || is_alone(archive, project, unit))
        return true;
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(Entry));
    g_array_set_clear_func(entries, clear_entry);
    return read_forms(archive, project, unit, entries, error) &&
           judge(archive, rulebook, project, unit, entries, error);
}

/* --- which projects --- */

/* "project\tunit" */
static bool take_names(ZpArchive *archive, sqlite3_stmt *statement, GHashTable *names,
                       GError **error)
{
    bool done;
    while (zp_archive_row(archive, statement, &done, error)) {
        g_autofree char *project = zp_archive_text(statement, 0),
                        *unit = zp_archive_text(statement, 1);
        g_hash_table_add(names, g_strconcat(project, "\t", unit, NULL));
    }
    return done;
}

static bool list_names(ZpArchive *archive, const GArray *documents, guint first, GHashTable *names,
                       GError **error)
{
    if (!documents)
        return take_names(
            archive,
            zp_archive_bind(archive, error,
                            "SELECT DISTINCT project_key, unit_key FROM form ORDER BY 1, 2", ""),
            names, error);
    for (guint k = first; k < documents->len; k++) {
        sqlite3_stmt *statement = zp_archive_bind(
            archive, error, "SELECT project_key, unit_key FROM form WHERE document_id = ?", "i",
            g_array_index(documents, gint64, k));
        if (!take_names(archive, statement, names, error))
            return false;
    }
    return true;
}

bool zp_years_refresh(ZpArchive *archive, const ZpRulebook *rulebook, const GArray *documents,
                      guint first, GError **error)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    /* What was said because of a form that now is of another year, or another project, goes. */
    if ((!documents &&
         !zp_archive_run(archive, error, "DELETE FROM finding WHERE rule IN ('X04', 'X05', 'X06')",
                         "")) ||
        !list_names(archive, documents, first, names, error))
        return false;
    GHashTableIter iter;
    gpointer name = NULL;
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        g_auto(GStrv) parts = g_strsplit(name, "\t", 2);
        if (!zp_years_judge(archive, rulebook, parts[0], parts[1], error))
            return false;
    }
    return true;
}
