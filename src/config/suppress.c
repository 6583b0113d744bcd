/*
 * suppress.c - does a suppression name this finding's rule, path, project and indicator?
 *
 * Names are compared folded (white space, width and case do not count), as labels are.
 */
#include "config/suppress.h"

#include <string.h>

static const char INDICATORS[] = "/indicators/";

static bool is_alike(const char *wanted, const char *text)
{
    g_autoptr(GString) a = g_string_new(NULL);
    g_autoptr(GString) b = g_string_new(NULL);
    zp_text_append_folded(a, wanted, strlen(wanted));
    zp_text_append_folded(b, text ? text : "", text ? strlen(text) : 0);
    return g_string_equal(a, b);
}

/* The name of the indicator that a pointer leads to; NULL when it leads elsewhere. */
static const char *indicator_of(const ZpForm *form, const char *pointer)
{
    if (!pointer || !g_str_has_prefix(pointer, INDICATORS))
        return NULL;
    guint64 row = g_ascii_strtoull(pointer + strlen(INDICATORS), NULL, 10);
    return row < form->indicators->len ? zp_form_indicator(form, row)->level3.text : NULL;
}

static bool names(const ZpWhere *where, const ZpForm *form, const ZpFinding *finding)
{
    if (!where->project && !where->indicator)
        return true;
    if (!form || (where->project && !is_alike(where->project, form->project.text)))
        return false;
    const char *indicator = indicator_of(form, finding->pointer);
    return !where->indicator || (indicator && is_alike(where->indicator, indicator));
}

static void apply(ZpSuppression *suppression, const GPtrArray *forms, ZpReport *report)
{
    for (guint k = 0; k < report->findings->len; k++) {
        ZpFinding *finding = g_ptr_array_index(report->findings, k);
        bool has_form = finding->form >= 0 && forms && (guint)finding->form < forms->len;
        const ZpForm *form = has_form ? g_ptr_array_index(forms, finding->form) : NULL;
        if (finding->rule != suppression->rule || finding->suppressed ||
            !names(&suppression->where, form, finding))
            continue;
        suppression->has_hit = true;
        if (!suppression->expired)
            finding->suppressed = suppression->reason;
    }
}

void zp_suppress(const ZpSettings *settings, const char *path, const GPtrArray *forms,
                 ZpReport *report)
{
    for (guint k = 0; k < settings->suppressions->len; k++) {
        ZpSuppression *suppression = g_ptr_array_index(settings->suppressions, k);
        if (!zp_settings_path_fits(settings, &suppression->where, path))
            continue;
        suppression->was_due = true;
        apply(suppression, forms, report);
    }
}
