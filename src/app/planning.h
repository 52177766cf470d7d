/* What a plan is made of: the model of the inputs, the starting WIP of the history, and the choices of a request, with their provenance.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PLANNING_H
#define FAB_PLANNING_H

#include "fab.h"

/* Choices of a request that change the model. */
struct fab_planning {
    const char *policy;            /* "profit" */
    const char *yield;             /* "plan": the data set's own yields; "fit", "p10", "p50", "p90": of a snapshot of estimates */
    int64_t snapshot;              /* 0: the newest */
    bool availability, cycle_time; /* as the history measured them, where it did */
};

/* Reads "availability,cycle_time" (NULL: nothing) into the choices; FAB_USAGE for another word. */
fab_status fab_planning_read_measured(fab_context *context, const char *measured, struct fab_planning *planning);

/* Loads the model as the choices want it. *options gets their provenance as JSON text (malloc): the choices, and snapshot and hashes of what the history gave, number and hash of the lots that are starting WIP, so that a plan can be
 * repeated and a change is seen. O(inputs). */
fab_status fab_planning_load(fab_context *context, fab *handle, const struct fab_planning *planning, fab_model **model, char **options);

/* The choices that a plan's options name; false when they are not such. *keep (a jansson value as void *) owns the texts: fab_planning_forget. */
bool fab_planning_read(const char *options, struct fab_planning *planning, void **keep);
void fab_planning_forget(void *keep);

#endif
