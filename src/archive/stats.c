/*
 * stats.c - the page of counts: head, coverage, heat maps.
 *
 *     radio buttons   the language, and the style hides the other: there is no script
 *     coverage        forms of each year as bars; a table by year and department
 *     heat maps       unit × year, rule × year: tables, whose cells are shaded by classes h0 … h5
 *     time lines      stats_lines.c
 *
 * A policy allows the style alone, by its hash, so nothing has a style of its own: shades are classes, and lengths are
 * attributes of SVG.
 */
#include "archive/stats.h"

#include "archive/stats_parts.h"
#include "base/limits.h"
#include "output/plain_page.h"

#include <string.h>

static const char STYLE[] =
    "#zh:checked ~ * .en, #en:checked ~ * .zh { display: none; }\n"
    "body > label { margin-right: 1rem; } body > input { margin: .8rem .3rem 0 0; }\n"
    ".scroll { overflow-x: auto; } .scroll th, .scroll td { overflow-wrap: normal; }\n"
    ".scroll td { min-width: 5rem; } .scroll td.number { min-width: 0; white-space: nowrap; }\n"
    "caption { text-align: left; padding: .3rem 0; } td.none { color: var(--line); text-align: "
    "center; }\n"
    "svg text { fill: var(--ink); font-size: 12px; }\n"
    "svg line { stroke: var(--line); } .bar, .score { fill: var(--accent); } .rate { fill: "
    "var(--warning); }\n"
    "polyline { fill: none; stroke-width: 2; } polyline.score { stroke: var(--accent); fill: none; "
    "}\n"
    "polyline.rate { stroke: var(--warning); fill: none; stroke-dasharray: 5 3; }\n"
    ".h1 { background: #fff4d6; } .h2 { background: #ffe1a8; } .h3 { background: #ffc98a; } .h4 { "
    "background: #ffab85; }\n"
    ".h5 { background: #ff8f85; } .h1, .h2, .h3, .h4, .h5 { color: #1b1b1f; }\n"
    "@media print { @page { size: A4 landscape; margin: 12mm; } body > input, body > label { "
    "display: none; }\n"
    "  .scroll { overflow: visible; } .scroll th, .scroll td { font-size: 8pt; padding: .1rem "
    ".3rem; min-width: 0; }\n"
    "  svg, tr { break-inside: avoid; } h2, h3, caption { break-after: avoid; }\n"
    "  td, rect, circle { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }\n";

static void end_table(GString *out)
{
    g_string_append(out, "</tbody></table></div>\n");
}

static void put_heading(GString *out, const char *zh, const char *en)
{
    g_string_append(out, "<h2>");
    stats_both(out, zh, en);
    g_string_append(out, "</h2>\n");
}

/* --- the years --- */

/* The newest, in order; a form without a year is counted under G_MININT64. */
static bool read_years(ZpArchive *archive, GArray *years, GError **error)
{
    bool done;
    sqlite3_stmt *statement = zp_archive_bind(
        archive, error, "SELECT DISTINCT year FROM form ORDER BY year DESC NULLS LAST LIMIT ?", "i",
        (gint64)ZP_LIMIT_STATS_YEARS);
    while (zp_archive_row(archive, statement, &done, error)) {
        bool is_none = sqlite3_column_type(statement, 0) == SQLITE_NULL;
        gint64 year = is_none ? G_MININT64 : sqlite3_column_int64(statement, 0);
        g_array_prepend_val(years, year);
    }
    return done;
}

/* --- coverage --- */

#define FOUND                                                                                      \
    "(SELECT count(*) FROM finding WHERE form_id = form.id AND severity IN ('error', 'warning'))"

/* Forms of each year as bars, the longest 600 wide; the figures stand beside them, and below by department. */
static bool put_bars(ZpArchive *archive, GString *out, const GArray *years, GError **error)
{
    g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(gint64));
    gint64 most = 1;
    for (guint k = 0; k < years->len; k++) {
        bool has_row = false;
        gint64 year = g_array_index(years, gint64, k);
        sqlite3_stmt *statement = zp_archive_bind(
            archive, error,
            "SELECT count(*) FROM form WHERE year IS nullif(?, -9223372036854775807 - 1)", "i",
            year);
        if (!statement || !zp_archive_next(archive, statement, &has_row, error))
            return false;
        gint64 count = has_row ? sqlite3_column_int64(statement, 0) : 0;
        sqlite3_reset(statement);
        most = MAX(most, count);
        g_array_append_val(counts, count);
    }
    g_string_append_printf(
        out,
        "<div class=\"scroll\" tabindex=\"0\"><svg width=\"760\" height=\"%u\" viewBox=\"0 0 "
        "760 %u\" aria-hidden=\"true\">\n",
        24 * years->len, 24 * years->len);
    for (guint k = 0; k < years->len; k++) {
        gint64 count = g_array_index(counts, gint64, k), year = g_array_index(years, gint64, k);
        gint64 width = count * 600 / most;
        g_string_append_printf(out, "<text x=\"0\" y=\"%u\">", 24 * k + 16);
        g_string_append_printf(out, year == G_MININT64 ? "–" : "%" G_GINT64_FORMAT, year);
        g_string_append_printf(
            out,
            "</text><rect class=\"bar\" x=\"60\" y=\"%u\" width=\"%" G_GINT64_FORMAT
            "\" height=\"18\"/><text x=\"%" G_GINT64_FORMAT "\" y=\"%u\">%" G_GINT64_FORMAT
            "</text>\n",
            24 * k + 2, width, width + 66, 24 * k + 16, count);
    }
    g_string_append(out, "</svg></div>\n");
    return true;
}

static void put_coverage_row(GString *out, sqlite3_stmt *statement)
{
    g_autofree char *year = zp_archive_text(statement, 0),
                    *department = zp_archive_text(statement, 1);
    stats_text(out, "<tr><th scope=\"row\">", year ? year : "–", "</th>");
    stats_text(out, "<td>", department ? department : "–", "</td>");
    for (int k = 2; k < 8; k++)
        stats_number(out, statement, k);
    g_string_append(out, "</tr>\n");
}

static bool put_coverage(ZpArchive *archive, GString *out, GError **error)
{
    static const StatsWord COLUMNS[] = {{"年度", "year"},
                                        {"主管部门", "department"},
                                        {"单位", "units"},
                                        {"表", "forms"},
                                        {"预算（元）", "budget, yuan"},
                                        {"执行（元）", "executed, yuan"},
                                        {"错误和警告", "errors and warnings"},
                                        {"没有错误和警告的表", "forms without"}};
    static const StatsWord CAPTION = {
        "按年度和主管部门；金额只计印了金额单位的表",
        "by year and department; amounts of forms that print their currency unit"};
    bool done;
    guint n = 0;
    sqlite3_stmt *statement = zp_archive_bind(
        archive, error,
        "SELECT year, department, count(DISTINCT unit_key), count(*), sum(budget_fen) / 100, "
        "sum(executed_fen) / 100, sum(found), sum(found = 0) FROM (SELECT form.*, " FOUND
        " AS found FROM form) GROUP BY year, department ORDER BY year, count(*) DESC, department",
        "");
    stats_table(out, CAPTION, COLUMNS, G_N_ELEMENTS(COLUMNS));
    while (zp_archive_row(archive, statement, &done, error)) {
        if (n++ < ZP_LIMIT_STATS_ROWS)
            put_coverage_row(out, statement);
    }
    end_table(out);
    return done;
}

/* --- heat maps --- */

/* A cell, and by what it is shaded: @found of @of. */
typedef struct {
    bool is_there;
    gint64 count, found, of;
} Cell;

typedef struct {
    StatsWord caption, corner;
    const char *sql; /* ?1: rows at most; key, label, year, count, found, of; by key */
    guint (*shade)(const Cell *cell); /* 0 … 5 */
    void (*print)(GString *out, const Cell *cell);
} HeatMap;

/* How many of a hundred; no more than that is asked. */
static gint64 percent(gint64 found, gint64 of)
{
    return of > 0 && found > 0 && found <= G_MAXINT64 / 100 ? found * 100 / of : 0;
}

/* Findings a form: none, up to a half, one, two, four, more. */
static guint shade_unit(const Cell *cell)
{
    static const gint64 STEPS[] = {50, 100, 200, 400};
    guint k = cell->found > 0;
    for (gsize i = 0; k > 0 && i < G_N_ELEMENTS(STEPS); i++)
        k += percent(cell->found, cell->of) > STEPS[i];
    return k;
}

/* Of the year's forms: none, up to 1 %, 5 %, 10 %, 25 %, more. */
static guint shade_rule(const Cell *cell)
{
    static const gint64 STEPS[] = {1, 5, 10, 25};
    guint k = cell->found > 0;
    for (gsize i = 0; k > 0 && i < G_N_ELEMENTS(STEPS); i++)
        k += percent(cell->found, cell->of) > STEPS[i];
    return k;
}

static void print_unit(GString *out, const Cell *cell)
{
    g_string_append_printf(out, "%" G_GINT64_FORMAT " / %" G_GINT64_FORMAT, cell->count,
                           cell->found);
}

static void print_rule(GString *out, const Cell *cell)
{
    g_string_append_printf(out, "%" G_GINT64_FORMAT, cell->count);
}

static const HeatMap MAPS[] = {
    {{"每格：表数 / 错误和警告数；颜色越深，平均每张表的错误和警告越多；– 表示这一年没有表",
      "a cell: forms / errors and warnings; the darker, the more of them a form; – where a year "
      "has no form"},
     {"实施单位", "unit"},
     "SELECT unit_key, unit, year, count(*), sum(" FOUND "), count(*) FROM form WHERE unit_key IN "
     "(SELECT unit_key FROM form GROUP BY unit_key ORDER BY count(*) DESC, unit_key LIMIT ?1) "
     "GROUP BY unit_key, year ORDER BY unit_key, year",
     shade_unit,
     print_unit},
    {{"每格：问题数；颜色越深，当年有这个问题的表所占的比例越大",
      "a cell: findings; the darker, the larger the part of the year's forms that have one"},
     {"规则", "rule"},
     "SELECT rule, rule || ' ' || finding.name, year, count(*), count(DISTINCT form_id), (SELECT "
     "count(*) FROM form AS other WHERE other.year IS form.year) FROM finding JOIN form ON form.id "
     "= form_id WHERE rule IN (SELECT rule FROM finding GROUP BY rule ORDER BY count(*) DESC LIMIT "
     "?1) GROUP BY rule, year ORDER BY rule, year",
     shade_rule,
     print_rule},
};

static void put_heat_row(GString *out, const HeatMap *map, const char *label, const GArray *cells)
{
    stats_text(out, "<tr><th scope=\"row\">", label && *label ? label : "–", "</th>");
    for (guint k = 0; k < cells->len; k++) {
        const Cell *cell = &g_array_index(cells, Cell, k);
        if (!cell->is_there) {
            g_string_append(out, "<td class=\"none\">–</td>");
            continue;
        }
        g_string_append_printf(out, "<td class=\"number h%u\">", map->shade(cell));
        map->print(out, cell);
        g_string_append(out, "</td>");
    }
    g_string_append(out, "</tr>\n");
}

static void take_cell(sqlite3_stmt *statement, const GArray *years, GArray *cells)
{
    bool is_none = sqlite3_column_type(statement, 2) == SQLITE_NULL;
    gint64 year = is_none ? G_MININT64 : sqlite3_column_int64(statement, 2);
    for (guint k = 0; k < years->len; k++) {
        if (g_array_index(years, gint64, k) == year)
            g_array_index(cells, Cell, k) =
                (Cell){true, sqlite3_column_int64(statement, 3), sqlite3_column_int64(statement, 4),
                       sqlite3_column_int64(statement, 5)};
    }
}

/* Rows come by key, so a row is complete when the key changes. */
static bool put_heat_rows(ZpArchive *archive, GString *out, const HeatMap *map, const GArray *years,
                          GError **error)
{
    bool has_row = true;
    g_autofree char *key = NULL, *label = NULL;
    g_autoptr(GArray) cells = g_array_new(FALSE, TRUE, sizeof(Cell));
    sqlite3_stmt *statement =
        zp_archive_bind(archive, error, map->sql, "i", (gint64)ZP_LIMIT_STATS_ROWS);
    while (statement && has_row) {
        if (!zp_archive_next(archive, statement, &has_row, error))
            return false;
        char *next = has_row ? zp_archive_text(statement, 0) : NULL;
        if (g_strcmp0(next, key) != 0 || !has_row) {
            if (cells->len > 0)
                put_heat_row(out, map, label, cells);
            g_array_set_size(cells, 0);
            g_free(label);
            label = has_row ? zp_archive_text(statement, 1) : NULL;
        }
        g_free(key);
        key = next;
        g_array_set_size(cells, years->len);
        if (has_row)
            take_cell(statement, years, cells);
    }
    return statement != NULL;
}

static bool put_heat(ZpArchive *archive, GString *out, const HeatMap *map, const GArray *years,
                     GError **error)
{
    stats_table(out, map->caption, &map->corner, 1);
    /* The columns are years, which are the same in both languages. */
    g_string_truncate(out, out->len - strlen("</tr></thead>\n<tbody>\n"));
    for (guint k = 0; k < years->len; k++) {
        g_string_append(out, "<th scope=\"col\">");
        gint64 year = g_array_index(years, gint64, k);
        if (year == G_MININT64)
            stats_both(out, "无年度", "no year");
        else
            g_string_append_printf(out, "%" G_GINT64_FORMAT, year);
        g_string_append(out, "</th>");
    }
    g_string_append(out, "</tr></thead>\n<tbody>\n");
    bool done = put_heat_rows(archive, out, map, years, error);
    end_table(out);
    return done;
}

/* --- the whole --- */

/* What the page leaves out of a large archive. */
static void put_limits(ZpArchive *archive, GString *out)
{
    gint64 units = zp_archive_number(archive, "SELECT count(DISTINCT unit_key) FROM form");
    gint64 years = zp_archive_number(archive, "SELECT count(DISTINCT year) FROM form");
    if (units <= ZP_LIMIT_STATS_ROWS && years <= ZP_LIMIT_STATS_YEARS)
        return;
    g_autofree char *zh = g_strdup_printf("档案库有 %" G_GINT64_FORMAT " 个单位、%" G_GINT64_FORMAT
                                          " 个年度；只列出表最多的 %u 个单位和最近的 %u "
                                          "个年度，全部用 archive stats、archive query 查。",
                                          units, years, ZP_LIMIT_STATS_ROWS, ZP_LIMIT_STATS_YEARS);
    g_autofree char *en =
        g_strdup_printf("The archive has %" G_GINT64_FORMAT " units and %" G_GINT64_FORMAT
                        " years: only the %u units with most forms and the last %u years are here; "
                        "archive stats and archive query know all.",
                        units, years, ZP_LIMIT_STATS_ROWS, ZP_LIMIT_STATS_YEARS);
    g_string_append(out, "<p>");
    stats_both(out, zh, en);
    g_string_append(out, "</p>\n");
}

static void put_totals(ZpArchive *archive, GString *out)
{
    static const struct {
        StatsWord word;
        const char *sql;
    } ROWS[] = {
        {{"文件", "documents"}, "SELECT count(*) FROM document"},
        {{"表", "forms"}, "SELECT count(*) FROM form"},
        {{"单位", "units"}, "SELECT count(DISTINCT unit_key) FROM form"},
        {{"项目", "projects"},
         "SELECT count(*) FROM (SELECT 1 FROM form GROUP BY project_key, unit_key)"},
        {{"错误", "errors"}, "SELECT count(*) FROM finding WHERE severity = 'error'"},
        {{"警告", "warnings"}, "SELECT count(*) FROM finding WHERE severity = 'warning'"},
        {{"提示", "notes"}, "SELECT count(*) FROM finding WHERE severity = 'note'"},
    };
    g_string_append(out, "<dl id=\"totals\">\n");
    for (gsize k = 0; k < G_N_ELEMENTS(ROWS); k++) {
        g_string_append(out, "<div><dt>");
        stats_both(out, ROWS[k].word.zh, ROWS[k].word.en);
        g_string_append_printf(out, "</dt><dd>%" G_GINT64_FORMAT "</dd></div>\n",
                               zp_archive_number(archive, ROWS[k].sql));
    }
    g_string_append(out, "</dl>\n");
}

bool zp_stats_page(ZpArchive *archive, ZpLang lang, GString *out, GError **error)
{
    g_autoptr(GArray) years = g_array_new(FALSE, FALSE, sizeof(gint64));
    bool is_zh = lang == ZP_LANG_ZH;
    g_autofree char *style = zp_plain_page_style(STYLE);
    zp_plain_page_begin(out, is_zh ? "zh-CN" : "en",
                        is_zh ? "绩效自评表档案统计" : "Archive of self-evaluation forms", style);
    g_string_append_printf(out,
                           "<input type=\"radio\" name=\"language\" id=\"zh\"%s><label for=\"zh\" "
                           "lang=\"zh-CN\">中文</label>\n"
                           "<input type=\"radio\" name=\"language\" id=\"en\"%s><label for=\"en\" "
                           "lang=\"en\">English</label>\n"
                           "<main>\n<h1>",
                           is_zh ? " checked" : "", is_zh ? "" : " checked");
    stats_both(out, "绩效自评表档案统计", "Archive of self-evaluation forms");
    g_string_append(out, "</h1>\n");
    put_totals(archive, out);
    if (!read_years(archive, years, error))
        return false;
    put_limits(archive, out);
    put_heading(out, "覆盖", "Coverage");
    if (!put_bars(archive, out, years, error) || !put_coverage(archive, out, error))
        return false;
    put_heading(out, "单位 × 年度", "Units by year");
    if (!put_heat(archive, out, &MAPS[0], years, error))
        return false;
    put_heading(out, "规则 × 年度", "Rules by year");
    if (!put_heat(archive, out, &MAPS[1], years, error))
        return false;
    put_heading(out, "项目历年", "Projects over the years");
    if (!stats_lines(archive, out, error))
        return false;
    g_string_append(out, "</main>\n</body>\n</html>\n");
    return true;
}
