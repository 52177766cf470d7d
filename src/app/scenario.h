/* Scenarios: named lists of changes, from files and folders of files.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SCENARIO_H
#define FAB_SCENARIO_H

#include "change.h"

struct fab_scenario {
    const char *scenario, *name; /* name: of scenario.csv, else the scenario itself */
    int32_t surprise_from;       /* until this date nobody knows of it; FAB_DATE_NONE: known from the start */
};

struct fab_scenarios {
    fab_arena *arena; /* owns the texts */
    struct fab_scenario *scenario;
    int count, capacity;
    struct fab_change_list *changes; /* of all scenarios, as the files have them */
};

/* None yet; NULL when memory is short. */
struct fab_scenarios *fab_scenarios_new(void);
void fab_scenarios_free(struct fab_scenarios *scenarios);

/* Adds those of a file of changes (*.csv), or all of a folder and its scenario.csv if there is one. A file without rows is the scenario of its name, without changes.
 * Findings go to the context, FAB_INPUT when there are any. O(bytes). */
fab_status fab_scenarios_read(fab_context *context, const char *path, struct fab_scenarios *scenarios);

/* Adds a scenario without changes unless there is one of that name; texts are copied. FAB_NO_MEMORY. */
fab_status fab_scenarios_add(fab_context *context, struct fab_scenarios *scenarios, const struct fab_scenario *scenario);

/* NULL when there is none of that name. */
const struct fab_scenario *fab_scenarios_find(const struct fab_scenarios *scenarios, const char *scenario);

/* Number of changes of one scenario. O(changes). */
int fab_scenarios_count(const struct fab_scenarios *scenarios, const char *scenario);

/* Appends the changes of one scenario to a list, by number. FAB_NO_MEMORY. */
fab_status fab_scenarios_take(fab_context *context, const struct fab_scenarios *scenarios, const char *scenario, struct fab_change_list *list);

/* Appends the changes of the scenarios that a request names, in the order of their names: "A,B", each the name of a known scenario or the path of a file, of which every
 * scenario counts. FAB_USAGE, code unknown_scenario, for a name that is neither, with the nearest one. */
fab_status fab_scenarios_load(fab_context *context, const char *request, const struct fab_scenarios *known, struct fab_change_list *list);

#endif
