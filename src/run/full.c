/*
 * full.c - a record for each unit and year: its first five projects, whether all were full, where the last form is.
 *
 * Forms of one project (the same document in two formats, say) count once: beginnings of five different digests are
 * kept, more are not needed.  One form that is not full, or says no total, ends it for its unit and year.
 */
#include "run/full.h"

#include <string.h>

typedef struct {
    guint64 key; /* of unit and year: the set's */
    guint32 projects[ZP_FULL_FORMS];
    guint8 n_projects;
    bool is_over; /* one was not full, or it has been said */
    guint32 form; /* of the last form: in its file */
    guint64 file;
} Group;

G_STATIC_ASSERT(sizeof(Group) <= 48);

struct ZpFull {
    GHashTable *groups; /* of Group */
};

static guint hash_group(gconstpointer group)
{
    return (guint)((const Group *)group)->key;
}

static gboolean same_group(gconstpointer a, gconstpointer b)
{
    return ((const Group *)a)->key == ((const Group *)b)->key;
}

ZpFull *zp_full_new(void)
{
    ZpFull *full = g_new0(ZpFull, 1);
    full->groups = g_hash_table_new_full(hash_group, same_group, g_free, NULL);
    return full;
}

void zp_full_free(ZpFull *full)
{
    if (full)
        g_hash_table_unref(full->groups);
    g_free(full);
}

static Group *find_group(const ZpFull *full, const ZpFormKeys *keys)
{
    Group probe = {0};
    memcpy(&probe.key, keys->group, sizeof probe.key);
    return g_hash_table_lookup(full->groups, &probe);
}

static Group *make_group(ZpFull *full, const ZpFormKeys *keys)
{
    Group *group = g_new0(Group, 1);
    memcpy(&group->key, keys->group, sizeof group->key);
    g_hash_table_add(full->groups, group);
    return group;
}

static void add_project(Group *group, const ZpFormKeys *keys)
{
    guint32 project;
    memcpy(&project, keys->project, sizeof project);
    for (guint k = 0; k < group->n_projects; k++) {
        if (group->projects[k] == project)
            return;
    }
    if (group->n_projects < ZP_FULL_FORMS)
        group->projects[group->n_projects++] = project;
}

static bool is_enough(const Group *group)
{
    return !group->is_over && group->n_projects == ZP_FULL_FORMS;
}

bool zp_full_add(ZpFull *full, const ZpFormKeys *keys, ZpFullPlace at, ZpFullPlace *before,
                 bool *has_before)
{
    *has_before = false;
    if (!(keys->has & ZP_KEY_GROUP))
        return false;
    Group *group = find_group(full, keys);
    if (!group)
        group = make_group(full, keys);
    *has_before = is_enough(group);
    *before = (ZpFullPlace){group->file, group->form};
    group->file = at.file;
    group->form = at.form;
    group->is_over |= !(keys->has & ZP_KEY_FULL);
    add_project(group, keys);
    return is_enough(group);
}

bool zp_full_is_last(ZpFull *full, const ZpFormKeys *keys, ZpFullPlace at)
{
    Group *group = keys->has & ZP_KEY_GROUP ? find_group(full, keys) : NULL;
    bool is_last = group && is_enough(group) && group->file == at.file && group->form == at.form;
    if (is_last)
        group->is_over = true;
    return is_last;
}
