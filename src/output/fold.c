/*
 * fold.c - pieces of a report in one long record, and the rates of each unit.
 *
 *     | piece | unit | length | text | piece | unit | length | text | …
 *
 * Up to FOLD_MEMORY the record is a string; then what there is goes to a file without a name
 * and the string begins anew.  Heads are held back while the record is walked until something
 * below them is shown.
 */
#include "output/fold.h"

#include "base/error.h"
#include "rulebook/catalogue.h"

#include <stdio.h>
#include <string.h>

/* Bytes that wait in memory. */
#define FOLD_MEMORY (4u * 1024 * 1024)
/* Fewer notes than this are no shorter as a line of their own. */
#define FOLDED_LEAST 2

#define NO_UNIT G_MAXUINT32

/* The habits that are folded, in the order of ZP_PIECE_UP and ZP_PIECE_CUT. */
static const char *const HABITS[] = {"up", "cut"};

typedef struct {
    char *name;
    ZpRateCounts rates;
    guint n_notes[G_N_ELEMENTS(HABITS)];
} Unit;

typedef struct {
    guint32 piece, unit, length;
} Head;

struct ZpFold {
    GString *record;
    FILE *spill;       /* (nullable) what came before the record */
    guint n_twins;     /* pieces of ZP_PIECE_TWIN */
    GPtrArray *units;  /* of Unit */
    GHashTable *names; /* unit's name → index + 1 */
};

static void unit_free(gpointer data)
{
    Unit *unit = data;
    g_free(unit->name);
    g_free(unit);
}

ZpFold *zp_fold_new(void)
{
    ZpFold *fold = g_new0(ZpFold, 1);
    fold->record = g_string_new(NULL);
    fold->units = g_ptr_array_new_with_free_func(unit_free);
    fold->names = g_hash_table_new(g_str_hash, g_str_equal);
    return fold;
}

void zp_fold_free(ZpFold *fold)
{
    if (!fold)
        return;
    if (fold->spill)
        fclose(fold->spill);
    g_string_free(fold->record, TRUE);
    g_hash_table_unref(fold->names);
    g_ptr_array_unref(fold->units);
    g_free(fold);
}

ZpPiece zp_fold_piece(const ZpFinding *finding)
{
    for (guint k = 0; finding->habit && k < G_N_ELEMENTS(HABITS); k++)
        if (finding->rule == ZP_RULE_F01 && strcmp(finding->habit, HABITS[k]) == 0)
            return (ZpPiece)(ZP_PIECE_UP + k);
    bool is_twin = finding->rule == ZP_RULE_X01 && strcmp(finding->message, "print") == 0;
    return is_twin ? ZP_PIECE_TWIN : ZP_PIECE_FINDING;
}

/* The unit's index, entered when it is new; NO_UNIT for a blank name. */
static guint32 find_unit(ZpFold *fold, const char *name)
{
    if (!name || !*name)
        return NO_UNIT;
    gpointer known = g_hash_table_lookup(fold->names, name);
    if (known)
        return GPOINTER_TO_UINT(known) - 1;
    Unit *unit = g_new0(Unit, 1);
    unit->name = g_strdup(name);
    g_ptr_array_add(fold->units, unit);
    g_hash_table_insert(fold->names, unit->name, GUINT_TO_POINTER(fold->units->len));
    return fold->units->len - 1;
}

void zp_fold_count(ZpFold *fold, const char *unit, const ZpRateCounts *rates)
{
    guint32 index = rates->n ? find_unit(fold, unit) : NO_UNIT;
    if (index == NO_UNIT)
        return;
    Unit *row = g_ptr_array_index(fold->units, index);
    row->rates.n += rates->n;
    row->rates.n_up += rates->n_up;
    row->rates.n_cut += rates->n_cut;
}

static bool set_spill_error(GError **error)
{
    zp_error_set(error, ZP_ERROR_OUTPUT, "报告的临时文件无法读写",
                 "the temporary file of the report cannot be used");
    return false;
}

static bool spill(ZpFold *fold, GError **error)
{
    if (!fold->spill)
        fold->spill = tmpfile();
    if (!fold->spill ||
        fwrite(fold->record->str, 1, fold->record->len, fold->spill) != fold->record->len)
        return set_spill_error(error);
    g_string_truncate(fold->record, 0);
    return true;
}

bool zp_fold_add(ZpFold *fold, ZpPiece piece, const char *unit, const GString *text, GError **error)
{
    Head head = {piece, NO_UNIT, (guint32)text->len};
    if (piece >= ZP_PIECE_UP)
        head.unit = find_unit(fold, unit);
    fold->n_twins += piece == ZP_PIECE_TWIN;
    if (head.unit != NO_UNIT)
        ((Unit *)g_ptr_array_index(fold->units, head.unit))->n_notes[piece - ZP_PIECE_UP]++;
    g_string_append_len(fold->record, (const char *)&head, sizeof head);
    g_string_append_len(fold->record, text->str, (gssize)text->len);
    return fold->record->len < FOLD_MEMORY || spill(fold, error);
}

guint zp_fold_twins(const ZpFold *fold)
{
    return fold->n_twins;
}

/* All rates of the unit fit the habit, and more than a note says so. */
static bool is_folded(const Unit *unit, guint habit)
{
    const guint fitting[] = {unit->rates.n_up, unit->rates.n_cut};
    return unit->n_notes[habit] >= FOLDED_LEAST && fitting[habit] == unit->rates.n;
}

static bool is_hidden(const ZpFold *fold, const Head *head)
{
    if (head->piece == ZP_PIECE_TWIN)
        return true;
    return head->piece >= ZP_PIECE_UP && head->unit != NO_UNIT &&
           is_folded(g_ptr_array_index(fold->units, head->unit), head->piece - ZP_PIECE_UP);
}

/* A walk: where it is, and the heads that nothing was shown below yet. */
typedef struct {
    ZpFold *fold;
    gsize at; /* in the record, once the file is read */
    GString *text, *file, *form;
    ZpFoldShow show;
    gpointer data;
} Walk;

static bool read_bytes(Walk *walk, void *out, gsize size, bool *is_over)
{
    *is_over = false;
    if (walk->fold->spill && walk->at == 0) {
        gsize got = fread(out, 1, size, walk->fold->spill);
        if (got == size)
            return true;
        if (got || ferror(walk->fold->spill))
            return false;
    }
    *is_over = walk->at + size > walk->fold->record->len;
    if (*is_over)
        return true;
    memcpy(out, walk->fold->record->str + walk->at, size);
    walk->at += size;
    return true;
}

static bool show_held(Walk *walk, ZpPiece piece, GString *held, GError **error)
{
    bool done = !held->len || walk->show(piece, held->str, held->len, walk->data, error);
    g_string_truncate(held, 0);
    return done;
}

static bool take_piece(Walk *walk, const Head *head, GError **error)
{
    if (head->piece == ZP_PIECE_FILE)
        g_string_truncate(walk->form, 0);
    if (head->piece == ZP_PIECE_FILE || head->piece == ZP_PIECE_FORM) {
        GString *held = head->piece == ZP_PIECE_FILE ? walk->file : walk->form;
        g_string_truncate(held, 0);
        g_string_append_len(held, walk->text->str, (gssize)walk->text->len);
        return true;
    }
    return is_hidden(walk->fold, head) ||
           (show_held(walk, ZP_PIECE_FILE, walk->file, error) &&
            show_held(walk, ZP_PIECE_FORM, walk->form, error) &&
            walk->show((ZpPiece)head->piece, walk->text->str, walk->text->len, walk->data, error));
}

bool zp_fold_show(ZpFold *fold, ZpFoldShow show, gpointer data, GError **error)
{
    if (fold->spill && (fflush(fold->spill) != 0 || fseek(fold->spill, 0, SEEK_SET) != 0))
        return set_spill_error(error);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) file = g_string_new(NULL);
    g_autoptr(GString) form = g_string_new(NULL);
    Walk walk = {
        .fold = fold, .text = text, .file = file, .form = form, .show = show, .data = data};
    Head head;
    for (bool is_over;;) {
        if (!read_bytes(&walk, &head, sizeof head, &is_over))
            return set_spill_error(error);
        if (is_over)
            return true;
        g_string_set_size(walk.text, head.length);
        if (head.length && !read_bytes(&walk, walk.text->str, head.length, &is_over))
            return set_spill_error(error);
        if (!take_piece(&walk, &head, error))
            return false;
    }
}

bool zp_fold_next(const ZpFold *fold, guint *position, ZpFolded *folded)
{
    guint n = fold->units->len * G_N_ELEMENTS(HABITS);
    for (; *position < n; (*position)++) {
        const Unit *unit = g_ptr_array_index(fold->units, *position / G_N_ELEMENTS(HABITS));
        guint habit = *position % G_N_ELEMENTS(HABITS);
        if (!is_folded(unit, habit))
            continue;
        *folded = (ZpFolded){unit->name, HABITS[habit], unit->rates.n, unit->n_notes[habit]};
        (*position)++;
        return true;
    }
    return false;
}
