/*
 * planning.h - what a run would read, in its order, and how to cut it.
 *
 *     inputs ─▶ walk ─▶ units: a file, or a file in an archive that is read entry by entry ─▶ shards
 *
 * No document is opened.  What may be an archive, because its name says nothing else, a shut-in worker lists.
 */
#pragma once

#include "config/config.h"
#include "run/plan.h"

typedef struct {
    ZpConfig *config; /* how deep folders are walked, how large an input may be */
    ZpLimits limits;  /* as given */
    bool no_sandbox;
    void (*on_link)(const char *path, gpointer data); /* in a folder, not followed */
    /* a path that cannot be read, which the run will say as well */
    void (*on_failed)(const char *path, const GError *why, gpointer data);
    gpointer data;
} ZpPlanningOptions;

typedef struct ZpPlanning ZpPlanning;

ZpPlanning *zp_planning_new(const ZpPlanningOptions *options);
void zp_planning_free(ZpPlanning *planning);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZpPlanning, zp_planning_free)

/**
 * zp_planning_add: an input as given.
 * @error: ZP_ERROR_STARVED, ZP_ERROR_IO when no worker can be started
 */
bool zp_planning_add(ZpPlanning *planning, const char *path, GError **error);

/**
 * zp_planning_end: all inputs are there.
 * @error: likewise
 *
 * Returns: how many documents there are; 0 with @error, or when there are none
 */
guint64 zp_planning_end(ZpPlanning *planning, GError **error);

/**
 * zp_planning_write: cut what is there into shards of about equal cost, and write the plan.
 * @shards: at most as many as there are documents
 * @plan: filled
 * @error: of zp_plan_write
 */
bool zp_planning_write(const ZpPlanning *planning, guint shards, ZpPlan *plan,
                       GOutputStream *stream, GError **error);
