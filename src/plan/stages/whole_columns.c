/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "whole_columns.h"

#include "try.h"

#include <math.h>
#include <stdlib.h>

/* Groups stand in series: a part of a tool that is left out holds up all the others, one that is rounded up costs a part of a tool. Of removals a part is left out. */
#define UP 0.95
#define DOWN 0.0

/* The columns of a key, period after period, as a chain when there are any. */
static void add_chain(const fab_program *program, int family, int a, double up, struct fab_whole_columns *list)
{
    struct fab_chain *chain = &list->chain[list->chain_count];
    *chain = (struct fab_chain){.first = list->count, .up = up};
    for (int t = 0; t < program->terms->period_count; t++) {
        int column = fab_program_at(program, family, a, t);
        if (column == FAB_NONE)
            continue;
        list->column[list->count] = column;
        list->when[list->count++] = t;
        chain->count++;
    }
    list->chain_count += chain->count > 0;
}

/* A decision of its own. */
static void add_alone(int column, int when, double up, struct fab_whole_columns *list)
{
    if (column == FAB_NONE)
        return;
    list->chain[list->chain_count++] = (struct fab_chain){list->count, 1, up};
    list->column[list->count] = column;
    list->when[list->count++] = when;
}

/* A period with starts or without: any part of one is one. Multiples and whole orders: a part is left out. */
static void add_all_alone(const fab_program *program, struct fab_whole_columns *list)
{
    const fab_terms *terms = program->terms;
    for (int s = 0; s < terms->model->source_count; s++)
        for (int t = 0; t < terms->period_count; t++) {
            add_alone(fab_program_at(program, FAB_USE, s, t), t, 1, list);
            add_alone(fab_program_at(program, FAB_TIMES, s, t), t, DOWN, list);
        }
    for (int d = 0; d < terms->model->demand_count; d++) {
        add_alone(fab_program_at(program, FAB_TAKEN, d, FAB_NONE), terms->due_period[d], DOWN, list);
        for (int t = terms->due_period[d]; t <= terms->latest_period[d]; t++)
            add_alone(fab_program_at(program, FAB_BOXES, d, t), t, DOWN, list);
    }
}

fab_status fab_whole_columns_find(fab_context *context, const fab_program *program, struct fab_whole_columns *list)
{
    fab_status status = FAB_OK;
    int groups = program->terms->model->tool_group_count;
    size_t columns = (size_t)program->lp->column_count + 1, chains = 2 * (size_t)groups + columns;
    *list = (struct fab_whole_columns){.chain = calloc(chains, sizeof *list->chain), .column = calloc(columns, sizeof *list->column), .when = calloc(columns, sizeof *list->when)};
    TRY_MEMORY(context, list->chain && list->column && list->when);
    for (int g = 0; g < groups; g++) {
        add_chain(program, FAB_N, g, UP, list);
        add_chain(program, FAB_R, g, DOWN, list);
    }
    add_all_alone(program, list);
out:
    return status;
}

void fab_whole_columns_fini(struct fab_whole_columns *list)
{
    free(list->chain);
    free(list->column);
    free(list->when);
}

bool fab_whole_columns_fix(fab_program *program, const struct fab_whole_columns *list, const double x[])
{
    struct fab_lp_column *column = program->lp->column;
    for (int p = 0; p < list->count; p++) {
        int j = list->column[p];
        if (x[j] != rint(x[j]) || x[j] < column[j].lower || x[j] > column[j].upper)
            return false;
    }
    for (int p = 0; p < list->count; p++)
        column[list->column[p]].lower = column[list->column[p]].upper = x[list->column[p]];
    return true;
}
