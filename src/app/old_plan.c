/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "old_plan.h"

#include "plan_table.h"
#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A change below this share of the decision is rounding. */
#define UNCHANGED 1e-9

static fab_status find_released(fab_context *context, fab *handle, int64_t *plan)
{
    fab_status status = FAB_OK;
    fab_table *table = NULL;
    TRY(fab_select_plan(context, handle, "old_plan_released", 0, &table));
    if (fab_table_rows(table) == 0)
        TRY(fab_fail_as(context, FAB_USAGE, "no_released_plan", "no plan is released, and none is named that the new one is to keep to"));
    *plan = fab_table_get(table, 0, 0)->integer;
out:
    fab_table_free(table);
    return status;
}

/* Rows of name and value into the model. */
static fab_status take_values(fab_context *context, const fab_table *table, fab_model *model, struct fab_old_plan *old)
{
    fab_status status = FAB_OK;
    TRY_MEMORY(context, old->value = fab_arena_take(model->arena, (size_t)fab_table_rows(table) + 1, sizeof *old->value));
    for (int r = 0; r < fab_table_rows(table); r++) {
        struct fab_old_value *value = &old->value[old->count++];
        value->value = fab_value_number(fab_table_get(table, r, 1));
        TRY_MEMORY(context, value->name = fab_arena_dup(model->arena, fab_table_get(table, r, 0)->text));
    }
out:
    return status;
}

fab_status fab_old_plan_read(fab_context *context, fab *handle, struct fab_old_asked *asked, int64_t stored, fab_model *model)
{
    fab_status status = FAB_OK;
    fab_table *table = NULL;
    struct fab_old_plan *old = NULL;
    TRY_MEMORY(context, old = fab_arena_take(model->arena, 1, sizeof *old));
    if (stored == 0 && asked->plan <= 0)
        TRY(find_released(context, handle, &asked->plan));
    if (stored == 0)
        TRY(fab_find_plan(context, handle, asked->plan, &asked->plan));
    TRY(fab_select_plan(context, handle, stored > 0 ? "old_plan_held" : "old_plan_values", stored > 0 ? stored : asked->plan, &table));
    TRY(take_values(context, table, model, old));
    old->freeze_days = asked->freeze;
    old->stability = asked->stability;
    model->old = old;
out:
    fab_table_free(table);
    return status;
}

static bool is_decision(int family)
{
    return family == FAB_X || family == FAB_N || family == FAB_R || family == FAB_GO || family == FAB_GO_IN;
}

fab_status fab_old_plan_take(fab_context *context, const fab_plan *before, int32_t until, fab_model *model)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = before->program->lp;
    struct fab_old_plan *old = NULL;
    TRY_MEMORY(context, old = fab_arena_take(model->arena, 1, sizeof *old));
    TRY_MEMORY(context, old->value = fab_arena_take(model->arena, (size_t)lp->column_count + 1, sizeof *old->value));
    for (int j = 0; j < lp->column_count; j++) {
        if (!is_decision(lp->column[j].tag.family) || before->solution->x[j] == 0)
            continue;
        old->value[old->count].value = before->solution->x[j];
        TRY_MEMORY(context, old->value[old->count++].name = fab_arena_dup(model->arena, lp->column[j].name));
    }
    old->freeze_days = (double)until - (double)model->calendar[0].start_date;
    model->old = old;
out:
    return status;
}

/* ---- what became of it ---- */

struct change {
    const struct fab_held *held;
    double planned, usd;
};

static int by_weight(const void *a, const void *b)
{
    const struct change *first = a, *second = b;
    bool first_used = first->held->frozen && first->usd > 0, second_used = second->held->frozen && second->usd > 0;
    if (first_used != second_used)
        return first_used ? -1 : 1;
    if (first->usd != second->usd)
        return first->usd > second->usd ? -1 : 1;
    return first->held->column - second->held->column;
}

static void write_text(struct fab_plan_table *w, const char *text)
{
    if (*text)
        fab_plan_table_copy(w, text);
    else
        fab_plan_table_text(w, NULL);
}

static void write_reason(struct fab_plan_table *w, const struct fab_held_reasons *reasons, const struct change *change)
{
    struct fab_held_reason reason = {"", ""};
    if (reasons && change->usd > 0)
        fab_held_reason_of(reasons, change->held->column, &reason);
    write_text(w, reason.binding);
    write_text(w, reason.input);
}

static void write_change(struct fab_plan_table *w, int number, const struct change *change)
{
    const fab_lp *lp = w->plan->program->lp;
    fab_plan_table_row(w);
    fab_plan_table_integer(w, number);
    fab_plan_table_text(w, lp->column[change->held->column].name);
    fab_plan_table_real(w, change->held->before);
    fab_plan_table_real(w, change->planned);
    fab_plan_table_integer(w, change->held->frozen);
    fab_plan_table_real(w, change->held->usd);
    fab_plan_table_real(w, change->usd);
}

fab_table *fab_old_plan_table(const fab_plan *plan, int64_t number, const struct fab_held_reasons *reasons)
{
    const fab_program *program = plan->program;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_held", "number name before planned frozen usd_per_unit usd binding input");
    struct change *changes = calloc((size_t)program->held_count + 1, sizeof *changes);
    int count = 0;
    w.failed = w.failed || !changes;
    for (int k = 0; changes && k < program->held_count; k++) {
        const struct fab_held *held = &program->held[k];
        double planned = plan->solution->x[held->column], change = fabs(planned - held->before);
        if (change <= UNCHANGED * fmax(1, held->before))
            change = 0;
        if (planned != 0 || held->before != 0)
            changes[count++] = (struct change){held, planned, change * held->usd};
    }
    if (changes)
        qsort(changes, (size_t)count, sizeof *changes, by_weight);
    for (int n = 0; changes && n < count; n++) {
        write_change(&w, n + 1, &changes[n]);
        write_reason(&w, reasons, &changes[n]);
    }
    free(changes);
    return fab_plan_table_end(&w);
}
