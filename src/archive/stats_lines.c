/*
 * stats_lines.c - a time line a project: execution rate and total score of each year, drawn and as a table.
 *
 *     120 |                          ● total score, joined by a line
 *         |  ●────●                  ■ execution rate, joined by a dashed line
 *     100 |  ■- - ■                  a step a year; a year without a form has a gap
 *       0 +--2021-2022
 *
 * Linked names are one project, as in years.c.  Both are of a hundred, so they share the axis; what is past 120 is
 * drawn at 120, and its figure is in the table.
 */
#include "archive/stats_parts.h"

#include "archive/years.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "output/escape.h"

#include <string.h>

/* Of the drawing. */
#define HEIGHT 150
#define STEP   70
#define LEFT   40
#define TOP    10
#define HIGH   120

static const char PROJECTS[] = "SELECT project_key, unit_key FROM form WHERE project_key <> '' AND "
                               "unit_key <> '' AND year IS NOT NULL "
                               "GROUP BY project_key, unit_key HAVING count(DISTINCT year) > 1 "
                               "OR EXISTS (SELECT 1 FROM link WHERE link.project_key = "
                               "form.project_key AND link.unit_key = form.unit_key) "
                               "OR EXISTS (SELECT 1 FROM link WHERE to_project_key = "
                               "form.project_key AND to_unit_key = form.unit_key) "
                               "ORDER BY count(DISTINCT year) DESC, project_key, unit_key LIMIT ?";

static const char FORMS[] = ZP_YEARS_SAME
    "SELECT form.id, year, project, unit, budget, executed, currency_unit, total_score, "
    "recomputed_total, "
    "(SELECT count(*) FROM finding WHERE form_id = form.id AND severity = 'error'), "
    "(SELECT count(*) FROM finding WHERE form_id = form.id AND severity = 'warning'), "
    "(SELECT budget_value FROM fund WHERE form_id = form.id AND source = 'total' ORDER BY number "
    "LIMIT 1), "
    "(SELECT executed_value FROM fund WHERE form_id = form.id AND source = 'total' ORDER BY number "
    "LIMIT 1) "
    "FROM same JOIN form USING (project_key, unit_key) WHERE year IS NOT NULL ORDER BY year, "
    "form.id LIMIT ?3";

/* A form of the project. */
typedef struct {
    gint64 id, year;
    GPtrArray *texts; /* of char * (NULL: nothing), the columns from project on */
    char *rate;       /* percent, two places; NULL: unknown */
} Point;

static void clear_point(gpointer data)
{
    Point *point = data;
    g_ptr_array_unref(point->texts);
    g_free(point->rate);
}

static bool parse(const char *text, ZpDecimal *out)
{
    return text && zp_decimal_parse(text, strlen(text), out);
}

static char *rate_of(const char *budget, const char *executed)
{
    ZpDecimal whole, part, rate;
    char buffer[ZP_DECIMAL_TEXT_MAX];
    if (!parse(budget, &whole) || !parse(executed, &part) || zp_decimal_sign(whole) <= 0 ||
        !zp_decimal_multiply(part, zp_decimal_from_int(100), &part) ||
        !zp_decimal_divide(part, whole, 2, ZP_ROUND_HALF_UP, &rate))
        return NULL;
    return g_strdup(zp_decimal_print(rate, buffer));
}

enum { PROJECT, UNIT, BUDGET, EXECUTED, CURRENCY, SCORE, RECOMPUTED, ERRORS, WARNINGS, TEXTS };

static bool read_points(ZpArchive *archive, const char *project, const char *unit, GArray *points,
                        GError **error)
{
    bool done;
    sqlite3_stmt *statement =
        zp_archive_bind(archive, error, FORMS, "tti", project, unit, (gint64)ZP_LIMIT_HISTORY);
    while (zp_archive_row(archive, statement, &done, error)) {
        g_autofree char *budget = zp_archive_text(statement, 2 + TEXTS),
                        *executed = zp_archive_text(statement, 3 + TEXTS);
        Point point = {.id = sqlite3_column_int64(statement, 0),
                       .year = sqlite3_column_int64(statement, 1),
                       .texts = g_ptr_array_new_with_free_func(g_free),
                       .rate = rate_of(budget, executed)};
        for (int k = 0; k < TEXTS; k++)
            g_ptr_array_add(point.texts, zp_archive_text(statement, 2 + k));
        g_array_append_val(points, point);
    }
    return done;
}

/* --- the drawing --- */

/* Where a figure stands, from the top; false for what is no number. */
static bool height_of(const char *text, int *y)
{
    ZpDecimal number, whole;
    if (!parse(text, &number) || !zp_decimal_round(number, 0, ZP_ROUND_HALF_UP, &whole))
        return false;
    int value = zp_decimal_sign(whole) < 0 ? 0 : HIGH;
    if (zp_decimal_compare(whole, zp_decimal_from_int(HIGH)) < 0 && value > 0)
        value = (int)whole.coefficient;
    *y = TOP + (HIGH - value);
    return true;
}

static const char *figure_of(const Point *point, bool is_rate)
{
    return is_rate ? point->rate : g_ptr_array_index(point->texts, SCORE);
}

/* Marks, and the line between those of years that follow each other. */
static void put_series(GString *out, const GArray *points, bool is_rate)
{
    gint64 first = g_array_index(points, Point, 0).year;
    const char *name = is_rate ? "rate" : "score";
    int last_x = 0, last_y = 0;
    for (guint k = 0; k < points->len; k++) {
        const Point *point = &g_array_index(points, Point, k);
        int y = 0, x = LEFT + STEP / 2 + STEP * (int)(point->year - first);
        if (!height_of(figure_of(point, is_rate), &y))
            continue;
        if (last_x == x - STEP)
            g_string_append_printf(out, "<polyline class=\"%s\" points=\"%d,%d %d,%d\"/>", name,
                                   last_x, last_y, x, y);
        if (is_rate)
            g_string_append_printf(
                out, "<rect class=\"rate\" x=\"%d\" y=\"%d\" width=\"8\" height=\"8\"/>", x - 4,
                y - 4);
        else
            g_string_append_printf(out, "<circle class=\"score\" cx=\"%d\" cy=\"%d\" r=\"4\"/>", x,
                                   y);
        last_x = x;
        last_y = y;
    }
    g_string_append_c(out, '\n');
}

/* Nothing is drawn where the years are further apart than a page is wide. */
static void put_drawing(GString *out, const GArray *points)
{
    gint64 first = g_array_index(points, Point, 0).year;
    gint64 last = g_array_index(points, Point, points->len - 1).year;
    if (first < 0 || last - first >= (gint64)ZP_LIMIT_STATS_YEARS)
        return;
    int width = LEFT + STEP * (int)(last - first + 1);
    g_string_append_printf(
        out,
        "<div class=\"scroll\" tabindex=\"0\"><svg width=\"%d\" height=\"%d\" viewBox=\"0 0 %d "
        "%d\" aria-hidden=\"true\">\n",
        width, HEIGHT, width, HEIGHT);
    for (int value = 0; value <= 100; value += 50)
        g_string_append_printf(
            out, "<text x=\"0\" y=\"%d\">%d</text><line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
            TOP + HIGH - value + 4, value, LEFT, TOP + HIGH - value, width, TOP + HIGH - value);
    for (gint64 year = first; year <= last; year++)
        g_string_append_printf(out, "<text x=\"%d\" y=\"%d\">%" G_GINT64_FORMAT "</text>",
                               LEFT + STEP / 2 - 14 + STEP * (int)(year - first), HEIGHT - 4, year);
    g_string_append_c(out, '\n');
    put_series(out, points, false);
    put_series(out, points, true);
    g_string_append(out, "</svg></div>\n");
}

/* --- the table --- */

static void put_points(GString *out, const GArray *points)
{
    static const StatsWord CAPTION = {"● 填报总分，■ 执行率（%）",
                                      "● stated total score, ■ execution rate (%)"};
    static const StatsWord COLUMNS[] = {
        {"年度", "year"},           {"编号", "number"},           {"项目名称", "project"},
        {"实施单位", "unit"},       {"全年预算数", "budget"},     {"全年执行数", "executed"},
        {"金额单位", "amounts in"}, {"填报总分", "stated total"}, {"重算总分", "recomputed"},
        {"错误", "errors"},         {"警告", "warnings"},         {"执行率（%）", "rate, %"}};
    stats_table(out, CAPTION, COLUMNS, G_N_ELEMENTS(COLUMNS));
    for (guint k = 0; k < points->len; k++) {
        const Point *point = &g_array_index(points, Point, k);
        g_string_append_printf(out,
                               "<tr><th scope=\"row\">%" G_GINT64_FORMAT
                               "</th><td class=\"number\">%" G_GINT64_FORMAT "</td>",
                               point->year, point->id);
        for (guint i = 0; i < TEXTS; i++)
            stats_text(
                out, i == PROJECT || i == UNIT || i == CURRENCY ? "<td>" : "<td class=\"number\">",
                g_ptr_array_index(point->texts, i), "</td>");
        stats_text(out, "<td class=\"number\">", point->rate, "</td></tr>\n");
    }
    g_string_append(out, "</tbody></table></div>\n");
}

/* --- which projects --- */

static bool put_project(ZpArchive *archive, GString *out, GHashTable *seen, char **names,
                        GError **error)
{
    g_autoptr(GArray) points = g_array_new(FALSE, FALSE, sizeof(Point));
    g_array_set_clear_func(points, clear_point);
    if (!read_points(archive, names[0], names[1], points, error))
        return false;
    /* Under another of its names it was here already. */
    if (points->len == 0 || g_hash_table_contains(seen, &g_array_index(points, Point, 0).id))
        return true;
    for (guint k = 0; k < points->len; k++)
        g_hash_table_add(seen, g_memdup2(&g_array_index(points, Point, k).id, sizeof(gint64)));
    const Point *last = &g_array_index(points, Point, points->len - 1);
    stats_text(out, "<section><h3>", g_ptr_array_index(last->texts, PROJECT), "</h3>\n");
    put_drawing(out, points);
    put_points(out, points);
    g_string_append(out, "</section>\n");
    return true;
}

static bool list_projects(ZpArchive *archive, GPtrArray *projects, GError **error)
{
    bool done;
    sqlite3_stmt *statement =
        zp_archive_bind(archive, error, PROJECTS, "i", (gint64)ZP_LIMIT_STATS_PROJECTS + 1);
    while (zp_archive_row(archive, statement, &done, error)) {
        char **names = g_new0(char *, 3);
        for (int k = 0; names && k < 2; k++)
            names[k] = zp_archive_text(statement, k);
        if (names)
            g_ptr_array_add(projects, names);
    }
    return done;
}

static void put_note(GString *out, guint n)
{
    if (n > 0 && n <= ZP_LIMIT_STATS_PROJECTS)
        return;
    g_autofree char *zh = g_strdup_printf(
        "只画出年度最多的 %u 个项目；其余的用 archive history 查。", ZP_LIMIT_STATS_PROJECTS);
    g_autofree char *en =
        g_strdup_printf("Only the %u projects with most years are drawn; archive history "
                        "knows the others.",
                        ZP_LIMIT_STATS_PROJECTS);
    g_string_append(out, "<p>");
    if (n == 0)
        stats_both(out, "没有哪个项目有两个以上年度的表。",
                   "No project has forms of two years or more.");
    else
        stats_both(out, zh, en);
    g_string_append(out, "</p>\n");
}

bool stats_lines(ZpArchive *archive, GString *out, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autoptr(GPtrArray) projects = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    if (!list_projects(archive, projects, error))
        return false;
    put_note(out, projects->len);
    for (guint k = 0; k < MIN(projects->len, ZP_LIMIT_STATS_PROJECTS); k++) {
        if (!put_project(archive, out, seen, g_ptr_array_index(projects, k), error))
            return false;
    }
    return true;
}

/* --- pieces of mark-up in both languages --- */

void stats_both(GString *out, const char *zh, const char *en)
{
    g_string_append_printf(out,
                           "<span class=\"zh\" lang=\"zh-CN\">%s</span>"
                           "<span class=\"en\" lang=\"en\">%s</span>",
                           zh, en);
}

void stats_text(GString *out, const char *open, const char *text, const char *close)
{
    g_string_append(out, open);
    zp_escape_xml(out, text ? text : "");
    g_string_append(out, close);
}

void stats_table(GString *out, StatsWord caption, const StatsWord *columns, gsize n)
{
    g_string_append(out, "<div class=\"scroll\" tabindex=\"0\"><table>\n<caption>");
    stats_both(out, caption.zh, caption.en);
    g_string_append(out, "</caption>\n<thead><tr>");
    for (gsize k = 0; k < n; k++) {
        g_string_append(out, "<th scope=\"col\">");
        stats_both(out, columns[k].zh, columns[k].en);
        g_string_append(out, "</th>");
    }
    g_string_append(out, n > 0 ? "</tr></thead>\n<tbody>\n" : "");
}

void stats_number(GString *out, sqlite3_stmt *statement, int column)
{
    g_autofree char *text = zp_archive_text(statement, column);
    stats_text(out, "<td class=\"number\">", text, "</td>");
}
