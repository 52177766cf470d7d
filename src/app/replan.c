/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "replan.h"

#include "try.h"

static fab_status load(fab_context *context, fab *opened, const struct fab_replan_asked *asked, struct fab_replan *replan, struct fab_planning *planning, void **keep)
{
    fab_status status = FAB_OK;
    fab_table *plans = NULL;
    TRY(fab_select_plan(context, opened, "plan_proofs", opened->plan, &plans));
    TRY(fab_planning_of_plan(context, opened, fab_table_get(plans, 0, fab_table_find_column(plans, "options"))->text, opened->plan, planning, keep));
    planning->more = asked->more;
    planning->before = asked->before;
    planning->surprise_from = asked->surprise_from;
    planning->asked.untied = asked->untied;
    TRY(fab_planning_load(context, opened, planning, &replan->planned));
out:
    fab_table_free(plans);
    return status;
}

fab_status fab_replan(fab_context *context, fab *opened, const struct fab_replan_asked *asked, fab_context *quiet, struct fab_replan *result)
{
    fab_status status = FAB_OK;
    struct fab_replan replan = {0};
    struct fab_planning planning;
    void *keep = NULL;
    status = load(quiet, opened, asked, &replan, &planning, &keep);
    if (status != FAB_OK && status != FAB_INPUT)
        fab_fail(context, status, "%s", fab_context_message(quiet));
    TRY(status);
    const fab_plan_options options = {.policy = planning.policy, .asked = replan.planned.asked, .worst_gap = planning.worst_gap, .near = asked->near};
    TRY(fab_plan_optimise(context, replan.planned.model, &options, &replan.plan));
    *result = replan;
    replan = (struct fab_replan){0};
out:
    fab_replan_fini(&replan);
    fab_planning_forget(keep);
    return status;
}

fab_status fab_replan_load(fab_context *context, fab *opened, const struct fab_replan_asked *asked, struct fab_planned *planned)
{
    struct fab_replan replan = {0};
    struct fab_planning planning;
    void *keep = NULL;
    fab_status status = load(context, opened, asked, &replan, &planning, &keep);
    *planned = replan.planned;
    fab_planning_forget(keep);
    return status;
}

void fab_replan_fini(struct fab_replan *replan)
{
    fab_plan_free(replan->plan);
    fab_planned_fini(&replan->planned);
    *replan = (struct fab_replan){0};
}
