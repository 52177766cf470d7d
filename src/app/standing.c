/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "standing.h"

#include "policy_rows.h"
#include "try.h"
#include "whole_columns.h"
#include "whole_stage.h"
#include "widen.h"

#include <stdlib.h>

/* Of a folder: it has stored nothing yet. */
static fab_status make_plan(fab_context *context, fab *handle)
{
    fab_status status = FAB_OK;
    fab_optimise_result made = {0};
    TRY(fab_optimise(context, handle, &(fab_optimise_request){.values = -1}, &made));
    if (made.plan == 0)
        TRY(fab_fail_as(context, FAB_USAGE, "no_plan", "the data has no plan that could be asked about"));
out:
    fab_result_free(made.answer);
    return status;
}

static fab_status load(fab_context *context, struct fab_standing *standing)
{
    struct fab_planning planning;
    fab_status status = FAB_OK;
    fab_table *plans = NULL;
    void *keep = NULL;
    TRY(fab_select_plan(context, standing->kept, "plan_proofs", standing->number, &plans));
    TRY(fab_planning_of_plan(context, standing->kept, fab_table_get(plans, 0, fab_table_find_column(plans, "options"))->text, standing->number, &planning, &keep));
    standing->whole = planning.asked.whole;
    TRY(fab_planning_load(context, standing->kept, &planning, &standing->planned));
out:
    fab_planning_forget(keep);
    fab_table_free(plans);
    return status;
}

static fab_status read_point(fab_context *context, struct fab_standing *standing)
{
    fab_status status = FAB_OK;
    fab_table *columns = NULL;
    int count = standing->plan->program->lp->column_count;
    TRY_MEMORY(context, standing->x = calloc((size_t)count + 1, sizeof *standing->x));
    TRY(fab_select_plan(context, standing->kept, "plan_columns", standing->number, &columns));
    for (int r = 0; r < fab_table_rows(columns); r++) {
        int64_t number = fab_table_get(columns, r, 0)->integer;
        if (number < 0 || number >= count)
            TRY(fab_fail(context, FAB_DATABASE, "plan %lld: its program has no column %lld", (long long)standing->number, (long long)number));
        standing->x[number] = fab_value_number(fab_table_get(columns, r, 1));
    }
out:
    fab_table_free(columns);
    return status;
}

fab_status fab_standing_multipliers(fab_context *context, const struct fab_standing *standing, double **multiplier)
{
    fab_status status = FAB_OK;
    fab_table *rows = NULL;
    int count = standing->plan->program->lp->row_count;
    TRY_MEMORY(context, *multiplier = calloc((size_t)count + 1, sizeof **multiplier));
    TRY(fab_select_plan(context, standing->kept, "plan_rows", standing->number, &rows));
    for (int r = 0; r < fab_table_rows(rows); r++) {
        int64_t number = fab_table_get(rows, r, 0)->integer;
        if (number < 0 || number >= count)
            TRY(fab_fail(context, FAB_DATABASE, "plan %lld: its program has no row %lld", (long long)standing->number, (long long)number));
        (*multiplier)[number] = fab_value_number(fab_table_get(rows, r, 1));
    }
out:
    fab_table_free(rows);
    return status;
}

/* From the basis that the plan keeps; a plan from before has none. */
static fab_status solve(fab_context *context, struct fab_standing *standing)
{
    fab_status status = FAB_OK;
    fab_table *basis = NULL;
    struct fab_stored_point point = {.x = standing->x};
    TRY(fab_select_plan(context, standing->kept, "plan_basis", standing->number, &basis));
    if (fab_table_rows(basis) > 0) {
        point.row_status = fab_table_get(basis, 0, 0)->text;
        point.column_status = fab_table_get(basis, 0, 1)->text;
    }
    TRY(fab_plan_solve_again(context, standing->plan, &point, NULL));
    if (standing->plan->outcome != FAB_OPTIMAL)
        TRY(fab_fail(context, FAB_DATABASE, "plan %lld: its program has no plan", (long long)standing->number));
out:
    fab_table_free(basis);
    return status;
}

/* The rows of the plan's policy; whole tools give way to them at a price. */
static fab_status add_rows(fab_context *context, const struct fab_standing *standing, fab_program *program)
{
    fab_status status = FAB_OK;
    TRY(fab_policy_rows(context, standing->kept, standing->number, program));
    if (standing->whole)
        TRY(fab_whole_soften(context, program));
out:
    return status;
}

/* Whole tools are what the plan has: what is asked is asked with them. */
static fab_status fix_whole(fab_context *context, const struct fab_standing *standing, fab_program *program)
{
    fab_status status = FAB_OK;
    struct fab_whole_columns whole = {0};
    if (!standing->whole)
        return FAB_OK;
    TRY(fab_whole_columns_find(context, program, &whole));
    if (!fab_whole_columns_fix(program, &whole, standing->x))
        TRY(fab_fail(context, FAB_DATABASE, "plan %lld: its tools are not whole", (long long)standing->number));
out:
    fab_whole_columns_fini(&whole);
    return status;
}

fab_status fab_standing_look(fab_context *context, fab *handle, int64_t plan, struct fab_standing *result)
{
    fab_status status = FAB_OK;
    struct fab_standing standing = {0};
    TRY(fab_open_plan(context, handle, plan, &standing.kept));
    standing.number = standing.kept->plan;
    TRY(load(context, &standing));
    TRY(fab_plan_build(context, standing.planned.model, &standing.plan));
    TRY(add_rows(context, &standing, standing.plan->program));
    TRY(read_point(context, &standing));
    *result = standing;
    standing = (struct fab_standing){0};
out:
    fab_standing_close(&standing);
    return status;
}

fab_status fab_standing_open(fab_context *context, fab *handle, int64_t asked, struct fab_standing *result)
{
    fab_status status = FAB_OK;
    struct fab_standing standing = {0};
    if (asked == 0 && !handle->is_file)
        TRY(make_plan(context, handle));
    TRY(fab_standing_look(context, handle, asked, &standing));
    fab_widen_to(standing.plan->program, standing.x);
    TRY(fix_whole(context, &standing, standing.plan->program));
    TRY(solve(context, &standing));
    *result = standing;
    standing = (struct fab_standing){0};
out:
    fab_standing_close(&standing);
    return status;
}

void fab_standing_close(struct fab_standing *standing)
{
    fab_plan_free(standing->plan);
    fab_planned_fini(&standing->planned);
    fab_close(standing->kept);
    free(standing->x);
    *standing = (struct fab_standing){0};
}

static bool same_tag(struct fab_tag a, struct fab_tag b)
{
    return a.family == b.family && a.a == b.a && a.b == b.b && a.period == b.period;
}

static bool same_members(const fab_lp *left, const fab_lp *right)
{
    bool same = left->row_count == right->row_count && left->column_count == right->column_count;
    for (int i = 0; same && i < left->row_count; i++)
        same = same_tag(left->row[i].tag, right->row[i].tag);
    for (int j = 0; same && j < left->column_count; j++)
        same = same_tag(left->column[j].tag, right->column[j].tag);
    return same;
}

fab_status fab_standing_other(fab_context *context, const struct fab_standing *standing, const fab_model *model, fab_plan **result)
{
    fab_status status = FAB_OK;
    fab_plan *other = NULL;
    struct fab_stored_point point = {0};
    TRY(fab_plan_build(context, model, &other));
    TRY(add_rows(context, standing, other->program));
    if (standing->whole && !same_members(standing->plan->program->lp, other->program->lp))
        TRY(fab_fail(context, FAB_USAGE, "the change moves starts in or out of the calendar: with whole tools that cannot be told"));
    TRY(fix_whole(context, standing, other->program));
    if (same_members(standing->plan->program->lp, other->program->lp)) {
        point.row_status = standing->plan->solution->row_status;
        point.column_status = standing->plan->solution->column_status;
    }
    TRY(fab_plan_solve_again(context, other, &point, NULL));
    *result = other;
    other = NULL;
out:
    fab_plan_free(other);
    return status;
}
