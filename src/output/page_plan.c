/*
 * page_plan.c - pages for departments and units, the largest first.
 *
 * A page has a fixed size beside its forms (its scripts), so there are ZP_LIMIT_REPORT_PAGES of them at most: the
 * smaller ones then share pages, each as full as one may be.
 */
#include "output/page_plan.h"

#include "base/name.h"
#include "output/unjudged.h"

#include <string.h>

ZpPageTally zp_page_tally(const ZpResult *result, guint index)
{
    const ZpForm *form = g_ptr_array_index(result->forms, index);
    const ZpVerdict *verdict = g_ptr_array_index(result->report->verdicts, index);
    ZpPageTally tally = {.forms = 1,
                         .unjudged = zp_unjudged_count(result->report, (int)index),
                         .repairs = form->repairs->len,
                         .rates = {verdict->rates.n, verdict->rates.n_up, verdict->rates.n_cut}};
    for (guint k = 0; k < result->report->findings->len; k++) {
        const ZpFinding *finding = g_ptr_array_index(result->report->findings, k);
        if (finding->form != (int)index)
            continue;
        bool counts = zp_finding_counts(finding);
        tally.lost += ZP_RULES[finding->rule].code[0] == 'D';
        tally.suppressed += finding->suppressed != NULL;
        tally.known += !counts && !finding->suppressed;
        tally.by_severity[finding->severity] += counts;
        tally.by_rule[finding->rule] += counts;
    }
    return tally;
}

void zp_page_tally_add(ZpPageTally *sum, const ZpPageTally *more)
{
    /* All members are counts of one width. */
    guint32 *to = (guint32 *)sum;
    const guint32 *from = (const guint32 *)more;
    for (gsize k = 0; k < sizeof *sum / sizeof *to; k++)
        to[k] += from[k];
}

static void free_unit(gpointer data)
{
    ZpPageUnit *unit = data;
    g_free(unit->department);
    g_free(unit->unit);
    g_free(unit);
}

static void free_sheet(gpointer data)
{
    g_free(((ZpPageSheet *)data)->name);
    g_free(data);
}

ZpPagePlan *zp_page_plan_new(void)
{
    ZpPagePlan *plan = g_new0(ZpPagePlan, 1);
    plan->units = g_ptr_array_new_with_free_func(free_unit);
    plan->sheets = g_ptr_array_new_with_free_func(free_sheet);
    plan->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return plan;
}

void zp_page_plan_free(ZpPagePlan *plan)
{
    if (!plan)
        return;
    g_hash_table_unref(plan->by_name);
    g_ptr_array_unref(plan->sheets);
    g_ptr_array_unref(plan->units);
    g_free(plan);
}

guint zp_page_plan_add(ZpPagePlan *plan, const ZpForm *form, const ZpPageTally *tally)
{
    const char *department = form->department.text ? form->department.text : "";
    const char *name = form->unit.text ? form->unit.text : "";
    g_autofree char *key = g_strdup_printf("%zu %s%s", strlen(department), department, name);
    gpointer found;
    guint place = plan->units->len;
    if (g_hash_table_lookup_extended(plan->by_name, key, NULL, &found)) {
        place = GPOINTER_TO_UINT(found);
    } else {
        ZpPageUnit *unit = g_new0(ZpPageUnit, 1);
        unit->department = *department ? g_strdup(department) : NULL;
        unit->unit = *name ? g_strdup(name) : NULL;
        g_ptr_array_add(plan->units, unit);
        g_hash_table_insert(plan->by_name, g_steal_pointer(&key), GUINT_TO_POINTER(place));
    }
    zp_page_tally_add(&((ZpPageUnit *)plan->units->pdata[place])->tally, tally);
    return place;
}

/* --- the pages --- */

/* Units that belong together: those of a department, or one. */
typedef struct {
    GPtrArray *units; /* of ZpPageUnit, borrowed */
    guint n, order;
} Group;

typedef struct {
    ZpPagePlan *plan;
    guint most_forms, most_pages;
    ZpLang lang;
    GHashTable *taken;   /* names of files */
    ZpPageSheet *shared; /* (nullable) the page that is being filled */
} Making;

static void free_group(gpointer data)
{
    g_ptr_array_unref(((Group *)data)->units);
    g_free(data);
}

static gint larger_first(gconstpointer a, gconstpointer b)
{
    const Group *one = *(Group *const *)a, *other = *(Group *const *)b;
    if (one->n != other->n)
        return one->n < other->n ? 1 : -1;
    return one->order < other->order ? -1 : one->order > other->order;
}

static void add_to_group(GPtrArray *groups, GHashTable *by_name, const char *name, ZpPageUnit *unit)
{
    Group *group = g_hash_table_lookup(by_name, name);
    if (!group) {
        group = g_new0(Group, 1);
        group->units = g_ptr_array_new();
        group->order = groups->len;
        g_ptr_array_add(groups, group);
        g_hash_table_insert(by_name, (gpointer)name, group);
    }
    g_ptr_array_add(group->units, unit);
    group->n += unit->tally.forms;
}

/* Groups of units by department, or each alone. */
static GPtrArray *groups_of(const GPtrArray *units, bool by_department)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func(free_group);
    g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint k = 0; k < units->len; k++) {
        ZpPageUnit *unit = g_ptr_array_index(units, k);
        const char *name = by_department ? unit->department : unit->unit;
        add_to_group(groups, by_name, name ? name : "", unit);
    }
    g_ptr_array_sort(groups, larger_first);
    return groups;
}

static ZpPageSheet *add_sheet(Making *making, const ZpPageSheet *sheet)
{
    const char *none = zp_lang_pick(making->lang, "没有写明", "not said");
    const char *department = sheet->department ? sheet->department : none;
    ZpPageSheet *own = g_memdup2(sheet, sizeof *sheet);
    g_autoptr(GString) text = g_string_new(department);
    if (sheet->is_shared)
        g_string_assign(text, zp_lang_pick(making->lang, "其他", "others"));
    else if (!sheet->is_whole)
        g_string_append_printf(text, "-%s", sheet->unit ? sheet->unit : none);
    if (sheet->part)
        g_string_append_printf(text, "-%u", sheet->part);
    g_autofree char *name = zp_name_of(text->str, making->taken);
    own->name = g_strconcat(name, ".html", NULL);
    g_ptr_array_add(making->plan->sheets, own);
    return own;
}

/* A unit that is more than a page. */
static void add_parts(Making *making, ZpPageUnit *unit)
{
    unit->first = making->plan->sheets->len;
    for (guint left = unit->tally.forms, part = 1; left > 0; part++) {
        guint n = MIN(left, making->most_forms);
        add_sheet(making,
                  &(ZpPageSheet){
                      .department = unit->department, .unit = unit->unit, .part = part, .n = n});
        left -= n;
    }
}

static void add_group(Making *making, const Group *group, bool is_whole)
{
    const ZpPageUnit *first = g_ptr_array_index(group->units, 0);
    ZpPageSheet *sheet = NULL;
    if (making->plan->sheets->len < making->most_pages) {
        sheet = add_sheet(making, &(ZpPageSheet){.department = first->department,
                                                 .unit = is_whole ? NULL : first->unit,
                                                 .is_whole = is_whole});
    } else if (making->shared && making->shared->n + group->n <= making->most_forms) {
        sheet = making->shared;
    } else {
        sheet = making->shared = add_sheet(making, &(ZpPageSheet){.is_shared = true});
    }
    sheet->n += group->n;
    guint place = 0;
    g_ptr_array_find(making->plan->sheets, sheet, &place);
    for (guint k = 0; k < group->units->len; k++)
        ((ZpPageUnit *)g_ptr_array_index(group->units, k))->first = place;
}

void zp_page_plan_make(ZpPagePlan *plan, guint most_forms, guint most_pages, ZpLang lang)
{
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Making making = {.plan = plan,
                     .most_forms = most_forms,
                     .most_pages = most_pages,
                     .lang = lang,
                     .taken = taken};
    g_autoptr(GPtrArray) departments = groups_of(plan->units, true);
    for (guint k = 0; k < departments->len; k++) {
        const Group *department = g_ptr_array_index(departments, k);
        if (department->n <= most_forms) {
            add_group(&making, department, true);
            continue;
        }
        g_autoptr(GPtrArray) units = groups_of(department->units, false);
        for (guint i = 0; i < units->len; i++) {
            const Group *unit = g_ptr_array_index(units, i);
            if (unit->n <= most_forms)
                add_group(&making, unit, false);
            else
                add_parts(&making, g_ptr_array_index(unit->units, 0));
        }
    }
}

guint zp_page_plan_next(ZpPageUnit *unit, guint most_forms)
{
    return unit->first + unit->seen++ / most_forms;
}
