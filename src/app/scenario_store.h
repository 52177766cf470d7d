/* Scenarios that a data set has: in the tables of a database, or in the folder `scenarios` of a folder.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SCENARIO_STORE_H
#define FAB_SCENARIO_STORE_H

#include "fab.h"
#include "scenario.h"

/* Those that the data set has, none when there are none. Findings of files as of fab_scenarios_read. O(changes). */
fab_status fab_scenarios_known(fab_context *context, fab *handle, struct fab_scenarios **known);

/* Writes them in place of stored ones of the same names, in one transaction. O(changes). */
fab_status fab_scenarios_write(fab_context *context, fab *handle, const struct fab_scenarios *scenarios);

/* Changes as a table with the columns of `scenario_change`; NULL when memory is short. */
fab_table *fab_scenario_changes_table(const struct fab_change_list *list);

#endif
