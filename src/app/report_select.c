/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report_select.h"

#include "revalue.h"
#include "try.h"

#include <fabplan/history.h>

#include <stdlib.h>
#include <string.h>

/* Each is the one value of a query. */
static const struct {
    const char *parameter, *query;
} around[FAB_AROUND] = {{":before", "plan_before"}, {":without", "plan_without"}, {":scenarios", "plan_scenarios"}, {":sweep", "plan_sweep"}};

/* From now on the inputs are those of the plan, where it keeps them. */
static fab_status open_inputs(struct fab_selection *selection)
{
    bool keeps = false;
    fab_status status = FAB_OK;
    TRY(fab_plan_keeps_input(selection->context, selection->handle, selection->plan, &keeps));
    if (!keeps)
        goto out;
    TRY(fab_open_plan(selection->context, selection->handle, selection->plan, &selection->kept));
    TRY(fab_store_hash_inputs(selection->context, selection->kept->store, selection->inputs_sha256));
out:
    return status;
}

static fab_status find_plan(struct fab_selection *selection)
{
    fab_status status = FAB_OK;
    TRY(fab_find_plan(selection->context, selection->handle, selection->plan, &selection->plan));
    selection->plan_found = true;
    TRY(open_inputs(selection));
    if (selection->changes)
        TRY(fab_revalue_open(selection->context, selection->handle, selection->plan, selection->changes, &selection->revalued));
out:
    return status;
}

enum { ASKS_PLAN, ASKS_SNAPSHOT, ASKS_REVALUED, ASKS_AROUND, PARAMETERS = ASKS_AROUND + FAB_AROUND };

static fab_status find_around(struct fab_selection *selection, int which)
{
    fab_status status = FAB_OK;
    fab_table *found = NULL;
    const fab_parameter parameters[] = {{":plan", fab_integer(selection->plan)}, {":base", selection->before ? fab_integer(selection->before) : (fab_value){.type = FAB_NULL}}};
    TRY(fab_store_select(selection->context, selection->handle->store, around[which].query, parameters, which == FAB_BEFORE ? 2 : 1, &found));
    if (fab_table_rows(found) > 0)
        TRY_MEMORY(selection->context, selection->around[which] = strdup(fab_table_get(found, 0, 0)->text));
out:
    fab_table_free(found);
    return status;
}

/* Looks up the plan or the snapshot that a SELECT asks for, once. */
static fab_status find_shown(struct fab_selection *selection, const char *sql, const char *origin, bool asked[PARAMETERS])
{
    fab_status status = FAB_OK;
    const char *names[PARAMETERS] = {":plan", ":snapshot", ":revalued"};
    for (int a = 0; a < FAB_AROUND; a++)
        names[ASKS_AROUND + a] = around[a].parameter;
    TRY(fab_store_find_parameters(selection->context, selection->handle->store, sql, origin, names, PARAMETERS, asked));
    if (asked[ASKS_PLAN] && !selection->plan_found)
        TRY(find_plan(selection));
    for (int a = 0; a < FAB_AROUND && asked[ASKS_PLAN]; a++)
        if (asked[ASKS_AROUND + a] && !selection->around[a])
            TRY(find_around(selection, a));
    if (asked[ASKS_SNAPSHOT] && !selection->snapshot_found) {
        TRY(fab_yield_find_snapshot(selection->context, selection->handle, selection->snapshot, &selection->snapshot));
        selection->snapshot_found = true;
    }
out:
    return status;
}

fab_status fab_selection_select(void *user, const char *sql, const char *origin, fab_table **result)
{
    fab_status status = FAB_OK;
    struct fab_selection *selection = user;
    bool asked[PARAMETERS] = {false};
    TRY(find_shown(selection, sql, origin, asked));
    enum { FIXED = 4 };
    fab_parameter parameters[FIXED + FAB_AROUND] = {{":plan", fab_integer(selection->plan)},
                                                {":snapshot", fab_integer(selection->snapshot)},
                                                {":inputs_sha256", fab_text(selection->inputs_sha256)},
                                                {":revalued", selection->revalued ? fab_integer(1) : (fab_value){.type = FAB_NULL}}};
    for (int a = 0; a < FAB_AROUND; a++)
        parameters[FIXED + a] = (fab_parameter){around[a].parameter, fab_text(selection->around[a])};
    /* estimates are of the history, which a plan does not keep */
    const fab *shown = selection->kept && !asked[ASKS_SNAPSHOT] ? selection->kept : selection->handle;
    selection->shows_drivers |= asked[ASKS_REVALUED];
    if (asked[ASKS_REVALUED] && selection->revalued)
        shown = selection->revalued;
    TRY(fab_store_select_text(selection->context, shown->store, sql, origin, parameters, sizeof parameters / sizeof *parameters, result));
out:
    return status;
}

void fab_selection_fini(struct fab_selection *selection)
{
    fab_close(selection->revalued);
    fab_close(selection->kept);
    for (int a = 0; a < FAB_AROUND; a++)
        free(selection->around[a]);
}
