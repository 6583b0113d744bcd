/*
 * own.c - a mark for each format that a report is read in.
 */
#include "parsers/own.h"

#include "base/limits.h"
#include "parsers/ooxml/package.h"

#include <string.h>

const ZpKind ZP_OWN_REPORT = {"report", "ziping 自己写的报告", "a report of ziping", NULL, NULL,
                              NULL};

/* src/output: page.c, markdown.c, text_totals.c */
#define GENERATOR "<meta name=\"generator\" content=\"ziping\">"
#define HEADING   "## ziping\n"
#define TOTALS                                                                                                \
    "(?m)^(?:[0-9]+ 个文件 [0-9]+ 张表：错误 [0-9]+，警告|[0-9]+ forms? in [0-9]+ files?: [0-9]+ " \
    "errors?, )"
#define CREATOR "<dc:creator>ziping</dc:creator>"

/* At most so much of the beginning or the end is looked at. */
static char *piece(GBytes *input, bool is_end)
{
    gsize size = 0;
    const char *data = g_bytes_get_data(input, &size);
    gsize length = MIN(size, ZP_LIMIT_PROBE_BYTES);
    if (!data) /* an empty file */
        return g_strdup("");
    return g_utf8_make_valid(is_end ? data + size - length : data, (gssize)length);
}

static bool is_page(GBytes *input)
{
    g_autofree char *head = piece(input, false);
    return strstr(head, GENERATOR) != NULL;
}

static bool is_markdown(GBytes *input)
{
    g_autofree char *head = piece(input, false);
    return g_str_has_prefix(head, HEADING);
}

static bool is_text(GBytes *input)
{
    g_autofree char *tail = piece(input, true);
    return g_regex_match_simple(TOTALS, tail, 0, 0);
}

static bool is_workbook(GBytes *input)
{
    g_autoptr(ZpPackage) package = zp_package_open(input, "", "", NULL);
    const char *name = package ? zp_package_related(package, "", "core-properties") : NULL;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    if (!name)
        return false;
    g_ptr_array_add(names, (gpointer)name);
    GBytes *part = zp_package_load(package, names, NULL) ? zp_package_part(package, name) : NULL;
    gsize size = 0;
    const char *data = part ? g_bytes_get_data(part, &size) : NULL;
    return data && memmem(data, size, CREATOR, strlen(CREATOR));
}

bool zp_own_data(GBytes *input)
{
    /* src/output: report_json.c, check_csv.c */
    static const char *const STARTS[] = {"{\"schema\": \"ziping/check/",
                                         "path,form,project,unit,year,severity,code,name,pointer,"};
    gsize size = 0;
    const char *data = g_bytes_get_data(input, &size);
    for (gsize k = 0; data && k < G_N_ELEMENTS(STARTS); k++) {
        if (size >= strlen(STARTS[k]) && memcmp(data, STARTS[k], strlen(STARTS[k])) == 0)
            return true;
    }
    return false;
}

const ZpKind *zp_own_report(GBytes *input, const char *format)
{
    static const struct {
        const char *format;
        bool (*is_own)(GBytes *input);
    } MARKS[] = {
        {"html", is_page}, {"markdown", is_markdown}, {"text", is_text}, {"xlsx", is_workbook}};
    for (gsize k = 0; k < G_N_ELEMENTS(MARKS); k++) {
        if (strcmp(MARKS[k].format, format) == 0)
            return MARKS[k].is_own(input) ? &ZP_OWN_REPORT : NULL;
    }
    return NULL;
}
