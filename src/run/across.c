/*
 * across.c - which earlier form is the same, contradicts, or has the same text.
 *
 * A form is a record of 40 bytes in a block that never moves; three sets of GLib, which take 12
 * bytes a bucket, find records by a part of them:
 *
 *     firsts    year, unit, project             the first form of that identity
 *     versions  … and figures                   first forms of other figures under an identity
 *     texts     实际完成情况                    the first form with that text
 *
 * A form is entered in `firsts` or in `versions`, never in both, so it has two entries at most.  A
 * set is at least three eighths full after it has grown: two entries take 2 · 12 · 8/3 = 64 bytes,
 * the record 40.
 */
#include "run/across.h"

#include "rulebook/catalogue.h"

#include <string.h>

/* Beginnings of the digests of the figures, one a block. */
typedef struct {
    guint8 funds[3], indicators[3], total[2];
} Figures;

typedef struct {
    guint64 identity, goals; /* beginnings of the digests */
    Figures figures;
    guint32 project;
    guint32 path;  /* index of its file's path */
    guint32 form;  /* in that file */
    guint32 other; /* of a text's first form: index + 1 of the first one of another project */
} Record;

G_STATIC_ASSERT(sizeof(Record) == 40);

/* Records of one block. */
#define BLOCK_RECORDS 256
struct ZpAcross {
    GPtrArray *blocks; /* of Record[BLOCK_RECORDS] */
    guint32 n_records;
    GPtrArray *paths;
    GHashTable *firsts, *versions, *texts; /* of Record */
};

static guint hash_identity(gconstpointer key)
{
    const Record *record = key;
    return (guint)record->identity;
}

static gboolean same_identity(gconstpointer a, gconstpointer b)
{
    const Record *one = a, *other = b;
    return one->identity == other->identity;
}

static bool same_figures(const Figures *one, const Figures *other)
{
    return memcmp(one, other, sizeof *one) == 0;
}

static guint hash_version(gconstpointer key)
{
    const Record *record = key;
    guint64 figures;
    memcpy(&figures, &record->figures, sizeof figures);
    return (guint)(record->identity ^ figures);
}

static gboolean same_version(gconstpointer a, gconstpointer b)
{
    const Record *one = a, *other = b;
    return one->identity == other->identity && same_figures(&one->figures, &other->figures);
}

static guint hash_text(gconstpointer key)
{
    const Record *record = key;
    return (guint)record->goals;
}

static gboolean same_text(gconstpointer a, gconstpointer b)
{
    const Record *one = a, *other = b;
    return one->goals == other->goals;
}

ZpAcross *zp_across_new(void)
{
    ZpAcross *across = g_new0(ZpAcross, 1);
    across->blocks = g_ptr_array_new_with_free_func(g_free);
    across->paths = g_ptr_array_new_with_free_func(g_free);
    across->firsts = g_hash_table_new(hash_identity, same_identity);
    across->versions = g_hash_table_new(hash_version, same_version);
    across->texts = g_hash_table_new(hash_text, same_text);
    return across;
}

void zp_across_free(ZpAcross *across)
{
    if (!across)
        return;
    g_hash_table_unref(across->firsts);
    g_hash_table_unref(across->versions);
    g_hash_table_unref(across->texts);
    g_ptr_array_unref(across->blocks);
    g_ptr_array_unref(across->paths);
    g_free(across);
}

static Record *record_at(const ZpAcross *across, guint32 index)
{
    Record *block = g_ptr_array_index(across->blocks, index / BLOCK_RECORDS);
    return &block[index % BLOCK_RECORDS];
}

static Record *keep(ZpAcross *across, const Record *record)
{
    if (across->n_records % BLOCK_RECORDS == 0)
        g_ptr_array_add(across->blocks, g_new0(Record, BLOCK_RECORDS));
    Record *kept = record_at(across, across->n_records++);
    *kept = *record;
    return kept;
}

/* One form under way: its keys, its place among the others, where its findings go. */
typedef struct {
    ZpAcross *across;
    const ZpForm *form;
    const ZpFormKeys *keys;
    ZpReport *report;
    ZpChecks *checks;
    Record probe;
    Record *kept; /* (nullable) once it is remembered */
} Look;

/* The form's own record, made when the first set needs it. */
static Record *own_record(Look *look)
{
    if (!look->kept)
        look->kept = keep(look->across, &look->probe);
    return look->kept;
}

static ZpSeverity severity_of(const Look *look, ZpRule rule)
{
    return (ZpSeverity)look->keys->severities[rule - ZP_RULE_X01];
}

static ZpFinding *report(Look *look, ZpRule rule, const char *pointer, const ZpPlace *at,
                         const Record *earlier)
{
    const char *path = g_ptr_array_index(look->across->paths, earlier->path);
    g_autofree char *number = g_strdup_printf("%u", earlier->form + 1);
    g_autofree char *shown = g_filename_display_name(path);
    look->checks->failed++;
    ZpFinding *finding = zp_report_add_finding(look->report);
    finding->rule = rule;
    finding->severity = severity_of(look, rule);
    finding->form = (int)look->form->index;
    finding->pointer = g_strdup(pointer);
    finding->at = *at;
    finding->related_path = g_strdup(path);
    finding->related_form = earlier->form;
    zp_finding_argument(finding, "path", shown, NULL);
    zp_finding_argument(finding, "number", number, NULL);
    return finding;
}

static void cannot(Look *look, ZpRule rule, const char *pointer, const char *zh, const char *en)
{
    look->checks->not_evaluable++;
    ZpUnevaluated *unevaluated = zp_report_add_unevaluated(look->report);
    unevaluated->rule = rule;
    unevaluated->form = (int)look->form->index;
    unevaluated->pointer = g_strdup(pointer);
    unevaluated->zh = zh;
    unevaluated->en = en;
}

/* Names the blocks whose figures differ: 资金、指标. */
static void report_conflict(Look *look, const Record *first)
{
    const Figures *mine = &look->probe.figures, *theirs = &first->figures;
    const struct {
        const char *zh, *en;
        bool differs;
    } blocks[] = {
        {"资金", "the funds", memcmp(mine->funds, theirs->funds, sizeof mine->funds) != 0},
        {"指标", "the indicators",
         memcmp(mine->indicators, theirs->indicators, sizeof mine->indicators) != 0},
        {"总分", "the total row", memcmp(mine->total, theirs->total, sizeof mine->total) != 0},
    };
    g_autoptr(GString) zh = g_string_new(NULL);
    g_autoptr(GString) en = g_string_new(NULL);
    for (guint k = 0; k < G_N_ELEMENTS(blocks); k++) {
        if (!blocks[k].differs)
            continue;
        g_string_append_printf(zh, "%s%s", zh->len ? "、" : "", blocks[k].zh);
        g_string_append_printf(en, "%s%s", en->len ? ", " : "", blocks[k].en);
    }
    ZpFinding *finding = report(look, ZP_RULE_X02, "", &look->form->at, first);
    zp_finding_argument(finding, "blocks", zh->str, en->str);
}

/* The length of a path without its suffix: of its last part only. */
static gsize bare_length(const char *path)
{
    const char *name = strrchr(path, G_DIR_SEPARATOR);
    const char *dot = strrchr(name ? name + 1 : path, '.');
    return dot ? (gsize)(dot - path) : strlen(path);
}

/* One document in two formats: the names are equal but for the suffix. */
static bool is_other_format(const char *one, const char *other)
{
    gsize length = bare_length(one);
    return length == bare_length(other) && memcmp(one, other, length) == 0 &&
           g_ascii_strcasecmp(one + length, other + length) != 0;
}

/* The form of a document and of its own print is no second submission. */
static void report_twin(Look *look, const Record *twin)
{
    const GPtrArray *paths = look->across->paths;
    const char *mine = g_ptr_array_index(paths, look->probe.path);
    ZpFinding *finding = report(look, ZP_RULE_X01, "", &look->form->at, twin);
    if (!is_other_format(g_ptr_array_index(paths, twin->path), mine))
        return;
    finding->severity = MIN(finding->severity, ZP_SEVERITY_NOTE);
    finding->message = "print";
}

static void remember_identity(Look *look, const Record *first, const Record *version)
{
    if (!first)
        g_hash_table_add(look->across->firsts, own_record(look));
    else if (!version && !same_figures(&first->figures, &look->probe.figures))
        g_hash_table_add(look->across->versions, own_record(look));
}

static void compare_identity(Look *look)
{
    static const guint WHOLE = ZP_KEY_IDENTITY | ZP_KEY_FIGURES;
    if ((look->keys->has & WHOLE) != WHOLE) {
        for (ZpRule rule = ZP_RULE_X01; rule <= ZP_RULE_X02; rule++)
            if (severity_of(look, rule) != ZP_SEVERITY_OFF)
                cannot(look, rule, "", "年度、实施单位、项目名称或全部数字空白",
                       "year, unit, project or every figure is blank");
        return;
    }
    const Record *first = g_hash_table_lookup(look->across->firsts, &look->probe);
    const Record *version = g_hash_table_lookup(look->across->versions, &look->probe);
    /* X01 fires at a form of the same figures, X02 at one of others. */
    bool is_same = first && same_figures(&first->figures, &look->probe.figures);
    const Record *twin = is_same ? first : version;
    if (severity_of(look, ZP_RULE_X01) != ZP_SEVERITY_OFF) {
        if (twin)
            report_twin(look, twin);
        else
            look->checks->passed++;
    }
    if (severity_of(look, ZP_RULE_X02) != ZP_SEVERITY_OFF) {
        if (first && !is_same)
            report_conflict(look, first);
        else
            look->checks->passed++;
    }
    remember_identity(look, first, version);
}

/* The first earlier form with this text and another project; NULL: none. */
static const Record *find_copied(Look *look)
{
    Record *first = g_hash_table_lookup(look->across->texts, &look->probe);
    if (!first) {
        g_hash_table_add(look->across->texts, own_record(look));
        return NULL;
    }
    if (first->project == look->probe.project)
        return first->other ? record_at(look->across, first->other - 1) : NULL;
    if (!first->other) {
        own_record(look);
        first->other = look->across->n_records; /* the own record is always the last one */
    }
    return first;
}

static void compare_text(Look *look)
{
    static const char POINTER[] = "/goals/actual";
    if (severity_of(look, ZP_RULE_X03) == ZP_SEVERITY_OFF)
        return;
    if (!(look->keys->has & ZP_KEY_GOALS)) {
        look->checks->not_applicable++;
        return;
    }
    if (!(look->keys->has & ZP_KEY_PROJECT)) {
        cannot(look, ZP_RULE_X03, POINTER, "项目名称空白", "the project is blank");
        return;
    }
    const Record *earlier = find_copied(look);
    if (!earlier) {
        look->checks->passed++;
        return;
    }
    ZpFinding *finding = report(look, ZP_RULE_X03, POINTER, &look->form->goal_actual.at, earlier);
    g_autofree char *count = g_strdup_printf("%u", look->keys->goal_chars);
    zp_finding_argument(finding, "count", count, NULL);
}

/* There is nothing to compare it with, but what comes later, after all, may be compared with it. */
static void remember_alone(Look *look)
{
    static const guint WHOLE = ZP_KEY_IDENTITY | ZP_KEY_FIGURES,
                       TEXT = ZP_KEY_GOALS | ZP_KEY_PROJECT;
    for (ZpRule rule = ZP_RULE_X01; rule <= ZP_RULE_X03; rule++)
        look->checks->not_applicable += severity_of(look, rule) != ZP_SEVERITY_OFF;
    if ((look->keys->has & WHOLE) == WHOLE)
        remember_identity(look, NULL, NULL);
    if ((look->keys->has & TEXT) == TEXT && severity_of(look, ZP_RULE_X03) != ZP_SEVERITY_OFF)
        find_copied(look);
}

static void look_at(ZpAcross *across, guint32 path, const ZpForm *form, guint k, ZpReport *report,
                    bool is_alone)
{
    const ZpFormKeys *keys = &g_array_index(report->keys, ZpFormKeys, k);
    ZpVerdict *verdict = g_ptr_array_index(report->verdicts, k);
    Look look = {.across = across,
                 .form = form,
                 .keys = keys,
                 .report = report,
                 .checks = &verdict->checks,
                 .probe = {.path = path, .form = k}};
    memcpy(&look.probe.identity, keys->identity, sizeof look.probe.identity);
    memcpy(look.probe.figures.funds, keys->funds, sizeof look.probe.figures.funds);
    memcpy(look.probe.figures.indicators, keys->indicators, sizeof look.probe.figures.indicators);
    memcpy(look.probe.figures.total, keys->total, sizeof look.probe.figures.total);
    memcpy(&look.probe.goals, keys->goals, sizeof look.probe.goals);
    memcpy(&look.probe.project, keys->project, sizeof look.probe.project);
    if (is_alone) {
        remember_alone(&look);
        return;
    }
    compare_identity(&look);
    compare_text(&look);
}

void zp_across_add(ZpAcross *across, const char *path, const GPtrArray *forms, ZpReport *report,
                   bool is_alone)
{
    guint n_findings = report->findings->len, n_unevaluated = report->unevaluated->len;
    if (!report->keys->len)
        return;
    g_ptr_array_add(across->paths, g_strdup(path));
    for (guint k = 0; k < report->keys->len; k++)
        look_at(across, across->paths->len - 1, g_ptr_array_index(forms, k), k, report, is_alone);
    if (report->findings->len > n_findings || report->unevaluated->len > n_unevaluated)
        zp_report_sort(report);
}
