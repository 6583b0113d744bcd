/*
 * layers.c - marked content: layers that are off, and texts that stand for what is drawn.
 *
 * What is off is what a viewer shows when it opens the document: the default configuration.
 *
 * Source: ISO 32000-1, 8.11 (optional content), 14.6 and 14.9.4 (replacement text).
 */
#include "parsers/pdf/walk.h"

#include "base/limits.h"

#include <string.h>

/* Expressions of visibility inside each other. */
#define EXPRESSIONS 8

static void set_groups(qpdf_data qpdf, qpdf_oh groups, GHashTable *off, bool is_off)
{
    int n = qpdf_oh_is_array(qpdf, groups) ? qpdf_oh_get_array_n_items(qpdf, groups) : 0;
    for (int k = 0; k < n; k++) {
        gpointer id =
            GINT_TO_POINTER(qpdf_oh_get_object_id(qpdf, qpdf_oh_get_array_item(qpdf, groups, k)));
        if (is_off)
            g_hash_table_add(off, id);
        else
            g_hash_table_remove(off, id);
    }
}

GHashTable *layers_off(qpdf_data qpdf)
{
    qpdf_oh root = qpdf_get_root(qpdf);
    if (!qpdf_oh_is_dictionary(qpdf, root))
        return NULL;
    qpdf_oh all = qpdf_oh_get_key(qpdf, root, "/OCProperties");
    if (!qpdf_oh_is_dictionary(qpdf, all))
        return NULL;
    GHashTable *off = g_hash_table_new(NULL, NULL);
    qpdf_oh usual = qpdf_oh_get_key(qpdf, all, "/D");
    if (!qpdf_oh_is_dictionary(qpdf, usual))
        return off;
    qpdf_oh base = qpdf_oh_get_key(qpdf, usual, "/BaseState");
    if (qpdf_oh_is_name_and_equals(qpdf, base, "/OFF")) {
        set_groups(qpdf, qpdf_oh_get_key(qpdf, all, "/OCGs"), off, true);
        set_groups(qpdf, qpdf_oh_get_key(qpdf, usual, "/ON"), off, false);
    }
    set_groups(qpdf, qpdf_oh_get_key(qpdf, usual, "/OFF"), off, true);
    return off;
}

static bool is_group_off(const Walk *walk, qpdf_oh group)
{
    int id = qpdf_oh_get_object_id(walk->qpdf, group);
    return id && g_hash_table_contains(walk->file->off, GINT_TO_POINTER(id));
}

/* /VE: [/And …], [/Or …], [/Not …] of groups and of such arrays. */
static bool is_expression_on(const Walk *walk, qpdf_oh expression, guint depth)
{
    qpdf_data qpdf = walk->qpdf;
    if (!qpdf_oh_is_array(qpdf, expression))
        return !is_group_off(walk, expression);
    int n = qpdf_oh_get_array_n_items(qpdf, expression);
    if (n < 2 || n > 100 || depth >= EXPRESSIONS)
        return true;
    qpdf_oh operation = qpdf_oh_get_array_item(qpdf, expression, 0);
    bool is_or = qpdf_oh_is_name_and_equals(qpdf, operation, "/Or");
    for (int k = 1; k < n; k++) {
        bool on = is_expression_on(walk, qpdf_oh_get_array_item(qpdf, expression, k), depth + 1);
        if (qpdf_oh_is_name_and_equals(qpdf, operation, "/Not"))
            return !on;
        if (on == is_or)
            return is_or;
    }
    return !is_or;
}

/* A membership: any or all of its groups must be on, or off. */
static bool is_membership_off(const Walk *walk, qpdf_oh membership)
{
    qpdf_data qpdf = walk->qpdf;
    qpdf_oh expression = qpdf_oh_get_key(qpdf, membership, "/VE");
    if (qpdf_oh_is_array(qpdf, expression))
        return !is_expression_on(walk, expression, 0);
    qpdf_oh groups = qpdf_oh_get_key(qpdf, membership, "/OCGs");
    qpdf_oh policy = qpdf_oh_get_key(qpdf, membership, "/P");
    if (!qpdf_oh_is_array(qpdf, groups))
        return is_group_off(walk, groups);
    guint n = (guint)qpdf_oh_get_array_n_items(qpdf, groups), n_off = 0;
    for (guint k = 0; k < n; k++)
        n_off += is_group_off(walk, qpdf_oh_get_array_item(qpdf, groups, (int)k)) ? 1 : 0;
    if (!n)
        return false;
    if (qpdf_oh_is_name_and_equals(qpdf, policy, "/AllOn"))
        return n_off > 0;
    if (qpdf_oh_is_name_and_equals(qpdf, policy, "/AnyOff"))
        return n_off == 0;
    if (qpdf_oh_is_name_and_equals(qpdf, policy, "/AllOff"))
        return n_off < n;
    return n_off == n;
}

bool layer_is_off(Walk *walk, qpdf_oh group)
{
    if (!walk->file->off || !qpdf_oh_is_dictionary(walk->qpdf, group))
        return false;
    qpdf_oh kind = qpdf_oh_get_key(walk->qpdf, group, "/Type");
    return qpdf_oh_is_name_and_equals(walk->qpdf, kind, "/OCMD") ? is_membership_off(walk, group)
                                                                 : is_group_off(walk, group);
}

void marked_clear(gpointer data)
{
    g_clear_pointer(&((Marked *)data)->actual, g_free);
}

static void push(Walk *walk, Marked *marked)
{
    if (walk->marked->len >= ZP_LIMIT_PAGE_STATES) {
        walk->n_dropped_marks++;
        marked_clear(marked);
        return;
    }
    marked->first_glyph = walk->drawing->drawn->glyphs->len;
    walk->painter.n_off += marked->is_off ? 1 : 0;
    g_array_append_val(walk->marked, *marked);
}

void marked_begin(Walk *walk)
{
    push(walk, &(Marked){0});
}

/* The text behind /ActualText: among the operands, or in the properties that they name. */
static char *actual_text(Walk *walk, qpdf_oh properties)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (walk->actual_item) {
        const TextItem *item = &g_array_index(walk->items, TextItem, walk->actual_item - 1);
        const ContentLexer token = {
            .text = item->text, .length = item->length, .is_hex = item->is_hex};
        g_byte_array_set_size(walk->string, 0);
        content_append_string(walk->string, &token);
        text_append_utf8(text, walk->string->data, walk->string->len);
        return g_string_free(g_steal_pointer(&text), FALSE);
    }
    if (!qpdf_oh_is_dictionary(walk->qpdf, properties))
        return NULL;
    qpdf_oh value = qpdf_oh_get_key(walk->qpdf, properties, "/ActualText");
    return qpdf_oh_is_string(walk->qpdf, value)
               ? g_utf8_make_valid(qpdf_oh_get_utf8_value(walk->qpdf, value), -1)
               : NULL;
}

void marked_begin_with(Walk *walk)
{
    Marked marked = {0};
    bool is_named = !walk->items->len && walk->first_name[0];
    qpdf_oh properties = is_named ? walk_resource(walk, "/Properties", walk->name) : 0;
    if (!is_named)
        properties = qpdf_oh_new_null(walk->qpdf);
    if (strcmp(walk->first_name, "/OC") == 0)
        marked.is_off = layer_is_off(walk, properties);
    else
        marked.actual = actual_text(walk, properties);
    push(walk, &marked);
}

/* Keeps the span when it says something else than what is drawn in it. */
static void end_actual(Walk *walk, Marked *marked)
{
    Drawn *drawn = walk->drawing->drawn;
    DrawnSpan span = {.first = marked->first_glyph, .end = drawn->glyphs->len};
    if (span.first >= span.end || walk->painter.n_off)
        return;
    if (!drawn_differs(drawn, span.first, span.end, marked->actual))
        return;
    for (guint k = span.first; k < span.end; k++)
        drawn_glyph(drawn, k)->is_replaced = true;
    span.text = g_steal_pointer(&marked->actual);
    g_array_append_val(drawn->spans, span);
}

void marked_end(Walk *walk)
{
    if (walk->n_dropped_marks) {
        walk->n_dropped_marks--;
        return;
    }
    if (!walk->marked->len)
        return;
    Marked *marked = &g_array_index(walk->marked, Marked, walk->marked->len - 1);
    walk->painter.n_off -= marked->is_off ? 1 : 0;
    if (marked->actual)
        end_actual(walk, marked);
    g_array_set_size(walk->marked, walk->marked->len - 1);
}
