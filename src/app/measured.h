/* What the wafer-lot history measured in place of what was planned, as changes.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_MEASURED_H
#define FAB_MEASURED_H

#include "change.h"
#include "fab.h"
#include "sha256.h"

/* What can be taken as measured, in the order in which it is taken. */
enum fab_measured {
    FAB_MEASURED_AVAILABILITY,    /* of tool groups that have tool events; of one whose causes are measured too, the causes say it */
    FAB_MEASURED_CYCLE_TIME,      /* of routes with finished lots, on every date */
    FAB_MEASURED_BATCH_FILL,      /* of steps with a batch: a batch is the lots of one move_in time on one tool */
    FAB_MEASURED_UNITS_PER_SETUP, /* of steps with a setup: a setup is a change of route or step between two move_ins of a tool */
    FAB_MEASURED_TOOL_DOWN,       /* stops by cause of tool groups that have tool events */
    FAB_MEASURED_COUNT
};

/* Their words, as options and plans write them. */
extern const char *const fab_measured_names[FAB_MEASURED_COUNT];

/* Reads "availability,cycle_time" (NULL: nothing) into a set of bits 1 << enum fab_measured; FAB_USAGE for another word. */
fab_status fab_measured_read(fab_context *context, const char *text, unsigned *set);

/* Appends to a list the changes that make the model what the history measured of one kind. What is measured as planned needs no change; what the history cannot show keeps its planned value, and a
 * warning names it. *hash gets the SHA-256 of what was measured, for the plan's provenance. `set` is all that is taken as measured. FAB_USAGE when the history measures nothing of the kind. O(events). */
fab_status fab_measured_add(fab_context *context, fab *handle, const fab_model *model, enum fab_measured what, unsigned set, struct fab_change_list *list, char hash[FAB_SHA256_HEX_SIZE]);

#endif
