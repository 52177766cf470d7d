/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"

#include "array.h"
#include "view.h"

#include <stdlib.h>

/* Hours of each tool group and source. */
struct loads {
    const fab_terms *terms;
    double *hours; /* [tool group x source] */
    int horizon_periods, source_count;
};

static void add_load(void *user, struct fab_tag row, struct fab_tag column, double amount)
{
    const struct loads *loads = user;
    bool lots = column.family == FAB_GO || column.family == FAB_GO_IN;
    if (row.period >= loads->horizon_periods || !(lots || column.family == FAB_X))
        return;
    int source = lots ? loads->terms->wip[column.a].source : column.a;
    loads->hours[(size_t)row.a * (size_t)loads->source_count + (size_t)source] += amount;
}

fab_table *fab_table_loads(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_load", "tool_group source hours");
    const fab_model *model = plan->model;
    struct loads loads = {plan->terms, NULL, plan->terms->horizon_periods, model->source_count};
    loads.hours = calloc((size_t)model->tool_group_count * (size_t)model->source_count + 1, sizeof *loads.hours);
    w.failed = w.failed || !loads.hours;
    if (loads.hours)
        fab_view_each_addend(plan, FAB_CAP, add_load, &loads);
    for (int g = 0; g < model->tool_group_count && loads.hours; g++)
        for (int s = 0; s < model->source_count; s++) {
            double hours = loads.hours[(size_t)g * (size_t)model->source_count + (size_t)s];
            if (!(hours > 0))
                continue;
            fab_plan_table_row(&w);
            fab_plan_table_text(&w, model->tool_group[g].tool_group);
            fab_plan_table_text(&w, model->source[s].source);
            fab_plan_table_real(&w, hours);
        }
    free(loads.hours);
    return fab_plan_table_end(&w);
}

/* ---- by the period of the start and that of the work ---- */

struct work {
    int tool_group, period, source, started; /* started FAB_NONE: lots of the first day */
    double hours;
};

struct works {
    const fab_terms *terms;
    struct work *work;
    int count, capacity;
    bool failed;
};

static void add_work(void *user, struct fab_tag row, struct fab_tag column, double amount)
{
    struct works *works = user;
    bool lots = column.family == FAB_GO || column.family == FAB_GO_IN;
    if (row.period >= works->terms->horizon_periods || !(lots || column.family == FAB_X) || !(amount > 0))
        return;
    if (works->failed || !FAB_ARRAY_ROOM(&works->work, works->count, &works->capacity)) {
        works->failed = true;
        return;
    }
    works->work[works->count++] = lots ? (struct work){row.a, row.period, works->terms->wip[column.a].source, FAB_NONE, amount}
                                       : (struct work){row.a, row.period, column.a, column.period, amount};
}

static int compare_works(const void *a, const void *b)
{
    const struct work *left = a, *right = b;
    const int keys[][2] = {{left->tool_group, right->tool_group}, {left->period, right->period}, {left->source, right->source}, {left->started, right->started}};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        if (keys[k][0] != keys[k][1])
            return keys[k][0] < keys[k][1] ? -1 : 1;
    return left->hours < right->hours ? -1 : left->hours > right->hours; /* sums do not depend on the order of the program's rows */
}

static void write_work(struct fab_plan_table *w, const struct work *work, double hours)
{
    const fab_model *model = w->plan->model;
    fab_plan_table_row(w);
    fab_plan_table_text(w, model->tool_group[work->tool_group].tool_group);
    fab_plan_table_period(w, work->period);
    fab_plan_table_text(w, model->source[work->source].source);
    if (work->started == FAB_NONE)
        fab_plan_table_text(w, "");
    else
        fab_plan_table_period(w, work->started);
    fab_plan_table_real(w, hours);
}

fab_table *fab_table_works(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_work", "tool_group period source started hours");
    struct works works = {.terms = plan->terms};
    fab_view_each_addend(plan, FAB_CAP, add_work, &works);
    w.failed = w.failed || works.failed;
    if (works.count > 0)
        qsort(works.work, (size_t)works.count, sizeof *works.work, compare_works);
    double hours = 0;
    for (int n = 0; n < works.count && !w.failed; n++) {
        const struct work *work = &works.work[n], *next = n + 1 < works.count ? work + 1 : NULL;
        hours += work->hours;
        if (next && next->tool_group == work->tool_group && next->period == work->period && next->source == work->source && next->started == work->started)
            continue;
        write_work(&w, work, hours);
        hours = 0;
    }
    free(works.work);
    return fab_plan_table_end(&w);
}
