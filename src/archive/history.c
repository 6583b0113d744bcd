/*
 * history.c - a project's forms by year, and the forms that may be its under another name.
 *
 * Near is what a careful reader would ask about: the same project in another unit (units that were merged), or in the
 * same unit a project whose name or whose indicators are half the same (it was renamed), in a year in which the
 * project itself has no form.  Only a person says that it is so (`archive link`).
 */
#include "archive/years.h"

#include "archive/rows.h"
#include "base/error.h"
#include "base/limits.h"

#include <string.h>

/* Columns of the list, of table form. */
#define ROW                                                                                        \
    "form.id, form.year, form.unit, form.project, form.budget, form.executed, "                    \
    "form.currency_unit, form.total_score, (SELECT count(*) FROM finding WHERE form_id = form.id " \
    "AND rule NOT GLOB 'X0[456]'), (SELECT group_concat(rule) FROM (SELECT DISTINCT rule "         \
    "FROM finding WHERE form_id = form.id AND rule GLOB 'X0[456]' ORDER BY rule)), "               \
    "form.project_key, form.unit_key "
#define N_SHOWN 10

/* Names of projects that are offered when several are meant. */
#define OFFERED 10

typedef struct {
    char *project, *unit;
} Name;

static void clear_name(Name *name)
{
    g_free(name->project);
    g_free(name->unit);
}

/* --- which project is meant --- */

static bool name_of_form(ZpArchive *archive, gint64 form, Name *name, bool *is_there,
                         GError **error)
{
    sqlite3_stmt *statement = zp_archive_bind(
        archive, error, "SELECT project_key, unit_key FROM form WHERE id = ?", "i", form);
    if (!statement || !zp_archive_next(archive, statement, is_there, error))
        return false;
    if (*is_there) {
        *name = (Name){zp_archive_text(statement, 0), zp_archive_text(statement, 1)};
        sqlite3_reset(statement);
    }
    return true;
}

/* Exactly this name, else the only one that has this text. */
static bool name_of_text(ZpArchive *archive, const char *text, const char *unit, Name *name,
                         GError **error)
{
    static const char SQL[] =
        "SELECT project_key, unit_key, min(id) || '  ' || project || '（' || coalesce(unit, '') || "
        "'）' FROM form "
        "WHERE instr(project_key, ?1) AND instr(unit_key, ?2) AND project_key <> '' AND "
        "(project_key = ?1 OR NOT "
        "EXISTS (SELECT 1 FROM form WHERE project_key = ?1 AND instr(unit_key, ?2))) "
        "GROUP BY project_key, unit_key ORDER BY min(id) LIMIT 11";
    bool done;
    g_autofree char *key = zp_rows_key(text), *unit_key = zp_rows_key(unit);
    g_autoptr(GPtrArray) offered = g_ptr_array_new_with_free_func(g_free);
    sqlite3_stmt *statement = zp_archive_bind(archive, error, SQL, "tt", key, unit_key);
    while (zp_archive_row(archive, statement, &done, error)) {
        if (offered->len == 0)
            *name = (Name){zp_archive_text(statement, 0), zp_archive_text(statement, 1)};
        g_ptr_array_add(offered, zp_archive_text(statement, 2));
    }
    if (!done || offered->len == 1)
        return done;
    if (offered->len == 0)
        zp_error_set(error, ZP_ERROR_USAGE, "没有这个项目：%s", "there is no such project: %s",
                     text);
    bool has_more = offered->len > OFFERED;
    g_ptr_array_set_size(offered, (int)MIN(offered->len, OFFERED));
    if (offered->len > 0) {
        g_autoptr(GString) list = g_string_new(NULL);
        for (guint k = 0; k < offered->len; k++)
            g_string_append_printf(list, "\n  %s", (const char *)g_ptr_array_index(offered, k));
        zp_error_set(error, ZP_ERROR_USAGE, "不止一个项目：请写表的编号，或用 --unit 指明单位%s%s",
                     "several projects: give the number of a form, or --unit%s%s", list->str,
                     has_more ? "\n  …" : "");
    }
    return false;
}

static bool find_name(ZpArchive *archive, const char *project, const char *unit, Name *name,
                      GError **error)
{
    guint64 form = 0;
    bool is_there = false;
    if (g_ascii_string_to_unsigned(project, 10, 1, G_MAXINT64, &form, NULL) &&
        !name_of_form(archive, (gint64)form, name, &is_there, error))
        return false;
    return is_there || name_of_text(archive, project, unit, name, error);
}

/* --- the list --- */

typedef struct {
    ZpArchive *archive;
    ZpListing *listing;
    ZpLang lang;
    const Name *name;
    GHashTable *years;  /* of gint64, as pointers: that the project has */
    GHashTable *levels; /* of char *: names of its indicators, folded */
} History;

static void name_columns(ZpListing *listing)
{
    static const char *const COLUMNS[] = {"id",       "year",       "unit",     "project",
                                          "budget",   "executed",   "currency", "total_score",
                                          "findings", "over_years", "match",    "reason"};
    for (gsize k = 0; k < G_N_ELEMENTS(COLUMNS); k++)
        zp_listing_column(listing, COLUMNS[k]);
}

static bool print_row(const History *history, sqlite3_stmt *statement, const char *match,
                      const char *reason, GError **error)
{
    for (int k = 0; k < N_SHOWN; k++)
        zp_listing_value(history->listing, statement, k);
    zp_listing_text(history->listing, match);
    zp_listing_text(history->listing, reason);
    return zp_listing_next(history->listing, error);
}

static bool print_own(History *history, GError **error)
{
    static const char SQL[] =
        ZP_YEARS_SAME "SELECT " ROW "FROM same JOIN form USING (project_key, unit_key) "
                      "ORDER BY form.year, form.id LIMIT ?3";
    const char *linked =
        history->lang == ZP_LANG_ZH ? "已确认（archive link）" : "confirmed (archive link)";
    bool done;
    sqlite3_stmt *statement =
        zp_archive_bind(history->archive, error, SQL, "tti", history->name->project,
                        history->name->unit, (gint64)ZP_LIMIT_HISTORY);
    while (zp_archive_row(history->archive, statement, &done, error)) {
        g_autofree char *project = zp_archive_text(statement, 10),
                        *unit = zp_archive_text(statement, 11);
        bool is_own =
            strcmp(project, history->name->project) == 0 && strcmp(unit, history->name->unit) == 0;
        g_hash_table_add(history->years, GINT_TO_POINTER((int)sqlite3_column_int64(statement, 1)));
        if (!print_row(history, statement, is_own ? "same" : "linked", is_own ? NULL : linked,
                       error))
            return false;
    }
    return done;
}

/* --- near --- */

static GHashTable *pairs_of(const char *key)
{
    GHashTable *pairs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (const char *at = key; *at; at = g_utf8_next_char(at)) {
        const char *next = g_utf8_next_char(at);
        if (*next)
            g_hash_table_add(pairs, g_strndup(at, (gsize)(g_utf8_next_char(next) - at)));
    }
    return pairs;
}

/* Elements of both. */
static guint count_common(GHashTable *one, GHashTable *other)
{
    guint n = 0;
    GHashTableIter iter;
    gpointer element = NULL;
    g_hash_table_iter_init(&iter, one);
    while (g_hash_table_iter_next(&iter, &element, NULL))
        n += g_hash_table_contains(other, element);
    return n;
}

/* Of the smaller one, at least half, and more than one, is in the other. */
static bool is_half(GHashTable *one, GHashTable *other, guint *n, guint *of)
{
    *n = count_common(one, other);
    *of = MIN(g_hash_table_size(one), g_hash_table_size(other));
    return *n > 1 && 2 * *n >= *of;
}

/* Names of the indicators of a form, or (form 0) of all that a name has. */
static bool read_levels(ZpArchive *archive, const Name *name, GHashTable *levels, GError **error)
{
    bool done;
    sqlite3_stmt *statement = zp_archive_bind(
        archive, error,
        "SELECT DISTINCT level3 FROM form JOIN indicator ON form_id = form.id WHERE "
        "project_key = ? AND unit_key = ? AND level3 <> '' LIMIT 10000",
        "tt", name->project, name->unit);
    while (zp_archive_row(archive, statement, &done, error)) {
        g_autofree char *text = zp_archive_text(statement, 0);
        g_hash_table_add(levels, zp_rows_key(text));
    }
    return done;
}

/* Why another name may be the same project; NULL: it is not near. */
static char *reason_of(const History *history, const Name *other, GError **error)
{
    guint n = 0, of = 0;
    bool is_chinese = history->lang == ZP_LANG_ZH;
    if (strcmp(other->unit, history->name->unit) != 0)
        return g_strdup(is_chinese ? "项目名称相同，单位不同" : "same project, another unit");
    g_autoptr(GHashTable) mine = pairs_of(history->name->project),
                          theirs = pairs_of(other->project);
    if (is_half(mine, theirs, &n, &of))
        return g_strdup_printf(is_chinese
                                   ? "单位相同，名称相近（%u/%u 个字对相同）"
                                   : "same unit, and %u of %u pairs of characters of the name",
                               n, of);
    g_autoptr(GHashTable) levels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!read_levels(history->archive, other, levels, error) ||
        !is_half(history->levels, levels, &n, &of))
        return NULL;
    return g_strdup_printf(is_chinese ? "单位相同，指标相同（%u/%u 个名称）"
                                      : "same unit, and %u of %u names of indicators",
                           n, of);
}

/* Forms of the same unit or the same project, of years that the project lacks. */
static bool read_others(History *history, GArray *others, GError **error)
{
    static const char SQL[] = ZP_YEARS_SAME "SELECT DISTINCT form.project_key, form.unit_key FROM "
                                            "form WHERE (form.unit_key = ?2 OR form.project_key = "
                                            "?1) AND form.project_key <> '' AND form.unit_key <> "
                                            "'' AND form.year IS NOT NULL AND NOT EXISTS (SELECT 1 "
                                            "FROM same WHERE same.project_key = form.project_key "
                                            "AND same.unit_key = form.unit_key) ORDER BY 1, 2";
    bool done;
    sqlite3_stmt *statement = zp_archive_bind(history->archive, error, SQL, "tt",
                                              history->name->project, history->name->unit);
    while (zp_archive_row(history->archive, statement, &done, error)) {
        Name other = {zp_archive_text(statement, 0), zp_archive_text(statement, 1)};
        g_array_append_val(others, other);
    }
    return done;
}

/* One that has a form in a year of the project's is another project. */
static bool has_common_year(History *history, const Name *other, bool *has_one, GError **error)
{
    bool done;
    *has_one = false;
    sqlite3_stmt *statement = zp_archive_bind(
        history->archive, error,
        "SELECT DISTINCT year FROM form WHERE project_key = ? AND unit_key = ? AND year > 0", "tt",
        other->project, other->unit);
    while (zp_archive_row(history->archive, statement, &done, error)) {
        int year = (int)sqlite3_column_int64(statement, 0);
        *has_one |= g_hash_table_contains(history->years, GINT_TO_POINTER(year));
    }
    return done;
}

static bool print_near(History *history, const Name *other, const char *reason, GError **error)
{
    static const char SQL[] =
        "SELECT " ROW "FROM form WHERE project_key = ?1 AND unit_key = ?2 ORDER BY year, id "
        "LIMIT ?3";
    bool done;
    sqlite3_stmt *statement = zp_archive_bind(history->archive, error, SQL, "tti", other->project,
                                              other->unit, (gint64)ZP_LIMIT_HISTORY);
    while (zp_archive_row(history->archive, statement, &done, error)) {
        if (!print_row(history, statement, "near", reason, error))
            return false;
    }
    return done;
}

static bool print_others(History *history, GError **error)
{
    g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(Name));
    g_array_set_clear_func(others, (GDestroyNotify)clear_name);
    bool done = read_levels(history->archive, history->name, history->levels, error) &&
                read_others(history, others, error);
    for (guint k = 0; done && k < others->len; k++) {
        const Name *other = &g_array_index(others, Name, k);
        bool is_another = false;
        g_autoptr(GError) why = NULL;
        done = has_common_year(history, other, &is_another, error);
        g_autofree char *reason = done && !is_another ? reason_of(history, other, &why) : NULL;
        if (why)
            g_propagate_error(error, g_steal_pointer(&why));
        done =
            done && (!error || !*error) && (!reason || print_near(history, other, reason, error));
    }
    return done;
}

bool zp_years_history(ZpArchive *archive, const char *project, const char *unit, ZpLang lang,
                      ZpListing *listing, GError **error)
{
    __attribute__((cleanup(clear_name))) Name name = {0};
    if (!find_name(archive, project, unit, &name, error))
        return false;
    g_autoptr(GHashTable) years = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) levels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    History history = {archive, listing, lang, &name, years, levels};
    name_columns(listing);
    return print_own(&history, error) && print_others(&history, error) &&
           zp_listing_end(listing, error);
}

/* --- link --- */

static bool find_form(ZpArchive *archive, const char *text, Name *name, GError **error)
{
    guint64 form = 0;
    bool is_there = false;
    if (g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &form, NULL) &&
        !name_of_form(archive, (gint64)form, name, &is_there, error))
        return false;
    if (is_there && *name->project && *name->unit)
        return true;
    zp_error_set(error, ZP_ERROR_USAGE,
                 is_there ? "第 %s 张表没有项目名称或实施单位，不能连接" : "没有编号为 %s 的表",
                 is_there ? "form %s has no project or no unit to be linked by"
                          : "there is no form %s",
                 text);
    return false;
}

/* Forms that are alone again are compared with nothing. */
static bool forget(ZpArchive *archive, const Name *name, GError **error)
{
    return zp_archive_run(
        archive, error,
        "DELETE FROM finding WHERE rule IN ('X04', 'X05', 'X06') AND form_id IN (SELECT id FROM "
        "form WHERE project_key = ? AND unit_key = ?)",
        "tt", name->project, name->unit);
}

static bool change(ZpArchive *archive, const Name *one, const Name *other, bool is_one,
                   GError **error)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *when = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
    bool done =
        is_one
            ? zp_archive_run(archive, error,
                             "INSERT OR IGNORE INTO link (project_key, unit_key, to_project_key, "
                             "to_unit_key, linked_at) VALUES (?, ?, ?, ?, ?)",
                             "ttttt", one->project, one->unit, other->project, other->unit, when)
            : zp_archive_run(archive, error,
                             "DELETE FROM link WHERE (project_key = ?1 AND unit_key = ?2 AND "
                             "to_project_key = ?3 AND to_unit_key = ?4) OR (project_key = ?3 AND "
                             "unit_key = ?4 AND to_project_key = ?1 AND to_unit_key = ?2)",
                             "tttt", one->project, one->unit, other->project, other->unit);
    if (!done || sqlite3_changes(zp_archive_db(archive)) > 0)
        return done;
    zp_error_set(
        error, ZP_ERROR_USAGE, is_one ? "这两个项目已经连在一起" : "这两个项目之间没有连接",
        is_one ? "these projects are linked already" : "there is no link between these projects");
    return false;
}

bool zp_years_link(ZpArchive *archive, const ZpRulebook *rulebook, const char *form,
                   const char *other_form, bool is_one, GError **error)
{
    __attribute__((cleanup(clear_name))) Name one = {0};
    __attribute__((cleanup(clear_name))) Name other = {0};
    if (!find_form(archive, form, &one, error) || !find_form(archive, other_form, &other, error))
        return false;
    if (strcmp(one.project, other.project) == 0 && strcmp(one.unit, other.unit) == 0) {
        zp_error_set(error, ZP_ERROR_USAGE, "两张表是同一个项目，不用连接",
                     "both forms are of one project already");
        return false;
    }
    bool done = zp_archive_begin(archive, error) && change(archive, &one, &other, is_one, error) &&
                forget(archive, &one, error) && forget(archive, &other, error) &&
                zp_years_judge(archive, rulebook, one.project, one.unit, error) &&
                zp_years_judge(archive, rulebook, other.project, other.unit, error) &&
                zp_archive_commit(archive, error);
    if (!done)
        zp_archive_rollback(archive);
    return done;
}
