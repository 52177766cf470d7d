/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subjects.h"

#include "nearest.h"
#include "try.h"

#include <string.h>

/* NULL behind the last row. */
#define NAMES(function, table, member)                                                     \
    const char *function(const fab_plan *plan, int row)                             \
    {                                                                                      \
        return row < plan->model->table##_count ? plan->model->table[row].member : NULL;   \
    }
static NAMES(name_demand, demand, demand)
static NAMES(name_tool_group, tool_group, tool_group)
static NAMES(name_line, line, line)
static NAMES(name_site, site, site)
static NAMES(name_source, source, source)
static NAMES(name_route, route, route)
NAMES(fab_subjects_item, item, item)
NAMES(fab_subjects_customer, customer, customer)

static const char *name_period(const fab_plan *plan, int row)
{
    return row < plan->terms->horizon_periods ? plan->terms->period[row].name : NULL;
}

fab_status fab_subjects_find(fab_context *context, const fab_plan *plan, const char *what, const char *id, fab_subjects_name *name, int *row)
{
    struct fab_nearest nearest;
    const char *found = NULL;
    fab_nearest_begin(&nearest, id);
    for (*row = 0; (found = name(plan, *row)) != NULL && strcmp(found, id) != 0; (*row)++)
        fab_nearest_offer(&nearest, found);
    if (found)
        return FAB_OK;
    *row = FAB_NONE;
    if (*nearest.best)
        return fab_fail_as(context, FAB_USAGE, "unknown_id", "the plan has no %s '%s'; did you mean '%s'?", what, id, nearest.best);
    return fab_fail_as(context, FAB_USAGE, "unknown_id", "the plan has no %s '%s'", what, id);
}

/* A period by its name, or the one that has a day. */
static fab_status find_period(fab_context *context, const fab_plan *plan, const char *given, int *period)
{
    const char *why;
    int32_t day;
    fab_status status = fab_subjects_find(context, plan, "period", given, name_period, period);
    if (status == FAB_OK || !fab_date_parse(given, &day, &why))
        return status;
    int found = fab_terms_find_period(plan->terms, day);
    if (found == FAB_NONE || found >= plan->terms->horizon_periods)
        return status;
    *period = found;
    return FAB_OK;
}

/* The row of the budget that counts on a day: the last one up to it. */
static fab_status find_budget(fab_context *context, const fab_plan *plan, const char *given, int *row)
{
    const char *why;
    int32_t day;
    *row = FAB_NONE;
    if (!fab_date_parse(given, &day, &why))
        return fab_fail_as(context, FAB_USAGE, "unknown_id", "budget '%s': %s", given, why);
    for (int r = 0; r < plan->model->capex_budget_count; r++)
        if (plan->model->capex_budget[r].from_date <= day && (*row == FAB_NONE || plan->model->capex_budget[r].from_date >= plan->model->capex_budget[*row].from_date))
            *row = r;
    return *row == FAB_NONE ? fab_fail_as(context, FAB_USAGE, "unknown_id", "no row of the budget counts on %s yet", given) : FAB_OK;
}

/* A subject as a request gives it. */
struct given {
    fab_subject subject;
    const char *what, *id;
    fab_subjects_name *name; /* NULL: a period or a row of the budget */
};

static fab_status find(fab_context *context, const struct given *given, struct fab_question *question)
{
    question->subject = given->subject;
    if (given->name)
        return fab_subjects_find(context, question->plan, given->what, given->id, given->name, &question->index);
    return (given->subject == FAB_SUBJECT_BUDGET ? find_budget : find_period)(context, question->plan, given->id, &question->index);
}

fab_status fab_subjects_question(fab_context *context, const fab_explain_request *request, const fab_plan *plan, struct fab_question *question)
{
    const struct given all[] = {{FAB_SUBJECT_DEMAND, "demand", request->demand, name_demand},
                                {FAB_SUBJECT_CUSTOMER, "customer", request->customer, fab_subjects_customer},
                                {FAB_SUBJECT_TOOL_GROUP, "tool group", request->tool_group, name_tool_group},
                                {FAB_SUBJECT_LINE, "line", request->line, name_line},
                                {FAB_SUBJECT_BUDGET, "budget", request->budget, NULL},
                                {FAB_SUBJECT_SITE, "site", request->site, name_site},
                                {FAB_SUBJECT_CONTRACT, "source", request->contract, name_source},
                                {FAB_SUBJECT_YIELD, "source", request->yield, name_source},
                                {FAB_SUBJECT_CYCLE_TIME, "route", request->cycle_time, name_route}};
    fab_status status = FAB_OK;
    int subjects = 0;
    *question = (struct fab_question){plan, FAB_SUBJECT_PLAN, FAB_NONE, FAB_NONE};
    for (size_t n = 0; n < sizeof all / sizeof *all; n++) {
        if (!all[n].id)
            continue;
        if (subjects++ > 0)
            TRY(fab_fail(context, FAB_USAGE, "one thing is explained at a time: %s or %s", fab_subject_names[question->subject], fab_subject_names[all[n].subject]));
        TRY(find(context, &all[n], question));
    }
    if (request->period && subjects == 0)
        TRY(find(context, &(struct given){FAB_SUBJECT_PERIOD, "period", request->period, NULL}, question));
    else if (request->period)
        TRY(find_period(context, plan, request->period, &question->period));
out:
    return status;
}
